"""The one class of errors that are meant for people, and the faults that it lists."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum


class ExitCode(IntEnum):
    """How a command ended."""

    DONE = 0
    PROGRAM_FAULT = 1
    WRONG_ARGUMENTS = 2
    INPUT_NEEDS_PERSON = 3
    SECTIONS_FAILED = 4
    INTERRUPTED = 130


@dataclass(frozen=True, kw_only=True)
class Fault:
    """One thing that a person must mend: where it is, what was found, what is expected."""

    file: str
    found: str
    expected: str
    sheet: str = ""
    row: int | None = None
    column: str = ""

    @property
    def place(self) -> str:
        """File, sheet, row and column in one phrase."""
        parts = [
            self.file,
            self.sheet,
            f"row {self.row}" if self.row else "",
            f"column {self.column}" if self.column else "",
        ]
        return ", ".join(part for part in parts if part)


class PersonError(Exception):
    """An error told without a traceback: what happened, all faults at once, what to do next."""

    def __init__(
        self,
        message: str,
        *,
        next_step: str,
        faults: Sequence[Fault] = (),
        exit_code: ExitCode = ExitCode.INPUT_NEEDS_PERSON,
    ) -> None:
        super().__init__(message)
        self.message = message
        self.next_step = next_step
        self.faults = tuple(faults)
        self.exit_code = exit_code


def tell_unreachable(error: OSError) -> PersonError:
    """A file or folder that the system would not let be read or written, told for a person.

    >>> tell_unreachable(PermissionError(13, "Permission denied", "vault")).message
    "vault can't be read or written: Permission denied"
    """
    message = f"{error.filename} can't be read or written: {error.strerror}"
    return PersonError(message, next_step="check that it is what its name says, its permissions and the disk's space")
