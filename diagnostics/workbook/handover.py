"""Hands the questions of a diagnosis to the engineer of a client's warehouse: statements, tables, how to run them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from diagnostics.checks.examination import find_gaps
from diagnostics.checks.shelf import list_all_checks, load_check
from diagnostics.intake.calendar import ask_days
from diagnostics.intake.sheet.private import scrub_brief
from diagnostics.model.errors import ExitCode, PersonError
from diagnostics.model.wording import Text, join_texts
from diagnostics.workbook.aggregates import PERSONS, sound
from diagnostics.workbook.ddl import print_tables
from diagnostics.workbook.dialects import check_dialect, imagine_tables, refuse
from diagnostics.workbook.engagement import choose_basis
from diagnostics.workbook.engine import unbound_tables
from diagnostics.workbook.examining import leave_out, open_tables
from diagnostics.workbook.handover_words import print_guide, print_parameters
from diagnostics.workbook.lineage import list_persons
from diagnostics.workbook.result_folder import ResultFolder
from diagnostics.workbook.settings import read_settings
from diagnostics.workbook.soundings import DAYS, ENGAGEMENT, GMV, ask_gmv, ask_tables
from diagnostics.workbook.stages import read_faultless
from diagnostics.workbook.statements import Statement, seal_check
from diagnostics.workbook.vault import ACCOUNT
from diagnostics.workbook.writing import remove_tree, write_whole

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date
    from pathlib import Path

    import ibis.expr.types as ir

    from diagnostics.model.tables import Tables
    from diagnostics.workbook.case import Case

ALL = "all"
QUERIES, RESULTS, TABLES, GUIDE = "queries", "results", "tables.sql", "README.md"
MOST_PEOPLE = 9_999


@dataclass(frozen=True, kw_only=True)
class Asking:
    """Whose questions are printed: the tables with the engagement, and whether its days are only placeholders."""

    tables: Tables
    is_imagined: bool
    as_of: date | None = None


@dataclass(frozen=True, kw_only=True)
class Handover:
    """Statements in a dialect, and by check why there are none."""

    asking: Asking
    dialect: str
    smallest: int
    statements: tuple[Statement, ...]
    silent: dict[str, Text]

    def print_all(self) -> Iterator[str]:
        """The parameters, each statement under its heading, and the checks that ask nothing."""
        yield print_parameters(self.asking.tables.engagement, self.asking.as_of, is_imagined=self.asking.is_imagined)
        for statement in self.statements:
            yield f"{statement.head()}{statement.print_in(self.dialect)};\n"
        for check, reason in self.silent.items():
            yield f"-- {check}: {reason.zh} · {reason.en}\n"

    def write(self, folder: Path) -> list[Path]:
        """One file a statement, the tables, a guide and an empty folder for the results; the files written."""
        if folder.exists() and not (folder / TABLES).is_file() and (not folder.is_dir() or any(folder.iterdir())):
            message = f"--out {folder} is there already and holds something else"
            step = "name a folder that is new or empty, or one that `sql` wrote before"
            raise PersonError(message, next_step=step, exit_code=ExitCode.WRONG_ARGUMENTS)
        remove_tree(folder / QUERIES)
        (folder / RESULTS).mkdir(parents=True, exist_ok=True)
        parameters, *told = self.print_all()
        guide = print_guide(self.dialect, parameters, self.silent, self.smallest)
        return [
            write_whole(folder / GUIDE, guide),
            write_whole(folder / TABLES, print_tables(self.dialect)),
            *(
                write_whole(folder / QUERIES / f"{statement.name}.sql", page)
                for statement, page in zip(self.statements, told, strict=False)
            ),
        ]


def prepare(selection: str, asking: Asking, dialect: str, smallest: int = 1) -> Handover:
    """The statements of one check, of the pseudo-check `engagement`, or of all.

    `PersonError` for an unknown check or dialect, or a size of cells that is none.
    """
    check_dialect(dialect)
    known = (ALL, ENGAGEMENT, *list_all_checks())
    if selection not in known:
        raise refuse(selection, known)
    if not 1 <= smallest <= MOST_PEOPLE:
        message = f"--smallest-cell {smallest} is no number of people"
        step = f"write a number from 1 to {MOST_PEOPLE:,}"
        raise PersonError(message, next_step=step, exit_code=ExitCode.WRONG_ARGUMENTS)
    statements = list(_ask_engagement(asking)) if selection in {ALL, ENGAGEMENT} else []
    silent: dict[str, Text] = {}
    for name in list_all_checks() if selection == ALL else [selection] * (selection != ENGAGEMENT):
        check = load_check(name)
        if gaps := find_gaps(check, asking.tables):
            silent[name] = join_texts(gaps)
            continue
        asked = check.query(asking.tables)
        if any(list_persons(expression) for expression in asked.values()):
            silent[name] = PERSONS
            continue
        statements += seal_check(name, asked, smallest)
    return Handover(asking=asking, dialect=dialect, smallest=smallest, statements=tuple(statements), silent=silent)


def choose_asking(case: Case | None, folder: Path | None, as_of: date | None) -> Asking:
    """Nobody's questions, or a client's: its sheet and settings, its days from result files or else from its vault."""
    if case is None:
        return Asking(tables=imagine_tables(), is_imagined=True)
    day = as_of or read_settings(case.settings).as_of
    if folder is not None:
        return Asking(tables=sound(case, ResultFolder(path=folder), day), is_imagined=False, as_of=day)
    if (case.vault / ACCOUNT).exists():
        opened = open_tables(case, as_of=day)
        unbound = {name: table for name, table in unbound_tables().items() if name in opened.by_name}
        tables = replace(
            imagine_tables(),
            by_name=_cut(unbound, day),
            available=opened.available,
            engagement=opened.engagement,
        )
        opened.close()
        return Asking(tables=tables, is_imagined=False, as_of=day)
    return Asking(tables=_imagine_client(case, day), is_imagined=True, as_of=day)


def _ask_engagement(asking: Asking) -> Iterator[Statement]:
    """What stays the same whatever the tables hold, and a year's GMV as soon as the year is known."""
    engagement = asking.tables.engagement
    unbound = unbound_tables()
    lines = _cut(unbound, asking.as_of)["order_lines"]
    yield from seal_check(ENGAGEMENT, {**ask_tables(unbound, asking.as_of), DAYS: ask_days(lines)})
    if not asking.is_imagined:
        yield from seal_check(ENGAGEMENT, {GMV: ask_gmv(lines, engagement.gmv_basis, engagement.horizon)})


def _imagine_client(case: Case, as_of: date | None) -> Tables:
    """Every table over placeholder days, by the client's own definitions."""
    settings, brief = read_settings(case.settings), scrub_brief(read_faultless(case).brief)
    imagined = imagine_tables()
    engagement = replace(
        imagined.engagement,
        client=case.name,
        title=settings.word_title(case.name),
        currency=settings.currency,
        gmv_basis=choose_basis(brief),
        brief=brief,
        limits=settings.limits,
    )
    return replace(imagined, by_name=_cut(dict(imagined.by_name), as_of), engagement=engagement)


def _cut(tables: dict[str, ir.Table], as_of: date | None) -> dict[str, ir.Table]:
    return tables if as_of is None else {name: leave_out(table, name, as_of) for name, table in tables.items()}
