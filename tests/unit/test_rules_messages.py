"""Every rule: a wrong file gives one problem with its place, its name and what to do; and nothing else."""

# a message stands here in one line, as editors read it

from __future__ import annotations

import os
from collections.abc import Callable

import pytest
from tinysite import SETTINGS, Site, Sites


def md(front: str, text: str = "") -> str:
    return f"---\n{front}\n---\n{text}"


ANN = "content/people/a.md"
A = md("title: A")
SERIES = {
    "content/series/ser.md": md("title: Ser"),
    "content/seasons/ser-1.md": md("series: ser\nnumber: 1"),
    "content/episodes/e1.md": md("season: ser-1\nnumber: 1"),
}

CASES: dict[str, tuple[dict[str, str], list[str]]] = {
    "field-known": (
        {ANN: md("title: A\nbron: 1970")},
        [
            "content/people/a.md:3:1: error[field-known]: person has no field bron. Did you mean born?",
        ],
    ),
    "qual-known": (
        {ANN: md("title: A\nborn: {value: 1970, sorce: x}")},
        [
            "content/people/a.md:3:21: error[field-known]: sorce is no qualifier of a value. Did you mean source?",
        ],
    ),
    "field-valid": (
        {ANN: md("title: A\nborn: soon")},
        [
            "content/people/a.md:3:7: error[field-valid]: born must be a date such as 1999-12-31, 1999-12 or 1999.",
        ],
    ),
    "field-valid list": (
        {ANN: md("title: A\nborn: [1970]")},
        [
            "content/people/a.md:3:7: error[field-valid]: born takes one value, not a list.",
        ],
    ),
    "field-valid novalue": (
        {ANN: md("title: A\nborn: {source: x}")},
        [
            "content/people/a.md:3:7: error[field-valid]: born needs a value. Write {value: …, source: …}.",
        ],
    ),
    "field-valid nested": (
        {ANN: md("title: A\noccupations: [[x]]")},
        [
            "content/people/a.md:3:15: error[field-valid]: a value of occupations can't be a list.",
        ],
    ),
    "choice": (
        {"content/series/s.md": md("title: S\nstatus: relesed")},
        [
            "content/series/s.md:3:9: error[field-valid]: status must be one of: in development, ordered, filming, released, renewed, ended. Did you mean released?",
        ],
    ),
    "required": (
        {ANN: md("born: 1970")},
        [
            "content/people/a.md:2:1: error[field-required]: a needs the field title (name). Add a line title: …",
        ],
    ),
    "required null": (
        {ANN: md("title:")},
        [
            "content/people/a.md:2:1: error[field-required]: a needs the field title (name). Add a line title: …",
        ],
    ),
    "id": (
        {"content/people/A b.md": A},
        [
            "content/people/A b.md:2:1: error[id-valid]: A b can't be an id: A is a capital letter. Name the file a-b.md.",
        ],
    ),
    "id yaml": (
        {"content/people/x.yaml": "Ann: {title: A}\n"},
        [
            "content/people/x.yaml:1:1: error[id-valid]: Ann can't be an id: A is a capital letter. Write ann.",
        ],
    ),
    "yaml none": (
        {ANN: "hello"},
        [
            "content/people/a.md:1:1: error[yaml-valid]: the file must begin with front matter. Put the record between two lines of ---, the text below them.",
        ],
    ),
    "yaml open": (
        {ANN: "---\ntitle: A\n"},
        [
            "content/people/a.md:1:1: error[yaml-valid]: the front matter has no closing line. Put the record between two lines of ---, the text below them.",
        ],
    ),
    "yaml dup": (
        {ANN: md("title: A\ntitle: B")},
        [
            "content/people/a.md:3:1: error[yaml-valid]: the key title stands here and on line 2. Keep one of them.",
        ],
    ),
    "yaml syntax": (
        {ANN: md("title: [A")},
        [
            "content/people/a.md:2:8: error[yaml-valid]: the list that opens here with [ is not closed. Close it, or put the value in quotes.",
        ],
    ),
    "yaml list": (
        {ANN: md("- a")},
        [
            "content/people/a.md:2:1: error[yaml-valid]: the front matter must be fields such as title: …",
        ],
    ),
    "yaml empty": (
        {"content/people/x.yaml": "# nothing\n"},
        [
            "content/people/x.yaml:1:1: error[yaml-valid]: the file is empty. Write id: {title: …} or delete the file.",
        ],
    ),
    "yaml list file": (
        {"content/people/x.yaml": "- a\n"},
        [
            "content/people/x.yaml:1:1: error[yaml-valid]: the file must hold records by id, such as an-id: {title: …}.",
        ],
    ),
    "yaml record": (
        {"content/people/x.yaml": "a: b\n"},
        [
            "content/people/x.yaml:1:1: error[yaml-valid]: a must be a record with fields such as title: a.",
        ],
    ),
    "yaml big": (
        {ANN: md("title: A\nsummary: " + "x" * 70000)},
        [
            "content/people/a.md:1:1: error[yaml-valid]: the front matter is larger than 64 KiB. Move text below the second --- line. A longer record goes into content/people/a.yaml: its id and a colon, below them the fields, indented, and the text under text: |",
        ],
    ),
    "yaml null": (
        {"content/pages/a.md": "---\n---\n"},
        [
            "content/pages/a.md:2:1: error[field-required]: a needs the field title. Add a line title: …",
        ],
    ),
    "text twice": (
        {ANN: md("title: A\ntext: x", "y")},
        [
            "content/people/a.md:3:7: error[field-valid]: text is given twice. The text of a .md file stands below its front matter.",
        ],
    ),
    "text map": (
        {ANN: md("title: A\ntext: {a: b}")},
        [
            "content/people/a.md:3:7: error[field-valid]: text must be text. Begin it with text: | and indent the lines below.",
        ],
    ),
    "records": (
        {"content/series/s.md": md("title: S\ncredits: x")},
        [
            "content/series/s.md:3:10: error[field-valid]: credits must be a list. Begin each record with a dash.",
        ],
    ),
    "records2": (
        {"content/series/s.md": md("title: S\ncredits: [x]")},
        [
            "content/series/s.md:3:11: error[field-valid]: credits holds x, where the fields of a credit must stand. Write - person: …, and the other fields below.",
        ],
    ),
    "ref any": (
        {ANN: A, "content/news/n.md": md("title: N\ndate: 2025\nabout: a\nsummary: S")},
        [
            "content/news/n.md:4:8: error[field-valid]: about must say which type it means. Write person/a.",
        ],
    ),
    "ref type": (
        {ANN: A, "content/news/n.md": md("title: N\ndate: 2025\nabout: persn/a\nsummary: S")},
        [
            "content/news/n.md:4:8: error[field-valid]: about must point at article or character or episode or organization or page or person or place or season or series or work, not at persn. Write person/a.",
        ],
    ),
    "ref res": (
        {"content/people/anne.md": A, "content/works/w.md": md("title: W\nkind: novel\nauthors: [ann]")},
        [
            "content/works/w.md:4:11: error[ref-resolves]: authors points at person/ann, which does not exist. Did you mean anne?",
        ],
    ),
    "source": (
        {ANN: md("title: A\nborn: {value: 1970, source: variety}"), "content/sources/v.yaml": "varity: {title: V}\n"},
        [
            "content/people/a.md:3:15: error[ref-resolves]: source names source/variety, which does not exist. Did you mean varity?",
        ],
    ),
    "source rec": (
        {ANN: md("title: A\nsource: variety")},
        [
            "content/people/a.md:3:1: error[ref-resolves]: source names source/variety, which does not exist. Add a record to content/sources/, or define the footnote.",
        ],
    ),
    "source note": (
        {ANN: md("title: A", "Hi[^variety].\n")},
        [
            "content/people/a.md:4:3: error[ref-resolves]: [^variety] names source/variety, which does not exist. Add a record to content/sources/, or define the footnote.",
        ],
    ),
    "qualifier list": (
        {
            ANN: md(
                "title: A\nborn: {value: 1970, source: [x, {a: b}], confidence: sure, since: soon, from: never, continuity: [x]}"
            )
        },
        [
            "content/people/a.md:3:29: error[field-valid]: source must be one value, not a list or mapping.",
            "content/people/a.md:3:54: error[field-valid]: confidence must be one of: confirmed, reported, rumoured, disputed.",
            "content/people/a.md:3:67: error[field-valid]: since must name an episode or a season such as s01e04, with its series where that is not plain.",
            "content/people/a.md:3:79: error[field-valid]: from must be a date such as 1999-12-31, 1999-12 or 1999.",
            "content/people/a.md:3:98: error[field-valid]: continuity must be one value, not a list or mapping.",
        ],
    ),
    "link": (
        {ANN: md("title: A", "\nSee [[Bobb]].\n"), "content/people/b.md": md("title: Bob")},
        [
            "content/people/a.md:5:5: warning[link-resolves]: there is no page for [[Bobb]]. Did you mean Bob?",
        ],
    ),
    "link amb": (
        {
            ANN: md("title: A", "See [[Bob]].\n"),
            "content/people/b.md": md("title: Bob"),
            "content/characters/b.md": md("title: Bob"),
        },
        [
            "content/people/a.md:4:5: error[link-resolves]: [[Bob]] may mean several pages. Write [[character/b|Bob]] or [[person/b|Bob]].",
        ],
    ),
    "link file": (
        {ANN: md("title: A", "See [b](bb.md).\n"), "content/people/b.md": md("title: Bob")},
        [
            "content/people/a.md:4:9: error[link-resolves]: the link leads to content/people/bb.md, which does not exist. Did you mean content/people/b.md?",
        ],
    ),
    "link addr": (
        {ANN: md("title: A", "See [[person/bobb]].\n"), "content/people/bob.md": md("title: Bob")},
        [
            "content/people/a.md:4:5: warning[link-resolves]: there is no page for [[person/bobb]]. Did you mean person/bob?",
        ],
    ),
    "name title": (
        {ANN: md("title: Bob"), "content/people/b.md": md("title: Bob")},
        [
            "content/people/b.md:2:1: warning[record-distinct]: Bob and Bob (content/people/a.md:2) may be the same: they have one name. Merge them, or add distinct_from: a.",
        ],
    ),
    "since series": (
        {ANN: md("title: A\nborn: {value: 1970, since: nope s01e01}")},
        [
            "content/people/a.md:3:15: error[since-resolves]: since nope s01e01 names no series of this site. Write the series' id and an episode, such as series-id s01e04.",
        ],
    ),
    "since ep": (
        {**SERIES, ANN: md("title: A\nborn: {value: 1970, since: ser s01e09}\nsince: ser s02")},
        [
            "content/people/a.md:3:15: error[since-resolves]: since ser s01e09 names an episode that ser does not have. Write the series' id and an episode, such as ser s01e01.",
            "content/people/a.md:4:1: error[since-resolves]: since ser s02 names an episode that ser does not have. Write the series' id and an episode, such as ser s01e01.",
        ],
    ),
    "since mark": (
        {**SERIES, ANN: md("title: A", "||ser s01e09: x||\n\n> [!spoiler] nope s01e01\n> y\n")},
        [
            "content/people/a.md:4:1: error[since-resolves]: since ser s01e09 names an episode that ser does not have. Write the series' id and an episode, such as ser s01e01.",
            "content/people/a.md:6:3: error[since-resolves]: since nope s01e01 names no series of this site. Write the series' id and an episode, such as ser s01e01.",
        ],
    ),
    "credit": (
        {
            **SERIES,
            ANN: A,
            "content/series/ser.md": md("title: Ser\ncredits:\n- {person: a, episodes: [s01e01, s02e01]}"),
        },
        [
            "content/series/ser.md:4:34: error[credit-plausible]: episodes names s02e01, which ser does not have. Check the numbers, or add the episode.",
        ],
    ),
    "dup id": (
        {ANN: A, "content/people/x.yaml": "b: {title: B}\na: {title: C}\n"},
        [
            "content/people/x.yaml:2:1: error[id-unique]: person/a is written twice; the other is at content/people/a.md:2. Merge them, or give one another id.",
        ],
    ),
    "was taken": (
        {ANN: md("title: A\nwas: [b]"), "content/people/b.md": md("title: B")},
        [
            "content/people/a.md:3:7: error[id-unique]: person/b is no former id: a record has it. Remove it from was.",
        ],
    ),
    "was twice": (
        {ANN: md("title: A\nwas: [c]"), "content/people/b.md": md("title: B\nwas: [x, c]")},
        [
            "content/people/b.md:3:10: error[id-unique]: person/c is also a former id of person/a. Keep it in one place.",
        ],
    ),
    "template syn": (
        {ANN: A, "templates/person.html": "x\n{% if %}"},
        [
            "templates/person.html:2:1: error[template-valid]: Expected an expression, got 'end of statement block'",
        ],
    ),
    "template missing": (
        {ANN: A, "templates/person.html": '{% include "nope.html" %}'},
        [
            "templates/person.html: error[template-valid]: there is no template nope.html.",
        ],
    ),
    "template err": (
        {ANN: A, "templates/person.html": "\n\n{{ 1 / 0 }}"},
        [
            "templates/person.html:2:1: error[template-valid]: division by zero. While making content/people/a.md.",
        ],
    ),
    "folder": (
        {"content/peple/a.md": A},
        [
            "content/peple: error[folder-known]: content/peple is the folder of no type. Did you mean content/people?",
        ],
    ),
    "reference to a draft": (
        {
            "content/characters/c.yaml": "c:\n  title: C\n  home: here\n  source: paper\n",
            "content/places/here.md": md("title: Here\ndraft: true"),
            "content/sources/paper.md": md("title: Paper\npublish_at: 2099-01-01"),
        },
        [
            "content/characters/c.yaml:3:9: error[ref-resolves]: home points at place/here, which is a draft, as content/places/here.md:3 says. Publish that as well, or make this a draft, too.",
            "content/characters/c.yaml:4:3: error[ref-resolves]: source names paper, which is not to be seen before 2099-01-01, as content/sources/paper.md:3 says. Publish that as well, or make this a draft, too.",
        ],
    ),
    "folder file": (
        {"content/a.md": A},
        [
            "content/a.md: error[folder-known]: content/ holds only folders of types. Move it into the folder of its type.",
        ],
    ),
    "file-known": (
        {"content/people/a.txt": "x"},
        [
            "content/people/a.txt: warning[file-known]: is neither .md nor .yaml. Rename it a.md.",
        ],
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_a_wrong_file_and_what_is_said_of_it(site: Sites, name: str) -> None:
    files, expected = CASES[name]
    assert [str(problem) for problem in site(files).problems()] == expected


PREPARED: dict[str, tuple[Callable[[Site], object], str]] = {
    "a link to a file": (
        lambda wiki: os.symlink("/etc/hostname", wiki.root / "content/people/b.md"),
        "content/people/b.md: error[file-readable]: is a symbolic link; only files and folders of the project itself are read. Put the file or folder itself in its place.",
    ),
    "a link to a folder": (
        lambda wiki: os.symlink("/etc", wiki.root / "content/people/dir"),
        "content/people/dir: error[file-readable]: is a symbolic link; only files and folders of the project itself are read. Put the file or folder itself in its place.",
    ),
    "a link as a type's folder": (
        lambda wiki: os.symlink("/etc", wiki.root / "content/places"),
        "content/places: error[file-readable]: is a symbolic link; only files and folders of the project itself are read. Put the file or folder itself in its place.",
    ),
    "a pipe": (
        lambda wiki: os.mkfifo(wiki.root / "content/people/b.md"),
        "content/people/b.md: error[file-readable]: is a pipe; only files and folders of the project itself are read. Put the file or folder itself in its place.",
    ),
    "a byte that is not UTF-8": (
        lambda wiki: wiki.write("content/people/b.md", b"---\ntitle: \xff\n---\n"),
        "content/people/b.md:2:8: error[file-readable]: byte 11 is not UTF-8. Save the file as UTF-8.",
    ),
    "a large file": (
        lambda wiki: wiki.write("content/people/b.md", b"x" * (5 * 1024 * 1024 + 1)),
        "content/people/b.md: error[file-readable]: is larger than 5 MiB. Split it.",
    ),
    "no settings": (
        lambda wiki: (wiki.root / "site.yaml").unlink(),
        "site.yaml: error[file-readable]: the file can't be read: No such file or directory. Begin a site with: ballardwiki init FOLDER",
    ),
    "a template that is not UTF-8": (
        lambda wiki: wiki.write("templates/x.html", b"\xff"),
        "templates/x.html:1:1: error[file-readable]: byte 0 is not UTF-8. Save the file as UTF-8.",
    ),
}


@pytest.mark.parametrize("name", PREPARED)
def test_what_cannot_be_read(site: Sites, name: str) -> None:
    prepare, expected = PREPARED[name]
    wiki = site({ANN: A})
    prepare(wiki)
    assert [str(problem) for problem in wiki.problems()] == [expected]


def test_no_content(site: Sites) -> None:
    wiki = site()
    (wiki.root / "content").rmdir()
    assert [str(problem) for problem in wiki.problems()] == [
        "content: error[file-readable]: there is no folder content. Make one beside site.yaml."
    ]


def test_an_image_that_is_nearly_there(site: Sites) -> None:
    wiki = site({ANN: md("title: A", "![x](/media/stil.svg)\n![y](/media/zzz.png)\n"), "media/still.svg": "<svg/>"})
    assert [str(problem) for problem in wiki.problems()] == [
        "content/people/a.md:4:6: error[image-resolves]: there is no image media/stil.svg. Did you mean /media/still.svg?",
        "content/people/a.md:5:6: error[image-resolves]: there is no image media/zzz.png. Put the file into media/.",
    ]


def test_a_page_that_takes_too_long(site: Sites) -> None:
    endless = "{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}"
    wiki = site({ANN: A, "site.yaml": SETTINGS + "limits: {seconds: 1}\n", "templates/person.html": endless})
    assert [str(problem) for problem in wiki.problems(jobs=1)] == [
        "content/people/a.md:1:1: error[page-affordable]: took longer than 1 seconds of processor time. Look for very long lines, deep nesting or endless loops."
    ]


def test_two_files_that_want_one_address(site: Sites) -> None:
    found = site({ANN: A, "content/pages/people.md": md("title: X")}).problems()
    assert [problem.rule for problem in found] == ["url-unique"]
    assert found[0].at.path == "content/pages/people.md", "the place must be a file that an editor can open"


def test_two_tags_that_want_one_address(site: Sites) -> None:
    found = site({ANN: md('title: A\ntags: ["Q&A", "Q A"]')}).problems()
    assert [problem.rule for problem in found] == ["tag-distinct"]


TWO = {**SERIES, "content/series/two.md": md("title: Two")}


@pytest.mark.parametrize(
    ("spoilers", "files", "says"),
    [
        ("{serr: all}", TWO, "spoilers names serr, which is no series of this site. Did you mean ser?"),
        ("{x: all}", TWO, "spoilers names x, which is no series of this site. Write the id of a series, or default for all others."),
        ("{ser: two s01e01}", TWO, "spoilers says two s01e01, which is no moment of ser. Write none, all, or an episode such as s01e04."),
        ("{default: nope s01e01}", TWO, "spoilers says nope s01e01, which is no moment of a series. Write none, all, or an episode such as s01e04."),
        ("{ser: s01e01, two: s01e01, default: two s01e01}", TWO, ""),
        ("{default: s01e01}", {ANN: A}, ""),
        ("{two: all}", {**SERIES, "content/series/two.md": md("title: Two\ndraft: true")}, ""),
    ],
)  # fmt: skip
def test_a_horizon_that_would_not_hold(site: Sites, spoilers: str, files: dict[str, str], says: str) -> None:
    found = site({**files, "site.yaml": f"{SETTINGS}spoilers: {spoilers}\n"}).problems()
    assert [str(problem) for problem in found] == [f"site.yaml: error[since-resolves]: {says}"] * bool(says)


def test_a_record_that_is_fine_has_no_problem(site: Sites) -> None:
    assert site({**SERIES, ANN: A}).problems() == []
