"""The quality account as the JSON document that `check --json` prints, and back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from diagnostics.model.account import (
    ChannelMonth,
    FileAccount,
    IntakeAccount,
    MissingTable,
    Reconciliation,
    TableAccount,
)
from diagnostics.model.wording import Text


def account_to_json(account: IntakeAccount) -> dict[str, Any]:
    """Files, tables, missing and reconciliation; days are ISO text, texts are `{"zh", "en"}`."""
    return {
        "files": [_file_to_json(file) for file in account.files],
        "tables": {
            name: {
                "rows": table.rows,
                "period": _period_to_json(table.period),
                "keyed_share": table.keyed_share,
                "filled": table.filled,
            }
            for name, table in account.tables.items()
        },
        "missing": [
            {"table": missing.table, "unlocks": list(missing.unlocks), "export": _text_to_json(missing.export)}
            for missing in account.missing
        ],
        "reconciliation": [
            {
                "channel": line.channel,
                "month": line.month,
                "ours": line.ours,
                "theirs": line.theirs,
                "gap": line.gap,
                "cause": _text_to_json(line.cause),
            }
            for line in account.reconciliation
        ],
        "calendar": [
            {**vars(month), "silent": [_period_to_json(run) for run in month.silent]} for month in account.calendar
        ],
    }


def account_from_json(document: Mapping[str, Any]) -> IntakeAccount:
    """The account that `account_to_json` wrote; other keys are passed over."""
    return IntakeAccount(
        files=tuple(_file_from_json(file) for file in document["files"]),
        tables={
            name: TableAccount(
                rows=table["rows"],
                period=_period_from_json(table["period"]),
                keyed_share=table["keyed_share"],
                filled=table["filled"],
            )
            for name, table in document["tables"].items()
        },
        missing=tuple(
            MissingTable(table=one["table"], export=Text(**one["export"]), unlocks=tuple(one["unlocks"]))
            for one in document["missing"]
        ),
        reconciliation=tuple(
            Reconciliation(**{**line, "cause": Text(**line["cause"])}) for line in document["reconciliation"]
        ),
        calendar=tuple(
            ChannelMonth(**{**month, "silent": tuple(_days_from_json(run) for run in month["silent"])})
            for month in document["calendar"]
        ),
    )


def _file_to_json(file: FileAccount) -> dict[str, Any]:
    return {
        "path": file.path,
        "sheet": file.sheet,
        "layout": file.layout,
        "score": file.score,
        "table": file.table,
        "encoding": file.encoding,
        "header_row": file.header_row,
        "rows_read": file.rows_read,
        "rows_kept": file.rows_kept,
        "rows_rejected": file.rows_rejected,
        "rejected": dict(sorted(file.rejected.items())),
        "period": _period_to_json(file.period),
        "columns": list(file.columns),
        "suggestion": file.suggestion,
        "dropped_personal": list(file.dropped_personal),
    }


def _file_from_json(file: Mapping[str, Any]) -> FileAccount:
    return FileAccount(
        **{
            **file,
            "period": _period_from_json(file["period"]),
            "columns": tuple(file["columns"]),
            "dropped_personal": tuple(file["dropped_personal"]),
        }
    )


def _text_to_json(text: Text) -> dict[str, str]:
    return {"zh": text.zh, "en": text.en}


def _period_to_json(period: tuple[date, date] | None) -> list[str] | None:
    return [day.isoformat() for day in period] if period else None


def _period_from_json(period: Sequence[str] | None) -> tuple[date, date] | None:
    return _days_from_json(period) if period else None


def _days_from_json(period: Sequence[str]) -> tuple[date, date]:
    return date.fromisoformat(period[0]), date.fromisoformat(period[1])
