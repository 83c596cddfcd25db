"""Whether referred customers earn back what referring them costs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from diagnostics.charts.axes import scale_money
from diagnostics.charts.ranges import draw_ranges
from diagnostics.checks.check import Check, Example, Limit, Limits, Replies
from diagnostics.checks.referral import _reward_words as words
from diagnostics.metrics.lines import value_lines, within
from diagnostics.metrics.orders import count_orders
from diagnostics.metrics.referral import UNNAMED, total_rewards, value_contacts
from diagnostics.model.brief import Brief
from diagnostics.model.finding import Evidence, Finding, Impact, Validation
from diagnostics.model.section import Exhibit, Field, Need, NotComputable
from diagnostics.model.wording import (
    Text,
    name_verbatim,
    shorten,
    word_days,
    word_money,
    word_number,
    word_percent,
    word_price,
)
from diagnostics.statistics.certainty import LEAST as LEAST_SURE
from diagnostics.statistics.certainty import rate_gap
from diagnostics.statistics.worth import Worth, find_worth

if TYPE_CHECKING:
    from collections.abc import Mapping

    import ibis.expr.types as ir
    from matplotlib.figure import Figure

    from diagnostics.model.tables import Tables
    from diagnostics.model.wording import Language

# The longest of these that enough referred contacts have lived through: the kindest to the reward.
WINDOWS = (365, 180, 90)
MOST_ROWS = 15


@dataclass(frozen=True, kw_only=True)
class Campaign:
    """One campaign: reward a newcomer, newcomers, those of a year at the current pace, and what one is worth."""

    name: str
    reward: float
    cost: float
    joined: float
    a_year: float
    worth: Worth | None


@dataclass(frozen=True, kw_only=True)
class Reward:
    """Campaigns, costliest first; `ticket` is spend per order (`None` unknown), `margin` the gross margin if known."""

    campaigns: tuple[Campaign, ...]
    ticket: float | None
    margin: float | None
    currency: str

    @property
    def reward(self) -> float:
        """Reward a newcomer over all campaigns."""
        return sum(c.cost for c in self.campaigns) / sum(c.joined for c in self.campaigns)


def query(tables: Tables) -> Mapping[str, ir.Table]:
    """Ask for rewards, and for what new contacts buy where they meet orders."""
    horizon = tables.engagement.horizon
    current = horizon.current
    asked = {"rewards": total_rewards(tables["referrals"], current.start, current.end)}
    if tables.has("order_lines", "order_id"):
        lines = value_lines(tables["order_lines"], tables.engagement.gmv_basis)
        orders = tables.keep(count_orders(within(lines, current)))
        asked["ticket"] = orders.agg(orders=orders.count(), gmv=orders.gmv.sum())
        if tables.has("contacts", "customer", "added_at") and tables.has("order_lines", "customer"):
            for days in WINDOWS:
                asked[f"worth_{days}"] = value_contacts(tables["contacts"], lines, horizon.as_of, days)
    return asked


def measure(replies: Replies) -> Reward | NotComputable:
    """Set each campaign's reward beside what its newcomers are worth."""
    rewards = replies["rewards"].astype({"cost": float, "joined": float, "current": float})
    paid = rewards[rewards.joined > 0].sort_values("cost", ascending=False)
    if paid.empty or paid.cost.sum() <= 0:
        return NotComputable(reason=words.NO_COST, unlocked_by=words.UNLOCKED_BY)
    margin = replies.engagement.brief.number("gross_margin")
    told = replies.frames.get("ticket")
    orders = float(told.orders.iloc[0]) if told is not None else 0.0
    return Reward(
        campaigns=tuple(
            Campaign(
                name=str(row["campaign"]),
                reward=row["cost"] / row["joined"],
                cost=row["cost"],
                joined=row["joined"],
                a_year=0.0 if np.isnan(row["current"]) else row["current"] * replies.engagement.horizon.yearly,
                worth=_find_worth(str(row["campaign"]), replies, margin),
            )
            for row in paid.to_dict("records")
        ),
        ticket=float(told.gmv.iloc[0]) / orders if told is not None and orders else None,
        margin=margin,
        currency=replies.engagement.currency,
    )


def _find_worth(campaign: str, replies: Replies, margin: float | None) -> Worth | None:
    """Of the campaign's own newcomers if enough are known, else of all referred, else of all new contacts."""
    if f"worth_{WINDOWS[0]}" not in replies:
        return None
    for kind in ("campaign", "referred", "all"):
        for days in WINDOWS:
            told = replies[f"worth_{days}"]
            own = told
            if kind == "campaign":
                own = told[(told.source == campaign) & (campaign != UNNAMED)]
            elif kind == "referred":
                own = told[told.referred == 1]
            before = float(own.bought_before.sum())
            people = (float(own.matched.sum()) - before, float(own.contacts.sum()) - before)
            worth = find_worth(
                float(own.gmv.sum()), float(own.squares.sum()), people, factor=margin or 1.0, days=days, kind=kind
            )
            if worth is not None:
                return worth
    return None


