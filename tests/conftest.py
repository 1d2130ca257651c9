"""What all tests share: tiny sites, this project's own site, programs that are not Python, and the rule on skips.

Where a part is missing a test that needs it is skipped, with the reason. In continuous integration (`CI` is set, or
`--no-skips`) that is a failure: a check that nobody runs checks nothing. Only tests marked `optional(part)` may be
skipped there, and the README's table names that part.
"""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable, Generator, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, settings
from tinysite import Site, Sites, make

from ballardwiki.build.workers.pool import Pool

if TYPE_CHECKING:
    from playwright.sync_api import Browser

REPOSITORY = Path(__file__).parent.parent
CHROMIUM = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
INSTALL = "`make test` installs it"
FOLDERS = {
    "builds": "builds",
    "browser": "browser",
    "properties": "slow",
    "site": "slow",
    "feeds": "slow",
    "torture": "torture",
}
"""Folders whose tests all bear a mark. So does a unit test that makes a site: it is marked `builds`, too."""

_PATIENCE = 10
"""So many seconds a worker has to save which lines it ran."""

settings.register_profile("default", deadline=None, print_blob=True, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("quick", settings.get_profile("default"), max_examples=25, stateful_step_count=10)
settings.load_profile("default")

for name in ("SOURCE_DATE_EPOCH", "NO_COLOR", "FORCE_COLOR"):
    os.environ.pop(name, None)


# The rule on skips


def pytest_addoption(parser: pytest.Parser) -> None:
    in_ci = os.environ.get("CI", "").lower() not in ("", "0", "false")
    parser.addoption(
        "--no-skips", action="store_true", default=in_ci, help="a skipped test is a failure (default in CI)"
    )


def pytest_configure(config: pytest.Config) -> None:
    if config.getoption("cov_source", default=None):
        _let_workers_end()


def _let_workers_end() -> None:
    """A worker is killed when there is nothing more to do. What it ran is known only if it ends by itself."""
    kill = Pool.close

    def close(pool: Pool) -> None:
        idle = [worker for worker in pool.workers if worker.greeted and not worker.pending]
        for worker in idle:
            worker.tasks.close()
        for worker in idle:
            worker.process.join(_PATIENCE)
        kill(pool)

    pytest.MonkeyPatch().setattr(Pool, "close", close)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        for folder, mark in FOLDERS.items():
            if folder in item.path.parts[len(REPOSITORY.parts) :]:
                item.add_marker(mark)
        if item.path.parent.name == "unit" and "site" in getattr(item, "fixturenames", ()):
            item.add_marker("builds")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    if report.skipped and not hasattr(report, "wasxfail") and item.get_closest_marker("optional") is None:
        _refuse(report, item.config)
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report(
    collector: pytest.Collector,
) -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    report = yield
    if report.skipped:
        _refuse(report, collector.config)
    return report


def _refuse(report: pytest.TestReport | pytest.CollectReport, config: pytest.Config) -> None:
    if config.getoption("--no-skips"):
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else report.longrepr
        report.outcome = "failed"
        report.longrepr = f"{reason}\nIn continuous integration nothing may be skipped; see tests/conftest.py."


# Sites


@pytest.fixture
def site(tmp_path: Path) -> Sites:
    """Makes tiny projects, each in a folder of its own: `site({"content/people/a.md": "..."}).build()`."""
    made = 0

    def new(files: dict[str, str] | None = None) -> Site:
        nonlocal made
        made += 1
        return make(tmp_path / f"site-{made}", files)

    return new  # type: ignore[return-value]  # a function is a Sites as well


@pytest.fixture(scope="session")
def wiki(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """The site of this project, built once for all tests that look at it. Leave it as it is."""
    folder = tmp_path_factory.mktemp("wiki")
    own = Site(REPOSITORY, folder / "site", folder / "cache", {"now": datetime(2026, 3, 1, 12, tzinfo=UTC)})
    result = own.build(jobs=2)
    assert not result.failed, "\n".join(map(str, result.problems))
    return own


# Programs that are not Python


@pytest.fixture(scope="session")
def tool() -> Callable[[str], str]:
    """Gives the path of a program; the test is skipped where it is missing: `tool("newsboat")`."""

    def find(name: str) -> str:
        found = shutil.which(name)
        if not found:
            pytest.skip(f"{name} is missing; {INSTALL}")
        return found

    return find


@pytest.fixture(scope="session")
def chromium() -> str:
    """The path of a Chromium."""
    found = next((path for name in CHROMIUM if (path := shutil.which(name))), None)
    if not found:
        pytest.skip(f"Chromium is missing; {INSTALL}")
    return found


@pytest.fixture(scope="session")
def browser(chromium: str) -> Iterator[Browser]:
    """A Chromium without window. Tests of it are marked `browser`; each opens its own page and closes it."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        yield launched
        launched.close()


@pytest.fixture(scope="session")
def typescript() -> list[str]:
    """The command of the TypeScript compiler, beside whose package lie those of schema.org's words and of SARIF."""
    modules = REPOSITORY / "tests/node_modules"
    node = shutil.which("node") or shutil.which("node", path=str(Path(sys.executable).parent))
    for part in ("typescript/bin/tsc", "schema-dts/package.json", "@types/sarif/index.d.ts"):
        assert (modules / part).is_file(), f"{part} (npm) is missing; {INSTALL}"
    assert node, f"Node is missing; {INSTALL}"
    return [node, str(modules / "typescript/bin/tsc")]


@pytest.fixture(scope="session")
def vnu(tool: Callable[[str], str]) -> list[str]:
    """The command of the Nu HTML checker."""
    jar = REPOSITORY / "tests/node_modules/vnu-jar/build/dist/vnu.jar"
    java = tool("java")
    if not jar.is_file():
        pytest.skip(f"the Nu HTML checker (npm vnu-jar) is missing; {INSTALL}")
    return [java, "-jar", str(jar)]
