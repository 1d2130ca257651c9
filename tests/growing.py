"""Sites that grow in one thing: name -> the files of a project with so many of it. For tests of what content costs."""

from __future__ import annotations

from collections.abc import Callable, Iterable

Files = dict[str, str]


def person(name: str, text: str = "", fields: str = "") -> str:
    return f"---\ntitle: {name}\n{fields}---\n{text}\n"


def article(number: int, text: str = "x", fields: str = "") -> str:
    return f"---\ntitle: Report {number}\ndate: 2025-07-01\nsources: [s1]\n{fields}---\n{text}\n"


SOURCES = {"content/sources/s.yaml": "s1: {title: A source, url: https://example.org/1}\n"}
WORK = SOURCES | {"content/works/k.md": "---\ntitle: Known\nkind: film\n---\nx\n"}
SERIES = SOURCES | {
    "content/people/ann.md": person("Ann"),
    "content/characters/cat.md": "---\ntitle: Cat\n---\n",
    "content/series/zed.md": "---\ntitle: Zed\n---\n",
    "content/seasons/zed-1.md": "---\nseries: zed\nnumber: 1\n---\n",
    "content/episodes/e0.md": "---\nseason: zed-1\nnumber: 1\ntitle: Pilot\n---\n",
}


def records(row: Iterable[str]) -> str:
    return "".join(f"{each}\n" for each in row)


def _claims(n: int, value: Callable[[int], str], field: str = "details", extra: str = "") -> Files:
    return WORK | {
        f"content/news/n{i}.md": article(
            i, fields=f"claims:\n  - {{about: work/k, field: {field}, value: {value(i)}{extra}}}\n"
        )
        for i in range(n)
    }


def _episodes(n: int, season: str = "zed-1") -> str:
    return records(f"e{i}: {{season: {season}, number: {i + 1}, title: Part {i}, aired: 2025-07-08}}" for i in range(n))


def _series(n: int) -> Files:
    kept = {path: text for path, text in SERIES.items() if "episodes" not in path}
    return kept | {"content/episodes/all.yaml": _episodes(n)}


NOTES = """\
label: Note
plural: Notes
folder: notes
url: /notes/{id}/
order: [-date]
dated: date
index: {url: /notes/, per_page: 10%s}
fields:
  title: {required: true}
  date: {kind: date, required: true}
"""


def _notes(n: int, archive: str = "") -> Files:
    days = (f"{1990 + i // 336}-{i // 28 % 12 + 1:02}-{i % 28 + 1:02}" for i in range(n))
    return {
        "types/note.yaml": NOTES % archive,
        "content/notes/n.yaml": records(
            f"n{i}: {{title: Note {i}, date: {day}, text: Words.}}" for i, day in enumerate(days)
        ),
    }


def people(n: int, more: Callable[[int], str] = lambda _: "") -> str:
    return records(f"p{i}: {{title: Person number {i}{more(i)}}}" for i in range(n))


