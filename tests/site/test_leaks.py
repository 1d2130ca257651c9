# tables of examples
"""What readers must not know yet stands nowhere in the published site: no word of it, and no trace."""

from __future__ import annotations

import html
import re
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
import yaml
from tinysite import Site, make

SHOWN = 5
"""Words in a row that tell a hidden sentence from an open one."""
SPOILER = re.compile(r"^(?P<bar>[ >]*> ?)\[!spoiler\].*\n(?:(?P=bar).*\n?)*", re.MULTILINE | re.IGNORECASE)
INLINE = re.compile(r"(?<!\|)\|\|(?![\s|])(?:[\w-]+ )?(?:s\d+e\d+: ?)?(.+?)\|\|")
SECTION = re.compile(r"^(#+) .*\{[^}]*since=[^}]*\}.*\n(?:(?!\1 |#{1,2} ).*\n?)*", re.MULTILINE)
BLOCKS = re.compile(
    r"</?(?:p|div|li|ul|ol|dl|dt|dd|td|th|tr|table|h\d|section|article|blockquote|br|caption|header|nav|item)\b[^>]*>"
)


class Content:
    """The content of the project, told apart: what is open, what is hidden."""

    def __init__(self) -> None:
        self.open: list[str] = []
        self.hidden: list[str] = []

    def text(self, text: str) -> str:
        """A text's open part."""
        for pattern in (SECTION, SPOILER, INLINE):
            self.hidden += [match[0] for match in pattern.finditer(text)]
            text = pattern.sub("\n", text)
        return text

    def prune(self, node: Any) -> Any:
        """The open part of a record; None where nothing of it is open."""
        if isinstance(node, dict):
            if "since" in node:
                self.hidden += [" . ".join(leaves({key: each for key, each in node.items() if key not in WORDLESS}))]
                return None
            found = {key: self.prune(each) for key, each in node.items()}
            return {key: each for key, each in found.items() if each is not None}
        if isinstance(node, list):
            return [each for each in map(self.prune, node) if each is not None] or None
        return self.text(node) if isinstance(node, str) and "\n" in node else node

    def file(self, path: Path) -> str:
        """The open part of a content file, as a file."""
        text = path.read_text(encoding="utf-8")
        if path.suffix == ".md":
            _, front, body = text.split("---\n", 2)
            front, body = dump(self.prune(yaml.load(front, yaml.BaseLoader))), self.text(body)
            made = f"---\n{front}---\n{body}"
        else:
            made = dump(self.prune(yaml.load(text, yaml.BaseLoader)))
        self.open.append(made.replace("\n", " "))
        return made


WORDLESS = ("since", "source", "confidence", "billing", "continuity", "from", "until")


def dump(node: Any) -> str:
    return str(yaml.safe_dump(node, allow_unicode=True, sort_keys=False, width=10_000))


def leaves(node: Any) -> Iterator[str]:
    if isinstance(node, dict | list):
        for each in node.values() if isinstance(node, dict) else node:
            yield from leaves(each)
    else:
        yield str(node)


@pytest.fixture(scope="module")
def content(wiki: Site, tmp_path_factory: pytest.TempPathFactory) -> tuple[Content, Site]:
    """The content told apart, and a site made of its open part alone."""
    bare = make(tmp_path_factory.mktemp("bare"))
    for folder in ("templates", "types"):
        shutil.copytree(wiki.root / folder, bare.root / folder)
    shutil.copy(wiki.root / "site.yaml", bare.root)
    found = Content()
    for path in sorted((wiki.root / "content").rglob("*")):
        if path.suffix in (".md", ".yaml"):
            bare.write(path.relative_to(wiki.root).as_posix(), found.file(path))
        elif path.is_file():
            bare.write(path.relative_to(wiki.root).as_posix(), path.read_bytes())
    forget_sources(wiki, bare)
    return found, bare


def forget_sources(wiki: Site, bare: Site) -> None:
    """Take away the sources that only hidden content names: they are hidden with it."""
    named = [
        {
            word
            for path in (site.root / "content").rglob("*.*")
            if path.suffix in (".md", ".yaml") and "sources" not in path.parts
            for word in re.findall(r"[a-z0-9][\w.-]*\w", path.read_text(encoding="utf-8"))
        }
        for site in (wiki, bare)
    ]
    for path in (bare.root / "content/sources").rglob("*.yaml"):
        records = yaml.load(path.read_text(encoding="utf-8"), yaml.BaseLoader)
        left = {id_: record for id_, record in records.items() if id_ not in named[0] - named[1]}
        bare.write(path.relative_to(bare.root).as_posix(), dump(left))


def words(text: str) -> list[str]:
    """The words of a text that may be Markdown, HTML or XML."""
    text = re.sub(r"\[\^[\w-]+\]", "", text)
    text = re.sub(r"\[\[(?:[^\]|]*\|)?([^\]]*)\]\]", r"\1", text)
    text = re.sub(r"<sup\b.*?</sup>", "", text)
    return re.findall(r"\w+", html.unescape(text).casefold())


