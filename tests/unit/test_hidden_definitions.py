"""A definition in a hidden section holds for the whole text: where open text uses it, it hides nothing."""

import pytest

from ballardwiki.content.markup import ENGINES, read

RULE = "spoiler-valid"
LATER = '## Later {since="fog s01e02"}\n\nGone.\n\n'


def told(text: str, engine: str) -> list[tuple[int, str]]:
    problems = read(text, engine=engine, path="content/x/y.md")[1]
    return [(each.at.line, each.hint) for each in problems if each.rule == RULE and each.severity == "error"]


LEAKS = [
    f'The [ship][x].\n\n{LATER}[x]: https://e.example/ "KILLER"\n',
    f'The [x].\n\n{LATER}[ X ]: https://e.example/ "KILLER"\n',
    f'The [x][].\n\n{LATER}### More\n\n[x]: https://e.example/ "KILLER"\n',
    f'The ![ship][the  Ship].\n\n{LATER}[The ship]: /media/killer.png "KILLER"\n',
    f'{LATER}[x]: https://e.example/ "KILLER"\n\n## Now\n\nThe [x].\n',
    f'{LATER}[x]: https://e.example/ "KILLER"\n\n## Last {{since="fog s01e03"}}\n\nThe [x].\n',
    'The [x].\n\nLater {since="fog s01e02"}\n---\n\n[x]: https://e.example/ "KILLER"\n',
    f'## The [x]\n\n{LATER}[x]: https://e.example/ "KILLER"\n',
    f'The [x].\n\n{LATER}> [x]: https://e.example/ "KILLER"\n',
]


@pytest.mark.parametrize("engine", sorted(ENGINES))
@pytest.mark.parametrize("text", LEAKS)
def test_a_link_definition_in_a_hidden_section_that_open_text_uses_is_an_error(engine: str, text: str) -> None:
    assert len(told(text, engine)) == 1


@pytest.mark.parametrize("text", [f"FBI.\n\n{LATER}*[FBI]: KILLER\n", f"{LATER}*[A B]: KILLER\n\n## Now\n\nAn A B.\n"])
def test_so_is_an_abbreviation(text: str) -> None:
    assert len(told(text, "python-markdown")) == 1


def test_it_says_what_to_move_where() -> None:
    text = f'The [x].\n\n{LATER}[x]: https://e.example/ "KILLER"\n'
    hint = "Move the line above the heading ## Later, or use it in that section alone."
    assert told(text, "commonmark") == [(7, hint)]


HARMLESS = [
    f'{LATER}The [x] of the FBI.\n\n### More\n\nThe [x].\n\n[x]: https://e.example/ "KILLER"\n*[FBI]: KILLER\n',
    f'The x, the FBIs. The [x](https://e.example/).\n\n{LATER}[x]: https://e.example/ "KILLER"\n*[FBI]: KILLER\n',
    f'`[x]`\n\n```\n[x]\n```\n\n{LATER}[x]: https://e.example/ "KILLER"\n',
    f'The [x].\n\n[x]: https://e.example/ "words"\n\n{LATER}The [x].\n',
    'The [x].\n\n## Later\n\nThe [x].\n\n[x]: https://e.example/ "words"\n*[FBI]: words\n',
    f'{LATER}[x]: https://e.example/ "KILLER"\n\n## Last {{since="fog s01e02"}}\n\nThe [x].\n',
    f"The [[x]].[^x]\n\n{LATER}Gone.\n\n[^x]: A note.\n",
]


@pytest.mark.parametrize("engine", sorted(ENGINES))
@pytest.mark.parametrize("text", HARMLESS)
def test_one_that_only_hidden_text_uses_is_none(engine: str, text: str) -> None:
    assert told(text, engine) == []
