"""A finding, a section and a run's folder, small enough to be edited and compared by hand."""

from dataclasses import replace
from datetime import date

from diagnostics.model.engagement import Engagement
from diagnostics.model.finding import Evidence, Finding, Impact, Validation
from diagnostics.model.period import Horizon, Period
from diagnostics.model.section import Examined, Section
from diagnostics.model.wording import Text
from diagnostics.workbook.readings import METRICS_FILE, print_readings
from diagnostics.workbook.rendering import FINDING
from diagnostics.workbook.run_folder import RunFolder
from diagnostics.workbook.writing import write_json

YEARS = {year: Period(start=date(year, 1, 1), end=date(year + 1, 1, 1)) for year in range(2020, 2026)}


def make_finding(code="people.low_reach", channel="tmall", check="people.reach", metric="add_rate", mid=200_000.0):
    return Finding(
        code=code,
        scope={"channel": channel},
        title=Text(zh="触达太少", en="Too few are reached"),
        cause=Text(zh="没有引导", en="Nothing invites them"),
        action=Text(zh="放包裹卡", en="Put in a card"),
        owner_role="account",
        validation=Validation(metric=metric, direction="up", window_days=60),
        stop_rule=Text(zh="无提升即停", en="Stop without a rise"),
        confidence=0.8,
        impact=Impact(low=mid / 2, mid=mid, high=mid * 2),
        evidence=(Evidence(check=check, n=100),),
    )


def make_section(check="people.reach", findings=(), readings=(), status="computed", limits=None):
    return Section(
        check=check,
        wing=check.split(".", maxsplit=1)[0],
        question=Text(zh="触达如何？", en="How is reach?"),
        definition=Text(zh="定义", en="A definition"),
        status=status,
        answer=Text(zh="不错", en="Fine"),
        findings=tuple(findings),
        readings=tuple(readings),
        limits=limits or {"least": 0.1},
    )


def make_engagement(current=2024, client="somebody", currency="CNY"):
    history = Period(start=date(2020, 1, 1), end=YEARS[current].end)
    horizon = Horizon(history=history, current=YEARS[current], previous=YEARS[current - 1])
    title = Text(zh="某品牌", en="Some brand")
    return Engagement(
        client=client, title=title, currency=currency, horizon=horizon, gmv_basis="paid", annual_gmv=10_000_000.0
    )


def keep_run(runs, name, engagement, sections, *, edits=None, has_readings=True):
    """A complete run's folder as `report` leaves it, without the report itself."""
    run = RunFolder(path=runs / name)
    run.keep_engagement(engagement)
    for section in sections:
        run.keep(Examined(section=section))
    found = [replace(finding, severity="high", rank=1) for section in sections for finding in section.findings]
    write_json(run.path / "findings.json", {"findings": [FINDING.dump_python(one, mode="json") for one in found]})
    statuses = {section.check: section.status for section in sections}
    write_json(
        run.path / "manifest.json", {"run_id": name, "versions": {"diagnosis": "1"}, "sections": statuses, "inputs": {}}
    )
    if has_readings:
        write_json(run.path / METRICS_FILE, print_readings(name, engagement, sections))
    if edits:
        write_json(run.path / "edits.json", edits)
    return run
