"""Files that are published as they are, but for media that only hidden things use."""

from __future__ import annotations

from tinysite import Sites

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
