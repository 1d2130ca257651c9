"""What nobody can see is no text and no part of a name."""

from __future__ import annotations

import pytest
from tinysite import Sites

from ballardwiki.invisible import stray, visible
from ballardwiki.slugs import fold

BLANK = [
    "   ",
    "\t",
    "\xa0",
    "\u200b",
    "\u2060\u200d",
    "\u3164",
    "\u2800",
    "\u0301",
    "\u202e",
    "\u3000",
    "\ufe0f",
    "\U000e0041",
]


@pytest.mark.parametrize("text", BLANK, ids=ascii)
def test_what_shows_nothing_is_not_visible(text: str) -> None:
    assert not visible(text)


@pytest.mark.parametrize("text", ["a", "…", "?", "👩\u200d🚀", "宮", "é", "e\u0301", "$", "+"])
def test_whatever_shows_is_visible(text: str) -> None:
    assert visible(text)


@pytest.mark.parametrize("text", BLANK, ids=ascii)
@pytest.mark.parametrize(
    "line", ["title: {}", "title: Ann\naliases: [{}]", "title: Ann\ntags: [{}]", "title: Ann\nsummary: {}"]
)
def test_a_text_without_a_sign_is_refused_once(site: Sites, text: str, line: str) -> None:
    quoted = '"' + "".join(f"\\U{ord(char):08x}" for char in text) + '"'
    (problem,) = site({"content/people/ann.md": f"---\n{line.format(quoted)}\n---\n"}).problems()
    assert (problem.rule, problem.severity) == ("field-valid", "error")
    assert problem.message.endswith("must be a text; nothing can be seen in it.") and not problem.hint


def test_the_title_of_a_site_and_labels_are_seen(site: Sites) -> None:
    made = site({"site.yaml": 'title: " "\nnavigation: [{label: "\\u200b", url: /news/}]\n'})
    assert [str(each.at) for each in made.problems()] == ["site.yaml:1:1", "site.yaml:2:14"]


@pytest.mark.parametrize(
    "sign", ["\u200b", "\u2060", "\xad", "\u034f", "\u3164", "\u200d", "\u200e", "\u202e"], ids=ascii
)
def test_names_that_differ_in_nothing_seen_are_one_and_the_sign_is_told(site: Sites, sign: str) -> None:
    assert fold(f"Ann{sign} Lee") == fold("Ann Lee")
    (problem,) = site({"content/people/ann.md": f"---\ntitle: Ann{sign} Lee\n---\n"}).problems()
    assert (str(problem.at), problem.rule) == ("content/people/ann.md:2:11", "yaml-plausible")
    assert f"U+{ord(sign):04X}" in problem.message and problem.hint == "Write it as it looks: Ann Lee"


@pytest.mark.parametrize(
    "name", ["👩\u200d🚀 in Space", "می\u200cخواهم", "❤\ufe0f", "\u200fשלום", "Ann Lee", "Zoë", "e\u0301"]
)
def test_signs_that_scripts_and_pictures_need_are_no_strays(name: str) -> None:
    assert stray(name) is None


def test_prose_may_hold_soft_hyphens(site: Sites) -> None:
    assert site({"content/people/ann.md": "---\ntitle: Ann\nsummary: An ex\xadample.\n---\n"}).rules() == []
