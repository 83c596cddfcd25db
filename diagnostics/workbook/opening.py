"""Opens a new client folder: a requirement sheet to fill in, a place for exports, commented settings and notes."""

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
# memory: 2GB                # 每个笔记本的计算引擎可用的内存 what the engine of each notebook may hold in memory
# largest_amount: 2000000    # 客户确认过的最大单笔金额 the largest amount of one line that the client confirmed
# limits:                    # 判断阈值 thresholds, by check
#   people.concentration: {top_share: 0.6}
# mappings:                  # 未识别的文件 files that `check` did not recognise
#   - file: "会员*.xlsx"
#     table: customers
#     columns: {customer: 会员编号, joined_on: 入会日期}
#     constants: {channel: store}
"""

NOTES = """\
# 本文件可选：顾问的批注。报告网页里的表单会替您写在文件末尾；改完后运行 report。
# This file is optional: the consultant's notes. The form in the report's page writes them for you at the end of this
# file; run `report` afterwards. Text may be one line for both languages, or {zh: …, en: …}. Numbers of persons are
# masked. After a line `---` a new part begins, which goes before the earlier ones.
# accept:
#   - {code: people.low_reach, scope: {channel: tmall}}
# drop:
#   - {code: goods.hero_dependence, reason: {zh: 客户有意为之, en: meant to be so}}
# reword:                    # title, cause, action, stop_rule, owner
#   - {code: people.low_reach, scope: {channel: tmall}, title: {zh: 换个说法, en: Said otherwise}}
# add:                       # 顾问自己的发现，编号取自目录 a finding of your own, with a code of the catalog
#   - code: team.role_gap
#     scope: {role: group}
#     title: {zh: 社群没有专人, en: Nobody runs the groups}
#     cause: {zh: 访谈得知由店长兼任, en: Store managers do it besides their work}
#     action: {zh: 设一名专职社群运营, en: Hire one person for it}
#     stop_rule: {zh: 三个月内活跃率不升则撤, en: Undo it if activity has not risen in three months}
#     owner: manager
#     metric: m_active
#     direction: up
#     money: {low: 0, mid: 50000, high: 100000, basis: {zh: 同类门店的经验, en: experience with stores like these}}
# comments:                  # 按章节 by section
#   people.base: {zh: 与客户核对过, en: checked with the client}
# ratings:                   # 人工评分 1–5，条目见 catalog/rubrics.csv
#   content_quality: {score: 3, reason: {zh: 有原创但不稳定, en: original but uneven}, by: 顾问}
# withdraw:                  # 撤回前面部分对某项发现的批注 takes back what earlier parts said of a finding
#   - {code: people.low_reach, scope: {channel: tmall}}
"""


def open_client(case: Case, language: Language) -> list[str]:
    """Make the folder; returns what was made. An existing folder is never written over."""
    if case.folder.exists():
        message = f"{case.folder} is there already"
        raise PersonError(message, next_step="choose another name", exit_code=ExitCode.WRONG_ARGUMENTS)
    case.exports.mkdir(parents=True)
    write_whole(case.sheet, write_form(language))
    write_whole(case.settings, SETTINGS)
    write_whole(case.notes, NOTES)
    return [str(path) for path in (case.sheet, case.exports, case.settings, case.notes)]
