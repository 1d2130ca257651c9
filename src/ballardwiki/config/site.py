"""The settings of a site: what it is called, where it lives, how far its public pages may tell."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlsplit

from msgspec import Struct

from ballardwiki.config.editors import EDITORS
from ballardwiki.config.repository import Repository


class NavigationLink(Struct, frozen=True):
    """An entry of the navigation: a label and an address from the site's root (`/news/`)."""

    label: str
    url: str


class Switch(Struct, frozen=True):
    """How bad a site takes what a rule reports: `off`, `info`, `warning` or `error`. And where it says so."""

    rule: str
    severity: str
    line: int = 0
    column: int = 0


class Limits(Struct, frozen=True):
    """What one file or page may cost. Exceeding it is that page's problem, the others still build."""

    seconds: int = 10
    memory: int = 1024
    """MiB a worker may take beyond what it starts with."""


class Config(Struct, frozen=True):
    """The settings of a site. Every one has a default but the title.

    base_url: where the site will live, ending in a slash; its path (`/wiki/`) may be anything.
    links: `files` writes `people/ada-lane/index.html` into pages, so that they work when opened from disk;
        `folders` writes `people/ada-lane/`, for a site that is only read through a web server.
    horizon: series id -> `none`, `all` or an episode (`s02e10`): what the public pages may tell of it.
    feed_authority: who names the feed's items, as RFC 4151 has it (`example.org,2025`); fix it before the site moves to
        another host. The default is the host of base_url.
    repository: the address of the site's source; code: the same as its host writes addresses.
    maintenance: whether there are pages for editors at /wiki/.
    engine: which Markdown engine reads the texts, see `markup.ENGINES`.
    data: whether the facts are published as files, too (`/data/`).
    editor: the pattern of addresses that open a file in the editor of those who write, see `editors`; "" for none.
    policy: directive of the Content-Security-Policy -> its sources, where the site needs others than `policy` has.
    """

    title: str
    description: str = ""
    base_url: str = "http://localhost/"
    language: str = "en"
    timezone: str = "UTC"
    author: str = ""
    license_name: str = "CC BY-SA 4.0"
    license_url: str = "https://creativecommons.org/licenses/by-sa/4.0/"
    repository: str = ""
    code: Repository = Repository()
    maintenance: bool = True
    navigation: tuple[NavigationLink, ...] = ()
    engine: str = "python-markdown"
    links: str = "files"
    horizon: Mapping[str, str] = {}
    default_horizon: str = "none"
    data: bool = True
    editor: str = EDITORS["vscode"]
    policy: Mapping[str, str] = {}
    feed_items: int = 50
    feed_authority: str = ""
    limits: Limits = Limits()
    rules: tuple[Switch, ...] = ()

    @property
    def base_path(self) -> str:
        """The path of `base_url`: `/` or `/wiki/`."""
        return urlsplit(self.base_url).path or "/"
