"""The table of channels: rate and mix with their intervals."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from diagnostics.checks.levers import _mix_words as words
from diagnostics.model.names import name_channel
from diagnostics.model.section import Exhibit, Field
from diagnostics.model.wording import Text, word_number

if TYPE_CHECKING:
    from diagnostics.checks.levers._channel_shift import Shift

MOST_ROWS = 10


def tabulate_channels(measured: Shift) -> Exhibit:
    """Rate and mix by channel; the small channels are folded into one row."""
    frame = pd.DataFrame(
        {
            "buyers_before": measured.buyers[:, 0],
            "buyers_now": measured.buyers[:, 1],
            "gmv_before": measured.gmv[:, 0],
            "gmv_now": measured.gmv[:, 1],
            "rate": measured.split.rate,
            "mix": measured.split.mix,
        }
    )
    order = np.argsort(-measured.buyers.sum(axis=1), kind="stable")
    shown = frame.iloc[order[:MOST_ROWS]]
    groups = [[place] for place in order[:MOST_ROWS]]
    names = [name_channel(measured.channels[place]) for place in order[:MOST_ROWS]]
    if rest := len(order[MOST_ROWS:]):
        shown = pd.concat([shown, frame.iloc[order[MOST_ROWS:]].sum().to_frame().T], ignore_index=True)
        names.append(words.REST.fill(n=word_number(rest)))
        groups.append(list(order[MOST_ROWS:]))
    shown = shown.reset_index(drop=True)
    ends = [(*measured.bound("rate", places), *measured.bound("mix", places)) for places in groups]
    shown[["rate_low", "rate_high", "mix_low", "mix_high"]] = ends
    shown["channel"] = pd.Series(names, dtype=object)
    for side in ("before", "now"):
        shown[f"spend_{side}"] = shown[f"gmv_{side}"] / shown[f"buyers_{side}"].where(shown[f"buyers_{side}"] > 0)
    fields = (
        Field(name="channel", label=Text(zh="渠道", en="Channel")),
        Field(name="buyers_before", label=Text(zh="上期买家", en="Buyers before"), unit="count"),
        Field(name="buyers_now", label=Text(zh="本期买家", en="Buyers now"), unit="count"),
        Field(name="spend_before", label=Text(zh="上期人均消费", en="Spend per buyer before"), unit="price"),
        Field(name="spend_now", label=Text(zh="本期人均消费", en="Spend per buyer now"), unit="price"),
        Field(name="rate", label=Text(zh="水平效应", en="Rate effect"), unit="price"),
        Field(name="rate_low", label=Text(zh="水平下限", en="Rate, low"), unit="price"),
        Field(name="rate_high", label=Text(zh="水平上限", en="Rate, high"), unit="price"),
        Field(name="mix", label=Text(zh="结构效应", en="Mix effect"), unit="price"),
        Field(name="mix_low", label=Text(zh="结构下限", en="Mix, low"), unit="price"),
        Field(name="mix_high", label=Text(zh="结构上限", en="Mix, high"), unit="price"),
    )
    title = Text(zh="人均消费变化：水平与结构", en="Spend per buyer: rate and mix by channel")
    return Exhibit(name="mix", title=title, fields=fields, frame=shown)
