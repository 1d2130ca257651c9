"""The Jinja environment: the theme's templates, a site's own over them, and what each depends on."""

from __future__ import annotations

import traceback
from collections import Counter
from collections.abc import Iterable, Mapping, MutableMapping
from contextlib import suppress
from functools import lru_cache
from hashlib import blake2b
from types import CodeType
from typing import Any

from jinja2 import BaseLoader, Environment, StrictUndefined, Template, TemplateNotFound, TemplateSyntaxError, nodes
from msgspec import Struct

from ballardwiki.expressions import expression
from ballardwiki.pages import backlinks, facts, filters, linked_data
from ballardwiki.pages.prose import Prose
from ballardwiki.pages.view import EntityView, SiteView
from ballardwiki.problems import UNEXPECTED, Location, MachineError, Problem, ProblemError

_NEEDS = expression(r"""\{%[-+]?\s*+(?:extends|include|import|from)\s++(?:["']([^"'%]++)["']\s*+)?+([^%]*+)%\}""")
_PLAIN = expression(r"(?!.*\b(?:if|else)\b)[\w\s,+-]*\Z")

_NOTHING = expression("'NoneType' object|'?\\bNone(?:Type)?\\b'?")
"""What Python calls a value that is not there."""


_VIEW = expression(r"'ballardwiki\.[a-z_.]++([A-Z][a-z]++)View object'")
"""What Python calls a view."""


_BARE = Environment()  # noqa: S701  # it parses, and makes nothing


class Asked(Struct, frozen=True):
    """What a template reads. page: of the entity whose page it makes. other: of anything else. words: its texts."""

    page: frozenset[str] = frozenset()
    other: frozenset[str] = frozenset()
    words: frozenset[str] = frozenset()


@lru_cache(maxsize=256)
def asked(text: str) -> Asked:
    """What a template reads; nothing where its syntax is wrong, which is told elsewhere."""
    try:
        tree = _BARE.parse(text)
    except TemplateSyntaxError:
        return Asked()
    read = [(each.node, each.attr) for each in tree.find_all(nodes.Getattr)]
    read += [(each.node, str(getattr(each.arg, "value", ""))) for each in tree.find_all(nodes.Getitem)]
    page: set[str] = set()
    other: set[str] = set()
    for holder, name in read:
        of_page = isinstance(holder, nodes.Name) and holder.name == "entity"
        (page if of_page else other).add(name)
    words = (str(each.value) for each in tree.find_all(nodes.Const))
    return Asked(frozenset(page), frozenset(other), frozenset(words))


def _environment(loader: BaseLoader | None = None) -> Environment:
    made = Environment(
        loader=loader,
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=False,
        optimized=False,  # templates have few constants to put together: looking for them takes longer than that saves
        cache_size=-1,
    )
    made.filters.update(filters.FILTERS)
    made.tests.update(filters.TESTS)
    return made


_COMPILER = _environment()


@lru_cache(maxsize=256)
def _compiled(name: str, path: str, text: str) -> CodeType:
    """The code of a template, the same in every environment: made once for as long as its text stays the same."""
    return _COMPILER.compile(text, name, path)


@lru_cache(maxsize=256)
def _fault(name: str, path: str, text: str) -> Problem | None:
    """What is wrong with the syntax of a template."""
    try:
        _COMPILER.parse(text, name, path)
    except TemplateSyntaxError as error:
        return _problem(path, error.lineno, error.message or "syntax error")
    return None


class _Loader(BaseLoader):
    """Gives Jinja the templates of a site, compiled."""

    def __init__(self, files: Mapping[str, tuple[str, str]]) -> None:
        self.files = files

    def load(
        self,
        environment: Environment,
        name: str,
        globals: MutableMapping[str, Any] | None = None,  # noqa: A002  # Jinja names it so
    ) -> Template:
        if name not in self.files:
            raise TemplateNotFound(name)
        code = _compiled(name, *self.files[name])
        return environment.template_class.from_code(environment, code, globals if globals is not None else {})


