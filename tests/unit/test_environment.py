"""Templates are compiled and checked once, for as long as their text stays the same: a server builds at every change."""

from __future__ import annotations

import pickle
from typing import Any

import jinja2
import pytest
from tinysite import Site, Sites

from ballardwiki.build import project, rendering

OWN = {
    "templates/person.html": "{% include 'own.html' %}, {{ entity.title }}",
    "templates/own.html": "One of {{ site.title }}",
    "content/people/ann.yaml": "ann: {title: Ann}\n",
}


@pytest.fixture
def parsed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the templates that Jinja takes apart during a test, to check or to compile them."""
    names: list[str] = []
    parse = jinja2.Environment._parse

    def noted(self: jinja2.Environment, source: str, name: str | None, filename: str | None) -> Any:
        names.append(name or "")
        return parse(self, source, name, filename)

    monkeypatch.setattr(jinja2.Environment, "_parse", noted)
    return names


def anew(wiki: Site) -> Site:
    """Publish as a program would that knows nothing of the last build but what it has in memory."""
    return Site(wiki.root, wiki.root / "../other", wiki.root / "../other-cache").published()


def test_templates_that_stay_the_same_are_taken_apart_once(site: Sites, parsed: list[str]) -> None:
    wiki = site(OWN).published()
    del parsed[:]
    assert anew(wiki).page("people/ann") == "One of Test wiki, Ann"
    assert parsed == []


def test_of_templates_only_the_one_that_changed_is_taken_apart_again(site: Sites, parsed: list[str]) -> None:
    wiki = site(OWN).published()
    del parsed[:]
    wiki.replace("templates/own.html", "One of", "Seen in")
    assert anew(wiki).page("people/ann") == "Seen in Test wiki, Ann"
    assert set(parsed) <= {"own.html", ""}  # what has no name is asked what it reads, see `asked`


def test_a_site_of_the_same_templates_shares_them(site: Sites) -> None:
    one, other = (project.load(site().root) for _ in range(2))
    assert one.templates is other.templates


def test_a_fault_is_told_of_until_it_is_mended(site: Sites) -> None:
    wiki = site(OWN).published()
    wiki.write("templates/own.html", "{% if %}")
    assert wiki.rules() == ["template-valid"]
    assert wiki.rules() == ["template-valid"]
    wiki.write("templates/own.html", "Well")
    assert wiki.rules() == []


def test_templates_in_use_pickle_for_workers_that_are_spawned(site: Sites) -> None:
    templates = project.load(site(OWN).root).templates
    templates.prepare(templates.files)
    again = pickle.loads(pickle.dumps(templates))
    assert again.digests == templates.digests
    assert again.environment.get_template("own.html").name == "own.html"


def test_what_most_templates_need_is_compiled_before_workers_are_forked(
    site: Sites, monkeypatch: pytest.MonkeyPatch
) -> None:
    compiled: list[str] = []
    compiles = jinja2.Environment.compile

    def noted(self: jinja2.Environment, source: str, name: str, filename: str) -> Any:
        compiled.append(name)
        return compiles(self, source, name, filename)

    monkeypatch.setattr(jinja2.Environment, "compile", noted)
    wiki = site(OWN)
    shipped = project.load(wiki.root).templates.files["base.html"][1]
    wiki.write("templates/base.html", f"{shipped}{{# mine #}}").published(jobs=1)
    assert "base.html" in compiled
    assert "404.html" not in compiled


@pytest.mark.parametrize("many", [0, rendering.MANY])
def test_a_filter_that_is_none_is_told_of(site: Sites, monkeypatch: pytest.MonkeyPatch, many: int) -> None:
    """However many pages there are: with many of them, templates are compiled before workers are forked."""
    monkeypatch.setattr(rendering, "MANY", many)
    assert site({**OWN, "templates/own.html": "{{ site.title|nope }}"}).rules() == ["template-valid"]
