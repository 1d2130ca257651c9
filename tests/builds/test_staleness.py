"""What a page read without seeming to. Each of these once was, or could be, a page that stayed as it was."""

from __future__ import annotations

from datetime import timedelta

import pytest
from tinysite import NOON, SETTINGS, Site, Sites

from ballardwiki.config import inputs


def same_as_clean(site: Site, **options: object) -> None:
    """What is there now is what a build from nothing makes; what was there before is not."""
    before = site.tree()
    assert not site.build(**options).failed
    found = site.tree()
    assert not site.clean(**options).failed
    wanted = site.tree()
    assert wanted != before, "the change shows nowhere: nothing could have been stale"
    assert {path for path in found.keys() | wanted.keys() if found.get(path) != wanted.get(path)} == set()


SERIES = {
    "content/people/ann.md": "---\ntitle: Ann\n---\n",
    "content/series/ser.md": "---\ntitle: Ser\n---\n",
    "content/seasons/ser-1.md": "---\nseries: ser\nnumber: 1\n---\n",
    "content/episodes/e1.md": "---\nseason: ser-1\nnumber: 1\nsince: s01e01\n"
    "credits: [{person: ann, job: Director}]\n---\n",
}


def test_a_credit_appears_with_the_episode_it_is_written_in(site: Sites) -> None:
    wiki = site(SERIES).published()
    wiki.replace("content/episodes/e1.md", "since: s01e01\n", "")
    same_as_clean(wiki)


def test_a_credit_is_withheld_with_the_episode_it_is_written_in(site: Sites) -> None:
    wiki = site(SERIES)
    wiki.replace("content/episodes/e1.md", "since: s01e01\n", "").published()
    wiki.replace("content/episodes/e1.md", "number: 1\n", "number: 1\nsince: s01e01\n")
    same_as_clean(wiki)


def test_a_field_takes_many_values_now(site: Sites) -> None:
    wiki = site(
        {
            "types/thing.yaml": "label: Thing\nfolder: things\nurl: /things/{id}/\nfields: {nick: {kind: text}}\n",
            "content/things/a.md": "---\ntitle: A\nnick: b\n---\n",
            "templates/thing.html": "{{ 'many' if entity.nick is sequence else 'one' }}",
        }
    ).published()
    wiki.replace("types/thing.yaml", "{kind: text}", "{kind: text, many: true}")
    same_as_clean(wiki)


def test_the_markdown_engine(site: Sites) -> None:
    wiki = site({"content/people/ann.md": "---\ntitle: Ann\n---\nOne ~~two~~\n2. three\n"})
    assert not wiki.build().failed
    wiki.write("site.yaml", SETTINGS + "markdown: {engine: commonmark}\n")
    same_as_clean(wiki)


def test_time_goes_back_before_a_scheduled_page(site: Sites) -> None:
    wiki = site({"content/people/ann.md": "---\ntitle: Ann\npublish_at: 2025-07-09T11:00\n---\n"}).published()
    wiki.published()
    same_as_clean(wiki, now=NOON - timedelta(hours=2))


def test_a_relative_link_of_an_article_that_moved_as_it_is(site: Sites) -> None:
    wiki = site(
        {
            "content/news/n.md": "---\ntitle: N\ndate: 2025-01-01\n---\nSee [it](../people/a.md).\n",
            "content/people/a.md": "---\ntitle: Ann\n---\nx\n",
            "content/news/people/a.md": "---\ntitle: A report\ndate: 2025-01-02\n---\nx\n",
        }
    ).published()
    assert '/people/a/">it</a>' in wiki.page("feed.xml")
    wiki.move("content/news/n.md", "content/news/old/n.md")
    same_as_clean(wiki)
    assert '/news/a/">it</a>' in wiki.page("feed.xml")


def test_the_line_in_which_an_entity_is_written_without_a_code_host(site: Sites) -> None:
    files = {"templates/person.html": "{{ entity.origin.line }}", "content/people/p.yaml": "ann: {title: Ann}\n"}
    wiki = site(files).published()
    wiki.write("content/people/p.yaml", "# a remark\nann: {title: Ann}\n")
    same_as_clean(wiki)
    assert wiki.page("people/ann") == "2"


THINGS = {
    "types/thing.yaml": "label: Thing\nfolder: things\nurl: /things/{id}/\n"
    "fields: {keeper: {kind: ref, to: person}, size: {kind: text}, colour: {kind: text}}\n",
    "templates/thing.html": "{{ entity.keeper }} {{ entity.size }} {{ entity.colour }}",
}


def test_another_page_tells_the_file_in_which_an_entity_is_written(site: Sites) -> None:
    wiki = site(
        {
            **THINGS,
            "templates/thing.html": "{{ entity.keeper.origin.path }}",
            "content/people/p.yaml": "ann: {title: Ann}\n",
            "content/things/t.md": "---\ntitle: T\nkeeper: ann\n---\n",
        }
    ).published()
    wiki.move("content/people/p.yaml", "content/people/q.yaml")
    same_as_clean(wiki)
    assert wiki.page("things/t") == "content/people/q.yaml"


def test_a_template_asks_for_a_record_before_its_time_has_come(site: Sites) -> None:
    wiki = site(
        {
            **THINGS,
            "templates/thing.html": "{{ site.entity('person/ann') }}",
            "content/people/ann.md": "---\ntitle: Ann\npublish_at: 2025-07-09T13:00\n---\n",
            "content/things/t.md": "---\ntitle: T\n---\n",
        }
    ).published()
    assert wiki.page("things/t") == "None"
    same_as_clean(wiki, now=NOON + timedelta(hours=2))
    assert "Ann" in wiki.page("things/t")