SITES: dict[str, Callable[[int], Files]] = {
    "claims on one field, all different": lambda n: _claims(n, lambda i: f"v{i}"),
    "claims on one field, all alike": lambda n: _claims(n, lambda _: "same"),
    "claims on one field of one value": lambda n: _claims(n, lambda i: f"v{i}", "summary"),
    "rumours on one field": lambda n: _claims(n, lambda i: f"v{i}", extra=", confidence: rumoured"),
    "rumours alike on one field": lambda n: _claims(n, lambda _: "same", extra=", confidence: rumoured"),
    "claims of one article on one record": lambda n: (
        WORK
        | {
            "content/news/n.md": article(
                0, fields="claims:\n" + records(f"  - {{about: work/k, field: details, value: v{i}}}" for i in range(n))
            )
        }
    ),
    "claims of relations to one record": lambda n: (
        WORK
        | {"content/characters/c.yaml": people(n), "content/characters/ann.md": person("Ann")}
        | {
            f"content/news/n{i}.md": article(
                i, fields=f"claims:\n  - {{about: character/p{i}, field: relatives, value: ann}}\n"
            )
            for i in range(n)
        }
    ),
    "red links in one text": lambda n: {
        "content/people/x.md": person("X", " ".join(f"[[Wanted page {i} xyz]]" for i in range(n)))
    },
    "red links and pages": lambda n: {
        "content/people/p.yaml": people(n, lambda i: f", aliases: [Alias {i}, Nick {i}]"),
        "content/people/x.md": person("X", " ".join(f"[[Wanted page {i} xyz]]" for i in range(n))),
    },
    "texts with one red link": lambda n: {f"content/people/p{i}.md": person(f"P{i}", "[[Nobody]]") for i in range(n)},
    "red links to files": lambda n: {
        f"content/people/p{i}.md": person(f"P{i}", f"[a](missing{i}.md) [b](/nowhere/{i}/)") for i in range(n)
    },
    "people of one alias": lambda n: {"content/people/p.yaml": people(n, lambda _: ", aliases: [Same]")},
    "people of one title": lambda n: {"content/people/p.yaml": records(f"p{i}: {{title: Same}}" for i in range(n))},
    "aliases that are one title": lambda n: {
        "content/people/p.yaml": people(n, lambda _: ", aliases: [Ann]"),
        "content/people/ann.md": person("Ann"),
    },
    "links to a name of many": lambda n: (
        {"content/people/p.yaml": people(n, lambda _: ", aliases: [Same]")}
        | {f"content/people/q{i}.md": person(f"Q{i}", "[[Same]]") for i in range(n)}
    ),
    "credits of one person": lambda n: (
        SERIES
        | {
            "content/episodes/all.yaml": records(
                f"f{i}: {{season: zed-1, number: {i + 2}, credits: [{{person: ann, character: cat}}]}}"
                for i in range(n)
            )
        }
    ),
    "credits of one person in many series": lambda n: (
        SERIES
        | {
            "content/series/all.yaml": records(
                f"s{i}: {{title: Series {i}, number: {i}, credits: [{{person: ann, job: Director}}]}}" for i in range(n)
            )
        }
    ),
    "credits of one episode": lambda n: (
        SERIES
        | {
            "content/people/p.yaml": people(n),
            "content/episodes/e1.yaml": "e1: {season: zed-1, number: 2, title: Two, credits: ["
            + ", ".join(f"{{person: p{i}, note: a part}}" for i in range(n))
            + "]}\n",
        }
    ),
    "credits of one series": lambda n: (
        SERIES
        | {
            "content/people/p.yaml": people(n),
            "content/characters/c.yaml": records(f"c{i}: {{title: Character number {i}}}" for i in range(n)),
            "content/series/zed.md": "---\ntitle: Zed\ncredits:\n"
            + records(f"  - {{person: p{i}, character: c{i}, billing: main, episodes: s01e01}}" for i in range(n))
            + "---\n",
        }
    ),
    "people who played one part": lambda n: (
        SERIES
        | {
            "content/people/p.yaml": people(n),
            "content/series/zed.md": "---\ntitle: Zed\ncredits:\n"
            + records(f"  - {{person: p{i}, character: cat, billing: main}}" for i in range(n))
            + "---\n",
        }
    ),
    "episodes of a season": _series,
    "episodes of a season with credits": lambda n: (
        _series(n)
        | {
            "content/seasons/zed-1.md": "---\nseries: zed\nnumber: 1\ncredits:\n  - {person: ann, character: cat, billing: main}\n"
            "  - {person: ann, job: Writer, episodes: [s01e01-s01e09], except: s01e03}\n---\n"
        }
    ),
    "episodes of a series with credits": lambda n: (
        _series(n)
        | {
            "content/series/zed.md": "---\ntitle: Zed\ncredits:\n  - {person: ann, character: cat, billing: main}\n"
            "  - {person: ann, job: Writer, episodes: [s01e01-s01e09], except: s01e03}\n---\n"
        }
    ),
    "seasons of a series": lambda n: (
        SERIES
        | {
            "content/seasons/all.yaml": records(f"t{i}: {{series: zed, number: {i + 2}}}" for i in range(n)),
            "content/episodes/all.yaml": records(f"f{i}: {{season: t{i}, number: 1, title: E{i}}}" for i in range(n)),
            "content/series/zed.md": "---\ntitle: Zed\ncredits:\n  - {person: ann, character: cat, episodes: s01e01-s03e01}\n---\n",
        }
    ),
    "series": lambda n: (
        SERIES
        | {
            "content/series/all.yaml": records(f"s{i}: {{title: Series {i}, number: {i}}}" for i in range(n)),
            "content/seasons/all.yaml": records(f"t{i}: {{series: s{i}, number: 1}}" for i in range(n)),
            "content/episodes/all.yaml": records(
                f"f{i}: {{season: t{i}, number: 1, aired: 2025-07-08}}" for i in range(n)
            ),
            "content/people/bob.md": person("Bob", "".join(f"||Series {i} S01E01: w|| " for i in range(n))),
        }
    ),
    "values of one field": lambda n: {
        "content/people/ann.md": person("Ann", fields=f"occupations: [{', '.join(f'job {i}' for i in range(n))}]\n")
    },
    "relations of one record": lambda n: {
        "content/characters/c.yaml": people(n),
        "content/characters/ann.md": person("Ann", fields=f"relatives: [{', '.join(f'p{i}' for i in range(n))}]\n"),
    },
    "aliases of one record": lambda n: {
        "content/people/ann.md": person("Ann", fields=f"aliases: [{', '.join(f'Alias {i}' for i in range(n))}]\n")
    },
    "footnotes of one text": lambda n: {
        "content/people/ann.md": person(
            "Ann", " ".join(f"a[^n{i}]" for i in range(n)) + "\n\n" + "\n".join(f"[^n{i}]: Note {i}." for i in range(n))
        )
    },
    "marks of one footnote": lambda n: {"content/people/ann.md": person("Ann", "a[^n] " * n + "\n\n[^n]: Note.")},
    "tags of one record": lambda n: {
        "content/people/ann.md": person("Ann", fields=f"tags: [{', '.join(f'word tag {i}' for i in range(n))}]\n")
    },
    "members of one tag": lambda n: {"content/people/p.yaml": people(n, lambda _: ", tags: [one tag]")},
    "members of two tags": lambda n: {
        "content/people/p.yaml": people(n, lambda i: f", tags: [one tag, other tag {i}]")
    },
    "rows of a paged list": _notes,
    "rows of a list with an archive": lambda n: _notes(n, ", archive: year"),
    "news": lambda n: SOURCES | {f"content/news/n{i}.md": article(i) for i in range(n)},
    "links to one page": lambda n: (
        {"content/people/ann.md": person("Ann")}
        | {f"content/people/p{i}.md": person(f"P{i}", "Here is [[Ann]], a person.") for i in range(n)}
    ),
    "hidden links to one page": lambda n: (
        SERIES
        | {f"content/people/p{i}.md": person(f"P{i}", "A ||Zed S01E01: [[Ann]], a person|| b.") for i in range(n)}
    ),
    "names for one page": lambda n: (
        {"content/people/ann.md": person("Ann", fields=f"aliases: [{', '.join(f'Alias {i}' for i in range(n))}]\n")}
        | {f"content/people/p{i}.md": person(f"P{i}", f"Here is [[Alias {i}]], a person.") for i in range(n)}
    ),
    "mentions in one text": lambda n: {
        "content/people/p.yaml": people(n),
        "content/people/ann.md": person("Ann", "\n\n".join(f"See [[Person number {i}]] there." for i in range(n))),
    },
    "mentions in one sentence": lambda n: {
        "content/people/p.yaml": people(n),
        "content/people/ann.md": person("Ann", " ".join(f"[[Person number {i}]]" for i in range(n))),
    },
    "mentions of one page in one text": lambda n: {
        "content/people/bob.md": person("Bob"),
        "content/people/ann.md": person("Ann", "\n\n".join("See [[Bob]] there." for _ in range(n))),
    },
    "former ids of one page": lambda n: {
        "content/people/ann.md": person("Ann", fields=f"was: [{', '.join(f'old{i}' for i in range(n))}]\n")
    },
    "pages with a former id": lambda n: {"content/people/p.yaml": people(n, lambda i: f", was: [old{i}]")},
    "links by former ids": lambda n: {
        "content/characters/p.yaml": people(n, lambda i: f", was: [old{i}], relatives: [old{(i + 1) % n}]")
    },
    "addresses that are gone": lambda n: {"gone.yaml": records(f"/people/old{i}/: why {i}" for i in range(n))},
    "sources": lambda n: {
        "content/sources/s.yaml": records(
            f"s{i}: {{title: Source {i}, url: https://example.org/{i}}}" for i in range(n)
        ),
        "content/people/ann.md": person("Ann", "".join(f"a[^s{i}] " for i in range(n))),
    },
    "records of one source": lambda n: (
        SOURCES | {"content/people/p.yaml": people(n, lambda _: ", born: {value: 1970, source: s1}, source: s1")}
    ),
    "records of one article": lambda n: (
        SOURCES
        | {
            "content/news/n1.md": article(1),
            "content/people/p.yaml": people(n, lambda _: ", born: {value: 1970, source: n1}, source: n1"),
        }
    ),
    "images of one text": lambda n: (
        {"content/people/ann.md": person("Ann", "\n".join(f"![picture {i}](/media/p{i}.png)\n" for i in range(n)))}
        | {f"media/p{i}.png": "x" for i in range(n)}
    ),
    "images that are missing": lambda n: (
        {"content/people/ann.md": person("Ann", "\n".join(f"![picture {i}](/media/q{i}.jpeg)\n" for i in range(n)))}
        | {f"media/p{i}.png": "x" for i in range(n)}
    ),
    "nested sections": lambda n: (
        SERIES
        | {
            "content/people/bob.md": person(
                "Bob", "".join(f'{"#" * (2 + i % 5)} Head {i} {{since="Zed S01E01"}}\n\nx\n\n' for i in range(n))
            )
        }
    ),
    "hidden words of one text": lambda n: (
        SERIES | {"content/people/bob.md": person("Bob", "".join(f"a ||Zed S01E01: w{i}|| b. " for i in range(n)))}
    ),
    "headings of one text": lambda n: {
        "content/people/ann.md": person("Ann", "".join(f"## Head {i}\n\nx\n\n" for i in range(n)))
    },
    "headings alike": lambda n: {"content/people/ann.md": person("Ann", "## Head\n\nx\n\n" * n)},
    "links to headings": lambda n: {
        "content/people/ann.md": person(
            "Ann", "".join(f"## Head {i}\n\n[[#Head {i}]] [[Ann#Head {i}]]\n\n" for i in range(n))
        )
    },
    "links to headings that are missing": lambda n: {
        "content/people/ann.md": person("Ann", "".join(f"## Head {i}\n\n[[Ann#Part {i}]]\n\n" for i in range(n)))
    },
    "paragraphs": lambda n: {"content/people/ann.md": person("Ann", "Some words, and more.\n\n" * n)},
    "lines of a paragraph": lambda n: {"content/people/ann.md": person("Ann", "Some words, and more.\n" * n)},
    "table rows": lambda n: {"content/people/ann.md": person("Ann", "|a|b|\n|-|-|\n" + "|c|[[Ann]]|\n" * n)},
    "items of a list": lambda n: {"content/people/ann.md": person("Ann", "- words\n" * n)},
    "callouts": lambda n: (
        SERIES | {"content/people/bob.md": person("Bob", "> [!spoiler] Zed S01E01\n> Words.\n\nAfter.\n\n" * n)}
    ),
    "types": lambda n: (
        {
            f"types/t{i}.yaml": f"label: T{i}\nfolder: t{i}\nurl: /t{i}/{{id}}/\nfields: {{a: {{kind: text}}}}\n"
            for i in range(n)
        }
        | {f"content/t{i}/a.yaml": "a: {title: A}\n" for i in range(n)}
    ),
    "characters of a series": lambda n: (
        SERIES
        | {
            "content/characters/c.yaml": records(
                f"c{i}: {{title: Character number {i}, first_appearance: [episode/e0]}}" for i in range(n)
            )
        }
    ),
    "drafts": lambda n: {"content/people/p.yaml": people(n, lambda _: ", draft: true")},
    "people": lambda n: {"content/people/p.yaml": people(n, lambda _: ", born: 1970, summary: Somebody.")},
    "series that follow one another": lambda n: {
        "content/series/w.yaml": records(
            f"w{i}: {{title: Series {i}{f', follows: [series/w{i - 1}]' if i else ''}}}" for i in range(n)
        )
    },
    "ids given twice": lambda n: {
        "content/people/p.yaml": people(n),
        "content/people/q.yaml": people(n),
    },
    "fields not known": lambda n: {
        "content/people/p.yaml": people(n, lambda i: f", colour{i}: red"),
    },
    "fields not known of one record": lambda n: {
        "content/people/ann.md": person("Ann", fields=records(f"colour{i}: red" for i in range(n))),
    },
    "references to nothing": lambda n: {
        "content/characters/p.yaml": people(n, lambda i: f", relatives: [nobody{i}]"),
    },
    "sources that are missing": lambda n: {
        "content/sources/s.yaml": records(f"s{i}: {{title: Source {i}}}" for i in range(n)),
        "content/people/p.yaml": people(n, lambda i: f", born: {{value: 1970, source: missing{i}}}"),
    },
    "moments that are missing": lambda n: (
        SERIES
        | {
            "content/people/p.yaml": people(
                n, lambda i: f", born: {{value: 1970, since: zed s09e{i}}}, died: {{value: 1990, since: yed{i} s01e01}}"
            )
        }
    ),
    "claims about nothing": lambda n: (
        WORK
        | {
            f"content/news/n{i}.md": article(
                i,
                fields=f"claims:\n  - {{about: work/nothing{i}, field: details, value: v}}\n  - {{about: work/k, field: detail{i}, value: v}}\n",
            )
            for i in range(n)
        }
    ),
    "episodes in one place": lambda n: (
        SERIES
        | {"content/episodes/all.yaml": records(f"f{i}: {{season: zed-1, number: 1, title: T{i}}}" for i in range(n))}
    ),
    "credits of missing episodes": lambda n: (
        _series(n)
        | {
            "content/series/zed.md": "---\ntitle: Zed\ncredits:\n"
            + records(f"  - {{person: ann, job: Job {i}, episodes: s09e{i + 1}}}" for i in range(n))
            + "---\n"
        }
    ),
    "credits of episodes by runs": lambda n: (
        _series(n)
        | {
            "content/series/zed.md": "---\ntitle: Zed\ncredits:\n"
            + records(f"  - {{person: ann, job: Job {i}, episodes: s01e{i + 1:02}}}" for i in range(n))
            + "---\n"
        }
    ),
    "values twice": lambda n: {
        "content/people/ann.md": person("Ann", fields=f"occupations: [{', '.join('actor' for _ in range(n))}]\n")
    },
    "names alike": lambda n: {"content/people/p.yaml": records(f"p{i}: {{title: John Smith{i:05}}}" for i in range(n))},
    "tags alike": lambda n: {"content/people/p.yaml": people(n, lambda i: f", tags: [tagword{i:05}x]")},
    "files in unknown folders": lambda n: {f"content/folder{i}/a.md": "x" for i in range(n)},
    "media": lambda n: {f"media/p{i}.png": "x" for i in range(n)},
    "navigation": lambda n: {
        "site.yaml": "title: T\nbase_url: https://wiki.example/\nnavigation: ["
        + ", ".join(f"{{label: L{i}, url: /people/}}" for i in range(n))
        + "]\n"
    },
    "switched rules": lambda n: {
        "site.yaml": "title: T\nrules: {" + ", ".join(f"rule-{i}: off" for i in range(n)) + "}\n"
    },
    "lines of a log": lambda n: (
        SERIES
        | {
            "content/episodes/e0.md": "---\nseason: zed-1\nnumber: 1\ntitle: Pilot\nlog:\n"
            + "- She comes and goes.\n" * n
            + "---\n"
        }
    ),
    "steps of a history": lambda n: (
        SERIES
        | {
            "content/series/zed.md": "---\ntitle: Zed\nstatus:\n"
            + records(
                f"  - {{value: renewed, from: {1900 + i % 100}-{i // 100 % 12 + 1:02}-{i // 1200 + 1:02}}}"
                for i in range(n)
            )
            + "---\n"
        }
    ),
}
