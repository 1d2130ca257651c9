"""The question before files are written, at a real terminal: what is asked, and what comes of each answer."""

from __future__ import annotations

import os
import pty
import select
import subprocess
import sys
import time

import pytest
from tinysite import Site, Sites

pytestmark = pytest.mark.slow

PATIENCE = 60
"""Seconds after which a command that says nothing counts as hanging."""
TEXT = "---\ntitle: Cy Dee\nsummary: s\n---\nAnn Bo came.\n"


@pytest.fixture
def wiki(site: Sites) -> Site:
    ann = "---\ntitle: Ann Bo\nsummary: s\n---\n[[Cy Dee]]\n"
    return site({"content/people/a.md": ann, "content/people/c.md": TEXT})


def answered(wiki: Site, answer: bytes) -> tuple[int, str]:
    """The exit code of `mentions --fix` and what it says, with `answer` typed after its question."""
    master, slave = pty.openpty()
    command = [sys.executable, "-m", "ballardwiki", "--root", str(wiki.root), "mentions", "--fix"]
    with subprocess.Popen(command, stdin=slave, stdout=slave, stderr=slave) as running:
        os.close(slave)
        seen = b""
        ends = time.monotonic() + PATIENCE
        try:
            while select.select([master], [], [], max(0, ends - time.monotonic()))[0]:
                try:
                    more = os.read(master, 4096)
                except OSError:  # Linux: nobody has the other side open any more
                    more = b""
                if not more:
                    break
                seen += more
                if answer and seen.endswith(b"[y/N]: "):
                    os.write(master, answer)
                    answer = b""
            return running.wait(max(1, ends - time.monotonic())), seen.decode().replace("\r\n", "\n")
        finally:
            os.close(master)
            running.kill()


@pytest.mark.parametrize(
    ("answer", "code", "ending", "written"),
    [
        (b"y\n", 0, "[y/N]: y\nWrote 1 file. A check finds no new problem.\n", True),
        (b"n\n", 0, "[y/N]: n\nNothing was written.\n", False),
        (b"\n", 0, "[y/N]: \nNothing was written.\n", False),
        (b"\x04", 1, "[y/N]: \nNothing was written.\n", False),
    ],
    ids=["y", "n", "enter", "ctrl-d"],
)
def test_an_answer(wiki: Site, answer: bytes, code: int, ending: str, written: bool) -> None:
    found, said = answered(wiki, answer)
    assert found == code and said.endswith(ending), said
    assert "+[[Ann Bo]] came.\nWrite 1 file? [y/N]" in said
    text = (wiki.root / "content/people/c.md").read_text(encoding="utf-8")
    assert text == (TEXT.replace("Ann Bo", "[[Ann Bo]]") if written else TEXT)


def test_without_a_terminal_nobody_is_asked(wiki: Site) -> None:
    command = [sys.executable, "-m", "ballardwiki", "--root", str(wiki.root), "mentions", "--fix"]
    done = subprocess.run(command, input="y\n", capture_output=True, text=True, timeout=PATIENCE, check=False)
    assert done.returncode == 1 and "--yes writes without asking" in done.stderr and "?" not in done.stderr
    assert (wiki.root / "content/people/c.md").read_text(encoding="utf-8") == TEXT
