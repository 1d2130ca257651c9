"""What lies in a project is read only where it is what it seems, and media can do nothing of their own."""

from __future__ import annotations

import json
import os
import socket
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner
from tinysite import Site, Sites

from ballardwiki.build import kept_urls
from ballardwiki.cli import main
from ballardwiki.config import drawing, media_kinds

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs links and pipes")
PERSON = {"content/people/ann.md": "---\ntitle: Ann\n---\nHello.\n"}
SECRET = "FAKE SECRET"


def found(wiki: Site) -> list[tuple[str, str]]:
    """Where and what the errors of a build are; nothing of the secret is published."""
    result = wiki.build()
    published = b"".join(wiki.tree().values()) if wiki.out.exists() else b""
    assert SECRET.encode() not in published
    return [(str(each.at), each.rule) for each in result.problems if each.severity == "error"]


def link(place: Path) -> None:
    """A link to another folder or file, which holds something secret."""
    other = next(each for each in place.parents if each.name == "project").parent / "elsewhere"
    other.mkdir(exist_ok=True, parents=True)
    (other / "secret.txt").write_text(SECRET)
    place.symlink_to(other if "." not in place.name else other / "secret.txt")


def bound(place: Path) -> None:
    here = Path.cwd()
    os.chdir(place.parent)  # the path of a socket may have a hundred bytes
    try:
        with socket.socket(socket.AF_UNIX) as made:
            made.bind(place.name)
    finally:
        os.chdir(here)


ODD: dict[str, Callable[[Path], object]] = {"link": link, "pipe": os.mkfifo, "socket": bound}


@pytest.mark.parametrize("what", ODD)
@pytest.mark.parametrize("name", ["content", "media", "templates", "types", "site.yaml", "gone.yaml"])
def test_a_root_that_is_not_what_it_seems_is_one_error(site: Sites, name: str, what: str) -> None:
    wiki = site(PERSON)
    place = wiki.root / name
    if place.exists():
        wiki.delete(name)
    ODD[what](place)
    assert found(wiki) == [(name, "file-readable")]


@pytest.mark.parametrize("what", ODD)
@pytest.mark.parametrize(
    "name",
    [
        *("content/places", "content/people/more", "content/people/bob.md", "content/.published.json"),
        *("media/sub", "media/sub/deep", "media/a.txt", "media/a.svg"),
        *("templates/assets", "templates/assets/sub", "templates/person.html", "templates/parts"),
        *("types/own.yaml", "types/sub"),
    ],
)
def test_nothing_below_a_root_is_what_it_does_not_seem(site: Sites, name: str, what: str) -> None:
    wiki = site(PERSON)
    (wiki.root / name).parent.mkdir(parents=True, exist_ok=True)
    ODD[what](wiki.root / name)
    assert found(wiki) == [(name, "file-readable")]


def test_hidden_files_of_programs_are_nobodys_business(site: Sites) -> None:
    """Emacs marks what it edits by a link that leads nowhere; systems leave files behind."""
    wiki = site(PERSON | {"media/.DS_Store": "x", "media/a.txt": "x"})
    for name in ("content/people/.#ann.md", "media/.#a.txt"):
        (wiki.root / name).symlink_to("ann@computer.1234")
    wiki.published()
    assert not wiki.has("media/.DS_Store")


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root makes devices")
def test_a_device(site: Sites) -> None:
    wiki = site(PERSON | {"media/a.txt": "x"})
    wiki.delete("media/a.txt")
    try:
        os.mknod(wiki.root / "media/a.txt", 0o020666, os.makedev(1, 5))
    except PermissionError:
        pytest.skip("no device can be made here")
    assert found(wiki) == [("media/a.txt", "file-readable")]


# Which media


def media(site: Sites, name: str, text: str | bytes = "x") -> list[tuple[str, str]]:
    wiki = site(PERSON)
    wiki.write(f"media/{name}", text)
    problems = found(wiki)
    assert wiki.has(f"media/{name}") != bool(problems)
    return problems


