"""What only hidden things use is withheld with them: sources, rights records, media files, of any type and through any way."""

from __future__ import annotations

import json

import pytest
from secrets_of import leaks
from tinysite import NOON, Site, Sites

FILES = {
    "site.yaml": "title: T\nbase_url: https://wiki.example/\nspoilers: {default: none, mid: s01e01}\n",
    "content/series/s.yaml": "mid: {title: Mid}\n",
    "content/seasons/s.yaml": "mid-s01: {series: mid, number: 1}\n",
    "content/episodes/e.yaml": "mid-e1: {season: mid-s01, number: 1}\nmid-e2: {season: mid-s01, number: 2}\n",
    "content/people/p.yaml": "jan: {title: Jan}\n",
    "content/sources/s.yaml": "leaving: {title: Why SECRET leaves, url: 'https://e.example/1'}\n",
    "content/images/i.yaml": "secret: {title: SECRET by boat, file: secret.jpg, license: PD}\n",
    "media/secret.jpg": "x",
}
HIDDEN = [
    "ann: {title: Ann, details: [{value: She leaves., since: mid s01e02, source: leaving}], text: '||mid s01e02: ![A boat](/media/secret.jpg)||'}",
    "ann: {title: Ann, text: '||mid s01e02: She leaves.[^leaving] ![A boat](/media/secret.jpg)||'}",
    "ann: {title: Ann, since: mid s01e02, source: leaving, text: '![A boat](/media/secret.jpg)'}",
    "ann: {title: Ann, draft: true, source: leaving, text: '![A boat](/media/secret.jpg)'}",
    "ann: {title: Ann, publish_at: 2030-01-01, text: 'She leaves.[^leaving] [The boat](/media/secret.jpg)'}",
    'ann: {title: Ann, text: "||mid s01e02: She leaves.[^n]||\\n\\n[^n]: As told.[^leaving] ![A boat](/media/secret.jpg)"}',
    'ann: {title: Ann, text: "> [!spoiler] mid s01e02\\n> Off.[^leaving]\\n>\\n> ![A boat](/media/secret.jpg)"}',
    'ann: {title: Ann, text: "## Later {since=\\"mid s01e02\\"}\\n\\nOff.[^leaving] [The boat](/media/secret.jpg)"}',
]


def wiki_with(site: Sites, character: str) -> Site:
    return site({**FILES, "content/characters/c.yaml": f"{character}\n"})


@pytest.mark.parametrize("character", HIDDEN)
def test_sources_and_images_of_hidden_things_are_withheld(site: Sites, character: str) -> None:
    wiki = wiki_with(site, character).published()
    assert leaks(wiki, "secret", "leaving") == set()


@pytest.mark.parametrize("character", HIDDEN)
def test_they_come_with_what_uses_them(site: Sites, character: str) -> None:
    wiki = wiki_with(site, character).published()
    moment = NOON.replace(year=2031)
    wiki.replace("site.yaml", "mid: s01e01", "mid: s01e02").published(now=moment, drafts=True)
    assert wiki.has("media/secret.jpg")
    assert {row["id"] for row in json.loads(wiki.data("data/source.json"))["records"]} == {"source/leaving"}
    built = wiki.tree()
    wiki.clean(now=moment, drafts=True)
    assert wiki.tree() == built


PUBLIC = [
    "{title: Bea, full_name: {value: B, source: leaving}, text: '![A boat](/media/secret.jpg)'}",
    "{title: Bea, source: leaving, text: '[The boat](/media/secret.jpg)'}",
    'bea: {title: Bea, text: "Off.[^n]\\n\\n[^n]: As told.[^leaving] ![A boat](/media/secret.jpg)"}'.removeprefix(
        "bea: "
    ),
]


@pytest.mark.parametrize("public", PUBLIC)
@pytest.mark.parametrize("character", HIDDEN[:4])
def test_what_a_public_page_uses_as_well_is_public_and_tells_of_no_other_use(
    site: Sites, character: str, public: str
) -> None:
    wiki = wiki_with(site, f"{character}\nbea: {public}").published()
    assert wiki.has("media/secret.jpg")
    assert "source/leaving" in wiki.page("data/source.json")
    assert "SECRET by boat" in wiki.page("data/image.json")
    alone = wiki_with(site, ("ann: {title: Ann}\n" if "since: mid s01e02}" not in character else "") + f"bea: {public}")
    assert "She leaves" not in "".join(wiki.page(path) for path in wiki.paths() if path.endswith((".html", ".json")))
    assert alone.published().data("data/source.json") == wiki.data("data/source.json")


def test_what_nobody_uses_is_published(site: Sites) -> None:
    """Other sites may link a file; and a source that is not cited yet tells nothing hidden."""
    wiki = wiki_with(site, "ann: {title: Ann}").published()
    assert wiki.has("media/secret.jpg")
    assert "source/leaving" in wiki.page("data/source.json")


def test_a_file_that_a_template_names_is_published(site: Sites) -> None:
    wiki = wiki_with(site, HIDDEN[0]).write("templates/404.html", "<img src=\"{{ asset('media/secret.jpg') }}\">")
    assert wiki.published().has("media/secret.jpg")


def test_a_file_of_a_hidden_rights_record_is_withheld(site: Sites) -> None:
    wiki = wiki_with(site, "ann: {title: Ann}")
    wiki.replace("content/images/i.yaml", "license: PD", "license: PD, since: mid s01e02").published()
    assert not wiki.has("media/secret.jpg")
    assert not wiki.has("data/image.json")


AWARD = "label: Award\nfolder: awards\nfields: {title: {required: true}, photo: {kind: text}, from_award: {kind: ref, to: award}}\n"


def test_records_without_a_page_of_own_types_are_withheld_through_each_other(site: Sites) -> None:
    """A hidden value names an award, the award another one, and that a file by its field."""
    kind = "label: Thing\nfolder: things\nurl: /things/{id}/\nfields: {prize: {kind: ref, to: award}}\n"
    awards = "a: {title: SECRET one, from_award: b}\nb: {title: SECRET two, photo: media/secret.jpg}\n"
    wiki = site({**FILES, "types/award.yaml": AWARD, "types/thing.yaml": kind, "content/awards/a.yaml": awards})
    wiki.delete("content/images").delete("content/sources")
    wiki.write("content/things/t.yaml", "t: {title: T, prize: {value: a, since: mid s01e02}}\n").published()
    assert leaks(wiki, "secret") == set()
    wiki.write("content/things/u.yaml", "u: {title: U, prize: b}\n").published()
    assert leaks(wiki, "secret one") == set()
    assert wiki.has("media/secret.jpg")


def test_a_hidden_text_may_use_what_is_withheld(site: Sites) -> None:
    """The rules know all files and records: there is nothing to report."""
    assert wiki_with(site, HIDDEN[0]).problems() == []


def test_a_source_that_is_hidden_itself_is_cited_by_nobody(site: Sites) -> None:
    wiki = wiki_with(site, "ann: {title: Ann, full_name: {value: A, source: leaving}, text: 'Off.[^leaving]'}")
    wiki.replace("content/sources/s.yaml", "title:", "since: mid s01e02, title:").published()
    assert leaks(wiki, "leaving", "https://e.example/1") == set()
    assert 'class="cite"' not in wiki.page("characters/ann")
