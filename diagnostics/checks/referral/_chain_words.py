"""What is asked and said of referral campaigns that bring less than the next round needs."""

from __future__ import annotations

from diagnostics.model.wording import Text

QUESTION = Text(
    zh="老带新转得起来吗，转一圈要多久，被推荐来的客户赚得回奖励吗？",
    en="Does referral feed itself, how long does a cycle take, and do referred customers earn back the reward?",
)
DEFINITION = Text(
    zh="K = 裂变新客数 ÷ 收到任务的老客数（未完成的也算），区间按人均带来人数的实际离散（少数人带来很多）放宽，"
    "多场比较按 Bonferroni 收紧。K 为 1 才能自转；若新客也照样推荐，起始一位老客最终共带来 K ÷ (1 − K) 人：K 低于 "
    "0.5，后面所有轮次加起来还不如起始人数。最近 7 天仍有记录的活动尚未结束，不判断 K。周期 = "
    "从成为好友到首次推荐的天数（尚未推荐者右删失）。获客奖励 = 奖励成本 ÷ 裂变新客数。新客价值 = "
    "被推荐的好友添加后一段时间内的消费 × 毛利率，只算添加前没有买过的人；时间取 365、180、90 天中有 30 人活满的"
    "最长一段（未满的右删失）。价值下限把对应不到客户的好友当作没有消费，上限当作与其他人一样；认不出被推荐者时，"
    "用全部新好友代替。没有毛利率时按消费额计，对奖励已是宽松。奖励只判断本期有新客的活动。",
    en="K = new people who came over customers who got the task, completed or not; the interval allows for the few who "
    "bring many, Bonferroni over campaigns. The loop turns by itself from K = 1; if newcomers refer alike, one "
    "customer of the first round brings K / (1 - K) in all: under 0.5 all later rounds together are smaller than the "
    "first. K of campaigns with rows in the last 7 days is still open and not judged. The cycle is the days from being "
    "added to the first referral, right-censored for those who have not referred yet. Reward per newcomer = cost of "
    "rewards over new people who came. Worth = spend of referred contacts since being added times gross margin, of "
    "those who had not bought before, within 365, 180 or 90 days: the longest that 30 of them have lived through (the "
    "others are right-censored). The lower end takes contacts that can't be matched for no spend, the upper for as "
    "much as the rest; where referred contacts can't be told, all new contacts stand for them. Without a margin spend "
    "itself counts, which favours the reward. Rewards are judged for campaigns of the current period only.",
)
TOO_FEW = Text(zh="裂变记录里有结果的老客只有 {n} 位", en="only {n} referrers with a result are known")
UNLOCKED_BY = Text(
    zh="任务裂变明细（老客、状态、裂变新客数）", en="referral task exports (referrer, state, new people)"
)
UNTOLD = Text(
    zh="裂变记录里有结果的老客不足 {least} 位，K 与周期不给；请导出任务裂变明细（老客、状态、裂变新客数）。",
    en="Fewer than {least} referrers with a result are known, so K and the cycle are not told; referral task exports "
    "(referrer, state, new people) bring them.",
)
ANSWER = Text(
    zh="{campaigns} 场裂变，{referrers} 位老客带来 {joined} 位新客：K = {k}（区间 {low} 至 {high}）；",
    en="{campaigns} campaigns, {referrers} customers asked, {joined} new people: K = {k} (interval {low} to {high});",
)
COMPLETED = Text(zh="任务完成率 {share}；", en="{share} complete the task;")
TURNS = Text(zh="够自转{share}。", en="enough to turn by itself{share}.")
DIES = Text(
    zh="照此每位老客最终共带来 {reach} 人，链条会断{share}。",
    en="at that rate each customer brings {reach} in all and the chain ends{share}.",
)
SHARE = Text(zh="；老带新占本期新增好友的 {share}", en="; referral is {share} of the contacts added in the period")
CYCLE = Text(
    zh="{share} 的好友一年内做过推荐，其中一半在成为好友 {days}内；{second} 的推荐人自己就是被推荐来的。",
    en="{share} of contacts refer somebody within a year, half of them within {days} of being added; {second} of "
    "those "
    "who refer were referred themselves.",
)
TITLE = Text(
    zh="{campaign}每位老客只带来 {k} 位新客，{against}",
    en="{campaign}: one customer brings only {k} new people, {against}",
)
AGAINST_OTHERS = Text(zh="自己的其他场次带来 {others} 位", en="where the client's other campaigns bring {others}")
AGAINST_SELF = Text(zh="接不上下一轮", en="too few for the next round")
CAUSE = Text(
    zh="{referrers} 位老客带来 {joined} 位（K 的区间 {low} 至 {high}）；{completed}。带来最多的一成老客占了 {top}。"
    "先分清是没人转（完成率低）还是转了没人来（海报与诱饵）。",
    en="{referrers} customers brought {joined} (interval of K {low} to {high}); {completed}. The tenth who bring "
    "most hold "
    "{top}. Tell first whether nobody shares (few complete) or nobody follows (poster and bait).",
)
COMPLETES = Text(zh="{share} 完成任务", en="{share} complete the task")
NOT_KNOWN = Text(zh="完成率未知", en="completion is not known")
SIZED = Text(
    zh="金额 = 若 K 达到 {aim}，多来的人 × 新好友 90 天内人均消费 {each}。",
    en="Money = the people more at K = {aim}, times {each} that a new contact spends in 90 days.",
)
NO_MONEY = Text(
    zh="没有能与订单对应的好友名单，不知道一位新客值多少",
    en="no contact list that meets orders: what a new contact is worth is not known",
)
PAST = Text(
    zh="活动在本期之前，没有持续的损失", en="the campaign lies before the current period and costs nothing today"
)
ACTION = Text(
    zh="完成率低：缩短任务（一人助力即得）、改由专属导购一对一邀请高满意客户；转了没人来：重做海报四要素（痛点、"
    "卖点、紧迫、福利）。"
    "先拿 100 位老客试两版，达到 K 0.5 再放量。",
    en="Few complete: shorten the task (one friend is enough) and let the own adviser invite satisfied customers one "
    "by one. "
    "Shared but nobody follows: redo the poster's four elements (pain, selling point, urgency, reward). Try two "
    "versions "
    "on 100 customers and widen only from K = 0.5.",
)
STOP = Text(
    zh="两版试投后 K 仍低于 0.3，停止裂变，回到服务与口碑（先提满意度与复购）。",
    en="Stop if both versions stay below K = 0.3; go back to service and word of mouth first.",
)
OPEN = Text(
    zh="{count} 场活动最近 7 天仍有记录，K 还会升高，未作判断。",
    en="{count} campaigns had rows in the last 7 days; their K may still rise and is not judged.",
)
UNDATED = Text(zh="{count} 场活动没有日期，当作已经结束。", en="{count} campaigns have no days and are taken as over.")
UNNAMED_CAMPAIGN = Text(zh="未命名的裂变活动", en="Campaign without a name")
