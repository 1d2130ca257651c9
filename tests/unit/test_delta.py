"""Linking a change gives what linking everything gives, and touches no row that did not change."""

from __future__ import annotations

import multiprocessing
import shutil
from collections.abc import Collection
from pathlib import Path

import pytest
from hypothesis import example, given, strategies as st
from msgspec.structs import replace
from tinysite import NOON, Site, Sites
from tinyworld import THREE, world

from ballardwiki import rules, signatures
from ballardwiki.build import delta, rendering
from ballardwiki.build.build import Build, Compared
from ballardwiki.build.cache import Cache, Record
from ballardwiki.build.options import Options, Result
from ballardwiki.build.pipeline import build
from ballardwiki.graph.delta import Changes, Delta, relinked
from ballardwiki.graph.visibility import Visible
from ballardwiki.graph.visibility_delta import retold
from ballardwiki.model import Entity, Ref
from ballardwiki.pages.world import World
from ballardwiki.rules.known import Known

SENTENCES = (
    "Plain words.",
    "Of [[Ann]].",
    "Of [[person/ann|her]] and [[Bob]].",
    "Of [[Nobody]], [[Al]] and [[Cat]].",
    "See [[Ann#Life]] and [[#Life]].",
    "||one s01e02: with [[Cat]] and [[Bob]]||",
    "||two s02e01: said[^s] of [[Ann]]||",
    "It is said[^s].",
    "It is said[^t], too.",
    "## Life",
    "## End {since='one s01e02'}",
)
PEOPLE = ("ann", "bob", "cat", "dog")
NOTHING: dict[str, list[str]] = {each: [] for each in PEOPLE}
TEXTS = st.fixed_dictionaries({each: st.lists(st.sampled_from(SENTENCES), max_size=4) for each in PEOPLE})
SPOILERS = st.sampled_from(["{default: none}", "{default: all}", "{default: none, one: s01e02}", "{one: all}"])


def files(texts: dict[str, list[str]]) -> dict[str, str]:
    """Four people with texts; two share a name, one is hidden with a source of her own."""
    fronts = {
        "ann": "title: Ann\naliases: [Al]\nborn: {value: 1980, source: s}\n",
        "bob": "title: Bob\naliases: [Al]\n",
        "cat": "title: Cat\nsince: one s01e02\nsource: t\n",
        "dog": "title: Dog\nwas: [hound]\n",
    }
    people = {f"people/{each}": f"---\n{fronts[each]}---\n" + "\n\n".join(texts[each]) + "\n" for each in PEOPLE}
    return {**THREE, **people, "sources/all": "s: {title: S}\nt: {title: T}\nu: {title: U}\n"}


def changed(before: World, after: World) -> dict[Ref, tuple[Entity, Entity]]:
    pairs = ((ref, before.graph.entities[ref], new) for ref, new in after.graph.entities.items())
    return {ref: (old, new) for ref, old, new in pairs if old != new}


def followed(before: World, changes: Changes, drafts: Collection[str] = ()) -> tuple[Delta, Visible] | None:
    """What a change comes to, in all and in what may be known; None where that can't be told."""
    found = relinked(before.graph, changes)
    seen = retold(before.visible, before.graph, found, changes, drafts) if found and before.visible else None
    return (found, seen[0]) if found and seen else None


@given(TEXTS, TEXTS)
def test_the_links_of_changed_texts_are_those_of_a_graph_made_anew(
    old: dict[str, list[str]], new: dict[str, list[str]]
) -> None:
    before, after = world(files(old)), world(files(new))
    delta = relinked(before.graph, changed(before, after))
    assert delta is not None
    found = delta.graph
    assert found.links == after.graph.links
    assert found.entities == after.graph.entities and [*found.entities] == [*after.graph.entities]
    assert (found.loose, found.wanted) == (after.graph.loose, after.graph.wanted)


@given(TEXTS, TEXTS, st.sampled_from(PEOPLE))
def test_no_row_is_touched_but_those_of_what_a_text_mentions(
    old: dict[str, list[str]], new: dict[str, list[str]], who: str
) -> None:
    before, after = world(files(old)), world(files({**old, who: new[who]}))
    delta = relinked(before.graph, changed(before, after))
    assert delta is not None
    found = delta.graph
    for was, now in (
        (before.graph.links.backlinks, found.links.backlinks),
        (before.graph.links.veiled, found.links.veiled),
        (before.graph.links.called, found.links.called),
    ):
        assert all((was.get(ref) is now.get(ref)) == (was.get(ref) == now.get(ref)) for ref in {*was, *now})


