"""Files that are published as they are, but for media that only hidden things use."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from tinysite import Sites

from ballardwiki.pages.outputs import files
from ballardwiki.pages.outputs.output import Studio

PNG = b"\x89PNG\r\n\x1a\n"
FILES = {
    "site.yaml": "title: T\nbase_url: https://wiki.example/\nspoilers: {default: none, one: all}\n",
    "content/series/s.yaml": "one: {title: One}\ntwo: {title: Two}\n",
    "content/seasons/s.yaml": "one-1: {series: one, number: 1}\ntwo-1: {series: two, number: 1}\n",
    "content/episodes/e.yaml": "one-1-1: {season: one-1, number: 1, text: '||s01e01: ![A](/media/one.jpg)|| ||two s01e01: ![B](/media/both.jpg)||'}\n"
    "two-1-1: {season: two-1, number: 1, text: '||s01e01: ![A](/media/two.jpg)|| ||one s01e01: ![B](/media/both.jpg)||'}\n",
    **{f"media/{name}.jpg": name for name in ("one", "two", "both", "free")},
    **{
        f"content/images/{name}.yaml": f"{name}: {{title: {name}, file: {name}.jpg, license: PD}}\n"
        for name in ("one", "two", "both")
    },
}


def media(site: Sites, spoilers: str) -> set[str]:
    wiki = site({**FILES, "site.yaml": FILES["site.yaml"].replace("{default: none, one: all}", spoilers)}).published()
    return {path for path in wiki.paths() if path.startswith("media/")}


def test_a_file_is_judged_by_the_series_of_each_text_that_uses_it(site: Sites) -> None:
    assert media(site, "{default: none, one: all}") == {"media/both.jpg", "media/free.jpg", "media/one.jpg"}
    assert media(site, "{default: none, two: all}") == {"media/both.jpg", "media/free.jpg", "media/two.jpg"}
    assert media(site, "{default: none}") == {"media/free.jpg"}
    assert len(media(site, "{default: all}")) == 4


def test_an_image_in_hidden_text_comes_with_the_horizon_and_goes_with_it(site: Sites) -> None:
    wiki = site(FILES).published()
    assert not wiki.has("media/two.jpg")
    wiki.replace("site.yaml", "one: all", "two: all").published()
    assert 'src="../../../media/two.jpg' in wiki.page("series/two/s01e01")
    assert wiki.data("media/two.jpg") == b"two"
    wiki.replace("site.yaml", "two: all", "one: all").published()
    assert not wiki.has("media/two.jpg")
    built = wiki.tree()
    wiki.clean()
    assert wiki.tree() == built


@pytest.mark.parametrize(
    ("one", "other"), [("A.png", "a.png"), ("\xe9.png", "e\u0301.png"), ("\xc9.png", "e\u0301.png")]
)
def test_names_that_some_computer_takes_for_one_are_told(site: Sites, one: str, other: str) -> None:
    wiki = site()
    for name in (one, other):
        wiki.write(f"media/{name}", PNG)
    if len(os.listdir(wiki.root / "media")) < 2:
        pytest.skip("this computer takes them for one")
    (problem,) = wiki.problems()
    assert problem.rule == "url-unique" and problem.hint == "Rename one of them."
    assert f"media/{one}" in problem.message and f"media/{other}" in problem.message


@pytest.mark.parametrize(
    ("name", "says"),
    [
        (b"two\nlines.png", "U+000A, which nobody sees"),
        ("right\u202egnp.png".encode(), "U+202E, which nobody sees"),
        ("x.php\u200b.png".encode(), "U+200B, which nobody sees"),
        (b"\xff\xfe.png", "not UTF-8"),
        (b"back\\slash.png", "can't be the address of a file"),
    ],
)
def test_a_name_that_can_be_no_address_is_told_as_that_of_a_file(site: Sites, name: bytes, says: str) -> None:
    wiki = site().write("media/free.png", PNG)
    (wiki.root / "media/free.png").rename(os.fsdecode(os.fsencode(wiki.root / "media") + b"/" + name))
    (problem,) = wiki.problems()
    assert problem.rule == "url-valid" and says in problem.message and problem.hint == "Rename it."


def test_a_file_that_turned_into_a_link_meanwhile_is_not_followed(
    site: Sites, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "secret").write_text("The secret", encoding="utf-8")
    wiki = site().write("media/free.png", PNG)
    real = files.make

    def late(path: str, file: str, studio: Studio) -> bytes:
        if path == "media/free.png":
            os.unlink(file)
            os.symlink(tmp_path / "secret", file)
        return real(path, file, studio)

    monkeypatch.setattr(files, "make", late)
    result = wiki.build()
    assert [each.rule for each in result.problems if each.severity == "error"] == ["file-readable"]
    assert not result.published
