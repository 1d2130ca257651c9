"""Settings and types: what is wrong is said with its place; what is right is taken."""

from __future__ import annotations

import pytest

from ballardwiki import config, schema


def faults(text: str) -> list[str]:
    """The problems of a site.yaml, as `line:column message hint`."""
    return [f"{each.at.line}:{each.at.column} {each.message} {each.hint}".rstrip() for each in config.load(text)[1]]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("- a", "1:1 site.yaml must hold settings. Begin with: title: My wiki"),
        ("language: de", "1:1 the site needs a title. Add a line: title: My wiki"),
        ("title: [A]", "1:8 title must be text."),
        ("title: A\nlangage: de", "2:1 there is no setting langage. Did you mean language?"),
        ("title: A\nbase_url: x", "2:1 base_url must be an address such as https://example.org/wiki/."),
        ("title: A\nbase_url: 'http://[x'", "2:1 base_url must be an address such as https://example.org/wiki/."),
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
    settings, found = config.load(f"title: A\nnavigation: [{entry}, {{label: B, url: /b/}}]")
    assert [each.at.line for each in found] == [2]
    assert settings.navigation == (config.Link("B", "/b/"),)


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
    settings, found = config.load(text)
    assert found == []
    assert (settings.base_url, settings.base_path) == ("https://a.example/w/", "/w/")
    assert (settings.license_name, settings.license_url) == ("Public domain", "")
    assert (settings.engine, settings.feed_items, settings.limits) == ("commonmark", 3, config.Limits(2, 99))
    assert settings.rules == (config.Switch("title-short", "off", 8, 9),)
    assert (settings.default_horizon, dict(settings.horizon)) == ("all", {"ser": "s01e02"})


def type_faults(text: str) -> list[str]:
    """The problems of types/thing.yaml, as `line:column message hint`."""
    found = schema.load([("types/thing.yaml", text)])[1]
    return [f"{each.at.line}:{each.at.column} {each.message} {each.hint}".rstrip() for each in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("- a", "1:1 a type is a mapping such as `label: Person`."),
        ("lable: Thing", "1:1 a type has no setting lable. Did you mean label?"),
        ("label: [Thing]", "1:8 label must be text."),
        ("url: things", "1:1 url must begin and end with a slash, such as /people/{id}/."),
        ("index: {per_pge: 3}", "1:9 index has no setting per_pge. Did you mean per_page?"),
        ("fields: x", "1:9 fields must be a mapping of names to settings."),
        ("fields: {a: b}", "1:10 the field a needs settings such as {kind: text}."),
        ("fields: {since: {kind: text}}", "1:10 since can't be a field's name."),
        ("fields: {A: {kind: text}}", "1:10 A can't be a field's name."),
        ("fields: {a: {kind: txt}}", "1:13 the field a has the unknown kind txt. Did you mean text?"),
        ("fields: {a: {kin: text}}", "1:14 the field a has no setting kin. Did you mean kind?"),
        ("fields: {a: {kind: ref}}", "1:1 the field a needs to: (the type it points at)."),
        ("fields: {a: {kind: choice}}", "1:1 the field a needs options: [one, another]."),
        (
            "fields: {a: {kind: ref, to: thingy}}",
            "1:1 the field a points at the type thingy, which does not exist. Did you mean thing?",
        ),
        ("fields: {a: {kind: date, after: b}}", "1:1 b names no field of thing."),
        (
            "fields: {a: {kind: choice, options: [x], review: soon}}",
            "1:50 review must say after how many days, as in {filming: 400}.",
        ),
        (
            "fields: {a: {kind: choice, options: [x], review: {x: soon}}}",
            "1:50 review must say after how many days, as in {filming: 400}.",
        ),
        ("url: /{nme}/\nfields: {name: {}}", "1:1 nme names no field of thing. Did you mean name?"),
        (
            "order: [a.nme]\nfields: {a: {kind: ref, to: thing}, name: {}}",
            "1:1 nme names no field of thing. Did you mean name?",
        ),
    ],
)
def test_a_wrong_type(text: str, expected: str) -> None:
    assert type_faults(text) == [expected]


def test_a_wrong_name_of_a_type() -> None:
    found = schema.load([("types/Thing.yaml", "label: Thing")])[1]
    assert [each.message for each in found] == ["Thing can't be a type's name."]


def test_a_whole_type() -> None:
    text = "folder: things\nurl: /t/{id}/\nindex: {url: /t/, per_page: 5, archive: year}\nfields: {a: {kind: date}}"
    kinds, found = schema.load([("types/thing.yaml", text), ("types/common.yaml", "fields: {title: {kind: text}}")])
    kind = kinds.types["thing"]
    assert found == [] and kind.index == schema.Index("/t/", 5, "year") and list(kind.fields) == ["title", "a"]


def test_patterns() -> None:
    assert schema.pattern_paths("s{season.number:02}/{id}") == [("season.number", "02"), ("id", "")]
    assert schema.fill("s{a:02}-{b}", lambda path: {"a": 3, "b": "x"}[path]) == "s03-x"
