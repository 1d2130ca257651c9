"""The sentence around each link of a text."""

from __future__ import annotations

import time

import pytest

from ballardwiki.content.markup import ENGINES, read
from ballardwiki.content.markup.sentences import sentences
from ballardwiki.content.quoting import LONGEST, Quoted, quote
from ballardwiki.marks import Here, NameLink, Spoiler


@pytest.fixture(params=sorted(ENGINES))
def engine(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def said(parts: tuple[Quoted, ...]) -> str:
    """A context as text: the link in brackets, addresses in angle brackets."""
    shown = {Here: "[{}]", NameLink: "<{}>"}
    return "".join(
        each if isinstance(each, str) else shown[type(each)].format(each.text or each.target) for each in parts
    )


def quotes(text: str, engine: str) -> list[tuple[str, tuple[str, ...], tuple[Quoted, ...]]]:
    """(target, since, quote) of each link in the sentences of a text."""
    body, _ = read(text, engine=engine, path="content/people/a.md")
    return [
        (link.target, sentence.since, quote(sentence, link)) for sentence in body.sentences for link in sentence.links
    ]


def contexts(text: str, engine: str) -> list[str]:
    return [said(parts) for _, _, parts in quotes(text, engine)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("One. Then [[Ann]] came. Two.", "Then [Ann] came."),
        ("[[Ann]] came! Two.", "[Ann] came!"),
        ("One? “So [[Ann]].” Two.", "“So [Ann].”"),
        ("Lt. [[Ann]] of St. Ives met J. Edgar.", "Lt. [Ann] of St. Ives met J. Edgar."),
        ("It was s. 3.5 of [[Ann]], e.g. this.", "It was s. 3.5 of [Ann], e.g. this."),
        ("*Bold* & <b>[[Ann]]</b> `code`.", "Bold & [Ann] code."),
        ("A line\nand [[Ann]]\nmore.", "A line and [Ann] more."),
        ("One.[^a] [[Ann]] came.[^a] Two.\n\n[^a]: Note.", "[Ann] came."),
        ("- first\n- with [[Ann]]\n- last", "with [Ann]"),
        ("| a | b |\n|---|---|\n| x | y [[Ann]] |", "y [Ann]"),
        ("## Of [[Ann]]\n\nText.", "Of [Ann]"),
        ("It was [the star](ann.md) *then*.", "It was [the star] then."),
        ("So [[Ann|she]] did.", "So [she] did."),
        ("- [[Ann]]", ""),
        ("([[Ann]].)", ""),
        ("句子。然后[[Ann]]来了。第二。", "然后[Ann]来了。"),
    ],
)
def test_a_link_stands_in_its_sentence(engine: str, text: str, found: str) -> None:
    assert contexts(text, engine)[:1] == ([found] if found else [])


def test_other_links_are_text_and_addresses_wait_for_their_title(engine: str) -> None:
    text = "Here [[Ann]] met [[Bob|him]], [[person/cat]], [[dog-id]] and [x](b.md)."
    assert contexts(text, engine) == [
        "Here [Ann] met him, <person/cat>, <dog-id> and x.",
        "Here Ann met [him], <person/cat>, <dog-id> and x.",
        "Here Ann met him, [person/cat], <dog-id> and x.",
        "Here Ann met him, <person/cat>, [dog-id] and x.",
        "Here Ann met him, <person/cat>, <dog-id> and [x].",
    ]


def test_each_sentence_of_a_name_is_kept(engine: str) -> None:
    assert contexts("First [[Ann]]. Second [[Ann]].", engine) == ["First [Ann].", "Second [Ann]."]


def test_hidden_words_stand_in_no_open_context(engine: str) -> None:
    text = "Open [[Ann]] ||s01e02: kills [[Bob]]|| at last. Then ||s01e03: she dies||."
    found = {target: (since, said(parts)) for target, since, parts in quotes(text, engine)}
    assert found["Ann"] == ((), "Open [Ann] at last.")
    assert found["Bob"] == (("s01e02",), "Open Ann kills [Bob] at last.")


def test_the_text_of_a_link_is_without_what_is_hidden_in_it(engine: str) -> None:
    (found,) = contexts("See [a ||s01e02: dead|| man](b.md) here.", engine)
    assert "dead" not in found and "man" in found


def test_a_hidden_section_is_no_context_of_an_open_link(engine: str) -> None:
    text = 'Text of [[Ann]]\n\n## Later {since="s01e02"}\n\nDead [[Bob]].\n\n## End\n\nof [[Cat]].'
    found = {target: said(parts) for target, _, parts in quotes(text, engine)}
    assert found == {"Ann": "Text of [Ann]", "Bob": "Dead [Bob].", "Cat": "of [Cat]."}


def test_a_footnote_has_contexts_of_its_own(engine: str) -> None:
    text = "Open.[^a] Hid||s01e02: den[^a]||.\n\n[^a]: He met [[Ann]]. So."
    assert [(since, said(parts)) for _, since, parts in quotes(text, engine)] == [
        ((), "He met [Ann]."),
        (("s01e02",), "He met [Ann]."),
    ]


def test_a_long_sentence_is_cut_at_words(engine: str) -> None:
    (found,) = contexts(f"{'before ' * 90}[[Ann]] {'after ' * 90}.", engine)
    assert len(found) <= LONGEST + 20
    assert found.startswith("… before ") and found.endswith("after …") and " [Ann] " in found
    (found,) = contexts(f"[[Ann]] {'after ' * 90}.", engine)
    assert LONGEST - 20 < len(found) <= LONGEST + 20


def test_characters_of_the_editor_that_look_like_ours_are_left_out(engine: str) -> None:
    assert contexts("A \ue000 &#xE000; b [[Ann]] c.", engine)[0].split() == "A b [Ann] c.".split()


@pytest.mark.parametrize(
    "text", ["[[A{0}]] x ", "||s01e01: [[A{0}]] x|| ", "[[p/a{0}]] ", "[y](a{0}.md)", "a. [[A{0}]] "]
)
def test_contexts_are_linear(engine: str, text: str) -> None:
    def seconds(count: int) -> float:
        whole = "".join(text.format(number) for number in range(count))
        start = time.process_time()
        read(whole, engine="commonmark", path="content/people/a.md")
        return time.process_time() - start

    seconds(100)
    assert seconds(4000) < 40 * max(*(seconds(400) for _ in range(3)), 0.005)


def test_a_mark_of_a_context_knows_no_line(engine: str) -> None:
    found = quotes("\n\nx [[Ann]] [[p/b]]", engine)
    marks = [part for _, _, parts in found for part in parts if isinstance(part, NameLink)]
    assert {(mark.line, mark.column) for mark in marks} == {(0, 0)}


def test_each_sentence_has_the_addresses_that_stand_in_it(engine: str) -> None:
    found = contexts("Now [[person/bob]] and [[person/dot]]. Then [[Ann]] came to [[person/cy]].", engine)
    assert found == [
        "Now [person/bob] and <person/dot>.",
        "Now <person/bob> and [person/dot].",
        "Then [Ann] came to <person/cy>.",
        "Then Ann came to [person/cy].",
    ]


def test_what_is_hidden_to_the_end_of_a_text_stands_in_no_open_sentence() -> None:
    parts = ("See ", NameLink("Ann"), " now ", Spoiler("s01e02"), "or never.")
    assert [each.text for each in sentences(parts)] == ["See Ann now "]
