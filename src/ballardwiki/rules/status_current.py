"""status-current: what is said of the present or the future was looked at since it may have changed."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence

from ballardwiki.content.values import first_day
from ballardwiki.expressions import expression
from ballardwiki.model import Entity, Statement
from ballardwiki.pages.world import World
from ballardwiki.problems import Location
from ballardwiki.rules.rule import RecordRule, Violation
from ballardwiki.schema import Field

_AHEAD = expression(
    r"\b(?:upcoming|forthcoming|will (?:premiere|air|start|begin|return|be released)"
    r"|(?:is|are) (?:set|due|expected) (?:to|for)|(?:is|are) to be released)\b",
    re.IGNORECASE,
)
_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_DATE = expression(rf"\b(?:(?:(\d{{1,2}}) )?({'|'.join(_MONTHS)}) )?((?:19|20)\d\d)\b")


def check(world: World, records: Collection[Entity]) -> Iterator[Violation]:
    """Passing states (`review` in a type) that have stood for long, and `upcoming` beside a date that is past.

    News is of its day, and stays as it is.
    """
    graph = world.graph
    kinds = [kind for kind in graph.schema.types.values() if not kind.dated]
    passing = {kind.name: [each for each in kind.fields.values() if each.review] for kind in kinds}
    texts = {
        kind.name: [each.name for each in kind.fields.values() if each.kind == "text" and each.name != "tags"]
        for kind in kinds
    }
    for entity in records:
        for field in passing.get(entity.type, ()):
            yield from _passing(entity, graph.statements(entity.ref, field.name), field, world.today)
        for key in texts.get(entity.type, ()):
            for statement in entity.statements.get(key, ()):
                said = str(statement.value)
                if "20" in said and _AHEAD.search(said) and (day := latest(said)) and day < world.today[: len(day)]:
                    message = f"{key} speaks of {day} as of something to come."
                    yield _violation(entity, statement, message, "Say what became of it.")


def latest(text: str) -> str:
    """The latest date that a text names: `2026`, `2026-03` or `2026-03-09`; "" for none."""
    found = []
    for day, month, year in _DATE.findall(text):
        row = [year, *([f"{_MONTHS.index(month) + 1:02}"] if month else []), *([f"{int(day):02}"] if day else [])]
        found.append("-".join(row))
    return max(found, default="")


def _passing(entity: Entity, row: Sequence[Statement], field: Field, today: str) -> Iterator[Violation]:
    if not row:
        return
    last = max(row, key=lambda statement: statement.qualifiers.from_)  # of equals the first; undated ones come first
    days, since = dict(field.review).get(str(last.value)), last.qualifiers.from_
    if days is None or not since or last.qualifiers.until:
        return
    if (first_day(today) - first_day(since)).days > days:
        message = f"{field.name} has been {last.value} since {since}, for more than {days} days."
        own = last in entity.statements.get(field.name, ())  # else an article claims it
        yield _violation(
            entity,
            last if own else Statement("", None, entity.line, 1),
            message,
            "Look whether it still is, and add the next step.",
        )


def _violation(entity: Entity, statement: Statement, message: str, hint: str) -> Violation:
    return Violation(Location(entity.path, statement.line, statement.column), message, hint)


RULE = RecordRule(name="status-current", severity="info", check=check, of_text=False)
