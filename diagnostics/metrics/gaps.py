"""Days between purchases of the same customer, per category where lines have one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import ibis

from diagnostics.metrics.buckets import assign_bucket
from diagnostics.metrics.days import number_days, purchase_days

if TYPE_CHECKING:
    from datetime import date

    import ibis.expr.types as ir

# More rows than this can't be read in a figure.
MOST_CATEGORIES = 8
WHOLE = ""
BUCKETS, WEEK = 25, 7
# The logarithm of a share that has fallen to nothing, for engines that refuse one of 0; and the least share below 1.
NOBODY, SMALLEST = -1000.0, 1e-18


def fill_categories(lines: ir.Table, products: ir.Table) -> ir.Table:
    """Lines with the category of the item master where they have none of their own."""
    filled = products.filter(products.category.notnull())
    known = filled.group_by("product_id").agg(own=filled.category.max()).rename(known_id="product_id")
    joined = lines.left_join(known, lines.product_id == known.known_id)
    return joined.mutate(category=ibis.coalesce(joined.category, joined.own)).drop("known_id", "own")


def purchase_gaps(lines: ir.Table, as_of: date) -> ir.Table:
    """One row a customer, category and purchase day: day, days to the next such day (or to the end), came, gmv.

    Days are counted within a category; the eight categories with most sales are kept. Lines without one belong to
    `""`, so a client without categories is one group. `lines` come from `value_lines`.
    """
    named = lines.mutate(category=lines.category.fill_null(WHOLE))
    sums = named.group_by("category").agg(gmv=named.gmv.sum())
    place = ibis.row_number().over(order_by=[ibis.desc(sums.gmv), sums.category])
    large = sums.mutate(place=place)
    large = large.filter(large.place < MOST_CATEGORIES).select("category")
    days = number_days(purchase_days(named.semi_join(large, "category"), "category"), "category")
    last = ibis.date(as_of.isoformat()) - ibis.interval(days=1)
    return days.select(
        "customer",
        "category",
        "day",
        "gmv",
        days=ibis.coalesce(days.next_day, last).delta(days.day, unit="day"),
        came=days.next_day.notnull(),
    )


def count_gaps(gaps: ir.Table) -> ir.Table:
    """Category, days, events (gaps that ended in a purchase) and censored (still open); `gaps` of `purchase_gaps`."""
    return gaps.group_by("category", "days").agg(events=gaps.came.sum(), censored=(~gaps.came).sum())


def count_shop_gaps(lines: ir.Table, as_of: date) -> ir.Table:
    """As `count_gaps`, without categories: whoever buys from another one has come back too."""
    return count_gaps(purchase_gaps(lines.mutate(category=ibis.null("string")), as_of))


def spread_gaps(gaps: ir.Table) -> ir.Table:
    """The same by group of customers and week: category, bucket (0 to 24, drawn at random), days, events, censored.

    It tells how far the counts of `count_gaps` would differ with other customers; `days` is the first day of the week.
    """
    drawn = gaps.mutate(bucket=assign_bucket(gaps.customer) % BUCKETS, days=(gaps.days // WEEK) * WEEK)
    return drawn.group_by("category", "bucket", "days").agg(events=drawn.came.sum(), censored=(~drawn.came).sum())


def find_middles(gaps: ir.Table, *, longest: int, least_at_risk: int) -> ir.Table:
    """Category and middle: the median of the gaps that end within a window, as `statistics.cycle.find_cycle` has it.

    The Kaplan-Meier curve is worked out by the engine, for the median decides which rows are counted. A category with
    fewer than `least_at_risk` gaps, or none that ended, has no row. `gaps` come from `purchase_gaps`.
    """
    counted = count_gaps(gaps)
    later = ibis.window(group_by=counted.category, order_by=ibis.desc(counted.days), rows=(None, 0))
    counted = counted.mutate(at_risk=(counted.events + counted.censored).sum().over(later))
    counted = counted.filter(counted.at_risk >= least_at_risk, counted.days <= longest)
    stays = 1 - counted.events / counted.at_risk
    logs = ibis.ifelse(stays > 0, ibis.greatest(stays, SMALLEST).ln(), NOBODY)
    up_to = ibis.window(group_by=counted.category, order_by=counted.days, rows=(None, 0))
    curve = counted.mutate(back=1 - logs.sum().over(up_to).exp())
    curve = curve.mutate(whole=curve.back.max().over(group_by=curve.category))
    ended = curve.filter(curve.whole > 0)
    # Rounding of the product must not move the day by one step.
    return ended.group_by("category").agg(middle=ended.days.min(where=ended.back * 2 >= ended.whole - 1e-12))


def count_touched(gaps: ir.Table, touches: ir.Table, *, longest: int, least_at_risk: int) -> ir.Table:
    """Category, middle, due, touched, lapsed (due, not touched and not back when the window closed).

    The window goes from half to one and a half times the category's `middle` (`find_middles`). Due is a purchase whose
    customer was not back when it opened, and whose window is closed or ended by a return; touched are those with a
    touch inside it, before the return. `gaps` come from `purchase_gaps`.
    """
    middles = find_middles(gaps, longest=longest, least_at_risk=least_at_risk)
    opened = middles.mutate(opens=middles.middle * 0.5, closes=middles.middle * 1.5)
    placed = gaps.join(opened, "category")
    due = placed.filter(placed.days > placed.opens, placed.came | (placed.days > placed.closes))
    written = touches.select(touched="customer", touch_day=touches.touched_at.date()).distinct()
    pairs = due.join(written, due.customer == written.touched)
    waited = pairs.touch_day.delta(pairs.day, unit="day")
    hits = pairs.filter(waited >= pairs.opens, waited <= pairs.closes, waited <= pairs.days)
    found = hits.select(hit_customer="customer", hit_category="category", hit_day="day").distinct()
    marked = due.left_join(
        found, [due.customer == found.hit_customer, due.category == found.hit_category, due.day == found.hit_day]
    )
    is_touched = marked.hit_customer.notnull()
    return marked.group_by("category").agg(
        due=marked.count(),
        middle=marked.middle.max(),
        touched=is_touched.sum(),
        lapsed=(~is_touched & (marked.days > marked.closes)).sum(),
    )
