"""What can be published of a site with mistakes, and what has to stay out with what is broken."""

from __future__ import annotations

from collections.abc import Mapping
from textwrap import dedent

import pytest
from msgspec import structs
from msgspec.structs import replace
from tinyworld import schema

from ballardwiki.build.salvage import Rest, broken, guesses, hopeless, rest
from ballardwiki.content import documents
from ballardwiki.model import Document, Entity, Ref, Source
from ballardwiki.problems import Location, Problem, Severity
from ballardwiki.schema import EntityType, Schema

STORY = {
    "series/all": "show: {title: Show}\n",
    "seasons/all": "s1: {series: show, number: 1}\n",
    "episodes/all": "e1: {season: s1, number: 1}\n",
}
PEOPLE = {"people/all": "ann: {title: Ann}\nbob: {title: Bob}\n"}


def read(files: Mapping[str, str]) -> dict[str, Document]:
    """Documents by path, of files by folder and name (as in `tinyworld`), whatever is wrong with them."""
    kinds = schema().folders
    found = {}
    for name, text in files.items():
        folder, _, id_ = name.partition("/")
        path = f"content/{name}.{'md' if text.lstrip().startswith('---') else 'yaml'}"
        source = Source(path, kinds[folder].name, id_, dedent(text.removeprefix("\n")))
        found[path] = documents.read(source, schema(), "commonmark")
    return found


def without(files: Mapping[str, str], *refs: str, types: Schema | None = None) -> Rest:
    """What is left of files without some records."""
    return rest(read(files), {Ref(each) for each in refs}, types or schema())


def left(found: Rest) -> dict[str, Entity]:
    """The records that are left, by address."""
    return {each.ref: each for document in found.documents.values() for each in document.entities}


def values(found: Rest, ref: str, field: str) -> list[object]:
    """The values of a field of a record that is left."""
    return [each.value for each in left(found)[ref].statements.get(field, ())]


def error(path: str, line: int = 0, rule: str = "field-valid", **more: object) -> Problem:
    return Problem(Location(path, line), rule, "It is wrong.", **more)  # type: ignore[arg-type]


def work(**changes: object) -> Schema:
    """The types, of which that of works is another."""
    types = schema()
    return replace(types, types={**types.types, "work": replace(types.types["work"], **changes)})


def required(kind: EntityType, name: str) -> dict[str, object]:
    return {**kind.fields, name: structs.replace(kind.fields[name], required=True)}


# What nothing can be made of


@pytest.mark.parametrize("path", ["site.yaml", "content", "site", "types/case.yaml"])
def test_all_pages_are_made_from_settings_types_and_the_folder_of_the_content(path: str) -> None:
    assert hopeless([error(path)])


@pytest.mark.parametrize("path", ["content/people/a.md", "templates/index.html", "content/types/a.md"])
def test_no_other_file_is_needed_for_every_page(path: str) -> None:
    assert not hopeless([error(path)])


def test_a_mistake_in_the_types_that_follows_from_a_broken_file_leaves_hope() -> None:
    assert not hopeless([error("types/case.yaml", cause="content/people/a.md:1:1")])


@pytest.mark.parametrize("severity", ["warning", "info"])
def test_a_doubt_about_the_settings_leaves_hope(severity: Severity) -> None:
    assert not hopeless([error("site.yaml", severity=severity)])


# Which records are broken

TWO = "ann:\n  title: Ann\nbob:\n  title: Bob\n  born: 1970\n"


@pytest.mark.parametrize(("line", "ref"), [(1, "person/ann"), (2, "person/ann"), (3, "person/bob"), (5, "person/bob")])
def test_a_mistake_costs_the_record_at_whose_lines_it_stands(line: int, ref: str) -> None:
    assert broken([error("content/people/all.yaml", line)], read({"people/all": TWO})) == {ref}


def test_a_mistake_of_a_whole_file_costs_all_that_it_holds() -> None:
    assert broken([error("content/people/all.yaml")], read({"people/all": TWO})) == {"person/ann", "person/bob"}


def test_a_mistake_of_a_record_that_can_not_be_read_does_not_cost_the_one_above() -> None:
    """Whose mistake it is is seen from its line, though nothing else is known of it."""
    found = read({"people/all": "ann:\n  title: Ann\nbob: nobody\n"})
    assert broken([error("content/people/all.yaml", 3)], found) == {"person/bob"}


def test_a_mistake_below_a_record_inside_another_costs_the_outer_one() -> None:
    text = "show:\n  title: Show\n  credits:\n    - person: ann\n  number: first\n"
    assert broken([error("content/series/all.yaml", 5)], read({"series/all": text})) == {"series/show"}


def test_of_records_that_can_not_both_be_right_all_are_broken() -> None:
    found = broken([error("content/people/all.yaml", 1, also=("person/ann", "person/zoe"))], read({"people/all": TWO}))
    assert found == {"person/ann", "person/zoe"}


def test_what_only_follows_from_another_mistake_breaks_nothing() -> None:
    assert broken([error("content/people/all.yaml", 1, cause="content/x.yaml:1:1")], read({"people/all": TWO})) == set()


