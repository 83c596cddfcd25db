"""What is said of how carriers of tags answer, and of leads."""

from __future__ import annotations

from diagnostics.model.wording import Text

RESPONSE_ANSWER = Text(
    zh="本期触达有标签的人 {n} 次，{ordered} 在 7 天内下单{best}{leads}。",
    en="Tagged people got {n} touches, {ordered} ordered within 7 days{best}{leads}.",
)
BEST = Text(zh="；最高的是“{tag}”（{share}）", en="; highest: “{tag}” ({share})")
LEADS = Text(
    zh="线索由 {staff} 人跟进 {followed} 次，添加 {added} 位客户。",
    en="Leads: {followed} follow-ups by {staff} staff, {added} contacts added.",
)
LEADS_TOO = Text(
    zh="；线索由 {staff} 人跟进 {followed} 次，添加 {added} 位客户",
    en="; leads: {followed} follow-ups by {staff} staff, {added} contacts added",
)
NO_TAGGED = Text(
    zh="没有能对应到标签的触达，按标签的响应算不了：请补企微群发、短信或自动化触达记录（到人）、带客户编号和标签的客户导出，"
    "以及需求表的标签体系。",
    en="No touches meet tags, so response by tag can't be told: deliver logs of mass sends, SMS or automation by "
    "person, contacts with tags and the customer's key, and the tag dictionary of the requirement sheet.",
)
NO_LEADS = Text(
    zh="没有线索统计，线索跟进看不到：请补 SCRM 的线索员工统计。",
    en="Without lead statistics follow-up of leads can't be seen: deliver the lead statistics of the SCRM.",
)
