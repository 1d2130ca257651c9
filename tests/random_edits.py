"""Whatever happens to a project between two builds, an incremental build makes what a clean build makes, byte for byte.

Machines edit, rename, delete and revert everything a site is made from, and meddle with what was published. Two have
small templates that read a lot, so that they can take many steps, one of them in a process that stays; the third has the
theme itself.
"""

# ruff: noqa: ISC004  # templates and files of a tiny site, each in one line where it can be

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tempfile
import time
from datetime import timedelta
from pathlib import Path
from typing import Any
from unittest import mock

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from msgspec.structs import replace
from tinysite import NOON, Site, make

from ballardwiki.build import rendering
from ballardwiki.build.cache import Cache
from ballardwiki.build.pipeline import Options, Result, build
from ballardwiki.config import inputs

MEMORY = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None

TEXTS = (
    "Plain words.",
    "See [[Ann]] and [[Bob]].",
    "See [[ann|her]], [[Nobody]] and [[Zed S01E02]].",
    "Look: [[person/bob]], [[Zed#History]], [[Al]].",
    "Known ||Zed S01E02: to [[Cat]]|| later.",
    "One. Then [[person/ann]] met [[bob]] & [[Cat]] there. Two ||Zed S01E01: of [[Dog]]||.",
    "On [[#History]] [here](/people/ann/#history), [there](../people/ann.md#history).\n\n## History\n\nx",
    "> [!spoiler] Zed S01E02\n> It was [[Cat]].\n\nAfter.",
    "Cited[^s1] and[^n1].",
    "Noted[^x].\n\n[^x]: About [[Ann]].",
    "![A drawing](/media/a.svg)",
    '## History\n\nx\n\n## Later {since="Zed S01E02"}\n\ny\n\n## End\n\nz',
    "[b](../people/bob.md) and [news](/news/)",
    'A ~~b~~\n2. c\n\n* d\n"e"',
    "",
)
FIELDS = {
    "people": {
        "title": ["Ann", "Bob", "Ann Other", "Ánn"],
        "aliases": ["[Al]", "[Alma, Al]", "{value: Al, since: zed s01e02}"],
        "born": ["1970", "{value: 1971-02, source: s1}", "{value: 1972, since: zed s01e02}"],
        "occupations": ["[actor]", "[actor, {value: spy, since: zed s01e01}]"],
        "was": ["[annie]"],
    },
    "characters": {
        "title": ["Cat", "Catherine"],
        "home": ["here"],
        "siblings": ["[dog]", "[{value: dog, since: zed s01e02}]"],
        "allies": ["[dog]"],
    },
    "episodes": {
        "season": ["zed-1", "zed-2"],
        "number": ["1", "2", "3"],
        "title": ["Pilot", "{value: The End, since: zed s01e02}"],
        "aired": ["2025-07-08", "2025-07-10", "2025-07"],
        "credits": [
            "[{person: ann, character: cat}]",
            "[{person: ann, character: cat, billing: main}, {person: bob, job: Director, source: s1}]",
            "[{person: bob, character: cat, since: zed s01e02}]",
        ],
    },
    "news": {
        "title": ["News", "Late news"],
        "date": ["2025-07-01", "2024-12", "2025-07-09"],
        "about": ["[person/ann]", "[series/zed, person/bob]"],
        "sources": ["[s1]", "[s2, s1]"],
        "claims": [
            "[{about: person/ann, field: born, value: 1980}]",
            "[{about: person/ann, field: born, value: 1981, confidence: rumoured}, "
            "{about: series/zed, field: status, value: renewed, from: 2025-07}]",
            "[{about: person/ann, field: born, value: 1982, since: zed s01e02, source: s1}]",
            "[{about: character/cat, field: home, value: there}, {about: character/dog, field: allies, value: cat}]",
        ],
    },
    "pages": {"title": ["About", "Zed S01E01", "Ann Other", "Dog"]},
    "things": {"title": ["Thing", "Thong"], "sort": ["a", "b"], "keeper": ["ann", "{value: bob, source: s2}"]},
}
SHARED = {
    "summary": ["In short.", "{value: At length., since: zed s01e02}"],
    "tags": ["[Red]", "[red, Blue tag]"],
    "links": ["[https://example.org/a]"],
    "draft": ["true", "false"],
    "publish_at": ["2025-07-09T13:00", "2025-07-10"],
    "since": ["zed s01e01", "zed s01e02"],
    "source": ["s1", "[s2, n1]"],
    "confidence": ["rumoured"],
}
FILES = {
    "people": ["people/ann.md", "people/bob.md", "people/sub/ann.md"],
    "characters": ["characters/cat.md", "characters/dog.md"],
    "episodes": ["episodes/e1.md", "episodes/e2.md"],
    "news": ["news/n1.md", "news/n2.md", "news/2025/n2.md", "news/people/bob.md"],
    "pages": ["pages/about.md", "pages/help.md"],
    "things": ["things/t1.md", "things/t2.md"],
}
"""`../people/bob.md` is another file for `news/n1.md` once that lies in a folder of its own."""
START = {
    "content/people/ann.md": "---\ntitle: Ann\n---\nPlain words.\n",
    "content/people/bob.md": "---\ntitle: Bob\n---\n",
    "content/characters/cat.md": "---\ntitle: Cat\n---\n",
    "content/characters/dog.md": "---\ntitle: Dog\n---\n",
    "content/places/all.yaml": "here: {title: Here}\nthere: {title: There}\n",
    "content/series/zed.yaml": "zed: {title: Zed}\n",
    "content/seasons/zed.yaml": "zed-1: {series: zed, number: 1}\nzed-2: {series: zed, number: 2}\n",
    "content/episodes/e1.md": "---\nseason: zed-1\nnumber: 1\naired: 2025-07-08\n---\n",
    "content/episodes/e2.md": "---\nseason: zed-1\nnumber: 2\naired: 2025-07-10\n---\n",
    "content/news/n1.md": "---\ntitle: News\ndate: 2025-07-01\n---\nPlain words.\n",
    "content/sources/all.yaml": "s1: {title: One, url: https://example.org/1}\ns2: {title: Two}\n",
    "types/thing.yaml": "label: Thing\nfolder: things\nurl: /things/{id}/\n"
    "fields: {sort: {kind: text}, keeper: {kind: ref, to: person, inverse: things}}\n",
    "content/things/t1.md": "---\ntitle: Thing\nsort: a\n---\n",
    "media/a.svg": "<svg xmlns='http://www.w3.org/2000/svg'/>",
    "site.yaml": "title: Test wiki\nbase_url: https://wiki.example/w/\n",
}
WHOLE = {
    "content/series/zed.yaml": [
        "zed: {title: Zed, summary: Z}\n",
        "zed: {title: Zedd, aliases: [Zed], status: [{value: ended, from: 2025}]}\n",
        "zed: {title: Zed, credits: [{person: ann, character: cat, episodes: s01e01}]}\n",
        "zed: {title: Zed, number: 1}\nyed: {title: Yed, number: 2, spun_off_from: zed}\n",
    ],
    "content/seasons/zed.yaml": [
        "zed-1: {series: zed, number: 1, credits: [{person: bob, character: cat, billing: main}]}\n"
        "zed-2: {series: zed, number: 2}\n",
        "zed-2: {series: zed, number: 2}\n\nzed-1: {series: zed, number: 1, title: The first}\n",
        "zed-1: {series: zed, number: 1, was: [zed-one]}\nzed-2: {series: zed, number: 3}\n",
    ],
    "content/sources/all.yaml": [
        "s1: {title: One and a half, outlet: Paper}\ns2: {title: Two}\n",
        "s1: {title: One, published: 2025-07-01}\ns3: {title: Three, was: [s2]}\n",
    ],
    "content/places/all.yaml": ["here: {title: Hier}\nthere: {title: There, text: 'See [[Ann]].'}\n"],
    "content/places/more.yaml": ["where: {title: Where, seen_in: [episode/e1]}\n"],
    "types/thing.yaml": [
        "label: Thingy\nfolder: things\nurl: /things/{id}/\n"
        "fields: {sort: {kind: text}, keeper: {kind: ref, to: person, inverse: things}}\n",
        "label: Thing\nfolder: things\nurl: /t/{id}/\nindex: {url: /t/, per_page: 1}\n"
        "fields: {sort: {kind: text, many: true}, keeper: {kind: ref, to: person, inverse: things}}\n",
        "label: Thing\nfolder: things\nurl: /t/{sort}/{id}/\ntitle: 'The {sort}'\norder: [sort]\n"
        "fields: {sort: {kind: text}, more: {kind: text}, keeper: {kind: ref, to: person, inverse: belongings}}\n",
        "label: Thing\nfolder: things\nfields: {sort: {kind: text}, keeper: {kind: ref, to: person}}\n",
    ],
    "media/a.svg": ["<svg xmlns='http://www.w3.org/2000/svg' width='9'/>"],
    "media/b/c.txt": ["c", "d"],
    "templates/assets/style.css": ["a{}", "b{}"],
    "templates/assets/own.css": ["c{}"],
    "templates/thing.html": ["{{ entity.title }} {{ site.title }}", "{% extends 'entity.html' %}"],
    "templates/person.html": [
        "{{ entity }} {{ entity.credits|length }} {{ text_of(entity) }}",
        "{% include 'partials/own.html' ignore missing %}{{ entity.title }}{{ site.today }}",
    ],
    "templates/partials/own.html": ["own", "{{ site.navigation|length }}"],
    "templates/index-thing.html": ["{% for each in entities %}{{ each }}{% endfor %}{{ kind.label }}"],
    "templates/redirect.html": ["to {{ href(target) }}"],
}
SETTINGS = (
    "title: Test wiki\nbase_url: https://wiki.example/w/\n",
    "title: Other\nbase_url: https://wiki.example/\nlanguage: de\n",
    "title: Test wiki\nspoilers: {default: s01e01}\n",
    "title: Test wiki\nspoilers: {zed: all}\n",
    "title: Test wiki\nspoilers: {default: all}\nauthor: Me\n",
    "title: Test wiki\nmarkdown: {engine: commonmark}\n",
    "title: Test wiki\nlinks: folders\nnavigation: [{label: News, url: /news/}]\n",
    "title: Test wiki\ntimezone: Pacific/Kiritimati\nfeed: {items: 1}\n",
    "title: Test wiki\nnavigation: [{label: People, url: /people/}]\nlicense: {name: X, url: https://x.example/}\n",
)
TURNS = {
    "base_url": ["https://wiki.example/w/", "https://wiki.example/"],
    "timezone": ["UTC", "Pacific/Kiritimati", "Pacific/Pago_Pago"],
    "markdown": ["{engine: commonmark}", "{engine: python-markdown}"],
    "spoilers": [
        "{default: none}",
        "{default: all}",
        "{zed: s01e01}",
        "{zed: all, yed: none}",
        "{zed: none, yed: all}",
    ],
}
"""Settings that are turned one at a time, while all else stays as it is."""
GIT = {
    **os.environ,
    **{f"GIT_{who}_{what}": "x@x.example" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")},
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_NOSYSTEM": "1",
}
BASE = "{{ site.title }} {{ site.language }} {{ href('/') }} {{ asset('assets/style.css') }} {% block main %}{% endblock %}\n"
FACTS = """\
{% for field in entity.declared.fields.values() %}{% for each in entity.statements(field) %}
{{ field.label }}: {{ each }}{{ cite(each) }} {{ each.from_ }}
{% endfor %}{% endfor %}
{% for each in entity.reports %}{{ each.field.label }}: {{ each.said }} {{ each.article }} {{ each.state }} {{ each.by }}
{% endfor %}
{% for label, found in entity|inverses(site.types) %}{{ label }}: {{ found|join(' ') }}
{% endfor %}
"""
PLAIN = {
    "base.html": BASE,
    "home.html": "{% extends 'base.html' %}{% block main %}{{ site.today }}"
    "{% for each in site.all('article') %}{{ each }} {{ summary(each) }}{{ excerpt(each) }}{% endfor %}"
    "{{ site.all('episode')|released(site.today)|join(' ') }}|{{ site.all('episode')|upcoming(site.today)|join(' ') }}"
    "{% for each in site.tags %}{{ each.name }}{{ each.entities|length }}{% endfor %}{% endblock %}",
    "404.html": "{% extends 'base.html' %}{% block main %}{{ site.all('thing')|length }}{% endblock %}",
    "entity.html": "{% extends 'base.html' %}{% block main %}{{ entity.title }} {{ summary(entity) }}"
    "{% for each in contents(entity) %}{{ each.text }}{% endfor %}{{ text_of(entity) }}" + FACTS + "{{ entity.mentions|join(' ') }} "
    "{{ entity.previous }} {{ entity.next }} {{ entity.sources|join }}{{ cite(entity) }}"
    "{% for each in references %}{{ each.number }} {{ each.source or each.note }}{% endfor %}{% endblock %}",
    "article.html": "{% extends 'entity.html' %}{% block main %}{{ super() }}{% for each in entity.changes %}"
    "{{ each.about }} {{ each.said }} {{ each.state }} {{ each.by }}{% endfor %}"
    "{% for page, labels in entity.cited_by %}{{ page }} {{ labels|join(' ') }}{% endfor %}{% endblock %}",
    "person.html": "{% extends 'entity.html' %}{% block main %}{{ super() }}{% for series, roles in entity.credits|roles|by_series %}"
    "{{ series }}{% for role in roles %}{{ role.character }} {{ role.job }} {{ role.billing }} {{ cite(role) }}"
    "{{ role.places|join(' ') }}{% endfor %}{% endfor %}{{ entity|news|join(' ') }}{% endblock %}",
    "episode.html": "{% extends 'entity.html' %}{% block main %}{{ super() }}"
    "{% for role in entity|credits_of|roles %}{{ role.person }}{{ role.character }}{% endfor %}{{ entity|code }}{% endblock %}",
    "thing.html": "{{ entity.title }} {{ 'many' if entity.sort is sequence else 'one' }} {{ entity.declared.label }} {{ entity.keeper }}",
    "index.html": "{% extends 'base.html' %}{% block main %}{{ kind.plural }}{% for each in entities %}{{ each }} {{ each.summary }}"
    "{% endfor %}{{ pager.count if pager }}{{ years|length }}{% endblock %}",
    "tag.html": "{% extends 'base.html' %}{% block main %}{{ tag.name }} {{ tag.entities|join(' ') }}{% endblock %}",
    "tags.html": "{% extends 'base.html' %}{% block main %}{% for each in site.tags %}{{ each.name }}{% endfor %}{% endblock %}",
    "redirect.html": "{{ href(target) }}",
    "assets/style.css": "z{}",
}  # fmt: skip


@st.composite
def records(draw: st.DrawFn) -> tuple[str, str]:
    """A content file and its text: the fields it must have, and a few more."""
    folder = draw(st.sampled_from(sorted(FILES)))
    path = draw(st.sampled_from(FILES[folder]))
    fields = FIELDS[folder]
    needed = [
        name
        for name in ("title", "date", "season", "number")
        if name in fields and not (folder == "episodes" and name == "title")
    ]
    optional = [name for name in (*fields, *SHARED) if name not in needed]
    chosen = needed + draw(st.lists(st.sampled_from(optional), max_size=3, unique=True))
    lines = [f"{name}: {draw(st.sampled_from({**SHARED, **fields}[name]))}\n" for name in chosen]
    return f"content/{path}", "---\n" + "".join(lines) + "---\n" + draw(st.sampled_from(TEXTS)) + "\n"


class Comparison(RuleBasedStateMachine):
    """A project that changes, one step at a time. After each step two builds are compared."""

    theme: dict[str, str] | None = PLAIN

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="incremental-", dir=MEMORY))
        self.site = make(self.folder, START)
        self.fresh = Site(self.site.root, self.folder / "clean", self.folder / "clean-cache")
        self.now = NOON
        self.good = self.files()
        self.tree: dict[str, bytes] = {}
        self.failed = False
        self.patch = mock.patch.object(inputs, "theme", return_value=self.folder / "theme")
        if self.theme is not None:
            shutil.copytree(inputs.theme(), self.folder / "theme")
            for name, text in self.theme.items():
                file = self.folder / "theme" / name
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_text(text, encoding="utf-8")
            self.patch.start()

    def teardown(self) -> None:
        if self.theme is not None:
            self.patch.stop()
        shutil.rmtree(self.folder)

    def files(self) -> dict[str, bytes]:
        root = self.site.root
        return {
            path.relative_to(root).as_posix(): path.read_bytes()
            for path in sorted(root.rglob("*"))
            if path.is_file() and ".git" not in path.parts
        }

    def git(self, *words: str) -> None:
        subprocess.run(["git", "-C", self.site.root, *words], env=GIT, check=True, capture_output=True)

    @initialize()
    def begin(self) -> None:
        """The first build is the first comparison, and must have something to compare."""
        assert not self.site.build(now=self.now).failed

    @invariant()
    def is_as_clean(self) -> None:
        result = self.site.build(now=self.now)
        clean = self.fresh.clean(now=self.now)
        assert sorted(result.problems) == sorted(clean.problems)
        assert not any(problem.rule == "internal" for problem in result.problems), result.problems
        self.failed = result.failed
        if result.failed:
            if self.tree:
                assert self.site.tree() == self.tree
            return
        self.tree = self.site.tree()
        wanted = self.fresh.tree()
        differing = {path for path in self.tree.keys() | wanted.keys() if self.tree.get(path) != wanted.get(path)}
        assert not differing, (differing, result.rendered)
        self.good = self.files()
        again = self.site.build(now=self.now)
        assert (again.rendered, again.written, again.removed) == ((), (), ())


