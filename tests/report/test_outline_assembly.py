from __future__ import annotations

import re
from dataclasses import asdict, replace

import pandas as pd
import pytest
from material import ACCOUNT, ENGAGEMENT, make_exhibit, make_finding, make_outline, make_section

from diagnostics.model.account import IntakeAccount
from diagnostics.model.finding import Impact
from diagnostics.model.section import Exhibit, Field
from diagnostics.model.wording import Text, name_verbatim

CHINESE = re.compile(r"[\u3000-\u303f\u3400-\u9fff\uff00-\uffef]")
ENGLISH_SENTENCE = re.compile(r"(?:[a-z]{2,}[ ,]+){3}[a-z]{2,}")


def full_outline(language):
    reach = make_finding(rank=1)
    quiet = make_finding("people.tag_gap", severity="medium", impact=None, rank=2)
    sections = (
        make_section("zoo.extra"),
        make_section("levers.tree", answer=Text(zh="客单价下降拖累 GMV", en="Spend per buyer pulled GMV down")),
        make_section("people.gone", "not_computable"),
        make_section("people.reach", "computed", reach, quiet),
        make_section("goods.roles", "judged"),
        make_section("data.coverage"),
    )
    return make_outline(
        language, sections=sections, findings=(reach, quiet), exhibits={"people.reach": (make_exhibit(30),)}
    )


def find_chapter(outline, name):
    return next(chapter for chapter in outline.chapters if chapter.name == name)


def words_of(value):
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, part in value.items():
            if key not in {"words", "svg", "name", "code", "notebook", "section"}:
                yield from words_of(part)
    elif isinstance(value, list | tuple):
        for part in value:
            yield from words_of(part)


def test_chapters_follow_the_contents_and_unknown_wings_come_last():
    assert [chapter.name for chapter in full_outline("en").chapters] == ["3", "5.1", "5.2", "6", "16", "zoo"]


def test_a_chapter_opens_with_its_foremost_finding_or_its_first_answer():
    leads = {chapter.name: chapter.lead for chapter in full_outline("en").chapters}
    assert leads["5.1"].endswith("(questions examined: 1; to act on: 2).")
    assert leads["6"] == "Spend per buyer pulled GMV down. Questions examined: 1; nothing to act on."


def test_unanswered_questions_come_after_answered_ones_and_in_their_own_table():
    outline = full_outline("en")
    people = find_chapter(outline, "5.1")
    assert [section.name for section in people.sections] == ["people.reach", "people.gone"]
    assert [row[2].shown for row in outline.not_computable.rows] == ["the product export"]


def test_the_english_outline_holds_no_chinese():
    assert [words for words in words_of(asdict(full_outline("en"))) if CHINESE.search(words)] == []


def test_the_chinese_outline_holds_no_english_sentence():
    assert [words for words in words_of(asdict(full_outline("zh"))) if ENGLISH_SENTENCE.search(words)] == []


def test_a_section_keeps_its_question_definition_thresholds_figure_and_link():
    section = full_outline("en").chapters[1].sections[0]
    assert section.limits == (("least_share", "0.35", "experience of the trade"),)
    assert section.notebook == "notebooks/02_people.html#people.reach"
    assert section.observations == "18,204"
    assert section.definition == "A definition"
    assert section.figure.alt == "Figure: How about people.reach? Fine."
    assert section.tables[0].total_rows == 30


def test_a_card_says_money_certainty_owner_and_validation():
    card = full_outline("zh").top_findings[0]
    assert card.impact == "380.0万元（210.0万元 至 560.0万元）"
    assert card.confidence == "较高（70%）"
    assert card.owner == "会员运营"
    assert card.validation == "60 天内，可触达率应上升"
    assert card.evidence == "第“people.reach 怎么样？”节、样本数 18,204"
    assert card.severity_word == "高"


