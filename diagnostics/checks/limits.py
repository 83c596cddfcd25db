"""Limits of checks: how they are written down, and how a client's settings have them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from diagnostics.checks.check import Limit
from diagnostics.model.wording import Text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from diagnostics.checks.check import Limits
    from diagnostics.model.engagement import Engagement


def name_limit(name: str, value: float, zh: str, en: str) -> Limit:
    """A limit with its reason in both languages."""
    return Limit(name=name, value=value, reason=Text(zh=zh, en=en))


def find_limits(check: str, limits: Iterable[Limit], engagement: Engagement) -> Limits:
    """Every limit's value by name: the client's own where its settings have one for this check, else the usual one."""
    own = engagement.limits.get(check, {})
    return {limit.name: own.get(limit.name, limit.value) for limit in limits}
