"""Build projects with the program that PYTHONPATH leads to: `side.py PROJECTS NAMES RESULTS`.

A line of the results is one build: its name, the files that it published with a digest of each, and the problems that
it found. The program's own tests/tinysite.py makes the build, so this need not know how one of another day is called.
"""

from __future__ import annotations

import hashlib
import json
import pickle
import shutil
import sys
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import yaml
from tinysite import Site

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
LARGE = 200
"""From so many files on a project is built by several processes, as it would be in earnest."""


def main(projects: Path, names: Path, results: Path) -> None:
    """Build each project in each of the ways."""
    with results.open("w", encoding="utf-8") as file, tempfile.TemporaryDirectory() as work:
        for name in names.read_text(encoding="utf-8").splitlines():
            kept = projects / name
            asked = pickle.loads((kept / "options").read_bytes()) if (kept / "options").exists() else {}
            for way, options, change in _ways(asked):
                found = _found(kept / "project", Path(work) / "build", options, change)
                if found is not None:
                    file.write(json.dumps({"build": f"{name}, {way}", "found": found}) + "\n")


def _ways(asked: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any], str | None]]:
    """How a project is built: a name, what is asked for, and the horizon where it is not the project's own."""
    yield "as it is", asked, None
    yield "with drafts", asked | {"drafts": True}, None
    yield "nothing known", asked, "none"
    yield "all known", asked, "all"


def _found(project: Path, folder: Path, options: dict[str, Any], horizon: str | None) -> dict[str, str] | None:
    """What a build publishes and reports; None where the project's settings can't be changed to the horizon."""
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(project, folder / "project")
    if horizon and not _set_horizon(folder / "project/site.yaml", horizon):
        return None
    many = sum(1 for _ in project.rglob("*")) > LARGE
    asked = {"now": NOW, "jobs": 2 if many else 0} | options
    site = Site(folder / "project", folder / "site", folder / "cache", asked)
    try:
        result = site.build()
    except Exception as error:  # noqa: BLE001  # what a program raises is part of what it does
        return {f"raised {type(error).__name__}": str(error).replace(str(folder), "")}
    found = {f"problem {problem.severity} {problem}".replace(str(folder), ""): "" for problem in result.problems}
    if site.out.is_dir():
        found |= {path: hashlib.sha256(data).hexdigest()[:16] for path, data in site.tree().items()}
    return found


def _set_horizon(file: Path, horizon: str) -> bool:
    """Let a site show nothing or all of its stories."""
    try:
        settings = yaml.safe_load(file.read_text(encoding="utf-8"))
    except (yaml.YAMLError, OSError, ValueError):
        return False
    if not isinstance(settings, dict):
        return False
    file.write_text(yaml.safe_dump(settings | {"spoilers": {"default": horizon}}, sort_keys=False), encoding="utf-8")
    return True


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
