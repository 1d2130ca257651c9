"""Who mentions an entity, and in which sentence, as far as the series of the mentioning text may be told."""

from __future__ import annotations

from tinyworld import THREE, entity, site

AHEAD = "{default: none, one: all}"


def texts(text: str) -> dict[str, str]:
    """Ann, and a season of `one` and of `two` with the same text."""
    files = {
        **THREE,
        "people/all": "ann: {title: Ann, aliases: [{value: The mole, since: two s01e01}]}\nbob: {title: Bob}\n",
    }
    files["seasons/all"] = (
        "one-2: {series: one, number: 2}\ntwo-2: {series: two, number: 2}\nthree-1: {series: three, number: 1}\n"
    )
    for name in ("one", "two"):
        files[f"seasons/{name}-1"] = f"---\nseries: {name}\nnumber: 1\n---\n{text}\n"
    return files


def told(text: str, ref: str = "person/ann") -> list[tuple[str, str]]:
    """Who mentions an entity and how."""
    found = entity(site(texts(text), AHEAD), ref)
    return [(each.id, "".join(text or "*" for text, _ in found.sentence(each))) for each in found.mentions]


def test_plain_mentions_are_all_known() -> None:
    assert told("Here comes [[Ann]] at last.") == [
        ("one-1", "Here comes Ann at last."),
        ("two-1", "Here comes Ann at last."),
    ]


def test_a_mention_is_quoted_in_its_own_words() -> None:
    assert told("Here comes [[Ann|the boss]] at last.")[0] == ("one-1", "Here comes the boss at last.")


def test_a_hidden_mention_is_judged_by_the_series_of_its_text() -> None:
    assert told("Well. ||s01e02: Here comes [[Ann]] at last.||") == [("one-1", "Here comes Ann at last.")]
    assert told("Well. ||two s01e02: Here comes [[Ann]] at last.||") == []
    assert len(told("Well. ||one s01e02: Here comes [[Ann]] at last.||")) == 2


def test_the_first_sentence_that_may_be_known_is_quoted() -> None:
    text = "||s01e02: She dies, [[Ann]].||\n\nThen [[Ann]] is gone.\n"
    assert told(text) == [("one-1", "She dies, Ann."), ("two-1", "Then Ann is gone.")]


def test_the_sentence_is_one_that_mentions_the_entity() -> None:
    assert told("Here is [[Bob]] alone.\n\nHere comes [[Ann]] with [[Bob]].")[0] == (
        "one-1",
        "Here comes Ann with Bob.",
    )


def test_a_mention_by_a_hidden_name_is_none() -> None:
    assert told("They hunt [[The mole]] here.") == []
    assert [each for each, _ in told("They hunt [[The mole]] here, and [[Bob]] too.", "person/bob")] == [
        "one-1",
        "two-1",
    ]


def test_a_quote_tells_no_title_that_may_not_be_known() -> None:
    """A link by address shows a title; of a hidden page it shows the address's id, as the text itself would."""
    files = texts("Here are [[person/ann]] and [[person/dan]].")
    files["people/more"] = "dan: {title: SECRET, since: two s01e01}\n"
    ann = entity(site(files, AHEAD), "person/ann")
    (text, _), *rest = ann.sentence(entity(site(files, AHEAD), "season/one-1"))
    assert (text, "".join(each or "*" for each, _ in rest)) == ("Here are ", "* and dan.")
