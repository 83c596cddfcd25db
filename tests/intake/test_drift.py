"""Files that a client or a platform changed a little are still taken for what they are."""

from __future__ import annotations

import csv
import random
from dataclasses import replace
from pathlib import Path

import pytest

from diagnostics.generator.forms.write import write_export
from diagnostics.intake.recognition.fingerprint import recognise, score_layout
from tests.intake.clients import take
from tests.intake.forms import LAYOUTS, name_of, rows_of

BROAD = 6
KNOWN = Path(__file__).with_name("recognition.csv")
BARE = {"around": {}, "around_all": "%s", "above": (), "below": {}, "total": "", "last_comma": False}


def places(layout):
    return list(range(len(layout.columns)))


def change_columns(layout):
    """All at once: shuffled, two columns added that nobody knows, the most telling one of more than six lost.

    Headers stand in other spellings.
    """
    telling = max(places(layout), key=lambda at: layout.weigh(layout.columns[at]))
    is_broad = len(layout.columns) > BROAD
    mixed = [-1, -1, *(at for at in places(layout) if at != telling or not is_broad)]
    random.Random(layout.id).shuffle(mixed)  # noqa: S311 - no secret
    whole = replace(layout, form=layout.form.model_copy(update={"total": ""}))
    headers = spell_otherwise(layout) if layout.form.kind != "json" else {}
    return write_export(whole, rows_of(layout), columns=mixed, headers=headers)


def spell_otherwise(layout):
    """Headers as other versions of the export spell them; elsewhere blanks and a unit in full-width brackets."""
    spelled = {known: other for other, known in reversed(layout.also.items())}
    pairs = zip(layout.headers, layout.columns, strict=True)
    return {header: spelled.get(name, f" {header.removesuffix('(元)')}（元）") for header, name in pairs}


def save_as_unicode_text(layout):
    return _save(layout, kind="tsv", encoding="utf-16")


def put_under_a_title_and_bands(layout):
    half = len(layout.columns) // 2
    return _save(
        layout, kind="xlsx", above=("某某品牌数据", "导出时间：2024-04-01"), band={"指标": layout.columns[half:]}
    )


def _save(layout, **form):
    return write_export(replace(layout, form=layout.form.model_copy(update={**BARE, **form})), rows_of(layout))


COMPANIONS = {sheet for layout in LAYOUTS for sheet in layout.form.companion}
CHANGES = (change_columns, save_as_unicode_text, put_under_a_title_and_bands)


@pytest.fixture(scope="module")
def taken(tmp_path_factory):
    files = {f"{change.__name__}/{layout.id}.dat": change(layout) for change in CHANGES for layout in LAYOUTS}
    account = take(tmp_path_factory.mktemp("drift"), files)
    return {file.path: file for file in account.files if file.sheet not in COMPANIONS}


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.__name__)
def test_a_changed_file_is_still_recognised(change, taken):
    told = {layout.id: taken[f"{change.__name__}/{layout.id}.dat"].layout for layout in LAYOUTS}
    assert told == {layout.id: layout.id for layout in LAYOUTS}


@pytest.mark.parametrize("layout", LAYOUTS, ids=name_of)
def test_each_change_alone_leaves_it_recognised(layout):
    names = list(layout.columns)
    spelled = {known: other for other, known in layout.also.items()}
    for changed in (
        names[::-1],
        *([name for name in names if name != lost] for lost in names),
        [*names, "未知列1", "未知列2"],
        [spelled.get(name, name) for name in names],
    ):
        found, _ = recognise(changed, LAYOUTS)
        assert found is not None
        assert found.id == layout.id


def test_it_is_known_how_many_columns_each_layout_may_lose():
    """`may_lose` and `may_change`: the columns that say most go first; `runner_up` fits second best."""
    with KNOWN.open(encoding="utf-8", newline="") as file:
        known = list(csv.DictReader(file))
    assert known == [measure(layout) for layout in LAYOUTS]


def test_a_third_of_the_columns_may_go_and_a_seventh_may_change():
    for row in map(measure, LAYOUTS):
        columns = int(row["columns"])
        assert int(row["may_lose"]) >= columns // 3, row
        assert int(row["may_change"]) >= columns // 7, row


def measure(layout):
    scores = {other.id: score_layout(layout.columns, other) for other in LAYOUTS if other is not layout}
    runner_up = min(scores, key=lambda name: (-scores[name], name))
    telling = sorted(layout.columns, key=layout.weigh, reverse=True)
    return {
        "layout": layout.id,
        "columns": str(len(layout.columns)),
        "runner_up": runner_up,
        "margin": f"{1 - scores[runner_up]:.2f}",
        "may_lose": str(count_held(layout, lambda count: telling[count:])),
        "may_change": str(count_held(layout, lambda count: [*telling[count:], *map(str, range(count))])),
    }


def count_held(layout, names):
    """The most changes after which the export, or another version with the same recipe, is still recognised."""
    count = 0
    while count + 1 < len(layout.columns):
        found, _ = recognise(names(count + 1), LAYOUTS)
        if found is None or (found.id != layout.id and (found.recipe is None or found.recipe != layout.recipe)):
            break
        count += 1
    return count
