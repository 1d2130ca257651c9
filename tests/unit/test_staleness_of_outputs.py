"""What a build makes anew, and the reason it gives: nothing more, and never without one."""

from __future__ import annotations

import shutil
from collections.abc import Callable

import pytest
from tinysite import SETTINGS, Site, Sites

from ballardwiki.config import inputs

ANN, BOB = "people/ann/index.html", "people/bob/index.html"
FILES = {
    "content/people/ann.md": "---\ntitle: Ann\n---\nHello.\n",
    "content/people/bob.md": "---\ntitle: Bob\nwas: [rob]\n---\nSee [[person/ann]].\n",
    "site.yaml": SETTINGS + "spoilers: {default: none}\n",
}


def edited(path: str, old: str, new: str) -> Callable[[Site], object]:
    return lambda wiki: wiki.replace(path, old, new)


CHANGES: dict[str, tuple[Callable[[Site], object], dict[str, tuple[str, ...]]]] = {
    "nothing": (lambda _: None, {}),
    "a text": (edited("content/people/ann.md", "Hello", "Goodbye"), {ANN: ("body person/ann",)}),
    "a title": (
        edited("content/people/ann.md", "Ann", "Anne"),
        {ANN: ("field person/ann title", "title person/ann"), BOB: ("title person/ann",)},
    ),
    "a page removed by hand": (
        lambda wiki: (wiki.out / ANN).unlink(),
        {ANN: ("it is missing or was changed by hand",)},
    ),
    "a page changed by hand": (
        lambda wiki: (wiki.out / ANN).write_text("?"),
        {ANN: ("it is missing or was changed by hand",)},
    ),
    "a former id": (
        edited("content/people/bob.md", "was: [rob]", "was: [rob, robert]"),
        {"people/robert/index.html": ("it is new",), BOB: ("field person/bob was",)},
    ),
    "a former id that is another's now": (
        lambda wiki: (
            wiki.replace("content/people/bob.md", "was: [rob]", ""),
            wiki.replace("content/people/ann.md", "title: Ann", "title: Ann\nwas: [rob]"),
        ),
        {
            "people/rob/index.html": ("it is planned otherwise",),
            BOB: ("field person/bob was", "record person/ann"),
            ANN: ("field person/ann was", "record person/ann"),
        },
    ),
    "a record that is gone": (
        lambda wiki: wiki.delete("content/people/ann.md"),
        {BOB: tuple(f"{fact} person/ann" for fact in ("name", "record", "title", "url"))},
    ),
    "a record that is a draft now": (
        edited("content/people/ann.md", "title: Ann", "title: Ann\ndraft: true"),
        {BOB: tuple(f"{fact} person/ann" for fact in ("name", "record", "title", "url"))},
    ),
}


def stale(wiki: Site) -> dict[str, tuple[str, ...]]:
    """The pages of people that a build makes anew."""
    comparison = wiki.build().comparison
    found = comparison.stale if comparison else {}
    return {path: why for path, why in found.items() if path.count("/") == 2 and path.startswith("people/")}


@pytest.mark.parametrize("change", CHANGES)
def test_what_is_made_anew_and_why(site: Sites, change: str) -> None:
    act, wanted = CHANGES[change]
    wiki = site(FILES).published()
    act(wiki)
    assert stale(wiki) == wanted


def test_all_is_made_anew_when_nothing_is_known(site: Sites) -> None:
    wiki = site(FILES)
    reasons = dict.fromkeys((ANN, BOB, "people/rob/index.html"), ("nothing is known of the last build",))
    assert stale(wiki) == reasons and stale(wiki) == {}
    shutil.rmtree(wiki.cache)
    assert stale(wiki) == reasons


def test_all_is_made_anew_by_another_program(site: Sites, monkeypatch: pytest.MonkeyPatch) -> None:
    wiki = site(FILES).published()
    monkeypatch.setattr(inputs, "program", lambda: "another")
    assert stale(wiki) == dict.fromkeys((ANN, BOB, "people/rob/index.html"), ("the program changed",))
