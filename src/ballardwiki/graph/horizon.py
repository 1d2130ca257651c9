"""The horizon: how far the story may be told."""

from __future__ import annotations

from msgspec import Struct

from ballardwiki.config.site import Config
from ballardwiki.graph import SEASON_END
from ballardwiki.graph.timeline import Story


class Horizon(Struct, frozen=True):
    """How far a reader has come: series id -> `none`, `all`, or an episode such as `s02e10`."""

    seen: dict[str, tuple[int, int]]
    default: tuple[int, int]
    specials: frozenset[int] = frozenset()
    """The numbers of seasons that stand last: what is known from a special may tell of all seasons."""

    def knows(self, series: str, season: int, episode: int) -> bool:
        """Whether what becomes known in an episode may be shown."""
        return _place(season, episode, self.specials) <= self.seen.get(series, self.default)

    def allows(self, story: Story, since: str, ref: str) -> bool:
        """Whether what becomes known at `since`, said by the entity `ref`, may be shown. An unclear moment may not."""
        moment = story.moment(since, story.timeline(ref)) if since else None
        return self.knows(*moment) if moment else self.default == ALL


_NONE = (0, 0)
ALL = (SEASON_END, SEASON_END)
"""The moment after the last episode."""
_LAST_SEASON = SEASON_END - 1


def _place(season: int, episode: int, specials: frozenset[int]) -> tuple[int, int]:
    return (_LAST_SEASON if season in specials else season, episode)


def horizon(story: Story, config: Config) -> Horizon:
    """The safe horizon that a site declares for its public pages."""

    def point(text: str) -> tuple[int, int]:
        moment = story.moment(text, next(iter(story.timelines), ""))
        return {"none": _NONE, "all": ALL}.get(text) or (_place(*moment[1:], specials) if moment else _NONE)

    specials = story.specials
    seen = {series: point(text) for series, text in config.horizon.items()}
    return Horizon(seen, point(config.default_horizon), specials)
