"""A copy that shares what it does not change is to its users what a copy of the whole is."""

from __future__ import annotations

from hypothesis import given, strategies as st

from ballardwiki.amended import Amended

KEYS = st.integers(0, 5)
CHANGES = st.lists(st.tuples(st.sampled_from(["set", "delete", "copy"]), KEYS, st.integers()), max_size=12)


@given(st.dictionaries(KEYS, st.integers()), st.dictionaries(KEYS, st.integers()), CHANGES)
def test_it_is_as_a_copy_of_the_whole(
    base: dict[int, int], rows: dict[int, int], changes: list[tuple[str, int, int]]
) -> None:
    before = dict(base)
    found, wanted = Amended(base, rows), {**base, **rows}
    former: list[tuple[Amended[int, int], dict[int, int]]] = []
    for what, key, value in changes:
        if what == "copy":
            former.append((found, dict(wanted)))
            found = Amended(found)
        elif what == "set":
            found[key] = wanted[key] = value
        else:
            assert found.pop(key, None) == wanted.pop(key, None)
    for copy, whole in [*former, (found, wanted)]:
        assert (dict(copy), len(copy), {*copy}) == (whole, len(whole), {*whole})
        assert copy == whole and repr(copy) == repr(dict(copy))
        assert all((key in copy, copy.get(key)) == (key in whole, whole.get(key)) for key in range(6))
    assert base == before


def test_what_gets_another_value_keeps_its_place_and_what_is_new_comes_last() -> None:
    found = Amended({"b": 1, "a": 2}, {"c": 3, "a": 4})
    assert [*found.items()] == [("b", 1), ("a", 4), ("c", 3)]
    del found["b"]
    assert [*found] == ["a", "c"] and "b" not in found
