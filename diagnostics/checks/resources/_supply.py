"""Whether the items that carry sales are of quality, and how deep they go."""

from __future__ import annotations

import numpy as np
import pandas as pd

from diagnostics.checks.resources._matrix_words import YES
from diagnostics.model.section import Exhibit, Field
from diagnostics.model.wording import NOTHING, Text, name_verbatim, shorten, word_number, word_percent

SUPPLY = Text(
    zh="在售 {items} 个商品，{good} 个优质商品撑起 {share} 的 GMV；{half} 个商品做出一半，最大的一个占 {largest}。",
    en="Of {items} items sold {good} are of quality and carry {share} of GMV; {half} items make half of it, the "
    "largest "
    "{largest}.",
)
MOST_ROWS = 10
HALF = 0.5
Z = 1.96


def mark_quality(items: pd.DataFrame, least: float) -> pd.DataFrame:
    """Items that sold, most GMV first, with `kept` (share after refunds), `share` of GMV and `is_good`.

    Of quality is what keeps no clearly smaller share than all do (by the noise of that many orders), over `least`
    orders and more.
    """
    if items.empty or items.gmv.sum() <= 0 or items.paid.sum() <= 0:
        return pd.DataFrame(columns=["product_id", "product", "orders", "gmv", "kept", "share", "is_good"])
    sold = items[items.paid > 0].sort_values(["gmv", "product_id"], ascending=[False, True], ignore_index=True)
    kept = 1 - sold.refunded / sold.paid
    overall = 1 - items.refunded.sum() / items.paid.sum()
    noise = Z * np.sqrt(max(overall * (1 - overall), 0.0) / sold.orders.clip(lower=1))
    return sold.assign(
        kept=kept, share=sold.gmv / items.gmv.sum(), is_good=(kept >= overall - noise) & (sold.orders >= least)
    )


def tell_supply(items: pd.DataFrame) -> Text:
    """How many items are of quality and carry the sales, and how few make half of them."""
    return SUPPLY.fill(
        items=word_number(len(items)),
        good=word_number(int(items.is_good.sum())),
        share=word_percent(float(items.share[items.is_good].sum())),
        half=word_number(int((items.share.cumsum() < HALF).sum()) + 1),
        largest=word_percent(float(items.share.iloc[0])),
    )


def show_supply(items: pd.DataFrame) -> Exhibit:
    """The items sold most, with what they keep after refunds."""
    frame = items.head(MOST_ROWS)
    words = [
        name_verbatim(shorten(str(name if name is not None and name == name else code)))  # noqa: PLR0124 - NaN is unlike itself
        for code, name in zip(frame.product_id, frame["product"], strict=True)
    ]
    good = [YES if one else NOTHING for one in frame.is_good]
    frame = frame.assign(name=pd.Series(words, dtype=object), good=pd.Series(good, dtype=object))
    fields = (
        Field(name="name", label=Text(zh="商品", en="Item")),
        Field(name="orders", label=Text(zh="订单", en="Orders"), unit="count"),
        Field(name="gmv", label=Text(zh="GMV", en="GMV"), unit="money"),
        Field(name="share", label=Text(zh="占比", en="Share"), unit="share"),
        Field(name="kept", label=Text(zh="退款后留存", en="Kept after refunds"), unit="share"),
        Field(name="good", label=Text(zh="优质", en="Of quality")),
    )
    title = Text(zh="供给质量：卖得最多的商品", en="Quality of supply: the items sold most")
    return Exhibit(name="items", title=title, fields=fields, frame=frame)
