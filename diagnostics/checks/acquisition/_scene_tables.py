"""The tables of the question on scenes of adding."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import pandas as pd

from diagnostics.checks.acquisition import _scene_words as words
from diagnostics.checks.acquisition._scenes import MEDIA, OTHER, PLACES, SCENES
from diagnostics.model.section import Exhibit, Field
from diagnostics.model.wording import NOTHING, Text

if TYPE_CHECKING:
    from diagnostics.checks.acquisition._scene_costs import Cost

MOST_PARTS = 15
# A mean of fewer people is theirs, not the scene's.
LEAST_PEOPLE = 30
ALL_SCENES = (*SCENES, OTHER)


def tabulate_scenes(
    table: pd.DataFrame,
    costs: Sequence[Cost],
    spread: Mapping[str, int],
    *,
    margin: float | None,
    tells_lost: bool,
) -> tuple[Exhibit, ...]:
    """Scenes one by one, in two by two, what a contact costs, and what spreads."""
    valued = table.assign(each=(table.gmv / table.people).where(table.people >= LEAST_PEOPLE))
    return (
        _show_scenes(valued, {cost.scene for cost in costs}, tells_lost=tells_lost),
        _show_matrix(valued, costs),
        _show_costs(valued, costs, margin),
        _show_spread(table, spread),
    )


def _show_scenes(table: pd.DataFrame, stated: set[str], *, tells_lost: bool) -> Exhibit:
    rows = []
    for scene in ALL_SCENES:
        row = table[table.scene == scene.id].iloc[0]
        is_other = scene is OTHER
        if is_other and not row.adds:
            continue
        status = words.IN_USE if row.adds else words.STATED if scene.id in stated else words.UNUSED
        rows.append(
            {
                "scene": scene.name,
                "place": NOTHING if is_other else PLACES[scene.place],
                "medium": NOTHING if is_other else MEDIA[scene.medium],
                "orders": row.orders,
                "scans": row.scans,
                "adds": row.adds,
                "rate": 100 * row.adds / row.orders if row.orders else None,
                "passed": row.scanned_adds / row.scans if row.scans else None,
                "left": row.left / row.followed if tells_lost and row.followed >= LEAST_PEOPLE else None,
                "missing": row.buyers - row.reached,
                "each": row.each,
                "status": NOTHING if is_other else status,
            }
        )
    fields = (
        Field(name="scene", label=Text(zh="场景", en="Scene")),
        Field(name="place", label=Text(zh="店内外", en="Place")),
        Field(name="medium", label=Text(zh="线上下", en="Medium")),
        Field(name="orders", label=Text(zh="经过的订单", en="Orders passing"), unit="count"),
        Field(name="scans", label=Text(zh="扫码次数", en="Scans"), unit="count"),
        Field(name="adds", label=Text(zh="新增好友", en="Contacts added"), unit="count"),
        Field(name="rate", label=Text(zh="每百单加粉", en="Adds per 100 orders"), unit="number", digits=1),
        Field(name="passed", label=Text(zh="扫码后加上", en="Added after a scan"), unit="share"),
        Field(name="left", label=Text(zh="7 天内流失", en="Left within 7 days"), unit="share"),
        Field(name="missing", label=Text(zh="还不是好友的买家", en="Buyers not yet contacts"), unit="count"),
        Field(name="each", label=Text(zh="加入后 90 天人均消费", en="Spend in 90 days after"), unit="price"),
        Field(name="status", label=Text(zh="使用情况", en="Use")),
    )
    title = Text(zh="各场景：经过、扫码、加上、留下", en="Scenes: passing, scanned, added, kept")
    return Exhibit(name="scenes", title=title, fields=fields, frame=pd.DataFrame(rows, dtype=object))


def _show_matrix(table: pd.DataFrame, costs: Sequence[Cost]) -> Exhibit:
    rows = []
    adds = dict(zip(table.scene, table.adds, strict=True))
    whole = sum(adds.values())
    for place, place_name in PLACES.items():
        for medium, medium_name in MEDIA.items():
            mine = {scene.id for scene in SCENES if (scene.place, scene.medium) == (place, medium)}
            paid = [cost for cost in costs if cost.scene in mine and cost.source is words.SHEET_POOL and cost.adds]
            brought = sum(cost.adds or 0.0 for cost in paid)
            count = sum(adds[scene] for scene in mine)
            rows.append(
                {
                    "place": place_name,
                    "medium": medium_name,
                    "scenes": sum(adds[scene] > 0 for scene in mine),
                    "adds": count,
                    "share": count / whole,
                    "cost": sum(cost.cost for cost in paid) or None,
                    "each": sum(cost.cost for cost in paid) / brought if brought else None,
                }
            )
    fields = (
        Field(name="place", label=Text(zh="店内外", en="Place")),
        Field(name="medium", label=Text(zh="线上下", en="Medium")),
        Field(name="scenes", label=Text(zh="在用场景", en="Scenes in use"), unit="count"),
        Field(name="adds", label=Text(zh="新增好友", en="Contacts added"), unit="count"),
        Field(name="share", label=Text(zh="占比", en="Share"), unit="share"),
        Field(name="cost", label=Text(zh="年费用（客户填）", en="Cost a year, as stated"), unit="money"),
        Field(name="each", label=Text(zh="单个好友成本", en="Cost per contact"), unit="price"),
    )
    title = Text(zh="店内外 × 线上下", en="In or outside the store, offline or online")
    return Exhibit(name="matrix", title=title, fields=fields, frame=pd.DataFrame(rows))


def _show_costs(table: pd.DataFrame, costs: Sequence[Cost], margin: float | None) -> Exhibit:
    worth = dict(zip(table.scene, table.each, strict=True))
    rows: list[dict[str, object]] = []
    for cost in costs[:MOST_PARTS]:
        value = worth.get(cost.scene)
        is_known = margin is not None and cost.each and value is not None and value == value  # noqa: PLR0124 - NaN
        rows.append(
            {
                "name": cost.name,
                "cost": cost.cost,
                "adds": cost.adds,
                "each": cost.each,
                "value": value,
                "back": float(value) * margin / cost.each if is_known and margin and value and cost.each else None,
                "source": cost.source,
            }
        )
    if not any(cost.scene == "partner" for cost in costs):
        rows.append({"name": words.NO_PARTNER, "source": words.SHEET_PARTNER})
    fields = (
        Field(name="name", label=Text(zh="钩子或投入", en="Hook or spend")),
        Field(name="cost", label=Text(zh="费用", en="Cost"), unit="money"),
        Field(name="adds", label=Text(zh="带来人数", en="People brought"), unit="count"),
        Field(name="each", label=Text(zh="单个好友成本", en="Cost per contact"), unit="price"),
        Field(name="value", label=Text(zh="加入后 90 天人均消费", en="Spend in 90 days after"), unit="price"),
        Field(name="back", label=Text(zh="90 天毛利 ÷ 成本", en="Earned back in 90 days"), unit="number", digits=1),
        Field(name="source", label=Text(zh="来自", en="From")),
    )
    title = Text(zh="一个好友要花多少，挣回多少", en="What a contact costs and earns back")
    frame = pd.DataFrame(rows, columns=[field.name for field in fields], dtype=object)
    return Exhibit(name="costs", title=title, fields=fields, frame=frame, note=words.NOTE_COSTS)


def _show_spread(table: pd.DataFrame, spread: Mapping[str, int]) -> Exhibit:
    adds = dict(zip(table.scene, table.adds, strict=True))
    whole = sum(adds.values())
    counts = [(words.WAYS[way], count) for way, count in spread.items()]
    counts.append((words.MINI_PROGRAM, int(adds["own_shop"])))
    counts.append((next(scene.name for scene in SCENES if scene.id == "referral"), int(adds["referral"])))
    rows = [{"way": name, "adds": count, "share": count / whole} for name, count in counts]
    fields = (
        Field(name="way", label=Text(zh="传播渠道", en="Spread by")),
        Field(name="adds", label=Text(zh="新增好友", en="Contacts added"), unit="count"),
        Field(name="share", label=Text(zh="占全部新增", en="Of all adds"), unit="share"),
    )
    title = Text(zh="分享带来的好友", en="Contacts brought by sharing")
    return Exhibit(name="spread", title=title, fields=fields, frame=pd.DataFrame(rows), note=words.NOTE_SPREAD)
