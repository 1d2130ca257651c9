"""With several series, one further than the other: a site tells what a copy tells from which all else was taken away."""

from __future__ import annotations

import difflib
import re
import tempfile
from pathlib import Path
from typing import Any

import yaml
from hypothesis import HealthCheck, Phase, given, settings, strategies as st
from pruning import Pruning, dump
from tinysite import Site, make

TYPES = Path(__file__).parents[2] / "src/ballardwiki/types"
SERIES = ("one", "two", "three")
CODES = ("s00e01", "s01e01", "s01e02", "s01", "s02e01", "s02e02", "s02")
HORIZONS: list[tuple[str, dict[str, str]]] = [
    ("none", {"one": "all"}),
    ("none", {"one": "all", "two": "s01e02"}),
    ("none", {"one": "s01e02", "two": "s02e01"}),
    ("all", {"one": "none"}),
    ("all", {"two": "s01e01", "three": "s02"}),
    ("s01e02", {"three": "none"}),
]
NAMELESS = 3
"""The season and the episode that no moment names: only these may be hidden as a whole, or moments would mean nothing."""
Record = dict[str, Any]
moments = st.builds(
    lambda name, code: f"{name} {code}", st.sampled_from([*SERIES, "The Third"]), st.sampled_from(CODES)
)
own_moments = st.one_of(moments, st.sampled_from(CODES))
sources = st.sampled_from([f"s{number}" for number in range(6)])


@st.composite
def values(draw: st.DrawFn, value: Any, when: st.SearchStrategy[str] = moments) -> Any:
    """A value, often with a moment, a source, or both."""
    given_: Record = {"value": value}
    if draw(st.integers(0, 2)) == 0:
        given_["since"] = draw(when)
    if draw(st.integers(0, 2)) == 0:
        given_["source"] = draw(sources)
    if draw(st.integers(0, 5)) == 0:
        given_["confidence"] = draw(st.sampled_from(["reported", "rumoured"]))
    return given_ if len(given_) > 1 else value


@st.composite
def texts(draw: st.DrawFn, names: list[str]) -> str:
    """A text with links, sources and images, some of it hidden."""
    rows: list[str] = []
    for _ in range(draw(st.integers(0, 4))):
        name, source = draw(st.sampled_from(names)), draw(sources)
        link = draw(st.sampled_from([f"[[{name}]]", f"[[{name}|them]]"]))
        words = f"Word{draw(st.integers(0, 99))} of {link}."
        words += draw(st.sampled_from(["", f"[^{source}]", f" ![What it is](/media/m{draw(st.integers(0, 3))}.svg)"]))
        since = draw(moments)
        rows.append(
            draw(
                st.sampled_from(
                    [
                        words,
                        words,
                        f"Before ||{since}: {words}|| and after.",
                        f"> [!spoiler] {since}\n> {words}",
                        f'## Part {len(rows)} {{since="{since}"}}\n\n{words}\n\n## Then {len(rows)}\n\nAfterwards.',
                    ]
                )
            )
        )
    return "".join(f"{row}\n\n" for row in rows)


NAMES = ["Cat 0", "Cat 1", "Cat 2", "Alias 0", "Alias 1", "Alias 2", "Person 0", "Person 1", "character/cat-1", "Place 0", "Nobody", "The Third"]  # fmt: skip


@st.composite
def credits(draw: st.DrawFn) -> list[Record]:
    found = []
    for _ in range(draw(st.integers(0, 3))):
        one: Record = {"person": draw(values(f"person-{draw(st.integers(0, 2))}", own_moments))}
        if draw(st.booleans()):
            one["character"] = draw(values(f"cat-{draw(st.integers(0, 2))}", own_moments))
        one |= draw(
            st.fixed_dictionaries(
                {},
                optional={
                    "billing": st.sampled_from(["main", "guest"]),
                    "job": values("Director", own_moments),
                    "note": values("A note", own_moments),
                    "episodes": st.sampled_from([["s01e01"], ["all"], ["s02"], ["s01e03"], ["s03"]]),
                    "source": sources,
                    "since": own_moments,
                },
            )
        )
        found.append(one)
    return found


