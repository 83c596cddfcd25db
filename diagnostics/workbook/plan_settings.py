"""What a consultant may change of the plan in settings.yaml: bounds, what actions take, pools and ways."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from importlib.resources import files
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, FiniteFloat, field_validator

from diagnostics.intake.privacy.identifiers import mask_text
from diagnostics.model.wording import Text
from diagnostics.plan.actions import PlanAction, read_actions
from diagnostics.plan.capacity import set_limits
from diagnostics.plan.pools import Pool, read_pools
from diagnostics.workbook.catalog import load_playbooks


class ActionChange(BaseModel):
    """Another effort for the action of one finding code; what is not given stays."""

    model_config = ConfigDict(extra="forbid")
    phase: Literal[1, 2, 3] | None = None
    days: dict[str, FiniteFloat] | None = None
    outlay: tuple[FiniteFloat, FiniteFloat] | None = None
    after: tuple[str, ...] | None = None
    gates: tuple[str, ...] | None = None

    def change(self, action: PlanAction) -> PlanAction:
        """The action as the consultant sees it; `ValueError` if it is not sound."""
        return replace(
            action,
            phase=action.phase if self.phase is None else self.phase - 1,
            days=action.days if self.days is None else self.days,
            outlay=action.outlay if self.outlay is None else self.outlay,
            after=action.after if self.after is None else self.after,
            gates=action.gates if self.gates is None else self.gates,
        )


class PoolChange(BaseModel):
    """A pool or a way of the client's own list."""

    model_config = ConfigDict(extra="forbid")
    kind: Literal["pool", "way"]
    id: str
    name_zh: str
    name_en: str
    words: tuple[str, ...]
    channels: tuple[str, ...] = ()
    export_zh: str = ""
    export_en: str = ""

    def to_pool(self) -> Pool:
        """The pool as the plan knows it."""
        return Pool(
            kind=self.kind,
            id=self.id,
            name=Text(zh=mask_text(self.name_zh), en=mask_text(self.name_en)),
            words=self.words,
            channels=self.channels,
            export=Text(zh=mask_text(self.export_zh), en=mask_text(self.export_en)),
        )


class PlanSettings(BaseModel):
    """Bounds by name, actions by finding code, a list of pools and ways in place of the catalog's, a playbook by id."""

    model_config = ConfigDict(extra="forbid")
    limits: dict[str, FiniteFloat] = Field(default_factory=dict)
    actions: dict[str, ActionChange] = Field(default_factory=dict)
    pools: tuple[PoolChange, ...] = ()
    playbook: str = ""

    @field_validator("limits")
    @classmethod
    def check_limits(cls, limits: dict[str, float]) -> dict[str, float]:
        """Raise `ValueError` for a bound that there is not, or below 0."""
        if any(value < 0 for value in limits.values()):
            message = "bounds of 0 or more"
            raise ValueError(message)
        set_limits(limits)
        return limits

    @field_validator("actions")
    @classmethod
    def check_actions(cls, actions: dict[str, ActionChange]) -> dict[str, ActionChange]:
        """Raise `ValueError` for a code without an action, or an action that is not sound."""
        known = load_actions()
        codes = [*actions, *(code for change in actions.values() for code in change.after or ())]
        if unknown := [code for code in codes if code not in known]:
            message = f"finding codes of the catalog; {', '.join(unknown)} is none"
            raise ValueError(message)
        for code, change in actions.items():
            change.change(known[code])
        return actions

    @field_validator("playbook")
    @classmethod
    def check_playbook(cls, playbook: str) -> str:
        """Raise `ValueError` for a playbook that there is not."""
        known = load_playbooks()
        if playbook and playbook not in known:
            message = f"one of {', '.join(known)}"
            raise ValueError(message)
        return playbook

    @field_validator("pools")
    @classmethod
    def check_pools(cls, pools: tuple[PoolChange, ...]) -> tuple[PoolChange, ...]:
        """Raise `ValueError` for a list without a pool or without a way."""
        if pools and {pool.kind for pool in pools} != {"pool", "way"}:
            message = "a list of at least one pool and one way"
            raise ValueError(message)
        return pools

    def set_actions(self) -> dict[str, PlanAction]:
        """Every action, changed where the settings say so."""
        known = load_actions()
        return known | {code: change.change(known[code]) for code, change in self.actions.items()}

    def set_pools(self) -> tuple[Pool, ...]:
        """The client's own pools and ways, or the catalog's."""
        return tuple(pool.to_pool() for pool in self.pools) or load_pools()


@cache
def load_actions() -> dict[str, PlanAction]:
    """What actions take, as the catalog has it."""
    return read_actions((files("diagnostics.catalog") / "plan_actions.csv").read_text(encoding="utf-8"))


@cache
def load_levers() -> dict[str, str]:
    """The lever of each finding code, as the catalog has it."""
    return {code: action.lever for code, action in load_actions().items()}


@cache
def load_pools() -> tuple[Pool, ...]:
    """Pools and ways, as the catalog has them."""
    return read_pools((files("diagnostics.catalog") / "plan_pools.csv").read_text(encoding="utf-8"))
