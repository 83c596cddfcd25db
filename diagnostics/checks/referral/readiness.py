"""Whether to begin with referral, by which route, and whether the poster's four elements are at hand."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from diagnostics.charts.bars import draw_bars
from diagnostics.checks.check import Check, Example, Limit, Limits, Replies
from diagnostics.checks.limits import find_limits
from diagnostics.checks.referral import _readiness_words as words
from diagnostics.metrics.days import purchase_days
from diagnostics.metrics.lines import value_lines, within
from diagnostics.metrics.orders import count_orders
from diagnostics.metrics.referral import total_rewards
from diagnostics.metrics.referral_gates import count_attended, count_repeat
from diagnostics.model.brief import Brief
from diagnostics.model.section import Asked, Exhibit, Field, NotComputable
from diagnostics.model.wording import Text, join_texts, word_number, word_percent, word_price

if TYPE_CHECKING:
    from collections.abc import Mapping

    import ibis.expr.types as ir
    from matplotlib.figure import Figure

    from diagnostics.model.finding import Finding
    from diagnostics.model.tables import Tables
    from diagnostics.model.wording import Language

TRUSTED = frozenset({"home_decor", "auto", "medical", "finance"})
# Fields of the sheet that hold an element's raw material.
MATERIAL = {
    "pain": ("research_inputs",),
    "selling_point": ("selling_points",),
    "urgency": ("events_calendar",),
    "reward": ("benefits", "coupon_policy"),
}


@dataclass(frozen=True, kw_only=True)
class Readiness:
    """Gates (share, `None` unknown), route and why, elements at hand, spend per order and reward (`None` unknown)."""

    repeat: float | None
    reception: float | None
    is_reputation: bool
    why: Text
    elements: Mapping[str, bool]
    ticket: float
    shut: tuple[str, ...]
    currency: str


def query(tables: Tables) -> Mapping[str, ir.Table]:
    """Ask for spend per order, repeat buyers, contacts nobody wrote to and rewards, where they are known."""
    horizon = tables.engagement.horizon
    asked = {}
    if tables.has("order_lines", "order_id"):
        lines = within(value_lines(tables["order_lines"], tables.engagement.gmv_basis), horizon.current)
        orders = tables.keep(count_orders(lines))
        asked["ticket"] = orders.agg(orders=orders.count(), gmv=orders.gmv.sum())
        if tables.has("order_lines", "customer"):
            asked["repeat"] = count_repeat(purchase_days(lines))
    if tables.has("contacts", "customer", "added_at") and tables.has("touches", "customer"):
        asked["reception"] = count_attended(tables["contacts"], tables["touches"], horizon.current)
    if tables.has("referrals", "reward_cost"):
        asked["rewards"] = total_rewards(tables["referrals"], horizon.current.start, horizon.current.end)
    if tables.has("feedback", "words"):
        feedback = tables["feedback"]
        asked["feedback"] = feedback.agg(rows=feedback.words.count())
    return asked


def measure(replies: Replies) -> Readiness | NotComputable:
    """Pass the gates, choose the route and look for the poster's material."""
    brief = replies.engagement.brief
    ticket = _find_ticket(replies)
    if ticket is None:
        return NotComputable(reason=words.NO_TICKET)
    limits = find_limits("referral.readiness", LIMITS, replies.engagement)
    repeat, reception = _share(replies, "repeat"), _share(replies, "reception")
    is_reputation, why = choose_route(brief.text("industry") or "", ticket, _find_reward(replies), limits)
    gates = {"repeat": (repeat, limits["repeat"]), "reception": (reception, limits["reception"])}
    return Readiness(
        repeat=repeat,
        reception=reception,
        is_reputation=is_reputation,
        why=why,
        elements=_find_elements(replies),
        ticket=ticket,
        shut=tuple(name for name, (share, least) in gates.items() if share is not None and share < least),
        currency=replies.engagement.currency,
    )


def _find_ticket(replies: Replies) -> float | None:
    told = replies.frames.get("ticket")
    if told is not None and told.orders.iloc[0] and float(told.gmv.iloc[0]) > 0:
        return float(told.gmv.iloc[0]) / float(told.orders.iloc[0])
    return replies.engagement.brief.number("aov_stated")


def _find_reward(replies: Replies) -> float | None:
    told = replies.frames.get("rewards")
    joined = float(told.joined.sum()) if told is not None else 0.0
    return float(told.cost.sum()) / joined if told is not None and joined > 0 else None


def _share(replies: Replies, name: str) -> float | None:
    told = replies.frames.get(name)
    if told is None or not told.people.iloc[0]:
        return None
    return float(told.passed.iloc[0]) / float(told.people.iloc[0])


def _find_elements(replies: Replies) -> dict[str, bool]:
    answers = replies.engagement.brief.answers
    told = {name: any(answers.get(key) for key in keys) for name, keys in MATERIAL.items()}
    if "feedback" in replies and replies["feedback"].rows.iloc[0]:
        told["pain"] = True
    if "rewards" in replies and replies["rewards"].cost.sum() > 0:
        told["reward"] = True
    return told


def choose_route(industry: str, ticket: float, reward: float | None, limits: Limits) -> tuple[bool, Text]:
    """Whether reputation is the route, and why: the trade, the reward against the ticket, or the ticket itself.

    >>> choose_route("beauty", 200.0, 20.0, {"ratio": 0.03, "ticket": 5000.0})[0]
    False
    >>> choose_route("other", 100000.0, 2500.0, {"ratio": 0.03, "ticket": 5000.0})[0]
    True
    """
    if industry in TRUSTED:
        return True, words.BY_TRADE
    if reward is not None and reward / ticket < limits["ratio"]:
        return True, words.BY_RATIO.fill(ratio=word_percent(reward / ticket))
    if reward is None and ticket > limits["ticket"]:
        return True, words.BY_TICKET
    return False, words.BY_LOW_TICKET if reward is None else words.BY_REWARD


