# tables of examples
"""The pages of this project in a browser: from disk, from a server below the base path, without scripts."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from tinysite import Site, Sites

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

BASE = "/ballardwiki/"
KINDS = [
    "", "news/", "news/2024-08-01-ballard-starts-filming/", "series/", "series/ballard/", "series/ballard/season-1/", "series/ballard/s01e01/",
    "people/", "people/maggie-q/", "characters/renee-ballard/", "organizations/prime-video/", "places/venice-beach/", "works/the-late-show/",
    "cases/", "cases/murder-of-sarah-pearlman/", "episodes/", "tags/", "about/", "404.html",
]  # fmt: skip
WALK = ["Ballard", "Season 1", "Library of Lost Souls", "Maggie Q", "Renée Ballard"]
WIDE = "() => [...document.querySelectorAll('*')].filter(e => e.getBoundingClientRect().right > innerWidth + 1).slice(0, 3).map(e => e.outerHTML.slice(0, 90))"


class Handler(SimpleHTTPRequestHandler):
    """Serves a folder below the base path, and its 404 page for what is not there, as GitHub Pages does."""

    def translate_path(self, path: str) -> str:
        return (
            super().translate_path("/" + path.removeprefix(BASE))
            if path.startswith(BASE)
            else f"{self.directory}/nowhere"
        )

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:  # noqa: ARG002
        body = Path(self.directory, "404.html").read_bytes()
        self.send_response(code)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: Any) -> None:
        pass


@contextmanager
def serving(folder: Path) -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Handler, directory=str(folder))) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.05,))
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}{BASE}"
        server.shutdown()
        thread.join()


@pytest.fixture(scope="module")
def server(wiki: Site) -> Iterator[str]:
    with serving(wiki.out) as address:
        yield address


@dataclass
class Tab:
    """A page of the browser, and all that went wrong in it."""

    page: Page
    trouble: list[str] = field(default_factory=list)


@pytest.fixture
def tab(browser: Browser) -> Iterator[Callable[..., Tab]]:
    contexts = []

    def new(**options: Any) -> Tab:
        context = browser.new_context(**options)
        contexts.append(context)
        found = Tab(context.new_page())
        page = found.page
        page.on("console", lambda message: found.trouble.append(f"{message.type}: {message.text}"))
        page.on("pageerror", lambda error: found.trouble.append(f"error: {error}"))

        def failed(request: Any) -> None:
            if request.failure != "net::ERR_ABORTED":  # what a page still wanted when the reader went on is no trouble
                found.trouble.append(f"failed: {request.url} ({request.failure})")

        def broken(answer: Any) -> None:
            if answer.status >= 400:
                found.trouble.append(f"{answer.status}: {answer.url}")

        def foreign(request: Any) -> None:
            if not request.url.startswith(("http://127.0.0.1:", "file://", "data:")):
                found.trouble.append(f"external: {request.url}")

        page.on("request", foreign)
        page.on("response", broken)
        page.on("requestfailed", failed)
        return found

    yield new
    for context in contexts:
        context.close()


@pytest.fixture(params=["disk", "server", "server without scripts"])
def start(request: pytest.FixtureRequest, wiki: Site, server: str) -> tuple[str, dict[str, Any]]:
    options = {"java_script_enabled": False} if "without" in request.param else {}
    return (wiki.out.as_uri() + "/index.html" if request.param == "disk" else server), options


def test_a_reader_walks_through_the_site(start: tuple[str, dict[str, Any]], tab: Callable[..., Tab]) -> None:
    address, options = start
    found = tab(**options)
    found.page.goto(address)
    for name in WALK:
        link = found.page.locator("main").get_by_role("link", name=name, exact=True).first
        if not link.is_visible():
            link = found.page.locator("main").get_by_role("link", name=name).first
        link.click()
        assert name.casefold() in found.page.locator("h1").inner_text().casefold()
    found.page.get_by_role("link", name="News", exact=True).first.click()
    assert found.page.locator("h1").inner_text() == "News"
    found.page.locator(".brand").first.click()
    assert found.page.locator("h1").inner_text() == "The Ballard Files"
    assert found.trouble == []


def test_every_kind_of_page_loads_without_a_word_of_complaint(wiki: Site, server: str, tab: Callable[..., Tab]) -> None:
    found = tab()
    for path in KINDS:
        for address in (
            server + path,
            f"{wiki.out.as_uri()}/{path}{'index.html' if not path.endswith('html') else ''}",
        ):
            if path == "404.html" and address.startswith("file:"):
                continue  # it is shown at any depth, so it knows its place on the server only
            found.page.goto(address)
            assert found.page.locator("h1").count() == 1, address
            style = found.page.evaluate("getComputedStyle(document.querySelector('.masthead')).backgroundColor")
            assert style != "rgba(0, 0, 0, 0)", f"{address} has no style"
    assert found.trouble == []


@pytest.mark.parametrize("width", [320, 360, 768, 1440])
def test_nothing_is_wider_than_the_window(server: str, tab: Callable[..., Tab], width: int) -> None:
    page = tab(viewport={"width": width, "height": 800}).page
    for path in KINDS:
        page.goto(server + path)
        wide = page.evaluate("document.documentElement.scrollWidth > innerWidth")
        assert not wide, f"{path}: {page.evaluate(WIDE)}"


@pytest.mark.parametrize(
    ("scheme", "width", "paths", "rules"),
    [
        ("light", 1280, [*KINDS[:7], *KINDS[8:11], "cases/", "404.html"], None), ("light", 360, [KINDS[4], KINDS[6]], None),
        ("dark", 1280, [KINDS[0], *KINDS[2:9:2], KINDS[9]], ["color-contrast", "link-in-text-block"]),
    ],
)  # fmt: skip
def test_pages_are_accessible(
    server: str, tab: Callable[..., Tab], scheme: str, width: int, paths: list[str], rules: list[str] | None
) -> None:
    from axe_playwright_python.sync_playwright import Axe

    axe, page = Axe(), tab(color_scheme=scheme, viewport={"width": width, "height": 800}).page
    found = []
    for path in paths:
        page.goto(server + path)
        answer = axe.run(page, options={"resultTypes": ["violations"]} | ({"runOnly": rules} if rules else {})).response
        found += [
            f"/{path}: {each['id']}: {each['help']}: {[node['target'] for node in each['nodes'][:2]]}"
            for each in answer["violations"]
        ]
    assert found == []


def test_dark_is_dark(server: str, tab: Callable[..., Tab]) -> None:
    seen = set()
    for scheme in ("light", "dark"):
        page = tab(color_scheme=scheme).page
        page.goto(server + "people/maggie-q/")
        seen.add(page.evaluate("getComputedStyle(document.body).backgroundColor"))
    assert len(seen) == 2


def test_the_keyboard_goes_to_the_content_first(server: str, tab: Callable[..., Tab]) -> None:
    page = tab().page
    page.goto(server + "series/ballard/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    assert page.locator(".skip").bounding_box()["x"] >= 0  # type: ignore[index]  # it is visible once focused
    page.keyboard.press("Enter")
    assert page.url.endswith("#content")


def test_references_lead_there_and_back(server: str, tab: Callable[..., Tab]) -> None:
    page = tab().page
    page.goto(server + "people/maggie-q/")
    page.locator("sup.cite a").first.click()
    assert page.url.endswith("#ref-1")
    page.locator("#ref-1 a.back").click()
    assert page.url.endswith("#cite-1")


def test_the_page_for_what_is_not_there_works_at_any_depth(server: str, tab: Callable[..., Tab]) -> None:
    found = tab()
    for path in ("nowhere", "people/nobody/", "a/b/c/d/e.html"):
        answer = found.page.goto(server + path)
        assert answer is not None and answer.status == 404
        assert found.page.evaluate("getComputedStyle(document.querySelector('.masthead')).backgroundColor")
        found.page.get_by_role("link", name="The front page").click()
        found.page.wait_for_load_state()
        assert found.page.url.rstrip("/") == server.rstrip("/") or found.page.url == server + "index.html"
    assert [each for each in found.trouble if "404" not in each] == []


def test_a_moved_page_leads_on(site: Sites, tab: Callable[..., Tab]) -> None:
    made = site({"site.yaml": f"title: T\nbase_url: https://wiki.example{BASE}\n"})
    made.write("content/people/new.md", "---\ntitle: New name\nwas: [old]\n---\nWords.").published()
    with serving(made.out) as address:
        for start in (f"{address}people/old/", f"{made.out.as_uri()}/people/old/index.html"):
            page = tab().page
            page.goto(start)
            page.wait_for_url("**/people/new/*")
            assert page.locator("h1").inner_text() == "New name"
    page = tab(java_script_enabled=False).page
    page.set_content(made.page("people/old").replace('http-equiv="refresh"', "data-refresh"))
    assert page.get_by_role("link").first.get_attribute("href") == "../../people/new/index.html"


def test_a_page_prints(server: str, tab: Callable[..., Tab]) -> None:
    page = tab().page
    page.goto(server + "series/ballard/")
    page.emulate_media(media="print")
    color = page.evaluate("getComputedStyle(document.body).color")
    assert page.pdf()[:5] == b"%PDF-" and color


@pytest.mark.parametrize("how", ["within", "from media"])
def test_a_script_does_not_run_should_one_ever_get_into_a_page(site: Sites, tab: Callable[..., Tab], how: str) -> None:
    said = "document.querySelector('h1').textContent = 'ran'"
    script = f"<script>{said}</script>" if how == "within" else '<script src="../../media/a.txt"></script>'
    template = f"{{% extends 'base.html' %}}{{% block main %}}<h1>still</h1>{script}{{% endblock %}}"
    files = {"content/people/ann.md": "---\ntitle: Ann\n---\n", "templates/person.html": template, "media/a.txt": said}
    wiki = site(files).published()
    opened = tab()
    opened.page.goto((wiki.out / "people/ann/index.html").as_uri())
    assert opened.page.inner_text("h1") == "still"
    assert opened.trouble and all("Content Security Policy" in each or "csp" in each for each in opened.trouble)
