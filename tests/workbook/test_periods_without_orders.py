"""Where orders were not delivered, the days of traffic tell the periods."""

from datetime import date

import pandas as pd

from diagnostics.model.period import Period
from diagnostics.workbook.engagement import find_horizon
from diagnostics.workbook.engine import connect, open_typed


def test_traffic_alone_tells_the_periods():
    starts = [date(2024, month, 1) for month in (1, 2, 3)]
    traffic = pd.DataFrame({"starts_on": starts, "ends_on": starts, "channel": "tmall", "visitors": 10})
    horizon = find_horizon(open_typed(connect(), {"traffic": traffic}), date(2024, 3, 1))
    assert horizon.history == Period(start=date(2024, 1, 1), end=date(2024, 3, 1))
