"""The trade's ecosystem side by side with what is in use, and whether the supply behind it is good and deep."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from diagnostics.charts.bars import draw_bars
from diagnostics.checks.check import Check, Example, Limit, Limits, Replies
from diagnostics.checks.resources import _ecosystem_words as say
from diagnostics.checks.resources._register import STAGES, Resource, read_resources
from diagnostics.checks.resources.matrix import DEFAULTS as KEY_LIMITS
from diagnostics.metrics.lines import value_lines, within
from diagnostics.metrics.supply import total_supply
from diagnostics.model.brief import Brief
from diagnostics.model.section import Asked, Exhibit, Field, NotComputable
from diagnostics.model.wording import NOTHING, Text, join_texts, name_verbatim, shorten, word_number, word_percent

if TYPE_CHECKING:
    from collections.abc import Mapping

    import ibis.expr.types as ir
    from matplotlib.figure import Figure

    from diagnostics.model.finding import Finding
    from diagnostics.model.tables import Tables
    from diagnostics.model.wording import Language

NAME = "resources.ecosystem"
LONGEST = 18
MOST_ROWS = 10
HALF = 0.5
Z = 1.96


@dataclass(frozen=True, kw_only=True)
class Ecosystem:
    """Resources of the sheet, what is wanted, partners on record, and items with their kept share."""

    resources: tuple[Resource, ...]
    keys: tuple[Resource, ...]
    wanted: tuple[str, ...]
    partners: tuple[str, ...]
    items: pd.DataFrame

    def on(self, side: str) -> tuple[Resource, ...]:
        """The resources of one side."""
        return tuple(one for one in self.resources if one.kind == side)

    @property
    def hidden(self) -> tuple[Resource, ...]:
        """Resources that are found or landed only."""
        return tuple(one for one in self.resources if one.stage in {"found", "landed"})

    @property
    def silent(self) -> tuple[str, ...]:
        """Sides on which neither resource nor partner is stated."""
        return tuple(side for side in say.SIDES if not self.on(side) and not (side == "partner" and self.partners))

    @property
    def there(self) -> int:
        """Sides with a real resource."""
        return sum(any(one.is_real for one in self.on(side)) for side in say.SIDES)


def query(tables: Tables) -> Mapping[str, ir.Table]:
    """Ask for items where orders name them."""
    if not tables.has("order_lines", "product_id"):
        return {}
    engagement = tables.engagement
    lines = value_lines(tables["order_lines"], engagement.gmv_basis)
    return {"items": total_supply(within(lines, engagement.horizon.current))}


def measure(replies: Replies) -> Ecosystem | NotComputable:
    """Read the register and mark the items of quality."""
    brief = replies.engagement.brief
    resources = read_resources(brief)
    if not resources:
        return NotComputable(reason=say.NO_RESOURCES)
    limits = DEFAULTS | dict(replies.engagement.limits.get(NAME, {}))
    criteria = KEY_LIMITS | dict(replies.engagement.limits.get("resources.matrix", {}))
    items = replies.frames.get("items", pd.DataFrame())
    return Ecosystem(
        resources=resources,
        keys=tuple(one for one in resources if one.is_key(criteria)),
        wanted=brief.choices("target_resources"),
        partners=tuple(str(row["partner"]) for row in brief.rows("partner_log") if row.get("partner")),
        items=mark_quality(items, limits["least"]),
    )


def mark_quality(items: pd.DataFrame, least: float) -> pd.DataFrame:
    """Items that sold, most GMV first, with `kept` (share after refunds), `share` of GMV and `is_good`.

    Of quality is what keeps no clearly smaller share than all do (by the noise of that many orders), over `least`
    orders and more.
    """
    if items.empty or items.gmv.sum() <= 0 or items.paid.sum() <= 0:
        return pd.DataFrame(columns=["product_id", "product", "orders", "gmv", "kept", "share", "is_good"])
    sold = items[items.paid > 0].sort_values(["gmv", "product_id"], ascending=[False, True], ignore_index=True)
    kept = 1 - sold.refunded / sold.paid
    overall = 1 - items.refunded.sum() / items.paid.sum()
    noise = Z * np.sqrt(max(overall * (1 - overall), 0.0) / sold.orders.clip(lower=1))
    return sold.assign(
        kept=kept, share=sold.gmv / items.gmv.sum(), is_good=(kept >= overall - noise) & (sold.orders >= least)
    )


def judge(_measured: Ecosystem, _limits: Limits) -> tuple[Finding, ...]:
    """Nothing: idle key resources are raised with the register."""
    return ()


def tell(measured: Ecosystem) -> Text:
    """What is in use, what is not, what is blank; and the supply."""
    silent = measured.silent
    said = (say.ANSWER if silent else say.ANSWER_FULL).fill(
        n=word_number(len(say.SIDES)),
        there=word_number(measured.there),
        hidden=word_number(len(measured.hidden)),
        silent=word_number(len(silent)),
        names=join_texts(say.SIDES[side][0] for side in silent[:3]),
    )
    items = measured.items
    if items.empty:
        return said
    return said + say.SUPPLY.fill(
        items=word_number(len(items)),
        good=word_number(int(items.is_good.sum())),
        share=word_percent(float(items.share[items.is_good].sum())),
        half=word_number(int((items.share.cumsum() < HALF).sum()) + 1),
        largest=word_percent(float(items.share.iloc[0])),
    )


def caveats(_measured: Ecosystem) -> tuple[Text, ...]:
    """What stock would add."""
    return (say.NO_STOCK,)


def tabulate(measured: Ecosystem) -> tuple[Exhibit, ...]:
    """The map of sides; key and hidden resources with the change around them; the supply."""
    shown = [_show_map(measured)]
    if measured.keys or measured.hidden:
        shown.append(_show_changes(measured))
    if len(measured.items):
        shown.append(_show_items(measured))
    return tuple(shown)


def _names(names: list[str]) -> Text:
    return join_texts(name_verbatim(shorten(name, LONGEST)) for name in names) if names else NOTHING


def _show_map(measured: Ecosystem) -> Exhibit:
    rows = []
    for side, (name, question) in say.SIDES.items():
        mine = measured.on(side)
        partners = list(measured.partners) if side == "partner" else []
        blank = side in measured.silent
        rows.append(
            {
                "side": name,
                "real": _names([one.name for one in mine if one.is_real] + partners),
                "hidden": _names([one.name for one in mine if one in measured.hidden]),
                "ask": question if blank else NOTHING,
            }
        )
    fields = (
        Field(name="side", label=Text(zh="生态方", en="Side")),
        Field(name="real", label=Text(zh="已落实", en="Real")),
        Field(name="hidden", label=Text(zh="没用起来", en="Not in use")),
        Field(name="ask", label=Text(zh="空白处要问的", en="What to ask where it is blank")),
    )
    title = Text(zh="行业生态图", en="Map of the ecosystem")
    note = Text(zh="想要的资源：{names}", en="Wanted: {names}").fill(names=_names(list(measured.wanted)))
    frame = pd.DataFrame(rows, dtype=object)
    return Exhibit(name="map", title=title, fields=fields, frame=frame, note=note if measured.wanted else None)


def _show_changes(measured: Ecosystem) -> Exhibit:
    listed = [*measured.keys, *(one for one in measured.hidden if one not in measured.keys)][:MOST_ROWS]
    rows = []
    for one in listed:
        owner = name_verbatim(shorten(one.owner, LONGEST)) if one.owner else say.NOBODY
        change = say.CHANGE_SERVING if one.stage in {"levered", "serving"} else say.CHANGE_LANDED
        rows.append(
            {
                "name": name_verbatim(shorten(one.name, LONGEST)),
                "key": Text(zh="●", en="●") if one in measured.keys else NOTHING,
                "stage": STAGES[one.stage],
                "owner": owner,
                "change": change.fill(owner=owner) if one.owner else say.CHANGE_OWNER,
            }
        )
    fields = (
        Field(name="name", label=Text(zh="资源", en="Resource")),
        Field(name="key", label=Text(zh="关键", en="Key")),
        Field(name="stage", label=Text(zh="进展", en="Stage")),
        Field(name="owner", label=Text(zh="负责岗位", en="Owner")),
        Field(name="change", label=Text(zh="组织上的变通", en="Change in the organisation")),
    )
    title = Text(zh="围绕关键与隐藏资源的组织变通", en="Changes around key and hidden resources")
    return Exhibit(name="changes", title=title, fields=fields, frame=pd.DataFrame(rows, dtype=object))


def _show_items(measured: Ecosystem) -> Exhibit:
    frame = measured.items.head(MOST_ROWS)
    words = [
        name_verbatim(shorten(str(name if name is not None and name == name else code)))  # noqa: PLR0124 - NaN is unlike itself
        for code, name in zip(frame.product_id, frame["product"], strict=True)
    ]
    good = [Text(zh="●", en="●") if one else NOTHING for one in frame.is_good]
    frame = frame.assign(name=pd.Series(words, dtype=object), good=pd.Series(good, dtype=object))
    fields = (
        Field(name="name", label=Text(zh="商品", en="Item")),
        Field(name="orders", label=Text(zh="订单", en="Orders"), unit="count"),
        Field(name="gmv", label=Text(zh="GMV", en="GMV"), unit="money"),
        Field(name="share", label=Text(zh="占比", en="Share"), unit="share"),
        Field(name="kept", label=Text(zh="退款后留存", en="Kept after refunds"), unit="share"),
        Field(name="good", label=Text(zh="优质", en="Of quality")),
    )
    title = Text(zh="供给质量：卖得最多的商品", en="Quality of supply: the items sold most")
    return Exhibit(name="items", title=title, fields=fields, frame=frame)


def draw(measured: Ecosystem, language: Language) -> Figure:
    """Resources by side; blank sides stand out."""
    counts = [len(measured.on(side)) + (len(measured.partners) if side == "partner" else 0) for side in say.SIDES]
    return draw_bars(
        [name.word(language) for name, _ in say.SIDES.values()],
        [float(count) for count in counts],
        [word_number(count).word(language) for count in counts],
        axis_label=Text(zh="写明的资源项数", en="Resources stated").word(language),
    )


LIMITS = (
    Limit(
        name="least",
        value=30,
        reason=Text(zh="少于 30 单的退款率不判断", en="refunds of fewer than 30 orders are not judged"),
    ),
)
DEFAULTS = {limit.name: limit.value for limit in LIMITS}
# The factory is not landed, the guides are real: 1 of 9 sides is real, 1 resource hidden, 7 sides blank. p1 keeps all
# of 40 x 100, p2 half of 40 x 100 (refunds 50 each): GMV 4,000 + 2,000, overall kept 75%, so p1 alone is of quality.
CHECK = Check(
    question=say.QUESTION,
    definition=say.DEFINITION.fill(n=word_number(len(say.SIDES)), least=word_number(LIMITS[0].value)),
    answers=("004-11", "004-18", "004-47"),
    finds=(),
    needs=(),
    asks=(Asked(key="resources", label=Text(zh="已有资源", en="Existing resources")),),
    limits=LIMITS,
    query=query,
    measure=measure,
    judge=judge,
    tell=tell,
    tabulate=tabulate,
    draw=draw,
    caveats=caveats,
    example=Example(
        tables={
            "order_lines": "\n".join(
                [
                    "customer ordered_at paid_amount refund_amount product_id",
                    "z 2024-01-02 1 0 p0",
                    *(
                        f"c{i} 2024-02-{1 + i % 28:02d} 100 {refund} {item}"
                        for item, refund in (("p1", 0), ("p2", 50))
                        for i in range(40)
                    ),
                ]
            )
        },
        says="9 方生态里 1 方有已落实的资源，1 项资源还没用起来，7 方一项也没写（渠道：门店与经销商、同客群的异业、"
        "品牌与口碑）。在售 2 个商品，1 个优质商品撑起 66.7% 的 GMV；1 个商品做出一半，最大的一个占 66.7%。",
        brief=Brief(
            answers={
                "resources": (
                    {"resource": "自有工厂", "type": "supply", "status": "virtual"},
                    {"resource": "门店导购", "type": "people", "owner": "门店", "status": "real"},
                ),
            }
        ),
    ),
    place=20,
)
