"""A project on disk: its settings, types, templates and files, read anew for each build."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from hashlib import blake2b
from importlib import metadata
from pathlib import Path

from ballardwiki import config as configs, render, schema, sources
from ballardwiki.config import Config
from ballardwiki.problems import Location, Problem
from ballardwiki.schema import Schema
from ballardwiki.sources import Signature
from ballardwiki.workers import Limits

_PACKAGE = Path(__file__).parent
_LIBRARIES = ("jinja2", "markdown", "cmarkgfm", "nh3", "pygments", "feedgen", "python-slugify", "pyyaml")
"""What else the bytes of a site depend on."""


def theme() -> Path:
    """The folder of the theme: beside the package in a checkout, inside it when installed."""
    inside = _PACKAGE / "templates"
    return inside if inside.is_dir() else _PACKAGE.parent.parent / "templates"


@dataclass(frozen=True, slots=True)
class Project:
    """All inputs of a build but the content.

    code: digest of this program and the libraries whose output ends up in pages. reading: digest of all that documents
    are made from besides their text. surroundings: digest of everything here.
    """

    root: Path
    config: Config
    schema: Schema
    templates: render.Templates
    assets: Mapping[str, tuple[Signature, str]]
    files: Mapping[str, str]
    code: str
    reading: str
    surroundings: str
    limits: Limits
    problems: tuple[Problem, ...]


def load(
    root: Path, assets: Mapping[str, tuple[Signature, str]] | None = None, *, faultless: str = "", links: str = ""
) -> Project:
    """Read a project's settings, types and templates.

    assets: what is known of files from before. faultless: the digest of templates that were found to have no fault.
    links: overrides the setting.
    """
    problems: list[Problem] = []
    text = _text(root / "site.yaml", "site.yaml", problems)
    config, found = configs.load(text or "title: Untitled", "site.yaml")
    problems += found
    if links:
        config = replace(config, links=links)
    types = [
        (f"types/{path.name}", _text(path, f"types/{path.name}", problems))
        for folder in (_PACKAGE / "types", root / "types")
        for path in sorted(folder.glob("*.yaml"))
    ]
    kinds, faults = _schema(tuple(each for each in types if each[1]))
    problems += faults
    folders = [(theme(), "templates")]
    if (root / "templates").resolve() != theme().resolve():
        folders.append((root / "templates", "templates"))
    texts, found = render.read(*folders)
    problems += found
    templates = _templates(tuple(texts.items()))
    if templates.digest != faultless:
        problems += templates.check()
    files, found = sources.assets(*((folder / "assets", "assets") for folder, _ in folders), (root / "media", "media"))
    problems += found
    digests = sources.digests(files, assets or {})
    code = _code()
    reading = _digest(code, repr(kinds), config.engine)
    pieces = (
        code,
        repr(config),
        repr(kinds),
        templates.digest,
        *(f"{path} {each[1]}" for path, each in digests.items()),
    )
    return Project(
        root,
        config,
        kinds,
        templates,
        digests,
        files,
        code,
        reading,
        _digest(*pieces),
        _limits(config),
        tuple(problems),
    )


def _limits(config: Config) -> Limits:
    """What a worker may use for one file or page."""
    limits = config.limits
    return Limits(cpu=limits.seconds, memory=limits.memory << 20, wall=30 + 6 * limits.seconds)


def _text(path: Path, shown: str, problems: list[Problem]) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "it is not UTF-8"
        hint = "Begin a site with: ballardwiki init FOLDER" if shown == "site.yaml" else ""
        problems.append(Problem(Location(shown), "file-readable", f"the file can't be read: {reason}.", hint))
        return ""


@lru_cache(maxsize=1)
def _schema(files: tuple[tuple[str, str], ...]) -> tuple[Schema, list[Problem]]:
    """The types, read once for as long as their files stay the same."""
    return schema.load(files)


@lru_cache(maxsize=1)
def _templates(files: tuple[tuple[str, tuple[str, str]], ...]) -> render.Templates:
    """The templates, compiled once for as long as their files stay the same."""
    return render.Templates(dict(files))


@lru_cache(maxsize=1)
def _code() -> str:
    files = sorted(path for path in _PACKAGE.rglob("*.py"))
    versions = (f"{name} {metadata.version(name)}" for name in _LIBRARIES)
    return _digest(*versions, *(path.read_text(encoding="utf-8") for path in files))


def _digest(*pieces: str | Iterable[str]) -> str:
    mix = blake2b(digest_size=16)
    for piece in pieces:
        mix.update(f"{len(piece)}\0{piece}".encode(errors="surrogatepass"))  # type: ignore[arg-type]
    return mix.hexdigest()
