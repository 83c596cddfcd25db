"""Knows every path of a client folder."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from diagnostics.model.errors import ExitCode, PersonError

PROJECT = Path(__file__).resolve().parents[2]
CLIENT_DATA = PROJECT / "client_data"
SHARED_NOTEBOOKS = PROJECT / "notebooks"
# The run of an analyst who works in a notebook without the runner.
BY_HAND = "by_hand"
TEMPLATES = PROJECT / "report_templates"


@dataclass(frozen=True, kw_only=True)
class Case:
    """One client's folder."""

    folder: Path

    @property
    def name(self) -> str:
        """The client's name: that of the folder."""
        return self.folder.name

    @property
    def exports(self) -> Path:
        """The files as the client sent them."""
        return self.folder / "exports"

    @property
    def sheet(self) -> Path:
        """The requirement sheet."""
        return self.folder / "requirement_sheet.xlsx"

    @property
    def settings(self) -> Path:
        """The optional settings."""
        return self.folder / "settings.yaml"

    @property
    def notes(self) -> Path:
        """The consultant's optional edits."""
        return self.folder / "notes.yaml"

    @property
    def vault(self) -> Path:
        """The canonical tables, pseudonymised."""
        return self.folder / "vault"

    @property
    def held_vault(self) -> Path:
        """Where files are read before it is known whether they may be kept."""
        return self.folder / ".held"

    @property
    def intake_file(self) -> Path:
        """What the last intake found."""
        return self.folder / "intake.json"

    @property
    def runs(self) -> Path:
        """All runs."""
        return self.folder / "runs"

    def find_notebook(self, shared: Path) -> Path:
        """The client's own version of a shared notebook if there is one, else the shared one."""
        own = self.folder / "notebooks" / shared.name
        return own if own.exists() else shared


def name_case(client: str, home: Path = CLIENT_DATA) -> Case:
    """The case of a name under `client_data/`, or of a folder's path; it need not exist yet."""
    as_path = Path(client)
    if as_path.is_absolute() or len(as_path.parts) > 1 or as_path.is_dir():
        return Case(folder=as_path.resolve())
    return Case(folder=home / client)


def find_case(client: str, home: Path = CLIENT_DATA) -> Case:
    """The case of a client whose folder is there; `PersonError` lists the clients that are."""
    case = name_case(client, home)
    if not case.folder.is_dir():
        known = ", ".join(sorted(path.name for path in home.iterdir() if path.is_dir())) if home.is_dir() else ""
        message = f"there is no client folder {case.folder}"
        step = f"make one with `new {client}`" + (f", or name one of: {known}" if known else "")
        raise PersonError(message, next_step=step, exit_code=ExitCode.WRONG_ARGUMENTS)
    return case


def list_notebooks() -> list[Path]:
    """The shared notebooks in the order of their numbers."""
    return sorted(SHARED_NOTEBOOKS.glob("[0-9][0-9]_*.ipynb"))
