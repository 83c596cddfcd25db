"""What is said of anchors who keep groups of their own."""

from __future__ import annotations

from diagnostics.model.wording import Text

NOT_TOLD = Text(
    zh="主播自己带不带群，要看按群主的群统计（成员与发言人数）和带主播编号的直播场次；"
    "企业微信群聊统计与直播分场次数据可补。",
    en="Whether anchors keep groups of their own takes group statistics by owner, with members and those who spoke, "
    "and live sessions with the anchor; WeCom group statistics and session reports bring it.",
)
NOBODY = Text(
    zh="{anchors} 位主播里没有人自己带社群（{owners} 位群主都不是主播）：播完就散，粉丝没有落脚处；"
    "可先让一位主播带一个群试。",
    en="None of {anchors} anchors keeps a group (no one of {owners} group owners is an anchor): who watched has "
    "nowhere to stay; try one anchor with one group first.",
)
ANSWER = Text(
    zh="{anchors} 位主播里 {hosts} 位自己带社群，群内活跃 {mine}，其他群 {others}{gap}。",
    en="{hosts} of {anchors} anchors keep groups; {mine} of members speak there, {others} elsewhere{gap}.",
)
OTHER_CODES = Text(
    zh="主播写的是花名、群主写的是员工编号时两边对不上；请核对直播场次里的主播编号。",
    en="Where anchors are written by stage name and owners by staff code they never meet: check the anchors' codes.",
)
GAP = Text(zh="（差 {gap}）", en=" (difference {gap})")
SIDES = {True: Text(zh="主播带的群", en="Kept by anchors"), False: Text(zh="其他群", en="Other groups")}
AXIS = Text(zh="发言成员占比，按群主平均（n 为群主）", en="Share of members who speak, mean of owners (n: owners)")
HOSTING = {True: Text(zh="自己带群", en="Keeps a group"), False: Text(zh="不带群", en="Keeps none")}
