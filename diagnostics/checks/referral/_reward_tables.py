"""The table and the picture of rewards and what newcomers are worth."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from diagnostics.charts.axes import scale_money
from diagnostics.charts.ranges import draw_ranges
from diagnostics.checks.referral import _reward_words as words
from diagnostics.checks.referral._rewards import name_rewarded
from diagnostics.model.section import Exhibit, Field
from diagnostics.model.wording import Text, shorten, word_price

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from diagnostics.checks.referral._rewards import Campaign, Reward
    from diagnostics.model.wording import Language

MOST_ROWS = 15


def show_rewards(measured: Reward) -> Exhibit:
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
    return Exhibit(name="rewards", title=title, fields=fields, frame=pd.DataFrame(rows))


def _row(campaign: Campaign, ticket: float | None) -> dict[str, object]:
    worth = campaign.worth
    return {
        "campaign": name_rewarded(campaign.name),
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


def draw_rewards(measured: Reward, language: Language) -> Figure:
    """The range of a newcomer's worth and the reward, by campaign."""
    shown = measured.campaigns[:MOST_ROWS]
    worths = [campaign.worth for campaign in shown]
    figure = draw_ranges(
        [shorten(name_rewarded(campaign.name).word(language), 18) for campaign in shown],
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
