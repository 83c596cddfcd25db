"""The marks by which the form that is written and the form that is read know each other."""

from __future__ import annotations

SHEET_FILE = "requirement_sheet.xlsx"
MAIN_SHEET = "1 必答 Minimum"
TIER_SHEETS = {"minimum": MAIN_SHEET, "standard": "2 标准 Standard", "full": "3 完整 Full"}
PROGRESS_SHEET = "填写进度 Progress"
GUIDE_SHEET = "填写说明 Guide"
LISTS_SHEET = "_lists"
FORM_VERSION = "2"
VERSION_MARK = "form_version"
PROGRESS_MARK = "form_progress"
OWN_SHEET_MARKS = frozenset({VERSION_MARK, PROGRESS_MARK})
KEY_HEADING = "key"
ANSWER_HEADINGS = ("您的回答", "your answer")
ANSWER_WORDS = frozenset({"回答", "答案", "填写内容", "客户填写", "客户回答", "answer", "answers"})
TABLE_MARK = "table:"
FILLED_PREFIX = "✓"
REQUIRED_MARK = "*"
CONDITIONAL_MARK = "(*)"
APPLIES_WORDS = ("适用 applies", "不适用 n/a", "待定 open")
YES_NO = ("yes | 是", "no | 否")
