"""What a site is made from besides its content, as it lies on disk: settings, types, templates, files, this program.

It is gathered anew for each build, and parsed (see `project`) only if anything of it or of the content changed.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from hashlib import blake2b
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from ballardwiki import plain_files, signatures
from ballardwiki.config import assets, history, published, root_files
from ballardwiki.config.history import Head
from ballardwiki.expressions import expression
from ballardwiki.problems import Location, Problem
from ballardwiki.signatures import Signature

_PACKAGE = Path(__file__).parent.parent

_LIBRARIES = {"jinja2", "markdown", "nh3", "pyromark", "pygments", "feedgen", "python-slugify", "pyyaml"}
"""What else the bytes of a site depend on."""

_FOLDERS = ("content", "media", root_files.ROOT, "templates", "types")
"""What a project's folders are called."""

_TYPE = expression(r"types/[^/]+\.yaml")

_SUFFIXES = (".html", ".xml", ".txt", ".svg")
"""What a template's name ends in."""


class Inputs(Struct, frozen=True):
    """The texts and files of a project.

    types: (path shown in messages, text). templates: name -> (path shown, text). assets: path in the site -> signature
    and digest of the file; files: the same path -> the file on disk. code: digest of this program and the libraries
    whose output ends up in pages. gone: the text of gone.yaml. head: the commit that is checked out.
    digest: of everything here, and of how the file of published addresses looks.
    """

    root: Path
    settings: str
    links: str
    types: tuple[tuple[str, str], ...]
    templates: Mapping[str, tuple[str, str]]
    assets: Mapping[str, tuple[Signature, str]]
    files: Mapping[str, str]
    gone: str
    head: Head
    code: str
    digest: str
    problems: tuple[Problem, ...]


def theme() -> Path:
    """The folder of the theme: beside the package in a checkout, inside it when installed."""
    inside = _PACKAGE / "templates"
    return inside if inside.is_dir() else _PACKAGE.parent.parent / "templates"


def shipped() -> frozenset[str]:
    """The names of the types that come with the program."""
    return frozenset(path.stem for path in (_PACKAGE / "types").glob("*.yaml"))


def gather(root: Path, known: assets.Known | None = None, *, code: str = "", links: str = "") -> Inputs:
    """Read the files of a project. `links`: overrides the setting.

    known: what the program with the digest `code` found out of files that are published as they are.
    """
    problems: list[Problem] = []
    wrong = {name: problem for name in _FOLDERS if (problem := plain_files.folder(root / name, name))}
    problems += wrong.values()
    settings = _text(root / "site.yaml", "site.yaml", problems)
    own = [] if "types" in wrong else list(plain_files.walk(root / "types", "types", problems))
    given = plain_files.walk(_PACKAGE / "types", "types", problems, trusted=True)
    problems += _misnamed(root, [shown for shown, _ in own])
    own = [each for each in own if _TYPE.fullmatch(each[0])]
    types = tuple((shown, _text(Path(path), shown, problems)) for shown, path in (*given, *own))
    alike = (root / "templates").resolve() == theme().resolve()
    folders = [(theme(), not alike)]
    if not alike and "templates" not in wrong:
        folders.append((root / "templates", False))
    listed = [
        each for path, trusted in folders for each in plain_files.walk(path, "templates", problems, trusted=trusted)
    ]
    templates = _templates(listed, problems)
    files = [(shown.partition("/")[2], path) for shown, path in listed if shown.startswith("templates/assets/")]
    if assets.MEDIA not in wrong:
        files += plain_files.walk(root / assets.MEDIA, assets.MEDIA, problems)
    if root_files.ROOT not in wrong:
        files += list(root_files.found(root, {path for path, _ in files}, problems))
    digests, places, found = assets.digests(files, known if known and code == program() else {})
    problems += found
    gone = _text(root / published.GONE, published.GONE, problems) if os.path.lexists(root / published.GONE) else ""
    head = history.head(root)
    pieces = (
        *(program(), links, settings, gone, head.commit, _looks(root / published.PUBLISHED)),
        *(piece for each in types for piece in each),
        *(piece for name, each in sorted(templates.items()) for piece in (name, *each)),
        *(f"{path} {each[1]}" for path, each in digests.items()),
    )
    return Inputs(
        *(root, settings, links, types, templates, digests, places, gone, head, program(), digest(pieces)),
        tuple(sorted(problems)),
    )


def digest(pieces: Iterable[str]) -> str:
    """The digest of several texts."""
    mix = blake2b(digest_size=16)
    for piece in pieces:
        mix.update(f"{len(piece)}\0{piece}".encode(errors="surrogatepass"))
    return mix.hexdigest()


def _looks(path: Path) -> str:
    """What tells a file's versions apart without reading it, "" for a missing one."""
    try:
        return repr(signatures.signature(path.lstat()))
    except OSError:
        return ""


def _text(path: Path, shown: str, problems: list[Problem]) -> str:
    """A file's text; "" with a problem where it can't be had."""
    found = plain_files.text(path, shown)
    if not isinstance(found, Problem):
        return found.replace("\r\n", "\n").replace("\r", "\n")
    if shown == "site.yaml" and not os.path.lexists(path):
        other = next(iter(_alike(path.parent, shown)), "")
        found = replace(
            found, hint=f"Rename {other} to {shown}." if other else "Begin a site with: ballardwiki init FOLDER"
        )
    problems.append(found)
    return ""


def _alike(root: Path, name: str) -> list[str]:
    """The files in a project's folder that were to bear a name: `site.yml`, `Site.YAML`."""
    entries = os.listdir(root) if root.is_dir() else []
    return sorted(each for each in entries if each != name and each.lower().replace(".yml", ".yaml") == name)


def _misnamed(root: Path, types: Iterable[str]) -> Iterator[Problem]:
    """Files that are not read, for their names are not quite those of types, settings or gone addresses."""
    for shown in types:
        if shown.lower().endswith((".yaml", ".yml")) and not _TYPE.fullmatch(shown):
            hint = f"Move it to types/{Path(shown).stem.lower()}.yaml"
            yield Problem(
                Location(shown), "file-known", "is no type: these are files types/NAME.yaml.", hint, "warning"
            )
    for name in ("site.yaml", published.GONE):
        for other in _alike(root, name) if name == published.GONE or (root / name).exists() else ():
            yield Problem(Location(other), "file-known", "is not read.", f"Name it {name}, or delete it.", "warning")


def _templates(listed: Iterable[tuple[str, str]], problems: list[Problem]) -> dict[str, tuple[str, str]]:
    """The templates among files (path shown, path on disk); of two with one name the later counts."""
    found: dict[str, tuple[str, str]] = {}
    for shown, path in listed:
        name = shown.removeprefix("templates/")
        if not name.startswith("assets/") and name.endswith(_SUFFIXES):
            found[name] = (shown, _text(Path(path), shown, problems))
    return found


@lru_cache(maxsize=1)
def program() -> str:
    """The digest of this program and of the libraries whose output ends up in pages."""
    files = sorted(_PACKAGE.rglob("*.py"))
    return digest([*_versions(), *(path.read_text(encoding="utf-8") for path in files)])


def _versions() -> list[str]:
    """The names and versions of the libraries, after the folders that say so; they need not be read."""
    folders = (Path(each) for each in sys.path)
    found = (entry.name for folder in folders if folder.is_dir() for entry in folder.iterdir())
    described = (name for name in found if name.endswith((".dist-info", ".egg-info")))
    return sorted(name for name in described if name.partition("-")[0].lower().replace("_", "-") in _LIBRARIES)
