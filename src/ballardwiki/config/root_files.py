"""Files for the root of the site: `root/CNAME` becomes `/CNAME`. What lies there is the owner's, as templates are."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterator
from pathlib import Path

from ballardwiki import plain_files
from ballardwiki.problems import Location, Problem

ROOT = "root"
"""The folder of such files."""

_WELL_KNOWN = ".well-known"
"""The one hidden folder that web servers are asked for."""

_LITTER = {".DS_Store", ".gitattributes", ".gitignore", ".gitkeep", ".keep"}
"""Hidden files that nobody wants to see published."""

_FOLDERS = {"assets": "templates/assets/", "media": "media/"}
"""The folders of the site that have one of their own in the project."""


def found(project: Path, taken: Collection[str], problems: list[Problem]) -> Iterator[tuple[str, str]]:
    """Path in the site and path on disk of each file; what is not published becomes a problem.

    taken: the paths of other files that are published as they are.
    """
    folder = project / ROOT
    hidden = f"{ROOT}/{_WELL_KNOWN}"
    before = len(problems)
    files = list(plain_files.walk(folder, ROOT, problems))
    if any(each.at.path == ROOT for each in problems[before:]):
        return  # what cannot be looked into is said once
    if wrong := plain_files.folder(folder / _WELL_KNOWN, hidden):
        problems.append(wrong)
    else:
        files += plain_files.walk(folder / _WELL_KNOWN, hidden, problems)
    problems += _hidden(folder)
    for shown, path in files:
        inside = shown.removeprefix(f"{ROOT}/")
        if inside in taken or inside.partition("/")[0] in _FOLDERS:
            hint = f"Put it into {_FOLDERS[inside.partition('/')[0]]} or give it another name."
            message = f"/{inside} is the address of files that lie elsewhere in the project."
            problems.append(Problem(Location(shown), "url-unique", message, hint))
        else:
            yield inside, path


def _hidden(folder: Path) -> Iterator[Problem]:
    """What is not published since its name begins with a dot."""
    for place, folders, names in os.walk(folder):
        top = Path(place) == folder
        shown = "/".join((ROOT, *Path(place).relative_to(folder).parts))
        for name in sorted((*folders, *names)):
            if name.startswith(".") and name not in _LITTER and not (top and name == _WELL_KNOWN):
                hint = "Rename it, or delete it; of hidden folders only .well-known is published."
                message = "is not published, for its name begins with a dot."
                yield Problem(Location(f"{shown}/{name}"), "file-known", message, hint, "warning")
        folders[:] = [name for name in folders if not name.startswith(".") or (top and name == _WELL_KNOWN)]
