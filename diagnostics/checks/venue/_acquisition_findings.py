"""How a channel that does not earn its customers back, or whose cost outgrows the value, becomes a finding."""

from __future__ import annotations

from typing import TYPE_CHECKING

from diagnostics.checks.venue import _acquisition_words as words
from diagnostics.checks.venue._won_customers import Won, name_source
from diagnostics.metrics.acquisition import MONTH_DAYS
from diagnostics.model.finding import Evidence, Finding, Impact, Validation
from diagnostics.model.wording import word_change, word_money, word_number, word_price
from diagnostics.statistics.acquisition import Inflation
from diagnostics.statistics.certainty import find_likely, rate_gap

if TYPE_CHECKING:
    from diagnostics.checks.venue.acquisition_cost import Acquisition

# Spend may serve old customers too: never surer than this.
MOST_SURE = 0.75


def state_costly(measured: Acquisition, won: Won, earned: tuple[float, float, float], months: int) -> Finding:
    """A channel whose customers cost more than they earned (low, mid, high) in so many months."""
    low, margin, high = earned
    scale = won.newcomers * measured.yearly
    ends = find_likely(won.cac - high, won.cac - margin, won.cac - low, max(len(measured.won), 1))
    money = [max(end, 0.0) * scale for end in ends]
    named = {
        "channel": name_source(won.channel),
        "cac": word_price(won.cac, measured.currency),
        "margin": word_price(margin, measured.currency),
        "days": word_number(months * MONTH_DAYS),
    }
    followed = won.payback.followed[won.payback.ages.index(months)] if won.payback else 0
    return Finding(
        code="venue.costly_acquisition",
        scope={"channel": won.channel},
        title=words.TITLE.fill(**named, money=word_money(money[1], measured.currency)),
        cause=words.CAUSE.fill(
            cost=word_money(won.cost, measured.currency),
            n=word_number(won.newcomers),
            followed=word_number(followed),
            low=word_price(low, measured.currency),
            high=word_price(high, measured.currency),
            **{name: named[name] for name in ("days", "margin")},
        ),
        action=words.ACTION,
        owner_role="acquisition",
        validation=Validation(metric="payback", direction="down", window_days=90),
        stop_rule=words.STOP,
        confidence=min(rate_gap(won.cac - margin, won.cac - high), MOST_SURE),
        impact=Impact(low=money[0], mid=money[1], high=money[2]),
        evidence=(Evidence(table="acquisition", n=won.newcomers, value=won.cac),),
    )


def state_inflation(measured: Acquisition, won: Won, found: Inflation) -> Finding:
    """A channel whose cost of a new customer rose beyond what the customers are worth."""
    scale = won.cost * measured.yearly
    ends = [scale * (1 - 1 / max(end, 1.0)) for end in (found.low, found.excess, found.high)]
    money = find_likely(ends[0], ends[1], ends[2], max(len(measured.won), 1))
    named = {
        "channel": name_source(won.channel),
        "up": word_change(found.cost_growth - 1),
        "value": word_change(found.value_growth - 1),
        "money": word_money(money[1], measured.currency),
    }
    return Finding(
        code="venue.cac_inflation",
        scope={"channel": won.channel},
        title=words.TITLE_UP.fill(**named),
        cause=words.CAUSE_UP.fill(
            months=word_number(found.months),
            up=named["up"],
            excess=word_change(found.excess - 1),
            low=word_change(found.low - 1),
            high=word_change(found.high - 1),
        ),
        action=words.ACTION_UP,
        owner_role="acquisition",
        validation=Validation(metric="cac", direction="down", window_days=60),
        stop_rule=words.STOP_UP,
        confidence=rate_gap(found.excess - 1, found.low - 1),
        impact=Impact(low=money[0], mid=money[1], high=money[2]),
        evidence=(Evidence(table="acquisition", n=won.newcomers, value=won.cac),),
    )
