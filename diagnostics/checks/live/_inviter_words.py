"""What is said of who brings viewers into live sessions, and whether those brought buy."""

from __future__ import annotations

from diagnostics.model.wording import Text

NOT_TOLD = Text(
    zh="没有带邀请员工的直播观看明细，不知道观众是谁带来的；带 invitor_userid 的观看明细可补。",
    en="No viewer list names who invited, so nobody knows who brought whom; viewer lists with the inviting member of "
    "staff bring it.",
)
ANSWER = Text(
    zh="{share} 的可识别观众由员工带来，共 {staff} 人参与；带得最多的一成员工带来了其中的 {top}{forward}{buy}。",
    en="Staff brought {share} of known viewers; {staff} took part, and the busiest tenth of them brought {top} of "
    "these{forward}{buy}.",
)
FORWARD = Text(zh="；转发任务完成 {share}", en="; sharing tasks are done to {share}")
BUY = Text(
    zh="；被邀请的观众当天或次日下单 {invited}，其他观众 {others}（相差 {gap}）",
    en="; of those invited {invited} order on the day or the next, of the others {others} (difference {gap})",
)
