"""The feed, element by element: its head, its items, and the names of these, which are for ever."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from msgspec import structs
from msgspec.structs import replace
from tinyworld import schema, world

from ballardwiki.graph import link
from ballardwiki.graph.horizon import horizon
from ballardwiki.pages.outputs import feeds
from ballardwiki.pages.outputs.output import Studio

NEWS = {
    "news/a": "---\ntitle: A & B\ndate: 2025-07-08\nsummary: Short < long.\ntags: [crime, fog]\nauthor: Ann\n---\nSee [b](b.md).\n",
    "news/b": "---\ntitle: B\ndate: 2025-07-01\nwas: [old-b]\nsummary: S.\n---\nWords.\n",
}


def channel(files: Mapping[str, str], **settings: Any) -> ET.Element:
    made = world(files)
    made = replace(made, now="2025-07-09T12:00:00+00:00", config=structs.replace(made.config, **settings))
    templates: Any = None
    data = feeds.make(Studio(made, horizon(made.graph.story, made.config), templates))
    found = ET.fromstring(data).find("channel")
    assert found is not None
    return found


def elements(parent: ET.Element) -> list[tuple[str, str, dict[str, str]]]:
    return [(each.tag.rpartition("}")[2], each.text or "", each.attrib) for each in parent if each.tag != "item"]


def test_the_head_of_a_feed() -> None:
    found = channel(NEWS, description="All of it.", language="de")
    assert elements(found) == [
        ("title", "T", {}),
        ("link", "https://wiki.example/", {}),
        ("description", "All of it.", {}),
        ("link", "", {"href": "https://wiki.example/feed.xml", "rel": "self", "type": "application/rss+xml"}),
        ("docs", "https://www.rssboard.org/rss-specification", {}),
        ("generator", "ballardwiki", {}),
        ("language", "de", {}),
        ("lastBuildDate", "Tue, 08 Jul 2025 12:00:00 +0000", {}),
    ]


def test_a_feed_of_nothing_has_a_date_and_the_title_for_a_description() -> None:
    told = {name: text for name, text, _ in elements(channel({}))}
    assert (told["description"], told["lastBuildDate"]) == ("T", "Sat, 01 Jan 2000 00:00:00 +0000")


def test_an_item_of_a_feed() -> None:
    first, _ = channel(NEWS).findall("item")
    assert elements(first) == [
        ("title", "A & B", {}),
        ("link", "https://wiki.example/news/a/", {}),
        ("description", "Short &lt; long.", {}),
        ("encoded", '<p>See <a href="https://wiki.example/news/b/">b</a>.</p>\n', {}),
        ("guid", "tag:wiki.example,2025:article/a", {"isPermaLink": "false"}),
        ("category", "crime", {}),
        ("category", "fog", {}),
        ("pubDate", "Tue, 08 Jul 2025 12:00:00 +0000", {}),
        ("creator", "Ann", {}),
    ]


def test_the_newest_items_stand_first_and_as_many_as_the_site_wants() -> None:
    assert [item.findtext("title") for item in channel(NEWS).findall("item")] == ["A & B", "B"]
    assert [item.findtext("title") for item in channel(NEWS, feed_items=1).findall("item")] == ["A & B"]


@pytest.mark.parametrize(("settings", "creators"), [({}, ["Ann", "T"]), ({"author": "The club"}, ["Ann", "The club"])])
def test_an_item_is_of_its_author_or_the_site_s_or_the_site(settings: dict[str, str], creators: list[str]) -> None:
    found = channel(NEWS, **settings)
    assert [text for item in found.findall("item") for name, text, _ in elements(item) if name == "creator"] == creators


def test_news_of_a_type_without_authors_is_the_site_s() -> None:
    """As no page asks for a field that its type has not."""
    made = world({"news/b": NEWS["news/b"]})
    article = schema().types["article"]
    fields = {name: field for name, field in article.fields.items() if name != "author"}
    types = structs.replace(schema(), types={**schema().types, "article": structs.replace(article, fields=fields)})
    made = replace(made, graph=link(made.graph.entities.values(), types), visible=None, now="2025-07-09T12:00:00+00:00")
    templates: Any = None
    data = feeds.make(Studio(made, horizon(made.graph.story, made.config), templates))
    assert b"<dc:creator>T</dc:creator>" in data


@pytest.mark.parametrize(
    ("settings", "authority"),
    [
        ({}, "wiki.example,2025"),
        ({"base_url": "https://other.example:8080/deep/wiki/"}, "other.example,2025"),
        ({"base_url": "https://other.example/", "feed_authority": "wiki.example,2024-05"}, "wiki.example,2024-05"),
    ],
)
def test_the_name_of_an_item_is_of_the_site_s_host_or_whom_it_names(settings: dict[str, str], authority: str) -> None:
    """An item keeps the first id that it had."""
    found = [item.findtext("guid") for item in channel(NEWS, **settings).findall("item")]
    assert found == [f"tag:{authority}:article/a", f"tag:{authority}:article/old-b"]


def test_the_feed_is_one_file() -> None:
    made = world(NEWS)
    (output,) = feeds.plan(made, horizon(made.graph.story, made.config))
    assert (output.path, output.about, output.make) == ("feed.xml", "the news feed", feeds.make)


@pytest.mark.parametrize(
    ("zone", "date", "told"),
    [
        ("America/New_York", "1880-01-01", "Thu, 01 Jan 1880 16:56:02 +0000"),
        ("America/New_York", "1990-01-01", "Mon, 01 Jan 1990 12:00:00 -0500"),
        ("Asia/Kolkata", "1990-01", "Mon, 01 Jan 1990 12:00:00 +0530"),
        ("Asia/Kolkata", "2025-07-09", "Wed, 09 Jul 2025 12:00:00 +0530"),
        ("America/New_York", "2025-07-09", "Wed, 09 Jul 2025 00:00:00 -0400"),
        ("America/New_York", "2025-07-09T11:30Z", "Wed, 09 Jul 2025 11:30:00 +0000"),
    ],
)
def test_an_item_is_of_noon_or_of_the_day_s_beginning_in_the_site_s_zone(zone: str, date: str, told: str) -> None:
    """An offset with seconds, as there were before zones, is none that RSS can say."""
    found = channel({"news/n": f"---\ntitle: N\ndate: {date}\n---\nWords.\n"}, timezone=zone)
    assert [item.findtext("pubDate") for item in found.findall("item")] == [told]
    assert found.findtext("lastBuildDate") == told


def test_what_xml_can_not_hold_is_left_out() -> None:
    assert feeds.clean("a\x00b\x0bc\ufffe d\te\n") == "abc d\te\n"
