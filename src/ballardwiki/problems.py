"""Problems are values: where, which rule, what is wrong, what to do. Nothing here logs or raises."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from msgspec import Struct

Severity = Literal["error", "warning", "info"]
"""An error stops publishing; a warning does under `--strict`; an info never does."""


class Location(Struct, frozen=True, order=True):
    """A place in a file of the project. Lines and columns count from 1; 0 means the whole file."""

    path: str
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        position = f":{self.line}:{self.column}" if self.line else ""
        return f"{self.path}{position}"


class Problem(Struct, frozen=True, order=True):
    """Something an editor should mend.

    `rule` names the truth that should hold (`ref-resolves`); a rule's name never changes.
    `hint` says what to do about it; it may be empty when the message already does.
    `missing`: the address or name that was looked for and not found. `also`: other records that share in it, as
    `type/id`. `among`: the types one of whose records was looked for, () where that is plain. `cause`: the place of
    the problem that this one follows from, "" for one that stands by itself.
    """

    at: Location
    rule: str
    message: str
    hint: str = ""
    severity: Severity = "error"
    missing: str = ""
    also: tuple[str, ...] = ()
    among: tuple[str, ...] = ()
    cause: str = ""

    def __str__(self) -> str:
        hint = f" {self.hint}" if self.hint else ""
        return f"{self.at}: {self.severity}[{self.rule}]: {self.message}{hint}"


FAULT = "This is a fault of ballardwiki; please report it."
"""What to do about a problem that is none of the editor's."""


UNEXPECTED = "something happened that it did not expect"
"""The reason of an exception that says nothing."""


def reason(error: BaseException) -> str:
    """What an exception says, in words: the last line of its text, without the full stop."""
    lines = str(error).strip().splitlines()
    return (lines and lines[-1].strip().rstrip(".")) or UNEXPECTED


class ProblemError(Exception):
    """Carries problems out of code that cannot return them (a parser callback, a template)."""

    def __init__(self, *problems: Problem) -> None:
        super().__init__("\n".join(map(str, problems)))
        self.problems = problems


def errors(problems: Iterable[Problem]) -> list[Problem]:
    """The problems that must stop a build from publishing."""
    return [problem for problem in problems if problem.severity == "error"]


def stopping(problems: Iterable[Problem], *, strict: bool) -> list[Problem]:
    """The problems that must stop a build: errors, and warnings too where they count as errors."""
    return [each for each in problems if each.severity == "error" or (strict and each.severity == "warning")]


class MachineError(Exception):
    """The machine, another build or the cache stopped us: no fault of the page that was being made."""


class DamagedError(MachineError):
    """The cache is not what was written. Drop it and build again."""


class UnusableError(MachineError):
    """The machine does not let us read or write the cache. It may be good: leave it as it is, and go on without."""
