"""The news feed in programs that people use: feedparser, newsboat, sfeed."""

from __future__ import annotations

import sqlite3
import subprocess
from collections.abc import Callable
from pathlib import Path

import feedparser
import pytest
from feedrules import CONTENT, items
from tinysite import Site, Sites

ODD = """\
---
title: 'AT&T <b>buys</b> 🎬 "a" show'
date: 2025-07-01
summary: Short and plain.
author: Ada & Bob
tags: [casting]
---
A text with \\]]> in it, and *emphasis*.
"""


@pytest.fixture
def odd(site: Sites) -> Site:
    return site({"content/news/a.md": ODD}).published()


def test_feedparser_reads_the_real_feed(wiki: Site) -> None:
    found = feedparser.parse(wiki.data("feed.xml"))
    assert not found.bozo, found.get("bozo_exception")
    assert found.version == "rss20" and found.feed.title == "The Ballard Files" and len(found.entries) == 50
    assert found.feed.link == "https://ballardwiki.github.io/ballardwiki/"
    for entry in found.entries:
        assert entry.title and entry.summary and entry.author and entry.published_parsed and entry.tags
        assert entry.id.startswith("tag:ballardwiki.github.io,") and not entry.guidislink
        assert entry.content[0].type == "text/html" and "<p>" in entry.content[0].value
        assert entry.link.startswith("https://ballardwiki.github.io/ballardwiki/news/")


def test_feedparser_reads_odd_articles(odd: Site) -> None:
    found = feedparser.parse(odd.data("feed.xml"))
    assert not found.bozo
    (entry,) = found.entries
    assert (entry.summary, entry.author, entry.tags[0].term) == ("Short and plain.", "Ada & Bob", "casting")
    assert "]]&gt; in it" in entry.content[0].value and "<em>emphasis</em>" in entry.content[0].value
    assert "AT&T" in entry.title.replace("&amp;", "&")


def newsboat(program: str, folder: Path, feed: Path) -> list[dict[str, str]]:
    (folder / "urls").write_text(f"file://{feed}\n")
    (folder / "config").touch()
    command = [program, "-u", "urls", "-c", "cache.db", "-C", "config", "-x", "reload", "print-unread"]
    done = subprocess.run(
        command,
        cwd=folder,
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
        env={"HOME": str(folder), "LANG": "C.UTF-8"},
    )
    with sqlite3.connect(folder / "cache.db") as database:
        database.row_factory = sqlite3.Row
        rows = database.execute("select guid, title, author, url, pubDate, content from rss_item").fetchall()
    assert f"{len(rows)} unread" in done.stdout
    database.close()
    return [dict(row) for row in rows]


@pytest.mark.tools
def test_newsboat_reads_the_real_feed(wiki: Site, tool: Callable[[str], str], tmp_path: Path) -> None:
    rows = {row["guid"]: row for row in newsboat(tool("newsboat"), tmp_path, wiki.out / "feed.xml")}
    assert len(rows) == 50
    for item in items(wiki.data("feed.xml")):
        row = rows[item["guid"]]
        assert (row["title"], row["url"]) == (item["title"], item["link"])
        assert row["content"].strip() == item[CONTENT].strip() and row["author"] == "The Ballard Files"


@pytest.mark.tools
def test_newsboat_reads_odd_articles(odd: Site, tool: Callable[[str], str], tmp_path: Path) -> None:
    (row,) = newsboat(tool("newsboat"), tmp_path, odd.out / "feed.xml")
    assert "AT&T" in row["title"] and "🎬" in row["title"] and row["author"] == "Ada & Bob"
    assert "]]&gt; in it" in row["content"]


@pytest.mark.tools
def test_newsboat_sees_no_new_item_after_a_change_of_title(
    odd: Site, tool: Callable[[str], str], tmp_path: Path
) -> None:
    program = tool("newsboat")
    newsboat(program, tmp_path, odd.out / "feed.xml")
    odd.replace("content/news/a.md", "buys", "sells").published()
    (row,) = newsboat(program, tmp_path, odd.out / "feed.xml")
    assert "sells" in row["title"]


@pytest.mark.tools
def test_sfeed_reads_the_real_feed(wiki: Site, tool: Callable[[str], str]) -> None:
    done = subprocess.run([tool("sfeed")], input=wiki.data("feed.xml"), capture_output=True, check=True, timeout=60)
    rows = [line.split("\t") for line in done.stdout.decode().splitlines()]
    given = items(wiki.data("feed.xml"))
    assert [row[1:3] for row in rows] == [[item["title"], item["link"]] for item in given]
    assert [row[5] for row in rows] == [item["guid"] for item in given] and all(int(row[0]) for row in rows)
