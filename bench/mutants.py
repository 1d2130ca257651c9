"""Plants one bug at a time, and sees whether a test notices: `make mutants`, or `python bench/mutants.py --help`.

First all tests run once, to see which of them reach which line. Each mutant then has a process of its own, which runs
those that reach its line, the quickest first, until one fails. What was found is kept in mutants/results.jsonl as it
comes: run it again to go on. What survives must stand in bench/survivors.txt, with its reason; else this ends with 1.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import math
import os
import pickle
import random
import shutil
import signal
import subprocess
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from fnmatch import fnmatch
from itertools import accumulate
from pathlib import Path
from typing import Any

import pytest

import mutating
from mutating import Mutant

ROOT = Path(__file__).resolve().parent.parent
WORK = ROOT / "mutants"
SOURCE = "src/ballardwiki/"
AREAS = {
    "view": ("pages/view/*.py",),
    "graph": tuple(
        f"graph/{each}.py"
        for each in ["coverage", "files", "graph", "links", "naming", "patterns", "tables", "timeline"]
    ),
    "credits": ("pages/credits/*.py", "pages/versions.py", "build/traces.py"),
    "claims": ("graph/claims.py",),
    "staleness": ("build/staleness.py",),
    "publish": ("build/publish/__init__.py", "build/publish/swap.py"),
    "outputs": ("pages/outputs/feeds.py", "pages/outputs/redirects.py"),
    "rules": ("rules/*.py",),
}
"""What decides what readers see and what is made anew."""

TESTS = "tests/builds tests/unit"
ARGUMENTS = ["-q", "-p", "no:cacheprovider", "--hypothesis-profile=quick", "--hypothesis-seed=0"]
QUIET = ["-x", "-p", "no:xdist", "-p", "no:cov", "-W", "ignore::pytest.PytestAssertRewriteWarning"]
CHOSEN = ["-m", "not browser and not tools and not torture"]
LIBRARIES = (
    "feedparser hypothesis.strategies jinja2 lxml.html markdown msgspec nh3 pygments pyromark selectolax.lexbor yaml"
)


def main() -> None:
    """Measure what was asked for, say how much was killed, and name the survivors that nobody has judged."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(
        "patterns", nargs="*", help="files below src/ballardwiki, such as 'pages/view/*' (default: all of the areas)"
    )
    parser.add_argument("--sample", type=int, help="draw so many, from each area its share (default: all)")
    parser.add_argument("--seed", default="ballardwiki", help="another seed draws others (default: %(default)s)")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1, help="so many at once (default: %(default)s)")
    parser.add_argument("--again", action="store_true", help="try again what survived or took too long")
    parser.add_argument("--tests", default=TESTS, help="the tests that may notice (default: %(default)s)")
    parser.add_argument(
        "--budget", type=float, default=math.inf, help="seconds of tests for each, the quickest first (default: no end)"
    )
    parser.add_argument("--map", action="store_true", help="look anew which test reaches which line")
    arguments = parser.parse_args()
    WORK.mkdir(exist_ok=True)
    slots = [_copied(WORK / f"copy-{number}") for number in range(arguments.jobs)]
    if arguments.map or not (WORK / "reached.json").exists():
        _map(slots[0], arguments.tests, arguments.jobs)
    drawn = list(_drawn(arguments))
    random.Random(arguments.seed).shuffle(drawn)  # what is done when a run is stopped is a fair sample, too
    results = _results()
    kept = {"killed"} if arguments.again else {"killed", "survived", "timeout"}
    _run([each for each in drawn if results.get(each.key, {}).get("verdict") not in kept], slots, arguments.budget)
    sys.exit(_report(drawn, _results()))


def _copied(to: Path) -> Path:
    """A copy of the project in which bugs can be planted."""
    listed = subprocess.run(
        ["git", "ls-files", "-co", "--exclude-standard", "-z"], cwd=ROOT, check=True, capture_output=True
    )
    shutil.rmtree(to, ignore_errors=True)
    for path in filter(None, listed.stdout.decode().split("\0")):
        if (ROOT / path).is_file():
            (to / path).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / path, to / path)
    return to


# Which tests reach which line


