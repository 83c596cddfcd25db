"""Say where the rows are that a person can mend: first rows, headers of the columns concerned, what to do."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from diagnostics.intake.recognition.recipe import Recipe
from diagnostics.model.account import Place
from diagnostics.model.wording import Text

EXPORT_AGAIN = Text(
    zh="从平台重新导出原文件，不要用 Excel 打开另存。", en="Export the file again; do not save it from a spreadsheet."
)
_FILL = Text(
    zh="补上空的单元格，或确认这些行可以不用。", en="Fill in the empty cells, or confirm that the rows may go."
)
_DATE = Text(
    zh="改成 2024-03-01 10:00:00 这样的日期；空的请补上。",
    en="Write dates like 2024-03-01 10:00:00; fill in empty ones.",
)
_AMOUNT = Text(
    zh="改成不带文字的数字，如 1234.50；空的请补上。", en="Write plain numbers like 1234.50; fill in empty ones."
)
_TIMES = ("ordered_at", "paid_at")
_AMOUNTS = ("paid_amount", "order_paid", "unit_price")
# What a person can do about each reason; reasons that need nobody are not here.
ADVICE: dict[str, Text] = {
    "no_date": _DATE,
    "no_day": _DATE,
    "no_starts_on": _DATE,
    "no_starts_at": _DATE,
    "no_happened_at": _DATE,
    "no_touched_at": _DATE,
    "no_amount": _AMOUNT,
    "no_price": _AMOUNT,
    "absurd_amount": Text(
        zh="金额远超同渠道其他订单：是否多写了零，或把编号当成金额？若属实，在 settings.yaml 写 largest_amount。",
        en="Far above all others: a slip, or another column's number? If true, set largest_amount in settings.yaml.",
    ),
    "no_order_id": _FILL,
    "no_channel": Text(
        zh="补上渠道，或在 settings.yaml 的映射里写明。", en="Fill in the channel, or name it in a mapping."
    ),
    "no_contact": _FILL,
    "no_customer": _FILL,
    "no_staff": _FILL,
    "no_group": _FILL,
    "no_session": _FILL,
    "no_case_id": _FILL,
    "no_post": _FILL,
    "damaged_id": EXPORT_AGAIN,
    "damaged_json": EXPORT_AGAIN,
    "future_date": Text(zh="核对日期：它在导出之后。", en="Look at the date: it lies after the export."),
    "cut_off": Text(zh="文件没有导完，请重新导出。", en="The file ends in the middle of this row; export it again."),
    "undecodable": Text(
        zh="这些行的编码已损坏：重新导出，选 UTF-8。", en="These rows are in a broken encoding; export again as UTF-8."
    ),
    "too_many_cells": Text(
        zh="多出的分隔符把单元格切开了：给含逗号的内容加引号，或导出为 XLSX。",
        en="A delimiter inside a cell splits it: put such cells in quotes, or export as XLSX.",
    ),
    "open_quote": Text(zh="补上缺的引号，或导出为 XLSX。", en="Close the quote, or export as XLSX."),
}
_COLUMNS: dict[str, tuple[str, ...]] = {
    "no_date": _TIMES,
    "future_date": _TIMES,
    "no_amount": _AMOUNTS,
    "absurd_amount": _AMOUNTS,
    "no_price": ("unit_price",),
    "no_order_id": ("order_id",),
    "damaged_id": ("order_id",),
    "no_contact": ("contact",),
}


def list_places(
    first_rows: Mapping[str, Sequence[int]], recipe: Recipe | None, headers: Sequence[str]
) -> tuple[Place, ...]:
    """A place for each reason that a person can mend; `headers` are those of the file, `first_rows` by reason."""
    return tuple(
        Place(
            reason=reason,
            rows=tuple(first_rows[reason]),
            columns=_find_columns(reason, recipe, headers),
            advice=ADVICE[reason],
        )
        for reason in sorted(first_rows)
        if reason in ADVICE
    )


def _find_columns(reason: str, recipe: Recipe | None, headers: Sequence[str]) -> tuple[str, ...]:
    """The file's headers that feed what the reason speaks of; where it has none of them, those that would."""
    if recipe is None:
        return ()
    names = _COLUMNS.get(reason, (reason.removeprefix("no_"),))
    sources = [source for name in names for source in _list_sources(name, recipe)]
    present = [source for source in sources if source in headers]
    return tuple(dict.fromkeys(present or sources))


def _list_sources(name: str, recipe: Recipe) -> list[str]:
    clock, part = recipe.clocks.get(name), recipe.extract.get(name)
    return [
        *recipe.columns.get(name, ()),
        *recipe.sums.get(name, ()),
        *((clock.day, clock.time) if clock else ()),
        *((part.column,) if part else ()),
    ]