@given(TEXTS, TEXTS, SPOILERS)
@example(NOTHING, {**NOTHING, "cat": ["It is said[^s]."]}, "{default: none}")
@example({**NOTHING, "cat": ["It is said[^s]."]}, NOTHING, "{default: none}")
def test_what_may_be_known_is_as_if_all_was_looked_at_anew(
    old: dict[str, list[str]], new: dict[str, list[str]], spoilers: str
) -> None:
    before, after = world(files(old), spoilers), world(files(new), spoilers)
    texts = changed(before, after)
    found = followed(before, texts)
    if found is not None:
        seen = found[1]
        assert after.visible is not None
        assert (seen.hidden, seen.files, seen.suspected) == (
            after.visible.hidden,
            after.visible.files,
            after.visible.suspected,
        )
        assert seen.graph.entities == after.shown.entities
        assert seen.graph.links == after.shown.links


@given(TEXTS, TEXTS, SPOILERS)
@example(
    {**NOTHING, "ann": ["## Life"], "bob": ["See [[Ann#Life]] and [[#Life]]."]},
    {**NOTHING, "bob": ["See [[Ann#Life]] and [[#Life]]."]},
    "{default: all}",
)
@example({**NOTHING, "ann": ["Of [[Nobody]]."]}, {**NOTHING, "bob": ["Of [[Nobody]]."]}, "{default: all}")
def test_rules_find_what_they_would_if_all_were_asked(
    old: dict[str, list[str]], new: dict[str, list[str]], spoilers: str
) -> None:
    before, after = world(files(old), spoilers), world(files(new), spoilers)
    texts = changed(before, after)
    found = followed(before, texts)
    if found is not None:
        delta, seen = found

        def records(path: str) -> list[Entity]:
            return [each for each in after.graph.entities.values() if each.path == path]

        known = Known(rules.check(before), before.graph, delta, records)
        assert rules.check(replace(after, graph=delta.graph, visible=seen), known=known) == rules.check(after)


def test_a_source_that_only_a_hidden_page_used_comes_to_light_with_a_text_that_uses_it() -> None:
    """Then the change of a text is more than that: it is for the whole to decide."""
    before = world(files(NOTHING), "{default: none}")
    after = world(files({**NOTHING, "bob": ["It is said[^t]."]}), "{default: none}")
    texts = changed(before, after)
    assert "source/t" not in before.shown.entities and "source/t" in after.shown.entities
    assert followed(before, texts) is None


# When a build takes over what the last one knew


