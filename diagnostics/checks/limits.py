"""The limits of a check as the client's settings have them, for the words and the picture that name who is beyond."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from diagnostics.checks.check import Limit, Limits
    from diagnostics.model.engagement import Engagement


def find_limits(check: str, limits: Iterable[Limit], engagement: Engagement) -> Limits:
    """Every limit's value by name: the client's own where its settings have one for this check, else the usual one."""
    own = engagement.limits.get(check, {})
    return {limit.name: own.get(limit.name, limit.value) for limit in limits}
