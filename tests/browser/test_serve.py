"""`ballardwiki serve`, as an editor has it: a real process, real files, real connections, a real browser."""

from __future__ import annotations

import contextlib
import http.client
import json
import os
import queue
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from tinysite import Site, Sites

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the tests send signals")

PATIENCE = 30.0
ADA = """\
---
title: Ada Example
---
The first words.
"""
MISTAKE = ADA.replace("title: Ada Example", "title: Ada Example\nborn: yesterday")


class Events:
    """What the server tells a browser, from now on."""

    def __init__(self, port: int, since: str = "") -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
        self.connection.request("GET", f"/_ballardwiki/events?since={since}")
        self.response = self.connection.getresponse()
        assert self.response.status == 200
        assert self.response.getheader("content-type") == "text/event-stream; charset=utf-8"
        self.heard: queue.Queue[tuple[str, Any]] = queue.Queue()
        self._thread = threading.Thread(target=self._listen, daemon=True)
        self._thread.start()

    def _listen(self) -> None:
        name = ""
        with contextlib.suppress(OSError, ValueError, AttributeError, http.client.HTTPException):
            for line in self.response:
                if line.startswith(b"event: "):
                    name = line[7:].decode().strip()
                elif line.startswith(b"data: "):
                    self.heard.put((name, json.loads(line[6:])))
        self.heard.put(("end", None))

    def next(self, wanted: str) -> Any:
        """What the next event of a name says."""
        while True:
            name, data = self.heard.get(timeout=PATIENCE)
            if name == wanted:
                return data
            assert name != "end", "the server ended the stream"

    def problems(self, until: Callable[[list[dict[str, Any]]], bool]) -> list[dict[str, Any]]:
        """The problems as soon as they are as wanted: a file may be looked at when only half of it is written."""
        found: list[dict[str, Any]] = self.next("problems")["problems"]
        while not until(found):
            found = self.next("problems")["problems"]
        return found

    def all_is_well(self) -> None:
        """Wait until there is no problem."""
        self.problems(lambda found: not found)

    def close(self) -> None:
        """Let go; the server has ended."""
        self._thread.join(PATIENCE)
        self.response.close()
        self.connection.close()


class Served:
    """A running server over a site."""

    def __init__(self, site: Site, *arguments: str) -> None:
        self.site = site
        command = [sys.executable, "-m", "ballardwiki", "--root", str(site.root), "serve", "--port", "0", *arguments]
        self.process = subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, start_new_session=True
        )
        self.said: list[str] = []
        self.streams: list[Events] = []
        self._lines: queue.Queue[str] = queue.Queue()
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()
        self.port = int(self.line(r"http://[^/]+:(\d+)/")[1])

    def _read(self) -> None:
        for line in self.process.stdout or ():
            self._lines.put(line)

    def line(self, pattern: str) -> re.Match[str]:
        """The next line of the terminal that holds a pattern."""
        end = time.monotonic() + PATIENCE
        while True:
            try:
                line = self._lines.get(timeout=max(0.01, end - time.monotonic()))
            except queue.Empty:
                raise AssertionError(f"no line with {pattern!r} in {self.said}") from None
            self.said.append(line)
            if match := re.search(pattern, line):
                return match

    def events(self) -> Events:
        """Begin to listen, as a page does."""
        self.streams.append(Events(self.port))
        return self.streams[-1]

    def get(self, path: str) -> tuple[int, str]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        connection.request("GET", path)
        response = connection.getresponse()
        text = response.read().decode()
        connection.close()
        return response.status, text

    def raw(self, request: bytes) -> bytes:
        """Whatever comes back for some bytes."""
        with socket.create_connection(("127.0.0.1", self.port), timeout=PATIENCE) as connection:
            answer = b""
            with contextlib.suppress(ConnectionError):
                connection.sendall(request)
                while part := connection.recv(65536):
                    answer += part
        return answer

    def end(self, number: signal.Signals = signal.SIGINT) -> tuple[int, str]:
        """End it as Ctrl-C does, which reaches the whole group; the exit code and all that it said."""
        os.killpg(self.process.pid, number)
        code = self.process.wait(PATIENCE)
        self._reader.join(PATIENCE)
        while not self._lines.empty():
            self.said.append(self._lines.get())
        return code, "".join(self.said)


Serve = Callable[..., Served]


