"""MkDocs hook: tag pages, and `dated` (all pages with a date, newest first) for the templates."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

_tagged: dict[str, list] = {}
_environment = None


def on_env(env, config, files):
    """Every page is read by now; give the templates what they list."""
    global _environment
    pages = [file.page for file in files.documentation_pages() if "date" in file.page.meta]
    tagged = defaultdict(list)
    for page in pages:
        for tag in page.meta["tags"]:
            tagged[tag].append(page)
    _tagged.clear()
    _tagged.update(sorted(tagged.items()))
    env.globals["dated"] = sorted(pages, key=lambda page: page.meta["date"], reverse=True)
    _environment = env
    return env


def on_post_build(config):
    """Write the list of tags and a page for each."""
    folder = Path(config.site_dir, "tags")
    for tag, pages in _tagged.items():
        _write(folder / tag, "tag.html", config=config, heading=tag, pages=sorted(pages, key=lambda page: page.title))
    _write(folder, "tags.html", config=config, heading="Tags", tags=_tagged)


def _write(folder: Path, template: str, **context) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "index.html").write_text(_environment.get_template(template).render(context), encoding="utf-8")
