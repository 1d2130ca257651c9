"""Facts in time, and in one telling of the story and another."""

from __future__ import annotations

from types import SimpleNamespace as Thing
from typing import Any

from ballardwiki.pages.versions import continuities, differences, steps
from ballardwiki.schema import Field


def said(value: str, *, from_: str = "", until: str = "", continuity: str = "") -> Any:
    return Thing(value=value, from_=from_, until=until, continuity=continuity)


def test_steps_are_in_the_order_of_time() -> None:
    late, early, middle = said("c", from_="2025-01-02"), said("a", from_="2024"), said("b", until="2025-01")
    assert steps([late, early, middle]) == [early, middle, late]
    undated = said("after early")
    assert steps([late, early, undated]) == [early, undated, late]
    assert steps([undated, early]) == [undated, early] and steps([]) == []


def thing(**fields: list[Any]) -> Any:
    declared = {name: Field(name, "records" if name == "credits" else "text", name) for name in fields}
    return Thing(declared=Thing(fields=declared), statements=lambda field: fields[field.name])


def test_what_is_ticked_in_one_telling_and_not_in_another_is_no_difference() -> None:
    entity = thing(main=[said("yes", continuity="tv"), said("no", continuity="books")])
    entity.declared.fields["main"] = Field("main", "boolean", "Main")
    assert differences(entity) == []


def test_only_fields_with_two_tellings_differ() -> None:
    tv, books, comics = (said(each, continuity=each) for each in ("tv", "books", "comics"))
    entity = thing(one=[tv, said("x"), books], two=[tv, tv], three=[comics, tv], credits=[tv, books])
    assert [(field.name, cells) for field, cells in differences(entity)] == [
        ("one", {"tv": [tv], "books": [books]}),
        ("three", {"comics": [comics], "tv": [tv]}),
    ]
    assert continuities(differences(entity)) == ["tv", "books", "comics"]
    assert continuities(differences(thing(one=[tv]))) == []
