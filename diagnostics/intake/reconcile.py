"""Hold our totals against other sources: the year's turnover in the sheet, Sycm's paid amount by month."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from diagnostics.model.account import Reconciliation
from diagnostics.model.brief import Brief
from diagnostics.model.names import name_channel
from diagnostics.model.wording import Text, join_texts, word_percent

# Postage, cut-off at midnight and late refunds move a month by about this much.
TIES_OUT = 0.03
_MONTHS = 12
_SYCM_CHANNELS = ("tmall", "taobao")
TIES = Text(zh="相符", en="ties out")
_SHORT = Text(
    zh="订单合计只有对方的 {share}：可能缺渠道、店铺或月份的导出",
    en="orders make {share} of the other total: exports of channels, shops or months may be missing",
)
_SHORT_OF = Text(
    zh="订单合计只有对方的 {share}：没有收到这些渠道的订单：{channels}",
    en="orders make {share} of the other total: no orders came from {channels}",
)
_LONG = Text(
    zh="订单合计是对方的 {share}：口径可能不同（退款、运费、统计期）",
    en="orders make {share} of the other total: definitions may differ (refunds, postage, period)",
)


def reconcile(tables: Mapping[str, pa.Table], brief: Brief, as_of: date | None) -> tuple[Reconciliation, ...]:
    """Our totals beside theirs, with the gap (ours less theirs) and what probably causes it."""
    lines = tables.get("order_lines")
    if lines is None or lines.num_rows == 0:
        return ()
    yearly = _against_sheet(lines, brief, as_of)
    return (*yearly, *_against_sycm(lines, tables.get("traffic")))


def _months_of(times: pa.ChunkedArray) -> np.ndarray:
    return np.asarray(times).astype("datetime64[M]")


def _against_sheet(lines: pa.Table, brief: Brief, as_of: date | None) -> tuple[Reconciliation, ...]:
    theirs = brief.number("annual_gmv")
    if not theirs:
        return ()
    months = _months_of(lines["ordered_at"])
    last = as_of - timedelta(days=1) if as_of else pc.max(lines["ordered_at"]).as_py().date()
    end = np.datetime64(last + timedelta(days=1), "M")
    start = max(end - _MONTHS, months.min())
    covered = int((end - start).astype(int))
    if covered < 1:
        return ()
    amounts = np.asarray(pc.cast(lines["paid_amount"], pa.float64()))
    if brief.text("gmv_definition") == "paid_net":
        amounts = amounts - np.asarray(pc.cast(lines["refund_amount"], pa.float64()))
    ours = float(amounts[(months >= start) & (months < end)].sum()) * _MONTHS / covered
    return (_compare("", "", ours, theirs, _absent_channels(lines, brief)),)


def _absent_channels(lines: pa.Table, brief: Brief) -> tuple[str, ...]:
    present = set(lines["channel"].unique().to_pylist())
    stated = [str(row.get("channel", "")) for row in brief.rows("main_channels")]
    return tuple(channel for channel in stated if channel and channel not in present)


def _against_sycm(lines: pa.Table, traffic: pa.Table | None) -> tuple[Reconciliation, ...]:
    if traffic is None:
        return ()
    theirs = _sycm_by_month(traffic)
    is_ours = np.asarray(pc.is_in(lines["channel"], value_set=pa.array(_SYCM_CHANNELS)))
    months, paid = _months_of(lines["ordered_at"]), np.asarray(pc.cast(lines["paid_amount"], pa.float64()))
    return tuple(
        _compare("tmall", str(month), float(paid[is_ours & (months == month)].sum()), total, ())
        for month, total in sorted(theirs.items())
    )


def _sycm_by_month(traffic: pa.Table) -> dict[np.datetime64, float]:
    """Paid amount of whole months: of the shop, else the sum of its products, else of its sources."""
    starts = np.asarray(traffic["starts_on"]).astype("datetime64[D]")
    ends = np.asarray(traffic["ends_on"]).astype("datetime64[D]")
    month = starts.astype("datetime64[M]")
    whole = (starts == month) & (ends == (month + 1).astype("datetime64[D]"))
    usable = whole & np.asarray(pc.is_in(traffic["channel"], value_set=pa.array(_SYCM_CHANNELS)))
    usable &= np.asarray(pc.is_valid(traffic["paid_amount"]))
    paid = np.asarray(pc.fill_null(pc.cast(traffic["paid_amount"], pa.float64()), 0.0))
    of_product, of_source = (np.asarray(pc.is_valid(traffic[name])) for name in ("product_id", "source"))
    totals: dict[np.datetime64, float] = {}
    for kind in (of_source & ~of_product, of_product, ~of_source & ~of_product):
        for one in np.unique(month[usable & kind]):
            totals[one] = float(paid[usable & kind & (month == one)].sum())
    return totals


def _compare(channel: str, month: str, ours: float, theirs: float, absent: tuple[str, ...]) -> Reconciliation:
    gap = ours - theirs
    share = word_percent(ours / theirs) if theirs else word_percent(None)
    if abs(gap) <= TIES_OUT * theirs:
        cause = TIES
    elif gap > 0:
        cause = _LONG.fill(share=share)
    elif absent:
        cause = _SHORT_OF.fill(share=share, channels=join_texts(name_channel(name) for name in absent))
    else:
        cause = _SHORT.fill(share=share)
    return Reconciliation(
        channel=channel, month=month, ours=round(ours, 2), theirs=round(theirs, 2), gap=round(gap, 2), cause=cause
    )
