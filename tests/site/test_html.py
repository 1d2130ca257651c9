"""Every page and style sheet of this project's site is valid, says the Nu HTML checker."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest
from tinysite import Site, Sites

pytestmark = pytest.mark.tools

ODD = """\
---
title: 'A <b>"bold"</b> & odd title'
summary: 'Quotes " and '' and <tags> & more'
tags: ['R&D "x"', 日本]
---
# One

## Two {#two}

### Two {#two}

Text[^1] with *a* **b** `c` ~~d~~ [[Odd|x]] ||a secret|| <b id="x" class="y">z</b> <div><p>u</div>

> [!note] A *title*
> - x
>
>     code

| a | b |
| :- | -: |
| 1 | 2 |

```python
print("<>")
```

1. a
    1. b

![no such picture](none.png)

[^1]: A note with `code`

    and two paragraphs.
"""


def complaints(command: list[str], *arguments: str | Path) -> list[str]:
    """What the checker has to say, warnings too."""
    done = subprocess.run(
        [*command, "--format", "json", "--exit-zero-always", *map(str, arguments)], capture_output=True, text=True, check=True, timeout=120
    )
    found = json.loads(done.stderr)["messages"]
    return [f"{each.get('url', '')}:{each.get('lastLine', 0)}: {each['type']}: {each['message']}" for each in found]


def test_all_pages_are_valid(wiki: Site, vnu: list[str]) -> None:
    assert complaints(vnu, "--skip-non-html", wiki.out) == []


def test_all_style_sheets_are_valid(wiki: Site, vnu: list[str]) -> None:
    sheets = sorted(wiki.out.rglob("*.css"))
    assert sheets and complaints(vnu, "--css", *sheets) == []


def test_all_drawings_are_valid(wiki: Site, vnu: list[str]) -> None:
    drawings = sorted(wiki.out.rglob("*.svg"))
    assert drawings and complaints(vnu, "--svg", *drawings) == []


@pytest.mark.parametrize("engine", ["python-markdown", "commonmark"])
def test_odd_texts_make_valid_pages(site: Sites, vnu: list[str], engine: str) -> None:
    made = site({"site.yaml": f"title: T & <t>\nbase_url: https://wiki.example/a/\nmarkdown: {{engine: {engine}}}\n"})
    odd = ODD.replace("![no such picture](none.png)\n", "")
    made.write("content/people/odd.md", odd.replace("title:", "aliases: Odd\ntitle:"))
    made.write("content/news/a.md", odd.replace("title:", "date: 2025-07-01\ntitle:").replace("[[Odd|x]]", "[[Odd|<i>]]"))
    result = made.build()
    assert not result.failed, result.problems
    assert complaints(vnu, "--skip-non-html", made.out) == []


def test_the_checker_sees_errors(site: Sites, vnu: list[str]) -> None:
    made = site().published()
    (made.out / "index.html").write_text("<!doctype html><title>x</title><p><div id=a></p><b id=a>")
    assert len(complaints(vnu, "--skip-non-html", made.out)) > 2
