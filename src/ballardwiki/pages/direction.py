"""The direction in which a text runs, and names that run the other way or steer how the text around them is set.

A name is isolated where it needs to be: in HTML by `<bdi>`, in plain text by the characters that do the same. What a
name opens and does not close ends with it.
"""

from __future__ import annotations

from unicodedata import bidirectional

from ballardwiki.expressions import expression

_LANGUAGES = frozenset(
    (
        *("ar", "arc", "arz", "azb", "bal", "bgn", "bqi", "ckb", "dv", "fa", "glk", "he", "iw", "khw", "ks", "lrc"),
        *("luz", "mzn", "nqo", "pnb", "ps", "rhg", "sd", "skr", "syr", "ug", "ur", "uzs", "yi", "ji"),
    )
)
_SCRIPTS = frozenset(("adlm", "arab", "aran", "hebr", "mand", "mend", "nkoo", "rohg", "samr", "syrc", "thaa", "yezi"))
_SCRIPT = expression(r"[A-Za-z]{4}")
_RIGHT_TO_LEFT = frozenset(("R", "AL"))
_CONTROLS = expression("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_OPENS = {"\u202a": "\u202c", "\u202b": "\u202c", "\u202d": "\u202c", "\u202e": "\u202c"} | dict.fromkeys(
    "\u2066\u2067\u2068", "\u2069"
)
_FIRST_STRONG, _POP = "\u2068", "\u2069"


def of_language(tag: str) -> str:
    """`rtl` or `ltr`, for a language tag such as `he` or `pa-Arab`: its script decides, else the language."""
    language, *parts = tag.lower().replace("_", "-").split("-")
    script = next((part for part in parts if _SCRIPT.fullmatch(part)), "")
    return "rtl" if (script in _SCRIPTS if script else language in _LANGUAGES) else "ltr"


def set_apart(text: str, around: str) -> str:
    """A name as plain text, for attributes and the like: between characters that isolate it if it needs that."""
    return f"{_FIRST_STRONG}{balanced(text)}{_POP}" if strays(text, around) else text


def balanced(text: str) -> str:
    """A text whose controls of direction close what they open, and nothing else."""
    if text.isascii() or not _CONTROLS.search(text):
        return text
    out: list[str] = []
    opened: list[str] = []
    for sign in text:
        if sign in _OPENS:
            opened.append(_OPENS[sign])
        elif sign in ("\u202c", _POP):
            if sign not in opened:
                continue
            while opened[-1] != sign:
                out.append(opened.pop())
            opened.pop()
        out.append(sign)
    return "".join([*out, *reversed(opened)])


def strays(text: str, around: str) -> bool:
    """Whether a name in a text that runs `around` must be isolated: it may run otherwise, or steers what follows."""
    if around == "rtl":
        return bool(text)
    return not text.isascii() and any(bidirectional(sign) in _RIGHT_TO_LEFT or _CONTROLS.match(sign) for sign in text)
