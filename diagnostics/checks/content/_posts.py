"""What is posted, how often, and which kinds of post readers take up."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from diagnostics.charts.axes import scale_count, scale_share
from diagnostics.charts.bars import draw_bars
from diagnostics.checks.content import _mix_words as words
from diagnostics.metrics.post_kinds import OTHER, count_months, list_posts, total_days, total_kinds
from diagnostics.model.wording import NOTHING, Text, word_number, word_percent
from diagnostics.statistics.weekly_ratios import estimate_shares

if TYPE_CHECKING:
    import ibis.expr.types as ir
    import pandas as pd
    from matplotlib.figure import Figure

    from diagnostics.checks.check import Replies
    from diagnostics.model.tables import Tables
    from diagnostics.model.wording import Language

LEAST_POSTS, LEAST_READERS = 5, 30
DAILY = 3
Z = 1.96
SELLING = frozenset(["new_item", "offer"])
HALF = 0.5


@dataclass(frozen=True, kw_only=True)
class Posts:
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


def ask_posts(tables: Tables) -> dict[str, ir.Table]:
    """Ask for posts by kind, by how many came on a day, and by month; nothing without dated posts and readers."""
    if not tables.has("posts", "published_on", "readers"):
        return {}
    listed = tables.share(list_posts(tables["posts"], tables.engagement.horizon.current))
    return {"kinds": total_kinds(listed), "days": total_days(listed), "months": count_months(listed)}


def measure_posts(replies: Replies) -> Posts | None:
    """Give every kind and every load its rate; `None` without a post in the period."""
    if "kinds" not in replies or replies["kinds"].empty:
        return None
    kinds, days = rate_posts(replies["kinds"]), replies["days"]
    kinds["open_rate"] = kinds.opened / kinds.reached.where(kinds.reached >= LEAST_READERS)
    order = kinds.sort_values(["posts", "kind"], ascending=[False, True], ignore_index=True)
    busy = days.assign(is_busy=days.load > DAILY).drop(columns="load").groupby("is_busy", as_index=False).sum()
    months = replies["months"].sort_values(["month", "kind"], ignore_index=True)
    return Posts(
        kinds=order.assign(share=order.posts / order.posts.sum()), loads=rate_posts(busy), days=days, months=months
    )


def rate_posts(moments: pd.DataFrame) -> pd.DataFrame:
    """With `value` and `error` of engagement; NaN from too few posts or readers."""
    sums = {name: moments[name].astype(float) for name in ("x", "w", "xx", "xw", "ww")}
    enough = (moments.n >= LEAST_POSTS) & (sums["w"] >= LEAST_READERS)
    rated = estimate_shares(moments.assign(weeks=moments.n, **sums))
    return rated.assign(value=rated.value.where(enough), error=rated.error.where(enough)).drop(columns="weeks")


def _compare(best: pd.Series[float], worst: pd.Series[float]) -> Text:
    gap = float(best["value"]) - float(worst["value"])
    return words.CLEAR if abs(gap) > Z * float(np.hypot(best["error"], worst["error"])) else words.UNCLEAR


def tell_posts(measured: Posts) -> Text:
    """The mix and the cadence; what readers take up."""
    kinds, days, told = measured.kinds, measured.days, measured.told
    posted = float((days.load * days.n).sum())
    count = float(days.n.sum())
    said = words.ANSWER.fill(
        n=word_number(float(kinds.posts.sum())),
        most=words.KINDS[str(kinds.kind.iloc[0])],
        share=word_percent(kinds.share.iloc[0]),
        selling=word_percent(float(kinds.share[kinds.kind.isin(SELLING)].sum())),
        stories=_tell_stories(measured.months),
        daily=word_number(posted / count if count else None, 1),
        busy=word_percent(float(days.n[days.load > DAILY].sum()) / count if count else None),
        limit=word_number(DAILY),
        cadence=_tell_cadence(measured.loads),
    )
    if len(told) <= 1:
        return said
    best, worst = told.iloc[0], told.iloc[-1]
    return said + words.BEST.fill(
        best=words.KINDS[str(best.kind)],
        high=word_percent(best["value"]),
        worst=words.KINDS[str(worst.kind)],
        low=word_percent(worst["value"]),
        verdict=_compare(best, worst),
    )


def _tell_stories(months: pd.DataFrame) -> Text:
    stories = months[months.kind == "story"]
    if stories.empty:
        return words.NO_STORY
    return words.STORIES.fill(n=word_number(float(stories.posts.sum())), months=word_number(stories.month.nunique()))


def _tell_cadence(loads: pd.DataFrame) -> Text:
    known = loads.dropna(subset=["value", "error"])
    calm, busy = known[~known.is_busy.astype(bool)], known[known.is_busy.astype(bool)]
    if calm.empty or busy.empty:
        return NOTHING
    return words.CADENCE.fill(
        busy=word_percent(busy["value"].iloc[0]),
        calm=word_percent(calm["value"].iloc[0]),
        verdict=_compare(busy.iloc[0], calm.iloc[0]),
    )


def doubt_posts(measured: Posts) -> tuple[Text, ...]:
    """That most posts fit no kind."""
    other = float(measured.kinds.share[measured.kinds.kind == OTHER].sum())
    return (words.MANY_OTHER.fill(share=word_percent(other, 0)),) if other > HALF else ()


def draw_posts(measured: Posts, language: Language) -> Figure:
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
