"""Settings: what is wrong is said with its place; what is right is taken."""

from __future__ import annotations

import pytest

from ballardwiki.config import site_file
from ballardwiki.config.site import Limits, NavigationLink, Switch


def faults(text: str) -> list[str]:
    """The problems of a site.yaml, as `line:column message hint`."""
    return [f"{each.at.line}:{each.at.column} {each.message} {each.hint}".rstrip() for each in site_file.load(text)[1]]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("- a", "1:1 site.yaml must hold settings. Begin with: title: My wiki"),
        ("language: de", "1:1 the site needs a title. Add a line: title: My wiki"),
        ("title: [A]", "1:8 title must be text."),
        ("title: A\nlangage: de", "2:1 there is no setting langage. Did you mean language?"),
        ("title: A\nbase_url: x", "2:11 base_url must begin with https:// or http://. Write https://x/"),
        ("title: A\nbase_url: 'http://[x'", "2:11 base_url must be an address such as https://example.org/wiki/."),
        ("title: A\ntimezone: Mars", "2:1 Mars is not a time zone. Use a name such as America/Los_Angeles."),
        ("title: A\nlinks: folder", "2:1 links must be one of: files, folders. Did you mean folders?"),
        ("title: A\nnavigation: x", "2:13 navigation must be a list of {label: News, url: /news/}."),
        ("title: A\nfeed: x", "2:7 feed must hold settings: items, authority."),
        ("title: A\nfeed: {items: none}", "2:8 items must be a whole number above 0."),
        (
            "title: A\nrules: {title-short: of}",
            "2:9 title-short must be one of: off, info, warning, error. Did you mean off?",
        ),
        ("title: A\nlimits: {second: 1}", "2:10 there is no setting second. Did you mean seconds?"),
    ],
)
def test_a_wrong_setting(text: str, expected: str) -> None:
    found = faults(text)
    assert found[0] == expected or expected in found


@pytest.mark.parametrize("entry", ["x", "{label: News}", "{label: News, url: news/}", "{url: /news/}"])
def test_a_wrong_entry_of_the_navigation(entry: str) -> None:
    config, found = site_file.load(f"title: A\nnavigation: [{entry}, {{label: B, url: /b/}}]")
    assert [each.at.line for each in found] == [2]
    assert config.navigation == (NavigationLink("B", "/b/"),)


def test_all_settings() -> None:
    text = """\
title: A
base_url: https://a.example/w
timezone: Europe/Berlin
license: Public domain
markdown: {engine: commonmark}
feed: {items: 3}
limits: {seconds: 2, memory: 99}
rules: {title-short: off}
spoilers: {default: all, ser: S01E02}
"""
    config, found = site_file.load(text)
    assert found == []
    assert (config.base_url, config.base_path) == ("https://a.example/w/", "/w/")
    assert (config.license_name, config.license_url) == ("Public domain", "")
    assert (config.engine, config.feed_items, config.limits) == ("commonmark", 3, Limits(2, 99))
    assert config.rules == (Switch("title-short", "off", 8, 9),)
    assert (config.default_horizon, dict(config.horizon)) == ("all", {"ser": "s01e02"})
