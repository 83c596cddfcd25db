"""What is said of those whom a campaign reached."""

from __future__ import annotations

from diagnostics.model.wording import Text

ANSWER = Text(
    zh="有触达记录的 {n} 场共触达 {touched} 人次客户，响应 {answered}，到店 {visited}，下单 {bought}，其中门店下单 "
    "{store}。",
    en="Campaigns with a log of touches: {n}, customers reached: {touched} (once a campaign); {answered} answered, "
    "{visited} came to a store, {bought} bought, {store} in a store.",
)
BEST = Text(
    zh="下单占比最高的是「{best}」{high}，最低的是「{worst}」{low}。",
    en="Most bought after “{best}” ({high}), fewest after “{worst}” ({low}).",
)
NO_VISITS = Text(
    zh="没有到店、核销事件，到店只由门店订单得知，偏低；活动签到或核销记录可以补上。",
    en="No visits are logged: coming is told by store orders alone and is too low; check-in or redemption logs bring "
    "it.",
)
NOT_LOGGED = Text(
    zh="没有收到写明活动的触达记录，被触达的人有多少响应、到店、下单算不出；请导出带活动名称的触达记录。",
    en="No log of touches that names its campaigns was delivered, so how many of those reached answered, came and "
    "bought can't be told; such a log brings it.",
)
NOT_MATCHED = Text(
    zh="触达记录里写的活动与活动日历对不上，或每场不足 {least} 人，被触达的人走到哪一步算不出；请让触达记录的活动名称与"
    "日历一致。",
    en="The campaigns in the log of touches match none of the calendar, or each reached fewer than {least} people, so "
    "how far those reached came can't be told; use the calendar's names in the log.",
)
AXIS = Text(zh="下单占触达人数（线段为 95% 区间）", en="Bought, of those reached (line: 95%)")
