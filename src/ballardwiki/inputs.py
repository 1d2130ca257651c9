"""What a site is made from besides its content, as it lies on disk: settings, types, templates, files, this program.

It is gathered anew for each build, and parsed (see `project`) only if anything of it or of the content changed.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b
from pathlib import Path

from ballardwiki import history, sources
from ballardwiki.history import Head
from ballardwiki.problems import Location, Problem
from ballardwiki.sources import Signature

_PACKAGE = Path(__file__).parent

_LIBRARIES = {"jinja2", "markdown", "nh3", "pyromark", "pygments", "feedgen", "python-slugify", "pyyaml"}
"""What else the bytes of a site depend on."""

_SUFFIXES = (".html", ".xml", ".txt", ".svg")
"""What a template's name ends in."""


@dataclass(frozen=True, slots=True)
class Inputs:
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


def gather(root: Path, assets: Mapping[str, tuple[Signature, str]] | None = None, *, links: str = "") -> Inputs:
    """Read the files of a project. `assets`: what is known of files from before. `links`: overrides the setting."""
    problems: list[Problem] = []
    settings = _text(root / "site.yaml", "site.yaml", problems)
    types = tuple(
        (f"types/{path.name}", _text(path, f"types/{path.name}", problems))
        for folder in (_PACKAGE / "types", root / "types")
        for path in sorted(folder.glob("*.yaml"))
    )
    folders = [(theme(), "templates")]
    if (root / "templates").resolve() != theme().resolve():
        folders.append((root / "templates", "templates"))
    templates, found = _templates(*folders)
    problems += found
    files, found = sources.assets(*((folder / "assets", "assets") for folder, _ in folders), (root / "media", "media"))
    problems += found
    digests = sources.digests(files, assets or {})
    code = _code()
    gone = _text(root / sources.GONE, sources.GONE, problems) if (root / sources.GONE).exists() else ""
    head = history.head(root)
    pieces = (
        *(code, links, settings, gone, head.commit, _looks(root / sources.PUBLISHED)),
        *(piece for each in types for piece in each),
        *(piece for name, each in sorted(templates.items()) for piece in (name, *each)),
        *(f"{path} {each[1]}" for path, each in digests.items()),
    )
    return Inputs(
        *(root, settings, links, types, templates, digests, files, gone, head, code, digest(pieces), tuple(problems))
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
        return repr(sources.signature(path.stat()))
    except OSError:
        return ""


def _text(path: Path, shown: str, problems: list[Problem]) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "it is not UTF-8"
        hint = "Begin a site with: ballardwiki init FOLDER" if shown == "site.yaml" else ""
        problems.append(Problem(Location(shown), "file-readable", f"the file can't be read: {reason}.", hint))
        return ""


def _templates(*folders: tuple[Path, str]) -> tuple[dict[str, tuple[str, str]], list[Problem]]:
    """The templates in folders; of two with one name the later folder's counts. The text names a folder in messages."""
    found: dict[str, tuple[str, str]] = {}
    problems: list[Problem] = []
    for folder, shown in folders:
        for path in sorted(folder.rglob("*")) if folder.is_dir() else ():
            name = path.relative_to(folder).as_posix()
            if name.startswith("assets/") or path.suffix not in _SUFFIXES or not path.is_file():
                continue
            try:
                found[name] = (f"{shown}/{name}", path.read_text(encoding="utf-8"))
            except (OSError, UnicodeDecodeError) as error:
                reason = getattr(error, "strerror", None) or "it is not UTF-8"
                message = f"the file can't be read: {reason}."
                problems.append(Problem(Location(f"{shown}/{name}"), "file-readable", message))
    return found, problems


@lru_cache(maxsize=1)
def _code() -> str:
    files = sorted(_PACKAGE.rglob("*.py"))
    return digest([*_versions(), *(path.read_text(encoding="utf-8") for path in files)])


def _versions() -> list[str]:
    """The names and versions of the libraries, after the folders that say so; they need not be read."""
    folders = (Path(each) for each in sys.path)
    found = (entry.name for folder in folders if folder.is_dir() for entry in folder.iterdir())
    described = (name for name in found if name.endswith((".dist-info", ".egg-info")))
    return sorted(name for name in described if name.partition("-")[0].lower().replace("_", "-") in _LIBRARIES)
