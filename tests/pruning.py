"""A slow, simple second opinion on what readers may know: a copy of a project without all that is beyond its horizon.

It reads YAML and plain text only and shares no code with the program. It knows the few forms of texts that the tests
write, not all that Markdown has.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import yaml

LAST = 10**6
Record = dict[str, Any]
QUALIFIERS = ("since", "source", "confidence", "continuity", "from", "until")
INLINE = re.compile(r"\|\|(?:([^|:]*s\d+(?:e\d+)?): )?((?:(?!\|\|).)*)\|\|")
CALLOUT = re.compile(r"^> \[!spoiler\] ?(.*)\n(?:>.*\n?)*\n?", re.MULTILINE)
SECTION = re.compile(r'^## .* \{since="([^"]*)"\}\n(?:(?!## ).*\n?)*', re.MULTILINE)
LINK = re.compile(r"\[\[([^\]|]*)(?:\|([^\]]*))?\]\]")
CITED = re.compile(r"\[\^([\w-]+)\](?!:)")
IMAGE = re.compile(r"!?\[([^\]]*)\]\(/media/([^)]*)\)")


class Pruning:
    """A project, and what of it may be known where readers have seen `seen` of each series, `default` of all others."""

    def __init__(self, root: Path, types: Path, seen: dict[str, str], default: str) -> None:
        self.root, self.seen, self.default = root, seen, default
        self.fields: dict[str, dict[str, Any]] = {}
        self.kinds: dict[str, dict[str, Any]] = {}
        common = yaml.safe_load((types / "common.yaml").read_text())["fields"]
        for path in (*sorted(types.glob("*.yaml")), *sorted((root / "types").glob("*.yaml"))):
            if path.stem != "common":
                self.kinds[path.stem] = kind = yaml.safe_load(path.read_text())
                self.fields[path.stem] = common | {
                    name: common.get(name, {}) | field for name, field in kind.get("fields", {}).items()
                }
        self.paths: dict[str, str] = {}
        self.records: dict[str, Record] = {}
        self._load()
        self.all = dict(self.records)
        self.former = {
            f"{ref.partition('/')[0]}/{old}": ref
            for ref, record in self.all.items()
            for old in listed(record.get("was"))
        }

    def _load(self) -> None:
        folders = {kind["folder"]: name for name, kind in self.kinds.items() if kind.get("folder")}
        for path in sorted((self.root / "content").rglob("*.*")):
            kind = folders[path.relative_to(self.root / "content").parts[0]]
            text = path.read_text(encoding="utf-8")
            if path.suffix == ".md":
                _, front, body = text.split("---\n", 2)
                found = {path.stem: yaml.load(front, yaml.BaseLoader) | {"text": body}}
            else:
                found = yaml.load(text, yaml.BaseLoader)
            for id_, record in found.items():
                self.records[f"{kind}/{id_}"] = record
                self.paths[f"{kind}/{id_}"] = path.relative_to(self.root).as_posix()

    # What may be known

    def series_of(self, ref: str) -> str:
        """The series in whose episodes a record counts, "" for none."""
        kind, _, id_ = ref.partition("/")
        at = ref
        for step in str(self.kinds[kind].get("timeline", "")).split("."):
            if step in ("", "id"):
                return id_ if step else ""
            at = f"{step}/{plain(self.all[at][step])}"
        return at.partition("/")[2]

    def knows(self, since: str, series: str) -> bool:
        name, _, code = since.rpartition(" ")
        titles = {
            plain(record["title"]).casefold(): ref for ref, record in self.all.items() if ref.startswith("series/")
        }
        name = titles.get(name.casefold(), f"series/{name}").partition("/")[2] if name else series
        if not name:
            return self.default == "all"
        point = self.seen.get(name, self.default)
        return point == "all" or (point != "none" and place(code) <= place(point))

    def run(self) -> None:
        """Take away until nothing is left to take."""
        served = self._served()
        before: object = None
        while before != (before := repr(self.records)):
            for ref in list(self.records):
                kept = self._record(ref.partition("/")[0], self.records[ref], self.series_of(ref))
                if kept is None or kept.get("draft") == "true":
                    del self.records[ref]
                else:
                    self.records[ref] = kept
            lost = served - self._served()
            for ref in [each for each in self.records if each in lost]:
                del self.records[ref]
        self.files = {each for each in served - self._served() if each.startswith("media/")}

    def _record(self, kind: str, record: Record, series: str) -> Record | None:
        if "since" in record and not self.knows(record["since"], series):
            return None
        found: Record = {}
        for name, value in record.items():
            field = self.fields[kind].get(name, {})
            if name == "source":
                kept: Any = [each for each in listed(value) if self._cites(each)]
            elif name in QUALIFIERS:
                kept = value
            elif field["kind"] == "records":
                kept = [each for each in (self._record(field["of"], each, series) for each in value) if each]
            elif field["kind"] == "markdown":
                kept = self._text(value, series)
            else:
                kept = [each for each in (self._value(field, each, series) for each in listed(value)) if each]
                kept = kept[0] if kept and not isinstance(value, list) else kept
            if kept:
                found[name] = kept
        needed = [name for name, field in self.fields[kind].items() if field.get("required") and name in record]
        if any(name not in found for name in needed if name != "title"):
            return None
        return None if kind == "claim" and not self._stands(found) else found

    def _value(self, field: Record, value: Any, series: str) -> Any:
        if isinstance(value, dict):
            if "since" in value and not self.knows(value["since"], series):
                return None
            value = {name: each for name, each in value.items() if name != "source"} | {
                "source": [each for each in listed(value.get("source")) if self._cites(each)]
            }
        return value if field["kind"] != "ref" or self._target(field, plain(value)) else None

    def _target(self, field: Record, value: str) -> bool:
        ref = value if "/" in value else f"{listed(field['to'])[0]}/{value}"
        return ref in self.records or self.former.get(ref) in self.records

    def _stands(self, claim: Record) -> bool:
        about = plain(claim["about"])
        field = self.fields[about.partition("/")[0]][plain(claim["field"])]
        return field["kind"] != "ref" or self._target(field, plain(claim["value"]))

    def _cites(self, id_: str) -> bool:
        return any(f"{kind}/{id_}" in self.records for kind in ("source", "article"))

    # Texts

    def _text(self, text: str, series: str) -> str:
        def hides(since: str | None) -> bool:
            return not self.knows(since, series) if since else self.default != "all"

        text = CALLOUT.sub(lambda hit: "" if hides(hit[1].strip()) else hit[0], text)
        text = SECTION.sub(lambda hit: "" if hides(hit[1]) else hit[0], text)
        text = INLINE.sub(lambda hit: "" if hides(hit[1]) else hit[0], text)
        text = CITED.sub(lambda hit: hit[0] if self._cites(hit[1]) else "", text)
        return LINK.sub(lambda hit: hit[0] if self._leads(hit[1]) else hit[2] or hit[1].rpartition("/")[2], text)

    def _leads(self, name: str) -> bool:
        """Whether a link leads on, or is a red one: what hidden things are called is neither."""
        return name in self._names(self.records) or name not in self._names(self.all)

    def _names(self, records: dict[str, Record]) -> set[str]:
        """All that links may call some records."""
        found: set[str] = set()
        for ref, one in records.items():
            given = map(plain, (*listed(one.get("title")), *listed(one.get("aliases"))))
            found |= {ref, ref.partition("/")[2], *given}
        return found

    # What serves others

    def _served(self) -> set[str]:
        """The sources, rights records and media files that something uses."""
        found: set[str] = set()
        for ref, record in self.records.items():
            if ref.partition("/")[0] not in ("source", "image"):
                found |= {f"source/{each}" for each in cited(record)}
                found |= {f"media/{file}" for _, file in IMAGE.findall(str(record.get("text", "")))}
                found |= {f"source/{each}" for each in CITED.findall(str(record.get("text", "")))}
        for ref, record in self.all.items():
            if ref.startswith("image/") and f"media/{plain(record['file'])}" in found:
                found.add(ref)
        return found

    def write(self, to: Path) -> None:
        """The copy. It tells all."""
        by_path: dict[str, Record] = {}
        for ref, record in self.records.items():
            by_path.setdefault(self.paths[ref], {})[ref.partition("/")[2]] = record
        for path, found in by_path.items():
            file = to / path
            file.parent.mkdir(parents=True, exist_ok=True)
            if path.endswith(".md"):
                (record,) = found.values()
                front = {name: value for name, value in record.items() if name != "text"}
                file.write_text(f"---\n{dump(front)}---\n{record.get('text', '')}", encoding="utf-8")
            else:
                file.write_text(dump(found), encoding="utf-8")


def place(code: str) -> tuple[int, int]:
    """Season and episode of `s01e02`; a season alone means its end, and specials come after all seasons."""
    season, _, episode = code.removeprefix("s").partition("e")
    return int(season) or LAST - 1, int(episode) if episode else LAST


def listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


def plain(value: Any) -> str:
    return str(value["value"] if isinstance(value, dict) else value)


def cited(node: Any) -> list[str]:
    """All ids in `source` and `sources` keys, however deep."""
    if isinstance(node, dict):
        own = [plain(each) for name in ("source", "sources") for each in listed(node.get(name))]
        return own + [each for value in node.values() for each in cited(value)]
    return [each for value in node for each in cited(value)] if isinstance(node, list) else []


def dump(node: Any) -> str:
    return str(yaml.safe_dump(node, allow_unicode=True, sort_keys=False, width=10_000))
