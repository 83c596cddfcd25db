"""Playbooks: what a trade watches, when it speaks to customers, and the plays that it knows; one file a trade."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal, Self

from pydantic import BaseModel, ConfigDict, Field, PositiveFloat, PositiveInt, model_validator

from diagnostics.model.wording import Text

Stage = Literal["acquisition", "retention", "repurchase", "referral"]
STAGES: dict[Stage, Text] = {
    "acquisition": Text(zh="引流", en="Acquisition"),
    "retention": Text(zh="留存", en="Retention"),
    "repurchase": Text(zh="复购", en="Repurchase"),
    "referral": Text(zh="裂变", en="Referral"),
}
# The playbook of a client whose trade has none of its own.
GENERAL = "general"
SHARED = "_plays"


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Needs(_Strict):
    """What must be true before a play: questions answered, troubles not open, sheet fields filled, gates passed.

    A question is `wing.check`, or `wing.check/table` where a play needs the part of its answer that leaves this table.
    """

    answered: tuple[str, ...] = ()
    clear: tuple[str, ...] = ()
    sheet: tuple[str, ...] = ()
    gates: tuple[str, ...] = ()


class Play(_Strict):
    """One way to win, keep or bring back customers, and the metric by which it is judged."""

    stage: Stage
    name: Text
    how: Text
    metric: str
    needs: Needs


class Indicator(_Strict):
    """A metric of the dictionary that this trade watches or puts aside, and why."""

    metric: str
    why: Text


class Moment(_Strict):
    """When to speak to a customer: days after the purchase, or a multiple of the measured cycle."""

    do: Text
    day: PositiveInt | None = None
    at: PositiveFloat | None = None

    @model_validator(mode="after")
    def check_one(self) -> Self:
        """Raise `ValueError` unless exactly one of both is given."""
        if (self.day is None) == (self.at is None):
            message = "either `day` or `at`"
            raise ValueError(message)
        return self


class Playbook(_Strict):
    """A trade's playbook; `industries` are the answers of the requirement sheet that it serves."""

    id: str
    name: Text
    industries: tuple[str, ...]
    durable: bool
    rhythm: Text
    watch: tuple[Indicator, ...]
    aside: tuple[Indicator, ...]
    moments: tuple[Moment, ...]
    plays: Mapping[str, Play] = Field(min_length=1)


def read_playbooks(files: Mapping[str, Mapping[str, object]]) -> dict[str, Playbook]:
    """Playbooks by id from parsed files by name; `use` takes plays from the shared file.

    Raises `ValueError` that names the file: an unknown key, a text in one language, a play that there is not.
    """
    shared = files.get(SHARED, {})
    return {name: _read(name, dict(content), shared) for name, content in files.items() if name != SHARED}


def choose_playbook(playbooks: Mapping[str, Playbook], industry: str | None, named: str = "") -> Playbook:
    """The playbook that the settings name, else that of the client's trade, else the general one."""
    if named:
        return playbooks[named]
    own = (book for book in playbooks.values() if industry in book.industries)
    return next(own, playbooks[GENERAL])


def list_plays(playbook: Playbook) -> Sequence[tuple[str, Play]]:
    """The plays in the order of the stages."""
    order = list(STAGES)
    return sorted(playbook.plays.items(), key=lambda item: order.index(item[1].stage))


def _read(name: str, content: dict[str, object], shared: Mapping[str, object]) -> Playbook:
    used = content.pop("use", ())
    own = content.pop("plays", {})
    try:
        plays = {**_take(used, shared), **own}  # type: ignore[dict-item] # the model checks what it is
        return Playbook.model_validate({**content, "id": name, "plays": plays})
    except (TypeError, ValueError) as error:
        message = f"playbook {name}: {error}"
        raise ValueError(message) from error


def _take(names: object, shared: Mapping[str, object]) -> dict[str, object]:
    listed = [str(name) for name in names] if isinstance(names, list | tuple) else [str(names)]
    if unknown := [name for name in listed if name not in shared]:
        message = f"no shared play is called {', '.join(unknown)}"
        raise ValueError(message)
    return {name: shared[name] for name in listed}
