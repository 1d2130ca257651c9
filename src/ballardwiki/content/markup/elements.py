"""What becomes of the elements that mean something: an opener tells where to go on, a closer writes the end.

An opener gets the HTML and the match of the start tag (groups: closing, name, attributes), and appends to `out`.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from html import escape, unescape
from urllib.parse import unquote

from ballardwiki.content.markup.addresses import Address, image_address, link_address
from ballardwiki.content.markup.callouts import open_callout
from ballardwiki.content.markup.headings import heading_id, own_ids
from ballardwiki.content.markup.highlight import highlighted
from ballardwiki.content.markup.splitting import END, Open, Splitting, plain
from ballardwiki.content.markup.tokens import typed, typed_address, typed_html
from ballardwiki.expressions import expression
from ballardwiki.marks import Image, Mark, PathLink, Spoiler
from ballardwiki.model import Heading

Opener = Callable[[Splitting, str, "re.Match[str]"], int]
Closer = Callable[[Splitting, Open], None]

_CODE_BLOCK = expression(r'<pre><code class="language-([^"]*)">([^<]*)</code></pre>')
_INLINE_CODE = expression(r"([^<]*)</code>")
_VALUE = {name: expression(rf' {name}="([^"]*)"') for name in ("href", "src", "alt", "title")}
_ID = expression(r' id="[^"]*"')
_TAG = expression(r"<[^<>]*+>")


def _value(attributes: str, name: str) -> str:
    found = _VALUE[name].search(attributes)
    return found[1] if found else ""


def _open_link(state: Splitting, html: str, match: re.Match[str]) -> int:  # noqa: ARG001  # as all openers
    attributes: str = match[3]
    written = _value(attributes, "href")
    if "\ue000" in attributes or "%EE%80%80" in attributes:
        state.as_typed(_value(attributes, "title"))
        state.in_address(written)
        attributes = typed_address(attributes, state.tokens)
    href = unescape(_value(attributes, "href"))
    address = link_address(href, state.path, state.base)
    closing: tuple[str | Mark, ...] = (END,)
    if address.escapes:
        closing = ()
        _report_escape(state, href)
    elif address.kind in ("file", "site"):
        at = state.locate(unescape(written))
        typed = href if address.whole else ""
        state.out.append(PathLink(address.path, address.query, address.fragment, *at, typed))
    elif href.startswith("#") and href != "#":
        state.out.append(PathLink("", "", unquote(href[1:]), *state.locate(unescape(written))))
    else:
        closing = ("</a>",)
        state.out.append(f"<a{attributes}>")
    state.in_link += 1
    state.open.append(Open("a", closing=closing))
    return match.end()


def _close_link(state: Splitting, element: Open) -> None:
    state.in_link -= 1
    state.out += element.closing


def _report_escape(state: Splitting, address: str) -> None:
    state.report(
        state.locate(address),
        "link-inside",
        f"{address} leads out of the project.",
        "Write the path from this file to another file of the project.",
    )


def _image(state: Splitting, html: str, match: re.Match[str]) -> int:  # noqa: ARG001  # as all openers
    for name in ("alt", "title"):
        state.as_typed(_value(match[3], name))
    state.in_address(_value(match[3], "src"))
    attributes = typed_address(match[3], state.tokens)
    src, alt, title = (unescape(_value(attributes, name)) for name in ("src", "alt", "title"))
    address = image_address(src, state.path, state.base) if src else Address("other")
    at = state.locate(src)
    if address.kind == "outside" and not state.in_link:
        state.out.append(f'<a href="{escape(src)}" rel="noopener noreferrer">{escape(alt or src, quote=False)}</a>')
    elif address.kind != "file" or address.escapes:
        state.out.append(escape(alt, quote=False))
    else:
        state.out.append(Image(address.path, alt, "\n".join(address.others), title, *at))
        if not alt.strip():
            hint = "Write it between the brackets: ![A desk with files](…)."
            state.report(at, "image-described", f"nothing says what {src} shows.", hint, "warning")
    if address.escapes:
        _report_escape(state, src)
    elif address.kind == "outside":
        state.report(
            at,
            "image-local",
            f"the image {src} is on another site, so it is shown as a link: pages load nothing from elsewhere.",
            "Put the image into media/ and give its source there.",
            "warning",
        )
    return match.end()


def _open_code(state: Splitting, html: str, match: re.Match[str]) -> int:
    if match[2] == "pre" and (block := _CODE_BLOCK.match(html, match.start())):
        language = typed(unescape(block[1]), state.tokens).removeprefix("language-")
        state.out.append(highlighted(language, typed(unescape(block[2]), state.tokens)))
        return block.end()
    attributes: str = typed_html(match[3], state.tokens)
    if match[2] == "code" and (whole := _INLINE_CODE.match(html, match.end())):
        state.out += f"<code{attributes}>", typed_html(whole[1], state.tokens), "</code>"
        return whole.end()
    state.out.append(f"<{match[2]}{attributes}>")
    state.open.append(Open(match[2], closing=(f"</{match[2]}>",)))
    state.in_code += 1
    return match.end()


def _close_code(state: Splitting, element: Open) -> None:
    state.in_code -= 1
    state.out += element.closing


def _open_table(state: Splitting, html: str, match: re.Match[str]) -> int:  # noqa: ARG001  # as all openers
    state.out.append(
        '<div class="table-scroll" role="group" aria-label="Table" tabindex="0">'
        f"<table{typed_html(match[3], state.tokens)}>"
    )
    state.open.append(Open("table", closing=("</table></div>",)))
    state.in_table += 1
    return match.end()


def _open_quote(state: Splitting, html: str, match: re.Match[str]) -> int:
    if end := open_callout(state, html, match.end()):
        return end
    state.out.append(f"<blockquote{typed_address(match[3], state.tokens)}>")
    state.open.append(Open("blockquote", closing=("</blockquote>",)))
    return match.end()


def _close_table(state: Splitting, element: Open) -> None:
    state.in_table -= 1
    _close(state, element)


def _close(state: Splitting, element: Open) -> None:
    state.out += element.closing


def _open_heading(state: Splitting, html: str, match: re.Match[str]) -> int:  # noqa: ARG001  # as all openers
    parent = state.open[-1]
    state.give_up_hidden(parent)
    state.end_sections(parent, int(match[2][1]))
    state.open.append(Open(match[2], len(state.out), attributes=match[3]))
    state.out += "", "", ""
    return match.end()


def _close_heading(state: Splitting, element: Open) -> None:
    """Fill the first of the three places before the heading's text: the hidden section it begins."""
    level = int(element.name[1])
    row = state.out[element.at + 3 :]
    text = plain(row)
    text = " ".join(unescape(_TAG.sub("", text) if "<" in text else text).split())
    state.headings.append((element, text))
    if element.heading and element.heading.hidden:
        parent = state.open[-1]
        state.give_up_hidden(parent)
        parent.sections.append(level)
        own = element.heading
        state.out[element.at] = Spoiler(own.since, line=own.line, column=own.column)
    state.out.append(f"</{element.name}>")


def name_headings(state: Splitting) -> None:
    """Fill the other two places before the text of each heading, when all are known: the heading, and its tag."""
    given = [element.heading.id if element.heading else "" for element, _ in state.headings]
    wanted = [(id_ or heading_id(text), bool(id_)) for id_, (_, text) in zip(given, state.headings, strict=True)]
    for own, (element, text) in zip(own_ids(wanted, state.taken), state.headings, strict=True):
        attributes = element.attributes and _ID.sub("", typed_html(element.attributes, state.tokens))
        state.out[element.at + 1] = Heading(int(element.name[1]), own, text)
        state.out[element.at + 2] = f'<{element.name} id="{escape(own)}"{attributes}>'


OPENERS: dict[str, Opener] = {
    "a": _open_link,
    "img": _image,
    "pre": _open_code,
    "code": _open_code,
    "blockquote": _open_quote,
    "table": _open_table,
    **{f"h{level}": _open_heading for level in range(1, 7)},
}
CLOSERS: dict[str, Closer] = {
    "a": _close_link,
    "pre": _close_code,
    "code": _close_code,
    "blockquote": _close,
    "table": _close_table,
    **{f"h{level}": _close_heading for level in range(1, 7)},
}