@pytest.mark.parametrize(
    "name",
    "a.html a.htm a.HTML a.xhtml a.js a.mjs a.xml a.xsl a.XSLT a.swf a.wasm a.svgz a.mht a.php a.css a.json a.html. a.png. "
    "a.html.gz a.php.png a.js.map noending a.psd sub/deep/a.Html".split(),
)
def test_what_can_run_or_is_unknown_is_refused(name: str) -> None:
    message, hint = media_kinds.refusal(f"media/{name}", b"x")
    assert message.endswith(".") and hint.endswith(".")


@pytest.mark.parametrize(
    "name",
    "a.png a.JPG a.webp a.gif a.mp3 a.mp4 a.webm a.pdf a.txt a.csv a.vtt a.srt a.zip v1.2.tar.gz a.woff2".split(),
)
def test_what_is_shown_played_or_saved_is_published(name: str) -> None:
    assert media_kinds.refusal(f"media/{name}", b"x") == ("", "")


@pytest.mark.parametrize("name", ["x.html", "sub/x.HTML", "x.js", "noending"])
def test_what_is_refused_stops_the_build(site: Sites, name: str) -> None:
    assert media(site, name) == [(f"media/{name}", "media-safe")]


def test_what_is_not_refused_is_published(site: Sites) -> None:
    assert media(site, "stills/a.PNG") == []


@pytest.mark.parametrize("name", ["a.png", "a.vtt", "a.zip", "a.pdf"])
@pytest.mark.parametrize(
    "begin",
    [
        *(b"<!DOCTYPE html><script>alert(1)</script>", b"\n\t <HTML>", b"<script>1</script>", b"<!-- x --><p>x"),
        *(b"\xef\xbb\xbf<html >", b"<?xml version='1.0'?><html/>", b"\xff\xfe<\0s\0v\0g\0>\0", b"#!/bin/sh"),
    ],
)
def test_what_a_browser_would_take_for_a_page_is_refused(name: str, begin: bytes) -> None:
    assert media_kinds.refusal(f"media/{name}", begin)[0]


def test_how_a_file_begins_stops_the_build(site: Sites) -> None:
    assert media(site, "a.png", "<html><script>1</script>") == [("media/a.png", "media-safe")]


@pytest.mark.parametrize("text", ["<p>: how it was done\n", "<Ballard> Hello.\n", "# <html>\n"])
def test_a_text_may_begin_as_it_likes(text: str) -> None:
    assert media_kinds.refusal("media/transcript.txt", text.encode()) == ("", "")


def test_names_that_only_look_alike_are_no_markup() -> None:
    assert media_kinds.refusal("media/a.srt", b"<banter>\n") == ("", "")


def test_a_hint_names_what_was_meant() -> None:
    assert "Did you mean jpeg?" in media_kinds.refusal("media/a.jpeeg", b"")[1]


def test_media_that_cannot_be_read_are_one_error(site: Sites, monkeypatch: pytest.MonkeyPatch) -> None:
    wiki = site(PERSON | {"media/a.txt": "x"})
    real = os.open

    def refusing(file: str, flags: int, *rest: int) -> int:
        if str(file).endswith("a.txt"):
            raise PermissionError(13, "Permission denied", file)
        return real(file, flags, *rest)

    monkeypatch.setattr("os.open", refusing)
    assert found(wiki) == [("media/a.txt", "file-readable")]


def test_media_that_were_good_are_not_read_again(site: Sites, monkeypatch: pytest.MonkeyPatch) -> None:
    wiki = site(PERSON | {"media/a.svg": "<svg/>"})
    judged: list[object] = []
    monkeypatch.setattr("ballardwiki.signatures.SETTLED", -(10**12))  # all files are old
    wiki.published()
    monkeypatch.setattr("ballardwiki.config.assets._refused", lambda *given: judged.append(given))
    wiki.published()
    assert judged == []


# Drawings

