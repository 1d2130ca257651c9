"""Whether this program and an older one publish the same bytes: `python bench/same REVISION`.

For changes of structure, which must not change a page. The projects are this wiki, the pages of the benchmark for
both Markdown engines, every project that a test in tests/builds or tests/unit makes, and those in the folders given by
`--projects`. Each is built as its test asked, with drafts, and with all stories hidden and shown; a build says which
files it published, with their digests, and which problems it found. Exits with 1 where anything differs.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))  # the modules of the benchmark are its neighbours, not a package

import corpus
import project
from install import unpack
from tools import TOOLS

BENCH = Path(__file__).parents[1]
REPOSITORY = BENCH.parent
SHOWN = 12
"""So many differing builds are named."""
PAGES = 1000


def main() -> None:
    """Collect the projects, build each with both programs, and print what differs."""
    parser = argparse.ArgumentParser(prog="python bench/same", description="Compare what two programs publish.")
    parser.add_argument("revision", help="the older program, as git names it: a commit, a branch, HEAD~3")
    parser.add_argument("--projects", type=Path, action="append", default=[], help="a folder of further projects")
    parser.add_argument("--keep", type=Path, help="where projects and builds are kept, and found again")
    parser.add_argument(
        "--tests", default="tests/builds tests/unit", help="whose projects to take (default: %(default)s)"
    )
    parser.add_argument("--only", default="", help="only projects whose name holds this")
    arguments = parser.parse_args()
    folder = arguments.keep or Path(tempfile.mkdtemp(prefix="same-"))
    folder.mkdir(parents=True, exist_ok=True)
    older = folder / "older"
    unpack(arguments.revision, older)
    projects = folder / "projects"
    if not projects.exists():
        _collect(projects, arguments.projects, arguments.tests.split())
    names = [each.name for each in sorted(projects.iterdir()) if each.name[0] != "." and arguments.only in each.name]
    print(f"{len(names)} projects …", flush=True)
    sides = [
        _side(program, projects, names, folder / side) for side, program in (("before", older), ("after", REPOSITORY))
    ]
    if sum(process.wait() for process, _ in sides):
        sys.exit("One of the programs ended with an error; see above.")
    before, after = (_builds(file) for _, file in sides)
    differing = [build for build in before | after if before.get(build) != after.get(build)]
    print(f"{len(before)} builds, {len(differing)} of them differ.")
    for build in differing[:SHOWN]:
        print(f"\n{build}")
        print(*_differences(before.get(build, {}), after.get(build, {})), sep="\n")
    print(f"\nProjects and results are in {folder}.")
    sys.exit(bool(differing))


def _collect(projects: Path, further: list[Path], tests: list[str]) -> None:
    """Copy all projects into one folder, each under a name that tells where it is from."""
    wiki = projects / "wiki/project"
    for part in ("content", "types", "templates", "media", "root"):
        if (REPOSITORY / part).is_dir():
            shutil.copytree(REPOSITORY / part, wiki / part)
    shutil.copy2(REPOSITORY / "site.yaml", wiki)
    pages = corpus.pages(PAGES)
    for tool in TOOLS:
        if tool.dialect and tool.name.startswith("ballardwiki"):
            project.make(tool, pages, projects / f"bench-{tool.name}/project")
    for folder in further:
        for each in sorted(folder.iterdir()):
            if (each / "site.yaml").is_file():
                shutil.copytree(each, projects / f"{folder.name}-{each.name}/project", symlinks=True)
    environment = os.environ | {"PYTHONPATH": str(BENCH / "same"), "SAME_PROJECTS": str(projects)}
    plain = ["-m", "pytest", "-q", "-n", "2", "-p", "keeping", "--ignore", "tests/builds/test_growth.py"]
    subprocess.run(
        [sys.executable, *plain, "-m", "builds and not torture", *tests],
        cwd=REPOSITORY,
        env=environment,
        check=False,
        stdout=subprocess.DEVNULL,
    )


def _side(program: Path, projects: Path, names: list[str], results: Path) -> tuple[subprocess.Popen[str], Path]:
    """Begin to build all projects with one of the programs."""
    file = results.with_suffix(".jsonl")
    listed = results.with_suffix(".names")
    listed.write_text("\n".join(names), encoding="utf-8")
    environment = os.environ | {"PYTHONPATH": f"{program / 'src'}:{program / 'tests'}", "PYTHONDONTWRITEBYTECODE": "1"}
    side = Path(__file__).with_name("side.py")
    return subprocess.Popen([sys.executable, side, projects, listed, file], env=environment, text=True), file


def _builds(file: Path) -> dict[str, dict[str, str]]:
    """What a side wrote down: name of the build -> published file or problem -> digest."""
    lines = map(json.loads, file.read_text(encoding="utf-8").splitlines())
    return {line["build"]: line["found"] for line in lines}


def _differences(before: dict[str, str], after: dict[str, str]) -> Iterator[str]:
    """A line for each file or problem that is not the same."""
    for each in sorted(before.keys() | after.keys()):
        if before.get(each) != after.get(each):
            sign = "-" if each not in after else "+" if each not in before else "≠"
            yield f"  {sign} {each}"


if __name__ == "__main__":
    main()
