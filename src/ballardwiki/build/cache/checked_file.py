"""Files of the cache that are written whole, with a version and a checksum, and read whole or not at all."""

from __future__ import annotations

import os
import stat
from hashlib import blake2b
from pathlib import Path
from typing import TypeVar

import msgspec

from ballardwiki import plain_files
from ballardwiki.build.publish import syscalls
from ballardwiki.problems import DamagedError, UnusableError

Kind = TypeVar("Kind")

VERSION = 1
_MAGIC = b"ballardwiki record %d\n" % VERSION
_SUM = 16
_encode = msgspec.msgpack.Encoder().encode


def read(path: Path, kind: type[Kind]) -> Kind | None:
    """What a file holds, None where there is none. Raises `DamagedError`, or `UnusableError` if it can't be read."""
    try:
        if os.path.lexists(path) and not stat.S_ISREG(os.lstat(path).st_mode):
            raise DamagedError(f"its {path.name} is no file")
        with os.fdopen(plain_files.opened(path), "rb") as file:
            data = memoryview(file.read())
    except FileNotFoundError:
        return None
    except OSError as error:
        raise UnusableError(f"{error.strerror}: {path}") from error
    start = len(_MAGIC) + _SUM
    body = data[start:]
    if data[: len(_MAGIC)] != _MAGIC or data[len(_MAGIC) : start] != _sum(body, path.name):
        raise DamagedError(f"its {path.name} is damaged or of another version")
    try:
        return msgspec.msgpack.decode(body, type=kind)
    except (msgspec.MsgspecError, RecursionError) as error:
        raise DamagedError(f"its {path.name} is damaged") from error


def write(path: Path, value: object) -> None:
    """Write a file, or leave the one that is there. Raises OSError."""
    write_packed(path, _encode(value))


def write_packed(path: Path, body: bytes) -> None:
    """The same with what a value is packed to."""
    syscalls.replace(path, _MAGIC, _sum(body, path.name), body, durable=False)


def _sum(data: bytes | memoryview, name: str) -> bytes:
    return blake2b(data, digest_size=_SUM, key=name.encode()).digest()