@st.composite
def projects(draw: st.DrawFn) -> dict[str, str]:
    """The files of a project of three series."""
    few = st.integers(0, 2)
    records: dict[str, dict[str, Record]] = {
        name: {}
        for name in ("series", "seasons", "episodes", "people", "characters", "places", "works", "sources", "images")
    }

    def maybe(record: Record, when: st.SearchStrategy[str], odds: int = 6) -> Record:
        return record | ({"since": draw(when)} if draw(st.integers(0, odds)) == 0 else {})

    for number, id_ in enumerate(SERIES):
        records["series"][id_] = {
            "title": "The Third" if id_ == "three" else id_.title(),
            "number": draw(values(str(3 - number), own_moments)),
            "genre": draw(values(f"Genre {number}", own_moments)),
            "status": [draw(values(each, own_moments)) for each in ("ordered", "released")],
            "credits": draw(credits()),
            "tags": [draw(values(f"Tag {draw(few)}", own_moments))],
        }
        if number and draw(st.booleans()):
            records["series"][id_]["spun_off_from"] = draw(values("one", own_moments))
        for season in range(4):
            name = f"{id_}-s{season}"
            record = {"series": id_, "number": str(season), "credits": draw(credits())}
            records["seasons"][name] = maybe(record, own_moments, 1) if season == NAMELESS else record
            for episode in range(1, NAMELESS + (season == 1)):
                one: Record = {
                    "season": name,
                    "number": str(episode),
                    "aired": draw(values(f"20{season}{episode}-0{number + 1}-01", own_moments)),
                }
                if draw(st.booleans()):
                    one["title"] = draw(values(f"Title {id_} {season} {episode}", own_moments))
                one["appears"] = [draw(values(f"cat-{draw(few)}", own_moments))]
                one["credits"] = draw(credits())
                records["episodes"][f"{name}-e{episode}"] = maybe(one, own_moments, 1) if episode == NAMELESS else one
    for number in range(3):
        records["people"][f"person-{number}"] = maybe(
            {
                "title": f"Person {number}",
                "born": draw(values(f"19{number}0-01-01")),
                "tags": [draw(values(f"Tag {draw(few)}"))],
                "distinct_from": [draw(values(f"person-{(number + 1) % 3}"))],
                "text": draw(texts(NAMES)),
            },
            moments,
        )
        records["characters"][f"cat-{number}"] = maybe(
            {
                "title": f"Cat {number}",
                "aliases": [draw(values(f"Alias {number}"))],
                "was": [f"old-cat-{number}"],
                "home": draw(values(f"place-{draw(st.integers(0, 1))}")),
                "siblings": [draw(values(f"{draw(st.sampled_from(['', 'old-']))}cat-{draw(few)}"))],
                "first_appearance": [
                    draw(values(f"episode/{draw(st.sampled_from(SERIES))}-s{draw(st.integers(0, 3))}-e1"))
                ],
                "tags": [draw(values(f"Tag {draw(few)}")), draw(values("tag 1"))],
                "text": draw(texts(NAMES)),
            },
            moments,
        )
    for number in range(2):
        seen = [draw(values(f"season/{draw(st.sampled_from(SERIES))}-s{draw(st.integers(0, 3))}"))]
        records["places"][f"place-{number}"] = maybe({"title": f"Place {number}", "seen_in": seen}, moments)
    for number in range(6):
        records["sources"][f"s{number}"] = maybe(
            {"title": f"Source {number}", "url": f"https://e.example/{number}"}, moments, 9
        )
    for number in range(3):
        records["images"][f"m{number}"] = {"title": f"Image {number}", "file": f"m{number}.svg", "license": "PD"}
    files = {f"content/{folder}/all.yaml": dump(found) for folder, found in records.items() if found}
    for number in range(2):
        front: Record = maybe({"title": f"News {number}", "date": f"2020-01-0{number + 1}"}, moments)
        front["about"] = [draw(values(draw(st.sampled_from(["series/two", "character/cat-0", "episode/one-s1-e2"]))))]
        front["claims"] = [
            maybe({"about": about, "field": field, "value": draw(values(value))}, moments, 3)
            for about, field, value in draw(
                st.lists(st.sampled_from(CLAIMS), max_size=3, unique_by=lambda claim: claim[:2])
            )
        ]
        front |= {"draft": "true"} if draw(st.integers(0, 4)) == 0 else {}
        files[f"content/news/news-{number}.md"] = f"---\n{dump(front)}---\n\n{draw(texts(NAMES))}"
    files["content/organizations/all.yaml"] = "org: {title: Org}\n"
    return files | {
        f"media/m{number}.svg": f"<svg xmlns='http://www.w3.org/2000/svg' id='i{number}'/>" for number in range(4)
    }


