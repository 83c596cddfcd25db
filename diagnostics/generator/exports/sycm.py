"""Sycm's traffic sources by month, as the old XLS with notes above the header; and the mini-program's visits."""

from __future__ import annotations

from datetime import timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from diagnostics.generator.cells import UTF8, Cells, Content, fill, write_csv
from diagnostics.generator.draws import open_stream
from diagnostics.generator.layouts import read_columns
from diagnostics.generator.season import DAYS, list_days, start_months
from diagnostics.generator.sheets import write_xls

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date

    from diagnostics.generator.world import World

# Share of each first-level source, and of its children within it; the children's visitors overlap.
SOURCES: dict[str, tuple[float, dict[str, float]]] = {
    "淘内免费": (0.46, {"手淘搜索": 0.52, "手淘推荐": 0.33, "手淘淘金币": 0.15}),
    "付费流量": (0.31, {"直通车": 0.55, "万相台": 0.45}),
    "自主访问": (0.18, {"购物车": 0.5, "我的淘宝": 0.3, "直接访问": 0.2}),
    "淘外流量": (0.05, {"淘外APP": 1.0}),
}
CHILDREN_OVERLAP = 1.08
NOTES = (
    "【生意参谋平台】",
    "店铺：青颜旗舰店",
    "统计日期：{first} 至 {last}",
    "数据来源：无线端",
    "口径说明：访客数为去重人数",
)
WHOLE = "汇总"


def export_sycm(world: World) -> Iterator[tuple[str, bytes]]:
    """Path and bytes of each month's file, and of the visits."""
    starts = [*start_months(), list_days(DAYS, DAYS + 1)[0]]
    for month, (first, after) in enumerate(pairwise(starts)):
        last = after - timedelta(days=1)
        name = f"生意参谋/【生意参谋平台】流量来源_{first.isoformat()}_{last.isoformat()}.xls"
        yield name, write_xls("流量来源", _list_rows(world, month, first, last))
    yield "小程序/访问趋势_20240901-20260831.csv", _write_visits(world)


def _split(total: int, shares: Mapping[str, float]) -> list[int]:
    """Whole numbers by share that add up to the total."""
    edges = np.round(np.cumsum(list(shares.values())) * total).astype(np.int64)
    parts: list[int] = np.diff(edges, prepend=0).tolist()
    return parts


def _list_rows(world: World, month: int, first: date, last: date) -> Iterator[list[str]]:
    for note in NOTES:
        yield [note.format(first=first, last=last)]
    columns = read_columns("sycm_flow")
    yield list(columns)
    shares = {name: share for name, (share, _) in SOURCES.items()}
    traffic = world.traffic
    totals = (traffic.tmall_visitors[month], traffic.tmall_buyers[month], traffic.tmall_paid_fen[month])
    parts = [_split(int(total), shares) for total in totals]
    for (source, (_, children)), visitors, buyers, fen in zip(SOURCES.items(), *parts, strict=True):
        yield _describe(columns, (source, WHOLE), (visitors, buyers, fen))
        below = [_split(total, children) for total in (round(visitors * CHILDREN_OVERLAP), buyers, fen)]
        for child, *numbers in zip(children, *below, strict=True):
            yield _describe(columns, (source, child), numbers)


def _describe(columns: tuple[str, ...], names: tuple[str, str], numbers: Sequence[int]) -> list[str]:
    source, detail = names
    visitors, buyers, fen = numbers
    cells = {
        "流量来源": source,
        "来源明细": detail,
        "访客数": f"{visitors:,}",
        "浏览量": f"{visitors * 3:,}",
        "支付金额": f"{fen / 100:,.2f}",
        "加购人数": f"{visitors // 9:,}",
        "收藏人数": f"{visitors // 14:,}",
        "下单买家数": f"{buyers * 21 // 20:,}",
        "下单转化率": f"{100 * (buyers * 21 // 20) / max(visitors, 1):.2f}%",
        "支付件数": f"{buyers * 2:,}",
        "支付买家数": f"{buyers:,}",
        "支付转化率": f"{100 * buyers / max(visitors, 1):.2f}%",
        "访问来源": "店铺",
    }
    return [cells.get(column, "-") for column in columns]


def _write_visits(world: World) -> bytes:
    visitors = world.traffic.shop_visitors
    fresh = np.round(visitors * (0.3 + 0.04 * open_stream(world.seed, "visits").random(DAYS))).astype(np.int64)
    content: dict[str, Content] = {
        "ref_date": Cells(values=[f"{day:%Y%m%d}" for day in list_days(0, DAYS)]),
        "session_cnt": fill(visitors * 5 // 4),
        "visit_pv": fill(visitors * 4),
        "visit_uv": fill(visitors),
        "visit_uv_new": fill(fresh),
        "stay_time_uv": fill(90 + visitors % 30),
        "stay_time_session": fill(70 + visitors % 20),
        "visit_depth": "3.2",
    }
    return write_csv(read_columns("miniprogram_visit"), content, UTF8)
