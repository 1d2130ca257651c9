"""A project: its settings, types, templates and files, ready for use."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from msgspec import Struct, structs

from ballardwiki.build.unshown import unshown
from ballardwiki.build.workers.process import Allowance
from ballardwiki.config import gone, site_file, type_files
from ballardwiki.config.gone import Gone
from ballardwiki.config.inputs import Inputs, digest, gather, shipped, theme
from ballardwiki.config.site import Config
from ballardwiki.pages import environment, view
from ballardwiki.problems import Problem
from ballardwiki.schema import Schema
from ballardwiki.signatures import Signature


class Project(Struct, frozen=True):
    """All inputs of a build but the content.

    code: digest of this program and its libraries. reading: of all that documents are made from besides their text.
    """

    root: Path
    config: Config
    schema: Schema
    templates: environment.Templates
    assets: Mapping[str, tuple[Signature, str]]
    files: Mapping[str, str]
    code: str
    reading: str
    limits: Allowance
    gone: tuple[Gone, ...]
    problems: tuple[Problem, ...]


def load(root: Path) -> Project:
    """The project in a folder."""
    return parse(gather(root))


def parse(inputs: Inputs, *, faultless: str = "") -> Project:
    """What the texts of a project say. `faultless`: the digest of templates that were found to have no fault."""
    problems = list(inputs.problems)
    missing = any(each.at.path == "site.yaml" for each in problems)
    config, found = site_file.load(inputs.settings or ("title: Untitled" if missing else ""), "site.yaml")
    problems += found
    if inputs.links:
        config = structs.replace(config, links=inputs.links)
    kinds, found = _schema(tuple(each for each in inputs.types if each[1]))
    problems += found
    tombstones, found = gone.load(inputs.gone)
    problems += found
    templates = _templates(tuple(inputs.templates.items()))
    if templates.digest != faultless:
        problems += templates.check()
    problems += unshown(kinds, inputs.types, templates, shipped(), _theme(templates))
    return Project(
        inputs.root,
        config,
        kinds,
        templates,
        inputs.assets,
        inputs.files,
        inputs.code,
        digest((inputs.code, repr(kinds), config.engine, config.timezone, config.base_url)),
        _limits(config),
        tombstones,
        tuple(problems),
    )


def _limits(config: Config) -> Allowance:
    """What a worker may use for one file or page."""
    limits = config.limits
    return Allowance(cpu=limits.seconds, memory=limits.memory << 20, wall=30 + 6 * limits.seconds)


@lru_cache(maxsize=1)
def _schema(files: tuple[tuple[str, str], ...]) -> tuple[Schema, list[Problem]]:
    """The types, read once for as long as their files stay the same."""
    return type_files.load(files, view.taken())


@lru_cache(maxsize=1)
def _theme(templates: environment.Templates) -> dict[str, str]:
    """The templates that come with the program and may be in use, by name."""
    files = ((name, theme() / name) for name in templates.files)
    return {name: file.read_text(encoding="utf-8") for name, file in files if file.is_file()}


@lru_cache(maxsize=1)
def _templates(files: tuple[tuple[str, tuple[str, str]], ...]) -> environment.Templates:
    """The templates, compiled once for as long as their files stay the same."""
    return environment.Templates(dict(files))