class Templates:
    """The templates of a site by name, with the folder each came from for messages."""

    def __init__(self, files: Mapping[str, tuple[str, str]]) -> None:
        """`files`: name -> (path shown in messages, text)."""
        self.files = files
        closures = {name: self.closure(name) for name in files}
        self.digests = {name: self._digest(closure) for name, closure in closures.items()}
        self.digest = self._digest(files)
        needed = Counter(each for closure in closures.values() for each in closure)
        self.common = [name for name, times in needed.items() if 2 * times > len(files)]
        """Those that most others need, and so does nearly every page."""
        self.environment = _environment(_Loader(files))

    def __reduce__(self) -> tuple[type[Templates], tuple[Mapping[str, tuple[str, str]]]]:
        return Templates, (self.files,)  # for workers that are spawned: what is compiled does not pickle

    def closure(self, name: str) -> set[str]:
        """A template and all that it extends, includes or imports. A name that is computed may mean any template."""
        found: set[str] = set()
        wanted = [name]
        while wanted:
            each = wanted.pop()
            if each in found or each not in self.files:
                continue
            found.add(each)
            for literal, rest in _NEEDS.findall(self.files[each][1]):
                wanted.extend((literal,) if literal and _PLAIN.match(rest) else self.files)
        return found

    def _digest(self, names: Iterable[str]) -> str:
        mix = blake2b(digest_size=12)
        for each in sorted(names):
            mix.update(f"{each}\0{self.files[each][1]}\0".encode())
        return mix.hexdigest()

    def prepare(self, names: Iterable[str]) -> None:
        """Compile templates now, before workers are forked, so that they share the work.

        What is wrong with one is told by the page that is made with it.
        """
        for name in names:
            with suppress(TemplateSyntaxError):
                self.environment.get_template(name)

    def check(self) -> list[Problem]:
        """The syntax errors of all templates."""
        found = (_fault(name, path, text) for name, (path, text) in sorted(self.files.items()))
        return [problem for problem in found if problem]

    def render(self, name: str, site: SiteView, values: Mapping[str, Any], about: str) -> str:
        """The text that a template makes of a page.

        values: what the template may use besides `site` and the functions below. about: what the page is made from, for
        messages. Raises `ProblemError` with the template's line (rule `template-valid`).
        """
        site.trace.read(facts.TEMPLATE(name))
        prose = Prose(site)
        context = {
            "site": site,
            "href": site.href,
            "asset": site.asset,
            "canonical": site.canonical,
            "isolated": site.isolated,
            "set_apart": site.set_apart,
            "text_of": prose.text,
            "excerpt": prose.excerpt,
            "cite": prose.cite,
            "contents": prose.contents,
            "references": prose.references,
            "mentioned": backlinks.mentioned,
            "summary": lambda entity: summary(entity, prose),
            "linked_data": lambda *content, **named: linked_data.script(
                site, linked_data.PageContent(*content, **named)
            ),
            **values,
        }
        try:
            return self.environment.get_template(name).render(context)
        except TemplateSyntaxError as error:
            raise ProblemError(
                _problem(error.filename or name, error.lineno, error.message or "syntax error")
            ) from None
        except TemplateNotFound as error:
            raise ProblemError(_problem(f"templates/{name}", 0, f"there is no template {error.name}.")) from None
        except (MemoryError, MachineError):
            raise
        except Exception as error:  # noqa: BLE001  # a template may raise anything
            path, line = self._line(error, name)
            raise ProblemError(_problem(path, line, _said(error), f"While making {about}.")) from None

    def _line(self, error: Exception, name: str) -> tuple[str, int]:
        """Where in the templates an error arose: the innermost template frame."""
        paths = {path for path, _ in self.files.values()}
        found = [frame for frame in traceback.extract_tb(error.__traceback__) if frame.filename in paths]
        return (found[-1].filename, found[-1].lineno or 0) if found else (self.files[name][0], 0)


def summary(entity: EntityView, prose: Prose) -> str:
    """What the editor wrote as summary, else the first words of the article, as plain text."""
    given = entity.summary if "summary" in entity.declared.fields else None
    return str(given) if given else prose.excerpt(entity)


def _said(error: Exception) -> str:
    """What an exception of a template says, without the names of Python's classes."""
    words = _NOTHING.sub("nothing", _VIEW.sub(lambda hit: hit[1].lower(), str(error))).rstrip(".") or UNEXPECTED
    return f"{words}."


def _problem(path: str, line: int, message: str, hint: str = "") -> Problem:
    return Problem(Location(path, line, 1 if line else 0), "template-valid", message[:500], hint)
