"""Two runs held against each other: findings, metrics, and what differs beside time."""

import json
import re
from html import unescape

import pytest

from diagnostics.checks.tracking import track_count
from diagnostics.model.errors import ExitCode, PersonError
from diagnostics.workbook.case import Case
from diagnostics.workbook.comparing import compare_runs, lay_out, print_comparison, write_pages
from tests.workbook.noted import keep_run, make_engagement, make_finding, make_section

CHINESE = re.compile("[一-鿿]")


@pytest.fixture
def case(tmp_path):
    return Case(folder=tmp_path / "某客户")


def read_share(count, n=2_000, channel="tmall"):
    return track_count("add_rate", count, n, scope={"channel": channel})


def keep_two(case, *, before=None, after=None):
    before = {"current": 2023, "sections": [make_section(findings=[make_finding()], readings=read_share(200))]} | (
        before or {}
    )
    after = {"current": 2024, "sections": [make_section(readings=read_share(400))]} | (after or {})
    for name, parts in (("20240101-000000", before), ("20250101-000000", after)):
        made = {key: parts.pop(key) for key in ("current", "client", "currency") if key in parts}
        keep_run(case.runs, name, make_engagement(**made), parts.pop("sections"), **parts)
    return compare_runs(case, "20240101-000000", "20250101-000000")


def list_cautions(comparison):
    return " ".join(text.en for text in comparison.cautions)


def test_a_closed_finding_and_the_metric_that_moved(case):
    comparison = keep_two(case)
    document = print_comparison(comparison)
    (finding,) = document["findings"]
    assert (finding["state"], finding["metric_verdict"]) == ("closed", "moved")
    (metric,) = document["metrics"]
    assert (metric["before"]["value"], metric["after"]["value"], metric["better"]) == (0.1, 0.2, True)
    assert metric["difference"]["low"] > 0
    assert document["judged_together"] == 1
    json.dumps(document)


def test_a_finding_that_closed_while_its_metric_stood_still_is_said_to_be_so(case):
    comparison = keep_two(case, after={"sections": [make_section(readings=read_share(205))]})
    (row,) = lay_out(comparison, "en").tables[0].rows
    assert "may just have come to lie under the threshold" in row[1].shown


def test_a_section_that_failed_afterwards_closes_nothing(case):
    comparison = keep_two(case, after={"sections": [make_section(status="failed")]})
    assert [one.state for one in comparison.followed.findings] == ["not_examined"]


def test_a_finding_dropped_by_the_notes_is_not_closed(case):
    dropped = {"dropped": [{"code": "people.low_reach", "scope": {"channel": "tmall"}, "reason": {"zh": "", "en": ""}}]}
    sections = [make_section(findings=[make_finding()], readings=read_share(400))]
    comparison = keep_two(case, after={"sections": sections, "edits": dropped})
    assert [one.state for one in comparison.followed.findings] == ["left_out"]
    assert "notes differ: dropped 0 to 1" in list_cautions(comparison)


def test_that_there_is_no_control_group_is_always_said(case):
    comparison = keep_two(case)
    for language, said in (("zh", "没有对照组"), ("en", "without a control group")):
        assert said in lay_out(comparison, language).notes[0]
    assert "widened for 1 metrics" in list_cautions(comparison)


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ({}, {"current": 2023}, "the same days"),
        ({"client": "another"}, {}, "different clients"),
        ({"currency": "GBP"}, {}, "metrics in money are not compared"),
        ({"has_readings": False}, {}, "kept no metrics"),
        ({}, {"sections": [make_section(limits={"least": 0.2})]}, "Thresholds were changed (people.reach)"),
    ],
)
def test_what_differs_beside_time_is_told(case, before, after, said):
    assert said in list_cautions(keep_two(case, before=before, after=after))


def test_pages_are_whole_by_themselves_and_in_their_language(case):
    comparison = keep_two(case)
    pages = {path.name: path.read_text(encoding="utf-8") for path in write_pages(comparison)}
    assert set(pages) == {f"compared_with_20240101-000000.{language}.html" for language in ("zh", "en")}
    for page in pages.values():
        assert not re.search(r"(src|href)=\"(https?:|//)", page)
        assert "<script>" in page
    english = re.sub(
        r"<style>.*?</style>|<script>.*?</script>", "", pages["compared_with_20240101-000000.en.html"], flags=re.DOTALL
    )
    assert not CHINESE.search(unescape(english))


@pytest.mark.parametrize(("before", "after"), [("20240101-000000", "20240101-000000"), ("nothing", "20240101-000000")])
def test_two_runs_that_are_there_are_needed(case, before, after):
    keep_two(case)
    with pytest.raises(PersonError) as told:
        compare_runs(case, before, after)
    assert told.value.exit_code == ExitCode.WRONG_ARGUMENTS
