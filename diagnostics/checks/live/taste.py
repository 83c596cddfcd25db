"""Which products people of which tag buy in live sessions, so that goods are picked for the audience."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from diagnostics.charts.axes import scale_share
from diagnostics.charts.bars import draw_bars
from diagnostics.checks.check import Check, Example, Limits, Replies
from diagnostics.metrics.live_taste import list_tastes
from diagnostics.metrics.tags import list_tagged
from diagnostics.model.section import Exhibit, Field, Need, NotComputable
from diagnostics.model.wording import (
    Text,
    join_texts,
    name_verbatim,
    shorten,
    word_number,
    word_percent,
)
from diagnostics.statistics.tastes import LEAST_PEOPLE, Taste, find_tastes

if TYPE_CHECKING:
    from collections.abc import Mapping

    import ibis.expr.types as ir
    from matplotlib.figure import Figure

    from diagnostics.model.finding import Finding
    from diagnostics.model.tables import Tables
    from diagnostics.model.wording import Language

QUESTION = Text(
    zh="直播间里，带不同标签的客户各爱买什么，该给谁选什么品？",
    en="In live sessions, what do people of each tag buy, and which goods suit whom?",
)
DEFINITION = Text(
    zh="只看本期在直播间买过、又带标签的客户。提升 = 带该标签的人里买这件商品的比例 ÷ 不带该标签的人里的比例；"
    "差额的区间对全部标签与商品的组合同时成立（Newcombe，Bonferroni），区间不含 0 才算偏好。双方各不少于 {least} 人。"
    "一人买多次算一次。标签由人打，偏好可能正是打标签的原因，因此用来选品，不用来解释。",
    en="Only customers who bought in a live session of the period and carry a tag. Lift = the share of a tag's "
    "carriers who bought the product over the share among the others; intervals of the difference hold for all pairs "
    "at once (Newcombe, Bonferroni), and a taste is one that does not hold 0. At least {least} people on both sides; "
    "who buys often counts once. People set tags, and the taste may be why: it serves to pick goods, not to explain.",
)
TOO_FEW = Text(
    zh="本期直播买家里，没有一个标签两边各有 {least} 人", en="no tag has {least} live buyers with and without it"
)
UNLOCK = Text(
    zh="带客户编号的直播订单明细，与带标签的企微客户列表",
    en="live orders with a customer id, and the WeCom contact list with tags",
)
ANSWER = Text(zh="看了 {n} 个标签与商品的组合，", en="Of {n} pairs of tag and product, ")
CLEAR = Text(zh="{count} 个有明确偏好，最明显的是{names}。", en="{count} show a clear taste, clearest of all {names}.")
NONE = Text(zh="没有一个分得出偏好，选品不必按标签区分。", en="none shows a taste: goods need not differ by tag.")
PAIR = Text(zh="“{tag}”买{product}（{share}，其他人 {other}）", en="“{tag}” buying {product} ({share}, others {other})")
AXIS = Text(zh="带标签的人里买的比例（后为其他人）", en="Share of carriers who bought (then of the others)")
BESIDE = Text(zh="{share}，其他人 {other}", en="{share}, others {other}")
MOST_ROWS, MOST_NAMED, LONGEST = 15, 2, 10


@dataclass(frozen=True, kw_only=True)
class Tastes:
    """All pairs that could be judged, the clearest taste first."""

    pairs: tuple[Taste, ...]

    @property
    def clear(self) -> tuple[Taste, ...]:
        """Pairs bought clearly more often."""
        return tuple(pair for pair in self.pairs if pair.low > 0)


def query(tables: Tables) -> Mapping[str, ir.Table]:
    """Ask who of which tags bought what in live sessions."""
    parts = [tables[name] for name in ("contacts", "customers") if tables.has(name, "customer", "tags")]
    if not parts:
        return {}
    return {"tastes": list_tastes(tables["live_orders"], list_tagged(parts), tables.engagement.horizon.current)}


def measure(replies: Replies) -> Tastes | NotComputable:
    """Compare carriers with the others, product by product."""
    rows = replies["tastes"] if "tastes" in replies else pd.DataFrame({"tags": [], "product": [], "people": []})
    pairs = find_tastes(
        (str(row["tags"]), None if pd.isna(row["product"]) else str(row["product"]), int(row["people"]))
        for row in rows.to_dict("records")
    )
    if not pairs:
        return NotComputable(reason=TOO_FEW.fill(least=word_number(LEAST_PEOPLE)), unlocked_by=UNLOCK)
    return Tastes(pairs=pairs)


def judge(_measured: Tastes, _limits: Limits) -> tuple[Finding, ...]:
    """Nothing: a taste is a chance, no trouble."""
    return ()


def tell(measured: Tastes) -> Text:
    """How many pairs show a taste, and the clearest."""
    said = ANSWER.fill(n=word_number(len(measured.pairs)))
    if not measured.clear:
        return said + NONE
    names = join_texts(
        PAIR.fill(
            tag=_name(pair.tag),
            product=_name(pair.product),
            share=word_percent(pair.share),
            other=word_percent(pair.other),
        )
        for pair in measured.clear[:MOST_NAMED]
    )
    return said + CLEAR.fill(count=word_number(len(measured.clear)), names=names)


def _name(said: str) -> Text:
    return name_verbatim(shorten(said, LONGEST))


def tabulate(measured: Tastes) -> tuple[Exhibit, ...]:
    """Pairs with their lift, the clearest first."""
    rows = [
        {
            "tag": name_verbatim(pair.tag),
            "product": name_verbatim(shorten(pair.product, 20)),
            "carriers": pair.carriers,
            "share": pair.share,
            "other": pair.other,
            "lift": pair.lift,
            "low": pair.low,
            "high": pair.high,
        }
        for pair in measured.pairs[:MOST_ROWS]
    ]
    fields = (
        Field(name="tag", label=Text(zh="标签", en="Tag")),
        Field(name="product", label=Text(zh="商品", en="Product")),
        Field(name="carriers", label=Text(zh="带标签的直播买家", en="Carriers who bought live"), unit="count"),
        Field(name="share", label=Text(zh="其中买它的", en="Of these bought it"), unit="share"),
        Field(name="other", label=Text(zh="其他人", en="Others"), unit="share"),
        Field(name="lift", label=Text(zh="提升", en="Lift"), unit="number", digits=2),
        Field(name="low", label=Text(zh="差额下限", en="Difference, low"), unit="share"),
        Field(name="high", label=Text(zh="差额上限", en="Difference, high"), unit="share"),
    )
    title = Text(zh="标签 × 商品", en="Tags by products")
    return (Exhibit(name="tastes", title=title, fields=fields, frame=pd.DataFrame(rows)),)


def draw(measured: Tastes, language: Language) -> Figure:
    """The clearest pairs; those that are more than chance stand out."""
    shown = measured.pairs[:10]
    figure = draw_bars(
        [f"{shorten(pair.tag, LONGEST)} · {shorten(pair.product, LONGEST)}" for pair in shown],
        [pair.share for pair in shown],
        [BESIDE.fill(share=word_percent(pair.share), other=word_percent(pair.other)).word(language) for pair in shown],
        axis_label=AXIS.word(language),
        marked=[place for place, pair in enumerate(shown) if pair.low > 0],
    )
    scale_share(figure.axes[0].xaxis)
    figure.axes[0].margins(x=0.3)
    return figure


# Of 40 buyers tagged 干皮 30 bought cream, of 40 tagged 油皮 10 did; all others bought cleanser.
CREAM = {"干皮": 30, "油皮": 10}
EXAMPLE_BUYERS = [
    (f"{tag[0]}{i}", tag, "面霜" if i < cream else "洁面") for tag, cream in CREAM.items() for i in range(40)
]

CHECK = Check(
    question=QUESTION,
    definition=DEFINITION.fill(least=word_number(LEAST_PEOPLE)),
    answers=("000-53",),
    finds=(),
    needs=(Need(table="live_orders", columns=("customer",)),),
    limits=(),
    query=query,
    measure=measure,
    judge=judge,
    tell=tell,
    tabulate=tabulate,
    draw=draw,
    example=Example(
        tables={
            "order_lines": "ordered_at paid_amount\n2024-01-01 10\n2024-02-29 10",
            "live_orders": "\n".join(
                [
                    "session channel order_id customer product paid_at",
                    *(
                        f"s1 taobao x{i} {who} {product} 2024-02-10"
                        for i, (who, _, product) in enumerate(EXAMPLE_BUYERS)
                    ),
                ]
            ),
            "contacts": "\n".join(
                ["contact customer tags", *(f"k{who} {who} {tag}" for who, tag, _ in EXAMPLE_BUYERS)]
            ),
        },
        says="“干皮”买面霜（75.0%，其他人 25.0%）",
    ),
    place=60,
)
