"""Invented orders and traffic for tests: text frames with the canonical columns, the same for a seed."""

import numpy as np
import pandas as pd

CHANNELS = ["tmall", "douyin", "store"]


def invent_lines(seed, count=600, first="2023-01-01", days=730):
    rng = np.random.default_rng(seed)
    order = rng.integers(0, count // 2, count)
    customer = np.array([f"{number:032x}" for number in rng.integers(0, 2**60, 60)])
    whose = rng.integers(-8, 60, count // 2)
    day = pd.Timestamp(first) + pd.to_timedelta(rng.integers(0, days, count // 2), unit="D")
    channel = rng.choice(CHANNELS, count // 2)
    returned = rng.random(count // 2) < 0.05
    paid = rng.integers(100, 99_999, count) / 100
    frame = pd.DataFrame(
        {
            "line_id": np.arange(count),
            "order_id": [f"o{number}" for number in order],
            "channel": channel[order],
            "customer": [customer[whose[number]] if whose[number] >= 0 else None for number in order],
            "ordered_at": day[order],
            "quantity": rng.integers(1, 4, count),
            "paid_amount": paid,
            "refund_amount": np.where(rng.random(count) < 0.1, paid, 0.0),
            "is_return": returned[order],
        }
    )
    back = frame.is_return
    frame.loc[back, "refund_amount"] = frame.paid_amount[back]
    frame.loc[back, ["paid_amount", "quantity"]] = 0
    frame["list_amount"] = (frame.paid_amount * rng.uniform(1.0, 1.6, count)).round(2)
    return frame


def invent_traffic(seed, first="2023-01-01", months=24):
    rng = np.random.default_rng(seed)
    starts = pd.date_range(first, periods=months, freq="MS")
    rows = [
        {
            "starts_on": start,
            "ends_on": start + pd.offsets.MonthBegin(1),
            "channel": "tmall",
            "source": source,
            "visitors": rng.integers(100, 2000),
            "buyers": rng.integers(0, 90),
        }
        for start in starts
        for source in ("搜索", "推荐")
    ]
    return pd.DataFrame(rows)
