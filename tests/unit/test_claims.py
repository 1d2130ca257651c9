"""Which of a record's own statements and the claims about it a field takes, and what becomes of the others."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from tinysite import Sites

from ballardwiki.edit import workspace
from ballardwiki.graph.claims import Claim, gather
from ballardwiki.graph.settling import settle
from ballardwiki.model import Qualifiers, Ref, Statement
from ballardwiki.schema import Field

ONE, MANY = Field("genre", "text", "Genre"), Field("status", "text", "Status", many=True)


def statement(text: str) -> Statement:
    """`value date?`, of the record."""
    value, _, date = text.partition(" ")
    return Statement(value, Qualifiers(from_=date))


def claim(number: int, text: str) -> Claim:
    """`value date confidence?`, the article's date where there is a `~` before it."""
    value, date, confidence = (*text.split(), "confirmed")[:3]
    said = Statement(value, Qualifiers(from_="" if date.startswith("~") else date, confidence=confidence))
    return Claim(Ref(f"claim/{number}"), Ref(f"article/{number}"), Ref("series/s"), "f", said, date.removeprefix("~"))


CASES = {
    "nothing": (ONE, [], [], "", ""),
    "one": (ONE, [], ["a 2024"], "a", "shown"),
    "the newest": (ONE, [], ["a 2024", "b 2025"], "b", "superseded by 1, shown"),
    "the newest of one date": (ONE, [], ["a 2024", "b 2024"], "b", "superseded by 1, shown"),
    "others agree": (ONE, [], ["a 2023", "b 2024", "a 2025"], "a", "agreed by 2, superseded by 2, shown"),
    "the record": (ONE, ["x"], ["a 2024", "x 2025"], "x", "superseded, agreed"),
    "firmer before newer": (ONE, [], ["a 2024 reported", "b 2025 disputed"], "a", "shown, open"),
    "a rumour before": (ONE, [], ["a 2023 rumoured", "b 2024"], "b", "superseded by 1, shown"),
    "a rumour after": (ONE, [], ["b 2024", "a 2025 rumoured"], "b", "shown, open"),
    "a rumour against the record": (ONE, ["x"], ["a 2025 rumoured"], "x", "open"),
    "steps in order": (MANY, ["a 2023", "d 2026"], ["c 2025", "b 2024"], "a b c d", "shown, shown"),
    "a step in the record": (MANY, ["a 2023-02"], ["a 2023-02-03"], "a", "agreed"),
    "the same step later": (MANY, ["a 2023"], ["a 2025"], "a a", "shown"),
    "a step without a date": (MANY, [], ["b ~2024", "c 2025"], "b c", "shown, shown"),
    "two articles, one step": (MANY, [], ["a 2024", "a 2024-05"], "a", "shown, agreed by 0"),
    "only rumours": (MANY, [], ["a 2024 rumoured", "b 2025 rumoured"], "a b", "shown, shown"),
    "rumours beside a step": (MANY, ["x 2023"], ["a 2024 rumoured"], "x", "open"),
    "a rumour that came true": (MANY, [], ["a 2024-05-04 reported", "a 2024-05-06"], "a", "agreed by 1, shown"),
}


@pytest.mark.parametrize("name", CASES)
def test_what_a_field_takes(name: str) -> None:
    field, own, claimed, values, states = CASES[name]
    settled = settle([statement(each) for each in own], [claim(*each) for each in enumerate(claimed)], field)
    assert " ".join(str(each.value) for each in settled.statements) == values
    said = [each.state + (f" by {each.by.ref[-1]}" if each.by else "") for each in settled.reports]
    assert ", ".join(said) == states


def claimed(site: Sites, **articles: str) -> list[Claim]:
    """The claims about the genre of a series, in the order in which they are settled."""
    files = {f"content/news/{id_}.md": f"---\ntitle: {id_}\n{front}---\n" for id_, front in articles.items()}
    files["content/series/ser.md"] = "---\ntitle: Ser\n---\n"
    files["content/sources/s.yaml"] = "paper: {title: Paper}\n"
    graph = workspace.lay_out(site(files).root, datetime(2025, 7, 9, tzinfo=UTC)).graph
    records = [each for each in graph.entities.values() if each.type == "claim"]
    return [*gather(records, graph.entities, graph.schema, graph.present)[Ref("series/ser")]["genre"]]


def test_a_claim_is_a_statement_with_all_its_qualifiers_and_the_article_before_its_own_sources(site: Sites) -> None:
    more = "since: ser s01e01, source: paper, continuity: books, from: 2024, until: 2025, confidence: reported"
    (found,) = claimed(site, n=f"date: 2025\nclaims: [{{about: series/ser, field: genre, value: crime, {more}}}]\n")
    assert found.statement.value == "crime" and found.date == "2024"
    assert (found.statement.line, found.statement.column) == (4, 51)
    qualifiers = Qualifiers("ser s01e01", ("article/n", "paper"), "reported", "books", "2024", "2025")
    assert found.statement.qualifiers == qualifiers


def test_claims_are_in_the_order_of_their_dates_then_of_articles_then_of_lines(site: Sites) -> None:
    def front(date: str, *values: str) -> str:
        rows = "".join(f"- {{about: series/ser, field: genre, value: {each}}}\n" for each in values)
        return f"date: {date}\nclaims:\n{rows}"

    found = claimed(site, a=front("2025", "v", "u"), b=front("2024", "z"), c=front("2025", "t"))
    assert [each.statement.value for each in found] == ["z", "v", "u", "t"]
