"""Reads a client's settings.yaml; a mistake in it is told with its place."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, FiniteFloat

from diagnostics.checks.shelf import list_all_checks, load_check
from diagnostics.intake.privacy.identifiers import mask_text
from diagnostics.model.errors import Fault, PersonError
from diagnostics.model.wording import Text, name_verbatim
from diagnostics.workbook.engine_address import EMBEDDED, KNOWN, read_address
from diagnostics.workbook.plain_yaml import read_yaml
from diagnostics.workbook.plan_settings import PlanSettings

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from diagnostics.model.account import DataKind


CODE_LENGTH = 3


class Words(BaseModel):
    """A text in two languages."""

    model_config = ConfigDict(extra="forbid")
    zh: str
    en: str


def _check_currency(code: str) -> str:
    if len(code) != CODE_LENGTH or not (code.isascii() and code.isalpha() and code.isupper()):
        message = "a currency code of three capitals, such as CNY"
        raise ValueError(message)
    return code


def _check_engine(url: str) -> str:
    if url != EMBEDDED and read_address(url) is None:
        message = f"one of {KNOWN}"
        raise ValueError(message)
    return url


class Settings(BaseModel):
    """What a consultant may fix for a client; every part is optional."""

    model_config = ConfigDict(extra="forbid")
    title: Words | str | None = None
    currency: Annotated[str, AfterValidator(_check_currency)] = "CNY"
    data: Literal["personal", "open", "generated"] = "personal"
    generated: bool = False
    as_of: date | None = None
    largest_amount: FiniteFloat | None = None
    languages: tuple[Literal["zh", "en"], ...] = ("zh", "en")
    engine: Annotated[str, AfterValidator(_check_engine)] = EMBEDDED
    memory: Annotated[str, Field(pattern=r"^[1-9]\d*(MB|GB)$")] | None = None
    limits: dict[str, dict[str, FiniteFloat]] = Field(default_factory=dict)
    mappings: list[dict[str, Any]] = Field(default_factory=list)
    attribution: tuple[Words, ...] = ()
    plan: PlanSettings = Field(default_factory=PlanSettings)

    @property
    def data_kind(self) -> DataKind:
        """Whose data these are; `generated: true` is an older way to say `data: generated`."""
        return "generated" if self.generated else self.data

    def word_title(self, folder_name: str) -> Text:
        """The client's name in the report."""
        if self.title is None:
            return name_verbatim(folder_name)
        return name_verbatim(mask_text(self.title)) if isinstance(self.title, str) else to_text(self.title)


def to_text(words: Words) -> Text:
    """A text of the settings as a text of the house; nobody's number stands in it."""
    return Text(zh=mask_text(words.zh), en=mask_text(words.en))


def read_settings(path: Path) -> Settings:
    """Read the settings; an absent file gives the defaults, a faulty one all its faults at once."""
    return Settings() if not path.exists() else read_yaml(path, Settings)


def check_limits(limits: Mapping[str, Mapping[str, float]], file: str) -> None:
    """Raise `PersonError` with every check and every threshold in the settings that there is not."""
    known = {name: {limit.name for limit in load_check(name).limits} for name in list_all_checks()}
    faults = [
        Fault(file=file, column=f"limits.{check}", found=check, expected=f"one of {', '.join(known)}")
        for check in limits
        if check not in known
    ]
    faults += [
        Fault(
            file=file,
            column=f"limits.{check}.{name}",
            found=name,
            expected=f"one of {', '.join(sorted(known[check]))}" if known[check] else "no limit: the check has none",
        )
        for check, own in limits.items()
        for name in own
        if check in known and name not in known[check]
    ]
    if faults:
        message = f"{file} changes thresholds that there are not"
        raise PersonError(message, next_step="mend the names under `limits` and run again", faults=faults)
