"""What the audit's questions share: money by customer and day, how far costs are known, names of segments."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from diagnostics.metrics.cohorts import find_newcomers_since
from diagnostics.metrics.gaps import fill_categories
from diagnostics.metrics.lines import value_lines
from diagnostics.metrics.profit import cost_lines, spend_days
from diagnostics.metrics.segments import ALL, CHANNEL, FIRST_CATEGORY, FIRST_CHANNEL, describe_customers
from diagnostics.model.names import name_channel
from diagnostics.model.wording import Text, name_verbatim, shorten, word_money, word_percent

if TYPE_CHECKING:
    import ibis.expr.types as ir

    from diagnostics.model.period import Horizon
    from diagnostics.model.tables import Tables

PROFIT_RULE = Text(
    zh="利润 = 实付 − 退款（截至导出日）− 单件成本 × 件数；退货的成本不冲回，未扣费用。",
    en="Profit = paid - refunds so far - unit cost x units; the cost of returned goods is not taken back and no other "
    "cost is taken off.",
)
OLDER_RULE = Text(
    zh="数据开头几个月首次出现的客户年资未知，单列为“早于数据的客户”。",
    en="Customers first seen in the opening months of the data are of unknown age and form a cohort of their own, "
    "older "
    "than the data.",
)
NO_COST = Text(
    zh="没有商品成本，本节只谈消费额，不谈利润；请补充商品档案（含单件成本）。",
    en="Without product costs this section speaks of spend, not of profit; the item master with unit costs brings it.",
)
PART_COST = Text(
    zh="净销售额的 {share} 有商品成本，利润只算这一部分（{earned}）。其余部分若不赚不亏，全部利润即 {earned}；若没有"
    "成本，则为 {high}：真实值在两者之间（假定其余部分没有亏本卖）。",
    en="Costs are known for {share} of net sales, and profit is that of this part ({earned}). If the rest earned "
    "nothing, all profit would be {earned}; if it cost nothing, {high}: the truth lies between (as long as the rest "
    "was not sold below cost).",
)
BLIND = Text(
    zh="数据从对比期开始：更早买过、对比期没买、本期又买的老客看不出来，算在新客里。",
    en="The data begin with the comparison period: who bought before them, not in it, and again now counts as new.",
)
SEGMENT_WORDS = {
    ALL: Text(zh="全部客户", en="All customers"),
    CHANNEL: Text(zh="{name}的客户", en="Customers of {name}"),
    FIRST_CHANNEL: Text(zh="首购在{name}", en="First bought on {name}"),
    FIRST_CATEGORY: Text(zh="首购{name}", en="First bought {name}"),
}
OLDER = Text(zh="早于数据的客户", en="Older than the data")
NAME_LENGTH = 18
FULL = 0.99995
# Below this part of net sales a segment's profit each would be read as that of the whole.
WELL_COSTED = 0.95


@dataclass(frozen=True, kw_only=True)
class Costing:
    """How much of net sales has a cost, what that part earned, and what the rest brought in."""

    net: float
    earned: float
    uncosted: float

    @property
    def share(self) -> float:
        """The part of net sales whose cost is known, 0 to 1."""
        return min(max(1 - self.uncosted / self.net, 0.0), 1.0) if self.net > 0 else 0.0

    @property
    def is_known(self) -> bool:
        """Whether any of it has a cost."""
        return self.share > 0

    @property
    def is_whole(self) -> bool:
        """Whether (nearly) all of it has."""
        return self.share >= FULL

    def explain(self, currency: str) -> tuple[Text, ...]:
        """What must be said of profit: nothing where all costs are known."""
        if not self.is_known:
            return (NO_COST,)
        if self.is_whole:
            return ()
        return (
            PART_COST.fill(
                share=word_percent(self.share),
                earned=word_money(self.earned, currency),
                high=word_money(self.earned + self.uncosted, currency),
            ),
        )


def read_costing(rows: pd.DataFrame, suffix: str = "") -> Costing:
    """Costing of some sums of `spend_days`; `suffix` names the period."""
    return Costing(**{name: float(rows[f"{name}{suffix}"].fillna(0).sum()) for name in ("net", "earned", "uncosted")})


def value_costed(tables: Tables) -> ir.Table:
    """All order lines, valued and costed; without a table of costs every line is uncosted."""
    lines = value_lines(tables["order_lines"], tables.engagement.gmv_basis)
    return cost_lines(lines, tables["products"] if tables.has("products", "unit_cost") else None)


def has_categories(tables: Tables) -> bool:
    """Whether lines, or the item master, name categories."""
    return tables.has("order_lines", "category") or tables.has("products", "category")


def categorise(lines: ir.Table, tables: Tables) -> ir.Table:
    """Lines with the category of the item master where they have none of their own."""
    return fill_categories(lines, tables["products"]) if tables.has("products", "category") else lines


def share_days(tables: Tables) -> ir.Table:
    """Money by customer, channel and day, worked out once for all questions of the audit."""
    return tables.keep(spend_days(value_costed(tables)))


def share_customers(tables: Tables) -> ir.Table:
    """First purchase of every customer, worked out once for all questions of the audit."""
    since = find_newcomers_since(tables.engagement.horizon.history)
    lines = categorise(tables["order_lines"], tables) if has_categories(tables) else None
    return tables.keep(describe_customers(share_days(tables), since, lines))


def begins_blind(horizon: Horizon) -> bool:
    """Whether the comparison period opens the data, so that nobody can be seen to come back from before it."""
    return horizon.previous is not None and horizon.previous.start < find_newcomers_since(horizon.history)


def name_segment(kind: str, segment: str) -> Text:
    """What a segment is called."""
    if kind == ALL:
        return SEGMENT_WORDS[ALL]
    name = name_channel(segment) if kind in {CHANNEL, FIRST_CHANNEL} else name_verbatim(segment)
    if name.en == segment:
        name = name_verbatim(shorten(segment, NAME_LENGTH))
    return SEGMENT_WORDS[kind].fill(name=name)


def label_segments(rows: pd.DataFrame) -> pd.Series:
    """What the segment of each row (kind, segment) is called."""
    labels = [name_segment(kind, segment) for kind, segment in zip(rows.kind, rows.segment, strict=True)]
    return pd.Series(labels, index=rows.index, dtype=object)
