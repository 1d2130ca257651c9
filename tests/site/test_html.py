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

[^1]: A note with `code`

    and two paragraphs.
"""


def complaints(command: list[str], *arguments: str | Path) -> list[str]:
    """What the checker has to say, warnings too.

    But for what it thinks of the pages' policy: it knows neither where they are served, nor that a block of data is not
    run. That is a browser's to judge (tests/browser).
    """
    done = subprocess.run(
        [*command, "--format", "json", "--exit-zero-always", *map(str, arguments)],
        capture_output=True,
        text=True,
        check=True,
        timeout=120,
    )
    found = json.loads(done.stderr)["messages"]
    found = [each for each in found if each["type"] != "info" or "Content Security Policy" not in each["message"]]
    return [f"{each.get('url', '')}:{each.get('lastLine', 0)}: {each['type']}: {each['message']}" for each in found]


def test_the_whole_site_is_valid(wiki: Site, vnu: list[str]) -> None:
    assert {path.rpartition(".")[2] for path in wiki.paths()} >= {"html", "css", "svg"}
    assert complaints(vnu, "--also-check-css", "--also-check-svg", "--skip-non-html", wiki.out) == []


def test_odd_texts_make_valid_pages(site: Sites, vnu: list[str]) -> None:
    outs = []
    for engine in ("python-markdown", "commonmark"):
        made = site(
            {"site.yaml": f"title: T & <t>\nbase_url: https://wiki.example/a/\nmarkdown: {{engine: {engine}}}\n"}
        )
        made.write("content/people/odd.md", ODD.replace("title:", "aliases: Odd\ntitle:"))
        made.write(
            "content/news/a.md", ODD.replace("title:", "date: 2025-07-01\ntitle:").replace("[[Odd|x]]", "[[Odd|<i>]]")
        )
        result = made.build()
        assert not result.failed, result.problems
        outs.append(made.out)
    found = complaints(vnu, "--skip-non-html", *outs)
    assert [each for each in found if "“align” attribute" not in each] == []


def test_the_checker_sees_errors(site: Sites, vnu: list[str]) -> None:
    made = site().published()
    (made.out / "index.html").write_text("<!doctype html><title>x</title><p><div id=a></p><b id=a>")
    assert len(complaints(vnu, "--skip-non-html", made.out)) > 2
