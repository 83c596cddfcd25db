"""Whether each round of referral brings the next, and how long the loop takes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from diagnostics.charts.axes import scale_count
from diagnostics.charts.bars import draw_bars
from diagnostics.checks.check import Check, Example, Limit, Limits, Replies
from diagnostics.checks.referral import _chain_words as words
from diagnostics.checks.tracking import track_value
from diagnostics.metrics.lines import value_lines
from diagnostics.metrics.referral import UNNAMED, count_brought, count_new_contacts, list_turns, value_contacts
from diagnostics.model.finding import Evidence, Finding, Impact, Validation
from diagnostics.model.reading import Reading
from diagnostics.model.section import Exhibit, Field, Need, NotComputable
from diagnostics.model.wording import (
    Text,
    name_verbatim,
    shorten,
    word_days,
    word_number,
    word_percent,
    word_price,
)
from diagnostics.statistics.branching import Offspring, compare_offspring, count_offspring
from diagnostics.statistics.certainty import rate_gap
from diagnostics.statistics.cycle import Cycle, find_cycle
from diagnostics.statistics.upside import size_stake

if TYPE_CHECKING:
    from collections.abc import Mapping

    import ibis.expr.types as ir
    from matplotlib.figure import Figure

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


def query(tables: Tables) -> Mapping[str, ir.Table]:
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


def measure(replies: Replies) -> Chain | NotComputable:
    """Read K of each campaign off its histogram, and the rest where it is known."""
    brought = replies["brought"].astype({"joined": float, "rows": float})
    if brought.rows.sum() < LEAST:
        count = word_number(float(brought.rows.sum()))
        return NotComputable(reason=words.TOO_FEW.fill(n=count), unlocked_by=words.UNLOCKED_BY)
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


def track(measured: Chain) -> tuple[Reading, ...]:
    """How many a referrer brings, over all campaigns."""
    whole = measured.whole
    return track_value("kfactor", whole.mean, whole.low, whole.high, unit="number", n=whole.n, span="history")


def judge(measured: Chain, limits: Limits) -> tuple[Finding, ...]:
    """Raise a closed campaign that is too small for the next round, or far behind the client's others."""
    found = (_judge_campaign(campaign, measured, limits) for campaign in measured.campaigns)
    return tuple(finding for finding in found if finding is not None)


def _judge_campaign(campaign: Campaign, measured: Chain, limits: Limits) -> Finding | None:
    k = campaign.k
    if campaign.is_open or k.n < limits["referrers"]:
        return None
    others = _pool(campaign, measured)
    is_behind = others is not None and k.high < limits["sustains"] and compare_offspring(k, others) < limits["behind"]
    if not (is_behind or k.high < limits["alone"]):
        return None
    aim = min(others.mean, limits["sustains"]) if is_behind and others is not None else limits["alone"]
    impact = _size(campaign, measured, aim, limits)
    return Finding(
        code="fission.low_k",
        scope={"campaign": campaign.name} if campaign.name != UNNAMED else {},
        title=words.TITLE.fill(
            campaign=_name(campaign.name),
            k=word_number(k.mean, 2),
            against=words.AGAINST_OTHERS.fill(others=word_number(others.mean, 2))
            if is_behind and others is not None
            else words.AGAINST_SELF,
        ),
        cause=_explain(campaign, measured, aim),
        action=words.ACTION,
        owner_role="acquisition",
        validation=Validation(metric="kfactor", direction="up", window_days=30),
        stop_rule=words.STOP,
        confidence=rate_gap(aim - k.mean, aim - k.high),
        impact=impact,
        impact_reason=None if impact else words.NO_MONEY if campaign.yearly else words.PAST,
        severity=None if impact else "low",
        evidence=(Evidence(table="campaigns", n=int(k.n), value=k.mean),),
    )


def _pool(campaign: Campaign, measured: Chain) -> Offspring | None:
    """K of all other closed campaigns together; `None` if they have too few referrers."""
    others = [other.k for other in measured.campaigns if other is not campaign and not other.is_open]
    n, total = sum(k.n for k in others), sum(k.total for k in others)
    if n < LEAST:
        return None
    spread = sum(k.dispersion * k.n for k in others if k.n) / n
    return Offspring(mean=total / n, low=np.nan, high=np.nan, n=n, total=total, dispersion=spread)


def _size(campaign: Campaign, measured: Chain, aim: float, limits: Limits) -> Impact | None:
    if measured.each is None or not campaign.yearly:
        return None
    k, scale = campaign.k, campaign.k.n * campaign.yearly * measured.each
    missed = (max(aim - k.high, 0.0) * scale, (aim - k.mean) * scale, max(aim - k.low, 0.0) * scale)
    low, mid, high = size_stake(missed, least=limits["feasible_low"], likely=limits["feasible_mid"])
    return Impact(low=low, mid=mid, high=high)


