"""The marks by which the form that is written and the form that is read know each other."""

from __future__ import annotations

SHEET_FILE = "requirement_sheet.xlsx"
MAIN_SHEET = "需求澄清 Brief"
GUIDE_SHEET = "填写说明 Guide"
LISTS_SHEET = "_lists"
FORM_VERSION = "1"
VERSION_MARK = "form_version"
KEY_HEADING = "key"
ANSWER_HEADINGS = ("您的回答", "your answer")
TABLE_MARK = "table:"
FILLED_PREFIX = "✓"
REQUIRED_MARK = "*"
YES_NO = ("yes | 是", "no | 否")
