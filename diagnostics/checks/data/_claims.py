"""The figures that the requirement sheet states beside those of the data, and whether they agree."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from diagnostics.checks.check import Limit, Limits
from diagnostics.checks.data import _claims_words as words
from diagnostics.checks.data._stated import STATED, list_stated
from diagnostics.checks.limits import find_limits
from diagnostics.metrics.channels import total_channels
from diagnostics.metrics.claims import (
    count_contacts,
    count_members,
    count_stores,
    share_categories,
    share_private,
    total_claims,
)
from diagnostics.metrics.cohorts import find_newcomers_since
from diagnostics.metrics.gaps import count_shop_gaps, fill_categories
from diagnostics.metrics.lines import value_lines, within
from diagnostics.model.period import MONTHS_A_YEAR, SLACK_DAYS, Horizon, Period, add_months
from diagnostics.model.wording import Text, word_days, word_money, word_number, word_percent, word_price
from diagnostics.statistics.claims import Verdict, judge_ratio, judge_share

if TYPE_CHECKING:
    import ibis.expr.types as ir

    from diagnostics.checks.check import Replies
    from diagnostics.checks.data._stated import Claim
    from diagnostics.model.tables import Tables

NAME = "data.ties_out"
LIMITS = (
    Limit(
        name="estimate_gap",
        value=0.2,
        reason=Text(
            zh="凭经验估计的数字，两成以内属正常", en="figures from experience are usually right within a fifth"
        ),
    ),
    Limit(
        name="counted_gap",
        value=0.1,
        reason=Text(
            zh="来自台账的数字，口径与截止日通常造成一成以内的差异",
            en="counted figures differ by up to a tenth through definitions and cut-off days",
        ),
    ),
    Limit(
        name="share_points",
        value=0.05,
        reason=Text(zh="占比多为取整填写，5个百分点以内不追问", en="shares are stated in round numbers: 5 points pass"),
    ),
)


@dataclass(frozen=True, kw_only=True)
class Claims:
    """All figures that were stated and could be measured, over a period; `is_year` if it holds 12 whole months."""

    claims: tuple[Claim, ...]
    period: Period
    is_year: bool
    currency: str
    limits: Limits

    def judge(self, claim: Claim) -> Verdict:
        """Whether a claim agrees with its measure."""
        most = self.limits[claim.limit]
        if claim.unit == "share":
            return judge_share(claim.stated, claim.measured, claim.n, most=most, interval=claim.interval)
        return judge_ratio(claim.stated, claim.measured, claim.n, most=most)

    def measure_gap(self, claim: Claim) -> float:
        """How far apart, in times of what is allowed."""
        gap = abs(claim.stated - claim.measured)
        return gap / self.limits[claim.limit] / (1.0 if claim.unit == "share" else abs(claim.measured) or 1.0)

    def word(self, claim: Claim, value: float) -> Text:
        """A value in the unit of its claim."""
        if claim.unit == "share":
            return word_percent(value)
        if claim.unit == "money":
            return word_money(value, self.currency)
        if claim.unit == "price":
            return word_price(value, self.currency)
        return word_days(value) if claim.unit == "days" else word_number(value, 1 if claim.unit == "number" else 0)


def find_year(horizon: Horizon) -> tuple[Period, bool]:
    """The last 12 whole months, and whether the data hold them; else the current period."""
    year = Period(start=add_months(horizon.current.end, -MONTHS_A_YEAR), end=horizon.current.end)
    if year.start + timedelta(days=SLACK_DAYS) >= horizon.history.start:
        return year, True
    return horizon.current, False


def ask_claims(tables: Tables) -> dict[str, ir.Table]:
    """Ask for each figure that the tables can tell, where the sheet states any."""
    engagement = tables.engagement
    if not any(engagement.brief.answers.get(key) for key in STATED):
        return {}
    period, _ = find_year(engagement.horizon)
    lines = value_lines(tables["order_lines"], engagement.gmv_basis)
    observed = within(lines, engagement.horizon.history)
    inside = within(lines, period)
    known_from = find_newcomers_since(engagement.horizon.history)
    asked = {"totals": total_claims(inside), "channels": total_channels(observed, period, known_from)}
    has_master = tables.has("products", "product_id", "category")
    if has_master or tables.has("order_lines", "category"):
        asked["categories"] = share_categories(fill_categories(inside, tables["products"]) if has_master else inside)
    if engagement.brief.number("repurchase_cycle_days"):
        asked["gaps"] = count_shop_gaps(observed, engagement.horizon.as_of)
    if tables.has("order_lines", "store"):
        asked["stores"] = count_stores(inside)
    if tables.has("order_lines", "is_private"):
        asked["private"] = share_private(inside)
    if tables.has("contacts", "contact"):
        asked["contacts"] = count_contacts(tables["contacts"])
    if tables.has("customers", "is_member"):
        asked["members"] = count_members(tables["customers"])
    return asked


def read_claims(replies: Replies) -> Claims | None:
    """Put every stated figure beside the measured one; `None` where nothing is stated that the data tell."""
    if "totals" not in replies:
        return None
    engagement = replies.engagement
    period, is_year = find_year(engagement.horizon)
    claims = list_stated(replies, yearly=1.0 if is_year else engagement.horizon.yearly, is_year=is_year)
    limits = find_limits(NAME, LIMITS, engagement)
    if not claims:
        return None
    return Claims(claims=claims, period=period, is_year=is_year, currency=engagement.currency, limits=limits)


def tell_claims(measured: Claims) -> Text:
    """How many figures agree, and the widest gap."""
    differ = [claim for claim in measured.claims if measured.judge(claim) == "differs"]
    if not differ:
        return words.ALL_AGREE.fill(n=word_number(len(measured.claims)))
    widest = max(differ, key=measured.measure_gap)
    return words.SOME_DIFFER.fill(
        n=word_number(len(measured.claims)),
        differ=word_number(len(differ)),
        name=widest.name,
        stated=measured.word(widest, widest.stated),
        measured=measured.word(widest, widest.measured),
    )


def say_year(measured: Claims) -> tuple[Text, ...]:
    """Whether a year is observed."""
    return () if measured.is_year else (words.SHORT_YEAR,)
