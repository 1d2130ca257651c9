"""Causes first: problems that follow from a file which could not be read are told apart from those that stand alone.

A record in such a file is not known, so whatever needs it seems wrong as well. That says nothing that an editor could
mend anywhere else, and all of it goes away with the cause.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from msgspec.structs import replace

from ballardwiki.expressions import expression
from ballardwiki.model import Document, ref_id, ref_type
from ballardwiki.problems import Location, Problem, errors
from ballardwiki.schema import Schema
from ballardwiki.slugs import fold, valid_id

ABSENT = (
    "alias-used",
    "cast-complete",
    "character-portrayed",
    "credit-aired",
    "image-licensed",
    "page-linked",
    "page-written",
    "tag-known",
    "url-kept",
)
"""Rules that miss something which any file may hold: nothing can be said as long as one can't be read."""

OF_STORIES = ("credit-plausible", "since-resolves")
"""Rules that miss a series or an episode."""


Text = Callable[[str], str]
"""What can be made out of a file, by its path."""

_APART = expression(r"\W++")


def told(
    problems: Sequence[Problem], documents: Mapping[str, Document], unread: Iterable[str], schema: Schema, text: Text
) -> list[Problem]:
    """The problems, each that follows from a file which could not be read with the place of its cause.

    unread: the paths of files and folders of which nothing is known. text: what can be made out of one of them; where
    it is nothing at all, they may hold whatever is missing and would lie there.
    """
    lost = {path: {ref for ref, _ in document.lost} for path, document in documents.items() if document.lost}
    lost |= {path: set() for path in unread}
    places: dict[str, Location] = {}
    for each in errors(problems):
        if each.at.path in lost:
            places[each.at.path] = min(each.at, places.get(each.at.path, each.at))
    first = {path: str(at) for path, at in sorted(places.items())}
    problems = alone(problems, text)
    if not first:
        return problems
    telling = {name for name, kind in schema.types.items() if kind.timeline or kind.position}
    stories = [path for path in first if not lost[path] or any(ref_type(ref) in telling for ref in lost[path])]
    written = {path: text(path) for path in first}
    texts = {path: _words(each) for path, each in written.items()}

    def cause(problem: Problem) -> str:
        if problem.cause:
            return problem.cause
        if problem.rule in ABSENT:
            return next(iter(first.values()))
        if problem.at.path in first:
            return ""
        if problem.rule in OF_STORIES:
            return first[stories[0]] if stories else ""
        return next((at for path, at in first.items() if problem.missing and holds(path, problem)), "")

    def holds(path: str, problem: Problem) -> bool:
        missing = problem.missing
        if not written[path] and _may_hold(path, problem, schema):
            return True
        if problem.rule == "link-resolves":
            return missing == path or _words(missing) in texts[path]
        return missing in lost[path] or any(ref_id(ref) == missing for ref in lost[path])

    return [replace(each, cause=cause(each)) for each in problems]


def alone(problems: Iterable[Problem], text: Text = lambda _: "") -> list[Problem]:
    """The problems of a site of which all files could be read (see `told`)."""
    return _misnamed(_clashes(problems), text)


def _may_hold(path: str, problem: Problem, schema: Schema) -> bool:
    """Whether a file or folder of which not one word is known may hold what was not found."""
    missing = problem.missing
    if problem.rule == "link-resolves":
        return True
    kind = schema.folders.get(path.split("/")[1])
    type_, _, id_ = missing.rpartition("/")
    if kind is None or not valid_id(id_):
        return False
    fits = type_ == kind.name if type_ else kind.dated or kind.name == "source"
    one = path.endswith(".md") and not path.endswith("/index.md")
    return fits and (not one or id_ == path.rpartition("/")[2].removesuffix(".md"))


def _clashes(problems: Iterable[Problem]) -> list[Problem]:
    """The problems; two that want one address since they have one place in a story are told once."""
    problems = list(problems)
    slots = {frozenset(each.also): str(each.at) for each in problems if each.rule == "slot-unique"}
    return [
        replace(each, cause=slots[frozenset(each.also)])
        if each.rule == "url-unique" and frozenset(each.also) in slots
        else each
        for each in problems
    ]


def _misnamed(problems: Iterable[Problem], text: Text) -> list[Problem]:
    """The problems; what looks for a record that is there follows from what keeps it from being found.

    That is an id which can't be one, a title which is not said, or another record of the same id, in whose place it is.
    """
    problems = list(problems)
    meant: dict[str, Location] = {}
    twice: dict[str, Location] = {}
    for each in problems:
        if each.missing and each.rule in ("id-valid", "field-required"):
            meant.setdefault(_words(each.missing), each.at)
        elif each.rule == "id-unique" and each.missing:
            twice.setdefault(each.at.path, each.at)
    if not (meant or twice):
        return problems
    texts = {path: _words(text(path)) for path in twice}

    def cause(problem: Problem) -> str:
        if problem.cause or not problem.missing or problem.rule not in ("link-resolves", "ref-resolves"):
            return problem.cause
        words = _words(problem.missing.rpartition("/")[2] if problem.rule == "ref-resolves" else problem.missing)
        at = meant.get(words)
        if at is None and problem.rule == "link-resolves":
            at = next((twice[path] for path, held in texts.items() if words in held and path != problem.at.path), None)
        return str(at) if at else ""

    return [replace(each, cause=cause(each)) for each in problems]


def _words(text: str) -> str:
    """The words of a text, each between two blanks."""
    return f" {' '.join(_APART.sub(' ', fold(text)).split())} "
