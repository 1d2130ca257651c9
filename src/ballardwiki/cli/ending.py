"""How a command ends when the machine, another build or Ctrl-C stops it: one line and an exit code, no traceback."""

from __future__ import annotations

import contextlib
import errno
import os
import sys
from collections.abc import Iterator
from typing import Any

import click

BUSY = 75
"""EX_TEMPFAIL of sysexits.h: try again later."""

INTERRUPTED = 130
"""What a shell says of a program that Ctrl-C ended."""


STOPPED = "It can't go on: "
"""How the line begins where the system did not let us do something."""


class Commands(click.Group):
    """Commands, and whatever stops one of them is said in a line."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command that was asked for."""
        with said():
            return super().invoke(ctx)


@contextlib.contextmanager
def said() -> Iterator[None]:
    """Says in one line why a command could not go on, and exits. Mistakes of ours pass: they need their traceback."""
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:  # closed by whoever started us
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: SIM115  # until the end
    try:
        try:
            yield
        finally:
            sys.stdout.flush()
    except (KeyboardInterrupt, click.Abort):
        _end("Interrupted. Nothing is half done: what was there before is whole.", INTERRUPTED)
    except BrokenPipeError as error:
        _let_go()
        meant = error.__context__
        sys.exit(meant.code if isinstance(meant, SystemExit) else 1)
    except OSError as error:
        _end(reason(error), 1)
    except MemoryError:
        _end("There is not enough memory.", 1)
    except Exception as error:  # which of them it is, is asked late: help need not import all that
        if (found := _known(error)) is None:
            raise
        _end(*found)


@contextlib.contextmanager
def unheard() -> Iterator[None]:
    """Nobody may be listening any more: what was done is done all the same."""
    try:
        yield
        sys.stdout.flush()
    except BrokenPipeError:
        _let_go()


def _known(error: Exception) -> tuple[str, int] | None:
    """What to say of an error that is no mistake of ours, and the exit code."""
    from ballardwiki.build.publish import Locked, PublishError, Refused  # noqa: PLC0415
    from ballardwiki.build.workers.pool import WorkersError  # noqa: PLC0415
    from ballardwiki.problems import UnusableError  # noqa: PLC0415

    if isinstance(error, Locked):
        return "Another build is running; try again when it is done.", BUSY
    if isinstance(error, Refused):
        return f"{error.message} {error.hint}", 1
    if isinstance(error, PublishError):
        return f"The site could not be published: {error}. It is as it was before.", 1
    if isinstance(error, (UnusableError, WorkersError)):
        return f"{STOPPED}{error}.", 1
    return None


def reason(error: OSError) -> str:
    """What the system said, in words."""
    where = f": {error.filename}" if error.filename else ""
    if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        return f"There is no room to write{where} ({error.strerror}). What was there before is whole."
    return f"{STOPPED}{error.strerror or error}{where}."


def _end(text: str, code: int) -> None:
    from ballardwiki.cli.report import safe  # noqa: PLC0415

    with contextlib.suppress(OSError):
        click.echo(safe(text), err=True)
    _let_go()
    sys.exit(code)


def _let_go() -> None:
    """Forget what could not be written, or Python would try it once more at its end, and complain."""
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except (OSError, ValueError):
            with contextlib.suppress(OSError, ValueError):
                os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
