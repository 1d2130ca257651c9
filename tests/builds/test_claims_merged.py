"""Stories of claims: what a news article says of another page's field, and where readers see it."""

from __future__ import annotations

import re
from html import unescape

import pytest
from tinysite import Site, Sites

pytestmark = pytest.mark.slow

HOME = "content/pages/about.md"
SERIES = "content/series/ser.md"
EARLY, LATE = "content/news/early.md", "content/news/late.md"


def article(title: str, date: str, *claims: str, more: str = "") -> str:
    rows = "".join(f"- {{{each}}}\n" for each in claims)
    return f"---\ntitle: {title}\nsummary: s\ndate: {date}\n{more}" + (f"claims:\n{rows}" if rows else "") + "---\n"


def ser(**fields: str) -> str:
    return "---\ntitle: Ser\n" + "".join(f"{name}: {value}\n" for name, value in fields.items()) + "---\n"


def words(site: Site, path: str) -> str:
    """The text of a page's main part, without marks of references."""
    main = site.page(path).partition("<main")[2].partition("</main>")[0]
    return " ".join(unescape(re.sub(r"<sup.*?</sup>|<[^>]*>", " ", f"<{main}")).split())


def built(site: Site, **options: object) -> Site:
    result = site.build(**options)
    assert not result.failed, "\n".join(map(str, result.problems))
    return site


def same_as_clean(site: Site, **options: object) -> None:
    """What is there now is what a build from nothing makes, byte for byte; what was there before is not."""
    before = site.tree()
    built(site, **options)
    found = site.tree()
    assert not site.clean(**options).failed
    wanted = site.tree()
    assert wanted != before, "the change shows nowhere: nothing could have been stale"
    assert {path for path in found.keys() | wanted.keys() if found.get(path) != wanted.get(path)} == set()


# What readers see


def test_a_claim_is_on_the_page_it_is_about_with_the_article_as_its_source(site: Sites) -> None:
    wiki = built(
        site({SERIES: ser(), EARLY: article("Early", "2024-05-06", "about: series/ser, field: genre, value: crime")})
    )
    assert "Genre crime" in words(wiki, "series/ser")
    assert "Test wiki , Early , 6 May 2024 ." in words(wiki, "series/ser")
    assert '<a href="../../news/early/index.html">Early</a>' in wiki.page("series/ser")
    assert "This changed Ser Genre: crime" in words(wiki, "news/early")


def test_the_newest_confirmed_claim_is_taken_and_older_ones_are_marked_on_both_pages(site: Sites) -> None:
    wiki = built(
        site(
            {
                SERIES: ser(),
                EARLY: article("Early", "2024", "about: series/ser, field: genre, value: crime"),
                LATE: article("Late", "2025", "about: series/ser, field: genre, value: comedy"),
            }
        )
    )
    page = words(wiki, "series/ser")
    assert "Genre comedy" in page
    assert "Earlier reports Genre: crime superseded by Late" in page
    assert "Genre: crime superseded by Late" in words(wiki, "news/early")
    assert "superseded" not in words(wiki, "news/late")


def test_what_the_record_says_itself_comes_first(site: Sites) -> None:
    wiki = built(
        site(
            {
                SERIES: ser(genre="drama"),
                EARLY: article("Early", "2024", "about: series/ser, field: genre, value: crime"),
                LATE: article("Late", "2025", "about: series/ser, field: genre, value: drama"),
            }
        )
    )
    assert "Genre drama" in words(wiki, "series/ser")
    assert "Genre: crime superseded; the page now says: drama" in words(wiki, "news/early")
    assert "superseded" not in words(wiki, "news/late")


def test_a_rumour_stands_only_where_there_is_nothing_else(site: Sites) -> None:
    files = {
        SERIES: ser(),
        LATE: article("Late", "2025", "about: series/ser, field: genre, value: opera, confidence: rumoured"),
    }
    wiki = built(site(files))
    assert "Genre opera rumoured" in words(wiki, "series/ser")
    wiki.write(EARLY, article("Early", "2024", "about: series/ser, field: genre, value: crime"))
    assert "Genre crime" in words(built(wiki), "series/ser")
    assert "Opera" not in words(wiki, "series/ser")
    assert "Reported here Ser Genre: opera rumoured not confirmed; the page does not say so" in words(wiki, "news/late")


def test_a_report_that_came_true_says_so(site: Sites) -> None:
    wiki = built(
        site(
            {
                SERIES: ser(),
                EARLY: article(
                    "Early",
                    "2024-05-04",
                    "about: series/ser, field: status, value: renewed",
                    more="confidence: reported\n",
                ),
                LATE: article(
                    "Late", "2024-05-06", "about: series/ser, field: status, value: renewed, from: 2024-05-06"
                ),
            }
        )
    )
    assert "Status: Renewed reported confirmed by Late" in words(wiki, "news/early")
    assert words(wiki, "series/ser").count("Renewed") == 2, "once in the box, once in the timeline"


