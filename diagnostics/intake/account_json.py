"""The quality account as the JSON document that `check --json` prints, and back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from diagnostics.model.account import (
    ChannelMonth,
    FileAccount,
    GapPart,
    Handled,
    IntakeAccount,
    LinkCount,
    MissingTable,
    Overlap,
    Place,
    Reconciliation,
    SetAside,
    TableAccount,
)
from diagnostics.model.wording import Text


def account_to_json(account: IntakeAccount) -> dict[str, Any]:
    """Files, tables, missing, reconciliation, calendar, overlaps and what was set aside.

    Days are ISO text, texts are `{"zh", "en"}`.
    """
    return {
        "data": account.data,
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
                "against": line.against,
                "basis": line.basis,
                "cause_code": line.cause_code,
                "parts": [vars(part) for part in line.parts],
                "comparable": line.comparable,
            }
            for line in account.reconciliation
        ],
        "calendar": [
            {**vars(month), "silent": [_period_to_json(run) for run in month.silent]} for month in account.calendar
        ],
        "overlaps": [{**vars(pair), "period": _period_to_json(pair.period)} for pair in account.overlaps],
        "links": [vars(link) for link in account.links],
        "set_aside": [{**vars(group), "words": _text_to_json(group.words)} for group in account.set_aside],
    }


def account_from_json(document: Mapping[str, Any]) -> IntakeAccount:
    """The account that `account_to_json` wrote; other keys are passed over.

    An account of an earlier version has no overlaps and no rows set aside.
    """
    return IntakeAccount(
        data=document.get("data", "personal"),
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
            Reconciliation(
                **{
                    **line,
                    "cause": Text(**line["cause"]),
                    "parts": tuple(GapPart(**part) for part in line.get("parts", ())),
                }
            )
            for line in document["reconciliation"]
        ),
        calendar=tuple(
            ChannelMonth(**{**month, "silent": tuple(_days_from_json(run) for run in month["silent"])})
            for month in document["calendar"]
        ),
        overlaps=tuple(
            Overlap(**{**pair, "period": _period_from_json(pair["period"])}) for pair in document.get("overlaps", ())
        ),
        links=tuple(LinkCount(**link) for link in document.get("links", ())),
        set_aside=tuple(
            SetAside(**{**group, "words": Text(**group["words"])}) for group in document.get("set_aside", ())
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
        "handled": [vars(one) for one in file.handled],
        "places": [
            {
                "reason": place.reason,
                "rows": list(place.rows),
                "columns": list(place.columns),
                "advice": _text_to_json(place.advice),
            }
            for place in file.places
        ],
    }


def _file_from_json(file: Mapping[str, Any]) -> FileAccount:
    return FileAccount(
        **{
            **file,
            "period": _period_from_json(file["period"]),
            "columns": tuple(file["columns"]),
            "dropped_personal": tuple(file["dropped_personal"]),
            "handled": tuple(Handled(**one) for one in file.get("handled", ())),
            "places": tuple(_place_from_json(place) for place in file.get("places", ())),
        }
    )


def _place_from_json(place: Mapping[str, Any]) -> Place:
    return Place(
        reason=place["reason"],
        rows=tuple(place["rows"]),
        columns=tuple(place["columns"]),
        advice=Text(**place["advice"]),
    )


def _text_to_json(text: Text) -> dict[str, str]:
    return {"zh": text.zh, "en": text.en}


def _period_to_json(period: tuple[date, date] | None) -> list[str] | None:
    return [day.isoformat() for day in period] if period else None


def _period_from_json(period: Sequence[str] | None) -> tuple[date, date] | None:
    return _days_from_json(period) if period else None


def _days_from_json(period: Sequence[str]) -> tuple[date, date]:
    return date.fromisoformat(period[0]), date.fromisoformat(period[1])
