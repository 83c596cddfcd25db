"""What customers who left, came, rose and fell did to spend and profit between two periods."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from diagnostics.checks.audit import _two_periods_words as words
from diagnostics.checks.audit._decile_moves import list_migration
from diagnostics.checks.audit._two_periods_picture import draw_bridge
from diagnostics.checks.audit._two_periods_tables import (
    has_channels,
    list_bridge,
    list_channels,
    list_factors,
    list_moves,
)
from diagnostics.checks.check import Check, Example, Limits, Replies
from diagnostics.checks.costing import (
    BLIND,
    PROFIT_RULE,
    Costing,
    begins_blind,
    read_costing,
    share_customers,
    share_days,
)
from diagnostics.metrics.segments import ALL, CHANNEL, spread_segments
from diagnostics.metrics.two_periods import (
    bridge_buckets,
    bridge_groups,
    count_up_down,
    group_by_profit,
    migrate_deciles,
    pair_periods,
)
from diagnostics.model.section import NO_PREVIOUS, Exhibit, Need, NotComputable
from diagnostics.model.wording import NOTHING, Text, word_money, word_number, word_percent
from diagnostics.statistics.customer_bridge import GROUPS, build_bridge, split_both
from diagnostics.statistics.proportions import wilson

if TYPE_CHECKING:
    from collections.abc import Mapping

    import ibis.expr.types as ir
    import pandas as pd
    from matplotlib.figure import Figure

    from diagnostics.model.finding import Finding
    from diagnostics.model.tables import Tables
    from diagnostics.model.wording import Language

QUESTION = Text(
    zh="两期之间，走了谁、来了谁、谁多买谁少买？",
    en="Between the two periods, who left, who came, and who bought more or less?",
)
DEFINITION = (
    Text(
        zh="审计第二镜：有身份的客户，跨渠道合并。流失 = 只在对比期买过；新客 = 首次购买在本期；回来 = 更早买过、对比"
        "期没买"
        "、本期又买；升 = 两期都买且本期消费（利润的桥看利润）不低于对比期，降 = 低于；退款 = 两期都没买，只有退款。",
        en="Second lens of the audit: known customers, over all channels. Lost bought in the comparison period only; "
        "new bought for the first time ever in the current one; back bought earlier, not in the comparison period, "
        "and again now; up bought in both and spend (in the bridge of profit, earn) at least as much, down less; "
        "refunds: bought in neither and only got "
        "money back.",
    )
    + Text(
        zh="各组变动相加即总变动，分毫不差；区间把客户看作抽样（50 组刀切法）。十分位迁移以对比期的分界作两期共同的"
        "分界，所以全体可以一起上移或下移。升降表中「升」指不低于。",
        en="The groups' changes add up to the whole change to the cent; intervals take customers for a sample "
        "(jackknife "
        "of 50 groups). Migration uses the comparison period's cut-offs for both periods, so that the base can rise "
        "or "
        "fall as a whole. In the up/down table up means at least as much.",
    )
    + PROFIT_RULE
)


@dataclass(frozen=True, kw_only=True)
class TwoPeriods:
    """Bridges by measure (spend, and earned where costs are known), their factors, and the movements of customers.

    Frames are those of `metrics.two_periods` and `statistics.customer_bridge`; `migration` is of the main measure.
    """

    bridges: Mapping[str, pd.DataFrame]
    factors: Mapping[str, pd.DataFrame | None]
    groups: pd.DataFrame
    moves: pd.DataFrame
    migration: pd.DataFrame
    costing: Costing
    before: Costing
    is_blind: bool
    currency: str

    @property
    def main(self) -> str:
        """What is told and drawn: profit where all costs are known in both periods, else spend."""
        return "earned" if self.costing.is_whole and self.before.is_whole else "spend"

    @property
    def sees_back(self) -> bool:
        """Whether customers who come back can be told from new ones."""
        return not self.is_blind or self.count("back") > 0

    def name(self, measure: str) -> Text:
        """What a measure is called, with what it leaves out."""
        return words.WHAT_COSTED if measure == "earned" and self.main == "spend" else words.WHAT[measure]

    def count(self, *groups: str) -> int:
        """How many customers some groups hold."""
        rows = self.bridges["spend"]
        return int(rows.customers[rows.group.isin(groups)].sum())


def query(tables: Tables) -> Mapping[str, ir.Table]:
    """Ask for groups, up and down, and migration between the compared periods."""
    horizon = tables.engagement.horizon
    if horizon.previous is None:
        return {}
    rows = tables.share(spread_segments(share_days(tables), share_customers(tables), (ALL, CHANNEL)))
    pairs = tables.share(pair_periods(rows, horizon.previous, horizon.current))
    whole = pairs.filter(pairs.kind == ALL)
    by_profit = group_by_profit(whole)
    return {
        "groups": bridge_groups(pairs),
        "buckets": bridge_buckets(pairs),
        "profit_groups": bridge_groups(by_profit),
        "profit_buckets": bridge_buckets(by_profit),
        "moves": count_up_down(pairs),
        "spend": migrate_deciles(whole, "spend"),
        "earned": migrate_deciles(whole, "earned"),
    }


def measure(replies: Replies) -> TwoPeriods | NotComputable:
    """Build the bridges and choose what the migration is about."""
    if "groups" not in replies:
        return NotComputable(reason=NO_PREVIOUS)
    groups = replies["groups"]
    whole = groups[groups.kind == ALL]
    if not {"lost", "up", "down"} & set(whole.group) or not {"new", "back", "up", "down"} & set(whole.group):
        return NotComputable(reason=words.NO_BUYERS)
    now, before = read_costing(whole, "_now"), read_costing(whole, "_before")
    is_whole = now.is_whole and before.is_whole
    bridges = {"spend": build_bridge(whole, replies["buckets"], "spend")}
    if now.is_known and before.is_known:
        bridges["earned"] = build_bridge(replies["profit_groups"], replies["profit_buckets"], "earned")
    return TwoPeriods(
        bridges=bridges,
        factors={name: split_both(replies["buckets"], name) for name in bridges if name == "spend" or is_whole},
        groups=groups,
        moves=replies["moves"],
        migration=replies["earned" if is_whole else "spend"],
        costing=now,
        before=before,
        is_blind=begins_blind(replies.engagement.horizon),
        currency=replies.engagement.currency,
    )


def judge(_measured: TwoPeriods, _limits: Limits) -> tuple[Finding, ...]:
    """Describe only: the levers of each channel judge the change, and repeat buying judges who stays away."""
    return ()


def tell(measured: TwoPeriods) -> Text:
    """Overlap, and the bridge in one sentence a measure."""
    before, kept = measured.count("lost", "up", "down"), measured.count("up", "down")
    low, high = (float(end) for end in wilson(kept, before))
    said = words.ANSWER.fill(
        before=word_number(before),
        kept=word_percent(kept / before if before else None),
        low=word_percent(low),
        high=word_percent(high),
        now=word_number(measured.count("up", "down", "back", "new")),
        new=word_number(measured.count("new")),
        back=words.CAME_BACK.fill(n=word_number(measured.count("back"))) if measured.sees_back else NOTHING,
    )
    return said + _tell_bridge(measured, measured.main)


def _tell_bridge(measured: TwoPeriods, name: str) -> Text:
    rows = measured.bridges[name].set_index("group")
    steps = {
        group: word_money(float(rows.change[group]), measured.currency, signed=True)
        for group in GROUPS
        if group != "returns"
    }
    back = words.BACK_STEP.fill(money=steps.pop("back"))
    return words.BRIDGE.fill(
        what=measured.name(name),
        before=word_money(float(rows.before.sum()), measured.currency),
        after=word_money(float(rows.now.sum()), measured.currency),
        back=back if measured.sees_back else NOTHING,
        **steps,
    )


def caveats(measured: TwoPeriods) -> tuple[Text, ...]:
    """How far costs are known, and the bridge of the part whose cost is."""
    said = measured.costing.explain(measured.currency)
    if "earned" in measured.bridges and said:
        said = (*said, _tell_bridge(measured, "earned"))
    return (*said, BLIND) if measured.is_blind else said


def tabulate(measured: TwoPeriods) -> tuple[Exhibit, ...]:
    """Bridges with intervals, why the customers of both periods changed, up and down, migration, channels."""
    return (
        *(list_bridge(measured, name) for name in measured.bridges),
        list_factors(measured),
        list_moves(measured),
        list_migration(measured),
        *([list_channels(measured)] if has_channels(measured) else []),
    )


def draw(measured: TwoPeriods, language: Language) -> Figure:
    """The bridge of the main measure."""
    return draw_bridge(measured, language)


# January against February, one unit costs 40. Lost: a (profit 60). Down: b from 160 to 60. Up: c from 60 to 60, equal
# spend counts as up. New: e with 20. Profit goes from 280 to 140: lost -60, down -100, up 0, new +20.
EXAMPLE_LINES = """
customer ordered_at product_id paid_amount
a 2024-01-02 P 100
b 2024-01-03 P 200
c 2024-01-31 P 100
b 2024-02-01 P 100
c 2024-02-03 P 100
e 2024-02-29 P 60
"""

CHECK = Check(
    question=QUESTION,
    definition=DEFINITION,
    answers=("003-17",),
    finds=(),
    needs=(Need(table="order_lines", columns=("customer",)),),
    limits=(),
    query=query,
    measure=measure,
    judge=judge,
    tell=tell,
    tabulate=tabulate,
    draw=draw,
    caveats=caveats,
    example=Example(
        tables={"order_lines": EXAMPLE_LINES, "products": "product_id unit_cost\nP 40"},
        says="Profit went from CNY 280 to CNY 140: lost CNY -60, down CNY -100, up CNY 0, new CNY +20",
    ),
    place=20,
)
