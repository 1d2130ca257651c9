"""From an editor's Markdown to parts: mark wiki syntax, run the engine, sanitise, split.

This package alone uses the Markdown engines, nh3 and Pygments.
"""

from __future__ import annotations

from collections.abc import Iterator

from ballardwiki.content.markup import (
    borrowed,
    definitions as defined,
    dropped,
    foreign,
    hiding,
    tables,
    typed,
    unclosed,
)
from ballardwiki.content.markup.engines import DEFAULT, ENGINES
from ballardwiki.content.markup.excerpt import excerpt
from ballardwiki.content.markup.gather import Gathered, gather, unique, with_notes
from ballardwiki.content.markup.headings import heading_id
from ballardwiki.content.markup.manuscript import NumberedText
from ballardwiki.content.markup.meanings import NoteHead
from ballardwiki.content.markup.notes import DROPPED, in_code, take_definitions
from ballardwiki.content.markup.outline import faults
from ballardwiki.content.markup.parts import split
from ballardwiki.content.markup.places import Places
from ballardwiki.content.markup.sanitise import Removed, clean
from ballardwiki.content.markup.shown import Shown
from ballardwiki.content.markup.splitting import Splitting
from ballardwiki.content.markup.wikisyntax import Marked, mark
from ballardwiki.model import EMPTY_BODY, Body
from ballardwiki.problems import Location, Problem

__all__ = ["DEFAULT", "ENGINES", "heading_id", "read"]


def read(text: str, *, engine: str, path: str, line: int = 1, base: str = "") -> tuple[Body, tuple[Problem, ...]]:
    """The body that `text` is, whose first line is number `line` of the file `path` (relative to the project).

    `base`: the address of the site, which links may name as a whole.
    """
    if not text or text.isspace():
        return EMPTY_BODY, ()
    try:
        text.encode()
    except UnicodeEncodeError:
        text = text.encode("utf-8", "replace").decode()
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return _read(text, engine, path, line, base)


def _read(text: str, engine: str, path: str, line: int, base: str) -> tuple[Body, tuple[Problem, ...]]:
    convert = ENGINES[engine]
    source = NumberedText(text, path, line)
    marked = mark(text, line, source.remarks, hiding.doubts(source))
    definitions = take_definitions(marked)
    taken: dict[str, int] = {}
    problems: list[Problem] = []

    places = Places(text, line)
    removed = Removed(source)

    made: list[str] = []

    def safe(markdown: str, at: int) -> str:
        try:
            html = convert(markdown)
        except Exception as error:  # noqa: BLE001  # engines fail in their own ways on hostile text
            problems.append(_failed(path, at, error))
            return ""
        problems.extend(removed.of(html))
        made.append(clean(dropped.in_tags(html, marked.tokens, base)))
        return made[-1]

    def parts(html: str) -> Gathered:
        state = Splitting(path, marked.tokens, marked.nested, taken, places.locate, base)
        row = split(state, html)
        problems.extend(state.problems)
        return gather(row)

    html = safe(marked.text, line)
    if definitions:
        code = in_code(html)
        definitions = [definition for definition in definitions if definition[2] not in code]
    if definitions or marked.remarks:
        html = DROPPED.sub("", html)
    main = parts(html)
    problems.extend(faults(source, main.headings))
    problems.extend(defined.faults(source, main.headings, html))
    notes: dict[str, Gathered] = {}
    for head, markdown, _ in definitions:
        if head.label in notes:
            problems.append(
                _note_problem(path, head, "footnote-unique", "is defined twice; the first definition counts.")
            )
        else:
            notes[head.label] = parts(safe(markdown, head.line))
    problems.extend(_slips(source, marked, "".join(made)))
    whole, used = with_notes(main, notes)
    for head, _, _ in definitions:
        if head.label not in used:
            problems.append(_note_problem(path, head, "footnote-used", "is never referred to."))
    body = Body(
        parts=main.parts,
        notes={label: note.parts for label, note in notes.items()},
        headings=tuple(main.headings),
        mentions=unique(whole.mentions),
        images=unique(whole.images),
        citations=tuple(whole.notes),
        excerpt=excerpt(html, marked.tokens),
        words=len(text.split()),
        sentences=tuple(whole.sentences),
        remarked=tuple(dict.fromkeys(dropped.in_remarks(source, base))),
    )
    return body, tuple(problems)


def _slips(source: NumberedText, marked: Marked, html: str) -> Iterator[Problem]:
    """What an editor meant otherwise than it would arrive, as far as the text itself shows it."""
    yield from hiding.swallowed(source, marked)
    yield from hiding.spoiler_callouts(source, marked)
    yield from hiding.indented(source, marked, html)
    yield from hiding.broken(source, marked, html)
    yield from hiding.openings(source)
    yield from unclosed.faults(source)
    yield from tables.faults(source, html.count("<table"))
    shown = Shown(html)
    yield from typed.faults(source, shown)
    yield from foreign.faults(source, shown)
    yield from borrowed.faults(source, shown)


def _failed(path: str, line: int, error: Exception) -> Problem:
    what = "is nested too deeply" if isinstance(error, RecursionError) else "can't be read by the Markdown engine"
    return Problem(
        Location(path, line, 1), "markdown-valid", f"the text {what}.", "Simplify its lists, quotes or brackets."
    )


def _note_problem(path: str, head: NoteHead, rule: str, what: str) -> Problem:
    return Problem(Location(path, head.line, head.column), rule, f"the footnote [^{head.label}] {what}", "", "warning")
