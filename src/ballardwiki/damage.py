"""Damage to the cache, and what it means: begin anew."""


class DamagedError(Exception):
    """The cache is not what was written. Drop it and build again."""