class Changes(Comparison):
    """Whatever an editor may do, and whatever else may happen."""

    # What an editor does

    @rule(record=records())
    def write(self, record: tuple[str, str]) -> None:
        self.site.write(*record)

    @rule(path=st.sampled_from(sorted(WHOLE)), number=st.integers(-1, 3))
    def write_whole(self, path: str, number: int) -> None:
        texts = [START[path]] if path in START else []
        texts = [*WHOLE[path], *texts]
        self.site.write(path, texts[number % len(texts)])

    @rule(text=st.sampled_from(SETTINGS))
    def settle(self, text: str) -> None:
        self.site.write("site.yaml", text)

    @rule(text=st.sampled_from(TEXTS), data=st.data())
    def rewrite(self, text: str, data: st.DataObject) -> None:
        path = data.draw(st.sampled_from([path for path in self.files() if path.endswith(".md")]))
        front = (self.site.root / path).read_text(encoding="utf-8").rpartition("---\n")[0]
        self.site.write(path, f"{front}---\n{text}\n")

    @rule(data=st.data())
    def delete(self, data: st.DataObject) -> None:
        loose = [path for path in self.files() if path not in START and path != "site.yaml"]
        if loose:
            self.site.delete(data.draw(st.sampled_from(loose)))

    @rule(path=st.sampled_from([path for path in sorted(START) if path != "site.yaml"]))
    def delete_needed(self, path: str) -> None:
        (self.site.root / path).unlink(missing_ok=True)

    @rule(data=st.data(), name=st.sampled_from(["ann.md", "new.md", "sub/ann.md", "sub/n1.md"]), former=st.booleans())
    def rename(self, data: st.DataObject, name: str, *, former: bool) -> None:
        path = data.draw(st.sampled_from([path for path in self.files() if path.endswith(".md")]))
        if former and "\nwas:" not in (self.site.root / path).read_text(encoding="utf-8"):
            text = (self.site.root / path).read_text(encoding="utf-8")
            self.site.write(path, text.replace("---\n", f"---\nwas: [{Path(path).stem}]\n", 1))
        self.site.move(path, "/".join([*path.split("/")[:2], name]))

    @rule(data=st.data())
    def shift(self, data: st.DataObject) -> None:
        path = data.draw(st.sampled_from([path for path in self.files() if path.endswith(".md")]))
        text = (self.site.root / path).read_text(encoding="utf-8")
        self.site.write(path, text.replace("---\n", "---\n# a remark\n", 1))

    @rule(data=st.data())
    def touch(self, data: st.DataObject) -> None:
        path = data.draw(st.sampled_from(sorted(self.files())))
        os.utime(self.site.root / path, ns=(0, data.draw(st.sampled_from([10**18, time.time_ns()]))))

    @rule(data=st.data(), name=st.sampled_from(["sub", "2025", "old"]))
    def rename_folder(self, data: st.DataObject, name: str) -> None:
        """No file in it is touched: times, sizes and inodes stay."""
        folders = sorted(path for path in self.site.root.glob("content/*/*") if path.is_dir())
        if not folders:  # make one, of all files of a folder
            folder = self.site.root / "content" / data.draw(st.sampled_from(["people", "news", "things"]))
            (folder / "sub").mkdir(parents=True)
            for file in folder.glob("*.md"):
                file.rename(folder / "sub" / file.name)
            return
        folder = data.draw(st.sampled_from(folders))
        if not folder.with_name(name).exists():
            folder.rename(folder.with_name(name))

    @rule(name=st.sampled_from(["people", "things", "news"]))
    def rename_type_folder(self, name: str) -> None:
        """To a folder of another type and, the next time, back."""
        folder, other = (self.site.root / "content" / each for each in (name, "pages"))
        spare = folder.with_name("spare")
        if folder.is_dir() and other.is_dir():
            folder.rename(spare)
            other.rename(folder)
            spare.rename(other)

    @rule(data=st.data(), old=st.sampled_from("aeno1"), new=st.sampled_from("aeno2"))
    def edit_unseen(self, data: st.DataObject, old: str, new: str) -> None:
        """Size and time of the last change stay; the time of the last change of the inode tells."""
        path = data.draw(st.sampled_from([path for path in self.files() if path.endswith((".md", ".svg", ".css"))]))
        file = self.site.root / path
        kept, text = file.stat(), file.read_text(encoding="utf-8")
        front, mark, body = text.rpartition("---\n")
        file.write_text(front + mark + body.replace(old, new, 1), encoding="utf-8")
        os.utime(file, ns=(kept.st_atime_ns, kept.st_mtime_ns))
        assert (file.stat().st_size, file.stat().st_mtime_ns) == (kept.st_size, kept.st_mtime_ns)

    @rule(data=st.data())
    def exchange(self, data: st.DataObject) -> None:
        """Two files of a folder take each other's name."""
        path = data.draw(st.sampled_from([path for path in self.files() if path.endswith(".md")]))
        file = self.site.root / path
        other = data.draw(st.sampled_from(sorted(file.parent.glob("*.md"))))
        spare = self.folder / "spare"
        file.rename(spare)
        if other != file:
            other.rename(file)
        spare.rename(other)

    @rule()
    def switch_branch(self) -> None:
        """To the other branch of two, which each step since has driven apart; both are made when first needed."""
        root = self.site.root
        if not (root / ".git").exists():
            self.git("init", "-q", "-b", "one")
            self.git("add", "-A")
            self.git("commit", "-q", "--allow-empty", "-m", "one")
            self.git("checkout", "-q", "-b", "two")
            for path in self.files().keys() - START.keys():
                self.site.delete(path)
            for path, text in START.items():
                self.site.write(path, text)
        branch = (root / ".git" / "HEAD").read_text(encoding="utf-8").strip().rpartition("/")[2]
        self.git("add", "-A")
        self.git("commit", "-q", "--allow-empty", "-m", "more")
        self.git("checkout", "-q", "one" if branch == "two" else "two")

    @rule(season=st.sampled_from(["zed-1", "zed-2"]), series=st.sampled_from(["zed", "yed"]))
    def move_season(self, season: str, series: str) -> None:
        """To another series, with all its episodes and the moments that texts name."""
        path = "content/seasons/zed.yaml"
        known = self.site.root / "content/series/zed.yaml"
        if not known.is_file() or not (self.site.root / path).is_file():
            return
        if "yed:" not in (text := known.read_text(encoding="utf-8")):
            self.site.write("content/series/zed.yaml", text + "yed: {title: Yed}\n")
        text = (self.site.root / path).read_text(encoding="utf-8")
        self.site.write(path, re.sub(rf"({season}: {{series:) \w+", rf"\1 {series}", text))

    @rule(data=st.data(), key=st.sampled_from(sorted(TURNS)))
    def turn(self, data: st.DataObject, key: str) -> None:
        """One setting, and nothing else."""
        lines = (self.site.root / "site.yaml").read_text(encoding="utf-8").splitlines(keepends=True)
        value = data.draw(st.sampled_from(TURNS[key]))
        self.site.write("site.yaml", "".join(line for line in lines if not line.startswith(key)) + f"{key}: {value}\n")

    @rule(data=st.data())
    def revert(self, data: st.DataObject) -> None:
        path = data.draw(st.sampled_from(sorted(START)))
        self.site.write(path, START[path])

    @precondition(lambda self: self.failed)
    @rule()
    def undo(self) -> None:
        for path in self.files().keys() - self.good.keys():
            self.site.delete(path)
        for path, data in self.good.items():
            if not (self.site.root / path).is_file() or (self.site.root / path).read_bytes() != data:
                self.site.write(path, data)

    # What else happens

    @rule(hours=st.sampled_from([1, 5, 24, -5]))
    def wait(self, hours: int) -> None:
        self.now += timedelta(hours=hours)

    @rule()
    def rest(self) -> None:
        time.sleep(0.06)

    @rule(data=st.data(), how=st.sampled_from(["edit", "same size", "delete", "replace", "add", "folder", "link"]))
    def meddle(self, data: st.DataObject, how: str) -> None:
        published = sorted(self.site.paths())
        if not published:
            return
        file = self.site.out / data.draw(st.sampled_from(published))
        if how == "edit":
            file.write_bytes(b"edited by hand")
        elif how == "same size":
            file.write_bytes(b"x" * file.stat().st_size)
        elif how == "delete":
            file.unlink()
        elif how == "replace":
            file.unlink()
            file.mkdir()
        elif how == "add":
            (self.site.out / "stray.html").write_text("stray")
        elif how == "folder":
            (self.site.out / "stray" / "folder").mkdir(parents=True, exist_ok=True)
        else:
            file.unlink()
            file.symlink_to("/etc/hostname")
        self.tree = {}