def test_a_finding_without_money_says_why():
    assert full_outline("en").top_findings[1].impact == "Not sized in money: costs are not known"


def test_a_finding_that_the_consultant_dropped_is_nowhere():
    dropped = make_finding()
    outline = make_outline("en", sections=(make_section("people.reach", "computed", dropped),))
    assert outline.top_findings == ()
    assert find_chapter(outline, "5.1").sections[0].findings == ()
    assert "nothing calls for immediate action" in outline.verdict


def test_a_finding_that_the_consultant_reworded_stays_in_its_section():
    raised = make_finding()
    told = replace(raised, title=name_verbatim("Said better"), rank=1)
    outline = make_outline("en", sections=(make_section("people.reach", "computed", raised),), findings=(told,))
    assert [card.title for card in find_chapter(outline, "5.1").sections[0].findings] == ["Said better"]


def test_the_consultants_own_findings_get_a_chapter():
    outline = make_outline("en", sections=(make_section("people.reach"),), findings=(make_finding("team.unclear"),))
    assert outline.chapters[-1].name == "added"
    assert outline.chapters[-1].sections[0].findings == outline.top_findings


@pytest.mark.parametrize(
    ("findings", "said"),
    [
        ((), "nothing calls for immediate action"),
        ((make_finding(severity="medium"),), "no finding is of high severity; 1 could"),
        ((make_finding(),), "one finding is of high severity: Too few buyers can be reached."),
        ((make_finding(), make_finding("a.b")), "2 findings are of high severity. Foremost: Too few"),
    ],
)
def test_the_verdict_follows_from_the_severities(findings, said):
    assert said in make_outline("en", sections=(make_section("people.reach"),), findings=findings).verdict


def test_the_verdict_gives_the_largest_amount_the_levers_and_what_was_not_examined():
    outline = full_outline("en")
    assert "worth CNY 2.1m to CNY 5.6m a year." in outline.verdict
    assert "Spend per buyer pulled GMV down." in outline.verdict
    assert outline.verdict.endswith("Questions left unexamined for want of data: 1.")
    small, large = (make_finding(impact=Impact(low=0, mid=m, high=m)) for m in (1e4, 9e6))
    assert "CNY 0 to CNY 9.0m" in make_outline("en", findings=(small, large)).verdict


def test_only_the_first_three_findings_are_on_top():
    findings = tuple(make_finding(f"a.{i}", rank=i + 1) for i in range(5))
    outline = make_outline("en", findings=findings)
    assert [card.rank for card in outline.top_findings] == [1, 2, 3]
    assert [card.rank for card in outline.other_findings] == [4, 5]


def test_money_is_told_once_on_top_and_a_card_names_who_else_tells_it():
    leaders = {2: 1, 3: 1, 5: 4}
    findings = [replace(make_finding(f"a.{i}", rank=i), same_money_as=leaders.get(i)) for i in range(1, 6)]
    noted = make_finding("a.6", severity="info", impact=None, rank=6)
    outline = make_outline("en", findings=(*findings, noted))
    assert [card.rank for card in outline.top_findings] == [1, 2, 4]
    said = {card.rank: card.shared for card in (*outline.top_findings, *outline.other_findings)}
    assert said[1] == "The same money as #2, #3, seen from another side: it does not add up"
    assert said[3] == "The same money as #1, #2, seen from another side: it does not add up"
    assert said[5] == "The same money as #4, seen from another side: it does not add up"
    assert said[6] == ""


def test_missing_exports_stand_on_top_only_where_nothing_else_was_found():
    missing = tuple(make_finding("data.missing_export", rank=i + 1) for i in range(3))
    alone = make_outline("en", findings=missing)
    assert [card.rank for card in alone.top_findings] == [1]
    assert [card.rank for card in alone.other_findings] == [2, 3]
    beside = make_outline("en", findings=(*missing, make_finding("a.b", rank=4)))
    assert [card.rank for card in beside.top_findings] == [4]
    assert [card.rank for card in beside.other_findings] == [1, 2, 3]


