"""How soon customers get an answer in one-to-one chats, and which staff and stores let them wait."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import pandas as pd

from diagnostics.charts.bars import draw_bars
from diagnostics.checks.service import _reply_words as say
from diagnostics.checks.tracking import track_error
from diagnostics.checks.units import WHOLE, Kind, name_unit, name_units, scope_of
from diagnostics.metrics.recent import count_back
from diagnostics.metrics.replies import WHOLE as ALL
from diagnostics.metrics.replies import follow_replies, total_service, weigh_replies
from diagnostics.model.finding import Evidence, Finding, Validation
from diagnostics.model.wording import Text, shorten, word_number, word_percent
from diagnostics.statistics.certainty import rate_gap
from diagnostics.statistics.outlying import find_outlying_shares, find_outlying_times
from diagnostics.statistics.weekly_ratios import estimate_ratios

if TYPE_CHECKING:
    from collections.abc import Mapping

    import ibis.expr.types as ir
    from matplotlib.figure import Figure

    from diagnostics.checks.check import Limits, Replies
    from diagnostics.model.reading import Reading
    from diagnostics.model.tables import Tables
    from diagnostics.model.wording import Language

Measure = Literal["reply_minutes", "reply_share"]
MEASURES: tuple[Measure, ...] = ("reply_minutes", "reply_share")
WORSE: Mapping[str, Literal["high", "low"]] = {"reply_minutes": "high", "reply_share": "low"}
WINDOW_DAYS = 90
# A normal interval of 95 %.
Z = 1.96
FALSE_RATE = 0.05
MOST_ROWS = 15


@dataclass(frozen=True, kw_only=True)
class Waiting:
    """Replies by unit: frames with unit, value, error, gap, low, high (of the gap), adjusted, weeks, w (chats).

    `units` by kind and measure; `whole` by measure has one row. `kind` is the finest kind that is there.
    """

    units: Mapping[tuple[Kind, Measure], pd.DataFrame]
    whole: Mapping[Measure, pd.Series]
    weeks: pd.DataFrame
    service: pd.DataFrame | None
    stores: Mapping[str, str]
    hours: str | None


def ask_waiting(tables: Tables) -> dict[str, ir.Table]:
    """Ask for weekly moments of both measures by staff and store, the course by week, and the service desk."""
    dated = tables.share(count_back(tables["staff_days"]))
    recent = dated.filter(dated.back < WINDOW_DAYS)
    has_staff = tables.has("staff_days", "staff")
    mine = recent.drop_null("staff") if has_staff else recent
    told = [name for name in MEASURES if tables.has("staff_days", name)]
    asked = {f"whole.{name}": weigh_replies(mine, "whole", name) for name in told}
    kinds = [kind for kind in ("staff", "store") if has_staff and tables.has("staff_days", kind)]
    asked |= {f"{kind}.{name}": weigh_replies(mine, kind, name) for kind in kinds for name in told}
    every = dated.drop_null("staff") if has_staff else dated
    asked["weeks"] = follow_replies(every)
    if "store" in kinds:
        asked["stores"] = mine.group_by("staff").agg(store=mine.store.max())
    if tables.has("service_periods", "reply_share") or tables.has("service_periods", "reply_minutes"):
        asked["service"] = total_service(tables["service_periods"])
    return asked


def measure_waiting(replies: Replies) -> Waiting | None:
    """Estimate each unit and hold it against the median of its kind; `None` where no reply is told."""
    whole = {
        name: estimate_ratios(replies[f"whole.{name}"]).iloc[0]
        for name in MEASURES
        if f"whole.{name}" in replies and len(replies[f"whole.{name}"])
    }
    if not whole:
        return None
    kinds: tuple[Kind, ...] = ("staff", "store")
    units = {
        (kind, name): _compare(replies[f"{kind}.{name}"], name)
        for kind in kinds
        for name in whole
        if f"{kind}.{name}" in replies
    }
    pairs = replies["stores"].dropna() if "stores" in replies else pd.DataFrame({"staff": [], "store": []})
    return Waiting(
        units=units,
        whole=whole,
        weeks=replies["weeks"].sort_values("week", ascending=False, ignore_index=True),
        service=replies.frames.get("service"),
        stores=dict(zip(pairs.staff, pairs.store, strict=True)),
        hours=replies.engagement.brief.text("service_hours"),
    )


def _compare(moments: pd.DataFrame, name: Measure) -> pd.DataFrame:
    estimated = estimate_ratios(moments)
    if name == "reply_share":
        found = find_outlying_shares(estimated.x, estimated.w, estimated.error, WORSE[name])
    else:
        found = find_outlying_times(estimated.value, estimated.error, WORSE[name])
    compared = estimated.assign(
        middle=found.middle, gap=found.gap, low=found.low, high=found.high, adjusted=found.adjusted
    )
    return compared.sort_values("value", ascending=WORSE[name] == "low", ignore_index=True)


def find_slow(measured: Waiting, limits: Limits) -> list[tuple[Kind, Measure, pd.Series]]:
    """The units that stand out and lie beyond the limits, stores first, each unit once; staff of a slow store not."""
    slow: list[tuple[Kind, Measure, pd.Series]] = []
    kinds: tuple[Kind, ...] = ("store", "staff")
    for kind in kinds:
        stores = {row.unit for held, _, row in slow if held == "store"}
        for name in MEASURES:
            frame = measured.units.get((kind, name))
            if frame is None:
                continue
            for _, row in frame[frame.adjusted <= FALSE_RATE].iterrows():
                is_named = any(row.unit == other.unit and kind == held for held, _, other in slow)
                in_slow_store = kind == "staff" and measured.stores.get(row.unit) in stores
                if not is_named and not in_slow_store and _is_beyond(name, row, limits):
                    slow.append((kind, name, row))
    return slow


def _is_beyond(name: Measure, row: pd.Series, limits: Limits) -> bool:
    if name == "reply_minutes":
        least = row.value - Z * row.error
        return bool(least >= limits["minutes"] and least >= limits["times"] * row.middle)
    return bool(row.low >= limits["share_gap"])


def track_waiting(measured: Waiting) -> tuple[Reading, ...]:
    """How long a first reply takes, and the share answered on the day."""
    found = {"reply_time": measured.whole.get("reply_minutes"), "reply_rate": measured.whole.get("reply_share")}
    return tuple(
        reading
        for metric, whole in found.items()
        if whole is not None
        for reading in track_error(
            metric, whole.value, whole.error, unit="share" if metric == "reply_rate" else "number", n=whole.w
        )
    )


def judge_waiting(measured: Waiting, limits: Limits) -> tuple[Finding, ...]:
    """Raise the whole company where all wait, else the units that are slow beside their like."""
    for name, row in measured.whole.items():
        error = 0.0 if pd.isna(row.error) else row.error
        late = name == "reply_minutes" and row.value - Z * error > limits["whole_minutes"]
        silent = name == "reply_share" and row.value + Z * error < limits["whole_share"]
        if late or silent:
            return (_state(None, name, row, measured),)
    return tuple(_state(kind, name, row, measured) for kind, name, row in find_slow(measured, limits))


def _word(name: Measure, value: float) -> Text:
    return word_number(value) if name == "reply_minutes" else word_percent(value)


def _state(kind: Kind | None, name: Measure, row: pd.Series, measured: Waiting) -> Finding:
    titles = {
        "reply_minutes": (say.TITLE_MINUTES, say.TITLE_WHOLE_MINUTES),
        "reply_share": (say.TITLE_SHARE, say.TITLE_WHOLE_SHARE),
    }[name]
    who = name_unit(kind, row.unit) if kind else WHOLE
    title = titles[0 if kind else 1].fill(
        who=who, value=_word(name, row.value), middle=_word(name, row.middle) if kind else ""
    )
    error = 0.0 if pd.isna(row.error) else row.error
    top = float("inf") if name == "reply_minutes" else 1.0
    ends = (max(row.value - Z * error, 0), min(row.value + Z * error, top))
    also = Text(zh="", en="")
    shares = measured.units.get((kind, "reply_share")) if kind else None
    if name == "reply_minutes" and shares is not None and (shares.unit == row.unit).any():
        also = say.ALSO.fill(share=word_percent(float(shares.value[shares.unit == row.unit].iloc[0])))
    chats = float(measured.whole[name].w)
    cause = say.CAUSE.fill(
        days=word_number(WINDOW_DAYS),
        chats=word_number(row.w),
        low=_word(name, ends[0]),
        high=_word(name, ends[1]),
        also=also,
    )
    return Finding(
        code="service.slow_reply",
        scope=scope_of(kind, row.unit) if kind else {},
        title=title,
        cause=cause,
        action=say.ACTION,
        owner_role="account",
        validation=Validation(
            metric="reply_time" if name == "reply_minutes" else "reply_rate",
            direction="down" if name == "reply_minutes" else "up",
            window_days=30,
        ),
        stop_rule=say.STOP,
        confidence=rate_gap(row.gap, row.low) if kind else 0.8,
        impact_reason=say.NO_MONEY,
        severity="medium" if kind is None or row.w >= 0.1 * chats else "low",
        evidence=(Evidence(table=f"{kind or 'weeks'}", n=int(row.w), value=float(row.value)),),
    )


def tell_waiting(measured: Waiting, limits: Limits) -> Text:
    """Time and share of the whole, and who is slow."""
    finest = next((frame for (kind, _), frame in measured.units.items() if kind == "staff"), None)
    said = Text(zh="", en="")
    if "reply_minutes" in measured.whole:
        said = say.ANSWER_MINUTES.fill(
            minutes=word_number(measured.whole["reply_minutes"].value, 1),
            units=word_number(len(finest) if finest is not None else None),
        )
    if "reply_share" in measured.whole:
        share = say.ANSWER_SHARE.fill(share=word_percent(measured.whole["reply_share"].value))
        said = Text(zh=(said.zh + share.zh).lstrip("，"), en=(said.en + share.en).lstrip("; "))
    slow = find_slow(measured, limits)
    if finest is None or finest.adjusted.isna().all():
        tail = say.NOT_JUDGED
    elif slow:
        tail = say.SLOWEST.fill(n=word_number(len(slow)), names=name_units([str(row.unit) for _, _, row in slow]))
    else:
        tail = say.NOBODY
    return Text(zh=said.zh + tail.zh, en=said.en + tail.en)


def draw_waiting(measured: Waiting, limits: Limits, language: Language) -> Figure:
    """The slowest units with their interval beside the median; the whole where nobody is told apart."""
    name: Measure = "reply_minutes" if "reply_minutes" in measured.whole else "reply_share"
    frame = measured.units.get(("store", name), measured.units.get(("staff", name)))
    kind: Kind = "store" if ("store", name) in measured.units else "staff"
    if frame is None:
        frame = pd.DataFrame([measured.whole[name]]).assign(unit=WHOLE.word(language), middle=float("nan"))
    top = frame.head(MOST_ROWS).fillna({"error": 0.0})
    slow = {row.unit for held, _, row in find_slow(measured, limits) if held == kind}
    label = {
        "reply_minutes": Text(
            zh="首次回复分钟（线段为 95% 区间）", en="Minutes to the first reply (line: 95% interval)"
        ),
        "reply_share": Text(zh="当日回复占比（线段为 95% 区间）", en="Answered on the day (line: 95% interval)"),
    }[name]
    middle = float(frame.middle.iloc[0])
    return draw_bars(
        [ALL if unit == ALL else shorten(str(unit), 18) for unit in top.unit],
        top.value.tolist(),
        [(word_number(value, 1) if name == "reply_minutes" else word_percent(value)).en for value in top.value],
        axis_label=label.word(language),
        low=(top.value - Z * top.error).clip(lower=0).tolist(),
        high=(top.value + Z * top.error).tolist(),
        marked={place for place, unit in enumerate(top.unit) if unit in slow},
        reference=None if pd.isna(middle) else middle,
        reference_label=Text(zh="中位数", en="median").word(language),
    )
