"""Opens a new client folder: a requirement sheet to fill in, a place for exports, commented settings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from diagnostics.intake.sheet.form import write_form
from diagnostics.model.errors import ExitCode, PersonError
from diagnostics.workbook.writing import write_whole

if TYPE_CHECKING:
    from diagnostics.model.wording import Language
    from diagnostics.workbook.case import Case

SETTINGS = """\
# 本文件可选。This file is optional; every line below may be left as it is.
# title: {zh: 品牌名, en: Brand}
# currency: CNY
# as_of: 2025-01-01          # 截至日（不含） the first day that is no longer counted
# largest_amount: 2000000    # 客户确认过的最大单笔金额 the largest amount of one line that the client confirmed
# limits:                    # 判断阈值 thresholds, by check
#   people.concentration: {top_share: 0.6}
# mappings:                  # 未识别的文件 files that `check` did not recognise
#   - file: "会员*.xlsx"
#     table: customers
#     columns: {customer: 会员编号, joined_on: 入会日期}
#     constants: {channel: store}
"""


def open_client(case: Case, language: Language) -> list[str]:
    """Make the folder; returns what was made. An existing folder is never written over."""
    if case.folder.exists():
        message = f"{case.folder} is there already"
        raise PersonError(message, next_step="choose another name", exit_code=ExitCode.WRONG_ARGUMENTS)
    case.exports.mkdir(parents=True)
    write_whole(case.sheet, write_form(language))
    write_whole(case.settings, SETTINGS)
    return [str(path) for path in (case.sheet, case.exports, case.settings)]
