"""What a fit must beware of: ridges, boundaries, a maximum not reached."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from diagnostics.model.wording import Text, join_texts, name_verbatim
from diagnostics.statistics.repeat_buying.histories import Numbers
from diagnostics.statistics.repeat_buying.peak import Objective, Peak, walk

# One standard error along the worst direction multiplies the parameters by e^1.5 = 4.5: no value worth quoting.
RIDGE_ERROR = 1.5
# Walking so far (a factor of 12) along such a direction, the other parameters following, and losing less
# log-likelihood than a 95 % interval does (half of chi-squared's 95 % point): the data set no limit there.
WALK = 2.5
LOSS = 1.92
SHARE_OF_WAY = 0.3
# A shape above e^2: when its scale runs off, it follows, and what is left is their ratio.
LARGE = 2.0

RIDGE = Text(
    zh="{model}：{parameters} 只能确定其比值，单个数值没有意义；由此得出的预测仍然可用。",
    en="{model}: of {parameters} only the ratio is known, single values mean nothing; forecasts still hold.",
)
BOUNDARY = Text(
    zh="{model}：{parameters} 趋向 0 或无穷大，数据支持一个更简单的模型。",
    en="{model}: {parameters} run to zero or to infinity; the data support a simpler model.",
)
NOT_CONVERGED = Text(
    zh="{model}：似然函数没有收敛到最大值，结果不可用。",
    en="{model}: the likelihood did not reach its maximum; do not use the result.",
)


@dataclass(frozen=True, kw_only=True)
class Flag:
    """What to beware of, and the parameters concerned."""

    kind: Literal["ridge", "boundary", "not_converged"]
    parameters: tuple[str, ...]
    text: Text


def find_flags(
    objective: Objective,
    peak: Peak,
    *,
    model: str,
    names: tuple[str, ...],
    pairs: Sequence[tuple[str, str]],
    customers: float,
) -> tuple[Flag, ...]:
    """Which parameters run off to 0 or infinity, alone or as one of `pairs` of which only the ratio is known."""
    ends = _find_ends(objective, peak, customers)
    lost = {name for name, way in zip(names, ends, strict=True) if way}
    way_of = dict(zip(names, ends, strict=True))
    at = dict(zip(names, peak.at, strict=True))
    ridges = [(one, other) for one, other in pairs if way_of[one] > 0 or (way_of[other] > 0 and at[one] > LARGE)]
    edges = tuple(name for name in names if name in lost and not any(name in pair for pair in ridges))
    flags = [_flag("ridge", RIDGE, model, pair) for pair in ridges]
    if edges:
        flags.append(_flag("boundary", BOUNDARY, model, edges))
    if not peak.converged and not lost:
        flags.append(_flag("not_converged", NOT_CONVERGED, model, names))
    return tuple(flags)


def _flag(kind: Literal["ridge", "boundary", "not_converged"], text: Text, model: str, names: tuple[str, ...]) -> Flag:
    told = text.fill(model=name_verbatim(model), parameters=join_texts([name_verbatim(name) for name in names]))
    return Flag(kind=kind, parameters=names, text=told)


def _find_ends(objective: Objective, peak: Peak, customers: float) -> Numbers:
    """For each parameter -1 or 1 if the data let it run to zero or to infinity, else 0."""
    ends = np.where(peak.held, np.sign(peak.at), 0.0)
    free = ~peak.held
    if not free.any():
        return np.asarray(ends)
    sizes, ways = np.linalg.eigh(peak.information[np.ix_(free, free)])
    for size, way in zip(sizes, ways.T, strict=True):
        if size > 1 / RIDGE_ERROR**2:
            break
        step = np.zeros_like(peak.at)
        step[free] = WALK * way / np.abs(way).max()
        walks = [walk(objective, peak, sign * step, customers) for sign in (1.0, -1.0)]
        moved, height = max(walks, key=lambda own: own[1])
        if peak.height - height < LOSS:
            ends = np.where((np.abs(moved) > SHARE_OF_WAY * WALK) & (ends == 0), np.sign(moved), ends)
    return np.asarray(ends)
