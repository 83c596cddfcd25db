"""Holds the diagnosis of generated clients against the troubles that were planted: `python benchmarks/truth.py`.

Prints one line a planted trouble: rank and range as stated, effect as planted; then what a healthy client was told.
"""

from __future__ import annotations

import json
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from diagnostics.generator.qingyan import make_client, sheet_answers
from diagnostics.intake.sheet.form import write_form
from diagnostics.model.finding import Finding
from diagnostics.workbook.case import Case
from diagnostics.workbook.examining import examine_all
from diagnostics.workbook.stages import intake


def judge(folder: Path, *, healthy: bool, seed: int) -> tuple[Finding, ...]:
    """The ranked findings on a generated client."""
    make_client(folder, healthy=healthy, seed=seed)
    answers = sheet_answers(healthy=healthy, seed=seed)
    (folder / "requirement_sheet.xlsx").write_bytes(write_form("zh", answers=answers))
    case = Case(folder=folder)
    intake(case)
    return examine_all(case)[1]


def tell(folder: Path, seed: int) -> None:
    """Print what was planted beside what was stated."""
    findings = judge(folder, healthy=False, seed=seed)
    for planted in json.loads((folder / "planted.json").read_text(encoding="utf-8")):
        found = [f for f in findings if f.code == planted["code"] and planted["scope"].items() <= f.scope.items()]
        one = found[0] if found else None
        range_ = f"{one.impact.low:,.0f} to {one.impact.high:,.0f}" if one and one.impact else "-"
        rank = f"rank {one.rank} ({one.severity})" if one else "MISSED"
        scope = ", ".join(planted["scope"].values())
        print(f"{planted['code']} [{scope}]: {rank}; stated {range_}; planted {planted['annual_effect']:,.0f}")


def main() -> None:
    """Two seeds, each with troubles and healthy."""
    seeds = [int(seed) for seed in sys.argv[1:]] or [20_260_831, 7]
    with tempfile.TemporaryDirectory() as home:
        for seed in seeds:
            print(f"seed {seed}")
            tell(Path(home) / f"troubled-{seed}", seed)
            healthy = judge(Path(home) / f"healthy-{seed}", healthy=True, seed=seed)
            print("healthy:", ", ".join(f"{f.code} {f.severity}" for f in healthy) or "no findings")


if __name__ == "__main__":
    main()
