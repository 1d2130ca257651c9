"""The documentation says what the program does: all of it, and nothing that is not so."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from importlib import import_module
from operator import attrgetter
from pathlib import Path

import click
import pytest

from ballardwiki.build import project
from ballardwiki.cli import main, reference
from ballardwiki.config import site_file
from ballardwiki.content.markup.callouts import KINDS as CALLOUTS
from ballardwiki.pages import filters
from ballardwiki.pages.view import EntityView, QualifierView, SiteView
from ballardwiki.rules import AFTERWARDS, RULES
from ballardwiki.rules.rule import Rule, SiteRule
from ballardwiki.schema import KINDS, QUALIFIERS, EntityType, Field

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src/ballardwiki"
DOCS = ROOT / "docs"
PAGES = sorted([*ROOT.glob("*.md"), *DOCS.rglob("*.md"), ROOT / "bench/README.md"])
TRUTHS = re.compile(
    r"internal|[a-z]+-(?:affordable|aired|closed|complete|current|described|distinct|inside|kept|known|licensed|linked|local"
    r"|ordered|placed|plausible|portrayed|present|published|readable|required|resolves|safe|short|unique|used|valid|written)"
)


def read(path: str) -> str:
    return (ROOT / path).read_text(encoding="utf-8")


def rules() -> set[str]:
    """The names of rules in the code, wherever a call or a constant has one."""
    found = set()
    for path in SOURCE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and TRUTHS.fullmatch(node.value):
                found.add(node.value)
    return found


def test_the_content_reference_is_that_of_the_types() -> None:
    text = read("docs/content.md")
    generated = reference.markdown(project.load(ROOT).schema)
    assert text == reference.insert(text, generated), "run: python -m ballardwiki.cli.reference docs/content.md"


def test_the_content_reference_has_every_type_and_field() -> None:
    generated = reference.markdown(project.load(ROOT).schema)
    for kind in project.load(ROOT).schema.types.values():
        assert f"### {kind.label}\n" in generated
        for field in kind.fields:
            assert f"`{field}`" in generated, (kind.name, field)


def test_a_reference_without_its_place_is_refused() -> None:
    with pytest.raises(ValueError, match="no two lines"):
        reference.insert("nothing here", "x")


@pytest.mark.parametrize("word", [*QUALIFIERS, *CALLOUTS, *KINDS])
def test_the_content_reference_explains_what_types_are_made_of(word: str) -> None:
    assert f"`{word}`" in read("docs/content.md")


@pytest.mark.parametrize("word", sorted({*EntityType.__struct_fields__, *Field.__struct_fields__} - {"name"}))
def test_every_setting_of_a_type_is_explained(word: str) -> None:
    assert f"`{word}`" in read("docs/content.md").partition("## Your own types")[2]


def test_every_rule_is_explained_and_every_explained_rule_exists() -> None:
    explained = sorted(path.stem for path in (DOCS / "problems").glob("*.md"))
    assert set(explained) == rules()
    assert re.findall(r"^\| \[`([a-z-]+)`\]\(problems/\1\.md\) \|", read("docs/problems.md"), re.MULTILINE) == explained


@pytest.mark.parametrize("path", sorted((DOCS / "problems").glob("*.md")), ids=lambda path: path.stem)
def test_a_rule_s_page_says_what_holds_why_and_what_to_do(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert re.fullmatch(
        rf"# `{path.stem}`\n\n(?:[^\n]+\n)+\n\*\*Severity:\*\* (?:error|warning|info)[^\n]*\n\n## Why\n\n.+\n\n"
        rf"## Example\n\n```\n[^\n]+: (?:error|warning|info)\[{path.stem}\]: [^\n]+\n```\n\n## Mend\n\n.+\n",
        text,
        re.DOTALL,
    )
    holds, severity = (
        text.split("\n\n")[1].replace("\n", " ").rstrip("."),
        re.findall(r"\*\*Severity:\*\* (\w+)", text)[0],
    )
    row = "| {} | {} |".format(re.sub(r"\[([^]]+)\]\([^)]+\)", r"\1", holds).replace("|", "\\|"), severity)
    assert row in re.sub(r"\[([^]]+)\]\([^)]+\)", r"\1", read("docs/problems.md")), "the index says the same"


@pytest.mark.parametrize("rule", [*RULES, *AFTERWARDS], ids=attrgetter("name"))
def test_a_rule_is_what_its_page_says(rule: Rule) -> None:
    text = read(f"docs/problems/{rule.name}.md")
    assert f"**Severity:** {rule.severity}" in text
    assert ("only `ballardwiki check` looks" in text) == (isinstance(rule, SiteRule) and rule.costly)
    assert ("`ballardwiki check --fix` mends it" in text) == bool(rule.fixes)


@pytest.mark.parametrize(
    "file", sorted(path.stem for path in (SOURCE / "rules").glob("[a-z]*.py") if path.stem not in ("rule", "known"))
)
def test_a_rule_is_named_after_its_file_and_asked(file: str) -> None:
    module = import_module(f"ballardwiki.rules.{file}")
    assert module.RULE.name == file.replace("_", "-")
    assert (module.__doc__ or "").startswith(f"{module.RULE.name}: ")
    assert module.RULE in (*RULES, *AFTERWARDS)


@pytest.mark.parametrize("name", sorted(main.commands))
def test_every_command_and_option_is_explained(name: str) -> None:
    section = read("docs/commands.md").partition(f"## `ballardwiki {name}")[2].partition("\n## ")[0]
    assert section, f"{name} has no section"
    shared = {"check", "urls", "why"}  # they have the options of build, as their sections say
    for parameter in main.commands[name].params:
        for option in parameter.opts if isinstance(parameter, click.Option) and name not in shared else ():
            assert f"`{option}" in section, option
    if name in shared:
        assert "options of `build`" in section or "options of `check`" in section


def test_the_readme_has_every_command() -> None:
    named = set(re.findall(r"^\| `ballardwiki (\w+)", read("README.md"), re.MULTILINE))
    assert named == set(main.commands)


def test_the_make_targets_of_the_documents_exist() -> None:
    targets = set(re.findall(r"^([a-z-]+):", read("Makefile"), re.MULTILINE))
    for path in PAGES:
        code = "\n".join(re.findall(r"```sh\n.*?```|`make [^`]*`", path.read_text(encoding="utf-8"), re.DOTALL))
        for target in re.findall(r"(?:^|`)make ([a-z]+)", code, re.MULTILINE):
            assert target in targets, f"{path.name}: make {target}"


@pytest.mark.parametrize("key", site_file._KEYS)
def test_every_setting_is_explained(key: str) -> None:
    assert f"`{key}`" in read("docs/commands.md").partition("## Settings")[2]


@pytest.mark.parametrize("name", [*filters.FILTERS, *filters.TESTS])
def test_every_filter_is_explained(name: str) -> None:
    assert re.search(rf"`(?:is )?{name}\b", read("docs/templates.md"))


def public(view: type) -> Iterator[str]:
    for name, value in vars(view).items():
        if not name.startswith("_") and (isinstance(value, property) or hasattr(value, "func")):
            yield name


@pytest.mark.parametrize("name", sorted({*public(EntityView), *public(QualifierView), *public(SiteView)}))
def test_everything_that_templates_see_is_explained(name: str) -> None:
    assert f"`{name}" in read("docs/templates.md")


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_links_between_documents_lead_somewhere(path: Path) -> None:
    text = re.sub(r"```.*?```|`[^`\n]*`", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
    for target, fragment in re.findall(r"\]\((?!https?:)([^)#\s]*)(?:#([^)\s]*))?\)", text):
        file = (path.parent / target) if target else path
        assert file.exists(), f"{target} is not there"
        if fragment and file.suffix == ".md":
            assert fragment in set(anchors(file)), f"{target}#{fragment} is not there"


def anchors(path: Path) -> Iterator[str]:
    """The ids of a document's headings, as hosts of code make them."""
    text = re.sub(r"```.*?```", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
    for heading in re.findall(r"^#+ (.*)", text, re.MULTILINE):
        yield re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")


def test_the_house_is_drawn_and_listed_as_the_code_is() -> None:
    done = subprocess.run([sys.executable, DOCS / "house.py", "--check"], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_the_architecture_names_modules_that_there_are() -> None:
    told = read("docs/architecture.md").partition("<!-- generated: the house -->")[0]
    named = set(re.findall(r"`((?:cli|edit|build|rules|pages|graph|content|config)/[a-z_/]+?)/?(?:\.py)?`", told))
    missing = [each for each in named if not (SOURCE / f"{each}.py").exists() and not (SOURCE / each).is_dir()]
    assert named and not [each for each in missing if not each.startswith("content/people")]
