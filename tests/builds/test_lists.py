"""The pages of a list: what stands on each, and that each depends on its own rows alone."""

from __future__ import annotations

from tinysite import Site, Sites

NOTES = """\
label: Note
plural: Notes
folder: notes
url: /notes/{id}/
order: [-date]
dated: date
index: {url: /notes/, per_page: 2, archive: year}
fields:
  title: {required: true}
  date: {kind: date, required: true}
"""
ROW = "{% for each in entities %}{{ each.title }} {% endfor %}{{ pager.number ~ '/' ~ pager.count if pager }}"


def notes(site: Sites, *days: str) -> Site:
    rows = "".join(f"n{day}: {{title: N{day}, date: {day}}}\n" for day in days)
    files = {"types/note.yaml": NOTES, "templates/index-note.html": ROW, "content/notes/n.yaml": rows}
    return site(files).published()


def test_each_page_has_its_rows_and_each_year_its_own(site: Sites) -> None:
    wiki = notes(site, "2023-01-01", "2024-01-01", "2024-02-01", "2024-03-01", "2025-01-01")
    assert wiki.page("notes") == "N2025-01-01 N2024-03-01 1/3"
    assert wiki.page("notes/page/3") == "N2023-01-01 3/3"
    assert wiki.page("notes/2024") == "N2024-03-01 N2024-02-01 N2024-01-01 "


def test_a_title_is_read_by_the_page_that_shows_it(site: Sites) -> None:
    wiki = notes(site, "2023-01-01", "2023-02-01", "2024-01-01", "2024-02-01")
    wiki.replace("content/notes/n.yaml", "title: N2023-01-01", "title: Other")
    listed = {path for path in wiki.build().rendered if path.startswith("notes/") and "/n2" not in path}
    assert listed == {"notes/page/2/index.html", "notes/2023/index.html"}


def test_an_old_note_more_changes_the_last_page_alone(site: Sites) -> None:
    wiki = notes(site, "2023-02-01", "2024-01-01", "2024-02-01")
    wiki.write("content/notes/old.yaml", "old: {title: Old, date: 2023-01-01}\n")
    listed = {path for path in wiki.build().rendered if path.startswith("notes/") and "/n2" not in path}
    assert listed == {"notes/page/2/index.html", "notes/2023/index.html", "notes/old/index.html"}


def test_a_page_more_changes_what_all_say_of_their_number(site: Sites) -> None:
    wiki = notes(site, "2024-01-01", "2024-02-01")
    wiki.write("content/notes/old.yaml", "old: {title: Old, date: 2023-01-01}\n").published()
    assert wiki.page("notes") == "N2024-02-01 N2024-01-01 1/2"
    wiki.delete("content/notes/old.yaml").published()
    assert wiki.page("notes") == "N2024-02-01 N2024-01-01 1/1" and not wiki.has("notes/2023")


def test_what_a_name_may_mean_names_a_few_others_of_many(site: Sites) -> None:
    rows = "".join(f"p{number}: {{title: P{number}, aliases: [Same]}}\n" for number in range(6))
    wiki = site({"content/people/p.yaml": rows}).published()
    assert "Same may also mean" in wiki.page("people/p0")
    hatnote = wiki.page("people/p1").partition('class="hatnote">')[2].partition("</p>")[0]
    assert [f"P{number}<" in hatnote for number in range(6)] == [True, False, True, False, False, False]
    wiki.replace("content/people/p.yaml", "title: P2", "title: Other").published()
    assert "Other<" in wiki.page("people/p0")