class Resident(Site):
    """A site that is built again and again by one process, which is told of changes, as `serve` is."""

    known: Cache | None = None
    told: frozenset[str] | None = None

    def build(self, **options: Any) -> Result:
        """Build, with what was told, until nothing is left."""
        result = self.portion(**options)
        while result.left:
            self.told = frozenset()
            result = self.portion(**options)
        return result

    def portion(self, **options: Any) -> Result:
        """One build; only the first time with what was told. What else is stale may be left to the next."""
        self.known = self.known or Cache(self.cache)
        told, self.told = self.told, None
        return build(replace(Options(self.root, self.out, NOON, jobs=0, told=told), **options), self.known)


class InOneProcess(Comparison):
    """One process that takes over what it linked before, and looks only at the files that it is told of."""

    def __init__(self) -> None:
        super().__init__()
        self.site = Resident(self.site.root, self.site.out, self.site.cache)
        self.seen: dict[str, bytes] | None = None
        self.patience = rendering.PATIENCE

    def teardown(self) -> None:
        assert isinstance(self.site, Resident)
        rendering.PATIENCE = self.patience
        if self.site.known:
            self.site.known.close()
        super().teardown()

    @rule(patience=st.sampled_from([-1.0, 60.0]))
    def is_patient(self, patience: float) -> None:
        """How much is made before somebody may save again: one output, or all."""
        rendering.PATIENCE = patience

    @rule(line=st.sampled_from(["More.", "[[Ann]] once more.", "## Part"]), data=st.data())
    def save_in_between(self, line: str, data: st.DataObject) -> None:
        """Save, and once more before all is made that follows."""
        assert isinstance(self.site, Resident)
        path = data.draw(st.sampled_from([path for path in self.files() if path.endswith(".md")]))
        self.site.write(path, f"{(self.site.root / path).read_text(encoding='utf-8')}\n{line}\n")
        self.site.told = self.told()
        if self.site.told is not None and not self.site.portion(now=self.now).failed:
            self.seen = self.files()

    def told(self) -> frozenset[str] | None:
        """What a watcher tells of: files of content/ with other bytes; None where anything else changed."""
        now = self.files()
        if self.seen is None or now.keys() != self.seen.keys():
            return None
        changed = frozenset(path for path in now if now[path] != self.seen[path])
        return changed if changed and all(path.startswith("content/") for path in changed) else None

    @invariant()
    def is_as_clean(self) -> None:
        assert isinstance(self.site, Resident)
        self.site.told = self.told()
        super().is_as_clean()
        if not self.failed:
            self.seen = self.files()


