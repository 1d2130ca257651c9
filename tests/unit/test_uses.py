"""What only hidden things use is withheld with them, whatever the way in which they use it."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from msgspec import structs
from tinyworld import THREE, schema, world

from ballardwiki.graph import link
from ballardwiki.graph.horizon import horizon
from ballardwiki.graph.visibility import ALL, Visible, visible
from ballardwiki.model import Ref

AHEAD = "{default: none, one: all}"
LATER = "since: two s01e01"
SERVING = {
    "sources/all": "paper: {title: Paper, was: [old-paper]}\n",
    "images/all": "r: {title: Her, file: a.png, license: PD}\n",
}
MEDIA = ("media/a.png", "media/b%20c.png")


def seen(files: Mapping[str, str], drafts: tuple[str, ...] = ()) -> Visible:
    """What may be known of a world with two media files, of which some records are drafts."""
    made = world({**THREE, **files}, AHEAD)
    apart = tuple(made.graph.entities[Ref(each)] for each in drafts)
    graph = link([each for each in made.graph.entities.values() if each not in apart], schema())
    return visible(graph, horizon(graph.story, made.config), apart, MEDIA)


def withheld(files: Mapping[str, str], drafts: tuple[str, ...] = ()) -> set[str]:
    """What of the source, the rights record and the media files is withheld."""
    found = seen({**SERVING, **files}, drafts)
    return {*found.files, *(ref for ref, what in found.hidden.items() if what == ALL)} & {
        "source/paper",
        "image/r",
        *MEDIA,
    }


def person(name: str, front: str = "", text: str = "Words.") -> dict[str, str]:
    lines = "\n".join(filter(None, (f"title: {name}", front)))
    return {f"people/{name.lower()}": f"---\n{lines}\n---\n{text}\n"}


PICTURE = {"media/a.png", "image/r"}
WAYS = [
    pytest.param("source: paper", "Words.", {"source/paper"}, id="source of the record"),
    pytest.param("born: {value: 1970, source: paper}", "Words.", {"source/paper"}, id="source of a value"),
    pytest.param("born: {value: 1970, source: old-paper}", "Words.", {"source/paper"}, id="former id of a source"),
    pytest.param("occupations: [source/paper]", "Words.", {"source/paper"}, id="address as a value"),
    pytest.param("occupations: [source/old-paper]", "Words.", {"source/paper"}, id="former address as a value"),
    pytest.param("", "Words.[^paper]", {"source/paper"}, id="citation"),
    pytest.param("occupations: [a.png]", "Words.", PICTURE, id="file as a value"),
    pytest.param("occupations: [/media/a.png]", "Words.", PICTURE, id="address of a file as a value"),
    pytest.param("", "![Her](/media/a.png)", PICTURE, id="image"),
    pytest.param("", "![Her](../../media/a.png)", PICTURE, id="image by its path"),
    pytest.param("", "![Her](/media/b%20c.png)", {"media/b%20c.png"}, id="image of a name with a percent sign"),
    pytest.param("", "![[a.png]]", PICTURE, id="image by its name"),
    pytest.param("", "![[/media/a.png]]", PICTURE, id="image by its address"),
    pytest.param("", "[Her](/media/a.png)", PICTURE, id="link"),
]


@pytest.mark.parametrize(("front", "text", "used"), WAYS)
def test_what_a_hidden_page_uses_is_withheld(front: str, text: str, used: set[str]) -> None:
    assert withheld(person("Ann", f"{LATER}\n{front}", text)) == used


@pytest.mark.parametrize(("front", "text", "used"), WAYS)
def test_what_a_draft_uses_is_withheld(front: str, text: str, used: set[str]) -> None:
    assert withheld(person("Ann", front, text), ("person/ann",)) == used


@pytest.mark.parametrize(("front", "text", "used"), WAYS)
def test_what_a_page_that_may_be_known_uses_as_well_is_not(front: str, text: str, used: set[str]) -> None:
    hidden = person("Bob", f"{LATER}\nsource: paper", "![Her](/media/a.png)")
    assert withheld({**hidden, **person("Ann", front, text)}) == {"source/paper", *PICTURE} - used


@pytest.mark.parametrize(("front", "text", "used"), [each for each in WAYS if not each.values[0]])
def test_what_a_hidden_stretch_of_a_text_uses_is_withheld(front: str, text: str, used: set[str]) -> None:
    assert withheld(person("Ann", front, f"Words.\n\n> [!spoiler] two s01e01\n> {text}")) == used


@pytest.mark.parametrize(("front", "text", "used"), [each for each in WAYS if not each.values[0]])
def test_what_a_hidden_stretch_uses_as_well_as_the_open_text_is_not(front: str, text: str, used: set[str]) -> None:
    assert used and withheld(person("Ann", front, f"{text}\n\n> [!spoiler] two s01e01\n> {text}")) == set()


def test_a_hidden_stretch_is_within_the_series_of_its_page() -> None:
    """Of `one` all may be known, of `two` nothing; `s01e01` alone is one of the series that the text belongs to."""
    text = "x: {{season: {}-1, number: 9, text: '||s01e01: Words.[^paper]||'}}\n"
    assert withheld({"episodes/more": text.format("one")}) == set()
    assert withheld({"episodes/more": text.format("two")}) == {"source/paper"}


@pytest.mark.parametrize(
    ("value", "used"), [("{value: A, source: paper, %s}", {"source/paper"}), ("{value: a.png, %s}", PICTURE)]
)
def test_what_a_hidden_value_uses_is_withheld(value: str, used: set[str]) -> None:
    assert withheld(person("Ann", f"occupations: [B, {value % LATER}]")) == used


def test_what_a_hidden_source_says_of_itself_is_no_use_of_it() -> None:
    sources = f"paper: {{title: Paper, outlet: {{value: source/paper, {LATER}}}}}\n"
    assert withheld({"sources/all": sources}) == set()


@pytest.mark.parametrize("front", ["", LATER])
def test_what_only_a_remark_names_is_withheld(front: str) -> None:
    """Readers never see a remark, whether its page may be known or not."""
    assert withheld(person("Ann", front, "Words.\n\n<!-- ![Her](/media/a.png) -->")) == PICTURE


def test_what_a_remark_and_an_open_text_name_is_not() -> None:
    assert withheld(person("Ann", "", "![Her](/media/a.png)\n\n<!-- ![Her](/media/a.png) -->")) == set()


def test_what_is_written_inside_a_withheld_record_is_withheld() -> None:
    types = schema()
    claims = {**types.types["source"].fields, "claims": types.types["article"].fields["claims"]}
    types = structs.replace(
        types, types={**types.types, "source": structs.replace(types.types["source"], fields=claims)}
    )
    made = world({**THREE, **SERVING, **person("Ann", f"{LATER}\nsource: paper"), **person("Bob")}, AHEAD)
    (claim,) = world(
        {"news/n": "---\ntitle: N\ndate: 2020\nclaims: [{about: person/bob, field: born, value: 1970}]\n---\nWords.\n"}
    ).graph.of_type("claim")
    claim = type(claim)(**{**{name: getattr(claim, name) for name in claim.__struct_fields__}, "owner": "source/paper"})
    graph = link([*made.graph.entities.values(), claim], types)
    assert visible(graph, horizon(graph.story, made.config)).hidden[claim.ref] == ALL
