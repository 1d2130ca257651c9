"""Who may import what: layers, owners of libraries, and names that say nothing."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src/ballardwiki"
MODULES = sorted(SOURCE.rglob("*.py"))
OWNERS = {
    "click": {"cli", "cli.report"},
    "pyromark": {"content.markup"},
    "feedgen": {"pages.outputs.feeds"},
    "jinja2": {"pages.environment"},
    "markdown": {"content.markup"},
    "markupsafe": {"pages.backlinks", "pages.linked_data", "pages.prose", "pages.view"},
    "msgspec": {
        "build.cache.checked_file",
        "build.cache.library",
        "build.cache.shelves",
        "build.reading",
        "build.rendering",
        "content.documents",
    },
    "nh3": {"content.markup"},
    "pygments": {"content.markup"},
    "rapidfuzz": {"similarity"},
    "slugify": {"slugs"},
    "sqlite3": {"pages.data.sqlite", "build.cache.library", "build.cache.shelves", "build.cache.sqlite_file"},
    "starlette": {"cli.serve"},
    "uvicorn": {"cli.serve"},
    "watchfiles": {"cli.serve"},
    "yaml": {"yaml_reader"},
}
"""Each library -> the modules that use it: the places to look at when it changes."""
VALUES = {"msgspec", "msgspec.structs"}
"""What values are made of, in any module: a dataclass takes fifty times as long to define."""
OWN = {"ballardwiki", *sys.stdlib_module_names} - {"sqlite3"}
VAGUE = {"utils", "util", "helpers", "helper", "base", "core", "manager", "common", "misc", "tools"}


def name(path: Path) -> str:
    return ".".join(path.relative_to(SOURCE).with_suffix("").parts).removesuffix(".__init__")


def imported(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (each.name.partition(".")[0] for each in node.names)
        elif isinstance(node, ast.ImportFrom) and not node.level and node.module not in VALUES:
            yield (node.module or "").partition(".")[0]


def test_imports_go_downwards() -> None:
    program = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run([program, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_a_library_is_used_by_its_owner_only(path: Path) -> None:
    module = name(path)
    for library in set(imported(path)) - OWN:
        owners = OWNERS.get(library, set())
        assert any(module == owner or module.startswith(f"{owner}.") for owner in owners), (
            f"{library} is not {module}'s"
        )


def test_every_owner_uses_its_library() -> None:
    used = {(library, name(path)) for path in MODULES for library in imported(path)}
    for library, owners in OWNERS.items():
        for owner in owners:
            assert any(lib == library and (mod == owner or mod.startswith(f"{owner}.")) for lib, mod in used), (
                library,
                owner,
            )


@pytest.mark.parametrize(
    "room", ["rules", "pages", "graph", "content.markup", "build.stages", "yaml_reader", "config.drawing"]
)
def test_a_build_that_changes_nothing_does_without(room: str) -> None:
    """What it imports is all that it waits for: the rest comes when something has changed."""
    told = "import sys, ballardwiki.cli.building; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", told], capture_output=True, text=True, check=True)
    assert f"ballardwiki.{room}" not in done.stdout.split()


def test_workers_are_forked_with_what_each_of_them_imports() -> None:
    told = "import sys, ballardwiki.build.workers; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", told], capture_output=True, text=True, check=True)
    assert "ctypes" in done.stdout.split()


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_no_module_has_a_name_that_says_nothing(path: Path) -> None:
    assert path.stem not in VAGUE


def test_nothing_starts_programs_or_opens_connections() -> None:
    """The build uses no network and no other program but git. Only what serves a site needs sockets."""
    banned = {
        "subprocess",
        "socket",
        "urllib.request",
        "http.client",
        "ftplib",
        "smtplib",
        "pickle",
        "marshal",
        "shelve",
    }
    allowed = {
        ("build.workers.process", "pickle"),  # between our own processes, over a pipe of our own
        ("build.workers.standby", "pickle"),  # likewise
        ("config.history", "subprocess"),  # git log, with fixed arguments
    }
    for path in MODULES:
        module = name(path)
        if module == "cli.serve" or module.startswith("cli.serve."):
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [each.name for each in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            for each in names:
                assert each not in banned or (module, each) in allowed, f"{module} imports {each}"


def test_no_two_public_classes_share_a_name() -> None:
    classes = Counter(
        node.name
        for path in MODULES
        for node in ast.parse(path.read_text(encoding="utf-8")).body
        if isinstance(node, ast.ClassDef) and not node.name.startswith("_")
    )
    assert [name for name, number in classes.items() if number > 1] == []
