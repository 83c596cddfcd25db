"""A plan's material made up for tests: findings, a sheet, measured tables, and the catalog's own data."""

import csv
from importlib.resources import files

import pandas as pd

from diagnostics.model.brief import Brief
from diagnostics.model.section import Exhibit, Field, Section
from diagnostics.model.wording import Text, name_verbatim
from diagnostics.plan.actions import read_actions
from diagnostics.plan.material import Material
from diagnostics.plan.pools import read_pools
from diagnostics.plan.ranking import rank_findings

GMV = 1_000_000


def read_data(name):
    return (files("diagnostics.catalog") / name).read_text(encoding="utf-8")


ACTIONS = read_actions(read_data("plan_actions.csv"))
POOLS = read_pools(read_data("plan_pools.csv"))
CODES = tuple(row["code"] for row in csv.DictReader(read_data("finding_codes.csv").splitlines()))


def make_material(*findings, answers=None, exhibits=None, sections=None, **parts):
    return Material(
        findings=rank_findings(findings, GMV),
        currency="CNY",
        actions=parts.pop("actions", ACTIONS),
        brief=Brief(answers=answers or {}),
        exhibits=exhibits or {},
        sections=sections or {},
        pools=POOLS,
        **parts,
    )


def make_exhibit(name, rows):
    frame = pd.DataFrame(rows)
    fields = tuple(Field(name=str(column), label=name_verbatim(str(column))) for column in frame.columns)
    return Exhibit(name=name, title=name_verbatim(name), fields=fields, frame=frame)


def make_gates(repeat, reception):
    states = {
        "open": Text(zh="已过", en="open"),
        "shut": Text(zh="未过", en="shut"),
        None: Text(zh="没有数据", en="not known"),
    }
    shares = {"open": 0.6, "shut": 0.1, None: None}
    rows = [
        {"gate": name, "share": shares[state], "state": states[state]}
        for name, state in ((Text(zh="复购", en="repeat buying"), repeat), (Text(zh="承接", en="reception"), reception))
    ]
    return {"referral.readiness": [make_exhibit("gates", rows)]}


def make_section(check, answer="ok"):
    return Section(
        check=check,
        wing=check.split(".", maxsplit=1)[0],
        question=name_verbatim("?"),
        definition=name_verbatim("-"),
        status="computed",
        answer=name_verbatim(answer),
    )
