"""What the fields of a type decide besides what they say."""

from __future__ import annotations

from msgspec.structs import replace
from tinyworld import schema

from ballardwiki.graph.steering import steering
from ballardwiki.schema import Schema


def test_fields_that_decide_more_than_their_own_record_are_far() -> None:
    found = steering(schema())
    assert {"season", "number", "aired"} <= found["episode"].far
    assert {"number", "series"} <= found["season"].far
    assert {"title", "aliases"} <= found["series"].far, "the codes of its episodes are told by it"
    assert all({"was", "draft", "publish_at"} <= each.far for each in found.values())
    assert "date" in found["article"].far
    assert found["person"].far.isdisjoint({"title", "aliases", "born", "summary", "tags"})


def test_names_and_order_are_told_apart() -> None:
    found = steering(schema())
    assert found["person"].names == {"title", "aliases"} and found["person"].order == {"title"}
    assert "number" in found["episode"].names and "number" in found["season"].order


def test_what_a_pattern_finds_at_another_record_is_far_there_with_all_its_title_is_made_of() -> None:
    kinds = dict(schema().types)
    kinds["place"] = replace(kinds["place"], title="{kind} {used_for}")
    kinds["character"] = replace(kinds["character"], names=("{title} of {home.title}",))
    found = steering(Schema(kinds, schema().inverses))
    assert {"title", "kind", "used_for"} <= found["place"].far
    assert "home" in found["character"].names and "home" not in found["character"].far
