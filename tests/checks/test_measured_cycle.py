"""The cycle that is laid beside the client's own estimate is the one that other chapters tell."""

from dataclasses import replace

import pytest

from diagnostics.checks.shelf import load_check
from tests.checks.test_examples import examine_example

# 180 buy on the first of January: 72 are back after 20 days, 63 after 60, 45 never. Most gaps that ended took 20 days.
# With the open ones 72 of 315 (22.9 %) are back by day 20, and 63 of the 180 left by day 60: 49.9 % in all, and half of
# that is more than day 20 has.
SLOW = "\n".join(
    [
        "customer ordered_at paid_amount",
        *(f"c{i} 2024-01-01 100" for i in range(180)),
        *(f"c{i} 2024-01-21 100" for i in range(72)),
        *(f"c{i} 2024-03-01 100" for i in range(72, 135)),
        "- 2024-04-20 100",
    ]
)


@pytest.mark.parametrize("name", ["research.market", "fit.factors"])
def test_gaps_that_are_still_open_count_in_the_measured_cycle(name):
    example = load_check(name).example
    brief = replace(example.brief, answers={**example.brief.answers, "repurchase_cycle_days": 30})
    examined = examine_example(name, replace(example, tables={"order_lines": SLOW}, brief=brief))
    cells = [cell for exhibit in examined.exhibits for cell in exhibit.frame.to_numpy().ravel()]
    assert "60 days" in [getattr(cell, "en", cell) for cell in cells], examined.section.reason