@pytest.fixture
def serve() -> Iterator[Serve]:
    """Starts a server, with further arguments of the command; ended when the test is over."""
    running: list[Served] = []

    def start(site: Site, *arguments: str) -> Served:
        running.append(Served(site, *arguments))
        return running[-1]

    yield start
    for each in running:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(each.process.pid, signal.SIGKILL)
        each.process.wait(PATIENCE)
        for stream in each.streams:
            stream.close()
        if each.process.stdout:
            each.process.stdout.close()


@pytest.fixture
def wiki_of_one(site: Sites) -> Site:
    return site({"content/people/ada.md": ADA})


def preview(site: Site) -> Path:
    """The folder that a server shows."""
    return site.root / ".ballardwiki/preview/site"


def builders(pid: int) -> list[int]:
    """The processes that a process has started."""
    return [int(each) for each in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def test_an_edit_reaches_the_page_and_the_browser(serve: Serve, wiki_of_one: Site) -> None:
    server = serve(wiki_of_one)
    server.line("unchanged")
    assert "The first words" in server.get("/people/ada/")[1]
    events = server.events()
    wiki_of_one.replace("content/people/ada.md", "first", "second")
    events.next("reload")
    assert "The second words" in server.get("/people/ada/")[1]
    server.line(r"1 page written|pages written")


def test_what_is_published_holds_nothing_of_the_server(serve: Serve, wiki_of_one: Site) -> None:
    server = serve(wiki_of_one)
    server.line("unchanged")
    assert "_ballardwiki" in server.get("/people/ada/")[1]
    published = preview(wiki_of_one).rglob("*")
    assert preview(wiki_of_one).is_dir() and not [
        path for path in published if path.is_file() and b"_ballardwiki" in path.read_bytes()
    ]


def test_a_mistake_is_told_with_its_place_and_the_last_good_page_stays(serve: Serve, wiki_of_one: Site) -> None:
    server = serve(wiki_of_one)
    server.line("unchanged")
    events = server.events()
    events.all_is_well()
    wiki_of_one.write("content/people/ada.md", MISTAKE)
    (problem,) = events.problems(lambda found: [each["line"] for each in found] == [3])
    assert (problem["path"], problem["line"], problem["column"]) == ("content/people/ada.md", 3, 7)
    assert problem["rule"] == "field-valid" and "must be a date" in problem["message"]
    server.line(r"content/people/ada.md:3:7: error\[field-valid\]")
    assert "The first words" in server.get("/people/ada/")[1]
    late = server.events()
    assert len(late.next("problems")["problems"]) == 1
    wiki_of_one.write("content/people/ada.md", ADA)
    events.all_is_well()
    late.all_is_well()


def test_a_site_that_can_not_be_built_at_all_shows_what_is_wrong(serve: Serve, site: Sites) -> None:
    wiki = site({"content/people/ada.md": ADA, "site.yaml": "title: [\n"})
    server = serve(wiki)
    server.line("1 error")
    status, text = server.get("/")
    assert status == 500 and "site.yaml:" in text
    events = server.events()
    wiki.write("site.yaml", "title: Mended\n")
    events.next("reload")
    assert server.get("/")[0] == 200


def test_with_a_mistake_from_the_beginning_all_else_is_shown(serve: Serve, site: Sites) -> None:
    wiki = site({"content/people/ada.md": MISTAKE, "content/people/bob.md": ADA.replace("Ada", "Bob")})
    server = serve(wiki)
    server.line("1 error")
    assert server.get("/people/bob/")[0] == 200
    status, text = server.get("/people/ada/")
    assert status == 404 and "live.js" in text
    events = server.events()
    wiki.write("content/people/ada.md", ADA)
    events.next("reload")
    assert server.get("/people/ada/")[0] == 200


@pytest.mark.parametrize("mistake", [MISTAKE, "---\ntitle: [\n---\n", "no front matter"])
def test_with_a_mistake_in_one_file_everything_else_still_appears(
    serve: Serve, wiki_of_one: Site, mistake: str
) -> None:
    server = serve(wiki_of_one)
    server.line("unchanged")
    events = server.events()
    wiki_of_one.write("content/people/ada.md", mistake)
    events.problems(lambda found: {each["path"] for each in found} == {"content/people/ada.md"})
    wiki_of_one.write("content/people/bob.md", ADA.replace("Ada", "Bob"))
    events.next("reload")
    assert server.get("/people/bob/")[0] == 200
    text = server.get("/people/ada/")[1]
    assert "The first words" in text and "There is a mistake in content/people/ada.md" in text
    wiki_of_one.write("content/people/ada.md", ADA)
    events.all_is_well()
    assert "There is a mistake" not in server.get("/people/ada/")[1]


def test_what_is_published_is_not_touched_and_holds_no_draft(serve: Serve, site: Sites) -> None:
    wiki = site(
        {"content/people/ada.md": ADA, "content/people/eve.md": ADA.replace("title: Ada", "draft: true\ntitle: Eve")}
    )
    wiki.out = wiki.root / "site"
    before = wiki.published().tree()
    server = serve(wiki)
    server.line("unchanged")
    text = server.get("/people/eve/")[1]
    assert "Draft: not published." in text and "Draft" not in server.get("/people/ada/")[1]
    events = server.events()
    wiki.replace("content/people/eve.md", "first", "second")
    events.next("reload")
    assert wiki.tree() == before
    assert wiki.published().tree() == before
    server.end()
    server = serve(wiki)
    server.line("unchanged")
    assert "Draft: not published." in server.get("/people/eve/")[1], "known again without a build"


def test_a_scheduled_page_says_when_it_will_be_published(serve: Serve, site: Sites) -> None:
    soon = "---\ntitle: Soon\ndate: 2025-01-01\npublish_at: 2999-01-02T10:00\n---\nSoon.\n"
    server = serve(site({"content/news/2025-01-01-soon.md": soon}))
    server.line("unchanged")
    said = "Scheduled: not published before 2999-01-02 10:00."
    assert said in server.get("/news/2025-01-01-soon/")[1]


def test_a_folder_made_later_is_watched_too(serve: Serve, wiki_of_one: Site) -> None:
    server = serve(wiki_of_one)
    server.line("unchanged")
    events = server.events()
    wiki_of_one.write("templates/person.html", "<title>Mine</title><body>My own template: {{ entity.title }}</body>")
    events.next("reload")
    assert "My own template" in server.get("/people/ada/")[1]
    wiki_of_one.replace("templates/person.html", "My own", "My new")
    events.next("reload")
    assert "My new template" in server.get("/people/ada/")[1]
    wiki_of_one.delete("templates")
    events.next("reload")
    assert "template" not in server.get("/people/ada/")[1]


def test_a_preview_that_somebody_removes_is_made_again(serve: Serve, wiki_of_one: Site) -> None:
    server = serve(wiki_of_one)
    server.line("unchanged")
    wiki_of_one.delete(".ballardwiki")
    server.line(r"[1-9]\d* pages written")
    assert "The first words." in server.get("/people/ada/")[1]


def test_a_style_sheet_is_exchanged_without_a_reload(serve: Serve, wiki_of_one: Site) -> None:
    wiki_of_one.write("templates/assets/own.css", "p { color: red }")
    server = serve(wiki_of_one)
    server.line("unchanged")
    events = server.events()
    wiki_of_one.write("templates/assets/own.css", "p { color: blue }")
    events.next("styles")
    assert "blue" in server.get("/assets/own.css")[1]


def test_pages_come_and_go(serve: Serve, wiki_of_one: Site) -> None:
    server = serve(wiki_of_one)
    server.line("unchanged")
    events = server.events()
    wiki_of_one.write("content/people/bob.md", ADA.replace("Ada", "Bob"))
    events.next("reload")
    assert server.get("/people/bob/")[0] == 200
    wiki_of_one.delete("content/people/bob.md")
    events.next("reload")
    assert server.get("/people/bob/")[0] == 404


def test_many_saves_are_few_builds_and_the_last_one_counts(serve: Serve, wiki_of_one: Site) -> None:
    server = serve(wiki_of_one)
    server.line("unchanged")
    for number in range(200):
        wiki_of_one.write("content/people/ada.md", ADA.replace("first", f"number {number}"))
    end = time.monotonic() + PATIENCE
    while "number 199" not in server.get("/people/ada/")[1]:
        assert time.monotonic() < end
        time.sleep(0.05)
    _, said = server.end()
    assert said.count("written") < 50


def test_drafts_are_shown_unless_told_otherwise(serve: Serve, site: Sites) -> None:
    wiki = site({"content/people/ada.md": ADA.replace("---\nThe", "draft: true\n---\nThe")})
    server = serve(wiki)
    server.line("unchanged")
    assert server.get("/people/ada/")[0] == 200
    server.end()
    server = serve(wiki, "--no-drafts")
    server.line("unchanged")
    assert server.get("/people/ada/")[0] == 404


def test_no_page_is_ever_half_built(serve: Serve, wiki_of_one: Site) -> None:
    server = serve(wiki_of_one)
    server.line("unchanged")
    wrong = []
    for number in range(15):
        wiki_of_one.write("content/people/ada.md", ADA.replace("first", f"number {number}"))
        for _ in range(40):
            status, text = server.get("/people/ada/")
            if status != 200 or "Ada Example" not in text or "</html>" not in text:
                wrong.append((status, text[-200:]))
    assert wrong == []


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_it_ends_quietly_with_all_it_has_started(serve: Serve, wiki_of_one: Site, number: signal.Signals) -> None:
    server = serve(wiki_of_one)
    server.line("unchanged")
    started = builders(server.process.pid)
    events = server.events()
    events.next("problems")
    code, said = server.end(number)
    assert code == 0
    assert "Traceback" not in said and "rror" not in said
    assert started and not [pid for pid in started if Path(f"/proc/{pid}").exists()]


def test_it_ends_during_a_build(serve: Serve, wiki_of_one: Site) -> None:
    server = serve(wiki_of_one)
    code, said = server.end()
    assert code == 0 and "Traceback" not in said


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux ends a process with its parent")
def test_nothing_outlives_a_killed_server(serve: Serve, wiki_of_one: Site) -> None:
    server = serve(wiki_of_one)
    server.line("unchanged")
    started = builders(server.process.pid)
    server.process.kill()
    server.process.wait()
    end = time.monotonic() + PATIENCE
    while any(Path(f"/proc/{pid}").exists() for pid in started):
        assert time.monotonic() < end
        time.sleep(0.02)


@pytest.mark.skipif(sys.platform != "linux", reason="needs /proc")
def test_a_builder_that_dies_is_replaced(serve: Serve, wiki_of_one: Site) -> None:
    server = serve(wiki_of_one)
    server.line("unchanged")
    events = server.events()
    (builder,) = builders(server.process.pid)
    os.kill(builder, signal.SIGKILL)
    wiki_of_one.replace("content/people/ada.md", "first", "second")
    events.next("reload")
    assert "The second words" in server.get("/people/ada/")[1]


def test_a_port_in_use_is_said(serve: Serve, wiki_of_one: Site) -> None:
    server = serve(wiki_of_one)
    command = [sys.executable, "-m", "ballardwiki", "--root", str(wiki_of_one.root), "serve", "--port"]
    second = subprocess.run([*command, str(server.port)], capture_output=True, text=True, timeout=PATIENCE, check=False)
    assert second.returncode == 1
    assert f"Port {server.port} is in use" in second.stderr and "--port 0" in second.stderr
    assert "Traceback" not in second.stderr


def test_without_a_site_it_does_not_begin(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "ballardwiki", "--root", str(tmp_path), "serve", "--port", "0"]
    ended = subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE, check=False)
    assert ended.returncode == 2 and "ballardwiki init" in ended.stderr
    assert list(tmp_path.iterdir()) == []


