"""Files whose names are not quite right are told; none is passed over without a word."""

from __future__ import annotations

import pytest
from tinysite import Sites

TOY = "label: Toy\nfolder: toys\nurl: /toys/{id}/\n"


@pytest.mark.parametrize("name", ["site.yml", "Site.yaml", "SITE.YML"])
def test_settings_by_another_name_are_found(site: Sites, name: str) -> None:
    made = site({name: "title: T\n"}).delete("site.yaml")
    (problem,) = made.problems()
    assert (problem.at.path, problem.severity, problem.hint) == ("site.yaml", "error", f"Rename {name} to site.yaml.")


def test_settings_beside_the_right_ones_are_told(site: Sites) -> None:
    (problem,) = site({"site.yml": "title: T\n"}).problems()
    assert (problem.at.path, problem.rule, problem.severity) == ("site.yml", "file-known", "warning")


@pytest.mark.parametrize("name", ["gone.yml", "Gone.yaml"])
def test_gone_addresses_by_another_name_are_told(site: Sites, name: str) -> None:
    (problem,) = site({name: "/a/: why\n"}).problems()
    assert (problem.at.path, problem.hint) == (name, "Name it gone.yaml, or delete it.")


@pytest.mark.parametrize(
    ("name", "hint"),
    [("types/toy.yml", "toy"), ("types/Toy.YAML", "toy"), ("types/more/toy.yaml", "toy")],
)
def test_types_by_another_name_are_told(site: Sites, name: str, hint: str) -> None:
    (problem,) = site({name: TOY}).problems()
    assert (problem.at.path, problem.rule, problem.hint) == (name, "file-known", f"Move it to types/{hint}.yaml")


@pytest.mark.parametrize("name", ["types/README.md", "README.md", "website.yml", "docs/site.yml"])
def test_other_files_of_a_project_are_nobodys_business(site: Sites, name: str) -> None:
    assert site({name: "text"}).rules() == []


@pytest.mark.parametrize("name", ["content/ann.md", "content/notes.txt"])
def test_content_without_a_folder_is_told_where_it_goes(site: Sites, name: str) -> None:
    (problem,) = site({name: "---\ntitle: Ann\n---\n"}).problems()
    assert (problem.at.path, problem.rule) == (name, "folder-known")
