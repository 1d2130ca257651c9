"""Secrets planted in all fields and places of a copy of this wiki: none of them is published, in whatever form."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from conftest import REPOSITORY
from planting import Planting
from secrets_of import told
from tinysite import Site, make

from ballardwiki.build import project


@pytest.fixture(scope="module", params=["python-markdown", "commonmark"])
def planted(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[Site, Planting]:
    """A copy of this wiki with what was planted; with the other engine the planted things alone."""
    copy = make(tmp_path_factory.mktemp("planted"))
    folders = ("content", "templates", "types") if request.param == "python-markdown" else ("templates", "types")
    for folder in folders:
        shutil.copytree(REPOSITORY / folder, copy.root / folder, dirs_exist_ok=True)
    settings = (REPOSITORY / "site.yaml").read_text(encoding="utf-8")
    copy.write("site.yaml", settings.replace("engine: python-markdown", f"engine: {request.param}"))
    for path in (copy.root / "content").glob(".*"):
        path.unlink()
    planting = Planting(copy, project.load(copy.root).schema)
    planting.all()
    result = copy.build(jobs=2)
    assert not result.failed, "\n".join(str(each) for each in result.problems if each.severity == "error")[:5000]
    return copy, planting


def test_there_is_much_to_find(planted: tuple[Site, Planting]) -> None:
    site, planting = planted
    assert len(planting.secrets) > 1000
    assert planting.found("".join(planting.secrets)) == planting.secrets.keys()
    assert site.has("characters/planted-values-character")


def test_no_secret_is_published(planted: tuple[Site, Planting]) -> None:
    site, planting = planted
    found = set()
    for path, data in site.tree().items():
        found |= {(planting.secrets[hit], path) for hit in planting.found(f"{path}\n{told(data)}")}
    assert sorted(found) == []


def test_all_of_them_are_found_where_nothing_is_hidden(planted: tuple[Site, Planting], tmp_path: Path) -> None:
    """The search would find each of them: with no horizon, and with drafts, it does."""
    site, planting = planted
    settings = (site.root / "site.yaml").read_text(encoding="utf-8")
    free = Site(site.root, tmp_path / "site", tmp_path / "cache")
    try:
        site.write("site.yaml", re.sub("default: none", "default: all", settings))
        assert not free.build(jobs=2, drafts=True).failed
    finally:
        site.write("site.yaml", settings)
    text = "\n".join(f"{path}\n{told(data)}" for path, data in free.tree().items())
    unseen = {planting.secrets[secret] for secret in planting.secrets.keys() - planting.found(text)}
    assert sorted(each for each in unseen if not UNSHOWN.search(each)) == []


UNSHOWN = re.compile(r"own HTML|source\.text")
"""What no page shows in any case."""