@pytest.mark.parametrize("rule", ["ref-resolves", "since-resolves", "link-resolves"])
def test_what_leads_nowhere_breaks_nothing_by_itself(rule: str) -> None:
    assert broken([error("content/people/all.yaml", 1, rule)], read({"people/all": TWO})) == set()


def test_a_doubt_breaks_nothing() -> None:
    assert broken([error("content/people/all.yaml", 1, severity="warning")], read({"people/all": TWO})) == set()


# What is left without them


def test_without_a_mistake_all_is_left_as_it_is() -> None:
    files = {**STORY, **PEOPLE}
    assert without(files) == Rest(read(files))


def test_what_is_left_out_is_told_as_it_was_written() -> None:
    """What only that uses is not shown."""
    found = without(PEOPLE, "person/bob")
    assert [each.ref for each in found.unshown] == ["person/bob"]
    assert found.left_out == found.amended == {"person/bob"}


def test_a_record_that_can_not_be_read_is_left_out() -> None:
    assert without({"people/all": "ann: {title: Ann}\nbob: nobody\n"}).left_out == {"person/bob"}


def test_what_is_written_inside_goes_with_it_but_is_no_page_of_its_own() -> None:
    found = without({**PEOPLE, "series/all": "show: {title: Show, credits: [{person: ann}]}\n"}, "series/show")
    assert [*left(found)] == ["person/ann", "person/bob"]
    assert found.left_out == {"series/show"}
    assert [each.ref for each in found.unshown] == ["credit/series.show.1", "series/show"]


def test_what_is_written_inside_of_what_is_inside_goes_with_it() -> None:
    def inside(ref: str, owner: str) -> Entity:
        return Entity(Ref(ref), "credit", ref.partition("/")[2], "content/series/all.yaml", {}, owner=owner)

    inner = (inside("credit/show.1.1", "credit/show.1"), inside("credit/show.1", "series/show"))
    (path, document), *_ = read({"series/all": "show: {title: Show}\n"}).items()
    document = Document(path, (*inner, *document.entities))
    assert left(rest({path: document}, {Ref("series/show")}, schema())) == {}


def test_what_needs_what_is_left_out_goes_too_and_so_on() -> None:
    """A season needs its series, an episode its season; a character loses the episode."""
    characters = {"characters/all": "kit: {title: Kit, first_appearance: episode/e1}\n"}
    found = without({**STORY, **characters}, "series/show")
    assert found.left_out == {"series/show", "season/s1", "episode/e1"}
    assert values(found, "character/kit", "first_appearance") == []
    assert found.amended == {*found.left_out, "character/kit"}


def test_what_points_at_several_keeps_the_others() -> None:
    found = without({**PEOPLE, "works/all": "w: {title: W, kind: novel, authors: [ann, bob]}\n"}, "person/bob")
    assert values(found, "work/w", "authors") == ["person/ann"]
    assert found.left_out == {"person/bob"} and "work/w" in found.amended


def test_what_points_at_a_former_id_keeps_what_it_points_at() -> None:
    people = "ann: {title: Ann, was: [anna]}\nbob: {title: Bob}\n"
    found = without({"people/all": people, "works/all": "w: {title: W, kind: novel, authors: [anna]}\n"}, "person/bob")
    assert values(found, "work/w", "authors") == ["person/anna"]


def test_a_credit_goes_with_whoever_it_names_also_where_it_could_do_without() -> None:
    """A part without its character would be another part."""
    files = {
        **PEOPLE,
        "characters/all": "kit: {title: Kit}\n",
        "series/all": "show: {title: Show, credits: [{person: ann, character: kit}, {person: bob}]}\n",
    }
    found = without(files, "character/kit")
    assert "credit/series.show.1" not in left(found)
    assert values(found, "series/show", "credits") == ["credit/series.show.2"]
    assert found.left_out == {"character/kit"}


def test_a_needed_field_may_lose_one_of_several_values() -> None:
    types = work(fields=required(schema().types["work"], "authors"))
    files = {**PEOPLE, "works/all": "w: {title: W, kind: novel, authors: [ann, bob]}\n"}
    assert values(without(files, "person/bob", types=types), "work/w", "authors") == ["person/ann"]
    assert "work/w" in without(files, "person/ann", "person/bob", types=types).left_out


def test_what_gives_a_record_its_address_may_lose_nothing() -> None:
    """It would stand at another one."""
    files = {**PEOPLE, "works/all": "w: {title: W, kind: novel, authors: [ann, bob]}\n"}
    types = work(url="/works/{authors}/{id}/")
    assert "work/w" in without(files, "person/ann", types=types).left_out


@pytest.mark.parametrize(
    "place", [{"timeline": "adapted_in"}, {"position": ("adapted_in.number", "bosch_number")}], ids=["series", "number"]
)
def test_what_gives_a_record_its_place_in_the_story_may_lose_nothing(place: dict[str, object]) -> None:
    """It would stand at another one, and what it tells be known too early."""
    files = {
        "series/all": "show: {title: Show, number: 1}\nother: {title: Other, number: 2}\n",
        "works/all": "w: {title: W, kind: novel, adapted_in: [series/show, series/other], bosch_number: 1}\n",
    }
    assert "work/w" in without(files, "series/show", types=work(**place)).left_out


