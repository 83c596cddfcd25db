"""What is posted, how often, and which kinds of post readers take up."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from diagnostics.charts.axes import scale_count, scale_share
from diagnostics.charts.bars import draw_bars
from diagnostics.checks.check import Check, Example, Limits, Replies
from diagnostics.checks.content import _mix_words as words
from diagnostics.metrics.post_kinds import OTHER, count_months, list_posts, total_days, total_kinds
from diagnostics.model.section import Exhibit, Field, Need, NotComputable
from diagnostics.model.wording import Text, word_month, word_number, word_percent
from diagnostics.statistics.weekly_ratios import estimate_shares

if TYPE_CHECKING:
    from collections.abc import Mapping

    import ibis.expr.types as ir
    from matplotlib.figure import Figure

    from diagnostics.model.finding import Finding
    from diagnostics.model.tables import Tables
    from diagnostics.model.wording import Language

LEAST_POSTS, LEAST_READERS = 5, 30
DAILY = 3
Z = 1.96
SELLING = frozenset(["new_item", "offer"])
HALF = 0.5


@dataclass(frozen=True, kw_only=True)
class Mix:
    """Kinds (most posts first) and loads of a day with engagement and its error, and posts by month and kind."""

    kinds: pd.DataFrame
    loads: pd.DataFrame
    days: pd.DataFrame
    months: pd.DataFrame

    @property
    def told(self) -> pd.DataFrame:
        """Kinds whose engagement can be told, highest first; what fits no kind is none."""
        known = self.kinds.dropna(subset=["value", "error"])
        return known[known.kind != OTHER].sort_values("value", ascending=False)


def query(tables: Tables) -> Mapping[str, ir.Table]:
    """Ask for posts by kind, by how many came on a day, and by month."""
    listed = tables.share(list_posts(tables["posts"], tables.engagement.horizon.current))
    return {"kinds": total_kinds(listed), "days": total_days(listed), "months": count_months(listed)}


def measure(replies: Replies) -> Mix | NotComputable:
    """Give every kind and every load its rate."""
    kinds, days = replies["kinds"], replies["days"]
    if kinds.empty:
        return NotComputable(reason=words.NONE, unlocked_by=words.UNLOCK)
    kinds = _rate(kinds)
    kinds["open_rate"] = kinds.opened / kinds.reached.where(kinds.reached >= LEAST_READERS)
    order = kinds.sort_values(["posts", "kind"], ascending=[False, True], ignore_index=True)
    busy = days.assign(is_busy=days.load > DAILY).drop(columns="load").groupby("is_busy", as_index=False).sum()
    months = replies["months"].sort_values(["month", "kind"], ignore_index=True)
    return Mix(kinds=order.assign(share=order.posts / order.posts.sum()), loads=_rate(busy), days=days, months=months)


def _rate(moments: pd.DataFrame) -> pd.DataFrame:
    """With `value` and `error` of engagement; NaN from too few posts or readers."""
    sums = {name: moments[name].astype(float) for name in ("x", "w", "xx", "xw", "ww")}
    enough = (moments.n >= LEAST_POSTS) & (sums["w"] >= LEAST_READERS)
    rated = estimate_shares(moments.assign(weeks=moments.n, **sums))
    return rated.assign(value=rated.value.where(enough), error=rated.error.where(enough)).drop(columns="weeks")


def judge(_measured: Mix, _limits: Limits) -> tuple[Finding, ...]:
    """Nothing: a mix is chosen; what it costs is not told by readers."""
    return ()


def _compare(best: pd.Series[float], worst: pd.Series[float]) -> Text:
    gap = float(best["value"]) - float(worst["value"])
    return words.CLEAR if abs(gap) > Z * float(np.hypot(best["error"], worst["error"])) else words.UNCLEAR


def tell(measured: Mix) -> Text:
    """The mix, the cadence, and what readers take up."""
    kinds, days, told = measured.kinds, measured.days, measured.told
    posted = float((days.load * days.n).sum())
    count = float(days.n.sum())
    said = words.ANSWER.fill(
        n=word_number(float(kinds.posts.sum())),
        most=words.KINDS[str(kinds.kind.iloc[0])],
        share=word_percent(kinds.share.iloc[0]),
        daily=word_number(posted / count if count else None, 1),
        busy=word_percent(float(days.n[days.load > DAILY].sum()) / count if count else None),
        limit=word_number(DAILY),
    )
    said += words.SELLING.fill(share=word_percent(float(kinds.share[kinds.kind.isin(SELLING)].sum())))
    if len(told) > 1:
        best, worst = told.iloc[0], told.iloc[-1]
        said += words.BEST.fill(
            best=words.KINDS[str(best.kind)],
            high=word_percent(best["value"]),
            worst=words.KINDS[str(worst.kind)],
            low=word_percent(worst["value"]),
            verdict=_compare(best, worst),
        )
    return said + _tell_cadence(measured) + _tell_stories(measured)


def _tell_cadence(measured: Mix) -> Text:
    loads = measured.loads.dropna(subset=["value", "error"])
    calm, busy = loads[~loads.is_busy.astype(bool)], loads[loads.is_busy.astype(bool)]
    if calm.empty or busy.empty:
        return Text(zh="", en="")
    return words.CADENCE.fill(
        limit=word_number(DAILY),
        busy=word_percent(busy["value"].iloc[0]),
        calm=word_percent(calm["value"].iloc[0]),
        verdict=_compare(busy.iloc[0], calm.iloc[0]),
    )


def _tell_stories(measured: Mix) -> Text:
    stories = measured.months[measured.months.kind == "story"]
    if stories.empty:
        return words.NO_STORY
    return words.STORIES.fill(n=word_number(float(stories.posts.sum())), months=word_number(stories.month.nunique()))


def caveats(measured: Mix) -> tuple[Text, ...]:
    """That most posts fit no kind."""
    other = float(measured.kinds.share[measured.kinds.kind == OTHER].sum())
    return (words.MANY_OTHER.fill(share=word_percent(other, 0)),) if other > HALF else ()


def tabulate(measured: Mix) -> tuple[Exhibit, ...]:
    """Kinds, posts a day, and the calendar."""
    kinds = measured.kinds.assign(
        name=pd.Series([words.KINDS[kind] for kind in measured.kinds.kind], dtype=object),
        low=(measured.kinds["value"] - Z * measured.kinds.error).clip(lower=0),
        high=(measured.kinds["value"] + Z * measured.kinds.error).clip(upper=1),
    )
    days = _rate(measured.days).sort_values("load", ignore_index=True)
    days = days.assign(low=(days["value"] - Z * days.error).clip(lower=0), high=days["value"] + Z * days.error)
    rate = (
        Field(name="value", label=Text(zh="互动率", en="Engaged"), unit="share"),
        Field(name="low", label=Text(zh="95% 下限", en="95% low"), unit="share"),
        Field(name="high", label=Text(zh="95% 上限", en="95% high"), unit="share"),
    )
    used = [kind for kind in words.KINDS if kind in set(measured.months.kind)]
    calendar = measured.months.pivot_table(index="month", columns="kind", values="posts", aggfunc="sum").reset_index()
    calendar["name"] = pd.Series([word_month(pd.Timestamp(day)).en for day in calendar.month], dtype=object)
    return (
        Exhibit(
            name="kinds",
            title=Text(zh="内容比例与互动", en="The mix, and what readers take up"),
            fields=(
                Field(name="name", label=Text(zh="内容", en="Kind")),
                Field(name="posts", label=Text(zh="篇数", en="Posts"), unit="count"),
                Field(name="share", label=Text(zh="占比", en="Share"), unit="share"),
                Field(name="open_rate", label=Text(zh="打开率", en="Opened"), unit="share"),
                *rate,
            ),
            frame=kinds,
        ),
        Exhibit(
            name="cadence",
            title=Text(zh="一天发几篇", en="Posts a day"),
            fields=(
                Field(name="load", label=Text(zh="当天篇数", en="Posts that day"), unit="count"),
                Field(name="n", label=Text(zh="天数", en="Days"), unit="count"),
                *rate,
            ),
            frame=days,
        ),
        Exhibit(
            name="calendar",
            title=Text(zh="内容日历（篇数）", en="Content calendar, posts"),
            fields=(
                Field(name="name", label=Text(zh="月份", en="Month")),
                *(Field(name=kind, label=words.KINDS[kind], unit="count") for kind in used),
            ),
            frame=calendar,
        ),
    )


def draw(measured: Mix, language: Language) -> Figure:
    """Engagement by kind where it can be told, else posts by kind."""
    told = measured.told
    if len(told):
        low, high = told["value"] - Z * told.error, told["value"] + Z * told.error
        figure = draw_bars(
            [words.KINDS[kind].word(language) for kind in told.kind],
            told["value"].tolist(),
            [f"{word_percent(rate).en}  n={word_number(n).en}" for rate, n in zip(told["value"], told.n, strict=True)],
            axis_label=words.AXIS.word(language),
            low=low.clip(lower=0).tolist(),
            high=high.clip(upper=1).tolist(),
        )
        scale_share(figure.axes[0].xaxis)
        return figure
    figure = draw_bars(
        [words.KINDS[kind].word(language) for kind in measured.kinds.kind],
        measured.kinds.posts.astype(float).tolist(),
        [word_percent(share).en for share in measured.kinds.share],
        axis_label=words.AXIS_POSTS.word(language),
    )
    scale_count(figure.axes[0].xaxis)
    return figure


# 8 posts of advice, 30 of 100 readers engaged each; 12 offers on three days, four a day, 5 of 100 each.
EXAMPLE_POSTS = "\n".join(
    [
        "post channel title published_on day readers sharers savers",
        *(f"a{i} official_account 护肤攻略 2024-01-{1 + i:02} 2024-01-20 100 10 20" for i in range(8)),
        *(f"o{i} official_account 满减福利 2024-01-{15 + i // 4} 2024-01-20 100 5 0" for i in range(12)),
    ]
)

CHECK = Check(
    question=words.QUESTION,
    definition=words.DEFINITION.fill(
        posts=word_number(LEAST_POSTS), readers=word_number(LEAST_READERS), daily=word_number(DAILY)
    ),
    answers=("001-35", "001-37", "001-68", "001-74", "002-56"),
    finds=(),
    needs=(Need(table="posts", columns=("published_on", "readers")),),
    limits=(),
    query=query,
    measure=measure,
    judge=judge,
    tell=tell,
    tabulate=tabulate,
    draw=draw,
    caveats=caveats,
    example=Example(
        tables={"order_lines": "ordered_at paid_amount\n2024-01-01 10\n2024-01-31 10", "posts": EXAMPLE_POSTS},
        # 20 posts on 11 days, 3 of them with four.
        says="互动率最高的是种草与知识（30.0%），最低的是优惠促销（5.0%）：差距超出误差",
    ),
    place=10,
)
