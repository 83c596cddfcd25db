"""The tables of active staff: by store, and by ownership, region and city."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from diagnostics.model.section import Exhibit, Field
from diagnostics.model.wording import Text
from diagnostics.statistics.activation import group_stores

if TYPE_CHECKING:
    import pandas as pd

GROUPINGS: Mapping[str, Text] = {
    "ownership": Text(zh="归属", en="Ownership"),
    "region": Text(zh="大区", en="Region"),
    "city": Text(zh="城市", en="City"),
}


def tabulate_staff(stores: pd.DataFrame) -> tuple[Exhibit, ...]:
    """Stores, lowest first, and the same by each grouping that the master knows."""
    counts = (
        Field(name="staff", label=Text(zh="员工", en="Staff"), unit="count"),
        Field(name="active", label=Text(zh="活跃", en="Active"), unit="count"),
        Field(name="share", label=Text(zh="活跃率", en="Share active"), unit="share"),
    )
    shown = [
        Exhibit(
            name="stores",
            title=Text(zh="门店员工活跃榜（低者在前）", en="Active staff by store, lowest first"),
            fields=(
                Field(name="store", label=Text(zh="门店", en="Store")),
                Field(name="city", label=Text(zh="城市", en="City")),
                Field(name="ownership", label=Text(zh="归属", en="Ownership")),
                *counts,
                Field(name="added", label=Text(zh="新增客户", en="Contacts added"), unit="count"),
                Field(name="chats", label=Text(zh="单聊", en="Chats"), unit="count"),
            ),
            frame=stores,
        )
    ]
    for column, label in GROUPINGS.items():
        if stores[column].notna().any():
            frame = group_stores(stores, column).sort_values("share", ignore_index=True)
            fields = (
                Field(name="name", label=label),
                Field(name="stores", label=Text(zh="门店数", en="Stores"), unit="count"),
                *counts,
                Field(name="low", label=Text(zh="95% 下限", en="95% low"), unit="share"),
                Field(name="high", label=Text(zh="95% 上限", en="95% high"), unit="share"),
                Field(name="each", label=Text(zh="店均新增客户", en="Contacts added a store"), unit="number", digits=1),
            )
            title = Text(zh="按{by}汇总", en="By {by}").fill(by=label)
            shown.append(Exhibit(name=column, title=title, fields=fields, frame=frame))
    return tuple(shown)
