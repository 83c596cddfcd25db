"""How many each round of referral brings, by campaign, and how long the loop takes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from diagnostics.charts.axes import scale_count
from diagnostics.charts.bars import draw_bars
from diagnostics.checks.referral import _chain_words as words
from diagnostics.checks.tracking import track_value
from diagnostics.metrics.lines import value_lines
from diagnostics.metrics.referral import UNNAMED, count_brought, count_new_contacts, list_turns, value_contacts
from diagnostics.model.reading import Reading
from diagnostics.model.section import Exhibit, Field
from diagnostics.model.wording import NOTHING, Text, name_verbatim, shorten, word_days, word_number, word_percent
from diagnostics.statistics.branching import Offspring, count_offspring
from diagnostics.statistics.cycle import Cycle, find_cycle

if TYPE_CHECKING:
    from collections.abc import Mapping

    import ibis.expr.types as ir
    from matplotlib.figure import Figure

    from diagnostics.checks.check import Replies
    from diagnostics.model.tables import Tables
    from diagnostics.model.wording import Language

LEAST = 30
OPEN_DAYS = 7
VALUE_DAYS = 90
YEAR = 365
ALPHA = 0.05
TOP = 0.1
MOST_ROWS = 15


@dataclass(frozen=True, kw_only=True)
class Campaign:
    """One campaign: K, the share that completes (`None` unknown), what the top tenth holds, whether it goes on.

    `yearly` scales it to a year; it is 0 for a campaign before the current period.
    """

    name: str
    k: Offspring
    completed: float | None
    top: float
    is_open: bool
    is_dated: bool
    yearly: float


@dataclass(frozen=True, kw_only=True)
class Chain:
    """Campaigns, all together, cycle and second generation, the referral share of new contacts, a contact's worth."""

    campaigns: tuple[Campaign, ...]
    whole: Offspring
    cycle: Cycle | None
    second: float | None
    share: float | None
    each: float | None
    currency: str


def ask_rounds(tables: Tables) -> Mapping[str, ir.Table]:
    """Ask for what was brought, and for turns and worth where contacts are known."""
    horizon = tables.engagement.horizon
    asked = {"brought": count_brought(tables["referrals"], horizon.as_of)}
    if tables.has("contacts", "added_at"):
        contacts = tables["contacts"]
        asked["new"] = count_new_contacts(contacts, horizon.current.start, horizon.current.end)
        if tables.has("referrals", "referrer", "day"):
            asked["turns"] = list_turns(tables["referrals"], contacts, horizon.as_of)
        if tables.has("contacts", "customer") and tables.has("order_lines", "customer"):
            lines = value_lines(tables["order_lines"], tables.engagement.gmv_basis)
            asked["worth"] = value_contacts(contacts, lines, horizon.as_of, VALUE_DAYS)
    return asked


def read_rounds(replies: Replies) -> Chain | None:
    """Read K of each campaign off its histogram, and the rest where it is known; `None` from too few referrers."""
    brought = replies["brought"].astype({"joined": float, "rows": float})
    if brought.rows.sum() < LEAST:
        return None
    groups = list(brought.groupby("campaign"))
    judged = sum(own.rows.sum() >= LEAST for _, own in groups)
    campaigns = [_measure_campaign(str(name), own, replies, ALPHA / max(judged, 1)) for name, own in groups]
    cycle, second = _read_turns(replies["turns"]) if "turns" in replies else (None, None)
    return Chain(
        campaigns=tuple(sorted(campaigns, key=lambda campaign: -campaign.k.n)),
        whole=count_offspring(brought.joined, brought.rows),
        cycle=cycle,
        second=second,
        share=_read_share(replies),
        each=_read_worth(replies["worth"]) if "worth" in replies else None,
        currency=replies.engagement.currency,
    )


def _measure_campaign(name: str, own: pd.DataFrame, replies: Replies, alpha: float) -> Campaign:
    horizon = replies.engagement.horizon
    first, last = own.first_day.min(), own.last_day.max()
    is_dated = not pd.isna(last)
    answered = float(own.answered.sum())
    is_current = is_dated and last >= pd.Timestamp(horizon.current.start)
    return Campaign(
        name=name,
        k=count_offspring(own.joined, own.rows, alpha),
        completed=float(own.completed.sum()) / answered if answered else None,
        top=_hold_of_top(own),
        # One day for all rows is the day of the export, not that of the campaign.
        is_open=is_dated and first < last and last >= pd.Timestamp(horizon.as_of) - pd.Timedelta(days=OPEN_DAYS),
        is_dated=is_dated,
        yearly=horizon.yearly if is_current or not is_dated else 0.0,
    )


def _hold_of_top(own: pd.DataFrame) -> float:
    """The share of all who came that the tenth of referrers who brought most hold."""
    ordered = own.sort_values("joined", ascending=False)
    total = float((ordered.joined * ordered.rows).sum())
    held = np.interp(
        TOP * ordered.rows.sum(), [0, *ordered.rows.cumsum()], [0, *(ordered.joined * ordered.rows).cumsum()]
    )
    return float(held) / total if total > 0 else np.nan


def _read_turns(turns: pd.DataFrame) -> tuple[Cycle | None, float | None]:
    came = turns.came == 1
    if turns.contacts[came].sum() < LEAST:
        return None, None
    by_day = turns.assign(events=turns.contacts.where(came, 0), censored=turns.contacts.where(~came, 0))
    by_day = by_day.groupby("days", as_index=False)[["events", "censored"]].sum()
    cycle = find_cycle(by_day.days, by_day.events, by_day.censored, longest=YEAR, least_at_risk=LEAST)
    referrers = float(turns.contacts[came].sum())
    return cycle, float(turns.contacts[came & (turns.referred == 1)].sum()) / referrers


