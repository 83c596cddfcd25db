"""What is said of content pushed to customers."""

from __future__ import annotations

from diagnostics.model.wording import Text

TOO_FEW = Text(
    zh="没有一类写明类型与是否回应的触达到达 {n} 位客户，哪类内容推给哪类人有人回应看不出；写明内容类型与是否回应的触"
    "达记录可补。",
    en="No kind of touch that tells whether it was answered reached {n} customers, so who answers what can't be told; "
    "a log of touches with the kind of content and whether it was answered would show it.",
)
ANSWER = Text(
    zh="推给客户的 {n} 类内容里，回应率最高的是{best}（{high}），最低的是{worst}（{low}）{lost}{matches}。",
    en="Of {n} kinds pushed to customers, {best} is answered most ({high}) and {worst} least ({low}){lost}{matches}.",
)
LOST = Text(zh="，触达后 14 天流失最多的是{name}（{share}）", en=", most are lost within 14 days of {name} ({share})")
MATCHES = Text(zh="；按{what}确有对路的：{names}", en="; by {what} some clearly match: {names}")
NO_MATCH = Text(zh="；按{what}看不出哪类更对路", en="; by {what} none clearly matches better")
PAIR = Text(zh="{label}—{kind}", en="{label} – {kind}")
SOURCE, WAY, INTEREST = (
    Text(zh="来源", en="source"),
    Text(zh="添加方式", en="way of adding"),
    Text(zh="兴趣品类", en="favourite category"),
)
NO_SOURCE = Text(
    zh="客户表没有来源、联系人没有添加方式，不能按来源看内容。",
    en="Neither the members' source nor contacts' way of adding is known, so content can't be told by source.",
)
NO_INTEREST = Text(
    zh="订单没有品类，不能按兴趣看内容。", en="Orders hold no category, so content can't be told by interest."
)
NO_LOSS = Text(
    zh="联系人名单没有流失时间，看不到推送后的流失。",
    en="The contact list has no time of loss, so leaving after a touch can't be seen.",
)
UNNAMED = Text(zh="未写类型", en="kind not stated")
FITS = Text(zh="对路", en="matches")
AXIS = Text(zh="回应率（线段为 95% 区间，n 为客户数）", en="Answered (line: 95%; n: customers)")