class Watched:
    """A process that builds a site again and again."""

    def __init__(self, site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
        self.site, self.cache = site, Cache(site.cache)
        self.options = Options(site.root, site.out, NOON, jobs=0)
        self.deltas: list[bool] = []
        compared = delta.compared

        def noted(build: Build) -> Compared | None:
            found = compared(build)
            self.deltas.append(found is not None)
            return found

        monkeypatch.setattr(delta, "compared", noted)
        self.build()

    def build(self, *told: str, **options: object) -> list[str]:
        """The paths that a build writes until nothing is left; one that is told of nothing looks at everything."""
        self.deltas.clear()
        options = {"told": frozenset(told) if told else None} | options
        result = self.result(*told, **options)
        written = [*result.written]
        while result.left:
            result = self.result(**options | {"told": frozenset()})
            written += result.written
        self.deltas = self.deltas[:1]
        return sorted(written)

    def result(self, *told: str, **options: object) -> Result:
        """What becomes of one build, which is told of some files."""
        asked = {"told": frozenset(told)} | options
        return build(replace(self.options, **asked), self.cache)


ANN = "---\ntitle: Ann\n---\nOf [[Bob]].\n"


@pytest.fixture
def watched(site: Sites, monkeypatch: pytest.MonkeyPatch) -> Watched:
    monkeypatch.setattr(signatures, "SETTLED", -(10**12))  # all files are old
    made = site(
        {
            "content/people/ann.md": ANN,
            "content/people/bob.md": "---\ntitle: Bob\n---\n",
            "content/people/c.md": "---\ntitle: C\n---\n",
        }
    )
    return Watched(made, monkeypatch)


def test_a_changed_text_is_linked_alone(watched: Watched) -> None:
    watched.site.write("content/people/ann.md", ANN.replace("[[Bob]]", "[[C]]"))
    written = watched.build("content/people/ann.md")
    assert {"people/ann/index.html", "people/bob/index.html", "people/c/index.html"} <= {*written}
    assert watched.deltas == [True]


@pytest.mark.parametrize(
    "text",
    [
        "---\ntitle: Bob\n---\nOf [[Bob]].\n",
        "---\ntitle: Ann\nwas: [anna]\n---\nOf [[Bob]].\n",
        "---\ntitle: Ann\ntags: [New]\n---\nOf [[Bob]].\n",
        "---\ntitle: Ann\ndraft: true\n---\n",
    ],
)
def test_a_field_that_decides_more_is_a_matter_of_the_whole(watched: Watched, text: str) -> None:
    watched.site.write("content/people/ann.md", text)
    watched.build("content/people/ann.md")
    assert watched.deltas == [False]


@pytest.mark.parametrize("path", ["site.yaml", "types/person.yaml", "templates/person.html", "content/people/new.md"])
def test_anything_but_content_is_a_matter_of_the_whole(watched: Watched, path: str) -> None:
    shipped = Path(rules.__file__).parents[1] / "types/person.yaml"
    texts = {
        "site.yaml": "title: Another\nbase_url: https://wiki.example/\n",
        "types/person.yaml": shipped.read_text(encoding="utf-8"),
        "templates/person.html": "{{ entity.title }}",
        "content/people/new.md": "---\ntitle: New\n---\n",
    }
    watched.site.write(path, texts[path]).write("content/people/ann.md", ANN + "More.\n")
    watched.build("content/people/ann.md", path)
    assert not any(watched.deltas)


def test_the_next_day_is_a_matter_of_the_whole(watched: Watched) -> None:
    watched.site.write("content/people/ann.md", ANN + "More.\n")
    watched.build("content/people/ann.md", now=NOON.replace(day=10))
    assert watched.deltas == [False]


def test_only_what_was_told_is_looked_at_and_the_rest_when_nothing_is(watched: Watched) -> None:
    """A lost notice is healed by the next build that looks at everything."""
    watched.site.write("content/people/ann.md", ANN + "More.\n").write(
        "content/people/bob.md", "---\ntitle: Bob\n---\nNew.\n"
    )
    written = watched.build("content/people/ann.md")
    assert "people/ann/index.html" in written and "people/bob/index.html" not in written
    assert "people/bob/index.html" in watched.build()


def test_what_was_changed_by_hand_is_mended_when_everything_is_looked_at(watched: Watched) -> None:
    page = watched.site.out / "people/bob/index.html"
    whole = page.read_bytes()
    page.write_bytes(b"by hand")
    watched.site.write("content/people/ann.md", ANN + "More.\n")
    assert "people/bob/index.html" not in watched.build("content/people/ann.md")
    watched.build()
    assert page.read_bytes() == whole


def test_a_site_with_mistakes_is_no_ground_to_go_on_from(watched: Watched) -> None:
    """What it left out, or showed as it was before, must not be taken for what there is."""
    watched.site.write("content/people/ann.md", ANN + "||s01e02: never closed\n")
    watched.build("content/people/ann.md", preview=True)
    watched.site.write("content/people/bob.md", "---\ntitle: Bob\n---\nNew.\n")
    watched.build("content/people/bob.md", preview=True)
    assert not any(watched.deltas)
    watched.site.write("content/people/ann.md", ANN)
    watched.build("content/people/ann.md", "content/people/bob.md", preview=True)
    watched.site.write("content/people/ann.md", ANN + "More.\n")
    watched.build("content/people/ann.md", preview=True)
    assert watched.deltas == [True]


@pytest.mark.parametrize("lost", ["a file", "a folder in its place", "the cache"])
def test_what_went_is_a_matter_of_the_whole(watched: Watched, lost: str) -> None:
    path = watched.site.root / "content/people/c.md"
    if lost == "the cache":
        shutil.rmtree(watched.site.cache)
        watched.site.write("content/people/c.md", "---\ntitle: C\nsummary: More.\n---\n")
    else:
        path.unlink()
        if lost == "a folder in its place":
            path.mkdir()
    watched.build("content/people/c.md")
    assert watched.deltas == [False]
    assert watched.site.tree() == Site(watched.site.root, watched.site.out, watched.site.cache).published().tree()


def test_what_one_build_learned_is_kept_for_the_next_process(watched: Watched) -> None:
    watched.site.write("content/people/ann.md", ANN + "More.\n")
    watched.build("content/people/ann.md")
    watched.cache.save_pending()
    watched.cache.close()
    result = watched.site.build()
    assert (result.rendered, result.written) == ((), ())


def test_a_process_that_ends_before_it_kept_what_it_learned_costs_no_more_than_work(watched: Watched) -> None:
    watched.site.write("content/people/ann.md", ANN + "More.\n")
    watched.build("content/people/ann.md")
    watched.cache.close()
    watched.site.published()
    assert "More." in watched.site.page("people/ann")


def test_a_text_is_that_of_its_file_as_it_is_now(watched: Watched) -> None:
    """Where nothing of a file changed but a remark: what it was before may be forgotten."""
    path = "content/people/ann.md"
    watched.site.write(path, ANN.replace("title: Ann", "title: Ann  # so far"))
    assert watched.build(path) == [] and watched.deltas == [True]
    build_ = watched.cache.former(watched.cache.record() or Record())
    assert isinstance(build_, Compared)
    assert {*build_.bodies.keys.values()} <= {*build_.keys.values()}


# What comes first


def test_the_page_that_was_saved_comes_first_and_all_else_is_made_by_the_next_build(watched: Watched) -> None:
    """Somebody waits for the one: the pages that show it as well follow when nobody does."""
    path = "content/people/ann.md"
    watched.deltas.clear()
    watched.site.write(path, ANN + "More.\n")
    result = watched.result(path)
    assert result.written == ("people/ann/index.html",) and result.left
    before = {each: watched.site.page(each) for each in ("people/bob", "data/person.json")}
    watched.site.write(path, ANN + "Even more of [[C]].\n")
    assert watched.result(path).written == ("people/ann/index.html",)
    assert before == {each: watched.site.page(each) for each in before}
    while result.left:
        result = watched.result()
    assert all(watched.deltas)
    incremental = watched.site.tree()
    assert incremental == Site(watched.site.root, watched.site.out, watched.site.cache).published().tree()


def test_what_is_left_is_left_again_where_somebody_saves_meanwhile(watched: Watched) -> None:
    watched.site.write("content/people/ann.md", ANN + "Of [[C]], too.\n")
    left = watched.result("content/people/ann.md").left
    reading, writing = multiprocessing.Pipe(duplex=False)
    writing.send("saved")
    assert watched.result(jobs=1, interrupt=reading).left == left
    reading.recv()
    assert watched.result(jobs=1, interrupt=reading).left == 0
    assert watched.site.tree() == Site(watched.site.root, watched.site.out, watched.site.cache).published().tree()


def test_what_is_left_to_do_is_not_forgotten_over_a_field(watched: Watched) -> None:
    watched.site.write("content/people/ann.md", ANN + "Of [[C]], too.\n")
    result = watched.result("content/people/ann.md")
    assert result.left
    watched.site.write("content/people/bob.md", "---\ntitle: Bob\nwas: [bobby]\n---\n")
    result = watched.result("content/people/bob.md")
    assert watched.deltas[-1] is False
    while result.left:
        result = watched.result()
    assert "/people/ann/" in watched.site.page("people/c")
    assert watched.site.tree() == Site(watched.site.root, watched.site.out, watched.site.cache).published().tree()


def test_what_is_left_to_do_when_the_process_ends_is_done_by_the_next(watched: Watched) -> None:
    watched.site.write("content/people/ann.md", ANN + "Of [[C]], too.\n")
    assert watched.result("content/people/ann.md").left
    watched.cache.save_pending()
    watched.cache.close()
    watched.site.published()
    assert "/people/ann/" in watched.site.page("people/c")


def test_what_was_left_to_do_is_done_by_a_build_that_looks_at_everything(watched: Watched) -> None:
    watched.site.write("content/people/ann.md", ANN + "Of [[C]], too.\n")
    assert watched.result("content/people/ann.md").left
    watched.build()
    assert "/people/ann/" in watched.site.page("people/c")


def test_what_follows_is_made_in_portions(watched: Watched, monkeypatch: pytest.MonkeyPatch) -> None:
    """Before each of them somebody may save again."""
    monkeypatch.setattr(rendering, "PATIENCE", -1)
    watched.site.write("content/people/ann.md", ANN + "Of [[C]], too.\n")
    left = watched.result("content/people/ann.md").left
    assert left > 2
    for number in range(left):
        result = watched.result()
        assert (len(result.rendered), result.left) == (1, left - number - 1)