def test_key_figures_of_a_check_carry_their_changes():
    fields = (
        Field(name="gmv", label=Text(zh="年化 GMV", en="GMV a year"), unit="money"),
        Field(name="gmv_change", label=name_verbatim(""), unit="share"),
        Field(name="buyers", label=Text(zh="客户数", en="Buyers"), unit="count"),
        Field(name="empty", label=Text(zh="空", en="Empty"), unit="count"),
    )
    frame = pd.DataFrame({"gmv": [1.2e8], "gmv_change": [0.084], "buyers": [91024], "empty": [None]})
    exhibit = Exhibit(name="key_figures", title=name_verbatim("x"), fields=fields, frame=frame)
    outline = make_outline("en", exhibits={"data.size": (exhibit,)})
    assert outline.key_figures == (
        ("GMV a year", "CNY 120.0m", "+8.4% on the comparison period"),
        ("Buyers", "91,024", ""),
    )


def test_key_figures_may_also_come_one_a_row():
    fields = tuple(Field(name=name, label=name_verbatim(name)) for name in ("label", "value", "change"))
    rows = [("Buyers", "91,024", "-3.0%"), ("Shops", "4", None)]
    frame = pd.DataFrame(rows, columns=["label", "value", "change"])
    exhibit = Exhibit(name="key_figures", title=name_verbatim("x"), fields=fields, frame=frame)
    assert make_outline("zh", exhibits={"data.size": (exhibit,)}).key_figures == (
        ("年化 GMV", "1.2亿元", ""),
        ("Buyers", "91,024", "较对比期 -3.0%"),
        ("Shops", "4", ""),
    )


def test_the_data_check_accounts_for_every_row():
    outline = full_outline("en")
    shown = {table.name: [[cell.shown for cell in row] for row in table.rows] for table in outline.data_account.tables}
    assert shown["kinds"][0] == [
        *("Tmall orders", "Order lines", "1", "1,000", "980", "20"),
        "2023-01-01 to 2024-12-31",
    ]
    assert shown["kinds"][1][0] == "Not recognised"
    assert outline.file_list.rows[0][0].shown == "orders.csv"
    assert outline.file_list.rows[1][0].shown == "notes.xlsx / Sheet1"
    assert shown["rejections"] == [["duplicate line", "15"], ["no date", "5"]]
    assert shown["tables"][0][3] == "91.5%"
    assert shown["reconciliation"][0] == ["Tmall · Sycm", "2024-03", "CNY 98", "CNY 100", "-2.0%", "refunds"]
    assert shown["missing"] == [["Products and cost", "the product export", "How about goods.roles?"]]
    assert outline.data_account.notes[0].startswith(
        "Files or sheets: 2, of them recognised: 1. Rows read: 1,000, kept: 980"
    )
    assert "Buyer phone" in outline.data_account.notes[2]


def test_months_reconciled_are_shown_once():
    months = Exhibit(name="months", title=name_verbatim("Months"), fields=(), frame=pd.DataFrame())
    outline = make_outline("en", exhibits={"data.ties_out": (months,)})
    names = [table.name for table in outline.data_account.tables]
    assert "reconciliation" not in names
    assert "kinds" in names


def test_an_empty_account_says_so():
    outline = make_outline("en", engagement=replace(ENGAGEMENT, account=IntakeAccount()))
    assert outline.data_account.tables == ()
    assert "No second source" in outline.data_account.notes[-1]
    assert ACCOUNT.files[0].rows_read == 1000


def test_without_a_comparison_period_the_definitions_say_so():
    alone = replace(ENGAGEMENT, horizon=replace(ENGAGEMENT.horizon, previous=None))
    outline = make_outline("en", engagement=alone)
    assert "no comparable period" in outline.definitions.rows[5][1].shown
    assert "compared" not in outline.subtitle