def test_other_computers_are_let_in_only_with_a_warning(serve: Serve, wiki_of_one: Site) -> None:
    server = serve(wiki_of_one, "--host", "0.0.0.0")
    server.line("Warning: other computers can read this site")


def test_no_request_line_leads_out_or_stops_it(serve: Serve, wiki_of_one: Site) -> None:
    (wiki_of_one.root / "secret.txt").write_text("the secret outside")
    server = serve(wiki_of_one)
    server.line("unchanged")
    host = b"\r\nHost: localhost\r\nConnection: close\r\n\r\n"
    requests = [
        b"GET %s HTTP/1.1%s" % (path, host)
        for path in (
            b"/../secret.txt",
            b"/%2e%2e/secret.txt",
            b"/%2e%2e%2fsecret.txt",
            b"/..%5csecret.txt",
            b"/people/..%2f..%2f..%2fsecret.txt",
            b"//secret.txt",
            b"/%00",
            b"/%ff%fe",
            b"http://evil.example/../secret.txt",
            b"/" + b"a" * 60_000,
            b"/\xff",
        )
    ]
    requests += [
        b"GET / HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n",
        b"GET / HTTP/1.1\r\nConnection: close\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: localhost\r\nHost: evil.example\r\nConnection: close\r\n\r\n",
        b"GET / HTTP/1.1\r\n" + b"X: y\r\n" * 10_000 + host[2:],
        b"BREW / HTTP/1.1" + host,
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n",
        b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
    ]
    answers = [server.raw(request) for request in requests]
    wrong = [
        (request[:60], answer[:60])
        for request, answer in zip(requests, answers, strict=True)
        if b"the secret" in answer or (answer and not re.match(rb"HTTP/1.1 4\d\d ", answer))
    ]
    assert wrong == []
    assert server.get("/")[0] == 200
    assert "Traceback" not in server.end()[1]


