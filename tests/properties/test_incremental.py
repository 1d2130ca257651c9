"""After any edit, whatever it is, the site is what a clean build makes of the same content (see `random_edits`)."""

from __future__ import annotations

from hypothesis import HealthCheck, Phase, settings
from random_edits import Changes, ResidentChanges, ResidentTexts, Texts, ThemedChanges

_PHASES = (Phase.explicit, Phase.reuse, Phase.generate)
"""Not shrinking: at a sixth of a second per step it would take many minutes; twenty steps can be read."""

_QUIET = [HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large]


class TestChanges(Changes.TestCase):  # type: ignore[misc,valid-type]
    settings = settings(
        max_examples=16, stateful_step_count=20, deadline=None, suppress_health_check=_QUIET, phases=_PHASES
    )


class TestTexts(Texts.TestCase):  # type: ignore[misc,valid-type]
    settings = settings(
        max_examples=10, stateful_step_count=20, deadline=None, suppress_health_check=_QUIET, phases=_PHASES
    )


class TestResidentTexts(ResidentTexts.TestCase):  # type: ignore[misc,valid-type]
    settings = settings(
        max_examples=10, stateful_step_count=20, deadline=None, suppress_health_check=_QUIET, phases=_PHASES
    )


class TestResidentChanges(ResidentChanges.TestCase):  # type: ignore[misc,valid-type]
    settings = settings(
        max_examples=5, stateful_step_count=20, deadline=None, suppress_health_check=_QUIET, phases=_PHASES
    )


class TestThemedChanges(ThemedChanges.TestCase):  # type: ignore[misc,valid-type]
    settings = settings(
        max_examples=3, stateful_step_count=15, deadline=None, suppress_health_check=_QUIET, phases=_PHASES
    )
