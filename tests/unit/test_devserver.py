"""The web server behind `serve`: what it sends, to whom, and from where. Asked as uvicorn would, without a network."""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import unquote

import pytest

from ballardwiki.build.pipeline import Result
from ballardwiki.cli.serve import keep_up
from ballardwiki.cli.serve.app import App, Door, is_loopback
from ballardwiki.cli.serve.builder import Built
from ballardwiki.cli.serve.live import Live
from ballardwiki.cli.serve.watching import Changes, News, is_input
from ballardwiki.problems import Location, Problem

pytestmark = pytest.mark.slow

SECRET = b"the secret outside"
PROBLEM = Problem(
    Location("content/people/a.md", 4, 11), "ref-resolves", "<script>alert(1)</script>", "Did you mean b?"
)
HERE = "localhost:8000"

Returned = TypeVar("Returned")


def run(coroutine: Coroutine[Any, Any, Returned]) -> Returned:
    """Run in a thread, since Playwright's tests leave a loop running in this one."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, coroutine).result()


@dataclass(frozen=True)
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()


class Server:
    """The application over a small site, and the news it tells."""

    def __init__(self, root: Path, host: str = "127.0.0.1") -> None:
        self.site = root / "site"
        self.live = Live()
        self.app = App(self.site, self.live, Door(host))

    def get(
        self, path: str, *, method: str = "GET", host: str | None = HERE, second: str = "", **headers: str
    ) -> Answer:
        """Ask for a path as it stands in a request line; it is decoded once, as uvicorn does."""
        raw, _, query = path.partition("?")
        given = [(name.replace("_", "-"), value) for name, value in headers.items()]
        given += [("host", each) for each in (host, second) if each]
        scope = {
            "type": "http",
            "method": method,
            "scheme": "http",
            "path": unquote(raw),
            "raw_path": raw.encode(),
            "query_string": query.encode(),
            "headers": [(name.encode(), value.encode("latin-1")) for name, value in given],
            "server": ("127.0.0.1", 8000),
        }
        messages: list[dict[str, Any]] = []

        async def receive() -> dict[str, Any]:
            await asyncio.sleep(60)
            raise AssertionError

        async def send(message: Any) -> None:
            messages.append(message)

        run(self.app(scope, receive, send))
        start = messages[0]
        body = b"".join(each.get("body", b"") for each in messages[1:])
        return Answer(start["status"], {name.decode(): value.decode() for name, value in start["headers"]}, body)


@pytest.fixture
def server(tmp_path: Path) -> Server:
    made = Server(tmp_path)
    (made.site / "people/a").mkdir(parents=True)
    (made.site / "index.html").write_text("<html><body><p>Home</p></body></html>")
    (made.site / "404.html").write_text("<p>Lost")
    (made.site / "people/a/index.html").write_text("<body>Ada</body>")
    (made.site / "people/index.html").write_text("<body>People</body>")
    (made.site / "feed.xml").write_text("<rss/>")
    (made.site / "empty").mkdir()
    (made.site / "a & b.txt").write_text("text")
    (made.site / "pic.svg").write_text("<svg/>")
    (tmp_path / "secret.txt").write_bytes(SECRET)
    (tmp_path / "site-secret").mkdir()
    (tmp_path / "site-secret/index.html").write_bytes(SECRET)
    (made.site / "leak.txt").symlink_to(tmp_path / "secret.txt")
    (made.site / "leaks").symlink_to(tmp_path)
    (made.site / "loop").symlink_to(made.site / "loop")
    made.live.show(Built(Result(written=("index.html",))))
    return made


def test_a_folder_shows_its_index(server: Server) -> None:
    assert "Ada" in server.get("/people/a/").text


def test_a_folder_without_slash_leads_to_the_one_with(server: Server) -> None:
    answer = server.get("/people/a?x=1")
    assert answer.status == 307 and answer.headers["location"] == "/people/a/?x=1"


def test_a_page_gets_the_script_and_its_file_does_not(server: Server) -> None:
    before = (server.site / "index.html").read_bytes()
    text = server.get("/").text
    tag = r'<p>Home</p><script src="/_ballardwiki/live.js" data-since="[0-9a-f]+-1" defer></script></body></html>'
    assert re.search(tag, text)
    assert (server.site / "index.html").read_bytes() == before


def test_what_is_no_page_comes_as_it_is(server: Server) -> None:
    answer = server.get("/feed.xml")
    assert answer.body == b"<rss/>" and answer.headers["content-type"] == "application/xml"


def test_a_name_may_hold_what_addresses_encode(server: Server) -> None:
    assert server.get("/a%20&%20b.txt").body == b"text"


@pytest.mark.parametrize(
    "path", ["/nothing", "/people/b/", "/empty", "/empty/", "/feed.xml/", "/%252e%252e/secret.txt"]
)
def test_a_missing_page_is_the_404_of_the_site(server: Server, path: str) -> None:
    answer = server.get(path)
    assert answer.status == 404 and answer.text.startswith("<p>Lost<script")


def test_nothing_is_kept_guessed_or_given_to_others(server: Server) -> None:
    for path in ("/", "/feed.xml", "/nothing", "/..", "/_ballardwiki/live.js"):
        headers = server.get(path).headers
        assert headers["cache-control"] == "no-store"
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["cross-origin-resource-policy"] == "same-origin"
        assert not any(name.startswith("access-control") for name in headers)


def test_a_drawing_can_run_no_script(server: Server) -> None:
    assert server.get("/pic.svg").headers["content-security-policy"].startswith("sandbox;")


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS", "PATCH", "CONNECT", "BREW"])
def test_nothing_but_reading_is_allowed(server: Server, method: str) -> None:
    assert server.get("/", method=method).status == 405


# Paths

UP = ("..", "%2e%2e", "%2E%2E", ".%2e", "%2e.", "..%00", "%c0%ae%c0%ae", "%uff0e%uff0e", "．．", "..;", "%252e%252e")
SLASH = ("/", "%2f", "%5c", "\\", "%252f", "//", "/./", "%2f%2f", "%c0%af", "∕", "%e2%88%95")
OUTSIDE = sorted(
    {f"{start}{up}{slash}{end}" for start in ("/", "/people/", "/people/a/../", "//") for up in UP for slash in SLASH
     for end in ("secret.txt", "site-secret/", "site-secret/index.html")}
    | {f"/{prefix}{up}{slash}{up}{slash}etc/passwd" for prefix in ("", "assets/", "C:") for up in UP for slash in SLASH}
    | {"/leak.txt", "/leaks/secret.txt", "/leaks/", "/leaks", "/loop", "/loop/", "/site-secret/", "/../site-secret/"}
    | {"", "*", "secret.txt", "http://evil/secret.txt", "/\0", "/%00", "/index.html%00.txt", "/index.html::$DATA"}
    | {"//etc/passwd", "///etc/passwd", "/" * 50 + "etc/passwd", "/%2fetc/passwd", "/%5cetc%5cpasswd", "/C:/x"}
)  # fmt: skip


def test_no_path_leads_out_of_the_site(server: Server) -> None:
    wrong = []
    for path in OUTSIDE:
        answer = server.get(path)
        if not 400 <= answer.status < 500 or SECRET in answer.body or b"root:" in answer.body:
            wrong.append((path, answer.status))
    assert wrong == []


@pytest.mark.parametrize(
    "path", ["//evil.example", "//evil.example/", "/%2fevil.example", "/\\evil.example", "/%5cevil"]
)
def test_no_redirect_leads_to_another_site(server: Server, path: str) -> None:
    (server.site / "evil.example").mkdir()
    (server.site / "evil.example/index.html").write_text("x")
    answer = server.get(path)
    assert answer.status == 400 and "location" not in answer.headers


def test_a_very_long_address_is_refused(server: Server) -> None:
    assert server.get("/" + "a" * 3000).status == 414
    assert server.get("/" + "a" * 300).status == 404


def test_each_request_looks_anew(server: Server) -> None:
    assert "Home" in server.get("/").text
    server.site.rename(server.site.with_name("old"))
    server.site.mkdir()
    (server.site / "index.html").write_text("<body>Changed</body>")
    assert "Changed" in server.get("/").text


# Who may ask

OURS = ["localhost", "localhost:8000", "127.0.0.1:8000", "[::1]:8000", "LOCALHOST:8000", "127.0.0.1"]
THEIRS = [None, "", "evil.example", "evil.example:8000", "localhost.evil.example", "127.0.0.1.nip.io", "localhost@evil"]
THEIRS += ["localhost:8000:1", "localhost:x", "127.0.0.2", "0.0.0.0:8000", "[::2]", "localhost/", " localhost", "::1"]
THEIRS += ["192.168.1.2:8000", "localhost,evil.example", "localhost\nx", "2130706433", "0x7f000001", "localhost."]


@pytest.mark.parametrize("host", OURS)
def test_our_own_names_are_answered(server: Server, host: str) -> None:
    assert server.get("/", host=host).status == 200


@pytest.mark.parametrize("host", THEIRS)
@pytest.mark.parametrize("path", ["/", "/_ballardwiki/events", "/_ballardwiki/live.js"])
def test_any_other_name_is_refused(server: Server, path: str, host: str | None) -> None:
    assert server.get(path, host=host).status == 403


def test_a_second_host_is_refused(server: Server) -> None:
    assert server.get("/", host=HERE, second="evil.example").status == 403


def test_a_host_that_was_asked_for_is_answered(tmp_path: Path) -> None:
    assert Server(tmp_path, "wiki.local").get("/", host="wiki.local:8000").status != 403
    assert Server(tmp_path, "::1").get("/", host="[::1]:8000").status != 403


def test_on_all_addresses_any_address_is_answered_but_no_foreign_name(tmp_path: Path) -> None:
    assert Server(tmp_path, "0.0.0.0").get("/", host="192.168.1.2:8000").status != 403
    assert Server(tmp_path, "0.0.0.0").get("/", host="evil.example:8000").status == 403


@pytest.mark.parametrize("origin", ["http://localhost:8000", "https://localhost:8000", "HTTP://LOCALHOST:8000"])
def test_a_page_of_ours_may_ask(server: Server, origin: str) -> None:
    assert server.get("/", origin=origin).status == 200


@pytest.mark.parametrize(
    "origin",
    ["null", "", "http://evil.example", "http://localhost", "http://localhost:9000", "http://127.0.0.1:8000",
     "http://localhost:8000.evil.example", "http://evil.example/?http://localhost:8000", "file://", "http://localhostx8000"],
)  # fmt: skip
@pytest.mark.parametrize("path", ["/", "/_ballardwiki/events"])
def test_a_page_of_others_may_not(server: Server, path: str, origin: str) -> None:
    assert server.get(path, origin=origin).status == 403


def test_others_may_link_but_not_embed(server: Server) -> None:
    assert server.get("/", sec_fetch_site="cross-site", sec_fetch_mode="navigate").status == 200
    assert server.get("/", sec_fetch_site="cross-site", sec_fetch_mode="no-cors").status == 403
    assert server.get("/", sec_fetch_site="same-site", sec_fetch_mode="cors").status == 403
    assert server.get("/", sec_fetch_site="same-origin", sec_fetch_mode="cors").status == 200


@pytest.mark.parametrize(
    ("host", "safe"), [("127.0.0.1", True), ("localhost", True), ("::1", True), ("0.0.0.0", False), ("wiki", False)]
)
def test_only_other_hosts_deserve_a_warning(host: str, safe: bool) -> None:  # one of two answers
    assert is_loopback(host) == safe


# A base address with a path


def test_a_site_with_a_path_is_at_both_addresses(server: Server) -> None:
    server.live.show(Built(Result(), base_path="/wiki/"))
    assert "Home" in server.get("/wiki/").text
    assert "Ada" in server.get("/wiki/people/a/").text
    assert "Ada" in server.get("/people/a/").text
    assert server.get("/wiki").headers["location"] == "/wiki/"
    assert server.get("/wiki/people/a").headers["location"] == "/wiki/people/a/"
    assert server.get("/wiki//evil").status == 400
    assert server.get("/wiki/../secret.txt").status == 400


# No site yet


def test_before_the_first_build_ends_a_page_says_so(tmp_path: Path) -> None:
    answer = Server(tmp_path).get("/")
    assert answer.status == 503 and "is being made" in answer.text and 'data-plain="0"' in answer.text


def test_without_any_site_a_page_lists_the_problems_as_text(tmp_path: Path) -> None:
    server = Server(tmp_path)
    server.live.show(Built(Result((PROBLEM,))))
    answer = server.get("/people/")
    assert answer.status == 500
    assert "content/people/a.md:4:11" in answer.text and "&lt;script&gt;alert(1)" in answer.text
    assert answer.text.count("<script") == 1


# What browsers are told


def told(live: Live, since: str = "", page: str = "") -> list[tuple[str, Any]]:
    """What somebody hears who begins to listen now."""

    async def listen() -> list[tuple[str, Any]]:
        heard = []
        async with asyncio.timeout(5):
            async for event in live.stream(since, page):
                name, _, data, *_ = (line.partition(": ")[2] for line in event.decode().splitlines())
                heard.append((name, json.loads(data)))
                if name == "problems":
                    break
        return heard

    return run(listen())


NOTHING = {"problems": [], "counts": [], "errors": 0, "published": False, "left_out": [], "more_left_out": 0}


def test_what_follows_is_told_to_those_who_look_at_it() -> None:
    live = Live()
    live.show(Built(Result(written=("people/ann/index.html",), left=1)))
    before = live.version
    live.show(Built(Result(written=("people/bob/index.html", "index.html"))), following=True)
    assert [name for name, _ in told(live, before, "/people/bob/")] == ["reload", "problems"]
    assert [name for name, _ in told(live, before, "/")] == ["reload", "problems"]
    assert [name for name, _ in told(live, before, "/people/ann/")] == ["problems"]
    live.show(Built(Result(written=("people/ann/index.html",))))
    assert [name for name, _ in told(live, before, "/people/cat/")] == ["reload", "problems"]


def test_who_has_the_current_page_hears_only_how_things_are() -> None:
    live = Live()
    live.show(Built(Result(written=("index.html",))))
    assert told(live, live.version) == told(live) == [("problems", NOTHING | {"reported": 0})]


def test_who_has_an_older_page_is_told_to_reload() -> None:
    live = Live()
    since = live.version
    live.show(Built(Result(written=("index.html",))))
    assert [name for name, _ in told(live, since)] == ["reload", "problems"]


@pytest.mark.parametrize("since", ["1-1", "x", "-", "-1", "9" * 5000])
def test_who_has_a_page_of_another_run_is_told_to_reload(since: str) -> None:
    live = Live()
    live.show(Built(Result(written=("index.html",))))
    assert told(live, since)[0][0] == "reload"


def test_a_style_sheet_alone_needs_no_reload() -> None:
    live = Live()
    since = live.version
    live.show(Built(Result(written=("assets/style.css", "index.html"))), only_styles=True)
    assert told(live, since)[0][0] == "styles"
    live.show(Built(Result(written=("index.html",))))
    live.show(Built(Result(written=("assets/style.css",))), only_styles=True)
    assert told(live, since)[0][0] == "reload"


def test_a_build_that_wrote_nothing_is_no_news() -> None:
    live = Live()
    since = live.version
    live.show(Built(Result(outputs=7)))
    assert live.version == since


def test_problems_are_told_and_taken_back() -> None:
    live = Live()
    live.show(Built(Result((PROBLEM,))))
    name, data = told(live)[0]
    assert name == "problems" and data["reported"] == 1
    assert data["problems"][0] | {"rule": "ref-resolves"} == {
        "path": "content/people/a.md",
        "line": 4,
        "column": 11,
        "severity": "error",
        "rule": "ref-resolves",
        "message": "<script>alert(1)</script>",
        "hint": "Did you mean b?",
        "cause": "",
        "follow": 0,
        "open": "",
    }
    live.show(Built(Result()))
    assert told(live) == [("problems", NOTHING | {"reported": 2})]


def test_warnings_alone_cover_no_page() -> None:
    live = Live()
    live.show(Built(Result((Problem(PROBLEM.at, "link-resolves", "red", severity="warning"),))))
    assert told(live)[0][1]["problems"] == []


def test_everybody_hears_of_it_and_all_streams_end() -> None:
    async def scenario() -> list[list[bytes]]:
        live = Live()
        heard: list[list[bytes]] = [[], [], []]

        async def listen(into: list[bytes]) -> None:
            into.extend([event.splitlines()[0] async for event in live.stream()])

        async with asyncio.timeout(5), asyncio.TaskGroup() as group:
            for each in heard:
                group.create_task(listen(each))
            await asyncio.sleep(0.05)
            live.show(Built(Result(written=("index.html",))))
            await asyncio.sleep(0.05)
            live.close()
        return heard

    assert run(scenario()) == [[b"event: problems", b"event: reload"]] * 3


# What starts a build


@pytest.mark.parametrize(
    ("path", "counts"),
    [
        ("content/people/a.md", True),
        ("templates/assets/style.css", True),
        ("content/people", True),
        ("content/people/.a.md.swp", False),
        ("content/people/a.md~", False),
        ("content/people/4913", False),
        ("content/people/#a.md#", False),
        ("content/.obsidian/workspace.json", False),
        ("content/people/a.md.tmp", False),
    ],
)
def test_editors_own_files_start_no_build(path: str, counts: bool) -> None:  # one of two answers
    assert is_input(path) == counts


@pytest.mark.parametrize(
    ("notices", "told"),
    [
        ([{"/p/content/people/a.md"}], {"content/people/a.md"}),
        ([{"/p/content/a/b.md"}, {"/p/content/a/c.yaml"}], {"content/a/b.md", "content/a/c.yaml"}),
        ([{"/p/content/people/a.md"}, {"/p/site.yaml"}], None),
        ([{"/p/media/a.png"}], None),
        ([{"/p/content/people/a.md"}, set()], None),
        ([], set()),
        ([None], set()),
    ],
)
def test_a_build_is_told_of_content_alone(notices: list[set[str] | None], told: set[str] | None) -> None:
    """Where anything else changed, or nobody knows what, it looks at everything."""
    news = News(Path("/p"))
    assert news.told() is None, "at first nothing is known"
    news.clear()
    for each in notices:
        news.add(each)
    assert news.told() == told


def test_what_a_failed_build_was_told_is_told_again() -> None:
    news = News(Path("/p"))
    news.clear()
    news.add({"/p/content/a/b.md"})
    news.add({"/p/content/a/c.md"})
    assert news.told() == frozenset({"content/a/b.md", "content/a/c.md"})
    news.clear()
    assert news.told() == frozenset()


class Recording:
    """A builder that does as it is told by a test: each build takes until it may end, or is interrupted."""

    def __init__(self, *left: int) -> None:
        self.left = list(left)
        self.told: list[frozenset[str] | None] = []
        self.interrupted = 0
        self.ends = asyncio.Event()

    async def build(self, _now: object, _progress: object, told: frozenset[str] | None = None) -> Built:
        self.told.append(told)
        left = self.left.pop(0)
        if told == frozenset():
            await self.ends.wait()
            self.ends.clear()
        return Built(Result(outputs=9, written=("index.html",), left=left, published=True))

    def interrupt(self) -> None:
        self.interrupted += 1
        self.ends.set()


async def until(what: Callable[[], bool]) -> None:
    for _ in range(200):
        await asyncio.sleep(0)
        if what():
            break
    for _ in range(20):
        await asyncio.sleep(0)


async def kept_up(tmp_path: Path, builder: Any, live: Live, saves: set[str]) -> None:
    """Build, and save while a build makes what another had left."""
    changes = Changes()
    keeping = asyncio.create_task(keep_up(tmp_path, builder, live, changes, lambda: datetime.now(UTC)))
    changes.add({str(tmp_path / "content/a.md")})
    await until(lambda: builder.told[-1:] == [frozenset()])
    changes.add(saves)
    await until(lambda: not builder.left)
    keeping.cancel()


def test_whoever_saves_while_the_rest_is_made_does_not_wait_for_it(tmp_path: Path) -> None:
    builder = Recording(5, 5, 0)
    run(kept_up(tmp_path, builder, Live(), {str(tmp_path / "content/b.md")}))
    assert builder.interrupted == 1
    assert builder.told[1:] == [frozenset(), {"content/b.md"}]


def test_a_save_while_the_rest_is_made_is_told_to_everybody(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Also to those who look at a page that it takes away."""
    live = Live()
    run(kept_up(tmp_path, Recording(5, 5, 0), live, {str(tmp_path / "content/b.md")}))
    assert live.state.reload == live.state.version == 3
    assert capsys.readouterr().out.count("written") == 2