CLAIMS = [
    ("series/two", "country", "Peru"),
    ("series/one", "status", "ended"),
    ("character/cat-0", "full_name", "Cat of News"),
    ("character/cat-1", "home", "place-0"),
    ("person/person-0", "died", "2019"),
    ("series/two", "companies", "org"),
]
SETTINGS = "title: T\nbase_url: https://wiki.example/\nmaintenance: false\nspoilers: {spoilers}\nrules: {{link-resolves: info, credit-plausible: off}}\n"


def settled(horizon: tuple[str, dict[str, str]]) -> dict[str, str]:
    """The settings of a site with a horizon."""
    default, seen = horizon
    spoilers = yaml.safe_dump({"default": default, **seen}, default_flow_style=True).strip()
    return {"site.yaml": SETTINGS.format(spoilers=spoilers)}


_PHASES = (Phase.explicit, Phase.reuse, Phase.generate)
_LARGE = [HealthCheck.too_slow, HealthCheck.data_too_large]
"""A project is much to make up; not shrinking it leaves lines enough to find the fault by."""


def pages(site: Site) -> dict[str, str]:
    """What is published, without what tells nothing: empty lines, and the mark where words are hidden."""
    found = {}
    for path, data in site.tree().items():
        text = re.sub(
            r'(?:<|&lt;)span class="withheld"[^\]]*\[withheld\](?:<|&lt;)/span(?:>|&gt;)', "", data.decode("latin-1")
        )
        found[path] = re.sub(r"[ \n]*(?=\n|\]\]>)|(?<= ) +|(?<=CDATA\[)\n+", "", text)
    return found


def differences(path: str, mine: dict[str, str], theirs: dict[str, str]) -> list[str]:
    """The lines in which a page differs."""
    rows = difflib.unified_diff(theirs[path].splitlines(), mine[path].splitlines(), lineterm="", n=0)
    return [path, *(row[:300] for row in list(rows)[3:8])]


@settings(max_examples=12, deadline=None, phases=_PHASES, suppress_health_check=_LARGE)
@given(projects(), st.sampled_from(HORIZONS))
def test_a_site_tells_what_a_pruned_copy_tells(files: dict[str, str], horizon: tuple[str, dict[str, str]]) -> None:
    default, seen = horizon
    with tempfile.TemporaryDirectory() as folder:
        site = make(Path(folder) / "whole", files | settled(horizon))
        result = site.build()
        assert not result.failed, [str(each) for each in result.problems if each.severity == "error"]
        pruning = Pruning(site.root, TYPES, seen, default)
        pruning.run()
        bare = make(Path(folder) / "bare", {"site.yaml": SETTINGS.format(spoilers="{default: all}")})
        pruning.write(bare.root)
        for path in (path for path in files if path.startswith("media/") and path not in pruning.files):
            bare.write(path, files[path])
        result = bare.build()
        assert not result.failed, [str(each) for each in result.problems if each.severity == "error"]
        mine, theirs = pages(site), pages(bare)
        assert mine.keys() == theirs.keys()
        assert [each for path in mine if mine[path] != theirs[path] for each in differences(path, mine, theirs)] == []


@settings(max_examples=4, deadline=None, phases=_PHASES, suppress_health_check=_LARGE)
@given(projects(), projects(), st.lists(st.sampled_from(HORIZONS), min_size=2, max_size=3), st.data())
def test_a_site_that_changed_is_as_a_clean_one(
    files: dict[str, str], later: dict[str, str], horizons: list[tuple[str, dict[str, str]]], data: st.DataObject
) -> None:
    """Some files become those of another project, and the horizon moves, between two builds."""
    with tempfile.TemporaryDirectory() as folder:
        site = make(Path(folder), files | settled(horizons[0]))
        assert not site.build().failed
        for horizon in horizons[1:]:
            paths = data.draw(st.lists(st.sampled_from(sorted(later)), max_size=3, unique=True))
            for path, text in ({path: later[path] for path in paths} | settled(horizon)).items():
                site.write(path, text)
            result = site.build()
            built = site.tree()
            clean = site.clean()
            assert sorted(result.problems) == sorted(clean.problems)
            if not result.failed:
                assert [path for path, text in site.tree().items() if built.get(path) != text] == []
                assert built.keys() == site.tree().keys()
