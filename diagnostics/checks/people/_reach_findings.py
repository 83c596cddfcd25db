"""How a channel that reaches fewer of its buyers than its best peer becomes a finding."""

from __future__ import annotations

from typing import TYPE_CHECKING

from diagnostics.checks.check import Limits
from diagnostics.checks.people import _reach_words as words
from diagnostics.model.finding import Evidence, Finding, Impact, Validation
from diagnostics.model.names import name_channel
from diagnostics.model.wording import word_money, word_number, word_percent, word_price
from diagnostics.statistics.certainty import rate_gap
from diagnostics.statistics.reach_gaps import Gap, size_gap

if TYPE_CHECKING:
    from diagnostics.checks.people.reach import Reach


def state_gap(measured: Reach, gap: Gap, limits: Limits) -> Finding:
    """A channel behind its best peer; its money goes by own buyers where they differ clearly, else by a public case."""
    rows = {row["channel"]: row for row in measured.channels.to_dict("records")}
    row, best = rows[gap.channel], rows[gap.best]
    each, is_own = size_gap(row, limits["lift"])
    missing = gap.difference * float(row["buyers"])
    low, mid, high = (value * missing * measured.yearly for value in each)
    sizing = words.SIZED_BY_GAP if is_own else words.SIZED_BY_CASE.fill(lift=word_percent(limits["lift"], 0))
    money = word_money(mid if is_own else high, measured.currency)
    worth = (words.WORTH_ABOUT if is_own else words.WORTH_AT_MOST).fill(money=money)
    return Finding(
        code="people.low_reach",
        scope={"channel": gap.channel},
        title=words.TITLE.fill(
            channel=name_channel(gap.channel),
            share=word_percent(row["share"]),
            best=name_channel(gap.best),
            best_share=word_percent(best["share"]),
            count=word_number(missing),
            worth=worth,
        ),
        cause=words.CAUSE.fill(
            gap=word_number(gap.difference * 100, 1),
            low=word_number(gap.low * 100, 1),
            reached=word_price(row["reached_mean"], measured.currency),
            unreached=word_price(row["matched_mean"], measured.currency),
            sizing=sizing,
        ),
        action=words.ACTION,
        owner_role="acquisition",
        validation=Validation(metric="add_rate", direction="up", window_days=60),
        stop_rule=words.STOP,
        confidence=rate_gap(gap.difference, gap.low),
        impact=Impact(low=low, mid=mid, high=high),
        evidence=(Evidence(table="reach", n=int(row["buyers"]), value=float(row["share"])),),
    )
