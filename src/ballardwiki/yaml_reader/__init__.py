"""YAML that means what it looks like, with the line of every key and value. The only owner of PyYAML.

Text stays text: `NO`, `1.10`, `08` and `12:30` are given back as written, and the kind of a field decides what they
are. What YAML offers beyond mappings, lists and text (anchors, aliases, merge keys, tags, several documents) is
refused. PyYAML's events are folded with an explicit stack, so no depth of nesting can crash the reader.
"""

from __future__ import annotations

from itertools import islice
from typing import Any, NoReturn

import yaml

from ballardwiki.problems import Location, Problem, Severity, errors
from ballardwiki.yaml_reader import characters, slips
from ballardwiki.yaml_reader.doubts import SLIP
from ballardwiki.yaml_reader.hints import advice
from ballardwiki.yaml_reader.nodes import Mapping, Node, Scalar, Sequence, is_null
from ballardwiki.yaml_reader.slips import Slip

__all__ = ["Mapping", "Node", "Scalar", "Sequence", "is_null", "parse"]

MAX_DEPTH = 100
"""How deep lists and mappings may stand inside each other."""

MAX_LENGTH = 5_000_000
"""How many characters a text may have."""

MAX_NODES = 500_000
"""How many keys and values a text may have; it bounds the memory that a hostile text can take."""

MAX_PROBLEMS = 100
"""How many problems of one text are reported."""


def parse(text: str, path: str, line: int = 1) -> tuple[Node | None, tuple[Problem, ...]]:
    """Read one YAML document, the first line of which is line `line` of the file at `path`.

    Never raises. The problems (`yaml-valid`, and `SLIP` as warnings, in the order of the file) are all that could be
    found in one run. With errors the node is what could be read: the first of two equal keys, the name of an alias as
    its text. It is None when the text holds nothing, or when a problem ended the reading before the node did.
    """
    if len(text) > MAX_LENGTH:
        problem = Problem(Location(path), "yaml-valid", "the YAML is larger than 5 MB.", "Split the file.")
        return None, (problem,)
    reader = _Reader(path, line)
    node = reader.read(text)
    return node, tuple(sorted(set(reader.problems)))


_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

_CORE = "tag:yaml.org,2002:"  # what YAML makes of the !! before the name of a tag

_STARTS = frozenset({yaml.MappingStartEvent, yaml.SequenceStartEvent})
_ENDS = frozenset({yaml.MappingEndEvent, yaml.SequenceEndEvent})

_TOO_DEEP = f"lists and mappings stand more than {MAX_DEPTH} deep inside each other."

_OPENING = (yaml.FlowSequenceStartToken, yaml.FlowMappingStartToken, yaml.BlockEntryToken)


def _too_deep(before: str) -> bool:
    """Whether a line opens more lists and mappings than may stand inside each other.

    A scanner looks ahead, and may give up on them before it hands out the first; PyYAML's own knows no limit of depth.
    """
    depth = 0
    try:
        for token in yaml.scan(before, Loader=yaml.SafeLoader):
            depth += isinstance(token, _OPENING)
            depth -= isinstance(token, (yaml.FlowSequenceEndToken, yaml.FlowMappingEndToken))
            if depth > MAX_DEPTH:
                return True
    except yaml.YAMLError:
        pass
    return False


class _StopReading(Exception):  # the problem is reported already
    """Nothing more can be learned from the text."""


