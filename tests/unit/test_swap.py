"""A swap by renaming that was interrupted is ended: the newest whole folder is live, nothing stands aside."""

from __future__ import annotations

from pathlib import Path

import pytest

from ballardwiki.swap import complete


@pytest.mark.parametrize(
    ("there", "left"),
    [
        ({"live": 1, "twin": 2}, {"live": 1, "twin": 2}),
        ({"aside": 1, "twin": 2}, {"live": 2, "twin": 1}),
        ({"aside": 1}, {"live": 1}),
        ({"aside": 1, "live": 2}, {"live": 2, "twin": 1}),
        ({"aside": 1, "live": 2, "twin": 3}, {"live": 2, "twin": 3}),
    ],
)
def test_an_interrupted_swap_is_ended(tmp_path: Path, there: dict[str, int], left: dict[str, int]) -> None:
    for name, number in there.items():
        (tmp_path / name).mkdir()
        (tmp_path / name / "page").write_text(str(number))
    complete(*(tmp_path / name for name in ("live", "twin", "aside")))
    assert {each.name: int((each / "page").read_text()) for each in tmp_path.iterdir()} == left
