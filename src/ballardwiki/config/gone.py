"""`gone.yaml`: what became of addresses that are no more, where `was` can't say it.

/people/john-doe/: He turned out to be a misprint.       # a page that says so
/tags/tv-drama/: {to: /tags/drama/}                      # a page that leads on
/series/harbour/#crew: The crew stands on the seasons now. # an anchor; nothing is published, nobody is warned
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from urllib.parse import urlsplit

from msgspec import Struct

from ballardwiki import lookalikes, yaml_reader
from ballardwiki.config.published import GONE as FILE
from ballardwiki.lookalikes import comments
from ballardwiki.problems import Location, Problem, errors
from ballardwiki.web_addresses import decoded

_KEYS = ("reason", "to")


class Gone(Struct, frozen=True):
    """An address that is no more: why, and where to go on, "" for nowhere. `line`: where it is written."""

    url: str
    anchor: str
    reason: str
    to: str
    line: int

    @property
    def key(self) -> str:
        """The address with its anchor, as it is written."""
        return f"{self.url}#{self.anchor}" if self.anchor else self.url


def load(text: str) -> tuple[tuple[Gone, ...], list[Problem]]:
    """What the file says, and what is wrong with it (rule `gone-valid`)."""
    if not text.strip():
        return (), []
    node, found = yaml_reader.parse(text, FILE)
    problems = list(found)
    if not isinstance(node, yaml_reader.Mapping):
        if node is not None and not errors(problems):
            problems.append(_problem((1, 1), "gone.yaml must hold addresses and what became of them."))
        return (), problems
    entries = []
    for key, item in node.items.items():
        at = node.keys[key]
        url, _, anchor = key.partition("#")
        reason, to = _said(item)
        if not url.startswith("/") or "//" in url or "/../" in url:
            problems.append(_problem(at, f"{key} is no address from the site's root.", key))
        elif not reason and not to:
            problems.append(_problem(at, f"it is not said what became of {key}.", key))
        elif to and not to.startswith(("/", "https://", "http://")):
            problems.append(_problem(at, f"{to} is no address to lead on to.", key, to))
        elif mark := next(lookalikes.find(reason), None):
            message = f"{mark.typed} hides nothing in a reason, so what it should hide would be seen."
            problems.append(Problem(Location(FILE, *at), lookalikes.RULE, message, "Write a reason that all may read."))
        elif comment := comments.any_(reason):
            message = f"{comment.typed} is no comment in a reason, so it would be seen."
            problems.append(
                Problem(Location(FILE, *at), comments.RULE, message, "Write it behind # in a line of its own.")
            )
        else:
            entries.append(Gone(decoded(url), anchor, reason, to, at[0]))
    return tuple(entries), [*problems, *_circles(entries)]


def _circles(entries: Sequence[Gone]) -> Iterator[Problem]:
    """Addresses that lead back to themselves, each circle told once, where it is first written."""
    ways = {each.url: each for each in entries if each.to and not each.anchor}
    seen: set[str] = set()
    for start in ways:
        row: dict[str, None] = {}
        url = start
        while url in ways and url not in seen:
            seen.add(url)
            row[url] = None
            url = decoded(ways[url].to.partition("#")[0])
        if url in row:
            circle = [*row][[*row].index(url) :]
            message = f"{' leads to '.join([*circle, url])}, and so nowhere."
            yield Problem(Location(FILE, ways[url].line, 1), "gone-valid", message, "Let one of them lead to a page.")


def _said(item: yaml_reader.Node) -> tuple[str, str]:
    """Reason and way on, "" for what is not said."""
    if isinstance(item, yaml_reader.Scalar):
        return item.text.strip(), ""
    if not isinstance(item, yaml_reader.Mapping) or set(item.items) - set(_KEYS):
        return "", ""
    given = (item.items.get(key) for key in _KEYS)
    reason, to = (each.text.strip() if isinstance(each, yaml_reader.Scalar) else "" for each in given)
    return reason, to


def _problem(at: tuple[int, int], message: str, key: str = "/people/old-id/", to: str = "") -> Problem:
    """The hint shows the editor's own address, and where to lead on to if that is said."""
    parts = urlsplit(key)
    url = f"/{'/'.join(filter(None, parts.path.split('/')))}/".replace("//", "/").replace("/../", "/")
    url = url if url.strip("/") else "/people/old-id/"
    own = f"{url}#{parts.fragment}" if parts.fragment else url
    way = f"/{to.strip('/')}/" if to else "/people/new-id/"
    hint = f"Write {own}: {{to: {way}}}." if to else f"Write {own}: why it is gone, or {own}: {{to: {way}}}."
    return Problem(Location(FILE, *at), "gone-valid", message, hint)
