"""A value within the horizon, and its qualifiers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from markupsafe import escape

from ballardwiki.model import Qualifiers, Statement

if TYPE_CHECKING:
    from ballardwiki.pages.view.entity import EntityView
    from ballardwiki.pages.view.site import SiteView

_PLAIN = (str, int, type(None))


class UndeclaredError(AttributeError):
    """A template asked an entity for something that its type does not declare."""


class QualifierView:
    """The qualifiers of a value or record, with sources as entities."""

    __slots__ = ("_qualifiers", "_site")

    def __init__(self, site: SiteView, qualifiers: Qualifiers) -> None:
        self._site = site
        self._qualifiers = qualifiers

    @property
    def sources(self) -> list[EntityView]:
        """The entities that the value is from."""
        return [view for id_ in self._qualifiers.sources if (view := self._site.source(id_))]

    @property
    def confidence(self) -> str:
        """confirmed, reported, rumoured or disputed."""
        return self._qualifiers.confidence

    @property
    def continuity(self) -> str:
        """The version of the story that the value belongs to, or ""."""
        return self._qualifiers.continuity

    @property
    def since(self) -> str:
        """The designator from which the value may be known, or ""."""
        return self._qualifiers.since

    @property
    def from_(self) -> str:
        """The date since when the value holds, or ""."""
        return self._qualifiers.from_

    @property
    def until(self) -> str:
        """The date until when the value held, or ""."""
        return self._qualifiers.until


class StatementView(QualifierView):
    """A value within the horizon and its qualifiers. A statement about an entity passes attributes on to it."""

    __slots__ = ("value",)

    def __init__(self, site: SiteView, statement: Statement, kind: str, value: EntityView | None = None) -> None:
        super().__init__(site, statement.qualifiers)
        self.value: EntityView | str | int | bool | None = value
        if kind in ("ref", "parent", "records"):
            self.value = site.entity(str(statement.value))
        elif value is None:
            self.value = statement.value

    @property
    def text(self) -> str:
        """The value as text: of an entity its title."""
        return str(self.value)

    @property
    def due(self) -> bool:
        """Of a date: whether it has come when the site is built."""
        return self._site.due(self.text)

    @property
    def numbers(self) -> tuple[int, ...]:
        """Of a number it, of a run of numbers all of them; () of anything else."""
        return (self.value,) if isinstance(self.value, int) and not isinstance(self.value, bool) else ()

    def __str__(self) -> str:
        return self.text

    def __html__(self) -> str:
        return self._site.isolated(self.value) if isinstance(self.value, str) else escape(self.value)

    def __eq__(self, other: object) -> bool:
        return (other.value if isinstance(other, StatementView) else other) == self.value

    def __hash__(self) -> int:
        return hash(self.value)

    def __getattr__(self, name: str) -> Any:  # as EntityView's
        if not isinstance(self.value, _PLAIN) and not name.startswith("_"):
            return getattr(self.value, name)
        message = f"a plain value has no {name}"
        raise UndeclaredError(message)


class RunView(StatementView):
    """A run of numbers, such as those of a double episode: its value is the first of them, its text tells both ends."""

    __slots__ = ("_last",)

    def __init__(self, site: SiteView, first: Statement, last: Statement) -> None:
        super().__init__(site, first, "integer")
        self._last = int(last.value)

    @property
    def numbers(self) -> tuple[int, ...]:
        """All the numbers."""
        return tuple(range(int(str(self.value)), self._last + 1))

    @property
    def text(self) -> str:
        """`1–2`."""
        return f"{self.value}\u2013{self._last}"

    def __html__(self) -> str:
        return escape(self.text)
