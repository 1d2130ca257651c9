"""Where a site's files are shown, edited and discussed: the addresses of code hosts, as data."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import quote, urlsplit

from msgspec import Struct


class Host(Struct, frozen=True):
    """How a code host writes its addresses.

    names: parts of host names by which it is known. root: what stands between a repository and the rest.
    view, edit, history: the ways to a file, with its branch. title, body: what a new issue calls its texts.
    """

    names: tuple[str, ...]
    root: str
    view: str
    edit: str
    history: str
    title: str
    body: str


HOSTS: Mapping[str, Host] = {
    "github": Host(("github",), "", "blob", "edit", "commits", "title", "body"),
    "gitlab": Host(("gitlab",), "/-", "blob", "edit", "commits", "issue[title]", "issue[description]"),
    "forgejo": Host(("codeberg", "forgejo", "gitea"), "", "src/branch", "_edit", "commits/branch", "title", "body"),
}


def known_as(address: str) -> str:
    """The host that an address tells: a key of HOSTS, or ""."""
    name = (urlsplit(address).hostname or "").lower()
    return next((key for key, host in HOSTS.items() if any(each in name for each in host.names)), "")


class Repository(Struct, frozen=True):
    """A site's repository. folder: where the site lies in it, "" for its root. host: a key of HOSTS, or "" for none."""

    url: str = ""
    host: str = ""
    branch: str = "main"
    folder: str = ""

    def view(self, path: str, line: int = 0) -> str:
        """The address that shows a file of the project, at a line; "" where there is none."""
        return self._file(self._at.view, path, line) if self._at else ""

    def edit(self, path: str, line: int = 0) -> str:
        """The address at which to edit a file."""
        return self._file(self._at.edit, path, line) if self._at else ""

    def history(self, path: str) -> str:
        """The address of a file's history."""
        return self._file(self._at.history, path, 0) if self._at else ""

    def issue(self, title: str, body: str) -> str:
        """The address of a new issue with its text already in it."""
        host = self._at
        if not host:
            return ""
        texts = f"{host.title}={quote(title, safe='')}&{host.body}={quote(body, safe='')}"
        return f"{self.url.rstrip('/')}{host.root}/issues/new?{texts}"

    @property
    def _at(self) -> Host | None:
        return HOSTS.get(self.host)

    def _file(self, way: str, path: str, line: int) -> str:
        root = self._at.root if self._at else ""
        folder = f"{self.folder.strip('/')}/".lstrip("/")
        place = f"#L{line}" if line > 1 else ""
        return f"{self.url.rstrip('/')}{root}/{way}/{quote(self.branch)}/{quote(folder + path)}{place}"
