"""The address of a site holds nothing that must not stand on every page."""

from __future__ import annotations

import pytest
from tinysite import Sites

from ballardwiki.base_url import LOCAL, read


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("https://wiki.example", "https://wiki.example/"),
        ("https://wiki.example/a", "https://wiki.example/a/"),
        ("http://localhost:8000/", "http://localhost:8000/"),
        ("https://[::1]/", "https://[::1]/"),
        ("https://wiki.example/@a/", "https://wiki.example/@a/"),
    ],
)
def test_addresses_of_sites(text: str, address: str) -> None:
    assert read(text) == (address, None)


@pytest.mark.parametrize(
    ("text", "what", "hint"),
    [
        ("https://me:secret@wiki.example/", "password", "Write https://wiki.example/"),
        ("https://me@wiki.example/a", "password", "Write https://wiki.example/a/"),
        ("https://wiki.example/a b/", "blank", "Write https://wiki.example/ab/"),
        ("https://wiki.example /", "blank", "Write https://wiki.example/"),
        ("https://wiki.example/\xa0", "blank", "Write https://wiki.example/"),
        ("https://wiki.example\\a", "no address has", ""),
        ("wiki.example/a", "must begin with https://", "Write https://wiki.example/a/"),
        ("//wiki.example/a", "must be an address", ""),
        ("https://wiki.example/?a=b", "? or a #", "Write https://wiki.example/"),
        ("https://wiki.example/#a", "? or a #", "Write https://wiki.example/"),
        ("https://wiki.example?", "? or a #", "Write https://wiki.example/"),
        ("ftp://wiki.example/", "must be an address", ""),
        ("https://", "must be an address", ""),
        ("https://wiki.example:port/", "must be an address", ""),
        ("", "must be an address", ""),
    ],
)
def test_what_is_no_address_of_a_site(text: str, what: str, hint: str) -> None:
    address, fault = read(text)
    assert address == LOCAL and fault
    assert what in fault[0] and fault[1] == hint


def test_a_password_is_told_at_its_place_and_not_repeated(site: Sites) -> None:
    made = site({"site.yaml": "title: T\nbase_url: https://me:secret@wiki.example/\n"})
    (problem,) = made.problems()
    assert (str(problem.at), problem.rule) == ("site.yaml:2:11", "config-valid")
    assert "secret" not in str(problem)