def test_claims_about_a_history_are_steps_in_order_of_their_dates_and_never_double(site: Sites) -> None:
    wiki = built(
        site(
            {
                SERIES: ser(status="[{value: ordered, from: 2023-02}, {value: ended, from: 2025-01-01}]"),
                EARLY: article("Early", "2024", "about: series/ser, field: status, value: ordered, from: 2023-02-03"),
                LATE: article("Late", "2024-05", "about: series/ser, field: status, value: renewed, from: 2024-05"),
            }
        )
    )
    steps = words(wiki, "series/ser").partition("Production timeline")[2]
    assert steps.startswith(" February 2023 Ordered May 2024 Renewed 1 January 2025 Ended")


def test_a_claimed_reference_is_seen_from_its_other_end(site: Sites) -> None:
    wiki = built(
        site(
            {
                SERIES: ser(),
                "content/organizations/one.md": "---\ntitle: One\n---\n",
                "content/organizations/two.md": "---\ntitle: Two\n---\n",
                EARLY: article("Early", "2024", "about: series/ser, field: spun_off_from, value: old"),
                "content/series/old.md": "---\ntitle: Old\n---\n",
                LATE: article("Late", "2025", "about: series/ser, field: service, value: two"),
            }
        )
    )
    assert "Ser" in words(wiki, "organizations/two")
    assert "Ser" not in words(wiki, "organizations/one")
    assert "Ser" in words(wiki, "series/old")


def test_an_article_tells_which_values_cite_it(site: Sites) -> None:
    wiki = built(
        site(
            {
                SERIES: ser(
                    genre="{value: crime, source: early}",
                    country="{value: X, source: [early]}",
                    credits="[{person: ann, job: Director, source: early}]",
                ),
                "content/people/ann.md": "---\ntitle: Ann\nsource: early\n---\n",
                EARLY: article("Early", "2024"),
            }
        )
    )
    changed = words(wiki, "news/early").partition("This changed")[2]
    assert "Ann the page as a whole with this report as a source" in changed
    assert (
        "Ser Genre, Country, Credits with this report as a source" in changed
        or "Ser Credits, Country, Genre" in changed
    )
    assert "Early" in words(wiki, "series/ser").partition("Sources")[2]


# What may be known


EPISODES = {
    "content/seasons/ser-1.md": "---\nseries: ser\nnumber: 1\n---\n",
    "content/episodes/e1.md": "---\nseason: ser-1\nnumber: 1\n---\n",
}
SECRET = "about: series/ser, field: genre, value: zombies"


@pytest.mark.parametrize(
    "written",
    [
        article("Late", "2025", f"{SECRET}, since: ser s01e01"),
        article("Late", "2025", SECRET, more="since: ser s01e01\n"),
        article("Late", "2025", SECRET, more="draft: true\n"),
        article("Late", "2025", SECRET, more="publish_at: 2030-01-01\n"),
    ],
    ids=["hidden claim", "hidden article", "draft", "scheduled"],
)
def test_what_may_not_be_known_yet_changes_nothing(site: Sites, written: str) -> None:
    files = {
        SERIES: ser(),
        **EPISODES,
        EARLY: article("Early", "2024", "about: series/ser, field: genre, value: crime"),
    }
    wiki = built(site(files | {LATE: written}))
    assert not [path for path, made in wiki.tree().items() if b"ombies" in made]
    assert "Genre crime" in words(wiki, "series/ser")
    assert "superseded" not in words(wiki, "news/early")


def test_what_a_claim_hides_is_told_to_those_who_know(site: Sites) -> None:
    known = "title: T\nbase_url: https://w.example/\nspoilers: {default: all}\n"
    files = {
        "site.yaml": known,
        SERIES: ser(),
        **EPISODES,
        LATE: article("Late", "2025", f"{SECRET}, since: ser s01e01"),
    }
    assert "Genre zombies" in words(built(site(files)), "series/ser")


# What is made anew


def test_a_first_claim_makes_the_page_it_is_about_anew(site: Sites) -> None:
    wiki = built(
        site({SERIES: ser(), "content/people/ann.md": "---\ntitle: Ann\n---\n", EARLY: article("Early", "2024")})
    )
    wiki.write(EARLY, article("Early", "2024", "about: series/ser, field: genre, value: crime"))
    made = {path for path in wiki.build().written if path.startswith(("series/", "news/", "people/"))}
    assert made == {"series/ser/index.html", "news/early/index.html"}
    found = wiki.tree()
    assert not wiki.clean().failed
    assert wiki.tree() == found


CHANGES = {
    "another value": (LATE, "value: comedy", "value: opera"),
    "another confidence": (LATE, "confidence: confirmed", "confidence: rumoured"),
    "another field": (LATE, "field: genre", "field: country"),
    "another page": (LATE, "about: series/ser", "about: series/old"),
    "no claim any more": (LATE, "- {about: series/ser, field: genre, value: comedy, confidence: confirmed}\n", ""),
    "an earlier date": (LATE, "date: 2025", "date: 2020"),
    "another title": (LATE, "title: Late", "title: Later"),
    "a draft": (LATE, "summary: s", "summary: s\ndraft: true"),
    "the record speaks": (SERIES, "title: Ser", "title: Ser\ngenre: drama"),
    "the record has another title": (SERIES, "title: Ser", "title: Serial"),
}


