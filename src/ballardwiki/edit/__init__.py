"""Changes of content: what a file would be, what would be wrong then, and writing it."""

from __future__ import annotations


class NotPossibleError(Exception):
    """What was asked for can't be done; the message says why and what to do. Nothing was written."""