def _explain(campaign: Campaign, measured: Chain, aim: float) -> Text:
    k = campaign.k
    completed = words.NOT_KNOWN
    if campaign.completed is not None:
        completed = words.COMPLETES.fill(share=word_percent(campaign.completed))
    said = words.CAUSE.fill(
        referrers=word_number(k.n),
        joined=word_number(k.total),
        low=word_number(k.low, 2),
        high=word_number(k.high, 2),
        completed=completed,
        top=word_percent(campaign.top, 0),
    )
    if measured.each is None:
        return said
    return said + words.SIZED.fill(aim=word_number(aim, 2), each=word_price(measured.each, measured.currency))


def _name(campaign: str) -> Text:
    return name_verbatim(shorten(campaign, 24)) if campaign != UNNAMED else words.UNNAMED_CAMPAIGN


def tell(measured: Chain) -> Text:
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
    said += words.TURNS if k.mean >= 1 else words.DIES.fill(reach=word_number(k.reach, 1))
    if measured.cycle is not None and measured.second is not None:
        said += words.CYCLE.fill(
            share=word_percent(measured.cycle.returning),
            days=word_days(measured.cycle.median),
            second=word_percent(measured.second, 0),
        )
    return said if measured.share is None else said + words.SHARE.fill(share=word_percent(measured.share))


def caveats(measured: Chain) -> tuple[Text, ...]:
    """Campaigns still open, and those without days."""
    still, undated = (
        sum(campaign.is_open for campaign in measured.campaigns),
        sum(not campaign.is_dated for campaign in measured.campaigns),
    )
    said = [(words.OPEN, still), (words.UNDATED, undated)]
    return tuple(text.fill(count=word_number(count)) for text, count in said if count)


def tabulate(measured: Chain) -> tuple[Exhibit, ...]:
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
    return (Exhibit(name="campaigns", title=title, fields=fields, frame=pd.DataFrame(rows)),)


def _row(campaign: Campaign) -> dict[str, object]:
    k = campaign.k
    return {
        "campaign": _name(campaign.name),
        "referrers": k.n,
        "joined": k.total,
        "k": k.mean,
        "low": k.low,
        "high": k.high,
        "completed": np.nan if campaign.completed is None else campaign.completed,
        "top": campaign.top,
        "state": Text(zh="进行中", en="still open") if campaign.is_open else Text(zh="已结束", en="over"),
    }


def draw(measured: Chain, language: Language) -> Figure:
    """K of the largest campaigns with intervals, against 1."""
    shown = measured.campaigns[:MOST_ROWS]
    figure = draw_bars(
        [shorten(_name(campaign.name).word(language), 18) for campaign in shown],
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


EARLY = 6
# In spring 60 customers bring 60 (every other one brings two), in summer 60 bring 6: K is 1 and 0.1, together 0.55.
EXAMPLE_REFERRALS = "\n".join(
    [
        "campaign referrer completed day joined",
        *(f"spring r{i} {'true' if i % 2 else 'false'} 2024-03-{1 + i % 20:02} {2 * (i % 2)}" for i in range(60)),
        *(
            f"summer s{i} {'true' if i < EARLY else 'false'} 2024-06-{1 + i % 20:02} {int(i < EARLY)}"
            for i in range(60)
        ),
    ]
)

CHECK = Check(
    question=words.QUESTION,
    definition=words.DEFINITION,
    answers=("000-34", "002-36"),
    finds=("fission.low_k",),
    needs=(Need(table="referrals", columns=("joined",)),),
    limits=(
        Limit(
            name="referrers",
            value=LEAST,
            reason=Text(zh="不足 30 位老客的活动不判断", en="campaigns of fewer than 30 customers are not judged"),
        ),
        Limit(
            name="alone",
            value=0.5,
            reason=Text(
                zh="K 低于 0.5 时，后面所有轮次合计的人数还不如第一轮的老客数：K ÷ (1 − K) < 1",
                en="under 0.5 all later rounds together are smaller than the first: K / (1 - K) < 1",
            ),
        ),
        Limit(
            name="sustains",
            value=1.0,
            reason=Text(zh="K 到 1 就能自转，不算低", en="from 1 on the loop turns by itself, which is not low"),
        ),
        Limit(
            name="behind",
            value=0.7,
            reason=Text(
                zh="与自己其他场次之比，连区间上限也不到七成",
                en="against the client's other campaigns even the upper end of the ratio is under 70%",
            ),
        ),
        Limit(
            name="feasible_low",
            value=0.25,
            reason=Text(zh="补到四分之一是保守值", en="a quarter of the gap is the careful end"),
        ),
        Limit(
            name="feasible_mid",
            value=0.5,
            reason=Text(zh="按补回一半估计", en="half of the gap is taken as likely"),
        ),
    ),
    query=query,
    measure=measure,
    judge=judge,
    tell=tell,
    tabulate=tabulate,
    track=track,
    draw=draw,
    caveats=caveats,
    example=Example(
        tables={
            "referrals": EXAMPLE_REFERRALS,
            "order_lines": "ordered_at paid_amount\n2024-01-01 10\n2024-07-31 10",
        },
        says="K = 0.55",
        finds=(("fission.low_k", {"campaign": "summer"}),),
    ),
    place=10,
)