@pytest.mark.parametrize("name", CHANGES)
def test_after_a_change_all_is_as_in_a_clean_build(site: Sites, name: str) -> None:
    claim = "about: series/ser, field: genre, value: comedy, confidence: confirmed"
    wiki = built(
        site(
            {
                SERIES: ser(),
                "content/series/old.md": "---\ntitle: Old\n---\n",
                EARLY: article("Early", "2024", "about: series/ser, field: genre, value: crime"),
                LATE: article("Late", "2025", claim),
            }
        )
    )
    path, old, new = CHANGES[name]
    wiki.replace(path, old, new)
    same_as_clean(wiki)
    wiki.replace(path, new, old) if new else wiki.write(LATE, article("Late", "2025", claim))
    same_as_clean(wiki)


def test_a_claim_about_a_former_id(site: Sites) -> None:
    wiki = built(
        site(
            {
                SERIES: ser(was="[older]"),
                "content/series/old.md": "---\ntitle: Old\n---\n",
                EARLY: article("Early", "2024"),
            }
        )
    )
    wiki.write(EARLY, article("Early", "2024", "about: series/older, field: genre, value: crime"))
    same_as_clean(wiki)
    assert "Genre crime" in words(wiki, "series/ser")
    wiki.write(SERIES, ser()).write("content/series/old.md", "---\ntitle: Old\nwas: [older]\n---\n")
    same_as_clean(wiki)
    assert "Genre crime" in words(wiki, "series/old")


def test_the_order_of_a_list_follows_a_claimed_date(site: Sites) -> None:
    work = "---\ntitle: {}\nkind: novel\n---\n"
    wiki = built(
        site(
            {
                "content/works/a.md": work.format("Anew"),
                "content/works/b.md": work.format("Bold").replace("kind", "published: 2020\nkind"),
                EARLY: article("Early", "2024"),
            }
        )
    )
    wiki.write(EARLY, article("Early", "2024", "about: work/a, field: published, value: 2019"))
    same_as_clean(wiki)
    works = words(wiki, "works")
    assert works.index("Anew") < works.index("Bold")


# Problems

WRONG = {
    "about: series/serr, field: genre, value: x": "4:15: error[ref-resolves]: about points at series/serr, which does not exist. Did you mean ser?",
    "about: series/ser, field: genra, value: x": "4:31: error[claim-resolves]: series has no field genra. Did you mean genre?",
    "about: series/ser, field: title, value: x": "4:31: error[claim-resolves]: title can't be claimed. Write it in the record itself.",
    "about: series/ser, field: credits, value: x": "4:31: error[claim-resolves]: credits can't be claimed. Write it in the record itself.",
    "about: series/ser, field: status, value: renewd": "4:46: error[claim-resolves]: status must be one of: in development, ordered, filming, released, renewed, ended. Did you mean renewed?",
    "about: series/ser, field: service, value: org-o": "4:47: error[claim-resolves]: service points at organization/org-o, which does not exist. Did you mean org-one?",
    "about: series/ser, field: genre": "4:3: error[field-required]: this claim needs the field value. Add value: …, inside the braces.",
    "about: series/ser, field: genre, value: x, since: ser s09": "4:47: error[since-resolves]: since ser s09 names an episode that ser does not have. Write the series' id and an episode, such as ser s01e01.",
    "about: series/ser, field: genre, value: x, source: nobody": "4:47: error[ref-resolves]: source names source/nobody, which does not exist. Add a record to content/sources/, or define the footnote.",
}


@pytest.mark.parametrize("claim", WRONG)
def test_a_wrong_claim_is_told_where_it_stands(site: Sites, claim: str) -> None:
    news = f"---\ntitle: N\nclaims:\n- {{{claim}}}\ndate: 2024\nsummary: s\n---\n"
    wiki = site(
        {
            SERIES: ser(),
            **EPISODES,
            "content/organizations/org-one.md": "---\ntitle: One\n---\n",
            "content/news/n.md": news,
        }
    )
    found = [str(each) for each in wiki.problems() if each.severity == "error"]
    assert len(found) == 1
    assert found[0].startswith("content/news/n.md:")
    assert found[0].partition(": ")[2] == WRONG[claim].partition(": ")[2]
    line = int(found[0].split(":")[1])
    assert line == 4, found[0]


def test_a_claimed_state_is_looked_after_like_any_other(site: Sites) -> None:
    wiki = site(
        {SERIES: ser(), EARLY: article("Early", "2020", "about: series/ser, field: status, value: filming, from: 2020")}
    )
    assert "content/series/ser.md:2:1: info[status-current]: status has been filming since 2020" in str(
        [*map(str, wiki.problems(notes=True))]
    )


def test_a_page_does_not_cite_itself(site: Sites) -> None:
    wiki = built(
        site({SERIES: ser(), EARLY: article("Early", "2024", "about: series/ser, field: genre, value: crime")})
    )
    assert "Sources" not in words(wiki, "news/early")
