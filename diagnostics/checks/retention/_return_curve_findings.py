"""How a channel whose first buyers seldom come back becomes a finding."""

from __future__ import annotations

from typing import TYPE_CHECKING

from diagnostics.checks.check import Limit, Limits
from diagnostics.checks.retention import _return_curve_words as words
from diagnostics.model.finding import Evidence, Finding, Impact, Validation
from diagnostics.model.names import name_channel
from diagnostics.model.wording import Text, word_days, word_percent, word_points, word_points_range
from diagnostics.statistics.certainty import rate_gap
from diagnostics.statistics.survival import divide_shares, subtract_shares
from diagnostics.statistics.upside import size_stake

if TYPE_CHECKING:
    from diagnostics.checks.retention.return_curve import ReturnCurves

LIMITS = (
    Limit(
        name="least_gap",
        value=0.08,
        reason=Text(
            zh="与最好渠道的差距，其区间下限须超过 8 个百分点：渠道人群本就不同，小差距不算问题",
            en="the low end of the gap to the best channel must exceed 8 points: channels differ by their nature",
        ),
    ),
    Limit(
        name="most_ratio",
        value=0.7,
        reason=Text(
            zh="回购率不到最好渠道的七成才算明显偏低",
            en="below 70% of the best channel's share counts as clearly low",
        ),
    ),
    Limit(
        name="feasible_low",
        value=0.25,
        reason=Text(zh="保守估计能追回差距的四分之一", en="cautious: a quarter of the gap is won back"),
    ),
    Limit(
        name="feasible_mid",
        value=0.5,
        reason=Text(
            zh="居中估计能追回一半：渠道人群的差别不会完全消失",
            en="middle: half, as the channels' buyers stay different",
        ),
    ),
)


def judge_channel(measured: ReturnCurves, channel: str, best: str, limits: Limits) -> Finding | None:
    """The finding on a channel whose share lies clearly below that of the best; `None` where it does not."""
    own, other = (measured.curves[name].share_by(measured.day) for name in (channel, best))
    if own is None or other is None or own.value >= other.value * limits["most_ratio"]:
        return None
    pairs = len(measured.channels) * (len(measured.channels) - 1) // 2
    low, high = subtract_shares(other, own, pairs=pairs)
    if low <= limits["least_gap"]:
        return None
    names = {"channel": name_channel(channel), "best": name_channel(best)}
    gap, days = other.value - own.value, word_days(measured.day)
    later = (measured.later.get(channel, 0.0), measured.later_paid.get(channel, 0.0))
    impact = size_gap(later, divide_shares(other, own, pairs=pairs), limits) if own.value > 0 else None
    return Finding(
        code="retention.one_time_buyers",
        scope={"channel": channel},
        title=words.TITLE.fill(**names, days=days, share=word_percent(own.value), best_share=word_percent(other.value)),
        cause=words.CAUSE.fill(**names, gap=_points(gap), range=word_points_range(low, high, signed=False)),
        action=words.ACTION.fill(**names),
        owner_role="account",
        validation=Validation(metric="repurchase_newN", direction="up", window_days=60),
        stop_rule=words.STOP,
        confidence=rate_gap(gap, low),
        impact=impact,
        impact_reason=None if impact else words.NO_VALUE,
        severity=None if impact else "medium",
        evidence=(Evidence(table="shares", n=int(measured.curves[channel].n), value=own.value),),
    )


def size_gap(later: tuple[float, float], ratio: tuple[float, float, float], limits: Limits) -> Impact | None:
    """What later purchases would be more if the channel's customers came back as the best one's do.

    They would grow in proportion to those who return: `ratio` (low, value, high) is the best channel's share over
    the own. `later` are the purchases after refunds and before them: the high end counts none as given back.
    """
    net, paid = later
    if net <= 0:
        return None
    low, mid, high = ratio
    measured = (net * (low - 1), net * (mid - 1), max(net, paid) * (high - 1))
    low, mid, high = size_stake(measured, least=limits["feasible_low"], likely=limits["feasible_mid"])
    return Impact(low=low, mid=mid, high=high)


def _points(gap: float) -> Text:
    unsigned = word_points(gap)
    return Text(zh=unsigned.zh.lstrip("+"), en=unsigned.en.lstrip("+"))