def _read_share(replies: Replies) -> float | None:
    if "new" not in replies:
        return None
    told = replies["new"].iloc[0]
    return float(told.referred) / float(told.added) if told.added and told.referred else None


def _read_worth(worth: pd.DataFrame) -> float | None:
    """What a new contact spends in 90 days: of referred ones if enough are known, else of all."""
    referred = worth[worth.referred == 1]
    used = referred if referred.matched.sum() >= LEAST else worth
    matched = float(used.matched.sum() - used.bought_before.sum())
    return float(used.gmv.sum()) / matched if matched >= LEAST else None


def track_rounds(measured: Chain) -> tuple[Reading, ...]:
    """How many a referrer brings, over all campaigns."""
    whole = measured.whole
    return track_value("kfactor", whole.mean, whole.low, whole.high, unit="number", n=whole.n, span="history")


def name_campaign(campaign: str) -> Text:
    """A campaign as it is named in a sentence."""
    return name_verbatim(shorten(campaign, 24)) if campaign != UNNAMED else words.UNNAMED_CAMPAIGN


def tell_rounds(measured: Chain) -> Text:
    """K over all campaigns, what it leads to, the cycle and the share of new contacts."""
    k = measured.whole
    said = words.ANSWER.fill(
        campaigns=word_number(len(measured.campaigns)),
        referrers=word_number(k.n),
        joined=word_number(k.total),
        k=word_number(k.mean, 2),
        low=word_number(k.low, 2),
        high=word_number(k.high, 2),
    )
    answered = [(c.completed, c.k.n) for c in measured.campaigns if c.completed is not None]
    if answered:
        share = sum(part * n for part, n in answered) / sum(n for _, n in answered)
        said += words.COMPLETED.fill(share=word_percent(share))
    new = NOTHING if measured.share is None else words.SHARE.fill(share=word_percent(measured.share))
    turn = words.TURNS if k.mean >= 1 else words.DIES
    said += turn.fill(reach=word_number(k.reach, 1), share=new)
    if measured.cycle is not None and measured.second is not None:
        said += words.CYCLE.fill(
            share=word_percent(measured.cycle.returning),
            days=word_days(measured.cycle.median),
            second=word_percent(measured.second, 0),
        )
    return said


def warn_of_rounds(measured: Chain) -> tuple[Text, ...]:
    """Campaigns still open, and those without days."""
    still, undated = (
        sum(campaign.is_open for campaign in measured.campaigns),
        sum(not campaign.is_dated for campaign in measured.campaigns),
    )
    said = [(words.OPEN, still), (words.UNDATED, undated)]
    return tuple(text.fill(count=word_number(count)) for text, count in said if count)


def show_rounds(measured: Chain) -> Exhibit:
    """A campaign a row."""
    fields = (
        Field(name="campaign", label=Text(zh="活动", en="Campaign")),
        Field(name="referrers", label=Text(zh="老客", en="Customers asked"), unit="count"),
        Field(name="joined", label=Text(zh="带来新客", en="New people"), unit="count"),
        Field(name="k", label=Text(zh="K", en="K"), unit="number", digits=2),
        Field(name="low", label=Text(zh="K 下限", en="K, low"), unit="number", digits=2),
        Field(name="high", label=Text(zh="K 上限", en="K, high"), unit="number", digits=2),
        Field(name="completed", label=Text(zh="任务完成率", en="Complete the task"), unit="share"),
        Field(name="top", label=Text(zh="前一成老客占", en="Held by the top tenth"), unit="share"),
        Field(name="state", label=Text(zh="状态", en="State")),
    )
    rows = [_row(campaign) for campaign in measured.campaigns]
    title = Text(zh="各场裂变带来多少", en="What each campaign brought")
    return Exhibit(name="campaigns", title=title, fields=fields, frame=pd.DataFrame(rows))


def _row(campaign: Campaign) -> dict[str, object]:
    k = campaign.k
    return {
        "campaign": name_campaign(campaign.name),
        "referrers": k.n,
        "joined": k.total,
        "k": k.mean,
        "low": k.low,
        "high": k.high,
        "completed": np.nan if campaign.completed is None else campaign.completed,
        "top": campaign.top,
        "state": Text(zh="进行中", en="still open") if campaign.is_open else Text(zh="已结束", en="over"),
    }


def draw_rounds(campaigns: tuple[Campaign, ...], language: Language) -> Figure:
    """K of the largest campaigns with intervals, against 1."""
    shown = campaigns[:MOST_ROWS]
    figure = draw_bars(
        [shorten(name_campaign(campaign.name).word(language), 18) for campaign in shown],
        [campaign.k.mean for campaign in shown],
        [word_number(campaign.k.mean, 2).word(language) for campaign in shown],
        axis_label=Text(zh="每位老客带来的新客（K）", en="New people a customer brings (K)").word(language),
        low=[campaign.k.low for campaign in shown],
        high=[campaign.k.high for campaign in shown],
        reference=1.0,
        reference_label=Text(zh="自转线", en="Turns by itself").word(language),
    )
    scale_count(figure.axes[0].xaxis, digits=1)
    return figure
