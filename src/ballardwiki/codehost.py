"""Where a site's files are shown, edited and discussed: the addresses of code hosts, as data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import quote, urlsplit


@dataclass(frozen=True, slots=True)
class Host:
    """How a code host writes its addresses. `names`: parts of host names by which it is known."""

    names: tuple[str, ...]
    view: str
    edit: str
    history: str
    line: str
    issue: str


HOSTS: Mapping[str, Host] = {
    "github": Host(
        names=("github",),
        view="{repository}/blob/{branch}/{path}",
        edit="{repository}/edit/{branch}/{path}",
        history="{repository}/commits/{branch}/{path}",
        line="#L{line}",
        issue="{repository}/issues/new?title={title}&body={body}",
    ),
    "gitlab": Host(
        names=("gitlab",),
        view="{repository}/-/blob/{branch}/{path}",
        edit="{repository}/-/edit/{branch}/{path}",
        history="{repository}/-/commits/{branch}/{path}",
        line="#L{line}",
        issue="{repository}/-/issues/new?issue[title]={title}&issue[description]={body}",
    ),
    "forgejo": Host(
        names=("codeberg", "forgejo", "gitea"),
        view="{repository}/src/branch/{branch}/{path}",
        edit="{repository}/_edit/{branch}/{path}",
        history="{repository}/commits/branch/{branch}/{path}",
        line="#L{line}",
        issue="{repository}/issues/new?title={title}&body={body}",
    ),
}


def known_as(address: str) -> str:
    """The host that an address tells: a key of HOSTS, or ""."""
    name = (urlsplit(address).hostname or "").lower()
    return next((key for key, host in HOSTS.items() if any(each in name for each in host.names)), "")


@dataclass(frozen=True, slots=True)
class Repository:
    """A site's repository. folder: where the site lies in it, "" for its root. host: a key of HOSTS, or "" for none."""

    url: str = ""
    host: str = ""
    branch: str = "main"
    folder: str = ""

    def view(self, path: str, line: int = 0) -> str:
        """The address that shows a file of the project, at a line; "" where there is none."""
        return self._file("view", path, line)

    def edit(self, path: str, line: int = 0) -> str:
        """The address at which to edit a file."""
        return self._file("edit", path, line)

    def history(self, path: str) -> str:
        """The address of a file's history."""
        return self._file("history", path, 0)

    def issue(self, title: str, body: str) -> str:
        """The address of a new issue with its text already in it."""
        host = HOSTS.get(self.host)
        if not host:
            return ""
        given = {"repository": self.url.rstrip("/"), "title": quote(title, safe=""), "body": quote(body, safe="")}
        return host.issue.format(**given)

    def _file(self, what: str, path: str, line: int) -> str:
        host = HOSTS.get(self.host)
        if not host:
            return ""
        whole = f"{self.folder.strip('/')}/{path}" if self.folder.strip("/") else path
        given = {"repository": self.url.rstrip("/"), "branch": quote(self.branch), "path": quote(whole)}
        pattern: str = getattr(host, what)
        return pattern.format(**given) + (host.line.format(line=line) if line > 1 else "")
