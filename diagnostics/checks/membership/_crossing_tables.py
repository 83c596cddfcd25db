"""The tables and the picture of buying across: dimensions, members beside the others, and pairs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from diagnostics.charts.bars import draw_bars
from diagnostics.checks.membership import _crossing_words as words
from diagnostics.checks.membership._dimensions import DIMENSIONS, JUDGED
from diagnostics.model.section import Exhibit, Field, interval_fields
from diagnostics.model.wording import Text, shorten, word_number, word_percent

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from diagnostics.checks.membership.crossing import Width, Widths
    from diagnostics.model.wording import Language

MOST_ROWS = 15
LONGEST = 10


def tabulate_crossing(measured: Widths) -> tuple[Exhibit, ...]:
    """Members beside the others by number of orders; and the pairs of each dimension."""
    kinds = [_show_kinds(width) for width in measured.widths if width.kinds and width.dimension in JUDGED]
    pairs = [_show_pairs(width) for width in measured.widths if width.pairs]
    return (_show_widths(measured), *kinds, *pairs)


def _show_widths(measured: Widths) -> Exhibit:
    rows = [
        {"dimension": DIMENSIONS[one.dimension][0], "buyers": one.buyers, "crossed": one.crossed, "share": one.share}
        for one in measured.widths
    ]
    fields = (
        Field(name="dimension", label=Text(zh="维度", en="Across")),
        Field(name="buyers", label=Text(zh="有身份买家", en="Known buyers"), unit="count"),
        Field(name="crossed", label=Text(zh="跨购客户", en="Crossed"), unit="count"),
        Field(name="share", label=Text(zh="跨购率", en="Share"), unit="share"),
    )
    title = Text(zh="跨购率", en="Who buys across")
    return Exhibit(name="widths", title=title, fields=fields, frame=pd.DataFrame(rows, dtype=object))


def _show_kinds(width: Width) -> Exhibit:
    rows = [
        {
            "orders": one.orders,
            "members": one.members,
            "member_share": one.members_crossed / one.members,
            "others": one.others,
            "other_share": one.others_crossed / one.others,
            "ratio": one.ratio,
            "low": one.low,
            "high": one.high,
        }
        for one in width.kinds
    ]
    fields = (
        Field(name="orders", label=Text(zh="订单数（4 为 4 单及以上）", en="Orders (4: and more)"), unit="count"),
        Field(name="members", label=Text(zh="会员", en="Members"), unit="count"),
        Field(name="member_share", label=Text(zh="会员跨购率", en="Members crossing"), unit="share"),
        Field(name="others", label=Text(zh="非会员", en="Others"), unit="count"),
        Field(name="other_share", label=Text(zh="非会员跨购率", en="Others crossing"), unit="share"),
        Field(name="ratio", label=Text(zh="比值", en="Ratio"), unit="number", digits=2),
        *interval_fields("number", digits=2),
    )
    title = Text(zh="会员与非会员的跨{name}购买", en="Members and others across {name}")
    return Exhibit(
        name=f"{width.dimension}_kinds",
        title=title.fill(name=DIMENSIONS[width.dimension][0]),
        fields=fields,
        frame=pd.DataFrame(rows),
    )


def _show_pairs(width: Width) -> Exhibit:
    rows = [
        {
            "small": pair.small,
            "large": pair.large,
            "buyers": pair.buyers,
            "share": pair.share,
            "lift": pair.lift,
            "low": pair.low,
            "high": pair.high,
            "usual": pair.usual,
        }
        for pair in width.pairs[:MOST_ROWS]
    ]
    fields = (
        Field(name="small", label=Text(zh="较小的一方", en="Smaller")),
        Field(name="large", label=Text(zh="较大的一方", en="Larger")),
        Field(name="buyers", label=Text(zh="较小一方买家", en="Buyers of the smaller"), unit="count"),
        Field(name="share", label=Text(zh="也买另一方", en="Also buy the other"), unit="share"),
        Field(name="lift", label=Text(zh="倍数", en="Lift"), unit="number", digits=2),
        *interval_fields("number", digits=2),
        Field(name="usual", label=Text(zh="其他组合中位数", en="Median of other pairs"), unit="number", digits=2),
    )
    title = Text(zh="跨{name}组合，倍数从低到高", en="Pairs of {name}, lowest lift first")
    return Exhibit(
        name=f"{width.dimension}_pairs",
        title=title.fill(name=DIMENSIONS[width.dimension][0]),
        fields=fields,
        frame=pd.DataFrame(rows),
    )


def draw_crossing(measured: Widths, language: Language) -> Figure:
    """The lift of each pair with its interval; where pairs can't be compared, the shares that cross."""
    pairs = next((width.pairs for width in measured.widths if width.pairs), ())[:MOST_ROWS]
    if not pairs:
        shares = [width.share for width in measured.widths]
        return draw_bars(
            [DIMENSIONS[width.dimension][0].word(language) for width in measured.widths],
            shares,
            [word_percent(share).en for share in shares],
            axis_label=Text(zh="跨购率", en="Share of buyers who cross").word(language),
        )
    return draw_bars(
        [f"{shorten(pair.small, LONGEST)} × {shorten(pair.large, LONGEST)}" for pair in pairs],
        [pair.lift for pair in pairs],
        [word_number(pair.lift, 2).en for pair in pairs],
        low=[pair.low for pair in pairs],
        high=[pair.high for pair in pairs],
        axis_label=words.LIFT.fill(usual=word_number(pairs[0].usual, 2)).word(language),
        marked=[place for place, pair in enumerate(pairs) if pair.high < measured.limits["lift_share"] * pair.usual],
    )
