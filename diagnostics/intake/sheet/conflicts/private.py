"""The private domain against itself: start, containers, accounts, groups, members."""

from __future__ import annotations

from collections.abc import Iterator

from diagnostics.intake.sheet.conflicts.conflict import (
    ROUGHLY,
    Conflict,
    find_row,
    is_apart,
    list_words,
    read_number,
    sum_column,
)
from diagnostics.model.brief import Brief
from diagnostics.model.wording import Text, name_verbatim, shorten, word_date, word_number, word_percent

# A WeCom group of customers holds 500 people at most.
LARGEST_GROUP = 500
YEAR = 365

_NOT_STARTED = Text(
    zh="私域启动时间写“无”，但{what}：私域已经开始了吗？",
    en="The private domain is said not to have started, yet {what}: has it begun?",
)
_HAS_USERS = Text(zh="容器里已有 {users} 名用户", en="its containers hold {users} users")
_HAS_SHARE = Text(zh="私域GMV占比写了 {share}", en="its share of GMV is given as {share}")
_LATER = Text(
    zh="私域启动时间 {start} 晚于项目启动日期 {kickoff}，但容器里已有用户：日期是否有误？",
    en="The private domain starts on {start}, after the kick-off on {kickoff}, yet holds users: is the date right?",
)
_NO_IDEA = Text(
    zh="困惑选了“不知从哪入手”，但私域 {start} 就已启动：是想重新开始，还是选错了？",
    en="The trouble is where to begin, yet the private domain started on {start}: a fresh start, or a wrong choice?",
)
_NO_GROUPS = Text(
    zh="困惑选了“社群死群”，但私域容器里没有社群：请补充社群数量和人数。",
    en="The trouble is silent groups, but no container is a group: please add the number of groups and users.",
)
_SILENT_USE = Text(
    zh="选了不使用个人微信，但容器里有个微：请核对。",
    en="Personal WeChat is said not to be used, yet it is one of the containers: please check.",
)
_UNLISTED = Text(
    zh="选了仍用个人微信承接，但容器里没有个微：请补充账号数和好友数。",
    en="Personal WeChat is still in use, but no container is one: please add accounts and users.",
)
_CONTACTS = Text(
    zh="账号矩阵的好友合计 {sum}，容器里企微与个微用户是 {users}：差别来自重复好友，还是漏填账号？",
    en="Contacts in the account matrix add up to {sum}, the containers state {users}: double contacts, or accounts "
    "that are missing?",
)
_OVER = Text(
    zh="账号「{account}」的好友 {contacts} 超过承载上限 {capacity}：上限或好友数是否有误？",
    en="Account {account} holds {contacts} contacts, above its capacity of {capacity}: is one of them wrong?",
)
_GROUPS = Text(
    zh="社群清单有 {rows} 个群共 {members} 人，容器里写 {count} 个群 {users} 人：以哪个为准？",
    en="The group list holds {rows} groups with {members} members, the containers state {count} with {users}: "
    "which counts?",
)
_TOO_LARGE = Text(
    zh="平均每个群 {members} 人，超过企微群 500 人的上限：群数或人数是否有误？",
    en="A group has {members} members on average, above the 500 that WeCom allows: is a number wrong?",
)
_NO_MEMBERS = Text(
    zh="会员体系选了“无会员体系”，但填写了{what}：请核对。",
    en="There is said to be no membership, yet {what} is filled in: please check.",
)
_NOT_UNIFIED = Text(
    zh="会员体系选了“全域统一”，但打通情况里「{channel}」未打通：请核对。",
    en="Membership is said to be one for all channels, yet {channel} is not bridged: please check.",
)
_ALL_LIVE = Text(
    zh="会员体系选了“各渠道独立”，但打通情况里有 {live} 个渠道已打通：请核对。",
    en="Membership is said to be separate by channel, yet {live} channels are bridged: please check.",
)
_CAP = Text(
    zh="私域占比已是 {share}，高于目标或上限 {target}：这个数是要达到的目标，还是不想超过的上限？",
    en="The private share is {share}, above the target or cap of {target}: is that an aim, or a cap?",
)
_NO_RULE = Text(
    zh="私域GMV占比写了 {share}，但归因规则选“暂无规则”：这个占比是怎样算的？",
    en="The private share is given as {share}, yet there is no attribution rule: how was it counted?",
)
_MEMBER_FIELDS = {
    "tiers": Text(zh="会员等级", en="tiers"),
    "benefits": Text(zh="会员权益", en="benefits"),
    "points_rules": Text(zh="积分规则", en="points rules"),
}


def check_started(brief: Brief) -> Iterator[Conflict]:
    """A private domain that has not started but has users or sales."""
    if brief.text("pd_start_date") != "none":
        return
    users, share = sum_column(brief, "containers", "users"), brief.number("pd_gmv_share")
    if users:
        text = _NOT_STARTED.fill(what=_HAS_USERS.fill(users=word_number(users)))
        yield Conflict(cells=("pd_start_date", "containers"), text=text)
    if share:
        text = _NOT_STARTED.fill(what=_HAS_SHARE.fill(share=word_percent(share)))
        yield Conflict(cells=("pd_start_date", "pd_gmv_share"), text=text)