# In a browser


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    page = browser.new_page()
    page.set_default_timeout(PATIENCE * 1000)
    yield page
    page.close()


@pytest.mark.browser
def test_a_reader_sees_the_edit(serve: Serve, wiki_of_one: Site, page: Page) -> None:
    server = serve(wiki_of_one)
    server.line("unchanged")
    page.goto(f"http://localhost:{server.port}/people/ada/")
    page.get_by_text("The first words").wait_for()
    wiki_of_one.replace("content/people/ada.md", "first", "second")
    page.get_by_text("The second words").wait_for()


@pytest.mark.browser
def test_a_reader_sees_the_mistake_until_it_is_mended(serve: Serve, wiki_of_one: Site, page: Page) -> None:
    from playwright import sync_api as patient

    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("dialog", lambda dialog: faults.append(dialog.message))
    server = serve(wiki_of_one)
    server.line("unchanged")
    page.goto(f"http://localhost:{server.port}/people/ada/")
    page.get_by_text("The first words").wait_for()
    wiki_of_one.write("content/people/ada.md", MISTAKE.replace("yesterday", "<img src=x onerror=alert(1)>"))
    overlay = page.get_by_role("dialog", name="1 problem")
    overlay.get_by_text("content/people/ada.md:3:7").wait_for()
    assert page.get_by_text("The first words").is_visible()
    assert page.locator("img[src=x]").count() == 0
    patient.expect(page.get_by_role("button", name="Close")).to_be_focused(timeout=PATIENCE * 1000)

    page.keyboard.press("Escape")
    overlay.wait_for(state="hidden")
    patient.expect(page.get_by_role("button", name="1 problem")).to_be_focused(timeout=PATIENCE * 1000)
    page.keyboard.press("Enter")
    overlay.wait_for()

    page.goto(f"http://localhost:{server.port}/")
    page.get_by_role("dialog", name="1 problem").wait_for()
    wiki_of_one.write("content/people/ada.md", ADA)
    page.locator("ballardwiki-problems").wait_for(state="detached")
    assert faults == []


