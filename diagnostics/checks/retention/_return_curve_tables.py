"""The shares of first buyers who came back, as tables and as a picture."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from diagnostics.charts.steps import Steps, draw_steps
from diagnostics.checks.pairs import list_pairs
from diagnostics.checks.retention import _return_curve_words as words
from diagnostics.metrics.returns import REST
from diagnostics.model.names import name_channel
from diagnostics.model.section import Exhibit, Field, interval_fields
from diagnostics.model.wording import Text, word_number

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from diagnostics.checks.retention.return_curve import ReturnCurves
    from diagnostics.model.wording import Language
    from diagnostics.statistics.survival import Survival

HORIZONS = (90, 180, 365)
# The days labelled, by the longest curve that they suit.
TICKS = {200: (0, 30, 60, 90, 120, 150, 180), 400: (0, 30, 60, 90, 180, 270, 365), 10_000: (0, 90, 180, 365, 540, 730)}


def name_curve(name: str) -> Text:
    """A channel's name, or everybody."""
    return words.WHOLE if name == REST else name_channel(name)


def tabulate_curves(measured: ReturnCurves) -> tuple[Exhibit, ...]:
    """Shares returned by 90, 180 and 365 days, with intervals and who is still observed; and the curves."""
    rows = [
        {
            "channel": name_curve(name),
            "customers": curve.n,
            "median": curve.day_of(0.5).day,
            **_row(measured, name, day),
        }
        for name, curve in measured.curves.items()
        for day in HORIZONS
    ]
    fields = (
        Field(name="channel", label=Text(zh="首购渠道", en="First channel")),
        Field(name="customers", label=Text(zh="新客数", en="New customers"), unit="count"),
        Field(name="day", label=Text(zh="首购后", en="Within"), unit="days"),
        Field(name="share", label=Text(zh="再次购买占比", en="Bought again"), unit="share"),
        *interval_fields("share"),
        Field(name="at_risk", label=Text(zh="仍在观察", en="Still observed"), unit="count"),
        Field(name="median", label=Text(zh="一半人回来用时", en="Half are back after"), unit="days"),
    )
    title = Text(zh="首购后 90、180、365 天内再次购买", en="Bought again within 90, 180 and 365 days")
    note = Text(
        zh="空白 = 观察时间还不够长。95% 区间除抽样误差外，还计入尚未到期的客户在更早的截点上偏离曲线的幅度。",
        en="Empty = not observed long enough. Beyond sampling, the 95% intervals hold how far customers still waiting "
        "strayed from the curve at earlier cuts.",
    )
    shares = Exhibit(name="shares", title=title, fields=fields, frame=pd.DataFrame(rows), note=note)
    if measured.differences is None:
        return (shares,)
    pairs = Text(zh="渠道之间：新客回头快慢的差别", en="Between channels: how soon new customers come back")
    return (shares, list_pairs(measured.differences, name_channel, pairs))


def _row(measured: ReturnCurves, name: str, day: int) -> dict[str, float]:
    share, ends = measured.curves[name].share_by(day), measured.range_share(name, day)
    if share is None or ends is None:
        return {"day": day, **dict.fromkeys(("share", "low", "high", "at_risk"), np.nan)}
    low, high = ends
    return {"day": day, "share": share.value, "low": low, "high": high, "at_risk": share.at_risk}


def draw_curves(measured: ReturnCurves, language: Language) -> Figure:
    """The share that has come back, by days since the first purchase."""
    shown = {name: curve for name, curve in measured.curves.items() if name != REST} or measured.curves
    longest = max(curve.followed_to for curve in shown.values())
    ticks = [tick for tick in _choose_ticks(longest) if tick <= longest]
    steps = [
        Steps(
            label=name_curve(name).word(language),
            days=curve.days,
            values=1 - curve.survival,
            low=1 - curve.high,
            high=1 - curve.low,
            counts=[_count(curve, tick) for tick in ticks],
        )
        for name, curve in shown.items()
    ]
    return draw_steps(
        steps,
        ticks,
        axis_label=Text(zh="已再次购买的比例", en="Share that bought again").word(language),
        count_label=words.COUNTS.word(language),
    )


def _choose_ticks(longest: float) -> tuple[int, ...]:
    """Ticks for a time of observation; the sparsest for any longer one."""
    return next((days for end, days in TICKS.items() if longest <= end), TICKS[max(TICKS)])


def _count(curve: Survival, day: int) -> str:
    share = curve.share_by(day)
    return "" if share is None else word_number(share.at_risk).en