def judge(measured: Reward, limits: Limits) -> tuple[Finding, ...]:
    """Raise a campaign of the current period whose reward lies above even the upper end of a newcomer's worth."""
    found = (_judge_campaign(campaign, measured, limits) for campaign in measured.campaigns)
    return tuple(finding for finding in found if finding is not None)


def _judge_campaign(campaign: Campaign, measured: Reward, limits: Limits) -> Finding | None:
    worth = campaign.worth
    if worth is None or campaign.joined < limits["newcomers"] or not campaign.a_year:
        return None
    most = worth.high * (1 + limits["later"])
    if campaign.reward <= most:
        return None
    gap = campaign.reward - worth.mid
    scale = campaign.a_year
    impact = Impact(low=(campaign.reward - most) * scale, mid=gap * scale, high=(campaign.reward - worth.low) * scale)
    # Where others stand for the referred the gap may belong to them.
    sure = LEAST_SURE if worth.kind == "all" else rate_gap(gap, campaign.reward - most)
    name = _name(campaign.name)
    what = words.MARGIN if measured.margin else words.SALES
    return Finding(
        code="fission.reward_above_value",
        scope={"campaign": campaign.name} if campaign.name != UNNAMED else {},
        title=words.TITLE.fill(
            campaign=name,
            reward=word_price(campaign.reward, measured.currency),
            days=word_days(worth.days),
            what=what,
            worth=word_price(worth.mid, measured.currency),
            money=word_money(impact.mid, measured.currency),
        ),
        cause=words.CAUSE.fill(
            joined=word_number(campaign.joined),
            cost=word_money(campaign.cost, measured.currency),
            kind=words.KINDS[worth.kind],
            low=word_price(worth.low, measured.currency),
            high=word_price(worth.high, measured.currency),
            n=word_number(worth.matched),
        ),
        action=words.ACTION,
        owner_role="acquisition",
        validation=Validation(metric="ref_cost", direction="down", window_days=60),
        stop_rule=words.STOP,
        confidence=sure,
        impact=impact,
        evidence=(Evidence(table="campaigns", n=int(campaign.joined), value=campaign.reward),),
    )


def _name(campaign: str) -> Text:
    return name_verbatim(shorten(campaign, 24)) if campaign != UNNAMED else words.UNNAMED_CAMPAIGN


def tell(measured: Reward) -> Text:
    """Reward and worth of a newcomer over all campaigns, the verdict, and the ratio to an average order."""
    said = words.ANSWER.fill(
        reward=word_price(measured.reward, measured.currency),
        joined=word_number(sum(campaign.joined for campaign in measured.campaigns)),
    )
    worth = measured.campaigns[0].worth
    tail = words.NO_WORTH
    if worth is not None:
        verdict = words.PAYS if measured.reward <= worth.low else words.UNCLEAR
        verdict = words.DOES_NOT if measured.reward > worth.high else verdict
        tail = words.WORTH.fill(
            kind=words.KINDS[worth.kind],
            days=word_days(worth.days),
            what=words.MARGIN if measured.margin else words.SALES,
            mid=word_price(worth.mid, measured.currency),
            low=word_price(worth.low, measured.currency),
            high=word_price(worth.high, measured.currency),
            n=word_number(worth.matched),
            verdict=verdict,
        )
    said = Text(zh=said.zh + tail.zh, en=said.en + tail.en)
    if not measured.ticket or measured.ticket <= 0:
        return said
    return said + words.TICKET.fill(ratio=word_percent(measured.reward / measured.ticket))


def caveats(measured: Reward) -> tuple[Text, ...]:
    """That no margin is known, and that others stand for the referred."""
    said = [] if measured.margin else [words.NO_MARGIN]
    if any(campaign.worth is not None and campaign.worth.kind == "all" for campaign in measured.campaigns):
        said.append(words.PROXY)
    return tuple(said)


