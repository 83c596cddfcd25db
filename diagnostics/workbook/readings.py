"""Keeps what a later run is compared with: a run's metrics, and what the consultant's notes did to its findings."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from pydantic import TypeAdapter

from diagnostics.model.reading import Reading

if TYPE_CHECKING:
    from collections.abc import Sequence

    from diagnostics.model.engagement import Engagement
    from diagnostics.model.period import Period
    from diagnostics.model.section import Section
    from diagnostics.report.hand import Hand
    from diagnostics.workbook.run_folder import RunFolder

READING = TypeAdapter(Reading)
METRICS_FILE, EDITS_FILE = "metrics.json", "edits.json"


def print_readings(run_id: str, engagement: Engagement, sections: Sequence[Section]) -> dict[str, Any]:
    """Every reading of a run once, with the check that took it, and the days of both spans (the last day is out)."""
    horizon = engagement.horizon
    seen: dict[object, dict[str, Any]] = {}
    for section in sections:
        for reading in section.readings:
            seen.setdefault(reading.key, {**READING.dump_python(reading, mode="json"), "check": section.check})
    return {
        "client": engagement.client,
        "run_id": run_id,
        "as_of": horizon.as_of.isoformat(),
        "currency": engagement.currency,
        "gmv_basis": engagement.gmv_basis,
        "spans": {"current": _print_days(horizon.current), "history": _print_days(horizon.history)},
        "metrics": list(seen.values()),
    }


def read_readings(run: RunFolder) -> tuple[Reading, ...] | None:
    """The readings that a run kept; `None` for a run of a version that kept none."""
    path = run.path / METRICS_FILE
    if not path.is_file():
        return None
    kept = json.loads(path.read_text(encoding="utf-8"))["metrics"]
    return tuple(READING.validate_python({k: v for k, v in one.items() if k != "check"}) for one in kept)


def print_edits(hand: Hand) -> dict[str, Any]:
    """What the notes did to the findings of a run."""
    return {
        "found": hand.found,
        "accepted": hand.accepted,
        "reworded": hand.reworded,
        "added": hand.added,
        "dropped": [
            {"code": finding.code, "scope": finding.scope, "reason": {"zh": reason.zh, "en": reason.en}}
            for finding, reason in hand.dropped
        ],
        "lost": [{"kind": note.kind, "on": note.name, "scope": dict(note.scope)} for note in hand.lost],
    }


def read_edits(run: RunFolder) -> dict[str, Any]:
    """What the notes did; an empty account for a run of a version that kept none."""
    path = run.path / EDITS_FILE
    empty = {"found": 0, "accepted": 0, "reworded": 0, "added": 0, "dropped": [], "lost": []}
    return {**empty, **json.loads(path.read_text(encoding="utf-8"))} if path.is_file() else empty


def _print_days(period: Period) -> list[str]:
    return [period.start.isoformat(), period.end.isoformat()]
