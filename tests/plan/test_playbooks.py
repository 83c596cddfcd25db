import pandas as pd
import pytest

from diagnostics.checks.shelf import list_all_checks
from diagnostics.intake.sheet.catalog import load_fields
from diagnostics.model.brief import Brief
from diagnostics.model.section import Exhibit, Section
from diagnostics.model.wording import Text
from diagnostics.plan.actions import GATES
from diagnostics.plan.material import Material
from diagnostics.plan.playbook import choose_playbook, list_plays, read_playbooks
from diagnostics.plan.plays import READY, plan_plays
from diagnostics.workbook.catalog import load_playbooks, name_metrics, read_catalog

BOOKS = load_playbooks()
PLAY = {
    "stage": "repurchase",
    "name": {"zh": "召回", "en": "Win back"},
    "how": {"zh": "打电话", "en": "Call"},
    "metric": "cycle",
    "needs": {"answered": ["retention.cycle"], "sheet": ["budget"], "clear": ["privacy.ungated"]},
}
BOOK = {
    "name": {"zh": "书店", "en": "Book shops"},
    "industries": ["books"],
    "durable": False,
    "rhythm": {"zh": "读完再买", "en": "Bought when read"},
    "watch": [{"metric": "cycle", "why": {"zh": "读得快", "en": "fast readers"}}],
    "aside": [],
    "moments": [{"at": 0.5, "do": {"zh": "问一问", "en": "ask"}}],
    "plays": {"call": PLAY},
}


def make_material(**parts):
    section = Section(
        check="retention.cycle",
        wing="retention",
        question=Text(zh="周期？", en="The cycle?"),
        definition=Text(zh="间隔", en="gaps"),
        status="computed",
        answer=Text(zh="30 天", en="30 days"),
    )
    book = read_playbooks({"books": BOOK})["books"]
    whole = {"sections": {"retention.cycle": section}, "brief": Brief(answers={"budget": 1.0}), "playbook": book}
    return Material(findings=(), currency="CNY", actions={}, **whole | parts)


def state_of(section):
    return section.exhibits[0].frame.state.iloc[0]


def test_every_trade_of_the_sheet_has_one_playbook():
    (field,) = [field for field in load_fields() if field.key == "industry"]
    served = [industry for book in BOOKS.values() for industry in book.industries]
    assert sorted(served) == sorted(choice.id for choice in field.entry.choices)


@pytest.mark.parametrize("book", BOOKS.values(), ids=BOOKS)
def test_a_playbook_speaks_only_of_what_there_is(book):
    codes = {row["code"] for row in read_catalog("finding_codes.csv")}
    keys = {field.key for field in load_fields()}
    metrics = {one.metric for one in (*book.watch, *book.aside)} | {play.metric for play in book.plays.values()}
    assert metrics <= set(name_metrics())
    for play in book.plays.values():
        assert set(play.needs.clear) <= codes
        assert set(play.needs.sheet) <= keys
        assert {wanted.partition("/")[0] for wanted in play.needs.answered} <= set(list_all_checks())
        assert set(play.needs.gates) <= set(GATES)


def test_no_metric_is_both_watched_and_put_aside():
    for book in BOOKS.values():
        assert not {one.metric for one in book.watch} & {one.metric for one in book.aside}


def test_plays_come_in_the_order_of_the_stages():
    stages = [play.stage for _, play in list_plays(BOOKS["beauty"])]
    assert stages == sorted(stages, key=["acquisition", "retention", "repurchase", "referral"].index)


def test_settings_go_before_the_trade_and_the_general_book_serves_the_rest():
    assert choose_playbook(BOOKS, "beauty").id == "beauty"
    assert choose_playbook(BOOKS, "beauty", "catering").id == "catering"
    assert choose_playbook(BOOKS, None).id == "general"


def test_a_play_with_everything_can_start():
    assert state_of(plan_plays(make_material(), None)) == READY


def test_a_play_says_all_that_it_lacks():
    told = state_of(plan_plays(make_material(sections={}, brief=Brief()), None)).en
    assert told == "first answer “retention.cycle”; the sheet does not state: budget"


def test_a_play_that_needs_a_part_of_an_answer_waits_for_its_table():
    play = {**PLAY, "needs": {"answered": ["retention.cycle/cycle"]}}
    book = read_playbooks({"books": {**BOOK, "plays": {"call": play}}})["books"]
    table = Exhibit(name="cycle", title=Text(zh="周期", en="Cycle"), fields=(), frame=pd.DataFrame({"gaps": [1]}))
    assert state_of(plan_plays(make_material(playbook=book), None)).en == "first answer “The cycle?”"
    with_table = make_material(playbook=book, exhibits={"retention.cycle": (table,)})
    assert state_of(plan_plays(with_table, None)) == READY


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"plays": {"call": {**PLAY, "stage": "fame"}}}, "stage"),
        ({"name": {"zh": "书店"}}, "name"),
        ({"surprise": 1}, "surprise"),
        ({"use": ["nothing"]}, "nothing"),
        ({"moments": [{"do": {"zh": "问", "en": "ask"}}]}, "either"),
        ({"plays": {}}, "plays"),
    ],
)
def test_a_faulty_playbook_is_told_by_its_name(change, told):
    with pytest.raises(ValueError, match=f"(?s)playbook books.*{told}"):
        read_playbooks({"books": {**BOOK, **change}})


def test_a_moment_says_its_day_only_where_the_cycle_is_measured():
    told = plan_plays(make_material(), None).exhibits[-1].frame["when"].iloc[0]
    assert told.en == "50% of the cycle (not measured yet)"


def test_markup_in_a_playbook_stays_text():
    book = replace_name(read_playbooks({"books": BOOK})["books"], "<script>=1</script>")
    assert "<script>" in plan_plays(make_material(playbook=book), None).answer.en


def replace_name(book, name):
    return book.model_copy(update={"name": Text(zh=name, en=name)})