class Texts(Comparison):
    """An editor who writes, and builds by command: texts and fields, now and then a page."""

    @rule(text=st.sampled_from(TEXTS), more=st.sampled_from(TEXTS), data=st.data())
    def write_text(self, text: str, more: str, data: st.DataObject) -> None:
        path = data.draw(st.sampled_from([path for path in self.files() if path.endswith(".md")]))
        front = (self.site.root / path).read_text(encoding="utf-8").split("---\n")[1]
        self.site.write(path, f"---\n{front}---\n{text}\n\n{more}\n")

    @rule(line=st.sampled_from(["A line more.", "[[Ann]] again.", "[^s1]", "||Zed S01E02: [[Dog]]||"]), data=st.data())
    def add_line(self, line: str, data: st.DataObject) -> None:
        path = data.draw(st.sampled_from([path for path in self.files() if path.endswith(".md")]))
        self.site.write(path, f"{(self.site.root / path).read_text(encoding='utf-8')}\n{line}\n")

    @rule(data=st.data())
    def set_field(self, data: st.DataObject) -> None:
        path = data.draw(st.sampled_from([path for path in self.files() if path.endswith(".md")]))
        _, front, text = (self.site.root / path).read_text(encoding="utf-8").split("---\n", 2)
        fields = {**FIELDS.get(path.split("/")[1], {}), **SHARED}
        name = data.draw(st.sampled_from(sorted(fields)))
        rows = [row for row in front.splitlines() if not row.startswith(f"{name}:")]
        if value := data.draw(st.sampled_from([*fields[name], ""])):
            rows.insert(data.draw(st.integers(0, len(rows))), f"{name}: {value}")
        self.site.write(path, "---\n" + "".join(f"{row}\n" for row in rows) + f"---\n{text}")

    @rule(record=records())
    def write_page(self, record: tuple[str, str]) -> None:
        if self.failed:
            self.back()
        else:
            self.site.write(*record)

    @precondition(lambda self: self.failed)
    @rule()
    def back(self) -> None:
        for path in self.files().keys() - self.good.keys():
            self.site.delete(path)
        for path, data in self.good.items():
            self.site.write(path, data)


class ResidentTexts(InOneProcess, Texts):
    """The same with one process that builds."""


class ResidentChanges(InOneProcess, Changes):
    """The same whatever happens."""

    @rule(data=st.data(), how=st.sampled_from(["edit", "same size", "delete", "replace", "add", "folder", "link"]))
    def meddle(self, data: st.DataObject, how: str) -> None:
        super().meddle(data=data, how=how)
        self.seen = None


class ThemedChanges(Changes):
    """The same with the theme itself, whose templates read far more."""

    theme = None
