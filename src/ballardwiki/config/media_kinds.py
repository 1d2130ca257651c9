"""Which files media/ may hold: kinds that browsers show, play or save, and that can't do anything of their own.

A page that runs script at the site's address speaks for the site. So a file is judged by its name, as web servers do,
and by how it begins, as browsers do where a server says nothing.
"""

from __future__ import annotations

from ballardwiki.similarity import suggest

KINDS = {
    "images": "png apng jpg jpeg gif webp avif svg ico bmp tif tiff heic heif jxl",
    "audio": "mp3 m4a aac ogg oga opus flac wav weba",
    "video": "mp4 m4v webm ogv mov mkv",
    "documents": "pdf epub",
    "text": "txt csv tsv",
    "subtitles": "vtt srt",
    "archives": "zip gz tgz bz2 xz 7z tar zst",
    "fonts": "woff woff2 ttf otf",
}
"""What it is for an editor -> how the names of such files end."""

_PASSIVE = {end for ends in KINDS.values() for end in ends.split()}

_RUNS = """
    html htm xhtml xht shtml shtm mht mhtml hta js mjs cjs jsx ts wasm xml xsl xslt xsd rdf rss atom svgz swf jar class
    php php3 php4 php5 php7 php8 phtml phar cgi pl py rb sh bash fcgi asp aspx ashx asmx jsp jspx cfm htaccess htc
    css json jsonld webmanifest appcache exe com bat cmd ps1 vbs msi scr dll
"""
_ACTIVE = frozenset(_RUNS.split())
"""What some browser or server runs, or takes for part of the site, wherever it stands among a name's endings."""

_NEVER_GUESSED = {"txt", "csv"}
"""Kinds that every server names, and no browser takes for a page, however the text begins."""

HEAD = 1445
"""Bytes that browsers look at to guess what a file is (WHATWG MIME Sniffing, 7.1)."""

_PAGE = (
    *(b"<!doctype html", b"<html", b"<head", b"<script", b"<iframe", b"<h1", b"<div", b"<font", b"<table", b"<a"),
    *(b"<style", b"<title", b"<b", b"<body", b"<br", b"<p", b"<svg", b"<math", b"<object", b"<embed", b"<meta"),
)
_MARKUP = (b"<!--", b"<?xml", b"<?php", b"<%", b"#!")


def refusal(name: str, head: bytes) -> tuple[str, str]:
    """Why a file may not be published from media/, and what to do; two empty texts where it may.

    head: its first `HEAD` bytes. An SVG is judged further by `drawing`.
    """
    ends = name.rpartition("/")[2].lower().split(".")[1:]
    last = ends[-1].strip() if ends else ""
    if active := next((each for each in ends if each.strip() in _ACTIVE), ""):
        if active == ends[-1]:
            return (
                f"files that end in .{last} can run on the site, or pass for a part of it; media/ may hold none.",
                "Make it a page of content/, or let it stand elsewhere and link there.",
            )
        return (
            f"some servers take a file with .{active} in its name for one that can run.",
            "Rename it, so that it has a single ending.",
        )
    if last not in _PASSIVE or last != ends[-1]:
        return _unknown(last, plain=ends[-1:] == [last]), f"{suggest(last, _PASSIVE)} {_known()}".strip()
    if last != "svg" and last not in _NEVER_GUESSED and (found := _begins(head)):
        return (
            f"ends in .{last} but begins with {found}, as a page or program does: browsers may take it for one.",
            "Save it anew in the format that its name says.",
        )
    return "", ""


def _unknown(last: str, *, plain: bool) -> str:
    if not last:
        return "has no ending that tells its kind."
    return f"is of a kind that media/ does not hold, .{last}." if plain else "has blanks around the ending of its name."


def _known() -> str:
    return "Allowed are " + "; ".join(f"{kind} ({', '.join(ends.split())})" for kind, ends in KINDS.items()) + "."


def _begins(head: bytes) -> str:
    """The markup or program with which bytes begin, as browsers look at it; "" for none."""
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip(b" \t\r\n\x0c")[:20].lower()
    if start[:2] in (b"\xff\xfe", b"\xfe\xff"):
        start = head[2:].replace(b"\0", b"").lstrip(b" \t\r\n\x0c")[:20].lower()
    for each in _MARKUP:
        if start.startswith(each):
            return each.decode()
    for each in _PAGE:
        if start.startswith(each) and start[len(each) : len(each) + 1] in (
            b" ",
            b">",
            b"/",
            b"\t",
            b"\n",
            b"\r",
            b"\x0c",
        ):
            return each.decode()
    return ""