# What rests on a source that is left out

PAPER = {"sources/all": "paper: {title: Paper}\nnews: {title: News}\n"}


def test_a_value_goes_with_its_source() -> None:
    text = "ann: {title: Ann, occupations: [{value: A, source: paper}, {value: B, source: [news, paper]}, {value: C, source: news}]}\n"
    assert values(without({**PAPER, "people/all": text}, "source/paper"), "person/ann", "occupations") == ["C"]


def test_a_record_goes_with_the_source_of_all_that_it_says() -> None:
    text = "show: {title: Show, credits: [{person: ann, source: paper}, {person: ann, source: news}]}\n"
    found = without({**PAPER, **PEOPLE, "series/all": text}, "source/paper")
    assert values(found, "series/show", "credits") == ["credit/series.show.2"]


@pytest.mark.parametrize(("cited", "gone"), [("paper", True), ("news", False)])
def test_a_text_goes_with_a_source_that_it_cites(cited: str, *, gone: bool) -> None:
    found = without({**PAPER, "people/ann": f"---\ntitle: Ann\n---\nShe came.[^{cited}]\n"}, "source/paper")
    assert ("person/ann" in found.left_out) is gone


# What may be known only later

MARKS = {
    "value": "ann: {{title: Ann, aliases: [{{value: Secret, since: {}}}]}}\n",
    "record": "ann: {{title: Secret, since: {}}}\n",
    "text": "---\ntitle: Ann\n---\nShe came.\n\n> [!spoiler] {}\n> The Secret.\n",
}


def tells(found: Rest) -> bool:
    """Whether anything of the secret may be shown: its record is there, with the value or with the hidden stretch."""
    ann = left(found).get("person/ann")
    return bool(ann and ("Secret" in str(ann.statements) or ann.hidden))


@pytest.mark.parametrize("mark", MARKS)
@pytest.mark.parametrize("moment", ["show s01e02", "show s02", "other s01e01"])
def test_what_is_hidden_until_a_moment_that_is_none_is_not_there(mark: str, moment: str) -> None:
    assert not tells(without({**STORY, "people/ann": MARKS[mark].format(moment)}))


@pytest.mark.parametrize("mark", MARKS)
def test_what_is_hidden_until_a_moment_that_there_is_stays_hidden_until_then(mark: str) -> None:
    assert tells(without({**STORY, "people/ann": MARKS[mark].format("show s01e01")}))


@pytest.mark.parametrize("mark", MARKS)
@pytest.mark.parametrize("neighbour", ["series/show", "season/s2", "episode/e2"])
def test_what_is_hidden_until_an_episode_is_not_there_without_it(mark: str, neighbour: str) -> None:
    """Nobody could say any more whether readers have come so far."""
    more = {
        "seasons/more": "s2: {series: show, number: 2}\n",
        "episodes/more": "e2: {season: s2, number: 1}\n",
        "people/ann": MARKS[mark].format("show s02e01"),
    }
    assert tells(without({**STORY, **more}))
    assert not tells(without({**STORY, **more}, neighbour))


@pytest.mark.parametrize("mark", MARKS)
def test_a_series_of_which_no_episode_is_written_may_have_any(mark: str) -> None:
    """What is hidden until one stays there, hidden."""
    assert tells(without({"series/all": STORY["series/all"], "people/ann": MARKS[mark].format("show s05e01")}))


# What a file may use that can't be read


def guessed(text: str, files: tuple[str, ...] = (), **found: str) -> list[object]:
    """The values of the record that stands for an unreadable file."""
    (record,) = guesses({"content/people/a.md": text}, read(found), files, schema())
    return [each.value for row in record.statements.values() for each in row]


def test_each_word_of_an_unreadable_file_may_be_a_file_or_a_source() -> None:
    found = guessed("![Her](/media/her.png) [^paper].")
    assert {"/media/her.png", "paper", "source/paper"} <= {*found}


def test_a_word_at_the_end_of_a_sentence_is_the_same_word() -> None:
    assert "source/paper" in guessed("It stood in paper.")


def test_a_file_of_which_no_word_is_known_may_use_everything() -> None:
    files = {"sources/all": PAPER["sources/all"], "people/all": "ann: {title: Ann}\n"}
    found = guessed("", ("media/b.png", "media/a.png"), **files)
    assert found == ["media/a.png", "media/b.png", "source/news", "source/paper"]


def test_of_one_file_nothing_is_known_though_of_another_there_is() -> None:
    texts = {"content/people/a.md": "Words.", "content/people/b.md": ""}
    records = guesses(texts, read({"sources/all": PAPER["sources/all"]}), ("media/a.png",), schema())
    assert [any(each.value == "source/paper" for each in record.statements["words"]) for record in records] == [
        False,
        True,
    ]


def test_a_file_of_which_some_words_are_known_uses_no_others() -> None:
    assert "source/news" not in guessed("paper", ("media/a.png",), **{"sources/all": PAPER["sources/all"]})
