# tables of examples
"""What a feed must keep: RSS 2.0 and the RSS Best Practices Profile (rssboard.org/rss-profile), as far as this site uses them."""

from __future__ import annotations

import re
from datetime import datetime
from email.utils import format_datetime, parsedate_to_datetime
from typing import Any
from urllib.parse import urlsplit

from lxml import etree
from selectolax.lexbor import LexborHTMLParser

ATOM = "{http://www.w3.org/2005/Atom}"
CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded"
CREATOR = "{http://purl.org/dc/elements/1.1/}creator"
ONCE = ("title", "link", "guid", "pubDate", "description", CREATOR, CONTENT)
FORBIDDEN = "script, style, iframe, object, embed, form, input, button, svg, math, base, meta, link, template"
TAG_URI = re.compile(r"tag:[a-z0-9.-]+,\d{4}(-\d\d){0,2}:[\w!$&'()*+,;=:@/?%.~-]+", re.ASCII)
NEVER = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff\ud800-\udfff]")


def parse(data: bytes) -> Any:
    """The feed's channel. Raises where the text is no XML."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, recover=False, huge_tree=False)
    root = etree.fromstring(data, parser)
    assert root.tag == "rss" and root.get("version") == "2.0" and [each.tag for each in root] == ["channel"]
    return root[0]


def items(data: bytes) -> list[dict[str, str]]:
    """The items of a feed: element -> text."""
    return [{child.tag: child.text or "" for child in item} for item in parse(data).findall("item")]


def broken(data: bytes) -> list[str]:
    """The rules that a feed breaks."""
    channel = parse(data)
    return [*_channel(channel), *_dates(channel), *(rule for item in channel.findall("item") for rule in _item(item))]


def _channel(channel: Any) -> list[str]:
    found = [
        f"channel: {len(channel.findall(name))} {name}"
        for name in ("title", "link", "description", "language", "lastBuildDate", "docs", "generator")
        if len(channel.findall(name)) != 1
    ]
    own = [link for link in channel.findall(f"{ATOM}link") if link.get("rel") == "self"]
    if len(channel.findall(f"{ATOM}link")) != 1 or len(own) != 1 or own[0].get("type") != "application/rss+xml":
        found.append("channel: not exactly one atom:link, rel=self, type=application/rss+xml")
    elif not absolute(own[0].get("href")) or not own[0].get("href").endswith("/feed.xml"):
        found.append(f"channel: atom:link {own[0].get('href')}")
    elif channel.findtext("link") == own[0].get("href"):
        found.append(f"channel: link is the feed itself, not the site: {channel.findtext('link')}")
    if not absolute(channel.findtext("link")):
        found.append(f"channel: link {channel.findtext('link')}")
    guids = [item.findtext("guid") for item in channel.findall("item")]
    if len(set(guids)) != len(guids):
        found.append("channel: two items have one guid")
    if len(guids) > 50:
        found.append(f"channel: {len(guids)} items")
    if NEVER.search("".join(channel.itertext())):
        found.append("channel: characters that XML can't hold or advises against")
    return found


def _item(item: Any) -> list[str]:
    name = item.findtext("guid")
    found = [f"{len(item.findall(each))} {each}" for each in ONCE if len(item.findall(each)) != 1]
    if found:
        return [f"{name}: {each}" for each in found]
    if item.find("guid").get("isPermaLink") != "false" or not TAG_URI.fullmatch(name):
        found.append("guid is no tag: URI with isPermaLink=false")
    if not absolute(item.findtext("link")):
        found.append(f"link {item.findtext('link')}")
    if not (item.findtext("title") or "").strip():
        found.append("empty title")
    if item.find("author") is not None or len(item.findall("enclosure")) > 1:
        found.append("author, or more than one enclosure")
    order = [child.tag for child in item]
    if order.index("description") > order.index(CONTENT):
        found.append("content:encoded before description")
    description = item.findtext("description") or ""
    if not description.strip() or LexborHTMLParser(f"<body>{description}").css("body *"):
        found.append(f"description is empty or no plain text: {description[:60]}")
    labels = [each.text for each in item.findall("category")]
    if len(set(labels)) != len(labels) or not all(labels):
        found.append(f"categories {labels}")
    return [f"{name}: {each}" for each in (*found, *unsafe(item.findtext(CONTENT) or ""))]


def unsafe(html: str) -> list[str]:
    """What a feed's content must not hold: scripts, handlers, styles, addresses that mean nothing in a reader."""
    tree = LexborHTMLParser(f"<body>{html}</body>")
    found = [f"<{node.tag}>" for node in tree.css(FORBIDDEN) if node.tag not in ("head", "body")]
    for node in tree.css("body *"):
        for key, value in node.attributes.items():
            if key.startswith("on") or key in ("style", "srcdoc", "formaction"):
                found.append(f"<{node.tag} {key}>")
            if key in ("href", "src", "cite", "srcset", "poster", "data") and not absolute(value, mail=key == "href"):
                found.append(f"<{node.tag} {key}={value}>")
    return found


def _dates(channel: Any) -> list[str]:
    texts = [item.findtext("pubDate") for item in channel.findall("item")]
    built = channel.findtext("lastBuildDate")
    found = [f"date {text}" for text in (built, *texts) if not rfc822(text)]
    if found:
        return found
    moments = [parsedate_to_datetime(text) for text in texts]
    if moments != sorted(moments, reverse=True):
        found.append("items are not ordered, newest first")
    if moments and parsedate_to_datetime(built) != max(moments):
        found.append(f"lastBuildDate {built} is not that of the newest item")
    return found


def rfc822(text: str | None) -> bool:
    """Whether a date is in the one form all readers take: weekday, year of four digits, numeric offset."""
    try:
        moment: datetime = parsedate_to_datetime(text or "")
    except ValueError:
        return False
    return moment.tzinfo is not None and format_datetime(moment) == text


def absolute(address: str | None, *, mail: bool = False) -> bool:
    """Whether an address means the same everywhere."""
    parts = urlsplit(address or "")
    return (parts.scheme in ("http", "https") and bool(parts.netloc)) or (mail and parts.scheme in ("mailto", "tel"))