class _Took:
    """How long each test takes, and which fail without any bug."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = defaultdict(float)
        self.failed: set[str] = set()

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        if report.failed:
            self.failed.add(report.nodeid)

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        self.seconds[report.nodeid] += report.duration
        if not report.passed:
            self.failed.add(report.nodeid)


def _map(slot: Path, tests: str, jobs: int) -> None:
    """Run all tests once, with one context of coverage for each. Those that fail or are skipped are no witnesses."""
    settings, data = WORK / "coveragerc", WORK / "coverage"
    files = "".join(f"\n    {slot / SOURCE / each}" for area in AREAS.values() for each in area)
    settings.write_text(f"[run]\nbranch = false\ndata_file = {data}\ninclude = {files}\n", encoding="utf-8")
    if not (pid := os.fork()):
        took = _Took()
        covering = ["--cov", f"--cov-config={settings}", "--cov-context=test", "--cov-report="]
        _enter(slot)
        pytest.main(
            [*tests.split(), *CHOSEN, *ARGUMENTS, *covering, "-n", str(jobs), "--dist", "worksteal"], plugins=[took]
        )
        seconds = {test: spent for test, spent in took.seconds.items() if test not in took.failed}
        (WORK / "seconds.json").write_text(json.dumps(seconds), encoding="utf-8")
        os._exit(0)
    os.waitpid(pid, 0)
    _read_map(slot, data)


def _read_map(slot: Path, data: Path) -> None:
    from coverage import CoverageData  # noqa: PLC0415  # not before the tests are forked

    read = CoverageData(str(data))
    read.read()
    reached = {}
    for file in read.measured_files():
        lines = read.contexts_by_lineno(file)
        tests = {line: sorted({each.rpartition("|")[0] for each in row if each}) for line, row in lines.items()}
        reached[str(Path(file).relative_to(slot))] = tests
    (WORK / "reached.json").write_text(json.dumps(reached), encoding="utf-8")


def _enter(slot: Path) -> None:
    os.chdir(slot)
    sys.path.insert(0, str(slot / "src"))
    os.environ["PYTHONPATH"] = str(slot / "src")


# Which mutants


def _drawn(arguments: argparse.Namespace) -> Iterator[Mutant]:
    strata = _strata(arguments.patterns)
    number = sum(map(len, strata.values()))
    for name, row in strata.items():
        if arguments.sample is None:
            yield from row
        else:
            share = max(20, round(arguments.sample * len(row) / number))
            yield from random.Random(f"{arguments.seed} {name}").sample(row, min(len(row), share))


def _strata(patterns: list[str]) -> dict[str, list[Mutant]]:
    found: dict[str, list[Mutant]] = {}
    for name, files in AREAS.items():
        paths = sorted({str(file.relative_to(ROOT)) for each in files for file in (ROOT / SOURCE).glob(each)})
        wanted = [path for path in paths if not patterns or any(fnmatch(path, SOURCE + each) for each in patterns)]
        found[name] = [mutant for path in wanted for mutant in _made(path)]
    return {name: row for name, row in found.items() if row}


def _made(path: str) -> list[Mutant]:
    """All mutants of a file; they are kept, since to make them all takes minutes."""
    digest = hashlib.sha256((ROOT / path).read_bytes() + Path(mutating.__file__).read_bytes()).hexdigest()
    file = WORK / "made" / digest
    if not file.exists():
        file.parent.mkdir(exist_ok=True)
        file.write_bytes(pickle.dumps(list(mutating.mutants(ROOT, path))))
    return pickle.loads(file.read_bytes())  # type: ignore[no-any-return]


# Running them


@dataclass
class _Trial:
    mutant: Mutant
    slot: Path
    started: float
    limit: float
    tests: list[str]


def _run(todo: list[Mutant], slots: list[Path], budget: float = math.inf) -> None:
    for library in LIBRARIES.split():
        __import__(library)
    reached = json.loads((WORK / "reached.json").read_text(encoding="utf-8"))
    seconds = json.loads((WORK / "seconds.json").read_text(encoding="utf-8"))
    waiting, free, running = list(reversed(todo)), list(slots), dict[int, _Trial]()
    with (WORK / "results.jsonl").open("a", encoding="utf-8") as results:
        while waiting or running:
            while waiting and free:
                mutant = waiting.pop()
                lines = reached.get(mutant.path, {})
                tests = {test for line in mutant.lines for test in lines.get(str(line), ()) if test in seconds}
                if not tests:
                    _note(results, mutant, "survived", 0, "no test reaches it")
                    continue
                ordered = sorted(tests, key=seconds.__getitem__)
                ordered = [
                    test
                    for test, sum_ in zip(ordered, accumulate(map(seconds.__getitem__, ordered)), strict=True)
                    if sum_ <= budget
                ]
                slot = free.pop()
                limit = 60 + 10 * sum(seconds[test] for test in ordered)
                running[_start(mutant, slot, ordered)] = _Trial(mutant, slot, time.monotonic(), limit, ordered)
            for pid, trial in list(running.items()):
                spent = time.monotonic() - trial.started
                ended, status = os.waitpid(pid, os.WNOHANG)
                if not ended and spent < trial.limit:
                    continue
                _end(pid, reap=not ended)
                del running[pid]
                killer = trial.slot / "killer"
                by = killer.read_text(encoding="utf-8") if killer.exists() else ""
                if not _mend(trial.slot, trial.mutant.path):
                    by = by or "it deletes what it should keep"
                free.append(trial.slot)
                code = os.waitstatus_to_exitcode(status) if ended else 0
                if code == pytest.ExitCode.USAGE_ERROR and _collected(trial):
                    by = "a test bears another name with it"
                if code > 0 and not by:
                    hint = "Were tests renamed? Run it with --map."
                    sys.exit(f"The tests could not be run; see {trial.slot / 'log'}. {hint}")
                _note(results, trial.mutant, "timeout" if not ended else "killed" if code else "survived", spent, by)
            time.sleep(0.02)


def _start(mutant: Mutant, slot: Path, tests: list[str]) -> int:
    """Plant the bug, and run the tests in a process of their own."""
    file = slot / mutant.path
    file.write_text(mutant.code, encoding="utf-8")
    moment = (
        1_000_000_000 + time.time_ns() % 1_000_000_000
    )  # no two alike: else Python may take the bytecode of another mutant
    os.utime(file, (moment, moment))
    (slot / "killer").unlink(missing_ok=True)
    if pid := os.fork():
        return pid
    os.setsid()
    log = os.open(slot / "log", os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o644)
    os.dup2(log, 1)
    os.dup2(log, 2)
    _enter(slot)
    took = _Took()
    code = pytest.main([*tests, *ARGUMENTS, *QUIET], plugins=[took])
    (slot / "killer").write_text(" ".join(sorted(took.failed)))
    os._exit(int(code))


def _collected(trial: _Trial) -> bool:
    """Whether all tests of a trial are there without the bug: it may change the names of some."""
    command = [sys.executable, "-m", "pytest", "--collect-only", "-q", *trial.tests]
    environment = os.environ | {"PYTHONPATH": str(trial.slot / "src")}
    return not subprocess.run(command, cwd=trial.slot, env=environment, capture_output=True, check=False).returncode


def _mend(slot: Path, path: str) -> bool:
    """The copy as it was, also when the bug was one that deletes files; whether it was not."""
    if all((slot / each).exists() for each in ("pyproject.toml", "docs", "src", "templates", "tests", "types", path)):
        shutil.copy2(ROOT / path, slot / path)
        return True
    _copied(slot)
    return False


def _end(pid: int, *, reap: bool) -> None:
    with suppress(ProcessLookupError):
        os.killpg(pid, signal.SIGKILL)
    if reap:
        os.waitpid(pid, 0)


def _note(results: Any, mutant: Mutant, verdict: str, spent: float, by: str) -> None:
    results.write(json.dumps({"key": mutant.key, "verdict": verdict, "seconds": round(spent, 1), "by": by}) + "\n")
    results.flush()
    print(f"{verdict:9} {spent:5.1f} s  {mutant.path.removeprefix(SOURCE)} {mutant.function}", flush=True)


# What came of it


def _results() -> dict[str, dict[str, Any]]:
    file = WORK / "results.jsonl"
    lines = file.read_text(encoding="utf-8").splitlines() if file.exists() else []
    return {row["key"]: row for row in map(json.loads, lines)}


def _excused() -> dict[str, str]:
    """The survivors that were judged, and why each may live."""
    reason, found = "", {}
    for block in (ROOT / "bench/survivors.txt").read_text(encoding="utf-8").split("\n\n"):
        if block.startswith("Reason: "):
            reason = " ".join(block.removeprefix("Reason: ").split())
        elif block.startswith(SOURCE):
            found[block.strip()] = reason
    return found


def _report(drawn: Iterable[Mutant], results: dict[str, dict[str, Any]]) -> int:
    tried = [each for each in drawn if each.key in results]
    excused = _excused()
    print("\narea        tried killed timeout listed unlisted   killed of all, with the 95 % interval")
    total: Counter[str] = Counter()
    for name, files in {**AREAS, "all": ("*",)}.items():
        count = Counter[str]()
        for each in tried:
            if any(fnmatch(each.path, SOURCE + file) for file in files):
                verdict = results[each.key]["verdict"]
                count[verdict if verdict != "survived" else "listed" if each.key in excused else "unlisted"] += 1
        total = count
        if number := count.total():
            dead = count["killed"] + count["timeout"]
            low, high = _interval(dead, number)
            columns = f"{number:5} {count['killed']:6} {count['timeout']:7} {count['listed']:6} {count['unlisted']:8}"
            print(f"{name:11} {columns}   {dead / number:6.1%} ({low:.1%} to {high:.1%})")
    for each in tried:
        if results[each.key]["verdict"] == "survived" and each.key not in excused:
            print(f"\n{each.key}")
    return int(total["unlisted"] > 0)


def _interval(dead: int, number: int) -> tuple[float, float]:
    """Wilson's interval."""
    z, share = 1.96, dead / number
    middle, spread = share + z * z / (2 * number), z * math.sqrt(share * (1 - share) / number + z * z / (4 * number**2))
    return (middle - spread) / (1 + z * z / number), (middle + spread) / (1 + z * z / number)


if __name__ == "__main__":
    main()
