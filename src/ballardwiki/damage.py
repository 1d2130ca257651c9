"""What can go wrong around a build that is no fault of what it works on; of the cache: begin anew, or go on without."""


class MachineError(Exception):
    """The machine, another build or the cache stopped us: no fault of the page that was being made."""


class DamagedError(MachineError):
    """The cache is not what was written. Drop it and build again."""


class UnusableError(MachineError):
    """The machine does not let us read or write the cache. It may be good: leave it as it is, and go on without."""