def judge(_measured: Readiness, _limits: Limits) -> tuple[Finding, ...]:
    """Nothing: this is advice on what to begin."""
    return ()


def tell(measured: Readiness) -> Text:
    """Gate, route and poster."""
    gate = words.OPEN_GATE
    shares = {"repeat": measured.repeat, "reception": measured.reception}
    unknown = [words.GATES[name] for name, share in shares.items() if share is None]
    if unknown:
        gate = words.UNKNOWN_GATE.fill(names=join_texts(unknown))
    if measured.shut:
        gate = words.CLOSED_GATE.fill(names=join_texts(words.GATES[name] for name in measured.shut))
    said = words.ANSWER.fill(
        gate=gate,
        ticket=word_price(measured.ticket, measured.currency),
        route=words.REPUTATION if measured.is_reputation else words.BENEFIT,
        why=measured.why,
        n=word_number(sum(measured.elements.values())),
    )
    lacking = [words.ELEMENTS[name] for name, is_there in measured.elements.items() if not is_there]
    tail = words.LACKING.fill(names=join_texts(lacking)) if lacking else words.COMPLETE
    return Text(zh=said.zh + tail.zh, en=said.en + tail.en)


def caveats(_measured: Readiness) -> tuple[Text, ...]:
    """That a poster needs a person's eye."""
    return (words.EYE,)


def tabulate(measured: Readiness) -> tuple[Exhibit, ...]:
    """The poster's elements, and the gates."""
    elements = [
        {
            "element": words.ELEMENTS[name],
            "source": words.SOURCES[name],
            "state": words.HAVE if is_there else words.WANT,
        }
        for name, is_there in measured.elements.items()
    ]
    fields = (
        Field(name="element", label=Text(zh="海报要素", en="Element")),
        Field(name="source", label=Text(zh="原料取自", en="Raw material from")),
        Field(name="state", label=Text(zh="状态", en="State")),
    )
    gates = [
        {
            "gate": words.GATES[name],
            "share": np.nan if share is None else share,
            "state": _word_gate(measured, name, share),
        }
        for name, share in (("repeat", measured.repeat), ("reception", measured.reception))
    ]
    gate_fields = (
        Field(name="gate", label=Text(zh="基础关", en="Gate")),
        Field(name="share", label=Text(zh="现状", en="Today"), unit="share"),
        Field(name="state", label=Text(zh="判断", en="Verdict")),
    )
    title = Text(zh="海报四要素", en="The poster's four elements")
    return (
        Exhibit(name="poster", title=title, fields=fields, frame=pd.DataFrame(elements)),
        Exhibit(
            name="gates",
            title=Text(zh="裂变前的基础关", en="Gates before referral"),
            fields=gate_fields,
            frame=pd.DataFrame(gates),
        ),
    )


def _word_gate(measured: Readiness, name: str, share: float | None) -> Text:
    if share is None:
        return Text(zh="没有数据", en="not known")
    return Text(zh="未过", en="shut") if name in measured.shut else Text(zh="已过", en="open")


def draw(measured: Readiness, language: Language) -> Figure:
    """The four elements: 1 where the raw material is there."""
    names = list(measured.elements)
    return draw_bars(
        [words.ELEMENTS[name].word(language) for name in names],
        [float(measured.elements[name]) for name in names],
        [(words.HAVE if measured.elements[name] else words.WANT).word(language) for name in names],
        axis_label=Text(zh="原料是否齐备", en="Raw material at hand").word(language),
    )


LIMITS = (
    Limit(
        name="repeat",
        value=0.15,
        reason=Text(
            zh="本期买两次以上的不到 15%，老客自己都不回来，推荐没有底气",
            en="with under 15% buying twice customers don't come back themselves, let alone recommend",
        ),
    ),
    Limit(
        name="reception",
        value=0.5,
        reason=Text(
            zh="新好友 3 天内有人接待的不到一半，裂变来的人接不住",
            en="with under half of new contacts answered in 3 days newcomers would fall through",
        ),
    ),
    Limit(
        name="ratio",
        value=0.03,
        reason=Text(
            zh="奖励不到客单价的 3%：不会为两三千元的优惠去转十万元的单",
            en="a reward under 3% of the ticket: nobody shares a purchase of 100,000 for 2,500 off",
        ),
    ),
    Limit(
        name="ticket",
        value=5000,
        reason=Text(
            zh="不知道奖励时，客单价过五千按高客单处理",
            en="with the reward unknown a ticket above 5,000 is taken for a high one",
        ),
    ),
)

CHECK = Check(
    question=words.QUESTION,
    definition=words.DEFINITION,
    answers=("004-40", "001-46", "004-49"),
    finds=(),
    needs=(),
    limits=LIMITS,
    query=query,
    measure=measure,
    judge=judge,
    tell=tell,
    tabulate=tabulate,
    draw=draw,
    caveats=caveats,
    # Two of three customers buy once, one twice; selling points and a calendar are there, pain and reward are not.
    example=Example(
        tables={
            "order_lines": "customer ordered_at paid_amount\na 2024-01-01 100\na 2024-01-20 100\nb 2024-01-31 100",
        },
        says="海报四要素备齐 2 项，缺：痛点、福利。",
        brief=Brief(
            answers={
                "industry": "beauty",
                "selling_points": ("敏感肌可用",),
                "events_calendar": ({"event": "618"},),
            }
        ),
    ),
    place=30,
    asks=(Asked(key="industry", label=Text(zh="行业", en="Industry")),),
)
