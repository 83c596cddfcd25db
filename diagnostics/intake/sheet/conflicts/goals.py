"""Goals against the rest of the sheet: baselines, directions, units, deadlines."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from diagnostics.intake.sheet.catalog import load_fields
from diagnostics.intake.sheet.conflicts.conflict import CLOSELY, ROUGHLY, Conflict, is_apart, read_number
from diagnostics.model.brief import Brief, Row
from diagnostics.model.wording import Text, name_verbatim, word_date, word_number, word_percent

# Fields that state today's value of a metric that a goal may name, with how closely the two should agree.
STATED = {
    "gmv": ("annual_gmv", CLOSELY),
    "aov_order": ("aov_stated", CLOSELY),
    "opb": ("purchase_frequency", ROUGHLY),
    "cycle": ("repurchase_cycle_days", ROUGHLY),
    "pd_share": ("pd_gmv_share", CLOSELY),
    "margin": ("gross_margin", CLOSELY),
}
RISING = frozenset(
    {"gmv", "pd_share", "pd_gmv_asset", "aov_order", "aov_user", "opb", "conv", "repurchase_user", "repurchase_order"}
)
# Baseline and target of one metric that are this many times apart are probably in two units.
OTHER_UNIT = 20.0
TYPES = {
    "repurchase": frozenset(
        {"repurchase_user", "repurchase_order", "repurchase_newN", "return_old", "cycle", "cohort"}
    ),
    "aov": frozenset({"aov_order", "aov_user", "upt"}),
    "conversion": frozenset({"conv"}),
}
_BASELINE = Text(
    zh="目标「{metric}」的现值写 {goal}，而表中另一处写 {stated}：哪个数字对？",
    en="The goal on {metric} starts from {goal}, while the sheet states {stated} elsewhere: which one is right?",
)
_BACKWARDS = Text(
    zh="目标「{metric}」的目标值 {target} 低于现值 {baseline}：是否写反了？",
    en="The goal on {metric} aims at {target}, below today's {baseline}: are the two swapped?",
)
_UNIT = Text(
    zh="目标「{metric}」的现值 {baseline} 与目标值 {target} 相差20倍以上：单位是否一致（如 18% 与 25）？",
    en="Today's {baseline} and the target {target} of {metric} are more than 20 times apart: is the unit the same?",
)
_PAST = Text(
    zh="目标「{metric}」的完成日期 {deadline} 不晚于启动日期 {kickoff}：日期是否有误？",
    en="The goal on {metric} is due on {deadline}, not after the kick-off on {kickoff}: is the date right?",
)
_TWICE = Text(
    zh="目标「{metric}」写了两次，而且数字不同：以哪一条为准？",
    en="The goal on {metric} is stated twice with other figures: which one counts?",
)
_NO_GOAL = Text(
    zh="目标类型选了「{kind}」，但量化目标里没有相应的指标：要补一条目标，还是去掉这个类型？",
    en="The goal type {kind} was chosen, but no quantified goal measures it: add a goal, or drop the type?",
)
_KINDS = {
    "repurchase": Text(zh="复购", en="repeat buying"),
    "aov": Text(zh="客单", en="spend per order"),
    "conversion": Text(zh="转化", en="conversion"),
}


def compare_baselines(brief: Brief) -> Iterator[Conflict]:
    """Today's value of a goal against the field that states the same."""
    for place, metric, row in _list_goals(brief):
        if metric not in STATED:
            continue
        key, by = STATED[metric]
        stated, baseline = brief.number(key), read_number(row, "baseline")
        if stated and baseline and is_apart(stated, baseline, by):
            words = {"goal": _word(baseline), "stated": _word(stated), "metric": _name(metric)}
            yield Conflict(cells=(f"goals/{place}/baseline", key), text=_BASELINE.fill(**words))


def check_direction(brief: Brief) -> Iterator[Conflict]:
    """A target below today's value, of a metric that should rise."""
    for place, metric, row in _list_goals(brief):
        baseline, target = read_number(row, "baseline"), read_number(row, "target")
        if metric in RISING and baseline and target is not None and baseline / OTHER_UNIT < target < baseline:
            text = _BACKWARDS.fill(metric=_name(metric), target=_word(target), baseline=_word(baseline))
            yield Conflict(cells=(f"goals/{place}/baseline", f"goals/{place}/target"), text=text)


def check_units(brief: Brief) -> Iterator[Conflict]:
    """Today's value and target that are hardly in the same unit."""
    for place, metric, row in _list_goals(brief):
        baseline, target = read_number(row, "baseline"), read_number(row, "target")
        if baseline and target and not 1 / OTHER_UNIT <= target / baseline <= OTHER_UNIT:
            text = _UNIT.fill(metric=_name(metric), target=_word(target), baseline=_word(baseline))
            yield Conflict(cells=(f"goals/{place}/baseline", f"goals/{place}/target"), text=text)


def check_deadlines(brief: Brief) -> Iterator[Conflict]:
    """A deadline on or before the day on which the project starts."""
    kickoff = brief.day("kickoff_date")
    for place, metric, row in _list_goals(brief):
        deadline = row.get("deadline")
        if kickoff and isinstance(deadline, date) and deadline <= kickoff:
            text = _PAST.fill(metric=_name(metric), deadline=word_date(deadline), kickoff=word_date(kickoff))
            yield Conflict(cells=(f"goals/{place}/deadline", "kickoff_date"), text=text)


def find_repeated(brief: Brief) -> Iterator[Conflict]:
    """One metric with two goals for the same day that differ."""
    seen: dict[tuple[str, object], tuple[int, Row]] = {}
    for place, metric, row in _list_goals(brief):
        first, other = seen.setdefault((metric, row.get("deadline")), (place, row))
        if first != place and any(other.get(part) != row.get(part) for part in ("baseline", "target")):
            cells = (f"goals/{first}/metric", f"goals/{place}/metric")
            yield Conflict(cells=cells, text=_TWICE.fill(metric=_name(metric)))


def match_types(brief: Brief) -> Iterator[Conflict]:
    """A goal type that no quantified goal measures."""
    metrics = {metric for _, metric, _ in _list_goals(brief)}
    for kind in brief.choices("goal_type"):
        if metrics and kind in TYPES and not TYPES[kind] & metrics:
            yield Conflict(cells=("goal_type", "goals"), text=_NO_GOAL.fill(kind=_KINDS[kind]))


def _list_goals(brief: Brief) -> list[tuple[int, str, Row]]:
    return [(place, str(row.get("metric", "")), row) for place, row in enumerate(brief.rows("goals"))]


def _name(metric: str) -> Text:
    choices = next(field for field in load_fields() if field.key == "goals").columns[0].entry.choices
    return next((choice.label for choice in choices if choice.id == metric), name_verbatim(metric))


def _word(value: float) -> Text:
    return word_percent(value) if 0 < value < 1 else word_number(value, 0 if float(value).is_integer() else 2)


RULES = (compare_baselines, check_direction, check_units, check_deadlines, find_repeated, match_types)
