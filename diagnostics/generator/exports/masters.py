"""The client's own product list, and Douyin's live sessions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from diagnostics.generator.assortment import PRODUCTS
from diagnostics.generator.cells import format_times
from diagnostics.generator.layouts import read_columns
from diagnostics.generator.live import ANCHORS
from diagnostics.generator.sheets import write_xlsx

if TYPE_CHECKING:
    from collections.abc import Iterator

    from diagnostics.generator.world import World

PRODUCT_COLUMNS = ("商家编码", "商品名称", "品类", "吊牌价", "成本")


def export_masters(world: World) -> Iterator[tuple[str, bytes]]:
    """Path and bytes of each file."""
    rows = [
        (product.code, product.name, product.category, product.list_fen / 100, product.cost_fen / 100)
        for product in PRODUCTS
    ]
    yield "商品/商品档案.xlsx", write_xlsx("商品档案", PRODUCT_COLUMNS, rows)
    yield "抖音/罗盘直播场次.xlsx", write_xlsx("直播场次", read_columns("douyin_live_session"), _list_sessions(world))


def _list_sessions(world: World) -> Iterator[tuple[object, ...]]:
    live = world.live
    anchors = [ANCHORS[place] for place in live.anchor.tolist()]
    accounts = [f"qingyan_{place + 1:02d}" for place in live.anchor.tolist()]
    seconds = [round(minutes * 60 / 40) for minutes in live.minutes.tolist()]
    counts = (live.exposed, live.viewers, live.views, live.product_exposed, live.product_clicked, live.buyers)
    paid = [fen / 100 for fen in live.paid_fen.tolist()]
    rows = (anchors, accounts, format_times(live.start), live.minutes.tolist(), *(part.tolist() for part in counts))
    yield from zip(*rows, paid, seconds, strict=True)
