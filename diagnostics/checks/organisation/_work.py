"""Whether work done by hand brings more or wears out, and what a minute less each time is worth."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

import pandas as pd

from diagnostics.charts.bars import draw_bars
from diagnostics.checks.organisation import _effort_words as say
from diagnostics.checks.organisation._role_cards import count_heads
from diagnostics.metrics.lines import value_lines, within
from diagnostics.metrics.rewards import total_sales
from diagnostics.metrics.work_done import total_work
from diagnostics.model.period import Period
from diagnostics.model.wording import NOTHING, Text, join_texts, word_change, word_money, word_number, word_percent

if TYPE_CHECKING:
    from collections.abc import Mapping

    import ibis.expr.types as ir
    from matplotlib.figure import Figure

    from diagnostics.checks.check import Replies
    from diagnostics.model.period import Horizon
    from diagnostics.model.tables import Tables
    from diagnostics.model.wording import Language

HOURS_A_MONTH = 174
MINUTES_AN_HOUR = 60
DAYS_A_YEAR = 365
THOUSAND = 1000
WINDOW_DAYS = 90
# More effort is the worse way for the first, less of all others.
WORSE_WHEN_MORE = frozenset({"effort"})


@dataclass(frozen=True, kw_only=True)
class Work:
    """The four measures of both periods (`None` where not observed), actions a year and what an hour costs."""

    accounts: int
    messages: float
    added: float | None
    is_recent: bool
    now: Mapping[str, float | None]
    before: Mapping[str, float | None]
    actions: Mapping[str, float]
    hour: float | None
    step: float
    currency: str

    def change(self, measure: str) -> float | None:
        """The relative change of a measure; `None` without both values."""
        now, before = self.now[measure], self.before[measure]
        return None if now is None or not before else now / before - 1

    def turn(self, measure: str) -> str | None:
        """`worse`, `better` or `same` by the limit; `None` if it can't be told."""
        change = self.change(measure)
        if change is None:
            return None
        bad = change if measure in WORSE_WHEN_MORE else -change
        return "worse" if bad > self.step else "better" if bad < -self.step else "same"

    @property
    def worse(self) -> tuple[str, ...] | None:
        """Which of effort, continuity and effect got worse; effect only where no measure of it held up."""
        turns = {name: self.turn(name) for name in say.MEASURES}
        effect = [turns[name] for name in ("adds", "money") if turns[name] is not None]
        if None in (turns["effort"], turns["continuity"]) or not effect:
            return None
        held = {"effort": turns["effort"], "continuity": turns["continuity"]}
        held["effect"] = "worse" if set(effect) == {"worse"} else "same"
        return tuple(name for name, turn in held.items() if turn == "worse")


def ask_work(tables: Tables) -> dict[str, ir.Table]:
    """Ask for the work and the marked sales of both periods; nothing without statistics by staff and day."""
    if not tables.has("staff_days", "day", "staff", "messages"):
        return {}
    engagement, asked = tables.engagement, {}
    lines = (
        value_lines(tables["order_lines"], engagement.gmv_basis) if tables.has("order_lines", "is_private") else None
    )
    for name, period in _list_periods(engagement.horizon).items():
        asked[f"{name}_work"] = total_work(tables["staff_days"], period)
        if lines is not None:
            asked[f"{name}_sales"] = total_sales(within(lines, period))
    return asked


def _list_periods(horizon: Horizon) -> dict[str, Period]:
    """The two periods compared, and the last two windows where statistics do not reach back a year."""
    end, window = horizon.as_of, timedelta(days=WINDOW_DAYS)
    periods = {"now": horizon.current, "late": Period(start=end - window, end=end)}
    periods["early"] = Period(start=end - 2 * window, end=end - window)
    return periods if horizon.previous is None else periods | {"before": horizon.previous}


