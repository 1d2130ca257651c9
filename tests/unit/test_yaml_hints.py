"""What PyYAML says becomes what an editor can do."""

from __future__ import annotations

import pytest

from ballardwiki.yaml_reader.hints import _FAULTS, _Fault, advice


@pytest.mark.parametrize("fault", _FAULTS, ids=lambda fault: fault.reason)
def test_no_advice_shows_a_brace_of_its_pattern(fault: _Fault) -> None:
    assert "}" not in fault.message.format(char="x").replace("{ is", "")


def test_the_first_advice_that_fits_counts() -> None:
    assert advice("mapping values are not allowed here", "a: b", ":")[0] == "a second ': ' stands on this line."
    assert advice("mapping values are not allowed here", "  c", ":")[0] == "this key does not fit the line above."


def test_what_was_not_closed_is_mended_where_it_opens() -> None:
    message, hint, opening = advice("expected ',' or ']', but got ':'", "c", ":")
    assert (message, hint, opening) == (
        "the list that opens here with [ is not closed.",
        "Close it, or put the value in quotes.",
        True,
    )


def test_a_reason_without_advice_is_told_as_it_is() -> None:
    assert advice("of a new kind", "", "") == ("this is not valid YAML: of a new kind.", "", False)
