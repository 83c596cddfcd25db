"""The finding on a city whose stores stay clearly below their target."""

from __future__ import annotations

from typing import TYPE_CHECKING

from diagnostics.checks.stores import _target_words as words
from diagnostics.model.finding import Evidence, Finding, Impact, Validation
from diagnostics.model.wording import Text, name_verbatim, shorten, word_money, word_number, word_percent
from diagnostics.statistics.certainty import rate_gap
from diagnostics.statistics.upside import size_stake

if TYPE_CHECKING:
    from diagnostics.checks.check import Limits
    from diagnostics.statistics.city_targets import Shortfall


def state_shortfall(gap: Shortfall, limits: Limits, currency: str) -> Finding:
    """Say what the city missed, by how many stores, and what could be won back; missing adds carry no money."""
    city, metric = name_verbatim(shorten(gap.city)), words.METRIC_NAMES[gap.metric]
    title = words.TITLE.fill(
        city=city,
        stores=word_number(len(gap.stores)),
        metric=metric,
        achieved=word_percent(gap.achieved),
        others=word_percent(gap.others),
    )
    impact = None
    if gap.metric == "sales":
        stake = size_stake(gap.missing, least=limits["feasible_low"], likely=limits["feasible_mid"])
        low, mid, high = (size * gap.yearly for size in stake)
        impact = Impact(low=low, mid=mid, high=high)
        worth = words.WORTH.fill(money=word_money(mid, currency))
        title = Text(zh=title.zh + worth.zh, en=title.en + worth.en)
    sums = [
        word_money(value, currency) if gap.metric == "sales" else word_number(value)
        for value in (gap.actual, gap.target)
    ]
    below = sum(share < limits["shortfall"] for share in gap.stores)
    cause = words.CAUSE.fill(
        city=city,
        actual=sums[0],
        target=sums[1],
        below=word_number(below),
        stores=word_number(len(gap.stores)),
        limit=word_percent(limits["shortfall"], 0),
        high=word_percent(gap.high),
    )
    return Finding(
        code="store.target_shortfall",
        scope={"city": gap.city},
        title=title,
        cause=cause + words.ALL_BELOW if below == len(gap.stores) else cause,
        action=words.ACTION,
        owner_role="store_guide",
        validation=Validation(metric="store_ach", direction="up", window_days=60),
        stop_rule=words.STOP,
        confidence=rate_gap(gap.others - gap.achieved, gap.others - gap.high),
        impact=impact,
        impact_reason=None if impact else words.NO_MONEY,
        severity=None if impact else "medium",
        evidence=(Evidence(table=f"cities_{gap.metric}", n=len(gap.stores), value=gap.achieved),),
    )