def tabulate(measured: Reward) -> tuple[Exhibit, ...]:
    """A campaign a row: reward, worth and their ratio."""
    fields = (
        Field(name="campaign", label=Text(zh="活动", en="Campaign")),
        Field(name="joined", label=Text(zh="新客", en="Newcomers"), unit="count"),
        Field(name="cost", label=Text(zh="奖励合计", en="Rewards"), unit="money"),
        Field(name="reward", label=Text(zh="每位新客奖励", en="Reward a newcomer"), unit="price"),
        Field(name="ratio", label=Text(zh="相当于笔单价", en="Of an average order"), unit="share"),
        Field(name="kind", label=Text(zh="价值取自", en="Worth read from")),
        Field(name="matched", label=Text(zh="能对应的人数", en="People followed"), unit="count"),
        Field(name="days", label=Text(zh="观察天数", en="Days followed"), unit="days"),
        Field(name="low", label=Text(zh="价值下限", en="Worth, low"), unit="price"),
        Field(name="mid", label=Text(zh="价值", en="Worth"), unit="price"),
        Field(name="high", label=Text(zh="价值上限", en="Worth, high"), unit="price"),
    )
    rows = [_row(campaign, measured.ticket) for campaign in measured.campaigns]
    title = Text(zh="各场裂变：奖励与新客价值", en="Each campaign: its reward and what a newcomer is worth")
    return (Exhibit(name="campaigns", title=title, fields=fields, frame=pd.DataFrame(rows)),)


def _row(campaign: Campaign, ticket: float | None) -> dict[str, object]:
    worth = campaign.worth
    return {
        "campaign": _name(campaign.name),
        "joined": campaign.joined,
        "cost": campaign.cost,
        "reward": campaign.reward,
        "ratio": campaign.reward / ticket if ticket and ticket > 0 else np.nan,
        "kind": words.KINDS[worth.kind] if worth else None,
        "matched": worth.matched if worth else np.nan,
        "days": worth.days if worth else np.nan,
        "low": worth.low if worth else np.nan,
        "mid": worth.mid if worth else np.nan,
        "high": worth.high if worth else np.nan,
    }


def draw(measured: Reward, language: Language) -> Figure:
    """The range of a newcomer's worth and the reward, by campaign."""
    shown = measured.campaigns[:MOST_ROWS]
    worths = [campaign.worth for campaign in shown]
    figure = draw_ranges(
        [shorten(_name(campaign.name).word(language), 18) for campaign in shown],
        [word_price(campaign.reward, measured.currency).word(language) for campaign in shown],
        low=[worth.low if worth else np.nan for worth in worths],
        middle=[worth.mid if worth else np.nan for worth in worths],
        high=[worth.high if worth else np.nan for worth in worths],
        far=[campaign.reward for campaign in shown],
        axis_label=Text(zh="每位新客", en="A newcomer").word(language),
        middle_label=Text(zh="价值", en="Worth").word(language),
        range_label=Text(zh="价值区间", en="Range of worth").word(language),
        far_label=Text(zh="奖励", en="Reward").word(language),
    )
    scale_money(figure.axes[0].xaxis, measured.currency, language)
    return figure


# Forty people come for 50 each; of 40 referred contacts half buy for 40 the day they are added: 20 of sales, at a
# margin of 50 % ten each, against 50 of reward.
EXAMPLE_REFERRALS = "\n".join(
    ["campaign day joined reward_cost", *(f"spring 2024-07-{1 + i % 20:02} 1 50" for i in range(40))]
)
EXAMPLE_CONTACTS = "\n".join(
    ["contact customer added_at source", *(f"k{i} c{i} 2024-07-10 fission_spring" for i in range(40))]
)
EXAMPLE_LINES = "\n".join(
    [
        "customer ordered_at paid_amount",
        *(f"c{i} 2024-07-10T12:00 40" for i in range(20)),
        "old 2024-01-01 40",
        "old 2024-12-31 40",
    ]
)

CHECK = Check(
    question=words.QUESTION,
    definition=words.DEFINITION,
    answers=("001-45", "001-44", "004-50"),
    finds=("fission.reward_above_value",),
    needs=(Need(table="referrals", columns=("reward_cost", "joined")),),
    limits=(
        Limit(
            name="newcomers",
            value=30,
            reason=Text(zh="不足 30 位新客的活动不判断", en="campaigns of fewer than 30 newcomers are not judged"),
        ),
        Limit(
            name="later",
            value=0.2,
            reason=Text(
                zh="观察期之后还会再买，价值上限再宽两成",
                en="they may buy after the window closes: the upper end is widened by a fifth",
            ),
        ),
    ),
    query=query,
    measure=measure,
    judge=judge,
    tell=tell,
    tabulate=tabulate,
    draw=draw,
    caveats=caveats,
    example=Example(
        tables={"referrals": EXAMPLE_REFERRALS, "contacts": EXAMPLE_CONTACTS, "order_lines": EXAMPLE_LINES},
        says="gross margin of CNY 10.00",
        finds=(("fission.reward_above_value", {"campaign": "spring"}),),
        brief=Brief(answers={"gross_margin": 0.5}),
    ),
    place=20,
)
