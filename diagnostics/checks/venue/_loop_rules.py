"""The facts of the sheet behind each part of the loop, and the rule by which it is closed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from diagnostics.checks.domains import CHANNELS
from diagnostics.checks.venue import _loop_words as words
from diagnostics.model.names import name_channel
from diagnostics.model.wording import Text, join_texts, word_number

if TYPE_CHECKING:
    from collections.abc import Sequence

    from diagnostics.model.brief import Brief

Verdict = Literal["closed", "half", "open", "unknown"]
CODE = "entry_code/state"
CONNECTED = frozenset(["api", "realtime"])
PRIVATE_SYSTEMS = ("scrm", "crm", "cdp", "有赞", "微盟", "企微", "企业微信", "会员", "member", "wecom")


@dataclass(frozen=True, kw_only=True)
class Part:
    """One part of the loop: its verdict, and the facts behind it."""

    id: str
    verdict: Verdict
    facts: Text


def check_loop(brief: Brief) -> tuple[Part, ...]:
    """The five parts in their order."""
    return (_check_traffic(brief), *_check_deal(brief), _check_delivery(brief), _check_data(brief))


def _check_traffic(brief: Brief) -> Part:
    pools, points = brief.rows("public_pools"), brief.rows("touchpoints")
    coded = sum(bool(str(point.get(CODE) or "").strip()) for point in points)
    facts = words.FACTS["traffic"].fill(
        pools=word_number(len(pools)), points=word_number(len(points)), coded=word_number(coded)
    )
    if not pools and not points:
        return Part(id="traffic", verdict="unknown", facts=words.NOT_STATED)
    if pools and points and coded == len(points):
        return Part(id="traffic", verdict="closed", facts=facts)
    return Part(id="traffic", verdict="half" if pools or coded else "open", facts=facts)


def _check_deal(brief: Brief) -> tuple[Part, Part]:
    sold = [str(row.get("channel") or "") for row in brief.rows("main_channels")]
    if not sold:
        return (
            Part(id="product", verdict="unknown", facts=words.NOT_STATED),
            Part(id="payment", verdict="unknown", facts=words.NOT_STATED),
        )
    shops = [channel for channel in sold if channel in CHANNELS["own"]]
    tills = [*shops, *(channel for channel in sold if channel in CHANNELS["store"])]
    return (
        Part(
            id="product",
            verdict="closed" if shops else "half" if tills else "open",
            facts=words.FACTS["product"].fill(names=_join(shops)),
        ),
        Part(
            id="payment",
            verdict="closed" if tills else "open",
            facts=words.FACTS["payment"].fill(names=_join(tills)),
        ),
    )


def _join(channels: Sequence[str]) -> Text:
    return join_texts(name_channel(channel) for channel in channels) if channels else words.NONE


def _check_delivery(brief: Brief) -> Part:
    ways = brief.choices("fulfilment")
    if not ways:
        return Part(id="delivery", verdict="unknown", facts=words.NOT_STATED)
    named = join_texts(words.FULFILMENT.get(way, words.NOT_STATED) for way in ways)
    return Part(id="delivery", verdict="closed", facts=words.FACTS["delivery"].fill(names=named))


def _check_data(brief: Brief) -> Part:
    systems = brief.rows("systems")
    if not systems:
        return Part(id="data", verdict="unknown", facts=words.NOT_STATED)
    live = [row for row in systems if str(row.get("integration") or "") in CONNECTED]
    private = [row for row in live if _is_private(row.get("system"))]
    facts = words.FACTS["data"].fill(systems=word_number(len(systems)), live=word_number(len(live)))
    verdict: Verdict = "closed" if private and len(live) == len(systems) else "half" if live else "open"
    return Part(id="data", verdict=verdict, facts=facts)


def _is_private(system: object) -> bool:
    said = str(system or "").lower()
    return any(word in said for word in PRIVATE_SYSTEMS)


def counts_as_own(container: str) -> bool:
    """Whether two of the three questions on reach (any time, any frequency, free) are answered with yes.

    >>> counts_as_own("wecom"), counts_as_own("official_account")
    (True, False)
    """
    rule = words.REACH.get(container)
    return rule is not None and sum(rule[:3]) > 1
