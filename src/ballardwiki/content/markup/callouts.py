"""Callouts: quotes whose first words are `[!kind]`."""

from __future__ import annotations

from ballardwiki import lookalikes
from ballardwiki.content.markup.meanings import CalloutHead
from ballardwiki.content.markup.splitting import END, Open, Splitting
from ballardwiki.content.markup.tokens import CALLOUT, DIGITS, GAP
from ballardwiki.expressions import expression
from ballardwiki.marks import Mark, Spoiler

KINDS = {"note": "Note", "tip": "Tip", "warning": "Warning", "info": "Info", "quote": "", "spoiler": "Spoiler"}
"""Each kind with the title it gets when the editor writes none."""

_HEAD = expression(rf"\s*<p>(\ue000{DIGITS}{CALLOUT})\s*(\ue000{DIGITS}{GAP}\s*(</p>)?)?")


def open_callout(state: Splitting, html: str, position: int) -> int:
    """Begin a callout if the quote whose content is at `position` is one: where to go on, or 0."""
    head = _HEAD.match(html, position)
    mark = state.tokens[head[1]][1] if head and head[1] in state.tokens else None
    if not head or not isinstance(mark, CalloutHead):
        return 0
    kind = mark.kind
    if kind not in KINDS and lookalikes.means_spoiler(kind):
        state.report(
            (mark.line, mark.column),
            lookalikes.RULE,
            f"[!{kind}] looks like a spoiler callout but is none, so its text would be seen.",
            "Write [!spoiler].",
        )
        kind = "note"
    elif kind not in KINDS:
        state.report((mark.line, mark.column), "callout-known", f"[!{kind}] is not a callout.", _hint(kind), "warning")
        kind = "note"
    tag = "blockquote" if kind == "quote" else "aside"
    closing: tuple[str | Mark, ...] = (f"</{tag}>",)
    if kind == "spoiler":
        state.out.append(Spoiler(mark.since, line=mark.line, column=mark.column))
        closing = (f"</{tag}>", END)
    state.out.append(f'<{tag} class="callout callout-{kind}">')
    state.open.append(Open("blockquote", closing=closing))
    title = KINDS[kind]
    if head[2]:
        if title:
            state.out.append(f'<p class="callout-title">{title}</p>')
        if head[3]:
            return head.end()
        state.out.append("<p>")
    else:
        state.out.append('<p class="callout-title">')
    if state.nested:
        state.open.append(Open("p"))
    return head.end()


def misplaced(state: Splitting, head: CalloutHead) -> None:
    """Report a callout's head that does not begin a quote; a spoiler there would be seen."""
    hint = "Leave an empty line before it, and begin each of its lines with >."
    message = f"[!{head.kind}] does not begin a quote, so it is no callout"
    if lookalikes.means_spoiler(head.kind):
        message += ", and what it should hide would be seen."
        state.report((head.line, head.column), lookalikes.RULE, message, hint)
    else:
        state.report((head.line, head.column), "callout-placed", f"{message}.", hint, "warning")


def _hint(kind: str) -> str:
    from difflib import get_close_matches  # noqa: PLC0415  # only a mistake needs it

    near = get_close_matches(kind, KINDS, 1)
    return f"Did you mean [!{near[0]}]?" if near else f"There are {', '.join(f'[!{known}]' for known in KINDS)}."