def runs(text: str, length: int = SHOWN) -> set[tuple[str, ...]]:
    found = words(text)
    return {tuple(found[at : at + length]) for at in range(len(found) - length + 1)}


def published(site: Site) -> Iterator[tuple[str, str]]:
    """Every text that is published: as a reader sees it, and with all that tags and attributes hold."""
    for path, data in site.tree().items():
        text = readable(data)
        yield path, text
        yield path, re.sub(r"<[^>]+>", "", BLOCKS.sub(" | ", re.sub(r"<sup\b.*?</sup>", "", text)))


def readable(data: bytes) -> str:
    """A file as text; of a database, all that its tables hold."""
    if not data.startswith(b"SQLite format 3\0"):
        return data.decode("utf-8")
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.deserialize(data)
        return "\n".join(connection.iterdump())


def test_there_is_something_to_hide(content: tuple[Content, Site]) -> None:
    assert len(content[0].hidden) > 150
    assert any("Ballard's arrest for the murder" in each for each in content[0].hidden)
    assert not any("Ballard's arrest for the murder" in each for each in content[0].open)


def test_no_hidden_sentence_is_published(wiki: Site, content: tuple[Content, Site]) -> None:
    found, _ = content
    secret = {
        run
        for text in found.hidden
        for run in runs(re.sub(r"^[ >]*\[!spoiler\].*|^[ >]+", "", text, flags=re.MULTILINE))
    }
    secret -= {run for text in found.open for run in runs(text)}
    secret = {run for run in secret if not {"played", "by"} <= set(run)}  # who plays whom is open, and lists say it so
    assert len(secret) > 1000
    leaks = {f"{path}: {' '.join(run)}" for path, text in published(wiki) for run in secret & runs(text)}
    assert sorted(leaks) == []


COMMON = {
    "an old serial murder case", "in season 2 of bosch", "in the last episode of", "is killed in season 4", "lapd robbery homicide division and",
    "of harry bosch s mother", "season 2 of bosch legacy", "the finale of bosch legacy", "the lapd robbery homicide division",
    "the last season of bosch", "to the lapd robbery homicide",
}  # fmt: skip
"""Words that stand both in hidden and in open content, but tell nothing."""


def test_nothing_is_hidden_in_one_place_and_open_in_another(content: tuple[Content, Site]) -> None:
    """The same five words in hidden and in open content: one of the two is marked wrongly."""
    found, _ = content
    hidden = {
        run
        for text in found.hidden
        for run in runs(re.sub(r"^[ >]*\[!spoiler\].*|^[ >]+", "", text, flags=re.MULTILINE))
    }
    both = {" ".join(run) for run in hidden & {run for text in found.open for run in runs(text)}}
    assert sorted(both - COMMON) == []


def test_no_hidden_value_is_in_the_data(wiki: Site, content: tuple[Content, Site]) -> None:
    """The data holds what it would hold had nothing hidden ever been written: not a value, not a gap in a number."""
    _, bare = content
    assert not bare.build(jobs=2, **wiki.options).failed
    paths = sorted(path for path in wiki.paths() if path.startswith("data/"))
    assert {"data/wiki.db", "data/character.json", "data/credit.json"} <= set(paths)
    for path in paths:
        assert wiki.data(path) == bare.data(path), path


def test_no_marker_of_hidden_text_is_published(wiki: Site) -> None:
    """A mark that something is hidden tells that there is something."""
    for path, text in published(wiki):
        assert not re.search(r"\[!spoiler|\|\||since=|data-since|\[withheld\]", text), path


def test_what_is_hidden_leaves_no_trace(wiki: Site, content: tuple[Content, Site]) -> None:
    """The site is the same, byte for byte, as one made of content in which nothing hidden was ever written."""
    _, bare = content
    result = bare.build(jobs=2, **wiki.options)
    assert not result.failed, "\n".join(map(str, result.problems))
    mine, theirs = wiki.tree(), bare.tree()
    assert set(mine) ^ set(theirs) == set()
    counted = [path for path in mine if path.startswith("wiki/")]  # they name lines of files, which hidden ones shift
    differing = [path for path in mine if path not in counted and _tight(mine[path]) != _tight(theirs[path])]
    assert [f"{path}: {line}" for path in differing for line in _difference(theirs[path], mine[path])] == []


def _difference(bare: bytes, mine: bytes) -> list[str]:
    without = set(_tight(bare).splitlines())
    return [line[:200] for line in _tight(mine).splitlines() if line not in without] or ["something is missing"]


def _tight(data: bytes) -> str:
    """A text without empty lines, which tell nothing, and without the foot of pages: the bare site has no history."""
    text = re.sub(r'<footer class="page-foot">.*?</footer>', "", readable(data), flags=re.DOTALL)
    return re.sub(r"\n\s*(?=\n|\]\]>)", "", text)
