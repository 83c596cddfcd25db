"""Raises referral campaigns that are too small for the next round, or far behind the client's others."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from diagnostics.checks.referral import _chain_words as words
from diagnostics.checks.referral._rounds import LEAST, name_campaign
from diagnostics.metrics.referral import UNNAMED
from diagnostics.model.finding import Evidence, Finding, Impact, Validation
from diagnostics.model.wording import Text, word_number, word_percent, word_price
from diagnostics.statistics.branching import Offspring, compare_offspring
from diagnostics.statistics.certainty import rate_gap
from diagnostics.statistics.upside import size_stake

if TYPE_CHECKING:
    from diagnostics.checks.check import Limits
    from diagnostics.checks.referral._rounds import Campaign, Chain


def judge_rounds(measured: Chain, limits: Limits) -> tuple[Finding, ...]:
    """Raise a closed campaign that is too small for the next round, or far behind the client's others."""
    found = (_judge_campaign(campaign, measured, limits) for campaign in measured.campaigns)
    return tuple(finding for finding in found if finding is not None)


def _judge_campaign(campaign: Campaign, measured: Chain, limits: Limits) -> Finding | None:
    k = campaign.k
    if campaign.is_open or k.n < limits["referrers"]:
        return None
    others = _pool(campaign, measured)
    is_behind = others is not None and k.high < limits["sustains"] and compare_offspring(k, others) < limits["behind"]
    if not (is_behind or k.high < limits["alone"]):
        return None
    aim = min(others.mean, limits["sustains"]) if is_behind and others is not None else limits["alone"]
    impact = _size(campaign, measured, aim, limits)
    return Finding(
        code="fission.low_k",
        scope={"campaign": campaign.name} if campaign.name != UNNAMED else {},
        title=words.TITLE.fill(
            campaign=name_campaign(campaign.name),
            k=word_number(k.mean, 2),
            against=words.AGAINST_OTHERS.fill(others=word_number(others.mean, 2))
            if is_behind and others is not None
            else words.AGAINST_SELF,
        ),
        cause=_explain(campaign, measured, aim),
        action=words.ACTION,
        owner_role="acquisition",
        validation=Validation(metric="kfactor", direction="up", window_days=30),
        stop_rule=words.STOP,
        confidence=rate_gap(aim - k.mean, aim - k.high),
        impact=impact,
        impact_reason=None if impact else words.NO_MONEY if campaign.yearly else words.PAST,
        severity=None if impact else "low",
        evidence=(Evidence(table="campaigns", n=int(k.n), value=k.mean),),
    )


def _pool(campaign: Campaign, measured: Chain) -> Offspring | None:
    """K of all other closed campaigns together; `None` if they have too few referrers."""
    others = [other.k for other in measured.campaigns if other is not campaign and not other.is_open]
    n, total = sum(k.n for k in others), sum(k.total for k in others)
    if n < LEAST:
        return None
    spread = sum(k.dispersion * k.n for k in others if k.n) / n
    return Offspring(mean=total / n, low=np.nan, high=np.nan, n=n, total=total, dispersion=spread)


def _size(campaign: Campaign, measured: Chain, aim: float, limits: Limits) -> Impact | None:
    if measured.each is None or not campaign.yearly:
        return None
    k, scale = campaign.k, campaign.k.n * campaign.yearly * measured.each
    missed = (max(aim - k.high, 0.0) * scale, (aim - k.mean) * scale, max(aim - k.low, 0.0) * scale)
    low, mid, high = size_stake(missed, least=limits["feasible_low"], likely=limits["feasible_mid"])
    return Impact(low=low, mid=mid, high=high)


def _explain(campaign: Campaign, measured: Chain, aim: float) -> Text:
    k = campaign.k
    completed = words.NOT_KNOWN
    if campaign.completed is not None:
        completed = words.COMPLETES.fill(share=word_percent(campaign.completed))
    said = words.CAUSE.fill(
        referrers=word_number(k.n),
        joined=word_number(k.total),
        low=word_number(k.low, 2),
        high=word_number(k.high, 2),
        completed=completed,
        top=word_percent(campaign.top, 0),
    )
    if measured.each is None:
        return said
    return said + words.SIZED.fill(aim=word_number(aim, 2), each=word_price(measured.each, measured.currency))
