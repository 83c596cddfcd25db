"""The record of a trouble that can be planted, and the shelf of all of them."""

from __future__ import annotations

import pkgutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, TypeAlias

from diagnostics.generator.clinic import planted
from diagnostics.generator.clinic.client import Client

if TYPE_CHECKING:
    import numpy as np

Scope: TypeAlias = Mapping[str, str]
Limits: TypeAlias = Mapping[str, float]
STRENGTHS = (0.5, 1.0, 2.0, 4.0)


@dataclass(frozen=True, kw_only=True)
class Planted:
    """A client with a trouble in its tables, and what that costs a year as the finding defines it."""

    client: Client
    effect: float | None


@dataclass(frozen=True, kw_only=True)
class Planting:
    """A trouble: where it may sit, the smallest gap that can be told there, and how to plant a gap.

    `rule` says in words how `floor` is made of limit and noise; the package's docstring says it in full.
    """

    code: str
    choose: Callable[[np.random.Generator, Client], Scope | None]
    floor: Callable[[Client, Scope, Limits], float]
    rule: str
    plant: Callable[[np.random.Generator, Client, Scope, float], Planted | None]


def list_plantings() -> dict[str, Planting]:
    """Every planting by its code, in the order of codes."""
    names = sorted(module.name for module in pkgutil.iter_modules(planted.__path__))
    found: list[Planting] = [import_module(f"{planted.__name__}.{name}").PLANTING for name in names]
    return {planting.code: planting for planting in found}
