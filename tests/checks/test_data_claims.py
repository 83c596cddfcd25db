"""What the check of stated figures says of answers that agree, differ, or can't be compared."""

import re
from dataclasses import replace
from datetime import date

import pytest

from diagnostics.checks.data._claims import find_year
from diagnostics.checks.data.ties_out import CHECK
from diagnostics.checks.examination import examine
from diagnostics.checks.example import read_example
from diagnostics.model.brief import Brief
from diagnostics.model.period import choose_horizon
from diagnostics.model.tables import Tables
from diagnostics.model.wording import name_verbatim
from diagnostics.workbook.engagement import fix_engagement
from diagnostics.workbook.engine import connect, fetch, find_available, open_frames

HAN = re.compile(r"[\u3400-\u9fff]")


def claim(answers, tables=None, limits=None):
    frames = open_frames(connect(), read_example(replace(CHECK.example, tables=tables or CHECK.example.tables)))
    engagement = fix_engagement(
        frames,
        client="c",
        title=name_verbatim("C"),
        currency="CNY",
        brief=Brief(answers=answers),
        limits={"data.ties_out": limits or {}},
    )
    opened = Tables(by_name=frames, available=find_available(frames), engagement=engagement, fetch=fetch)
    return examine("data.ties_out", CHECK, opened)


def verdicts(examined):
    frame = examined.exhibits[0].frame
    return {name.en: (verdict.en, n) for name, verdict, n in zip(frame.name, frame.verdict, frame.n, strict=True)}


def test_statements_are_held_against_the_same_figures_counted_by_hand():
    goal = {"metric": "repurchase_user", "baseline": 0.4}
    channels = ({"channel": "website", "gmv_share": 0.7}, {"channel": "jd", "gmv_share": 0.3})
    answers = {"annual_gmv": 6000.0, "aov_stated": 130.0, "purchase_frequency": 1.6}
    examined = claim(answers | {"goals": (goal,), "main_channels": channels})
    assert not examined.fault
    assert verdicts(examined) == {
        "Annual GMV": ("agrees", 60),
        "Spend per order": ("differs", 60),
        "Orders per buyer a year": ("agrees", 40),
        "Repeat rate (a goal's baseline)": ("agrees", 40),
        "Website: share of GMV": ("differs", 60),
        "JD: share of GMV": ("differs", 60),
    }
    assert examined.section.findings == ()
    assert set(examined.section.lacking) == {"001-14"}
    assert examined.figures


def test_a_client_may_set_its_own_limits():
    assert verdicts(claim({"aov_stated": 130.0}, limits={"estimate_gap": 0.5})) == {"Spend per order": ("agrees", 60)}


def test_few_observations_are_not_judged_and_a_short_year_is_not_compared():
    lines = "customer ordered_at paid_amount\n" + "\n".join(f"c{n} 2023-0{1 + n % 3}-02 100" for n in range(9))
    examined = claim({"aov_stated": 500.0, "purchase_frequency": 9.0}, {"order_lines": lines})
    assert verdicts(examined)["Spend per order"][0] == "too few to say"
    assert "Orders per buyer a year" not in verdicts(examined)
    assert examined.section.caveats


def test_without_statements_there_is_nothing_to_compare():
    section = claim({}).section
    assert section.status == "not_computable"
    assert section.unlocked_by is not None


def test_every_text_of_a_difference_is_whole_in_both_languages():
    examined = claim({"annual_gmv": 1.0, "aov_stated": 1.0, "purchase_frequency": 9.0})
    for text in (examined.section.answer, *examined.exhibits[0].frame.clarify, *examined.exhibits[0].frame.name):
        assert HAN.search(text.zh)
        assert text.en
        assert not HAN.search(text.en)


@pytest.mark.parametrize(("first", "is_year"), [((2023, 1, 2), True), ((2023, 3, 1), False)])
def test_a_year_needs_twelve_whole_months(first, is_year):
    horizon = choose_horizon(date(*first), date(2023, 12, 31))
    assert find_year(horizon)[1] is is_year
