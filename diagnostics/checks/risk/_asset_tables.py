"""The inventory of containers, and the staff accounts that hold most customers alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from diagnostics.checks.risk import _asset_words as words
from diagnostics.model.section import Exhibit, Field
from diagnostics.model.wording import Text, name_verbatim, shorten

if TYPE_CHECKING:
    from diagnostics.checks.risk.assets import Assets

MOST_ROWS = 15


def tabulate_assets(measured: Assets) -> tuple[Exhibit, ...]:
    """The inventory of containers, and the accounts that hold most alone."""
    shown = (_show_inventory(measured), _show_accounts(measured))
    return tuple(exhibit for exhibit in shown if not exhibit.frame.empty) or shown[:1]


def _show_inventory(measured: Assets) -> Exhibit:
    yes, no = Text(zh="有", en="yes"), Text(zh="没有", en="no")
    rows = [
        {
            "container": words.CONTAINERS[kind][0],
            "users": row.get("users"),
            "accounts": row.get("account_count"),
            "owner": words.CONTAINERS[kind][1],
            "list": yes if kind in measured.recorded else no,
            "step": words.STEPS[kind],
        }
        for kind, row in measured.stated.items()
    ]
    fields = (
        Field(name="container", label=Text(zh="资产", en="Asset")),
        Field(name="users", label=Text(zh="人数（填写）", en="People, stated"), unit="count"),
        Field(name="accounts", label=Text(zh="账号或群数", en="Accounts or groups"), unit="count"),
        Field(name="owner", label=Text(zh="归谁", en="Whose it is")),
        Field(name="list", label=Text(zh="有名单或统计", en="List or statistics")),
        Field(name="step", label=Text(zh="怎么登记", en="How to record it")),
    )
    title = Text(zh="私域资产清点", en="Inventory of private-domain assets")
    return Exhibit(name="inventory", title=title, fields=fields, frame=pd.DataFrame(rows, dtype=object))


def _show_accounts(measured: Assets) -> Exhibit:
    rows = [
        {
            "staff": name_verbatim(shorten(str(row["staff"]), 18)),
            "contacts": row["contacts"],
            "sole": row["sole"],
            "buyers": row["buyers"],
            "money": float(str(row["gmv"])) * measured.yearly,
        }
        for row in measured.accounts.head(MOST_ROWS).to_dict("records")
    ]
    fields = (
        Field(name="staff", label=Text(zh="员工号（代号）", en="Staff account, coded")),
        Field(name="contacts", label=Text(zh="好友", en="Contacts"), unit="count"),
        Field(name="sole", label=Text(zh="只被此人持有的客户", en="Customers held alone"), unit="count"),
        Field(name="buyers", label=Text(zh="其中本期买家", en="Of these, buyers"), unit="count"),
        Field(name="money", label=Text(zh="一年成交，最多牵动", en="Sales a year, at most"), unit="money"),
    )
    title = Text(zh="离职牵动最大的员工号", en="Accounts whose leaving would move most")
    return Exhibit(name="accounts", title=title, fields=fields, frame=pd.DataFrame(rows, dtype=object))
