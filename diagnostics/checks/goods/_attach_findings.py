"""How an attach rate that fell, or that lies behind the best channel's, becomes a finding."""

from __future__ import annotations

from diagnostics.checks.goods import _attach_words as words
from diagnostics.model.finding import Evidence, Finding, Impact, Validation
from diagnostics.model.names import name_channel
from diagnostics.model.wording import (
    Text,
    join_texts,
    name_verbatim,
    shorten,
    word_money,
    word_number,
    word_percent,
    word_points,
    word_price,
)
from diagnostics.statistics.attachment import Shortfall
from diagnostics.statistics.certainty import rate_gap


def state_fall(fall: Shortfall, scope_key: str, currency: str) -> Finding:
    """A unit that carries less along than before, at an unchanged mix of channels."""
    low, mid, high = fall.money
    parts = {
        "name": name_verbatim(shorten(fall.name, 24)),
        "before": word_percent(fall.reference),
        "now": word_percent(fall.now),
        "money": word_money(mid, currency),
        "n": word_number(fall.orders),
        "gap": word_points(-fall.gap),
        "low": word_points(-fall.low),
        "value": word_price(fall.value, currency),
    }
    return _build(
        fall,
        {scope_key: fall.unit},
        words.TITLE_BEFORE.fill(**parts),
        words.CAUSE_BEFORE.fill(**parts),
        Impact(low=low, mid=mid, high=high),
    )


def state_behind(gaps: list[Shortfall], scope_key: str, currency: str) -> Finding:
    """A unit that carries far less along in some channels (`gaps`, one each or more) than in the best."""
    low, mid, high = (sum(gap.money[place] for gap in gaps) for place in range(3))
    orders = sum(gap.orders for gap in gaps)
    worst = max(gaps, key=lambda gap: gap.low)
    parts = {
        "name": name_verbatim(shorten(worst.name, 24)),
        "channels": join_texts(name_channel(channel) for gap in gaps for channel in gap.channels),
        "best": name_channel(worst.best),
        "top": word_percent(worst.reference),
        "now": word_percent(sum(gap.now * gap.orders for gap in gaps) / orders),
        "money": word_money(mid, currency),
        "n": word_number(orders),
        "gap": word_points(worst.gap),
        "low": word_points(worst.low),
        "value": word_price(worst.value, currency),
    }
    impact = Impact(low=low, mid=mid, high=high)
    return _build(
        worst, {scope_key: worst.unit}, words.TITLE_CHANNEL.fill(**parts), words.CAUSE_CHANNEL.fill(**parts), impact
    )


def _build(shortfall: Shortfall, scope: dict[str, str], title: Text, cause: Text, impact: Impact) -> Finding:
    return Finding(
        code="goods.low_attach",
        scope=scope,
        title=title,
        cause=cause,
        action=words.ACTION,
        owner_role="product",
        validation=Validation(metric="attach", direction="up", window_days=30),
        stop_rule=words.STOP,
        confidence=rate_gap(shortfall.gap, shortfall.low),
        impact=impact,
        evidence=(Evidence(table="units", n=round(shortfall.orders), value=shortfall.now),),
    )
