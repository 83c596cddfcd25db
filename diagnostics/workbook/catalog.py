"""Reads the catalog's plain tables: capabilities, the metric dictionary, the rubrics of a person's ratings."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import yaml

from diagnostics.model.wording import Text
from diagnostics.plan.playbook import Playbook, read_playbooks


@dataclass(frozen=True, kw_only=True)
class Rubric:
    """What a person rates from 1 to 5: the question, what the ends of the scale mean, which capabilities it answers."""

    id: str
    name: Text
    asks: Text
    low: Text
    high: Text
    capabilities: tuple[str, ...]


REGULAR, BOLD = "NotoSansSC-Regular.gbk.ttf", "NotoSansSC-Bold.gb2312.ttf"


@cache
def read_catalog(name: str) -> tuple[dict[str, str], ...]:
    """The rows of a CSV of the catalog."""
    text = (files("diagnostics.catalog") / name).read_text(encoding="utf-8")
    return tuple(csv.DictReader(text.splitlines()))


@cache
def name_metrics() -> dict[str, Text]:
    """The metric dictionary's names by id."""
    return {row["id"]: Text(zh=row["name_zh"], en=row["name_en"]) for row in read_catalog("metrics.csv")}


@cache
def read_rubrics() -> dict[str, Rubric]:
    """The rubrics by id, in the order of the catalog."""
    return {
        row["id"]: Rubric(
            id=row["id"],
            name=Text(zh=row["name_zh"], en=row["name_en"]),
            asks=Text(zh=row["asks_zh"], en=row["asks_en"]),
            low=Text(zh=row["low_zh"], en=row["low_en"]),
            high=Text(zh=row["high_zh"], en=row["high_en"]),
            capabilities=tuple(row["capabilities"].split()),
        )
        for row in read_catalog("rubrics.csv")
    }


@cache
def load_playbooks() -> dict[str, Playbook]:
    """The playbooks of all trades by id: one YAML file each."""
    folder = files("diagnostics.catalog") / "playbooks"
    found = sorted((path for path in folder.iterdir() if path.name.endswith(".yaml")), key=lambda path: path.name)
    return read_playbooks(
        {path.name.removesuffix(".yaml"): yaml.safe_load(path.read_text(encoding="utf-8")) for path in found}
    )


@cache
def read_fonts() -> tuple[bytes, bytes]:
    """The regular and the bold typeface."""
    fonts = files("diagnostics.catalog") / "fonts"
    return (fonts / REGULAR).read_bytes(), (fonts / BOLD).read_bytes()
