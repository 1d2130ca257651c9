"""Ten thousand random edits, after each of which the site is what a clean build makes (see `random_edits`)."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.stateful import RuleBasedStateMachine, run_state_machine_as_test
from random_edits import Changes, ResidentChanges, ResidentTexts, Texts, ThemedChanges

pytestmark = [pytest.mark.torture, pytest.mark.slow]
EDITS = 10_000
STEPS = 25
MACHINES = (Changes, Texts, ResidentTexts, ResidentChanges, ThemedChanges)


@pytest.mark.parametrize("machine", MACHINES)
@pytest.mark.parametrize("part", range(4))
def test_after_any_edit_the_site_is_as_if_it_had_been_made_anew(
    machine: type[RuleBasedStateMachine], part: int
) -> None:
    examples = EDITS // (4 * len(MACHINES) * STEPS) + 1
    found = settings(
        max_examples=examples,
        stateful_step_count=STEPS,
        deadline=None,
        derandomize=False,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large],
    )
    run_state_machine_as_test(machine, settings=found)
