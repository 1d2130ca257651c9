"""Whether an SVG is a mere drawing: no script, no other page inside, nothing loaded from elsewhere.

Opened by its address an SVG is a page of the site, with all the powers of one. Such a file is refused rather than
cleaned: what is published is what the editor sees. It is read by expat, in one pass, without any entity.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from xml.parsers import expat

from ballardwiki.expressions import expression

_SVG = "http://www.w3.org/2000/svg"
_XHTML = "http://www.w3.org/1999/xhtml"
_XML = "http://www.w3.org/XML/1998/namespace"

_DRAWN = """
    svg g defs symbol use switch title desc metadata style a view path rect circle ellipse line polyline polygon text
    tspan textPath tref altGlyph altGlyphDef altGlyphItem glyphRef image marker pattern mask clipPath linearGradient
    radialGradient meshgradient meshrow meshpatch hatch hatchpath solidcolor stop filter feBlend feColorMatrix
    feComponentTransfer feComposite feConvolveMatrix feDiffuseLighting feDisplacementMap feDistantLight feDropShadow
    feFlood feFuncA feFuncB feFuncG feFuncR feGaussianBlur feImage feMerge feMergeNode feMorphology feOffset
    fePointLight feSpecularLighting feSpotLight feTile feTurbulence animate animateMotion animateTransform animateColor
    set mpath color-profile cursor font font-face font-face-format font-face-name font-face-src font-face-uri glyph
    missing-glyph hkern vkern flowRoot flowRegion flowPara flowSpan flowDiv flowLine
"""
_ELEMENTS = frozenset(_DRAWN.split())
_ANIMATIONS = {"animate", "set", "animateMotion", "animateTransform", "animateColor"}
_ENCODINGS = {"utf-8", "utf-16", "us-ascii", "iso-8859-1"}

_INSIDE = expression(r"\s*+(?:#|data:image/(?:png|jpe?g|gif|webp|avif)[;,]|\Z)", re.IGNORECASE)
_LINK = expression(r"\s*+(?:#|https?://|mailto:)", re.IGNORECASE)
_OWN = r"(?:#|data:(?:image/(?!svg)|font/|application/(?:x-)?font))"
_LOADERS = r"@import|javascript:|expression\(|-moz-binding|image-set\(|(?<![\w-])src\("
_LOADS = expression(rf"{_LOADERS}|url\((?!\s*+[\"']?+\s*+{_OWN})", re.IGNORECASE)
_ESCAPE = expression(r"\\(?:([0-9a-f]{1,6})\s?|(.))", re.IGNORECASE | re.DOTALL)


class _Found(Exception):  # it ends the reading; nobody outside sees it
    """What is wrong, where the parser stands."""


def fault(data: bytes) -> tuple[str, int, int]:
    """What in an SVG makes it more than a drawing, with line and column; "" where it is one."""
    parser = expat.ParserCreate(namespace_separator=" ")
    reader = _Reader(parser)
    parser.buffer_text = True
    parser.XmlDeclHandler = reader.declaration
    parser.StartDoctypeDeclHandler = reader.doctype
    parser.EntityDeclHandler = reader.entity
    parser.ProcessingInstructionHandler = reader.instruction
    parser.StartElementHandler = reader.start
    parser.EndElementHandler = reader.end
    parser.CharacterDataHandler = reader.characters
    try:
        parser.Parse(data, True)  # this is all
    except _Found as found:
        return str(found), *reader.at
    except expat.ExpatError as error:
        return "it is not well-formed XML", error.lineno, error.offset + 1
    except (ValueError, LookupError):
        return "its text is in an encoding that is not UTF-8", 1, 1
    return "", 0, 0


class _Reader:
    """Looks at each thing in turn, and raises at the first that is not for drawings."""

    def __init__(self, parser: expat.XMLParserType) -> None:
        self.parser = parser
        self.at = 1, 1
        self.open: list[str] = []
        self.style: list[str] = []

    def declaration(self, _version: str, encoding: str | None, _standalone: int) -> None:
        self._here()
        if encoding and encoding.lower() not in _ENCODINGS:
            raise _Found(f"its text is in the encoding {encoding}, not UTF-8")

    def doctype(self, name: str, _system: str | None, _public: str | None, internal: int) -> None:
        self._here()
        if internal or name != "svg":
            raise _Found("it declares entities (<!DOCTYPE …[)")

    def entity(self, *_: object) -> None:
        self._here()
        raise _Found("it declares entities")

    def instruction(self, target: str, _data: str) -> None:
        self._here()
        if target.lower() == "xml-stylesheet":
            raise _Found("it loads a style sheet (<?xml-stylesheet …?>)")

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        self._here()
        space, _, local = name.rpartition(" ")
        if not self.open and (local != "svg" or space not in ("", _SVG)):
            raise _Found(f"it is no SVG: its first element is <{local}>")
        if space == _XHTML or (space in ("", _SVG) and local not in _ELEMENTS):
            raise _Found(f"it holds <{local}>, which drawings do without")
        self.open.append(local)
        for key, value in attributes.items():
            self._attribute(local, *key.rpartition(" ")[::2], value)

    def end(self, name: str) -> None:
        self._here()
        self.open.pop()
        if name.rpartition(" ")[2] == "style":
            _judge_style("".join(self.style))
            self.style.clear()

    def characters(self, text: str) -> None:
        if self.open and self.open[-1] == "style":
            self.style.append(text)

    def _here(self) -> None:
        """Note the place: it is no longer known when something was raised."""
        self.at = self.parser.CurrentLineNumber, self.parser.CurrentColumnNumber + 1

    def _attribute(self, element: str, space: str, name: str, value: str) -> None:
        lower = name.lower()
        if lower.startswith("on") and not space:
            raise _Found(f"<{element}> has the attribute {name}, which runs script")
        if space == _XML and lower == "base":
            raise _Found("it says xml:base, which leads its addresses elsewhere")
        if lower in ("href", "src") and not (_LINK if element == "a" else _INSIDE).match(value):
            raise _Found(f"<{element}> points at {value.strip()[:60]}, outside the drawing")
        if element in _ANIMATIONS and lower == "attributename":
            changed = value.strip().lower().rpartition(":")[2]
            if changed in ("href", "src") or changed.startswith("on"):
                raise _Found(f"<{element}> changes {value.strip()[:60]}")
        if lower == "style" or "(" in value or "\\" in value:
            _judge_style(value)


def _judge_style(text: str) -> None:
    """Raise where a style loads anything but a part of the drawing or an image written into it."""
    plain = _ESCAPE.sub(_character, text)
    if hit := _LOADS.search(plain):
        raise _Found(f"a style loads something from elsewhere ({plain[hit.start() : hit.start() + 40].strip()})")


def _character(match: re.Match[str]) -> str:
    if not match[1]:
        return match[2]
    number = int(match[1], 16)
    return chr(number) if number < 0x110000 else "\ufffd"