HEAD = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:h="http://www.w3.org/1999/xhtml">'
ACTIVE = [
    "<script>alert(1)</script>",
    '<script href="x.js"/>',
    "<h:script>alert(1)</h:script>",
    "<foreignObject><h:body/></foreignObject>",
    '<g onload="alert(1)"/>',
    '<g ONCLICK="alert(1)"/>',
    '<a href="javascript:alert(1)"><text>x</text></a>',
    '<a xlink:href=" java&#10;script:alert(1)"/>',
    '<a href="#x"><set attributeName="xlink:href" to="javascript:alert(1)"/></a>',
    '<animate attributeName="href" values="javascript:alert(1)"/>',
    '<set attributeName="onmouseover" to="alert(1)"/>',
    '<use href="other.svg#x"/>',
    '<use xlink:href="data:image/svg+xml,x"/>',
    '<image href="https://track.example/x.png"/>',
    '<image href="//track.example/x.png"/>',
    '<feImage href="http://track.example/"/>',
    "<style>@import 'https://x.example/a.css';</style>",
    "<style>@\\69mport 'https://x.example/a.css';</style>",
    "<style>rect { fill: url(https://x.example/a) }</style>",
    '<style>rect { background: image-set("https://x.example/a" 1x) }</style>',
    '<style>rect { background: -webkit-image-set("//x.example/a" 1x) }</style>',
    '<rect style="fill: src(//x.example)"/>',
    "<style><![CDATA[rect { fill: u\\72l( '//x.example/a') }]]></style>",
    '<rect style="fill:url(//x.example)"/>',
    '<rect fill="url( https://x.example )"/>',
    '<rect filter="url(other.svg#f)"/>',
    '<g xml:base="https://x.example/"/>',
    "<iframe/>",
    "<handler/>",
    "&x;",
    "<g>",
]
PASSIVE = [
    "<g><path d='M0 0'/><!-- <script> --></g>",
    '<use href="#a"/><use xlink:href="#a"/>',
    '<image href="data:image/png;base64,iVBORw0K"/>',
    '<g id="my-src(1)"><title>The image set (1955)</title></g>',
    '<rect fill="url(#a)" style="filter:url( \'#b\' )"/>',
    "<style>@font-face { src: url(data:font/woff2;base64,x) } rect { fill: url(#a) }</style>",
    '<a href="https://example.org/"><text>on the desk: url(x), on=1</text></a>',
    '<animate attributeName="opacity" from="0" to="1"/><animateTransform attributeName="transform" type="rotate"/>',
    '<metadata><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" rdf:about="https://x.example"/></metadata>',
    "<title>Maggie &amp; &#169;</title>",
]


@pytest.mark.parametrize("inner", ACTIVE)
def test_a_drawing_that_does_something_is_refused(inner: str) -> None:
    what, line, _ = drawing.fault(f"{HEAD}\n{inner}\n</svg>".encode())
    assert what and line in (2, 3)


def test_a_drawing_that_does_something_stops_the_build(site: Sites) -> None:
    assert media(site, "a.svg", f"{HEAD}\n<script>1</script></svg>") == [("media/a.svg:2:1", "media-safe")]


@pytest.mark.parametrize("inner", PASSIVE)
def test_a_drawing_is_published_as_it_is(inner: str) -> None:
    assert drawing.fault(f"{HEAD}{inner}</svg>".encode()) == ("", 0, 0)


@pytest.mark.parametrize(
    "text",
    [
        '<!DOCTYPE svg [<!ENTITY a "b">]><svg xmlns="http://www.w3.org/2000/svg">&a;</svg>',
        '<!DOCTYPE svg SYSTEM "x" [<!ENTITY % a SYSTEM "file:///etc/passwd">%a;]><svg/>',
        '<?xml-stylesheet href="x.xsl" type="text/xsl"?><svg xmlns="http://www.w3.org/2000/svg"/>',
        '<html xmlns="http://www.w3.org/1999/xhtml"/>',
        '<?xml version="1.0" encoding="utf-7"?><svg/>',
        '<?xml version="1.0" encoding="no-such"?><svg/>',
        "no markup",
        "",
    ],
)
def test_what_is_no_plain_drawing_at_all(text: str) -> None:
    assert drawing.fault(text.encode())[0]


