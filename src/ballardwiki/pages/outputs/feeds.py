"""feed.xml: RSS 2.0 after the RSS Best Practices Profile, made by feedgen.

Summaries stand in `description`, whole texts in `content:encoded` after it. An item's guid is a `tag:` URI made of the
site's host and the article's id: neither a new title nor a new address makes a new item.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from html import escape, unescape
from itertools import accumulate, islice
from typing import Any
from urllib.parse import urljoin, urlsplit

from ballardwiki.content import moments
from ballardwiki.expressions import expression
from ballardwiki.pages.direction import balanced
from ballardwiki.pages.environment import summary
from ballardwiki.pages.outputs.output import Output, Studio
from ballardwiki.pages.prose import Prose
from ballardwiki.pages.view import EntityView, Horizon, SiteView
from ballardwiki.pages.world import World

_NOT_XML = expression("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_TAG = expression(r'<[a-z](?:[^<>"]|"[^"<>]*+")*+>')
_ADDRESS = expression(r'(?<=\s)(href|src|cite)="([^"]*)"')
_EPOCH = datetime(2000, 1, 1, tzinfo=UTC)
"""The date of a feed that has no items."""
_FIRST = "1000"
"""The first year that the dates of RSS can say."""


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
    feed.title(balanced(clean(str(site.title))))
    feed.link(href=site.canonical("/feed.xml"), rel="self", type="application/rss+xml")
    feed.link(href=site.canonical("/"), rel="alternate")  # feedgen makes the last link the channel's
    feed.description(clean(str(site.description or site.title)))
    feed.language(str(site.language))
    feed.generator("ballardwiki")
    feed.docs("https://www.rssboard.org/rss-specification")
    dates = moments_of(articles, site)
    feed.lastBuildDate(max(dates, default=_EPOCH))
    for article, date in zip(articles, dates, strict=True):
        _item(feed, article, date, site)
    return feed.rss_str(pretty=True)  # type: ignore[no-any-return]


def newest(site: SiteView) -> list[EntityView]:
    """The newest dated entities of the site but those to come, and those of years that no feed can hold."""
    return list(
        islice(
            (each for each in site.news if each.date_key >= _FIRST and site.due(each.date_key)),
            int(str(site.feed_items)),
        )
    )


def _item(feed: Any, article: EntityView, date: datetime, site: SiteView) -> None:
    prose = Prose(site, plain=True)
    item = feed.add_entry(order="append")
    item.title(balanced(clean(article.title)))
    item.link(href=site.canonical(article.url))
    item.guid(guid(article, site), permalink=False)
    item.published(date)
    item.description(escape(clean(summary(article, prose)), quote=False))
    item.content(absolute(clean(str(prose.text(article))), site.canonical(article.url)), type="CDATA")
    author = article.author if "author" in article.declared.fields else None
    item.dc.dc_creator(clean(str(author or site.author or site.title)))
    for tag in article.tags:
        item.category(term=clean(str(tag)))


def guid(article: EntityView, site: SiteView) -> str:
    """The permanent name of an item (RFC 4151): neither a new title nor a new id or address changes it."""
    authority = site.feed_authority or f"{urlsplit(site.canonical('/')).hostname},2025"
    first = article.was[0].text if article.was else article.id
    return f"tag:{authority}:{article.type}/{first}"


def moments_of(articles: Sequence[EntityView], site: SiteView) -> list[datetime]:
    """The moments of the articles, none before that of an older one."""
    return list(accumulate((published(each, site) for each in reversed(articles)), max))[::-1]


def published(article: EntityView, site: SiteView) -> datetime:
    """The moment of an article, never after the build.

    Of a day alone it is noon in the site's time zone, or its beginning while noon is to come; of a month its first day.
    """
    text, zone = article.date_key, str(site.timezone)
    noon = moments.begin(text, zone, moments.NOON)
    moment = noon if site.due(noon.isoformat()) else moments.begin(text, zone)
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
