"""The address at which a site will live: `base_url` of the settings."""

from __future__ import annotations

from urllib.parse import SplitResult, urlsplit, urlunsplit

LOCAL = "http://localhost/"
"""The address of a site that says none, or none that could be one."""

_WRONG = "base_url must be an address such as https://example.org/wiki/."


def read(text: str) -> tuple[str, tuple[str, str] | None]:
    """The address, ending in a slash, and what is wrong with it: a message, and what to write."""
    try:
        parts = urlsplit("".join(text.split()))
        parts.port  # noqa: B018  # raises when it is none
    except ValueError:
        return LOCAL, (_WRONG, "")
    if "@" in parts.netloc:
        return LOCAL, ("base_url must not hold a name or a password; it stands on every page.", _instead(parts))
    if any(char.isspace() or not char.isprintable() or char in '\\<>"' for char in text):
        return LOCAL, ("base_url must not hold a blank or a sign that no address has.", _instead(parts))
    if parts.scheme in ("http", "https") and parts.hostname:
        if "?" in text or "#" in text:
            return LOCAL, ("base_url must not hold a ? or a #; pages are below it.", _instead(parts))
        return (text if text.endswith("/") else f"{text}/"), None
    if text and not parts.netloc and ":" not in text.partition("/")[0]:
        return LOCAL, (
            "base_url must begin with https:// or http://.",
            _instead(urlsplit(f"https://{text.lstrip('/')}")),
        )
    return LOCAL, (_WRONG, "")


def _instead(parts: SplitResult) -> str:
    """What to write: the address without all that may not be in one."""
    host, path = parts.netloc.rpartition("@")[2], parts.path
    if parts.scheme not in ("http", "https") or not host or set('\\<>"').intersection(host + path):
        return ""
    return f"Write {urlunsplit((parts.scheme, host, path if path.endswith('/') else f'{path}/', '', ''))}"
