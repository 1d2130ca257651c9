"""The digest of a set tells sets apart, however it came to be what it is."""

from __future__ import annotations

from hypothesis import given, strategies as st

from ballardwiki.build.set_digest import exchanged, set_digest

TEXTS = st.sets(st.text(max_size=3), max_size=5)


@given(TEXTS, TEXTS)
def test_what_was_exchanged_is_as_if_it_had_always_been_there(before: set[str], after: set[str]) -> None:
    assert exchanged(set_digest(before), before - after, after - before) == set_digest(after)


@given(TEXTS, TEXTS)
def test_sets_differ_where_their_digests_do(one: set[str], other: set[str]) -> None:
    assert (set_digest(one) == set_digest(other)) == (one == other)
    assert set_digest(sorted(one)) == set_digest(sorted(one, reverse=True))
