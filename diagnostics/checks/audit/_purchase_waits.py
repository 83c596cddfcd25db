"""How long a cohort waits for its next purchase, and the table of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from diagnostics.model.section import Exhibit, Field
from diagnostics.model.wording import Text
from diagnostics.statistics.survival import fit_survival

if TYPE_CHECKING:
    from diagnostics.checks.audit.one_cohort import OneCohort

LEAST_CUSTOMERS = 30
WAIT_DAYS = (30, 90, 180, 365)
HALF_YEAR = 180
TURNS = range(2, 11)


def estimate_waits(waits: pd.DataFrame) -> pd.DataFrame:
    """One row a purchase (2 to 10): waiting, came, half (days until half came), and shares by day with an interval."""
    rows = []
    for turn in TURNS:
        own = waits[waits.turn == turn]
        curve = fit_survival(own.days, own.events, own.censored, least_at_risk=LEAST_CUSTOMERS) if len(own) else None
        if curve is None:
            continue
        shares = {day: curve.share_by(day) for day in WAIT_DAYS}
        half_year = shares[HALF_YEAR]
        rows.append(
            {
                "turn": turn,
                "waiting": (own.events + own.censored).sum(),
                "came": own.events.sum(),
                "half": curve.day_of(0.5).day,
                **{f"by_{day}": share.value if share else np.nan for day, share in shares.items()},
                "low": half_year.low if half_year else np.nan,
                "high": half_year.high if half_year else np.nan,
            }
        )
    names = ["turn", "waiting", "came", "half", *(f"by_{day}" for day in WAIT_DAYS), "low", "high"]
    return pd.DataFrame(rows, columns=names)


def list_waits(measured: OneCohort) -> Exhibit:
    """One row a purchase: who waits, who came, and how soon."""
    fields = (
        Field(name="turn", label=Text(zh="第几次购买", en="Purchase"), unit="count"),
        Field(name="waiting", label=Text(zh="等待人数", en="Waiting"), unit="count"),
        Field(name="came", label=Text(zh="已等到", en="Came"), unit="count"),
        Field(name="half", label=Text(zh="一半人等到（天）", en="Half came after, days"), unit="count"),
        *(
            Field(name=f"by_{day}", label=Text(zh=f"{day} 天内", en=f"Within {day} days"), unit="share")
            for day in WAIT_DAYS
        ),
        Field(name="low", label=Text(zh="180 天区间下限", en="180 days, low"), unit="share"),
        Field(name="high", label=Text(zh="180 天区间上限", en="180 days, high"), unit="share"),
    )
    title = Text(zh="到下一次购买要等多久", en="How long until the next purchase")
    note = Text(
        zh="从上一个购买日起算；空白 = 没有观察到那么久，或等待者不足 30 人。",
        en="From the purchase day before; empty = not observed for so long, or fewer than 30 waiting.",
    )
    return Exhibit(name="waits", title=title, fields=fields, frame=measured.waits, note=note)
