"""What customers buy on their second day after a product on their first, beyond chance."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from diagnostics.charts.ranges import draw_points
from diagnostics.checks.check import Check, Example, Limits, Replies
from diagnostics.metrics.days import follow_purchases
from diagnostics.metrics.lines import value_lines, within
from diagnostics.metrics.next_items import count_next, list_turns
from diagnostics.metrics.products import keep_itemised, list_itemised, name_products
from diagnostics.model.section import Exhibit, Field, Need, NotComputable
from diagnostics.model.wording import Text, name_verbatim, shorten, word_number, word_percent
from diagnostics.statistics.next_items import bound_next

if TYPE_CHECKING:
    from collections.abc import Mapping

    import ibis.expr.types as ir
    import pandas as pd
    from matplotlib.figure import Figure

    from diagnostics.model.finding import Finding
    from diagnostics.model.tables import Tables
    from diagnostics.model.wording import Language

QUESTION = Text(zh="买了这个之后，下一次最该推什么？", en="After this product, what should be offered next?")
DEFINITION = Text(
    zh="看客户第一次与第二次购买日各买了什么（首购观察不到的老客，以数据里的前两次计）。提升度 = 先买 A 的客户里第二次"
    "买 B 的人数 ÷ 同渠道、同季度、同样大小的第二单里两者无关时应有的人数；大于 1 说明承接多于偶然，不等于推了就会买。"
    "两侧各取客户最多的 20 个商品，应有 3 人以上才检验；区间为 Garwood 95% 区间，所有检验过的组合一起按 "
    "Benjamini–Hochberg 控制误报（列出的组合里误报不超过 5%）。“同款”指第二次又买同一商品。",
    en="What customers bought on their first and on their second purchase day (for customers older than the data, "
    "the first two that are seen). Lift = customers who bought A first and B next over those expected if the two "
    "had nothing to do with each other within channel, quarter and size of the second order; above 1 one follows the "
    "other more often than by chance, which is no promise that an offer sells. The 20 products with most customers on "
    "each side; tested where 3 and more are expected. Garwood's 95% interval; all pairs tested are held together to a "
    "false discovery rate of 5% (Benjamini–Hochberg). “The same again” is buying the same product.",
)
TOO_FEW = Text(
    zh="第一次与第二次购买都能看到商品的客户太少，没有一个组合可以检验",
    en="too few customers have a first and a second day that name products: no pair can be tested",
)
ANSWER = Text(
    zh="检验了 {tested} 个组合（{n} 位客户），{found} 个的承接超出偶然。",
    en="Of {tested} pairs tested ({n} customers) {found} follow each other more often than by chance.",
)
NONE_FOUND = Text(
    zh="检验了 {tested} 个组合（{n} 位客户），没有一个的承接超出偶然：下一次推什么，数据里没有依据。",
    en="Of {tested} pairs tested ({n} customers) none follow each other more often than by chance: the data name no "
    "next item to push.",
)
BEST = Text(
    zh="最强的是先「{one}」后「{other}」：{share} 的人这样买，提升度 {lift}（{low} 至 {high}）。",
    en="Strongest: “{one}”, then “{other}”: {share} do so, lift {lift} ({low} to {high}).",
)
SAME = Text(
    zh="先买「{one}」的人里 {share} 第二次又买同款（提升度 {lift}）。",
    en="Of those who bought “{one}” first {share} buy the same again (lift {lift}).",
)
AXIS = Text(zh="提升度（1 为偶然；线段为 95% 区间）", en="Lift (1 is chance; line: 95% interval)")
ARROW = " → "
MOST_ROWS = 12
FALSE_SHARE = 0.05


@dataclass(frozen=True, kw_only=True)
class NextItems:
    """Pairs with their lifts, those of two products and those of the same again, and how many were tested."""

    pairs: pd.DataFrame
    tested: int
    customers: int

    @property
    def clear(self) -> pd.DataFrame:
        """Pairs of different products that surely lead from one to the other."""
        mine = self.pairs[(self.pairs.q <= FALSE_SHARE) & (self.pairs.sku != self.pairs.other)]
        return mine.sort_values("low", ascending=False, ignore_index=True)

    @property
    def same(self) -> pd.DataFrame:
        """The same product again, most customers first."""
        mine = self.pairs[self.pairs.sku == self.pairs.other]
        return mine.sort_values("customers", ascending=False, ignore_index=True)


def query(tables: Tables) -> Mapping[str, ir.Table]:
    """Ask for the pairs of first and next products with their names."""
    horizon = tables.engagement.horizon
    lines = within(value_lines(tables["order_lines"], tables.engagement.gmv_basis), horizon.history)
    kept = keep_itemised(lines, tables.share(list_itemised(lines)))
    names = tables.share(name_products(lines)).select("sku", "name")
    pairs = count_next(tables.share(list_turns(kept, tables.keep(follow_purchases(lines)))))
    named = pairs.left_join(names, "sku").drop("sku_right")
    return {"pairs": named.left_join(names.select(other="sku", other_name="name"), "other").drop("other_right")}


def measure(replies: Replies) -> NextItems | NotComputable:
    """Bound the lifts and hold false discoveries down."""
    pairs = bound_next(replies["pairs"])
    if pairs.empty:
        return NotComputable(reason=TOO_FEW)
    return NextItems(pairs=pairs, tested=len(pairs), customers=int(pairs.everybody.iloc[0]))


def judge(_measured: NextItems, _limits: Limits) -> tuple[Finding, ...]:
    """What follows what is an opening, not a trouble: nothing is raised."""
    return ()


def tell(measured: NextItems) -> Text:
    """How many pairs are sure, the strongest, and how often the main product is bought again."""
    clear, same = measured.clear, measured.same
    said = (ANSWER if len(clear) else NONE_FOUND).fill(
        tested=word_number(measured.tested), n=word_number(measured.customers), found=word_number(len(clear))
    )
    if len(clear):
        row = clear.to_dict("records")[0]
        said += BEST.fill(
            one=_name(row["name"]),
            other=_name(row["other_name"]),
            share=word_percent(row["share"]),
            lift=word_number(row["lift"], 1),
            low=word_number(row["low"], 1),
            high=word_number(row["high"], 1),
        )
    if len(same):
        row = same.to_dict("records")[0]
        said += SAME.fill(one=_name(row["name"]), share=word_percent(row["share"]), lift=word_number(row["lift"], 2))
    return said


def tabulate(measured: NextItems) -> tuple[Exhibit, ...]:
    """Sure pairs, and the same again."""
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
        ("pairs", Text(zh="承接关系最确定的组合", en="Pairs that surely lead on"), measured.clear),
        ("same", Text(zh="第二次又买同款", en="The same again"), measured.same),
    )
    return tuple(
        Exhibit(name=name, title=title, fields=fields, frame=frame.head(MOST_ROWS))
        for name, title, frame in shown
        if len(frame) or name == "pairs"
    )


def draw(measured: NextItems, language: Language) -> Figure:
    """The surest pairs with their lifts; without any, the pairs that come closest."""
    clear = measured.clear
    other = measured.pairs[measured.pairs.sku != measured.pairs.other]
    shown = (clear if len(clear) else other if len(other) else measured.pairs).head(MOST_ROWS)
    return draw_points(
        [f"{shorten(one, 14)}{ARROW}{shorten(two, 14)}" for one, two in zip(shown.name, shown.other_name, strict=True)],
        shown.lift.tolist(),
        low=shown.low.tolist(),
        high=shown.high.tolist(),
        words=[
            f"{word_percent(share).en}  n={word_number(n).en}"
            for share, n in zip(shown.share.tolist(), shown.customers.tolist(), strict=True)
        ],
        axis_label=AXIS.word(language),
        reference=1.0,
    )


def _name(name: object) -> Text:
    return name_verbatim(shorten(str(name), 24))


# 40 customers buy tea first and 40 cups first; on their next day all of the tea's buy pots, the cups' buy jars:
# 20 would be expected of 40, so the lift is 2.
EXAMPLE_LINES = "\n".join(
    [
        "customer product_id product ordered_at paid_amount",
        *(f"t{i:03} T tea 2024-01-02 10" for i in range(40)),
        *(f"c{i:03} C cup 2024-01-02 10" for i in range(40)),
        *(f"t{i:03} P pot 2024-02-28 10" for i in range(40)),
        *(f"c{i:03} J jar 2024-02-28 10" for i in range(40)),
    ]
)

CHECK = Check(
    question=QUESTION,
    definition=DEFINITION,
    answers=("004-06", "001-33"),
    finds=(),
    needs=(Need(table="order_lines", columns=("customer", "product")),),
    limits=(),
    query=query,
    measure=measure,
    judge=judge,
    tell=tell,
    tabulate=tabulate,
    draw=draw,
    example=Example(tables={"order_lines": EXAMPLE_LINES}, says="100.0% do so, lift 2.0"),
    place=45,
)
