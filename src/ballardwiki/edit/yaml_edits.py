"""How a value is written in a YAML file: where each of its characters stands, and how to write another in its place.

Everything counts in the plain text of a file (see `text_edits`).
"""

from __future__ import annotations

from collections.abc import Sequence

from ballardwiki import yaml_reader
from ballardwiki.edit.text_edits import Edit, Lines
from ballardwiki.expressions import expression
from ballardwiki.yaml_reader import Mapping, Node, Scalar

_HEADER = expression(r"[|>][-+0-9]*[ \t]*(?:#[^\n]*)?\n")


def places(text: str, start: int, scalar: Scalar) -> tuple[Sequence[int], int] | None:
    """Where in `text` each character of the scalar that begins at `start` stands, and where it ends.

    None where that can't be told: escapes in double quotes, other than of a quote or a backslash.
    """
    quote = text[start] if not scalar.plain and text[start] in "'\"" else ""
    block = None if scalar.plain or quote else _HEADER.match(text, start)
    at = block.end() if block else start + len(quote)
    found: list[int] = []
    for char in scalar.text:
        while text[at : at + 1] not in (char, "\\" if quote == '"' else char):
            if at < len(text) and not text[at].isspace():
                return None
            if at >= len(text) or char.isspace():
                break
            at += 1
        escaped = (quote == "'" and char == "'") or (quote == '"' and text[at : at + 1] == "\\")
        if escaped and text[at + 1 : at + 2] != char:
            return None
        if at >= len(text) and not char.isspace():
            return None
        found.append(at)
        at = min(at + 1 + escaped, len(text))
    if quote:
        if text[at : at + 1] != quote:
            return None
        at += 1
    return found, at


def spelled(value: str, like: str = "") -> str:
    """A text as YAML has it: plain where that is safe anywhere, else in quotes; `like` is the quote to prefer."""
    if like == "'" or (not like and not _plain(value) and '"' in value):
        return "'" + value.replace("'", "''") + "'"
    if like == '"' or not _plain(value):
        return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'
    return value


def _plain(value: str) -> bool:
    """Whether a text can stand without quotes, in a flow list as in a block."""
    for text in (f"[{value}]", f"a: {value}"):
        node, problems = yaml_reader.parse(text, "")
        written = _only(node)
        if problems or written is None or written.text != value or yaml_reader.is_null(written):
            return False
    return True


def _only(node: Node | None) -> Scalar | None:
    """The one scalar that a list or mapping holds."""
    items = () if node is None or isinstance(node, Scalar) else node.items
    found = tuple(items.values() if isinstance(items, dict) else items)
    return found[0] if len(found) == 1 and isinstance(found[0], Scalar) else None


def replaced(text: str, lines: Lines, scalar: Scalar, value: str) -> Edit | None:
    """The edit that makes a scalar another value, in the same kind of quotes; None where it can't be placed."""
    start = lines.index(scalar.line, scalar.column)
    known = places(text, start, scalar)
    if known is None:
        return None
    quote = text[start] if not scalar.plain and text[start] in "'\"" else ""
    end = start + len(text[start : known[1]].rstrip())
    return Edit(start, end, spelled(value, quote))


def replaced_key(text: str, lines: Lines, record: Mapping, old: str, new: str) -> Edit:
    """The edit that makes a key of a mapping another."""
    start = lines.index(*record.keys[old])
    quote = text[start] if text[start] in "'\"" else ""
    return Edit(start, start + len(old) + 2 * len(quote), spelled(new, quote))


