# payloads and scripts stand on one line each
"""Hostile articles in a real browser: nothing runs, and nothing that could run is on the page."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import pytest
from tinysite import Site, make

if TYPE_CHECKING:
    from playwright.sync_api import Browser

X = "top.pwned=1"
FORMS = f"""
<script>{X}</script>
<ScRiPt >{X}</sCrIpT >
<script/x>{X}</script>
<script src="data:text/javascript,{X}"></script>
"><script>{X}</script>
'><script>{X}</script>
</title><script>{X}</script>
</textarea></style><script>{X}</script>
--><script>{X}</script>
]]><script>{X}</script>
<<script>{X}//<</script>
<scr<script>ipt>{X}</script>
<img src=x onerror={X}>
<img src=x onerror="{X}"//
<img/src="x"/onerror={X}>
<img src=x:x onerror&#61;{X}>
<image src=x onerror={X}>
"><img src=x onerror={X}>
' onerror='{X}' x='
" onmouseover="{X}" autofocus onfocus="{X}" x="
` onerror=`{X}
<svg onload={X}>
<svg/onload={X}>
<svg><script>{X}</script></svg>
<svg><animate onbegin={X} attributeName=x dur=1s>
<svg><a xlink:href="javascript:{X}"><text y=20>x</text></a></svg>
<svg><use href="data:image/svg+xml,<svg id=x onload={X}>#x"/></svg>
<svg><foreignObject><iframe srcdoc="<script>{X}</script>"></foreignObject></svg>
<math><mtext><table><mglyph><style><img src=x onerror={X}></style></mglyph></table></mtext></math>
<math href="javascript:{X}">x</math>
<math><mi xlink:href="javascript:{X}">x</mi></math>
<form><math><mtext></form><form><mglyph><style></math><img src onerror={X}>
<iframe src="javascript:{X}"></iframe>
<iframe srcdoc="<script>{X}</script>"></iframe>
<object data="javascript:{X}"></object>
<object data="data:text/html,<script>{X}</script>"></object>
<embed src="javascript:{X}">
<body onload={X}>
<body onpageshow={X}>
<html onclick={X}>
<input autofocus onfocus={X}>
<select autofocus onfocus={X}></select>
<textarea autofocus onfocus={X}></textarea>
<video><source onerror={X}></video>
<video src=x onerror={X}></video>
<audio src=x onerror={X}></audio>
<details open ontoggle={X}>x</details>
<marquee onstart={X}>x</marquee>
<div style="animation:x 1s" onanimationstart={X}>x</div>
<style>@keyframes x{{}}</style><b style="animation-name:x" onanimationstart={X}>x</b>
<style>*{{background:url("javascript:{X}")}}</style>
<link rel=stylesheet href="data:text/css,*{{color:red}}">
<meta http-equiv=refresh content="0;url=javascript:{X}">
<base href="javascript:{X}//">
<form action="javascript:{X}"><button>x</button></form>
<button formaction="javascript:{X}" form=f>x</button>
<a href="javascript:{X}">x</a>
<a href="JaVaScRiPt:{X}">x</a>
<a href=" javascript:{X}">x</a>
<a href="&#1;javascript:{X}">x</a>
<a href="java&#9;script:{X}">x</a>
<a href="java&#10;script:{X}">x</a>
<a href="java&#13;script:{X}">x</a>
<a href="java&Tab;script:{X}">x</a>
<a href="java&NewLine;script:{X}">x</a>
<a href="javascript&colon;{X}">x</a>
<a href="javascript&#58;{X}">x</a>
<a href="javascript&#x3a;{X}">x</a>
<a href="&#106;&#97;&#118;&#97;&#115;&#99;&#114;&#105;&#112;&#116;&#58;{X}">x</a>
<a href="&#x6A&#x61&#x76&#x61&#x73&#x63&#x72&#x69&#x70&#x74&#x3A;{X}">x</a>
<a href="&#0000106avascript:{X}">x</a>
<a href="data:text/html,<script>{X}</script>">x</a>
<a href="data:text/html;base64,PHNjcmlwdD50b3AucHduZWQ9MTwvc2NyaXB0Pg==">x</a>
<a href="vbscript:{X}">x</a>
<a href="file:///etc/passwd">x</a>
<a href="view-source:javascript:{X}">x</a>
<a href="blob:javascript:{X}">x</a>
<a href="https://e.org" onclick="{X}">x</a>
<a href="https://e.org" ping="javascript:{X}">x</a>
<a href='https://e.org/"onclick="{X}'>x</a>
<b onclick={X} tabindex=0 autofocus onfocus={X}>x</b>
<b id="x" name="pwned" class="y">x</b>
<img name=body><img id=top name=top src=x>
<p title="</p><img src=x onerror={X}>">x</p>
<noscript><p title="</noscript><img src=x onerror={X}>">
<template><script>{X}</script></template>
<xmp><p title="</xmp><img src=x onerror={X}>">
<plaintext><script>{X}</script>
<!--><img src=x onerror={X}>-->
<!-- --!><img src=x onerror={X}> -->
<![CDATA[><img src=x onerror={X}>]]>
<?xml version="1.0"?><script>{X}</script>
<!DOCTYPE x [<!ENTITY y "<script>{X}</script>">]>&y;
<x onclick={X} contenteditable autofocus onfocus={X}>x</x>
<custom-element onconnected={X}></custom-element>
<p is="x-y" slot="a" part="b" popover id=top>x</p>
\u003cscript\u003e{X}\u003c/script\u003e
+ADw-script+AD4-{X}+ADw-/script+AD4-
%3Cscript%3E{X}%3C/script%3E
\uff1cscript\uff1e{X}\uff1c/script\uff1e
javascript:{X}
{{{{ ''.__class__.__mro__ }}}}<script>{X}</script>
{{% raw %}}<script>{X}</script>
\u2028<script>{X}</script>\u2029
\u202e<script>{X}</script>
<scr\u00adipt>{X}</script><ſcript>{X}</ſcript><K onerror={X}>
\ue000<script>{X}</script>\ue001 \ue010&#xE000;
""".strip().split("\n")
MARKDOWN = f"""
[x](javascript:{X} )
[x](JAVASCRIPT:{X})
[x](<javascript:{X}>)
[x](<java\tscript:{X}>)
[x](java&#115;cript:{X})
[x](javascript&colon;{X})
[x](\\javascript:{X})
[x](&#x01;javascript:{X})
[x](data:text/html;base64,PHNjcmlwdD50b3AucHduZWQ9MTwvc2NyaXB0Pg==)
[x](vbscript:{X})
[x](file:///etc/passwd)
[x](https://e.org "" onclick="{X}")
[x](https://e.org '" onclick="{X}')
[x](https://e.org" onclick="{X})
![x](javascript:{X})
![x](data:image/svg+xml,<svg/onload={X}>)
![" onerror="{X}](https://e.org/x.png)
![x](https://e.org/x.png "" onerror="{X}")
![x](https://e.org/"onerror="{X})
<javascript:{X}>
<data:text/html,<script>{X}</script>>
[x][r]~~[r]: javascript:{X}
[x][r]~~[r]: <https://e.org> '" onclick="{X}'
text~{{: onclick="{X}" }}
## Head {{: onclick="{X}" style="x" id="top" }}
## Head {{#x" onclick="{X}"}}
## Head {{#x"onclick="{X}" since="<script>{X}</script>"}}
## <img src=x onerror={X}> {{#y}}
*x*{{: onclick={X} href="javascript:{X}" }}
[x](https://e.org){{: onclick="{X}" href="javascript:{X}" }}
```html" onclick="{X}~x~```
```"><script>{X}</script>~x~```
```{{.html onclick="{X}" style="x"}}~x~```
~~~<img/src=x/onerror={X}>~x~~~~
        <script>{X}</script>
`<script>{X}</script>`
[^"><script>{X}</script>]~~[^"><script>{X}</script>]: note
[^a"onclick="{X}]~~[^a"onclick="{X}]: note
[^n]~~[^n]: <img src=x onerror={X}>
*[x]: " onclick="{X}~~x
Term~: <img src=x onerror={X}>
| <script>{X}</script> | b |~| :- | - |~| [x](javascript:{X}) | <img src=x onerror={X}> |
> [!note] <script>{X}</script>~> x
> [!note" onclick="{X}] x~> y
> [!spoiler] s01e01"><script>{X}</script>~> y
||<script>{X}</script>||
||s01e01: <img src=x onerror={X}>||
[[javascript:{X}]]
[[javascript:{X}|x]]
[[Target|<script>{X}</script>]]
[[<img src=x onerror={X}>]]
[[Target#"onclick="{X}|x]]
[[Target"onclick="{X}|x]]
[[a|"><img src=x onerror={X}>]]
[[//evil.example/x|x]]
[x](../people/target.md"onclick="{X})
[x](../people/target.md#"onclick="{X})
- [ ] <img src=x onerror={X}>
1. <script>~~   {X}~~   </script>
<div markdown="1">~~[x](javascript:{X})~~</div>
<a title="[[Target]]" href='x" onclick="{X}'>x</a>
<p title='"[[<script>{X}</script>]]"'>x</p>
<a href="[[Target]]" onclick={X}>x</a>
www.e.org"onmouseover="{X}
https://e.org/"onmouseover="{X}
[TOC]~~## <script>{X}</script>~~## "onclick="{X}~~## x
""".strip().split("\n")
CHECK = """() => {
  const found = [];
  for (const frame of document.querySelectorAll('iframe')) {
    const where = frame.title, inside = frame.contentDocument;
    if (!inside || !inside.querySelector('main h1')) { found.push(where + ': the page did not come'); continue; }
    const data = inside.body.lastElementChild;  // the page's own data: last, whole, and of a type that nothing runs
    try {
      if (data.localName != 'script' || data.type != 'application/ld+json' || data.attributes.length > 1) throw 0;
      if (JSON.parse(data.textContent)['@context'] != 'https://schema.org') throw 0;
    } catch (e) { if (!where.startsWith('404')) found.push(where + ': its data is not whole'); }
    for (const e of inside.body.querySelectorAll('*')) {
      if (e === data && e.type == 'application/ld+json') continue;
      if (/^(script|style|iframe|object|embed|form|input|button|svg|math|base|meta|link|noscript|template|frame|audio|video)$/i.test(e.localName))
        found.push(where + ': <' + e.localName + '>');
      for (const a of e.attributes) {
        if (/^on|^(style|srcdoc|formaction|name|ping|is|popover|slot|xlink:href)$/i.test(a.name)) found.push(where + ': ' + a.name + ' of <' + e.localName + '>');
        if (/^(href|src|cite|action|data)$/.test(a.name) && e.localName != 'a' && /^\\s*(javascript|vbscript|data):/i.test(a.value)) found.push(where + ': ' + a.value);
      }
      if (e.localName == 'a' && e.href && !/^(https?:|mailto:|tel:|:)$/.test(e.protocol)) found.push(where + ': ' + e.protocol);
      if (e.localName == 'a' && e.host && e.host == 'evil.example') found.push(where + ': leads to another host');
      if (e.closest('.prose') && e.id && !/^(user-|cite-|ref-)/.test(e.id) && !/^H[1-6]$/.test(e.tagName)) found.push(where + ': id ' + e.id);
    }
    for (const a of inside.links) if (a.protocol != 'https:' && a.protocol != 'http:' && a.closest('.prose')) a.click();
  }
  return found;
}"""
FIELDS = ("title", "summary", "birth_place", "occupations", "tags")
BATCH = 60
START = "https://wiki.example/people/x/"


def bodies() -> list[str]:
    """All hostile texts, each once: `~` stands for a new line in those that are Markdown."""
    return list(dict.fromkeys([*FORMS, *(text if "~~~<" in text else text.replace("~", "\n") for text in MARKDOWN)]))


def test_the_corpus_is_large() -> None:
    assert len(bodies()) >= 150


def person(number: int, text: str, **fields: str) -> str:
    given = {"title": f"Person {number}"} | fields
    return "---\n" + "".join(f"{key}: {json.dumps(value)}\n" for key, value in given.items()) + f"---\n{text}\n"


@pytest.fixture(scope="module", params=["python-markdown", "commonmark"])
def hostile(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Site:
    """A page for every text, and one for every form of attack in the fields of a record."""
    made = make(tmp_path_factory.mktemp("hostile"))
    made.write("site.yaml", f"title: T\nbase_url: https://wiki.example/\nmarkdown: {{engine: {request.param}}}\n")
    made.write("content/people/target.md", "---\ntitle: Target\n---\n## Part\n")
    for number, text in enumerate(bodies()):
        (made.root / "content/people" / f"b{number}.md").write_bytes(
            person(number, f"Before.\n\n{text}\n\nAfter.").encode()
        )
    for number, text in enumerate(FORMS):
        fields = {field: f"{number} {text}" if field in ("title", "tags") else text for field in FIELDS}
        (made.root / "content/people" / f"f{number}.md").write_bytes(person(number, "Words.", **fields).encode())
    result = made.build(jobs=2)
    refused = {each.at.path for each in result.problems if each.severity == "error"}
    assert all(path.startswith("content/") for path in refused), refused
    for path in refused:
        made.delete(path)
    assert len(refused) < 25, "\n".join(map(str, result.problems))
    result = made.build(jobs=2)
    assert not result.failed, "\n".join(str(each) for each in result.problems if each.severity == "error")
    return made


def test_nothing_runs_and_nothing_could(hostile: Site, browser: Browser) -> None:
    pages = sorted(path for path in hostile.paths() if path.endswith(".html"))
    assert len(pages) > 250
    context = browser.new_context()
    page = context.new_page()
    empty = {"body": "<!doctype html><title>x</title>", "content_type": "text/html"}
    page.route("http*://**", lambda route: route.fulfill(**empty) if route.request.url == START else route.abort())
    found, asked = [], []
    page.on("dialog", lambda dialog: dialog.dismiss())
    page.on("request", lambda request: asked.append(request.url))
    for start in range(0, len(pages), BATCH):
        page.goto(START)
        batch: list[Any] = [
            [path, re.sub("<link [^>]*>", "", hostile.page(path))] for path in pages[start : start + BATCH]
        ]
        page.evaluate(
            """pages => Promise.all(pages.map(([path, text]) => new Promise(done => {
                const frame = document.createElement('iframe');
                frame.title = path; frame.srcdoc = text; frame.onload = done; setTimeout(done, 3000); document.body.append(frame);
            })))""",
            batch,
        )
        found += page.evaluate(CHECK)
        page.wait_for_timeout(50)
        found += (
            [f"something ran in one of {pages[start]} to {batch[-1][0]}"] if page.evaluate("!!window.pwned") else []
        )
    context.close()
    assert found == []
    assert [each for each in asked if "javascript" in each or "evil.example" in each] == []


def test_the_check_sees_what_runs(browser: Browser) -> None:
    context = browser.new_context()
    page = context.new_page()
    page.set_content("<!doctype html><title>x</title>")
    text = f"<main><h1>x</h1><script>{X}</script><b onclick=x>y</b><a href='java&#10;script:{X}'>z</a></main>"
    page.evaluate(
        "text => new Promise(done => { const f = document.createElement('iframe'); f.srcdoc = text; f.onload = done; document.body.append(f) })",
        text,
    )
    assert len(page.evaluate(CHECK)) == 4 and page.evaluate("window.pwned") == 1  # the page has no data, either
    context.close()