def test_drawings_of_programs_are_good() -> None:
    """As Inkscape and Illustrator begin them."""
    text = (
        '<?xml version="1.0" encoding="UTF-8" standalone="no"?>\n<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" '
        '"http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">\n<svg xmlns="http://www.w3.org/2000/svg" '
        'xmlns:sodipodi="http://sodipodi.sourceforge.net/DTD/sodipodi-0.dtd"><sodipodi:namedview id="a"/></svg>'
    )
    assert drawing.fault(text.encode()) == ("", 0, 0)
    assert drawing.fault(text.replace("UTF-8", "UTF-16").encode("utf-16")) == ("", 0, 0)


# Files of other kinds that are read

PUBLISHED = "content/.published.json"
DEEP = "[" * 100_000


@pytest.mark.parametrize(
    "text",
    [
        *(DEEP, '{"/a/": ' + DEEP, '{"a":' * 50_000, "", "{", "null", "[]", "1", '"x"', '{"/a/": 1}', '{"/a/": [1]}'),
        *('{"/a/": {"b": []}}', '{"a": []}', '{"/a/": ["\\ud800"]}', '{"/\\ud800/": []}', '{"/a\\u0000/": []}'),
        *(f'{{"/a/": {"9" * 5000}}}', b'{"/\xff/": []}', b"\xff\xfe{\0}\0", '{"/a/": [], "/a/": 1}\n,\n,'),
    ],
)
def test_a_file_of_addresses_that_is_none_is_one_error(site: Sites, text: str | bytes) -> None:
    wiki = site(PERSON).write(PUBLISHED, text)
    known, [problem] = kept_urls.known(wiki.root)
    assert not known and problem.at.path == PUBLISHED and problem.rule == "file-readable" and problem.hint


def test_a_file_of_addresses_that_is_none_is_left_as_it_is(site: Sites) -> None:
    wiki = site(PERSON).write(PUBLISHED, DEEP)
    assert found(wiki) == [(PUBLISHED, "file-readable")]
    done = CliRunner().invoke(main, ["--root", str(wiki.root), "urls", "--update", "--jobs", "1"])
    assert done.exit_code == 1 and done.output.count(PUBLISHED) == 1
    assert (wiki.root / PUBLISHED).read_text() == DEEP


def test_a_huge_file_of_addresses(site: Sites) -> None:
    wiki = site(PERSON)
    with (wiki.root / PUBLISHED).open("wb") as file:
        file.truncate(65 << 20)
    assert found(wiki) == [(PUBLISHED, "file-readable")]


def test_many_addresses_are_no_trouble(site: Sites) -> None:
    wiki = site(PERSON)
    many: dict[str, list[str]] = {"": []} | {f"/people/p{number}/": ["bio"] for number in range(30_000)}
    wiki.write(PUBLISHED, json.dumps(many))
    known, problems = kept_urls.known(wiki.root)
    assert not problems and len(known) == 30_000


@pytest.mark.parametrize("name", ["site.yaml", "gone.yaml", "types/own.yaml", "content/people/more.yaml"])
@pytest.mark.parametrize("text", [DEEP, "a: " + "{b: " * 5000, "- " * 60_000, b"\xff", b"a: \0", "[1", "x" * (6 << 20)])
def test_yaml_that_is_none_is_an_error_with_the_name_of_its_file(site: Sites, name: str, text: str | bytes) -> None:
    wiki = site(PERSON)
    wiki.write(name, text)
    problems = found(wiki)
    assert {at.partition(":")[0] for at, _ in problems} == {name}


@pytest.mark.parametrize("kind", ["a pipe", "a link", "deep"])
def test_a_note_of_the_publisher_that_is_none_is_as_if_missing(site: Sites, tmp_path: Path, kind: str) -> None:
    wiki = site(PERSON)
    for title in ("Bea", "Cleo"):
        wiki.published()
        wiki.write("content/people/ann.md", f"---\ntitle: {title}\n---\n")
    note = wiki.out.with_name(".site.twin.json")
    note.unlink()
    if kind == "a pipe":
        os.mkfifo(note)
    elif kind == "a link":
        note.symlink_to("/dev/zero")
    else:
        note.write_text(DEEP)
    wiki.published()
    assert "Cleo" in wiki.page("people/ann")
