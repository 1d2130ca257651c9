"""What pages may load and run: the theme's own files, and no script."""

from __future__ import annotations

import re
from html import unescape

import pytest
from tinysite import SETTINGS, Sites

from ballardwiki.config import policy

PERSON = {"content/people/ann.md": "---\ntitle: Ann\nwas: [old]\n---\nHello.\n"}


def of(page: str) -> dict[str, str]:
    """The directives of a page's policy."""
    [text] = re.findall(r'<meta http-equiv="Content-Security-Policy" content="([^"]+)">', page)
    pairs = (each.strip().partition(" ") for each in unescape(text).split(";"))
    return {name: sources for name, _, sources in pairs}


def test_every_page_of_the_theme_bears_the_policy_before_it_loads_anything(site: Sites) -> None:
    wiki = site(PERSON | {"gone.yaml": "/people/nobody/: A misprint.\n"}).published()
    pages = [path for path in wiki.paths() if path.endswith(".html")]
    assert "people/old/index.html" in pages and "404.html" in pages
    for path in pages:
        page = wiki.page(path)
        found = of(page)
        assert found["default-src"] == "'none'" and "script-src" not in found, path
        assert page.index("Content-Security-Policy") < page.index("<link"), path


def test_no_page_of_the_theme_has_a_script_or_a_style_within(site: Sites) -> None:
    wiki = site(PERSON | {"content/news/n.md": "---\ntitle: N\ndate: 2025-07-01\n---\n`x` [[Ann]]\n"}).published()
    for path in wiki.paths():
        if path.endswith(".html"):
            page = wiki.page(path)
            assert re.findall(r"<script(?! type=\"application/ld\+json\")|<style|\sstyle=|\son[a-z]+=", page) == [], (
                path
            )


def test_headers_for_hosts_that_read_them(site: Sites) -> None:
    wiki = site(PERSON | {"site.yaml": SETTINGS.replace("wiki.example/", "wiki.example/a%20b/")}).published()
    first, *lines = wiki.page("_headers").splitlines()
    assert first == "/a%20b/*"
    found = dict(line.strip().split(": ", 1) for line in lines)
    assert found["X-Content-Type-Options"] == "nosniff"
    assert found["Referrer-Policy"] == "strict-origin-when-cross-origin"
    sent = found["Content-Security-Policy"]
    assert "default-src 'none'" in sent and "frame-ancestors 'self'" in sent and "script-src" not in sent


def test_a_site_may_need_more(site: Sites) -> None:
    wiki = site(PERSON).published()
    wiki.write("site.yaml", SETTINGS + "policy:\n  script-src: \"'self'\"\n  img-src: https://x.example\n").published()
    found = of(wiki.page("people/ann"))
    assert found["script-src"] == "'self'" and found["img-src"] == "https://x.example"
    assert "script-src 'self'" in wiki.page("_headers")


def test_from_disk_the_files_of_the_site_may_be_loaded(site: Sites) -> None:
    wiki = site(PERSON).published()
    assert of(wiki.page("people/ann"))["style-src"] == "'self' file:"
    wiki.write("site.yaml", SETTINGS + "links: folders\n").published()
    assert of(wiki.page("people/ann"))["style-src"] == "'self'"


@pytest.mark.parametrize(
    ("setting", "says"),
    [
        ("scrpt-src: x", "Did you mean script-src?"),
        ("frame-ancestors: x", "a site can't set frame-ancestors"),
        ('script-src: "x; default-src *"', "script-src must be sources"),
        ('script-src: "x\\nSet-Cookie: a"', "script-src must be sources"),
        ("script-src: [x]", "script-src must be text"),
    ],
)
def test_a_wrong_policy(site: Sites, setting: str, says: str) -> None:
    [problem] = site(PERSON | {"site.yaml": f"{SETTINGS}policy:\n  {setting}\n"}).problems()
    assert problem.rule == "config-valid" and says in str(problem) and problem.at.line >= 4


@pytest.mark.parametrize(
    ("own", "script"),
    [
        ({}, "'self'"),
        ({"script-src": "'none'"}, "'self'"),
        ({"script-src": "https://x.example"}, "'self' https://x.example"),
    ],
)
def test_a_preview_may_run_its_own_script(own: dict[str, str], script: str) -> None:
    text = policy.text(own, from_disk=False).replace("'", "&#39;")
    page = policy.loosened(f'<meta http-equiv="Content-Security-Policy" content="{text}"><p>x'.encode()).decode()
    assert of(page)["script-src"] == script and of(page)["connect-src"] == "'self'"
    assert of(page)["default-src"] == "'none'" and page.endswith("<p>x")


def test_a_page_without_a_policy_stays_as_it_is() -> None:
    assert policy.loosened(b"<p>x</p>") == b"<p>x</p>"


def test_a_site_may_have_headers_of_its_own(site: Sites) -> None:
    wiki = site(PERSON | {"root/_headers": "/*\n  X-Robots-Tag: noindex\n"}).published()
    assert wiki.page("_headers") == "/*\n  X-Robots-Tag: noindex\n"