def measure_work(replies: Replies, step: float) -> Work | None:
    """Work out the measures of both periods; `None` where no account's messages are told."""
    work = replies["now_work"].iloc[0] if "now_work" in replies else None
    if work is None or not work.accounts or pd.isna(work.messages):
        return None
    engagement = replies.engagement
    heads = [row for role, row in count_heads(engagement.brief).items() if role != "store_guide"]
    people, cost = sum(fte for fte, _ in heads), sum(money for _, money in heads)
    yearly = DAYS_A_YEAR / int(work.days)
    before = _measure_period(replies, "before")
    is_recent = before["effort"] is None
    return Work(
        accounts=int(work.accounts),
        messages=float(work.messages),
        added=_measure_period(replies, "now")["adds"],
        now=_measure_period(replies, "late" if is_recent else "now"),
        before=_measure_period(replies, "early") if is_recent else before,
        is_recent=is_recent,
        actions={name: float(work[name]) * yearly for name in say.ACTIONS if not pd.isna(work[name])},
        hour=cost / people / HOURS_A_MONTH if people and cost else None,
        step=step,
        currency=engagement.currency,
    )


def _measure_period(replies: Replies, period: str) -> dict[str, float | None]:
    unknown: dict[str, float | None] = dict.fromkeys(say.MEASURES)
    if f"{period}_work" not in replies:
        return unknown
    work = replies[f"{period}_work"].iloc[0]
    if not work.account_days or pd.isna(work.messages):
        return unknown
    sales = replies.frames.get(f"{period}_sales")
    private = None if sales is None or pd.isna(sales.private_gmv.iloc[0]) else float(sales.private_gmv.iloc[0])
    thousands = float(work.messages) / THOUSAND
    return {
        "effort": float(work.messages) / float(work.active_days) if work.active_days else None,
        "continuity": float(work.active_days) / float(work.account_days),
        "adds": float(work.added) / thousands if thousands and not pd.isna(work.added) else None,
        "money": private / thousands if thousands and private is not None else None,
    }


def tell_work(measured: Work) -> Text:
    """What the work brings and how it turned; what a minute less is worth."""
    said = say.ANSWER.fill(
        accounts=word_number(measured.accounts),
        messages=word_number(measured.messages),
        active=word_percent(measured.now["continuity"]),
        added=word_number(measured.added, 1),
        turn=_tell_turn(measured),
    )
    listed = list_minutes(measured)
    if not listed:
        return said
    name = listed[0]
    hours = measured.actions[name] / MINUTES_AN_HOUR
    money = say.WORTH.fill(money=word_money(hours * measured.hour, measured.currency)) if measured.hour else NOTHING
    return said + say.MINUTE.fill(name=say.ACTIONS[name], hours=word_number(hours), money=money)


def _tell_turn(measured: Work) -> Text:
    worse = measured.worse
    if worse is None:
        return say.NO_BEFORE
    then = say.THEN_RECENT.fill(days=word_number(WINDOW_DAYS)) if measured.is_recent else say.THEN_YEAR
    if len(worse) == len(say.SHORT):
        return say.TRAP.fill(then=then)
    if worse:
        return say.WORSE.fill(then=then, names=join_texts(say.SHORT[name] for name in worse))
    return say.STEADY.fill(then=then)


def list_minutes(measured: Work) -> list[str]:
    """Actions that take minutes, most frequent first; single messages are parts of chats and take seconds."""
    return sorted(measured.actions.keys() - {"messages"}, key=lambda name: (-measured.actions[name], name))


def doubt_work(measured: Work) -> tuple[Text, ...]:
    """What would be needed to show a saving; that two windows of a year lie in other seasons."""
    return (say.NO_LOG, say.OTHER_SEASON) if measured.is_recent else (say.NO_LOG,)


def draw_work(measured: Work, language: Language) -> Figure:
    """The change of each measure; where nothing can be compared, actions a year."""
    changes = {name: change for name in say.MEASURES if (change := measured.change(name)) is not None}
    if not changes:
        shown = list(measured.actions)
        return draw_bars(
            [say.ACTIONS[name].word(language) for name in shown],
            [measured.actions[name] for name in shown],
            [word_number(measured.actions[name]).word(language) for name in shown],
            axis_label=Text(zh="一年次数", en="Times a year").word(language),
        )
    figure = draw_bars(
        [say.MEASURES[name].word(language) for name in changes],
        [100 * change for change in changes.values()],
        [word_change(change).word(language) for change in changes.values()],
        axis_label=Text(zh="与之前相比（%）", en="Change against before (%)").word(language),
        marked=[place for place, name in enumerate(changes) if measured.turn(name) == "worse"],
    )
    figure.axes[0].axvline(0, color="black", linewidth=0.8)
    return figure
