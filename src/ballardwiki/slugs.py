"""Names as addresses: the slug of a title, the key a name is found under, and what an id may be.

The only owner of python-slugify, which is imported when a title first needs it.
"""

from __future__ import annotations

from hashlib import sha256
from unicodedata import category, name as character_name, normalize

from ballardwiki.expressions import expression
from ballardwiki.invisible import IGNORED

MAX_LENGTH = 100
"""How long a slug or an id may be. Both are ASCII, so characters are bytes."""

RESERVED = frozenset({"404", "assets", "feed.xml", "index"})
"""Ids that would take the place of a file which every site has."""

_DEVICES = frozenset({"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(10))})
"""Names that Windows keeps for devices, with any extension."""

IDS = "Use lower-case letters a-z, digits, - and _."
"""What ids are made of."""

_SIMPLE = expression(r"[A-Za-z0-9 :._!?()/-]*")
_ID = expression(r"[a-z0-9][a-z0-9._-]*")
_ID_SIGN = expression(r"[a-z0-9._-]")
_SPOKEN = {"+": " plus ", "#": " sharp "}
_NOT_IN_SLUGS = expression(r"[^a-z0-9]+")
_UNSEEN = expression(f"[\u0300-\u036f{IGNORED}]")
"""The accents of Latin, Greek and Cyrillic, and characters that only steer how a text is set."""


_ROMANISED = ("LATIN", "GREEK", "CYRILLIC", "ARMENIAN", "GEORGIAN")
"""Alphabets that write every sound, so that their romanisation is no guess."""

_LOOK_ALIKE = str.maketrans(
    dict.fromkeys("`‘’‚‛ʹʻʼʽˈˊˋ′‵", "'") | dict.fromkeys("‐‒–—―−⁃", "-") | dict.fromkeys("“”„‟«»〝〞〟", '"')
)
"""Signs that a keyboard, an editor or a word processor writes in place of others, in their decomposed form."""


def slug(text: str) -> str:
    """Make a title an address: ASCII letters, digits and single hyphens, at most `MAX_LENGTH` long.

    A longer slug is cut and ends in a hash of the whole. A name of a Windows device gets `-page`. A text without a
    letter or digit that can be written in ASCII gives "", and so does one in a script that can't be romanised without
    knowing the language: 宮崎駿 is Miyazaki Hayao, not Gong Qi Jun. Whether the slug is free to be an id, `valid_id`
    tells.
    """
    if _SIMPLE.fullmatch(text):
        made = _NOT_IN_SLUGS.sub("-", text.lower()).strip("-")
    else:
        from slugify import slugify  # noqa: PLC0415  # most titles do not need it

        seen = _UNSEEN.sub("", normalize("NFKC", text))
        made = slugify(seen) if all(map(_can_be_romanised, seen)) else ""
    if len(made) > MAX_LENGTH:
        made = f"{made[: MAX_LENGTH - 9].rstrip('-')}-{sha256(made.encode()).hexdigest()[:8]}"
    return f"{made}-page" if made in _DEVICES else made


def _can_be_romanised(character: str) -> bool:
    return character.isascii() or not character.isalpha() or character_name(character, "").startswith(_ROMANISED)


def fold(name: str) -> str:
    """Make the key under which a name is found; names that a reader takes for the same have the same key.

    Case, accents, compatibility forms (`ﬁ`, `…`, full-width letters), the forms of apostrophes, quotation marks and
    hyphens, underscores, the amount of white space, and invisible characters make no difference. Marks of other scripts
    do: `ハ` and `バ` are different letters.
    """
    if not name.isascii():
        name = normalize("NFKD", name.casefold()).casefold().replace(" \u0301", "'").translate(_LOOK_ALIKE)
        name = _UNSEEN.sub("", name)
    elif "`" in name:
        name = name.replace("`", "'")
    return " ".join(name.replace("_", " ").lower().split())


def tag_url(name: str) -> str:
    """The address of a tag's page, made from the tag alone: signs that a slug drops count, as in `C++` and `C#`."""
    return f"/tags/{slug(''.join(map(_spoken, fold(name)))) or 'tag'}/"


def _spoken(character: str) -> str:
    """A character; in words if it is a sign that tells tags apart, as its number if a slug would not show it."""
    if character.isascii():
        return _SPOKEN.get(character, character)
    return f" {ord(character):x} " if category(character)[0] in "SLN" and not slug(character) else character


def name_url(key: str) -> str:
    """The address of the page of a folded name that several entities bear."""
    return f"/names/{slug(key) or 'name'}/"


def valid_id(text: str) -> bool:
    """Whether a text can be an id: `[a-z0-9][a-z0-9._-]*`, a file name on every system, and not `RESERVED`."""
    return not id_fault(text)[0]


def id_fault(text: str, other: str = "") -> tuple[str, str]:
    """Why a text can't be an id, and one that can, if there is one at hand; ("", "") for an id.

    `other`: what to add to a name that is taken, such as the type.
    """
    if _ID.fullmatch(text) is None:
        reason = _sign(text)
    elif len(text) > MAX_LENGTH:
        reason = f"it has more than {MAX_LENGTH} characters"
    elif text.endswith("."):
        reason = "it ends with a full stop"
    elif text in RESERVED:
        reason = "every site has a file of that name"
    elif text.partition(".")[0] in _DEVICES:
        reason = "Windows keeps that name for a device"
    else:
        return "", ""
    made = slug(text)
    made = f"{text}-{other or 'page'}" if made in (text, f"{text}-page") else made
    return reason, made if made and valid_id(made) else ""


def _sign(text: str) -> str:
    """What is wrong with the characters of a text that is no id."""
    if not text:
        return "it is empty"
    first = next((sign for sign in text if not _ID_SIGN.fullmatch(sign)), "")
    if not first:
        return "it must begin with a letter or a digit"
    if first.isspace():
        return "it holds a blank"
    if first.isascii() and first.isupper():
        return f"{first} is a capital letter"
    return f"it holds {first}" if first.isprintable() else f"it holds the sign U+{ord(first):04X}"