class _Reader:
    """Reads one text and gathers its problems."""

    def __init__(self, path: str, line: int) -> None:
        self.path = path
        self.line = line
        self.problems: list[Problem] = []
        self.quoted = (0, 0)
        """The beginning and the end of the last text in quotes that went over several lines."""
        self.doubtful = True
        """Whether the text holds signs that may make a value on one line another than it looks."""

    def read(self, text: str) -> Node | None:
        prepared, forbidden = characters.prepare(text, first=self.line == 1)
        for each in islice(forbidden, MAX_PROBLEMS):
            self.slip(prepared, each, "yaml-valid")
        if conflicts := slips.conflicts(prepared):
            for each in conflicts[:MAX_PROBLEMS]:
                self.slip(prepared, each, "yaml-valid")
            return None
        self.doubtful = "#" in text or not text.isascii()
        roots: list[Node] = []
        unclosed: list[tuple[Any, list[Node]]] = []
        try:
            self.build(prepared, roots, unclosed)
        except yaml.MarkedYAMLError as error:
            self.explain(error, prepared, unclosed)
        except _StopReading:
            pass
        for start, nodes in unclosed:
            self.collection(start, nodes)
        root = roots[0] if roots and not errors(self.problems) else None
        if isinstance(root, Scalar) and root.plain and (slip := slips.of_key(root.text)):
            self.problem((root.line, root.column), slip.message, slip.hint)
        return roots[0] if roots else None

    def build(self, text: str, roots: list[Node], unclosed: list[tuple[Any, list[Node]]]) -> None:
        """Fold the events of PyYAML into `roots`. `unclosed` holds the collections around the current event."""
        nodes = roots
        event: Any
        for count, event in enumerate(yaml.parse(text, Loader=_LOADER)):
            kind = type(event)
            if kind is yaml.ScalarEvent:
                nodes.append(self.scalar(event, text, flow=bool(unclosed and unclosed[-1][0].flow_style)))
            elif kind in _STARTS:
                self.refuse_properties(event)
                nodes = []
                unclosed.append((event, nodes))
                if len(unclosed) > MAX_DEPTH:
                    self.stop(event, _TOO_DEEP)
            elif kind in _ENDS:
                start, items = unclosed.pop()
                nodes = unclosed[-1][1] if unclosed else roots
                nodes.append(self.collection(start, items))
            elif kind is yaml.AliasEvent:
                nodes.append(self.alias(event))
            elif kind is yaml.DocumentStartEvent and nodes:
                self.stop(event, "a second document begins here.", "Remove the line ---.")
            if count > MAX_NODES:
                self.stop(event, f"the text holds more than {MAX_NODES} keys and values.", "Split the file.")

    def scalar(self, event: Any, text: str, *, flow: bool) -> Scalar:  # the stubs call every mark optional
        value, style, mark = event.value, event.style, event.start_mark
        self.refuse_properties(event)
        if style in {"'", '"'} and event.end_mark.line > mark.line:
            self.quoted = (mark.index, event.end_mark.index)
        if not style and (self.doubtful or event.end_mark.line > mark.line or value[-1:] == ","):
            for each in slips.of_value(text, mark.index, event.end_mark.index, flow=flow):
                self.slip(text, each)
        if style == ">" and (folded := slips.of_folded(text, mark.index, event.end_mark.index)):
            self.slip(text, folded)
        if characters.UNUSUAL.search(value):
            if style == '"':
                written = text[mark.index : event.end_mark.index]
                if len(characters.FORBIDDEN.findall(value)) > len(characters.FORBIDDEN.findall(written)):
                    self.problem(
                        self.place(event),
                        "an escape in this text makes a character that must not stand in a text.",
                        "Remove it, or write the text in single quotes.",
                    )
            value = value.translate(characters.SHOW)
        line = self.line + mark.line
        return Scalar(value, not style, line, mark.column + 1, line + 1 if style in {"|", ">"} else line)

    def collection(self, start: Any, nodes: list[Node]) -> Node:  # as above
        """Make a node of those inside it; for an unclosed mapping the last key may lack its value."""
        if isinstance(start, yaml.SequenceStartEvent):
            return Sequence(tuple(nodes), *self.place(start))
        items: dict[str, Node] = {}
        keys: dict[str, tuple[int, int]] = {}
        pairs = iter(nodes)
        for key, value in zip(pairs, pairs, strict=False):
            at = key.line, key.column
            if not isinstance(key, Scalar):
                self.problem(at, "a key must be text, not a list or a mapping.", "Put it in quotes.")
                continue
            if key.plain and key.text == "<<":
                self.problem(at, "merge keys (<<) are not read.", "Write the values out where they are needed.")
                continue
            if key.text in keys:
                first = keys[key.text][0]
                self.problem(at, f"the key {key.text:.60} stands here and on line {first}.", "Keep one of them.")
                continue
            if key.plain and (slip := slips.of_key(key.text)):
                self.problem(at, slip.message, slip.hint, SLIP)
            items[key.text], keys[key.text] = value, at
        return Mapping(items, keys, *self.place(start))

    def alias(self, event: Any) -> Scalar:  # as above
        line, column = self.place(event)
        self.refuse(event, f"aliases (*{event.anchor:.60})")
        return Scalar(f"*{event.anchor}", plain=True, line=line, column=column, text_line=line)

    def refuse_properties(self, event: Any) -> None:  # as above
        if event.anchor:
            self.refuse(event, f"anchors (&{event.anchor:.60})")
        if event.tag:
            self.refuse(event, f"tags ({event.tag.replace(_CORE, '!!'):.60})")

    def refuse(self, event: Any, what: str) -> None:  # as above
        self.problem(self.place(event), f"{what} are not read.", "Write the value out, or put it in quotes.")

    def explain(self, error: yaml.MarkedYAMLError, text: str, unclosed: list[tuple[Any, list[Node]]]) -> None:
        """Report a syntax error in an editor's words, at the place to mend."""
        reason, mark = error.problem or "", error.problem_mark
        before, char = "", ""
        if mark:
            before = text[text.rfind("\n", 0, mark.index) + 1 : mark.index]
            char = text[mark.index : mark.index + 1]
        if _too_deep(before):
            message, hint, opening = _TOO_DEEP, "", False
        else:
            message, hint, opening = advice(reason, before, char)
        start = error.context_mark if opening and error.context_mark else mark
        if not mark or not start:
            self.problem((self.line, 1), message, hint)
            return
        flow = unclosed[-1][0] if unclosed and unclosed[-1][0].flow_style else None
        opened = min(start.index, flow.start_mark.index) if flow else start.index
        inside = range(self.line + start.line, self.line + mark.line + 1)
        self.problems = [each for each in self.problems if each.rule != SLIP or each.at.line not in inside]
        if slip := slips.behind(text, opened, mark.index, self.quoted):
            self.slip(text, slip, "yaml-valid")
        else:
            self.problem((self.line + start.line, start.column + 1), message, hint)

    def place(self, event: Any) -> tuple[int, int]:  # as above
        return self.line + event.start_mark.line, event.start_mark.column + 1

    def slip(self, text: str, slip: Slip, rule: str = SLIP) -> None:
        if len(self.problems) >= MAX_PROBLEMS:
            return
        place = self.line + text.count("\n", 0, slip.at), slip.at - text.rfind("\n", 0, slip.at)
        self.problem(place, slip.message.translate(characters.SHOW), slip.hint.translate(characters.SHOW), rule)

    def problem(self, place: tuple[int, int], message: str, hint: str, rule: str = "yaml-valid") -> None:
        if len(self.problems) < MAX_PROBLEMS:
            severity: Severity = "warning" if rule == SLIP else "error"
            self.problems.append(Problem(Location(self.path, *place), rule, message, hint, severity))

    def stop(self, event: Any, message: str, hint: str = "") -> NoReturn:  # as above
        self.problem(self.place(event), message, hint)
        raise _StopReading
