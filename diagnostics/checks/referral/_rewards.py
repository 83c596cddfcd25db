"""What rewards cost a newcomer, and whether referred customers earn them back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from diagnostics.checks.referral import _reward_words as words
from diagnostics.metrics.lines import value_lines, within
from diagnostics.metrics.orders import count_orders
from diagnostics.metrics.referral import UNNAMED, total_rewards, value_contacts
from diagnostics.model.finding import Evidence, Finding, Impact, Validation
from diagnostics.model.wording import (
    NOTHING,
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

    from diagnostics.checks.check import Limits, Replies
    from diagnostics.model.tables import Tables

# The longest of these that enough referred contacts have lived through: the kindest to the reward.
WINDOWS = (365, 180, 90)


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


def ask_rewards(tables: Tables) -> Mapping[str, ir.Table]:
    """Ask for rewards where their cost is known, and for what new contacts buy where they meet orders."""
    if not tables.has("referrals", "reward_cost"):
        return {}
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


def read_rewards(replies: Replies) -> Reward | None:
    """Set each campaign's reward beside what its newcomers are worth; `None` where no cost is known."""
    if "rewards" not in replies:
        return None
    rewards = replies["rewards"].astype({"cost": float, "joined": float, "current": float})
    paid = rewards[rewards.joined > 0].sort_values("cost", ascending=False)
    if paid.empty or paid.cost.sum() <= 0:
        return None
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


def judge_rewards(measured: Reward, limits: Limits) -> tuple[Finding, ...]:
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
    name = name_rewarded(campaign.name)
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
        evidence=(Evidence(table="rewards", n=int(campaign.joined), value=campaign.reward),),
    )


def name_rewarded(campaign: str) -> Text:
    """A campaign as it is named in a sentence."""
    return name_verbatim(shorten(campaign, 24)) if campaign != UNNAMED else words.UNNAMED_CAMPAIGN


def tell_rewards(measured: Reward) -> Text:
    """Reward and worth of a newcomer over all campaigns, the verdict, and the ratio to an average order."""
    said = words.ANSWER.fill(
        reward=word_price(measured.reward, measured.currency),
        joined=word_number(sum(campaign.joined for campaign in measured.campaigns)),
    )
    ticket = NOTHING
    if measured.ticket and measured.ticket > 0:
        ticket = words.TICKET.fill(ratio=word_percent(measured.reward / measured.ticket))
    worth = measured.campaigns[0].worth
    tail = words.NO_WORTH.fill(ticket=ticket)
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
            ticket=ticket,
        )
    return Text(zh=said.zh + tail.zh, en=said.en + tail.en)


def warn_of_rewards(measured: Reward) -> tuple[Text, ...]:
    """That no margin is known, and that others stand for the referred."""
    said = [] if measured.margin else [words.NO_MARGIN]
    if any(campaign.worth is not None and campaign.worth.kind == "all" for campaign in measured.campaigns):
        said.append(words.PROXY)
    return tuple(said)
