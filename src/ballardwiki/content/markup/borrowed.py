"""Signs of wikis, forums and other Markdowns that mean nothing here: readers would see them as typed."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from ballardwiki.content.markup.manuscript import NumberedText
from ballardwiki.content.markup.shown import Shown
from ballardwiki.expressions import expression
from ballardwiki.problems import Problem

RULE = "syntax-known"
MOST = 20
"""Faults told of one text."""

Told = tuple[str, str]
"""What is wrong, and what to write."""

_SIGNS = expression(r"''|\{[{%|]|\[\[[^\W\d]{4,9}[:_]|\[/|~~|=\"|\^\[|\$\$")
_LINES = expression(r"\n[ \t>]*+(?:[•‣◦▪·●–—=:!]|[*-](?! )|#++[^\s#]|\[[Tt]|__|[-*+] \[[ xX]\])")
"""A text in which none of these stands, and of which readers see no `**`, has nothing of all this."""

_MARKS = expression(
    r"""(?=[\\'{\[~*^$]|^[ \t>:!_\#=+-])(?:  # what any of these begins with: elsewhere none is tried
    \\.
    |(?P<bold>(?<![\w'])'''(?![\s'])(?P<bolded>[^'\n]{1,300}+)'''(?![\w']))
    |(?P<italic>(?<![\w'])''(?![\s'])(?P<slanted>[^'\n]{1,300}+)''(?![\w']))
    |(?P<template>\{\{[ \t]*+(?P<called>[^\W\d_][^{}|\n]{0,60}+))
    |(?P<shortcode>\{\{[<%][^{}\n]{1,200}+\}\}|\{%[ \t][^{}\n]{1,200}+%\})
    |(?P<category>\[\[(?i:category|kategorie):(?P<kind>[^\s\[\]|][^\[\]|\n]{0,100}+)(?:\|[^\[\]\n]{0,100}+)?\]\])
    |(?P<file>\[\[(?i:file|image|datei|bild):(?P<picture>[^\s\[\]|][^\[\]|\n]{0,200}+)[^\[\]\n]{0,500}+\]\])
    |(?P<forum>\[/(?P<code>[A-Za-z]{1,12})\])
    |(?P<tagged>(?<![\w\]])\[[a-z][\w-]{2,20}(?:[ ][a-z_-]{1,20}="[^"\[\]\n]{0,200}")++\](?![(\[:]))
    |(?P<deleted>(?<!~)~~(?![\s~])(?P<gone>[^~\n]{1,300}+)(?<!\s)~~(?!~))
    |(?P<spaced>(?<!\*)\*\*(?P<strong>[^*\n]{1,300}+)\*\*(?!\*))
    |(?P<note>\^\[(?P<said>[^\[\]\n]{1,300}+)\])
    |(?P<formula>\$\$[^$\n]{1,300}+\$\$)
    |^[ \t>]*+(?P<fence>:{3,}[ \t]*+[A-Za-z]{3,20}|!!![ \t]++[a-z]{3,20})
    |^[ ]{0,3}(?P<contents>\[(?i:toc)\]|\[\[_TOC_\]\]|__(?:NO)?TOC__|__[A-Z]{5,20}__)[ \t]*+$
    |^[ ]{0,3}(?P<redirect>\#REDIRECT[ \t:]*+\[\[(?P<target>[^\[\]\n]{1,200}+)\]\])
    |^[ ]{0,3}(?P<heading>(?P<level>={2,6})(?![=])[ \t]*+(?P<title>[^=\n]{1,200}+)(?P=level))[ \t]*+$
    |^[ ]{0,3}(?P<crowded>\#{2,6}(?![\s\#])[^\n]{1,200}+)$
    |^[ ]{0,3}(?P<table>\{\|)
    |^[ \t>]*+[-*+][ ](?P<task>\[[ xX]\])(?=[ ])
    )""",
    re.VERBOSE | re.MULTILINE,
)
_ITEMS = expression(
    r"""^[ ]{0,3}(?P<sign>\*{1,3}(?![*\s])|-(?![-\s\d.>])|\*\*[ ]|[•‣◦▪·●]|[–—](?=[ \t\u00a0]))
    (?P<first>[^*\n]{1,300}+)\n[ ]{0,3}(?P=sign)[^*\n]++$
    """,
    re.MULTILINE | re.VERBOSE,
)


def faults(source: NumberedText, shown: Shown) -> Iterator[Problem]:
    """Each sign of other programs that readers would see, with what to write for it."""
    text = source.prose
    if not (_SIGNS.search(text) or _LINES.search(f"\n{text}") or shown.as_typed("**")):
        return
    told = 0
    for match in _MARKS.finditer(text):
        fault = _FAULTS[match.lastgroup](match, shown) if match.lastgroup in _FAULTS and told < MOST else None
        if fault:
            told += 1
            yield source.problem(match.start(match.lastgroup or 0), RULE, *fault, "warning")
    for match in _ITEMS.finditer(text):
        told += 1
        if told <= MOST and shown.as_typed(match[0].split("\n")[0].strip()):
            sign = match["sign"].strip()
            yield source.problem(match.start(), RULE, *_items(sign, match["first"].strip()), "warning")


def _items(sign: str, first: str) -> Told:
    """Lines that are meant as items of a list."""
    if sign == "**":
        return "lines that begin with ** are no list within a list.", f"Write two blanks, - and a blank: - {first:.60}"
    return (
        f"lines that begin with {sign} and no blank are no list, so readers would see them in one row."
        if sign.strip("*-") == ""
        else f"lines that begin with {sign} are no list, so readers would see them in one row.",
        f"Write - {first:.60}",
    )


def _bold(match: re.Match[str], shown: Shown) -> Told | None:
    if shown.as_typed(match[0]):
        return "''' marks nothing here, and would be seen.", f"Write **{match['bolded'].strip()}**."
    return None


def _italic(match: re.Match[str], shown: Shown) -> Told | None:
    if shown.as_typed(match[0]):
        return "'' marks nothing here, and would be seen.", f"Write *{match['slanted'].strip()}*."
    return None


def _template(match: re.Match[str], shown: Shown) -> Told | None:
    if shown.as_typed(match[0]):
        name = match["called"].strip()
        message = f"{{{{{name}}}}} fills in nothing here, and would be seen."
        return message, "Write facts as fields above the text, and sources as footnotes: [^1]."
    return None


def _shortcode(match: re.Match[str], shown: Shown) -> Told | None:
    return ("this does nothing here, and would be seen.", "Write it in Markdown.") if shown.as_typed(match[0]) else None


def _category(match: re.Match[str], _shown: Shown) -> Told:
    name = match["kind"].strip()
    return f"{match[0]:.100} is no category here, but a link.", f"Write tags: [{name}] above the text."


def _file(match: re.Match[str], _shown: Shown) -> Told:
    file = match["picture"].strip().replace(" ", "%20")
    return f"{match[0]:.100} shows no image here.", f"Write ![what is to be seen](/media/{file})."


def _forum(match: re.Match[str], shown: Shown) -> Told | None:
    if not shown.as_typed(match[0]):
        return None
    name = match["code"].lower()
    hint = {
        "b": "Write **words**.",
        "i": "Write *words*.",
        "url": "Write [words](address).",
        "img": "Write ![what is to be seen](/media/file.jpg).",
        "quote": "Begin the lines of a quote with >.",
    }.get(name, "Write it in Markdown.")
    return f"[{name}] and [/{name}] mark nothing here, and would be seen.", hint


def _tagged(match: re.Match[str], shown: Shown) -> Told | None:
    if shown.as_typed(match[0]):
        return f"{match[0]:.60} does nothing here, and would be seen.", "Write it in Markdown."
    return None


def _deleted(match: re.Match[str], shown: Shown) -> Told | None:
    if shown.as_typed(match[0]):
        return "~~ marks nothing here, and would be seen.", f"Write <del>{match['gone']}</del>."
    return None


def _spaced(match: re.Match[str], shown: Shown) -> Told | None:
    words, typed = match["strong"].strip(), match["strong"]
    if words and (typed[0] == words[0]) != (typed[-1] == words[-1]) and shown.as_typed(match[0]):
        return "there is a blank inside these **, so they mark nothing, and would be seen.", f"Write **{words}**."
    return None


def _note(match: re.Match[str], shown: Shown) -> Told | None:
    if shown.as_typed(match[0]):
        return (
            "^[ begins no footnote here, and would be seen.",
            f"Write [^1], and on a line below [^1]: {match['said']}",
        )
    return None


def _formula(match: re.Match[str], shown: Shown) -> Told | None:
    if shown.as_typed(match[0]):
        return "$$ marks no formula here, and would be seen.", "Write the formula in words, or as code between `."
    return None


def _fence(match: re.Match[str], shown: Shown) -> Told | None:
    if shown.as_typed(match["fence"]):
        return f"{match['fence']} marks nothing here, and would be seen.", "Begin a quote with > [!note]."
    return None


def _contents(match: re.Match[str], _shown: Shown) -> Told:
    return (
        f"{match['contents']} does nothing here, and would be seen.",
        "Delete it; a long text has its contents anyway.",
    )


def _redirect(match: re.Match[str], _shown: Shown) -> Told:
    target = match["target"].strip()
    hint = f"Delete this file, and write its id into the field was: of {target}."
    return f"this leads nobody on to {target}.", hint


def _heading(match: re.Match[str], shown: Shown) -> Told | None:
    if not shown.as_typed(match["heading"].strip()):
        return None
    level = match["level"]
    return f"{level} marks no heading here, and would be seen.", f"Write {'#' * len(level)} {match['title'].strip()}"


def _crowded(match: re.Match[str], shown: Shown) -> Told | None:
    typed = match["crowded"]
    if not shown.as_typed(typed.strip()):
        return None
    words = typed.lstrip("#")
    signs = typed[: len(typed) - len(words)]
    return f"there is no blank behind {signs}, so this is no heading.", f"Write {signs} {words.strip()}"


def _table(match: re.Match[str], _shown: Shown) -> Told | None:
    hint = "Write | a | b | for its head, |---|---| below it, and then a line for each row."
    return ("{| begins no table here.", hint) if "\n|}" in match.string[match.end() :] else None


def _task(match: re.Match[str], shown: Shown) -> Told | None:
    if shown.as_typed(match["task"]):
        return (
            f"{match['task']} is no box here, and would be seen.",
            "Say in words what is done; ☐ and ☑ are plain signs.",
        )
    return None


_FAULTS: dict[str | None, Callable[[re.Match[str], Shown], Told | None]] = {
    "bold": _bold,
    "italic": _italic,
    "template": _template,
    "shortcode": _shortcode,
    "category": _category,
    "file": _file,
    "forum": _forum,
    "tagged": _tagged,
    "deleted": _deleted,
    "spaced": _spaced,
    "note": _note,
    "formula": _formula,
    "fence": _fence,
    "contents": _contents,
    "redirect": _redirect,
    "heading": _heading,
    "crowded": _crowded,
    "table": _table,
    "task": _task,
}