def added(text: str, lines: Lines, record: Mapping, field: str, value: str) -> list[Edit]:
    """The edits that add a value to a field of a record that takes several; a new field comes after the title."""
    node = record.items.get(field)
    if node is None:
        return [new_field(text, lines, record, f"{field}: [{spelled(value)}]", "title")]
    if yaml_reader.is_null(node):
        key = lines.index(*record.keys[field])
        colon = text.index(":", key + len(field)) + 1
        end = colon + (len(node.text) + 1 if isinstance(node, Scalar) and node.text else 0)
        return [Edit(colon, end, f" [{spelled(value)}]")]
    start = lines.index(node.line, node.column)
    if isinstance(node, yaml_reader.Sequence):
        if text[start] == "[":
            end = _close(text, lines, node)
            return [Edit(end - 1, end - 1, f", {spelled(value)}" if node.items else spelled(value))]
        line_start = text.rfind("\n", 0, start) + 1
        indent = text[line_start:start]
        return [_after(text, end_of(text, lines, node), f"{indent}- {spelled(value)}")]
    end = end_of(text, lines, node)
    if isinstance(node, Scalar):
        kept = text[start:end] if "\n" not in text[start:end] else spelled(node.text)
        return [Edit(start, end, f"[{kept}, {spelled(value)}]")]
    if text[start] == "{":
        return [Edit(start, start, "["), Edit(end, end, f", {spelled(value)}]")]
    column = lines.place(start)[1] - 1
    first = text.rfind("\n", 0, start) + 1
    body = text[first:end].split("\n")
    shifted = [f"{' ' * column}- {body[0].lstrip()}", *(f"  {line}" if line.strip() else line for line in body[1:])]
    return [Edit(first, end, "\n".join([*shifted, f"{' ' * column}- {spelled(value)}"]))]


def new_field(text: str, lines: Lines, record: Mapping, written: str, after: str = "") -> Edit:
    """A new field in a record, on a line of its own or, in braces, between the others."""
    start = lines.index(record.line, record.column)
    keys = list(record.keys)
    at = keys.index(after) + 1 if after in keys else 0
    if text[start : start + 1] == "{":
        if not keys:
            return Edit(start + 1, start + 1, written)
        place = lines.index(*record.keys[keys[at if at < len(keys) else 0]])
        return Edit(place, place, f"{written}, ")
    if not keys:
        return Edit(start, start, f"{written}\n")
    indent = " " * (record.keys[keys[0]][1] - 1)
    if at > 0:
        return _after(text, end_of(text, lines, record.items[after]), f"{indent}{written}")
    place = text.rfind("\n", 0, lines.index(*record.keys[keys[0]])) + 1
    return Edit(place, place, f"{indent}{written}\n")


def _after(text: str, place: int, line: str) -> Edit:
    """A new line below the one that holds `place`."""
    end = text.find("\n", place)
    return Edit(end, end, f"\n{line}") if end >= 0 else Edit(len(text), len(text), f"\n{line}")


def end_of(text: str, lines: Lines, node: Node) -> int:
    """Where a value ends; white space and remarks after it don't belong to it."""
    start = lines.index(node.line, node.column)
    if isinstance(node, Scalar):
        known = places(text, start, node)
        end = known[1] if known else start + len(text[start:].partition("\n")[0])
        return start + len(text[start:end].rstrip())
    if text[start : start + 1] in ("{", "["):
        return _close(text, lines, node)
    inner = list(node.items if isinstance(node, yaml_reader.Sequence) else node.items.values())
    if not inner:
        return start
    last = inner[-1]
    if yaml_reader.is_null(last) and isinstance(node, Mapping):
        key = list(node.keys)[-1]
        return text.index(":", lines.index(*node.keys[key])) + 1
    return end_of(text, lines, last)


def _close(text: str, lines: Lines, node: Node) -> int:
    """Where a list or mapping in brackets ends, the bracket included."""
    start = lines.index(node.line, node.column)
    inner = list(node.items if isinstance(node, yaml_reader.Sequence) else node.items.values())  # type: ignore[union-attr]
    at = end_of(text, lines, inner[-1]) if inner else start + 1
    while text[at] not in "]}":
        at = text.find("\n", at) if text[at] == "#" else at + 1
    return at + 1
