"""How many customers are likely to be active still, in bands of chance."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from diagnostics.statistics.repeat_buying.predict import expect_purchases, share_active

if TYPE_CHECKING:
    from collections.abc import Sequence

    from diagnostics.statistics.repeat_buying.rolling import Stand

BANDS = ("gone", "doubtful", "likely", "active")
EDGES = (0.1, 0.5, 0.9)


def band_active(stands: Sequence[Stand], ahead: float) -> list[dict[str, object]]:
    """Per band of the chance of being active (below 10 %, 50 %, 90 %, and above): customers, expected purchases."""
    customers, purchases = np.zeros(len(BANDS)), np.zeros(len(BANDS))
    for stand in stands:
        rows, own = stand.purses.histories, stand.fit.parameters
        band = np.digitize(share_active(stand.model, own, rows), EDGES)
        expected = rows.counts * expect_purchases(stand.model, own, rows, ahead)
        customers += np.bincount(band, rows.counts, len(BANDS))
        purchases += np.bincount(band, expected, len(BANDS))
    return [
        {"band": band, "customers": float(customers[place]), "purchases": float(purchases[place])}
        for place, band in enumerate(BANDS)
    ]
