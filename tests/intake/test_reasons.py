"""Every reason that intake gives has its words."""

import re

from diagnostics.intake.reasons import REASONS
from diagnostics.workbook.case import PROJECT

GIVEN = re.compile(r"reason(?:=|: str = )\"([a-z_]+)\"")


def test_every_reason_has_words_in_both_languages():
    sources = [*(PROJECT / "diagnostics" / "intake").rglob("*.py")]
    given = {reason for path in sources for reason in GIVEN.findall(path.read_text(encoding="utf-8"))}
    assert len(given) > 10
    assert given <= set(REASONS)
    assert all(words.zh and words.en for words in REASONS.values())
