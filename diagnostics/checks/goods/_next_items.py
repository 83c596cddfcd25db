"""What customers buy on their second day after a product on their first, beyond chance."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from diagnostics.checks.goods import _attach_words as words
from diagnostics.metrics.days import follow_purchases
from diagnostics.metrics.lines import within
from diagnostics.metrics.next_items import count_next, list_turns
from diagnostics.metrics.products import keep_itemised, list_itemised, name_products
from diagnostics.model.section import Exhibit, Field
from diagnostics.model.wording import NOTHING, Text, name_verbatim, shorten, word_number, word_percent
from diagnostics.statistics.next_items import bound_next

if TYPE_CHECKING:
    import ibis.expr.types as ir
    import pandas as pd

    from diagnostics.checks.check import Replies
    from diagnostics.model.tables import Tables

NEXT = "next_pairs"
MOST_ROWS = 12
FALSE_SHARE = 0.05


@dataclass(frozen=True, kw_only=True)
class NextItems:
    """Pairs in turn with their lifts, how many were tested, and of how many customers."""

    pairs: pd.DataFrame
    tested: int
    customers: int

    @property
    def clear(self) -> pd.DataFrame:
        """Pairs of different products that surely lead from one to the other."""
        mine = self.pairs[(self.pairs.q <= FALSE_SHARE) & (self.pairs.sku != self.pairs.other)]
        return mine.sort_values("low", ascending=False, ignore_index=True, kind="stable")

    @property
    def same(self) -> pd.DataFrame:
        """The same product again, most customers first."""
        mine = self.pairs[self.pairs.sku == self.pairs.other]
        return mine.sort_values("customers", ascending=False, ignore_index=True, kind="stable")


def ask_next(tables: Tables, lines: ir.Table) -> dict[str, ir.Table]:
    """The query `next_pairs`: first and next products with their names; none where orders name no customer.

    `lines` come from `value_lines`.
    """
    if not tables.has("order_lines", "customer"):
        return {}
    lines = within(lines, tables.engagement.horizon.history)
    kept = keep_itemised(lines, tables.share(list_itemised(lines)))
    names = tables.share(name_products(lines)).select("sku", "name")
    pairs = count_next(tables.share(list_turns(kept, tables.keep(follow_purchases(lines)))))
    named = pairs.left_join(names, "sku").drop("sku_right")
    return {NEXT: named.left_join(names.select(other="sku", other_name="name"), "other").drop("other_right")}


def read_next(replies: Replies) -> NextItems | None:
    """Bound the lifts and hold false discoveries down; `None` where no pair could be tested."""
    if NEXT not in replies:
        return None
    pairs = bound_next(replies[NEXT])
    if pairs.empty:
        return None
    return NextItems(pairs=pairs, tested=len(pairs), customers=int(pairs.everybody.iloc[0]))


def tell_next(measured: NextItems) -> Text:
    """How many pairs are sure, the surest, and how often the main product is bought again, as one sentence."""
    clear, parts = measured.clear, {"tested": word_number(measured.tested), "n": word_number(measured.customers)}
    same = _tell_same(measured.same)
    if clear.empty:
        return words.NONE_NEXT.fill(**parts, same=same)
    row = clear.to_dict("records")[0]
    return words.NEXT.fill(
        **parts,
        found=word_number(len(clear)),
        one=_name(row["name"]),
        other=_name(row["other_name"]),
        share=word_percent(row["share"]),
        lift=word_number(row["lift"], 1),
        low=word_number(row["low"], 1),
        high=word_number(row["high"], 1),
        same=same,
    )


def _tell_same(same: pd.DataFrame) -> Text:
    if same.empty:
        return NOTHING
    row = same.to_dict("records")[0]
    return words.SAME.fill(one=_name(row["name"]), share=word_percent(row["share"]), lift=word_number(row["lift"], 2))


def _name(name: object) -> Text:
    return name_verbatim(shorten(str(name), 24))


def tabulate_next(measured: NextItems) -> tuple[Exhibit, ...]:
    """Sure pairs (there even if none is), and the same again."""
    fields = (
        Field(name="name", label=Text(zh="第一次", en="First")),
        Field(name="other_name", label=Text(zh="第二次", en="Next")),
        Field(name="customers", label=Text(zh="先买的客户", en="Bought the first"), unit="count"),
        Field(name="together", label=Text(zh="其中再买的", en="Then the next"), unit="count"),
        Field(name="expected", label=Text(zh="应有人数", en="Expected"), unit="number", digits=1),
        Field(name="share", label=Text(zh="比例", en="Share"), unit="share"),
        Field(name="lift", label=Text(zh="提升度", en="Lift"), unit="number", digits=2),
        Field(name="low", label=Text(zh="95% 下限", en="95% low"), unit="number", digits=2),
        Field(name="high", label=Text(zh="95% 上限", en="95% high"), unit="number", digits=2),
        Field(name="q", label=Text(zh="误报率 q", en="False discovery q"), unit="number", digits=3),
    )
    shown = (
        (NEXT, Text(zh="承接关系最确定的组合", en="Pairs that surely lead on"), measured.clear),
        ("same", Text(zh="第二次又买同款", en="The same again"), measured.same),
    )
    return tuple(
        Exhibit(name=name, title=title, fields=fields, frame=frame.head(MOST_ROWS))
        for name, title, frame in shown
        if len(frame) or name == NEXT
    )
