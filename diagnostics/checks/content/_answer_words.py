"""What the question on the kinds of touch says."""

from __future__ import annotations

from diagnostics.model.wording import Text

QUESTION = Text(
    zh="哪类内容推给哪类人有人回应，推完会不会流失？",
    en="Which content do which customers answer, and do they leave after it?",
)
DEFINITION = Text(
    zh="触达记录里写明类型的每次触达，按类型看回应率与触达后 14 天内的流失（联系人名单有流失时间才能算）；"
    "再按客户来源（客户表的来源，没有则按添加方式）和兴趣（买得最多的品类）交叉。回应率的误差以客户为单位，95% 区间；"
    "不足 {least} 位客户不给比率。每行里最高的一类只有在与本行其余内容的差距超出误差（按格数校正）时才算“对路”。"
    "数据最初 30 天只作历史。这是相关：谁被推什么不是随机的。",
    en="Every touch whose kind the log names: share answered, and lost within 14 days (needs contacts with the time "
    "lost), by kind; then crossed with where customers came from (the member table's source, else the way of adding) "
    "and with their interest (the category they bought most often). Errors count customers as draws, 95%; no rate from "
    "fewer than {least} customers. The best kind of a row counts as a match only if its lead over the row's other "
    "kinds is more than chance (corrected for the number of cells). The first 30 days serve as history. An "
    "association: who is sent what is not drawn by lot.",
)
TOO_FEW = Text(zh="没有一类触达到达 {n} 位客户", en="no kind of touch reached {n} customers")
UNLOCK = Text(
    zh="写明内容类型与是否回应的触达记录", en="a log of touches with the kind of content and whether it was answered"
)
ANSWER = Text(
    zh="{n} 类内容里回应率最高的是{best}（{high}），最低的是{worst}（{low}）。",
    en="Kinds of touch: {n}. Answered most: {best} ({high}); least: {worst} ({low}).",
)
LOST = Text(zh="触达后 14 天流失最多的是{name}（{share}）。", en="Most are lost within 14 days of {name} ({share}).")
MATCHES = Text(zh="按{what}确有对路的内容：{names}。", en="By {what} some content clearly matches: {names}.")
NO_MATCH = Text(zh="按{what}看不出哪类内容更对路。", en="By {what} no content clearly matches better.")
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
