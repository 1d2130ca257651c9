"""One page, written the way each generator's users write it: front matter, links, and the two edits."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from corpus import Page

LinkWriter = Callable[[Page, str | None], str]


@dataclass(frozen=True, slots=True)
class Dialect:
    """How one family of generators spells a page.

    `link` takes the target page and the text, if it has its own; `rename` a source file, the old and the new title.
    """

    folder: str
    link: LinkWriter
    rename: Callable[[str, str, str], str]
    front_matter: Callable[[Page], str]

    def text(self, page: Page, pages: Sequence[Page]) -> str:
        """The whole source file of `page`."""
        return self.front_matter(page) + "".join(
            piece if isinstance(piece, str) else self.link(pages[piece.target], piece.text) for piece in page.body
        )

    def path(self, page: Page) -> Path:
        """Where `page` is, relative to the project."""
        return Path(self.folder) / f"{page.slug}.md"


def yaml_front_matter(page: Page) -> str:
    """Title, date and tags between `---` lines; every generator here reads it."""
    return f"---\ntitle: {page.title}\ndate: {page.date}\ntags: [{', '.join(page.tags)}]\n---\n\n"


def pelican_front_matter(page: Page) -> str:
    """Pelican's own `Key: value` lines, which its Markdown reader takes without a plugin."""
    return f"Title: {page.title}\nDate: {page.date}\nTags: {', '.join(page.tags)}\nSlug: {page.slug}\n\n"


def plain_rename(text: str, old: str, new: str) -> str:
    """The title line, and only it, gets the new title."""
    return text.replace(f"itle: {old}\n", f"itle: {new}\n", 1)


def alias_rename(text: str, old: str, new: str) -> str:
    """The title line gets the new title, and the old one stays as an alias, so that links by name still arrive."""
    return plain_rename(text, old, new).replace("\ndate:", f"\naliases: [{old}]\ndate:", 1)


def wiki_link(target: Page, text: str | None) -> str:
    """`[[Title]]` or `[[Title|text]]`."""
    return f"[[{target.title}|{text}]]" if text else f"[[{target.title}]]"


def plain_link(target: Page, text: str | None) -> str:
    """A finished address, which nobody resolves or checks."""
    return f"[{text or target.title}](/pages/{target.slug}/)"


def lookup_link(target: Page, text: str | None) -> str:
    """A page reference; with no text of its own, the theme's link hook puts the title of the target."""
    return f"[{text or ''}](/pages/{target.slug})"


def file_link(target: Page, text: str | None) -> str:
    """A relative link to the source file, which the generator resolves and checks."""
    return f"[{text or target.title}]({target.slug}.md)"


def pelican_link(target: Page, text: str | None) -> str:
    """Pelican's `{filename}` link to the source file, which it resolves and checks."""
    return f"[{text or target.title}]({{filename}}{target.slug}.md)"


HUGO_PLAIN = Dialect("content/pages", plain_link, plain_rename, yaml_front_matter)
HUGO_LOOKUP = Dialect("content/pages", lookup_link, plain_rename, yaml_front_matter)
BALLARDWIKI = Dialect("content/pages", wiki_link, alias_rename, yaml_front_matter)
MKDOCS = Dialect("docs/pages", file_link, plain_rename, yaml_front_matter)
PELICAN = Dialect("content/pages", pelican_link, plain_rename, pelican_front_matter)
ELEVENTY = Dialect("content/pages", plain_link, plain_rename, yaml_front_matter)
