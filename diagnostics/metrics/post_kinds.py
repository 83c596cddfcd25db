"""Posts by the kind of their content, how readers take them, and how many come on a day."""

from __future__ import annotations

from typing import TYPE_CHECKING

import ibis

if TYPE_CHECKING:
    import ibis.expr.types as ir

    from diagnostics.model.period import Period

# Words of a title or kind that name the content, in the order in which they are tried.
KINDS: dict[str, str] = {
    "service": "服务|售后|提醒|通知|公告|物流|客服|service|notice|remind",
    "member": "会员|积分|权益|vip|member|points",
    "new_item": "上新|新品|首发|新款|预售|new.?(?:item|arrival|in)|launch",
    "offer": "优惠|折|券|满减|秒杀|福利|抽奖|特价|双11|双十一|618|包邮|sale|% off|coupon|deal|gift",
    "advice": "教程|攻略|怎么|如何|指南|知识|测评|技巧|秘诀|避坑|科普|搭配|种草|how|guide|tips|review",
    "story": "故事|成长|创业|感悟|心得|初心|坚持|人生|story|journey",
    "daily": "日常|后厨|幕后|采购|门店|探店|工厂|产地|研发|团队|daily|behind|store|kitchen",
    "brand": "品牌|发布|荣誉|获奖|公益|周年|联名|代言|brand|award|anniversary",
}
OTHER = "other"


def list_posts(posts: ir.Table, period: Period) -> ir.Table:
    """One row a post of the half-open period: channel, kind, published_on, reached, readers, engaged.

    Counts are those of its last day. `engaged` is people who shared plus people who saved (somebody may do both), empty
    if neither is told; `kind` by the words of title and kind (`KINDS`), else `other`.
    """
    start, end = ibis.date(period.start.isoformat()), ibis.date(period.end.isoformat())
    dated = posts.filter(posts.published_on >= start, posts.published_on < end)
    day = dated.day.fill_null(dated.published_on)
    last = dated.mutate(told_on=day)
    newest = last.group_by("channel", "post").agg(newest=last.told_on.max())
    joined = last.inner_join(newest, ["channel", "post"])
    joined = joined.filter(joined.told_on == joined.newest)
    each = joined.group_by("channel", "post").agg(
        published_on=joined.published_on.min(),
        said=(joined.title.fill_null("") + " " + joined.kind.fill_null("")).max(),
        **{name: joined[name].max() for name in ("reached", "readers", "sharers", "savers")},
    )
    words = each.said.lower()
    kind = ibis.cases(*((words.re_search(known), name) for name, known in KINDS.items()), else_=OTHER)
    told = each.sharers.notnull() | each.savers.notnull()
    engaged = ibis.ifelse(told, each.sharers.fill_null(0) + each.savers.fill_null(0), ibis.null("int64"))
    return each.mutate(kind=kind, engaged=engaged, day=each.published_on).drop("said")


def total_kinds(listed: ir.Table) -> ir.Table:
    """One row a kind: posts, reached and opened (readers of posts whose reach is told), and moments of engagement.

    `n`, x, w, xx, xw, ww are posts and sums of engaged and readers over posts that tell both, for a ratio's error.
    """
    sent = listed.reached.notnull() & listed.readers.notnull()
    known = listed.engaged.notnull() & (listed.readers > 0)
    x, w = listed.engaged.cast("float64"), listed.readers.cast("float64")
    return listed.group_by("kind").agg(
        posts=listed.count(),
        reached=listed.reached.sum(where=sent),
        opened=listed.readers.sum(where=sent),
        n=known.sum(),
        x=x.sum(where=known),
        w=w.sum(where=known),
        xx=(x * x).sum(where=known),
        xw=(x * w).sum(where=known),
        ww=(w * w).sum(where=known),
    )


def total_days(listed: ir.Table) -> ir.Table:
    """One row a number of posts that a channel published on a day: load, days, and the moments of `total_kinds`."""
    known = listed.filter(listed.engaged.notnull(), listed.readers > 0)
    days = known.group_by("channel", "day").agg(
        load=known.count(), x=known.engaged.sum().cast("float64"), w=known.readers.sum().cast("float64")
    )
    return days.group_by("load").agg(
        n=days.count(),
        x=days.x.sum(),
        w=days.w.sum(),
        xx=(days.x * days.x).sum(),
        xw=(days.x * days.w).sum(),
        ww=(days.w * days.w).sum(),
    )


def count_months(listed: ir.Table) -> ir.Table:
    """One row a month and kind: posts."""
    return listed.group_by("kind", month=listed.day.truncate("M")).agg(posts=listed.count())
