"""Whether top customers have a person of their own, who wrote to them lately, and how many each person has."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from diagnostics.checks.service import _vip_words as words
from diagnostics.checks.tracking import track_value
from diagnostics.metrics.lines import value_lines, within
from diagnostics.metrics.vip_care import FIFTHS, count_care, count_keepers, list_keepers, mark_care, rank_buyers
from diagnostics.model.section import Exhibit, Field
from diagnostics.model.wording import NOTHING, Text, word_money, word_number, word_percent
from diagnostics.statistics.proportions import newcombe_difference, wilson

if TYPE_CHECKING:
    from collections.abc import Mapping

    import ibis.expr.types as ir

    from diagnostics.checks.check import Replies
    from diagnostics.model.reading import Reading
    from diagnostics.model.tables import Tables

LEAST = 30
LEAST_BUYERS = FIFTHS * LEAST
MOST_ROWS = 15


@dataclass(frozen=True, kw_only=True)
class Care:
    """Counts of the top fifth and of the others, the keepers of top customers, and whether talk is logged."""

    tops: pd.Series[float]
    others: pd.Series[float]
    keepers: pd.DataFrame
    is_logged: bool
    currency: str

    @property
    def states(self) -> Mapping[str, float]:
        """Top customers by how they are looked after; the states share them out."""
        talk = {name: float(self.tops[name]) for name in ("recent", "late", "silent")}
        kept = talk if self.is_logged else {"kept": float(self.tops.kept)}
        unnamed = float(self.tops.contacts - self.tops.kept)
        return kept | {"unnamed": unnamed, "none": float(self.tops.buyers - self.tops.contacts)}


def ask_care(tables: Tables) -> dict[str, ir.Table]:
    """Ask who of the current period's buyers has a keeper and was written to; nothing where buyers have no name."""
    if not (tables.has("order_lines", "customer") and tables.has("contacts", "customer", "staff")):
        return {}
    horizon = tables.engagement.horizon
    lines = within(value_lines(tables["order_lines"], tables.engagement.gmv_basis), horizon.current)
    touches = tables["touches"] if tables.has("touches", "customer", "touched_at") else None
    keepers = list_keepers(tables["contacts"], horizon.as_of)
    marked = tables.share(mark_care(rank_buyers(lines), keepers, touches, horizon.as_of))
    asked = {"care": count_care(marked), "keepers": count_keepers(marked)}
    if touches is not None:
        asked["log"] = touches.agg(n=touches.count())
    return asked


def measure_care(replies: Replies) -> Care | None:
    """Set the top fifth beside the others; `None` where too few buyers are known."""
    if "care" not in replies or replies["care"].buyers.sum() < LEAST_BUYERS:
        return None
    counts = replies["care"]
    keepers = replies["keepers"].sort_values(["tops", "keeper"], ascending=[False, True], ignore_index=True)
    return Care(
        tops=counts[counts.is_top].drop(columns="is_top").iloc[0].astype(float),
        others=counts[~counts.is_top].drop(columns="is_top").iloc[0].astype(float),
        keepers=keepers,
        is_logged="log" in replies and bool(replies["log"].n.iloc[0]),
        currency=replies.engagement.currency,
    )


def tell_care(measured: Care) -> Text:
    """How many top customers have a person of their own, what those without one spend, and who shares the rest."""
    tops, others = measured.tops, measured.others
    low, high = wilson(tops.kept, tops.buyers)
    said = words.ANSWER.fill(
        tops=word_number(tops.buyers),
        share=word_percent(tops.gmv / (tops.gmv + others.gmv) if tops.gmv + others.gmv > 0 else None),
        kept=word_percent(tops.kept / tops.buyers),
        low=word_percent(float(low)),
        high=word_percent(float(high)),
        others=word_percent(others.kept / others.buyers),
        missing=word_number(tops.buyers - tops.kept),
        gmv=word_money(tops.gmv - tops.kept_gmv, measured.currency),
    )
    if measured.keepers.empty:
        return said
    talk = NOTHING
    if measured.is_logged and tops.kept >= LEAST:
        talk = words.TALK.fill(
            recent=word_percent(tops.recent / tops.kept), silent=word_percent(tops.silent / tops.kept)
        )
    return said + words.SHARED.fill(
        staff=word_number(len(measured.keepers)), most=word_number(float(measured.keepers.tops.iloc[0])), talk=talk
    )


def track_care(measured: Care) -> tuple[Reading, ...]:
    """The share of top customers with a person of their own."""
    tops = measured.tops
    low, high = wilson(tops.kept, tops.buyers)
    return track_value("vip_cover", tops.kept / tops.buyers, float(low), float(high), n=float(tops.buyers))


def tabulate_care(measured: Care) -> tuple[Exhibit, ...]:
    """Top customers by state with what to do, both kinds of buyers, and the keepers."""
    tops, others = measured.tops, measured.others
    states = pd.DataFrame(
        [
            {"state": words.STATES[state], "n": n, "share": n / tops.buyers, "plan": words.PLANS[state]}
            for state, n in measured.states.items()
        ]
    )
    both = []
    for name, row in ((Text(zh="高价值客户", en="Top fifth"), tops), (Text(zh="其他买家", en="Others"), others)):
        low, high = wilson(row.kept, row.buyers)
        both.append(
            {"who": name, "buyers": row.buyers, "rate": row.kept / row.buyers, "low": float(low), "high": float(high)}
        )
    low, high = newcombe_difference(tops.kept, tops.buyers, others.kept, others.buyers)
    gap = tops.kept / tops.buyers - others.kept / others.buyers
    both.append({"who": Text(zh="差距", en="Difference"), "rate": gap, "low": float(low), "high": float(high)})
    return (
        Exhibit(
            name="states",
            title=Text(zh="高价值客户的照顾状态与下一步", en="How top customers are looked after, and what comes next"),
            fields=(
                Field(name="state", label=Text(zh="状态", en="State")),
                Field(name="n", label=Text(zh="人数", en="Customers"), unit="count"),
                Field(name="share", label=Text(zh="占比", en="Share"), unit="share"),
                Field(name="plan", label=Text(zh="下一步", en="Next step")),
            ),
            frame=states,
        ),
        Exhibit(
            name="coverage",
            title=Text(zh="有专人的占比", en="With a person of their own"),
            fields=(
                Field(name="who", label=Text(zh="客户", en="Customers")),
                Field(name="buyers", label=Text(zh="人数", en="Buyers"), unit="count"),
                Field(name="rate", label=Text(zh="有专人", en="With a person"), unit="share"),
                Field(name="low", label=Text(zh="95% 下限", en="95% low"), unit="share"),
                Field(name="high", label=Text(zh="95% 上限", en="95% high"), unit="share"),
            ),
            frame=pd.DataFrame(both),
        ),
        Exhibit(
            name="keepers",
            title=Text(zh="谁在照顾高价值客户", en="Who looks after top customers"),
            fields=(
                Field(name="keeper", label=Text(zh="账号", en="Account")),
                Field(name="tops", label=Text(zh="高价值客户", en="Top customers"), unit="count"),
                Field(name="gmv", label=Text(zh="其消费", en="Their spend"), unit="money"),
                *(
                    (Field(name="recent", label=Text(zh="30 天内沟通", en="Written to in 30 days"), unit="count"),)
                    if measured.is_logged
                    else ()
                ),
            ),
            frame=measured.keepers.head(MOST_ROWS),
        ),
    )
