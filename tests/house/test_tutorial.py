"""The tutorial, as a newcomer takes it: its mistakes are found where it says, and without them the pages are there."""

from __future__ import annotations

import re
import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest
from tinysite import Site

ROOT = Path(__file__).parents[2]
TUTORIAL = (ROOT / "docs/tutorial.md").read_text(encoding="utf-8")
EPISODE = "content/episodes/ballard-s01.yaml"
PERSON = "content/people/ada-lane.md"
ARTICLE = "content/news/2026-11-20-ada-lane-on-the-stunts-of-ballard.md"


def example(beginning: str) -> str:
    """The code block of the tutorial that begins so."""
    for block in re.findall(r"```\w*\n(.*?)```", TUTORIAL, re.DOTALL):
        if block.lstrip().startswith(beginning):
            return str(block)
    raise LookupError(beginning)


def told(site: Site) -> list[str]:
    """What the newcomer is told, of the files that the tutorial touches."""
    return [str(each) for each in site.problems() if "ada" in str(each).lower() or "Balard" in str(each)]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    folder = tmp_path_factory.mktemp("tutorial")
    for name in ("content", "types"):
        shutil.copytree(ROOT / name, folder / name)
    shutil.copy(ROOT / "site.yaml", folder)
    return Site(root=folder, out=folder / "site", cache=folder / ".ballardwiki", options={"jobs": 2})


@pytest.mark.slow
def test_the_tutorial(site: Site) -> None:
    site.options["now"] = datetime(2026, 12, 1, tzinfo=UTC)
    site.build()  # from here on a check makes only what changed
    before = site.problems()
    site.write(PERSON, example("---\ntitle: Ada Lane\nocc"))
    assert [*told(site)] == example("content/people/ada-lane.md:4:7").splitlines()

    site.write("content/sources/ada.yaml", example("ada-interview:"))
    person = (site.root / PERSON).read_text(encoding="utf-8")
    person = re.sub(r"occupations:.*\nborn:.*\n", example("occupations: {value"), person)
    site.write(PERSON, person.replace("summray", "summary").replace("Balard", "Ballard"))
    assert site.problems() == before

    episodes = (site.root / EPISODE).read_text(encoding="utf-8")
    head, ninth, rest = episodes.partition("ballard-s01e09:\n")
    assert "credits:" not in rest.partition("\nballard-s01e10")[0], "the tutorial's episode has credits of its own now"
    site.write(EPISODE, head + ninth + example("credits:\n    - {person: ada-laine") + rest)
    said = example("content/episodes/ballard-s01.yaml:")
    assert [re.sub(r":\d+:", ":", each, count=1) for each in told(site)] == [
        re.sub(r":\d+:", ":", said.strip(), count=1)
    ]
    site.replace(EPISODE, "ada-laine", "ada-lane")

    article = example("---\ntitle: Ada Lane on")
    site.write(ARTICLE, article)
    wrong = {str(each).partition(": ")[2] for each in site.problems() if each.at.path == ARTICLE}
    assert {line.partition(": ")[2] for line in example("…: error[field-valid]").splitlines()} <= wrong
    article = article.replace("20 November 2026", "2026-11-20").replace("s01e12", "s01e10")
    site.write(ARTICLE, article.replace("[[Angels Flight]]", "[[work/angels-flight-novel|Angels Flight]]"))
    assert site.problems() == before
    site.build()

    for page in ("series/ballard/s01e09", "series/ballard/season-1", "series/ballard", "news", "feed.xml", ""):
        assert "Ada Lane" in site.page(page), page
    assert "Talking to Ada Lane" in site.page("people/ada-lane")
    assert "last fight" not in site.page(f"news/{Path(ARTICLE).stem}")
    settings = (site.root / "site.yaml").read_text(encoding="utf-8")
    site.replace("site.yaml", "default: none", "default: all").build()
    assert "last fight" in site.page(f"news/{Path(ARTICLE).stem}")
    site.write("site.yaml", settings).build()

    site.replace(PERSON, "title: Ada Lane", "title: Ada M. Lane")
    comparison = site.build(publish=False).comparison
    assert comparison is not None
    assert comparison.stale["series/ballard/s01e09/index.html"] == ("title person/ada-lane",)
    assert "series/bosch/index.html" not in comparison.stale
    site.replace(PERSON, "title: Ada M. Lane", "title: Ada M. Lane\naliases: Ada Lane")
    assert site.problems() == before