def test_a_value_that_a_preview_held_back_for_a_mistake_beside_it(site: Sites) -> None:
    """What is shown in its place is what was read before; against that the mended file is held."""
    wiki = site(
        {
            **THINGS,
            "templates/thing.html": "{{ entity.keeper.born }}",
            "content/people/ann.md": "---\ntitle: Ann\nborn: 1970\n---\n",
            "content/things/t.md": "---\ntitle: T\nkeeper: ann\n---\n",
        }
    ).published()
    wiki.replace("content/people/ann.md", "born: 1970\n", "born: 1971\nbron: x\n")
    assert wiki.build(preview=True).failed and wiki.page("things/t") == "1970"
    wiki.replace("content/people/ann.md", "bron: x\n", "")
    same_as_clean(wiki, preview=True)
    assert wiki.page("things/t") == "1971"


def test_another_version_of_the_program(site: Sites, monkeypatch: pytest.MonkeyPatch) -> None:
    wiki = site({"content/people/ann.md": "---\ntitle: Ann\n---\n"}).published()
    monkeypatch.setattr(inputs, "program", lambda: "another")
    assert {*wiki.build().rendered} == wiki.paths()


def test_one_of_two_hidden_values_may_be_told_now(site: Sites) -> None:
    """The page shows no text, which alone reads how far the story may be told."""
    wiki = site(
        {
            **THINGS,
            **SERIES,
            "content/things/t.md": "---\ntitle: T\nsize: {value: tall, since: ser s01e01}\n"
            "colour: {value: red, since: ser s01}\n---\n",
            "content/episodes/e2.md": "---\nseason: ser-1\nnumber: 2\n---\n",
        }
    ).published()
    assert wiki.page("things/t") == "None None None"
    wiki.write("site.yaml", SETTINGS + "spoilers: {ser: s01e01}\n")
    same_as_clean(wiki)
    assert wiki.page("things/t") == "None tall None"


def test_a_page_that_does_not_tell_where_it_is_written_stays_as_it_is(site: Sites) -> None:
    wiki = site({"content/people/p.yaml": "ann: {title: Ann}\n"}).published()
    wiki.write("content/people/p.yaml", "# a remark\nann: {title: Ann}\n")
    assert "people/ann/index.html" not in wiki.build().rendered


def test_records_in_records_of_a_draft_are_withheld_too(site: Sites) -> None:
    wiki = site(
        {
            "types/aa.yaml": "label: Aa\nfolder: aas\nurl: /aas/{id}/\nfields: {bs: {kind: records, of: bb}}\n",
            "types/bb.yaml": "label: Bb\nfields: {cs: {kind: records, of: cc}}\n",
            "templates/aa.html": "{{ entity.bs[0].cs|join }}",
            "types/cc.yaml": "label: Cc\nfields: {person: {kind: ref, to: person, inverse: ccs}}\n",
            "templates/person.html": "{{ entity.ccs|length }}",
            "content/people/ann.md": "---\ntitle: Ann\n---\n",
            "content/aas/x.md": "---\ntitle: X\nbs: [{cs: [{person: ann}]}]\n---\n",
        }
    ).published()
    assert wiki.has("aas/x") and wiki.page("people/ann") == "1"
    wiki.replace("content/aas/x.md", "title: X\n", "title: X\ndraft: true\n")
    same_as_clean(wiki)
    assert not wiki.has("aas/x") and wiki.page("people/ann") == "0"


def test_a_value_that_would_lead_out_of_the_site_is_the_fault_of_its_file(site: Sites) -> None:
    wiki = site(
        {
            "types/thing.yaml": "label: Thing\nfolder: things\nurl: /things/{kind}/\nfields: {kind: {kind: text}}\n",
            "content/things/a.md": "---\ntitle: A\nkind: ../../evil\n---\n",
        }
    )
    result = wiki.build()
    assert [problem.at.path for problem in result.problems] == ["content/things/a.md"]
    assert "internal" not in [problem.rule for problem in result.problems]


def test_to_find_out_what_is_stale_makes_no_page(site: Sites) -> None:
    wiki = site(SERIES | {"templates/person.html": "{{ entity.title }}"}).published()
    wiki.write("templates/person.html", "{{ entity.no_such_field }}")
    assert "template-valid" in wiki.rules()
    found = wiki.build(publish=False, compare=True)
    assert found.problems == () and found.rendered == ()
    assert found.comparison and list(found.comparison.stale) == ["people/ann/index.html"]


def test_a_value_that_was_told_may_not_be_told_any_more(site: Sites) -> None:
    """Nothing of the record was hidden before, and its file is as it was."""
    wiki = site(
        {
            **THINGS,
            **SERIES,
            "content/things/t.md": "---\ntitle: T\nsize: {value: tall, since: ser s01e01}\n---\n",
            "site.yaml": SETTINGS + "spoilers: {ser: s01e01}\n",
        }
    ).published()
    assert wiki.page("things/t") == "None tall None"
    wiki.write("site.yaml", SETTINGS + "spoilers: {ser: none}\n")
    same_as_clean(wiki)
    assert wiki.page("things/t") == "None None None"


def test_a_draft_that_is_edited_makes_no_page_for_readers_anew(site: Sites) -> None:
    wiki = site({**SERIES, "content/people/bob.md": "---\ntitle: Bob\ndraft: true\nborn: 1970\n---\n"}).published()
    wiki.replace("content/people/bob.md", "title: Bob\n", "title: Rob\naliases: [Bob]\n").replace(
        "content/people/bob.md", "1970", "1971"
    )
    comparison = wiki.build().comparison
    assert comparison and {path for path in comparison.stale if not path.startswith("wiki/")} == set()
