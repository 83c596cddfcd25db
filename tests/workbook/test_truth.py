"""The diagnosis is held against clients whose troubles are known."""

import json
import re

import pytest

from tests.workbook.texts import list_texts

WORD = re.compile(r"[A-Za-z]{3,}")
# Names of methods and measures that the trade writes in Latin letters in Chinese texts as well.
LATIN_IN_CHINESE = {
    "GMV",
    "SKU",
    "HHI",
    "LMDI",
    "Kaplan",
    "Meier",
    "Wilson",
    "Shapley",
    "RFM",
    "Bonferroni",
    "Newcombe",
    "Kitagawa",
    # Holm, Benjamini, Hochberg and Fréchet, and the id that WeChat calls so.
    "Holm",
    "Benjamini",
    "Hochberg",
    "unionid",
    "chet",
    # What Chinese practitioners write so, and the folder that a text sends the reader to.
    "SOP",
    "VIP",
    "CRM",
    "SCRM",
    "ERP",
    "exports",
    "Garwood",
    "Mantel",
    "Haenszel",
    "MBG",
    "BG",
    "NBD",
    "Gamma",
    "Gini",
    "Lorenz",
    "Spearman",
    "Pareto",
    "LTV",
    "Bonett",
    "Wright",
    "Greenwood",
    "Welch",
    "Fader",
    "Hardie",
    "ROI",
}


def read_planted(case):
    return json.loads((case.folder / "planted.json").read_text(encoding="utf-8"))


def find(planted, findings):
    return [
        finding
        for finding in findings
        if finding.code == planted["code"] and planted["scope"].items() <= finding.scope.items()
    ]


def test_every_planted_trouble_is_found_in_its_scope(troubled):
    case, _, findings = troubled
    missed = [planted for planted in read_planted(case) if not find(planted, findings)]
    assert missed == []


def test_the_three_largest_troubles_come_first(troubled):
    case, _, findings = troubled
    largest = sorted(read_planted(case), key=lambda planted: -planted["annual_effect"])[:3]
    assert all(find(planted, findings[:3]) for planted in largest)


def test_nothing_else_is_called_high(troubled):
    case, _, findings = troubled
    planted = [finding for trouble in read_planted(case) for finding in find(trouble, findings)]
    assert [finding.code for finding in findings if finding.severity == "high" and finding not in planted] == []


def test_stated_money_is_of_the_size_of_the_true_effect(troubled):
    case, _, findings = troubled
    for planted in read_planted(case):
        (finding, *_) = find(planted, findings)
        if finding.impact is not None:
            assert finding.impact.low / 2 <= planted["annual_effect"] <= finding.impact.high * 2, planted["code"]


def test_no_check_fails_on_a_client_with_everything(troubled):
    _, examined, _ = troubled
    assert [(one.section.check, one.fault) for one in examined if one.section.status == "failed"] == []


def test_a_healthy_business_has_no_high_finding(healthy):
    _, examined, findings = healthy
    assert [(one.section.check, one.fault) for one in examined if one.section.status == "failed"] == []
    assert [(finding.code, finding.scope) for finding in findings if finding.severity == "high"] == []


@pytest.mark.parametrize("severity", ["high", "medium"])
def test_a_healthy_business_is_not_given_the_planted_troubles(healthy, troubled, severity):
    _, _, findings = healthy
    codes = {planted["code"] for planted in read_planted(troubled[0])}
    assert [f.code for f in findings if f.code in codes and f.severity == severity] == []


def test_the_chinese_texts_of_a_chinese_client_hold_no_english(troubled):
    _, examined, _ = troubled
    words = {word for text in list_texts(examined) for word in WORD.findall(text.zh)}
    assert words - LATIN_IN_CHINESE == set()