def compare_start(brief: Brief) -> Iterator[Conflict]:
    """A start in the future of a private domain with users, or long ago of one that does not know how to begin."""
    start, kickoff = brief.day("pd_start_date"), brief.day("kickoff_date")
    if start is None or kickoff is None:
        return
    if start > kickoff and sum_column(brief, "containers", "users"):
        text = _LATER.fill(start=word_date(start), kickoff=word_date(kickoff))
        yield Conflict(cells=("pd_start_date", "kickoff_date"), text=text)
    if "no_start" in brief.choices("symptoms") and (kickoff - start).days > YEAR:
        yield Conflict(cells=("symptoms", "pd_start_date"), text=_NO_IDEA.fill(start=word_date(start)))


def match_containers(brief: Brief) -> Iterator[Conflict]:
    """Symptoms and habits that name a container which is not listed, or deny one that is."""
    kinds, risk = list_words(brief, "containers", "type"), brief.text("personal_wechat_risk")
    if not kinds:
        return
    if "dead_groups" in brief.choices("symptoms") and "group" not in kinds:
        yield Conflict(cells=("symptoms", "containers"), text=_NO_GROUPS)
    if risk == "no" and "personal_wechat" in kinds:
        yield Conflict(cells=("personal_wechat_risk", "containers"), text=_SILENT_USE)
    if risk in {"partly", "mainly"} and "personal_wechat" not in kinds:
        yield Conflict(cells=("personal_wechat_risk", "containers"), text=_UNLISTED)


def compare_accounts(brief: Brief) -> Iterator[Conflict]:
    """Contacts by account against the users of the containers, and against what an account can carry."""
    users = sum(
        read_number(row, "users") or 0.0
        for row in brief.rows("containers")
        if row.get("type") in {"wecom", "personal_wechat"}
    )
    total = sum_column(brief, "accounts_matrix", "contacts")
    if users and total and is_apart(users, total, ROUGHLY):
        text = _CONTACTS.fill(sum=word_number(total), users=word_number(users))
        yield Conflict(cells=("accounts_matrix", "containers"), text=text)
    for place, row in enumerate(brief.rows("accounts_matrix")):
        contacts, capacity = read_number(row, "contacts"), read_number(row, "capacity")
        if contacts and capacity and contacts > capacity:
            account = name_verbatim(shorten(str(row.get("account_code", ""))))
            text = _OVER.fill(account=account, contacts=word_number(contacts), capacity=word_number(capacity))
            cells = (f"accounts_matrix/{place}/contacts", f"accounts_matrix/{place}/capacity")
            yield Conflict(cells=cells, text=text)


def compare_groups(brief: Brief) -> Iterator[Conflict]:
    """The list of groups against the container of groups, and groups that are too large."""
    found = find_row(brief, "containers", "type", "group")
    if found is None:
        return
    place, row = found
    count, users = read_number(row, "account_count"), read_number(row, "users")
    listed, members = len(brief.rows("groups_list")), sum_column(brief, "groups_list", "members")
    if count and users and users / count > LARGEST_GROUP:
        cells = (f"containers/{place}/account_count", f"containers/{place}/users")
        yield Conflict(cells=cells, text=_TOO_LARGE.fill(members=word_number(users / count)))
    if count and users and listed and members and is_apart(users, members, ROUGHLY):
        words = {"rows": word_number(listed), "count": word_number(count)}
        text = _GROUPS.fill(members=word_number(members), users=word_number(users), **words)
        yield Conflict(cells=("groups_list", f"containers/{place}/users"), text=text)


def match_membership(brief: Brief) -> Iterator[Conflict]:
    """A membership that is denied but described, or one for all that is not bridged."""
    system, status = brief.text("member_system"), brief.rows("bridge_status")
    if system == "none":
        for key, name in _MEMBER_FIELDS.items():
            if brief.rows(key):
                yield Conflict(cells=("member_system", key), text=_NO_MEMBERS.fill(what=name))
    live = [row for row in status if row.get("status") == "live"]
    if system == "per_channel" and len(live) > 1:
        yield Conflict(cells=("member_system", "bridge_status"), text=_ALL_LIVE.fill(live=word_number(len(live))))
    for place, row in enumerate(status):
        if system == "unified" and row.get("status") == "none":
            text = _NOT_UNIFIED.fill(channel=name_verbatim(shorten(str(row.get("channel", "")))))
            yield Conflict(cells=("member_system", f"bridge_status/{place}/status"), text=text)


def compare_share(brief: Brief) -> Iterator[Conflict]:
    """A private share above its target, or one that no rule counts."""
    share, target = brief.number("pd_gmv_share"), brief.number("pd_share_target")
    if share and target and share > target:
        text = _CAP.fill(share=word_percent(share), target=word_percent(target))
        yield Conflict(cells=("pd_gmv_share", "pd_share_target"), text=text)
    if share and brief.text("attribution_rule") == "none":
        yield Conflict(cells=("pd_gmv_share", "attribution_rule"), text=_NO_RULE.fill(share=word_percent(share)))


RULES = (
    check_started,
    compare_start,
    match_containers,
    compare_accounts,
    compare_groups,
    match_membership,
    compare_share,
)
