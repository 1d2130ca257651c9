"""From the parts of a text to the HTML that one page shows of it, and the numbered references below."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from markupsafe import Markup, escape
from msgspec import Struct

from ballardwiki.expressions import expression
from ballardwiki.marks import End, Image, NameLink, NoteReference, Part, PathLink, Spoiler
from ballardwiki.model import Body, Heading, Ref
from ballardwiki.pages.view import EntityView, QualifierView, SiteView, StatementView
from ballardwiki.web_addresses import encoded, tidy

WITHHELD = Markup('<span class="withheld" title="A detail from a later episode">[withheld]</span>')
MISSING = Markup('<span class="unseen"> (no page yet)</span>')
_SPECIAL = expression("[&<>\"']")


class Reference(Struct, frozen=True):
    """An entry of a page's reference list: a source, or a footnote's HTML. `marks`: how often it is cited."""

    number: int
    source: EntityView | None
    note: Markup
    marks: int


class References:
    """Numbers what a page cites, in the order in which it is first cited."""

    def __init__(self) -> None:
        self._numbers: dict[object, int] = {}
        self._marks: dict[int, int] = {}
        self._notes: dict[int, Markup] = {}

    def cite(self, key: object, note: Markup | None = None) -> Markup:
        """The mark `[3]` for a source or a note, linked with the entry."""
        number = self._numbers.setdefault(key, len(self._numbers) + 1)
        count = self._marks[number] = self._marks.get(number, 0) + 1
        if note is not None:
            self._notes[number] = note
        anchor = f"cite-{number}" if count == 1 else f"cite-{number}-{count}"
        return Markup(f'<sup class="cite"><a id="{anchor}" href="#ref-{number}">[{number}]</a></sup>')  # noqa: S704  # numbers

    def __contains__(self, key: object) -> bool:
        return key in self._numbers

    def __iter__(self) -> Iterator[Reference]:
        for key, number in self._numbers.items():
            source = key if isinstance(key, EntityView) else None
            yield Reference(number, source, self._notes.get(number, Markup()), self._marks[number])

    def __bool__(self) -> bool:
        return bool(self._numbers)


class Prose:
    """Renders texts for one page; collects the page's references."""

    def __init__(self, site: SiteView, *, plain: bool = False) -> None:
        self.site = site
        self.plain = plain
        """Plain prose has no reference marks: for feeds, whose readers do not see the page's references."""
        self.references = References()

    def text(self, entity: EntityView) -> Markup:
        """The article of an entity, as HTML."""
        body = entity.body
        return self._parts(entity, body.parts, body)

    def excerpt(self, entity: EntityView) -> str:
        """The first words of an article, as plain text."""
        return Markup(self._parts(entity, entity.excerpt, None, link=False)).striptags()  # noqa: S704  # parts are sanitised

    def cite(self, stated: QualifierView | EntityView | None) -> Markup:
        """The reference marks of a statement or record, and its confidence in words when it is not confirmed.

        A page does not cite itself.
        """
        if stated is None or self.plain:
            return Markup()
        found: dict[str, EntityView] = {}
        confidence = "confirmed"
        for each in self._qualified(stated):
            found |= {source.ref: source for source in each.sources if source.url != self.site.url}
            confidence = each.confidence if each.confidence != "confirmed" else confidence
        marks = Markup().join(self.references.cite(source) for source in found.values())
        if confidence == "confirmed":
            return marks
        return Markup(' <span class="confidence confidence-{0}">{0}</span>{1}').format(confidence, marks)

    def _qualified(self, stated: QualifierView | EntityView) -> list[QualifierView]:
        if isinstance(stated, EntityView):
            return [stated.qualifiers]
        record = stated.value if isinstance(stated, StatementView) else None
        return [stated, record.qualifiers] if isinstance(record, EntityView) and not record.url else [stated]

    def contents(self, entity: EntityView) -> list[Heading]:
        """The headings of the article for a contents list, [] when there are fewer than three."""
        found = [each for each in entity.headings if each.level <= 3]  # h2 and h3
        return found if len(found) >= 3 else []

    def _parts(self, entity: EntityView, parts: Iterable[Part], body: Body | None, *, link: bool = True) -> Markup:
        out: list[str] = []
        closings: list[str] = []
        hidden = 0
        cut = False
        for part in parts:
            if isinstance(part, str):
                if not hidden:
                    out.append(part.lstrip("\n") if cut and out and out[-1].endswith("\n") else part)
                    cut = False
            elif isinstance(part, End):
                if hidden:
                    hidden -= 1
                else:
                    out.append(closings.pop() if closings else "")
            elif isinstance(part, Spoiler):
                if hidden or not self.site.knows(part.since, entity.ref):
                    if not hidden and part.inline:
                        out.append(WITHHELD)
                    hidden += 1
                    cut = True
                else:
                    closings.append("")
            elif hidden:
                hidden += isinstance(part, PathLink)
            elif isinstance(part, PathLink):
                opening, closing = self._link(entity, part, link=link)
                out.append(opening)
                closings.append(closing)
            elif isinstance(part, NameLink):
                out.append(self._mention(entity, part, link=link))
            elif isinstance(part, NoteReference) and body is not None and not self.plain:
                out.append(self._note(entity, part, body))
            elif isinstance(part, Image):
                out.append(self._image(part))
        return Markup("".join(out))  # noqa: S704  # parts are sanitised HTML; all else was escaped above

    def _mention(self, entity: EntityView, mark: NameLink, *, link: bool) -> str:
        site, mark = self.site, self.site.said(mark)
        if not mark.target:
            text = _escaped(mark.text)
            url = self._own(entity, mark.fragment) if link else ""
            return f'<a href="{_escaped(url)}">{text}</a>' if url else text
        target = site.meant(mark.target)
        titled = target and not mark.text and site.says_address(mark.target, target)
        shown = mark.text or (site.title_of(target) if target and titled else self._name(target, mark.target))
        text = str(site.isolated(shown)) if link else _escaped(shown)
        if not link:
            return text
        if target is None:
            if self.plain or site.withheld(mark.target):
                return text
            return f'<span class="missing">{text}{MISSING}</span>'
        url = site.url_of(target)
        fragment = site.part(target, mark.fragment)
        if fragment:
            url = f"{url}#{fragment}"
        elif url == site.url:
            return f'<a aria-current="page">{text}</a>'
        return f'<a href="{_escaped(site.href(url))}">{text}</a>'

    def _name(self, target: Ref | None, typed: str) -> str:
        """What is shown of a link's target where it has no words: of an address that leads nowhere only the id."""
        kind, _, id_ = typed.partition("/")
        return id_ if target is None and id_ and kind in self.site.types else typed

    def _own(self, entity: EntityView, fragment: str, *, words: bool = True) -> str:
        """The address of a part of the text's own page, "" when it may not be known."""
        fragment = self.site.part(entity.ref, fragment, words=words)
        if not fragment or self.site.url == entity.url:
            return fragment and f"#{fragment}"
        return self.site.href(f"{entity.url}#{fragment}")

    def _link(self, entity: EntityView, mark: PathLink, *, link: bool) -> tuple[str, str]:
        if not link:
            return "", ""
        address = self._address(entity, mark)
        return (f'<a href="{_escaped(address)}">', "</a>") if address else ("", "")

    def _address(self, entity: EntityView, mark: PathLink) -> str:
        """Where a Markdown link leads, "" when there is nothing, or nothing that may be known."""
        site, path = self.site, mark.target
        if not path:
            return self._own(entity, mark.fragment, words=False)
        found = site.at(path) if path.startswith("/") else None
        if path.startswith("/") and found is None:
            return "" if site.drafted(path) else mark.typed or self._whole(encoded(path), mark.query, mark.fragment)
        target = site.entity(found) if found else site.file(path)
        if target is None:
            listed = "" if found else site.listed(path)
            return listed and self._whole(listed, mark.query, mark.fragment)
        return target.url and self._whole(target.url, mark.query, site.part(target.ref, mark.fragment, words=False))

    def _whole(self, url: str, query: str, fragment: str) -> str:
        """The address of a page or file with what was written behind it."""
        return self.site.href(url) + (f"?{tidy(query)}" if query else "") + (f"#{fragment}" if fragment else "")

    def _note(self, entity: EntityView, note: NoteReference, body: Body) -> str:
        if note.label in body.notes:
            key = (entity.ref, note.label)
            known = key in self.references
            return self.references.cite(key, None if known else self._parts(entity, body.notes[note.label], None))
        source = self.site.source(note.label)
        return self.references.cite(source) if source else ""

    def _image(self, image: Image) -> str:
        paths = (image.path, *filter(None, image.others.split("\n")))
        path = next(filter(self.site.has_asset, paths), "")
        if not path:
            return Markup('<span class="missing">{}</span>').format(image.alt)
        caption = Markup(' title="{}"').format(image.title) if image.title else ""
        return Markup('<img src="{}" alt="{}"{} loading="lazy">').format(self.site.asset(path), image.alt, caption)


def _escaped(text: str) -> str:
    """Plain text as HTML: what `escape` makes of it, without its wrapping, which costs more than the page's links."""
    return escape(text) if _SPECIAL.search(text) else text
