"""What is said of links that look hidden."""

from __future__ import annotations

from tinyworld import THREE, world

from ballardwiki.rules import spoiler_valid


def test_a_link_that_looks_hidden_and_leads_nowhere_says_how_to_hide() -> None:
    made = world({**THREE, "people/ann": "---\ntitle: Ann\n---\nOf [[one s01e02: it was Bob]].\n"})
    (found,) = spoiler_valid.RULE.problems(made)
    assert (found.severity, str(found.at), found.hint) == (
        "error",
        "content/people/ann.md:4:4",
        "Write ||one s01e02: words||.",
    )
    assert found.message.startswith("[[one s01e02: it was Bob]] looks hidden and is a link to no page")
