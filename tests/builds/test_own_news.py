"""A type of a site's own that is news: on the front page, in the feed, and listed in the order that it declares."""

from __future__ import annotations

import re

import pytest
from selectolax.lexbor import LexborHTMLParser
from tinysite import Site, Sites

NOTE = """\
label: Note
plural: Notes
folder: notes
url: /notes/{id}/
order: [-date]
dated: date
fields:
  title: {required: true}
  date: {kind: date, required: true}
"""


def notes(site: Sites, number: int, kind: str = NOTE) -> Site:
    """So many notes, one a day from 1 January 2025; the alphabet has them in another order."""
    rows = "".join(
        f"n{each}: {{title: {'Kiln Arrow Moss Bell Zinc Crow'.split()[each % 6]} {each}, "
        f"date: 2025-0{1 + each // 28}-{1 + each % 28:02}, text: Words.}}\n"
        for each in range(number)
    )
    return site({"types/note.yaml": kind, "content/notes/all.yaml": rows})


def numbers(made: Site, path: str, part: str) -> list[int]:
    """The notes that a page names, in its order."""
    links = LexborHTMLParser(made.page(path)).css(f"{part} a")
    return [int(hit[1]) for link in links if (hit := re.search(r"notes/n(\d+)/", link.attributes["href"] or ""))]


def test_its_list_is_in_the_declared_order_however_long(site: Sites) -> None:
    assert numbers(notes(site, 72).published(), "notes", "main") == [*range(71, -1, -1)]
    assert numbers(notes(site, 3).published(), "notes", "main") == [2, 1, 0]
    forwards = notes(site, 72, NOTE.replace("-date", "date")).published()
    assert numbers(forwards, "notes", "main") == [*range(72)]


def test_a_long_list_by_title_has_letters(site: Sites) -> None:
    made = notes(site, 72, NOTE.replace("-date", "title")).published()
    assert len(LexborHTMLParser(made.page("notes")).css("main h2")) == 6


def test_it_is_on_the_front_page_and_in_the_feed(site: Sites) -> None:
    made = notes(site, 12)
    made.write(
        "content/news/a.md", "---\ntitle: A report\nsummary: s\ndate: 2025-01-11 13:00\n---\nText.\n"
    ).published()
    latest = LexborHTMLParser(made.page("/")).css_first(".latest")
    assert latest is not None
    addresses = [(link.attributes["href"] or "").removesuffix("index.html") for link in latest.css("h3 a")]
    assert addresses == ["notes/n11/", "news/a/", *(f"notes/n{each}/" for each in range(10, 4, -1))]
    assert [link.text() for link in latest.css(".more a")] == ["All news", "All notes"]
    assert re.findall(r"<link>https://wiki.example/(\S+)</link>", made.page("feed.xml"))[:2] == [
        "notes/n11/",
        "news/a/",
    ]


def test_a_new_one_reaches_the_front_page(site: Sites) -> None:
    made = notes(site, 2).published()
    made.write("content/notes/more.yaml", "n9: {title: Late, date: 2025-03-01}\n").published()
    assert numbers(made, "/", ".latest") == [9, 1, 0]
    made.replace("content/notes/more.yaml", "2025-03-01", "2024-03-01").published()
    assert numbers(made, "/", ".latest") == [1, 0, 9]
    kept = made.tree()
    made.clean()
    assert made.tree() == kept


def test_a_template_may_ask_for_all_news(site: Sites) -> None:
    made = notes(site, 3)
    made.write("templates/page.html", "{% for each in site.news %}{{ each.id }} {% endfor %}")
    made.write("content/pages/p.md", "---\ntitle: P\n---\nText.\n").build()
    assert made.page("p").split() == ["n2", "n1", "n0"]


def test_of_one_day_the_last_id_is_the_newest_in_its_list_too(site: Sites) -> None:
    made = notes(site, 1)
    made.write(
        "content/notes/all.yaml", "".join(f"n{each}: {{title: T{9 - each}, date: 2025-03-01}}\n" for each in (2, 1, 3))
    )
    made.published()
    assert numbers(made, "notes", "main") == numbers(made, "/", ".latest") == [3, 2, 1]


@pytest.mark.parametrize("order", ["", "order: [-date]\n"])
def test_its_list_is_in_the_order_of_the_feed_within_a_day(site: Sites, order: str) -> None:
    kind = NOTE.replace("order: [-date]\n", order).replace("kind: date,", "kind: datetime,")
    made = site({"types/note.yaml": kind})
    rows = {
        "n1": ("Ash", "2025-03-01"),
        "n2": ("Birch", "2025-03-01 13:00"),
        "n3": ("Cedar", "2025-03-01 09:00"),
        "n4": ("Yew", "2024-03-01"),
    }
    made.write(
        "content/notes/all.yaml",
        "".join(f"{id_}: {{title: {title}, date: {date}}}\n" for id_, (title, date) in rows.items()),
    )
    made.published()
    assert numbers(made, "notes", "main") == numbers(made, "/", ".latest") == [2, 1, 3, 4]
    assert re.findall(r"<link>https://wiki.example/notes/n(\d)/</link>", made.page("feed.xml")) == ["2", "1", "3", "4"]


def test_what_lacks_its_date_is_no_news(site: Sites) -> None:
    kind = NOTE.replace("{kind: date, required: true}", "{kind: date}")
    wiki = site(
        {
            "types/note.yaml": kind,
            "content/notes/all.yaml": "a: {title: A, date: 2025-01-02}\nb: {title: B}\n",
            "templates/note.html": "[{{ entity.date_key }}] {{ site.news | map(attribute='id') | join(' ') }}",
        }
    ).published()
    assert [wiki.page(f"notes/{each}").strip() for each in "ab"] == ["[2025-01-02] a", "[] a"]
