"""How a fallen lever becomes a finding."""

from __future__ import annotations

from diagnostics.checks.levers import _tree_words as words
from diagnostics.checks.remedies import LEVER_REMEDIES
from diagnostics.model.finding import Evidence, Finding, Impact, Validation
from diagnostics.model.names import LEVERS, name_channel
from diagnostics.model.wording import NOTHING, Text, word_change, word_money, word_number, word_percent, word_price
from diagnostics.statistics.certainty import find_likely, rate_gap
from diagnostics.statistics.lever_falls import Fall


def state_fall(fall: Fall, yearly: float, currency: str) -> Finding:
    """A fallen lever as a finding, a year."""
    remedy = LEVER_REMEDIES[fall.lever]
    channel, lever = name_channel(fall.channel), LEVERS[fall.lever]
    low, mid, high = find_likely(fall.low * yearly, fall.loss * yearly, fall.high * yearly)
    impact = Impact(low=low, mid=mid, high=high)
    lowered = lower(lever)
    cause = words.CAUSE.fill(
        channel=channel,
        lever=lowered,
        old=_word_factor(fall.lever, fall.old, currency),
        new=_word_factor(fall.lever, fall.new, currency),
        effect=word_money(fall.loss, currency),
        share=word_percent(fall.loss / fall.base),
        low=word_money(fall.low, currency),
        high=word_money(fall.high, currency),
        total=word_money(fall.change, currency, signed=True),
    )
    return Finding(
        code=remedy.code,
        scope={"channel": fall.channel},
        title=words.FALL.fill(
            channel=channel,
            lever=lowered,
            change=word_percent(1 - fall.new / fall.old),
            loss=word_money(impact.mid, currency),
        ),
        cause=cause + _explain(fall, currency),
        action=remedy.action,
        owner_role=remedy.owner,
        validation=Validation(metric=remedy.metric, direction="up", window_days=remedy.window_days),
        stop_rule=remedy.stop,
        confidence=rate_gap(fall.loss, fall.low),
        impact=impact,
        evidence=(Evidence(table="channels", n=fall.buyers, value=fall.new / fall.old - 1),),
    )


def _explain(fall: Fall, currency: str) -> Text:
    """What the lever itself is made of, or why it can't be told, and what was left to the calendar."""
    said = words.ONLY_BUYERS if fall.lever == "buyers" else NOTHING
    if fall.units is not None:
        parts = words.BASKET_PARTS if fall.is_listed else words.PAID_PARTS
        said = parts.fill(units=word_change(fall.units), price=word_change(fall.price))
    if round(fall.calendar):
        said += words.CALENDAR_TAKEN.fill(calendar=word_money(fall.calendar, currency))
    return said


def _word_factor(lever: str, value: float, currency: str) -> Text:
    if lever == "basket":
        return word_price(value, currency)
    if lever in {"conversion", "kept"}:
        return word_percent(value, 2)
    return word_number(value, 2 if lever == "frequency" else 0)


def lower(lever: Text) -> Text:
    """A lever's name inside of a sentence."""
    return Text(zh=lever.zh, en=lever.en.lower())
