"""A plugin of pytest that keeps every project that a test builds: what bench/same builds with two programs.

Kept are the project as it stood when the build began and what the build was asked for, once for equal ones.
"""

from __future__ import annotations

import hashlib
import os
import pickle
import shutil
from pathlib import Path
from typing import Any

import tinysite

PROJECTS = Path(os.environ["SAME_PROJECTS"])
KEPT = ("drafts", "jobs", "keep_going", "links", "now")
"""What a build may be asked for; where it publishes and what it keeps is not the project's."""
_build = tinysite.Site.build
_test = [""]


def pytest_runtest_setup(item: Any) -> None:
    """Remember whose projects come next."""
    _test[0] = f"{item.path.stem}-{item.name}"


def _kept(site: tinysite.Site, **options: Any) -> Any:
    _keep(site, {name: value for name, value in (site.options | options).items() if name in KEPT})
    return _build(site, **options)


def _keep(site: tinysite.Site, options: dict[str, Any]) -> None:
    files = sorted(path for path in site.root.rglob("*") if path.is_file() and not path.is_symlink())
    if any(not (path.is_dir() or path.is_file()) or path.is_symlink() for path in site.root.rglob("*")):
        return  # pipes and links are the tests' own matter
    digest = hashlib.sha256(repr(sorted(options.items())).encode())
    for file in files:
        try:
            digest.update(f"{file.relative_to(site.root)}\0".encode() + file.read_bytes() + b"\0")
        except OSError:
            return
    name = "".join(sign if sign.isalnum() or sign in "-_" else "-" for sign in _test[0])[:90]
    seen, folder = PROJECTS / ".seen" / digest.hexdigest(), PROJECTS / f"{name}-{digest.hexdigest()[:8]}"
    seen.parent.mkdir(parents=True, exist_ok=True)
    try:
        seen.touch(exist_ok=False)
    except FileExistsError:
        return
    shutil.copytree(site.root, folder / "project")
    (folder / "options").write_bytes(pickle.dumps(options))


tinysite.Site.build = _kept  # type: ignore[method-assign]
