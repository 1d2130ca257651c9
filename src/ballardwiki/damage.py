"""What can be wrong with the cache, and what it means: begin anew, or go on without it."""


class DamagedError(Exception):
    """The cache is not what was written. Drop it and build again."""


class UnusableError(Exception):
    """The machine does not let us read or write the cache. It may be good: leave it as it is, and go on without."""
