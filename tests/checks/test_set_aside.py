"""What the check of rows set aside raises, and what it leaves alone."""

from datetime import date

import pytest

from diagnostics.checks.check import Replies
from diagnostics.checks.data import set_aside
from diagnostics.checks.examination import resolve_limits
from diagnostics.model.account import FileAccount, IntakeAccount, Overlap, SetAside
from diagnostics.model.engagement import Engagement
from diagnostics.model.period import choose_horizon
from diagnostics.model.section import NotComputable
from diagnostics.model.wording import NOTHING, name_verbatim


def measure(*files, **records):
    engagement = Engagement(
        client="c",
        title=name_verbatim("C"),
        currency="CNY",
        horizon=choose_horizon(date(2023, 1, 1), date(2024, 12, 31)),
        gmv_basis="paid",
        annual_gmv=1e6,
        account=IntakeAccount(files=files, **records),
    )
    return set_aside.CHECK.measure(Replies(frames={}, engagement=engagement))


def find(measured, **limits):
    return set_aside.CHECK.judge(measured, resolve_limits(set_aside.CHECK, limits))


def file(path="a.csv", read=1000, table="order_lines", **rejected):
    gone = sum(rejected.values())
    return FileAccount(
        path=path, table=table, rows_read=read, rows_kept=read - gone, rows_rejected=gone, rejected=rejected
    )


def test_unpaid_orders_and_a_day_of_overlap_are_nothing_to_raise():
    assert find(measure(file(unpaid=300, duplicate=40), file("b.csv", read=100, duplicate=20))) == ()


def test_rows_of_other_tables_are_left_to_the_data_check():
    measured = measure(file(unpaid=3), file("t.xls", table="traffic", detail_of_total=9))
    assert measured.reasons["reason"].tolist() == ["unpaid"]
    assert isinstance(measure(file(table="traffic")), NotComputable)


@pytest.mark.parametrize(("rows", "severity"), [(1, "low"), (49, "low"), (50, "medium")])
def test_every_damaged_number_is_raised_and_many_are_medium(rows, severity):
    (finding,) = find(measure(file(damaged_id=rows)))
    assert (finding.code, finding.scope, finding.severity) == ("data.damaged_ids", {"file": "a.csv"}, severity)


def test_the_overlap_is_told_with_its_partner_its_days_and_its_money():
    pair = Overlap(
        file="a.csv",
        other="b.csv",
        channel="jd",
        rows=90,
        orders=80,
        changed=7,
        period=(date(2024, 3, 1), date(2024, 3, 11)),
    )
    worth = [
        SetAside(
            file="a.csv",
            channel="jd",
            month="2024-03",
            reason="duplicate",
            words=NOTHING,
            rows=45,
            orders=40,
            amount=amount,
        )
        for amount in (4000.0, 5000.0, None)
    ]
    (finding,) = find(measure(file(duplicate=90), overlaps=(pair,), set_aside=tuple(worth)))
    assert (finding.code, finding.severity) == ("data.duplicates", "info")
    for part in ("b.csv", "from 2024-03-01 to 2024-03-10", "80", "7", "CNY 9,000"):
        assert part in finding.cause.en


def test_a_file_that_repeats_itself_is_low():
    pair = Overlap(file="a.csv", other="a.csv", channel="jd", rows=90, orders=80, changed=0)
    (finding,) = find(measure(file(duplicate=90), overlaps=(pair,)))
    assert finding.severity == "low"
    assert "repeats itself" in finding.cause.en


def test_many_files_in_trouble_are_raised_worst_first_and_not_all():
    files = [file(f"{number}.csv", duplicate=100 + number) for number in range(9)]
    assert [finding.scope["file"] for finding in find(measure(*files))] == [f"{n}.csv" for n in (8, 7, 6, 5, 4)]


def test_a_clean_delivery_says_so_and_still_has_its_table():
    measured = measure(file())
    assert find(measured) == ()
    assert set_aside.CHECK.tell(measured).en == "Order rows read: 1,000; set aside: 0 (0.0%)."
    assert [exhibit.name for exhibit in set_aside.CHECK.tabulate(measured)] == ["files"]
