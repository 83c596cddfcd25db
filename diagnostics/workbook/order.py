"""What a person asked of a run, and the check of each argument."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TypeVar, cast

from diagnostics.model.errors import ExitCode, PersonError
from diagnostics.model.wording import LANGUAGES, Language

# Instead of an engine: a folder of results that a client's warehouse gave.
AGGREGATES = "aggregates:"
# The pack of the two-hour session is PDF and slides at once.
SESSION = "session"
FORMATS = ("html", "pdf", "xlsx", SESSION)
Choice = TypeVar("Choice", bound=str)


@dataclass(frozen=True, kw_only=True)
class Order:
    """The arguments of a run; `only` names wings, `out` a folder in place of runs/<id>."""

    languages: tuple[Language, ...] = LANGUAGES
    formats: tuple[str, ...] = FORMATS
    only: tuple[str, ...] = ()
    as_of: str = ""
    engine: str = "duckdb://"
    jobs: int = 2
    out: Path | None = None
    resume: bool = False

    @property
    def aggregates(self) -> Path | None:
        """The folder of result files, where the data stay in the client's warehouse."""
        return find_aggregates(self.engine)

    def __post_init__(self) -> None:
        if not self.languages or not self.formats:
            message = "a report needs a language and a format"
            raise PersonError(message, next_step="name one of each", exit_code=ExitCode.WRONG_ARGUMENTS)


def find_aggregates(engine: str) -> Path | None:
    """The folder that an engine's name stands for, if it is one of result files.

    >>> find_aggregates("aggregates:/results").as_posix(), find_aggregates("duckdb://")
    ('/results', None)
    """
    return Path(engine.removeprefix(AGGREGATES)) if engine.startswith(AGGREGATES) else None


def split_choices(option: str, given: str, known: tuple[Choice, ...]) -> tuple[Choice, ...]:
    """Choices separated by commas; `PersonError` names one that is not known.

    >>> split_choices("--lang", "zh, en", ("zh", "en"))
    ('zh', 'en')
    """
    chosen = tuple(part.strip() for part in given.split(",") if part.strip())
    if unknown := [part for part in chosen if part not in known]:
        message = f"{option} does not know {', '.join(unknown)}"
        raise PersonError(message, next_step=f"choose from: {', '.join(known)}", exit_code=ExitCode.WRONG_ARGUMENTS)
    return cast("tuple[Choice, ...]", chosen)


def check_day(option: str, given: str) -> str:
    """A day as it was given, or nothing; `PersonError` if it is no day."""
    if given:
        try:
            date.fromisoformat(given)
        except ValueError as error:
            message = f"{option} {given} is no day"
            raise PersonError(
                message, next_step="write it as YYYY-MM-DD", exit_code=ExitCode.WRONG_ARGUMENTS
            ) from error
    return given