@pytest.mark.browser
def test_a_problem_leads_to_its_place_and_its_rule(serve: Serve, wiki_of_one: Site, page: Page) -> None:
    server = serve(wiki_of_one)
    server.line("unchanged")
    page.goto(f"http://localhost:{server.port}/people/ada/")
    wiki_of_one.write("content/people/ada.md", MISTAKE)
    place = page.get_by_role("link", name="content/people/ada.md:3:7")
    place.wait_for()
    assert place.get_attribute("href") == f"vscode://file{wiki_of_one.root}/content/people/ada.md:3:7"
    rule = page.get_by_role("link", name="field-valid").get_attribute("href")
    page.goto(f"http://localhost:{server.port}{rule}")
    page.get_by_role("heading", name="Mend").wait_for()


@pytest.mark.browser
def test_a_reader_of_a_site_that_was_never_built_gets_it_when_it_is(serve: Serve, site: Sites, page: Page) -> None:
    wiki = site({"content/people/ada.md": ADA, "site.yaml": "- title\n"})
    server = serve(wiki)
    server.line("1 error")
    page.goto(f"http://localhost:{server.port}/people/ada/")
    page.get_by_text("site.yaml:1:1").wait_for()
    wiki.write("site.yaml", "title: Mine\nshoes: red\n")
    page.get_by_text("there is no setting shoes").wait_for()
    wiki.write("site.yaml", "title: Mine\n")
    page.get_by_text("The first words").wait_for()


@pytest.mark.browser
def test_a_new_style_reaches_the_page_as_it_stands(serve: Serve, wiki_of_one: Site, page: Page) -> None:
    from playwright.sync_api import expect

    wiki_of_one.write("templates/assets/style.css", "p { color: rgb(1, 2, 3) }")
    server = serve(wiki_of_one)
    server.line("unchanged")
    page.goto(f"http://localhost:{server.port}/people/ada/")
    page.evaluate("window.untouched = true")
    wiki_of_one.write("templates/assets/style.css", "p { color: rgb(4, 5, 6) }")
    expect(page.locator("p").first).to_have_css("color", "rgb(4, 5, 6)", timeout=PATIENCE * 1000)
    assert page.evaluate("window.untouched")
