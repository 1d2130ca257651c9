"""Which names in a text would be links in running text, and not in a heading, a quote, a link or code.

Two ways lead there. The one that is always right links each name on trial and reads the text as a build does. The
quick one looks into the text as it was read already: where a name stands in it as often as in what the editor wrote,
and nothing there could make or move text, the one's places are the other's, in their order.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from ballardwiki.content import markup
from ballardwiki.edit.autolink.names import Hit
from ballardwiki.edit.manuscript import Manuscript, Passage
from ballardwiki.edit.text_edits import Edit, Lines, applied
from ballardwiki.expressions import expression
from ballardwiki.marks import End, Mark, NameLink, Part, PathLink, Spoiler
from ballardwiki.model import Body

Around = tuple[str, ...]
"""The hidden stretches around a place, by their designators."""

_TAG = expression(r"<(/?)(h[1-6]|blockquote|q|cite|a|code|pre|dt|caption|th)\b[^<>]*+>")
_ANY_TAG = expression(r"<[^<>]*+>")
_CODE = ("code", "pre")
_MISLEADING = expression(r"[\x00-\x09\x0b-\x1f\x7f\ue000<&\\{]|\|\||\[!|\*\[")
"""What can make a name of what is none, move it, or mean something else beside a link: HTML, entities, escapes, tabs,
attributes, hidden text, heads of callouts, abbreviations."""


def standing(made: Manuscript, passage: Passage, body: Body | None, hits: Sequence[Hit]) -> Mapping[int, Around]:
    """Which of the names would be links, by where they begin, and the hidden stretches around them.

    `body`: the passage as it was read, if that is at hand.
    """
    found = None if body is None else quickly(passage, body, hits)
    return on_trial(made, passage, hits) if found is None else found


def on_trial(made: Manuscript, passage: Passage, hits: Sequence[Hit]) -> dict[int, Around]:
    """As `standing` does, by reading the text with all the links in it."""
    text = applied(passage.text, [Edit(hit.start, hit.end, f"[[{hit.name}]]") for hit in hits])
    body, _ = markup.read(text, engine=made.engine, path=made.source.path)
    lines = Lines(text)
    began = {hit.start + 4 * number: hit.start for number, hit in enumerate(hits)}
    return {
        began[place]: since
        for mark, since, inside in links(body, notes=False)
        if isinstance(mark, NameLink) and not inside and (place := lines.index(mark.line, mark.column)) in began
    }


def quickly(passage: Passage, body: Body, hits: Sequence[Hit]) -> dict[int, Around] | None:
    """As `on_trial`, by the text as it was read; None where that does not tell for certain."""
    if _MISLEADING.search(passage.text):
        return None
    shown: dict[str, list[Around | None]] = {hit.name: [] for hit in hits}
    for text, around, code in _stretches(body.parts):
        present = [name for name in shown if name in text]
        if present and code:
            return None
        seen = _ANY_TAG.sub("\x00", text) if present else ""
        for name in present:
            shown[name] += [around] * seen.count(name)
    written = _without_links(passage, body)
    known: dict[int, Around | None] = {}
    for name, row in shown.items():
        places = [*_places(written, name)]
        if len(places) != len(row):
            return None
        known |= zip(places, row, strict=True)
    if any(hit.start not in known for hit in hits):
        return None
    return {hit.start: around for hit in hits if (around := known[hit.start]) is not None}


def _places(text: str, name: str) -> Iterator[int]:
    place = text.find(name)
    while place >= 0:
        yield place
        place = text.find(name, place + len(name))


def _without_links(passage: Passage, body: Body) -> str:
    """The text of a passage, with the wiki links of its body blanked out."""
    text = passage.text
    out: list[str] = []
    done = 0
    for part in body.parts:
        if isinstance(part, NameLink):
            start = passage.lines.index(part.line, part.column)
            end = text.index("]]", start) + 2
            out += text[done:start], "\x00" * (end - start)
            done = end
    return "".join([*out, text[done:]])


def _stretches(parts: Sequence[Part]) -> Iterator[tuple[str, Around | None, int]]:
    """The texts between marks and such tags, with the hidden stretches around them, and whether each is code.

    None instead of the stretches in a heading, a quote or the like.
    """
    opened: list[str | None] = []
    inside = code = 0
    for part in parts:
        if not isinstance(part, str):
            _step(opened, part)
            continue
        around = None if None in opened else _since(opened)
        done = 0
        for tag in _TAG.finditer(part):
            if done < tag.start():
                yield part[done : tag.start()], None if inside else around, code
            done = tag.end()
            step = -1 if tag[1] else 1
            inside += step
            code += step * (tag[2] in _CODE)
        if done < len(part):
            yield part[done:], None if inside else around, code


def links(body: Body, *, notes: bool = True) -> Iterator[tuple[NameLink | PathLink, Around, bool]]:
    """The links of a body, each with the hidden stretches around it, and whether a heading, quote or the like is."""
    for row in (body.parts, *(body.notes.values() if notes else ())):
        opened: list[str | None] = []
        depth = 0
        for part in row:
            if isinstance(part, str):
                depth += sum(-1 if tag[1] else 1 for tag in _TAG.finditer(part))
                continue
            if isinstance(part, (NameLink, PathLink)):
                yield part, _since(opened), depth > 0 or None in opened
            _step(opened, part)


def _step(opened: list[str | None], mark: Mark) -> None:
    """Go past a mark: `opened` holds a designator for each hidden stretch around, and None for each link."""
    if isinstance(mark, PathLink):
        opened.append(None)
    elif isinstance(mark, Spoiler):
        opened.append(mark.since)
    elif isinstance(mark, End):
        opened.pop()


def _since(opened: Sequence[str | None]) -> Around:
    return tuple(each for each in opened if each is not None)
