"""feed.xml: RSS 2.0 after the RSS Best Practices Profile, made by feedgen.

Summaries stand in `description`, whole texts in `content:encoded` after it. An item's guid is a `tag:` URI made of the
site's host and the article's id: neither a new title nor a new address makes a new item.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from html import escape, unescape
from typing import Any
from urllib.parse import urljoin, urlsplit
from zoneinfo import ZoneInfo

from ballardwiki.outputs.output import Output, Studio
from ballardwiki.prose import Prose
from ballardwiki.render import summary
from ballardwiki.view import EntityView, Horizon, SiteView
from ballardwiki.world import World

_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_TAG = re.compile(r'<[a-z](?:[^>"]|"[^"]*")*>')
_ADDRESS = re.compile(r'(?<=\s)(href|src|cite)="([^"]*)"')
_EPOCH = datetime(2000, 1, 1, tzinfo=UTC)
"""The date of a feed that has no items."""


def plan(_world: World, _within: Horizon) -> Iterator[Output]:
    """The site's feed."""
    yield Output("feed.xml", "the news feed", make)


def make(studio: Studio) -> bytes:
    """The newest articles, the newest first."""
    from feedgen.feed import FeedGenerator  # noqa: PLC0415  # a costly import that most builds do not need

    site = studio.site("/feed.xml", absolute=True)
    articles = newest(site)
    feed = FeedGenerator()
    feed.load_extension("dc")
    feed.title(clean(str(site.title)))
    feed.link(href=site.canonical("/feed.xml"), rel="self", type="application/rss+xml")
    feed.link(href=site.canonical("/"), rel="alternate")  # feedgen makes the last link the channel's
    feed.description(clean(str(site.description or site.title)))
    feed.language(str(site.language))
    feed.generator("ballardwiki")
    feed.docs("https://www.rssboard.org/rss-specification")
    feed.lastBuildDate(max((published(article, site) for article in articles), default=_EPOCH))
    for article in articles:
        _item(feed, article, site)
    return feed.rss_str(pretty=True)  # type: ignore[no-any-return]


def newest(site: SiteView) -> list[EntityView]:
    """The newest dated entities of the site, but for those of days to come: a feed may not hold any."""
    dated = (each for name, kind in site.types.items() if kind.dated for each in site.all(name))
    found = [each for each in dated if f"{each.date_key}-01-01"[:10] <= site.today]
    found.sort(key=lambda each: (each.date_key, each.ref), reverse=True)
    return found[: int(str(site.feed_items))]


def _item(feed: Any, article: EntityView, site: SiteView) -> None:
    prose = Prose(site, plain=True)
    item = feed.add_entry(order="append")
    item.title(clean(article.title))
    item.link(href=site.canonical(article.url))
    item.guid(guid(article, site), permalink=False)
    item.published(published(article, site))
    item.description(escape(clean(summary(article, prose)), quote=False))
    item.content(absolute(clean(str(prose.text(article))), site.canonical(article.url)), type="CDATA")
    author = article.author if "author" in article.declared.fields else None
    item.dc.dc_creator(clean(str(author or site.author or site.title)))
    for tag in article.tags:  # type: ignore[attr-defined]
        item.category(term=clean(str(tag)))


def guid(article: EntityView, site: SiteView) -> str:
    """The permanent name of an item (RFC 4151): neither a new title nor a new id or address changes it."""
    authority = site.feed_authority or f"{urlsplit(site.canonical('/')).hostname},2025"
    first = article.was[0].text if article.was else article.id  # type: ignore[index]
    return f"tag:{authority}:{article.type}/{first}"


def published(article: EntityView, site: SiteView) -> datetime:
    """The moment of an article: noon of its day in the site's time zone; the first day of a partial date."""
    text = article.date_key
    year, month, day = (int(each) for each in f"{text}-01-01".split("-")[:3])
    moment = datetime.combine(date(year, month, day), time(12), ZoneInfo(str(site.timezone)))
    offset = moment.utcoffset() or timedelta()
    return moment if offset.seconds % 60 == 0 else moment.astimezone(UTC)  # local mean time fits no RSS date


def absolute(html: str, base: str) -> str:
    """HTML whose addresses are whole, as a feed's reader needs them. It was sanitised, so values stand in quotes."""

    def whole(attribute: re.Match[str]) -> str:
        return f'{attribute[1]}="{escape(urljoin(base, unescape(attribute[2])))}"'

    return _TAG.sub(lambda tag: _ADDRESS.sub(whole, tag[0]), html)


def clean(text: str) -> str:
    """Text without the characters that XML 1.0 can't hold."""
    return _NOT_XML.sub("", text)
