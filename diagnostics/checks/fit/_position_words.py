"""What the page on the role of the private domain is called, and what is said on it."""

from __future__ import annotations

from diagnostics.model.wording import Text

QUESTION = Text(
    zh="私域现在扮演什么角色，和品牌的定位对得上吗？",
    en="Which role does the private domain play today, and does it fit the brand's positioning?",
)
DEFINITION = Text(
    zh="三种角色：互动场、事件营销场、差异化营销场，各看五件能核对的事，得分 = 成立的件数 ÷ 已知的件数，不加权。"
    "定位阶梯：先看产品能不能顶尖，退而求其次看价格，再看服务；客户自述由数据佐证：产品看不打折也卖得动（实付 ÷ "
    "标价），价格看吊牌价以下的成交，服务看客服时段、响应与人员。两种看法：场子的上座率（访客、转化、每访客成交）"
    "与人的资产（客户、复购、人均消费、可触达），同一批订单、同两个时期并排。三个维度：关系 = 买家里可触达的人，"
    "场域 = 入口码、负责人、下一步都齐的触点，效率 = 平台给出的买家 ÷ 访客；各给分子、分母与 95% 区间，不合成总分。",
    en="Three roles: a place to interact, to stage events, to treat people differently; five facts each, score = "
    "facts that hold over facts known, unweighted. Cascade: first whether the product can lead, else price, else "
    "service; what the client says is held against data: product by selling without discount (paid over list), price "
    "by sales below list, service by hours, replies and staff. Two views: the hall's attendance (visitors, "
    "conversion, sales per visitor) beside the people as an asset (customers, repeat, spend each, reach), from the "
    "same orders and periods. Three axes: relationship = buyers within reach, venue = touchpoints with code, "
    "owner and next step, efficiency = the platforms' buyers over visitors; each with counts and 95% interval, not "
    "added up.",
)
NOTHING_KNOWN = Text(
    zh="需求表没有写私域的角色与品牌定位，只凭订单看不出来",
    en="the sheet states neither the private domain's role nor the brand's position, and orders alone don't tell them",
)
UNLOCKED_BY = Text(
    zh="需求表的私域定位、定位优势、营销节点与标签体系；带客户的订单",
    en="the sheet's role, position, event calendar and tags; orders with customers",
)
ROLES: dict[str, Text] = {
    "interaction": Text(zh="互动场", en="a place to interact"),
    "event": Text(zh="事件营销场", en="a place for events"),
    "differentiated": Text(zh="差异化营销场", en="a place for treatment that differs"),
}
ANSWER = Text(
    zh="三种角色里站得最实的是{role}（{held}/{known}）：{all}。",
    en="The role best borne out is {role} ({held} of {known}): {all}.",
)
ROLE_SCORE = Text(zh="{role} {score}", en="{role} {score}")
NOT_BORNE = Text(
    zh="客户写的{named}事实支撑不足一半，先补：{lacks}。",
    en="The client names {named}, but less than half of its facts hold; begin with: {lacks}.",
)
NOT_NAMED = Text(
    zh="客户写的角色是{named}，不在这三种之内：私域还没有与公域不同的玩法定位。",
    en="The roles that the client names ({named}) are none of the three: nothing yet sets the private domain apart.",
)
MANY = Text(zh="一共写了 {n} 个角色，选一至两个才算定位。", en="It names {n} roles; a position has one or two.")
POSITIONS: dict[str, Text] = {
    "product": Text(zh="产品", en="product"),
    "price": Text(zh="价格", en="price"),
    "service": Text(zh="服务", en="service"),
    "none": Text(zh="不突出", en="nothing stands out"),
}
CASCADE_BORNE = Text(
    zh="定位阶梯：客户站在“{step}”，数据支持（{seen}）。",
    en="Cascade: the client stands on {step}, which the data bear out ({seen}).",
)
CASCADE_DENIED = Text(
    zh="定位阶梯：客户说是“{step}”，数据不支持（{seen}）；退而求其次看{next}。",
    en="Cascade: the client stands on {step}, which the data do not bear out ({seen}); next in line is {next}.",
)
CASCADE_OPEN = Text(
    zh="定位阶梯：客户说是“{step}”，还没有数据能佐证。",
    en="Cascade: the client stands on {step}; nothing bears it out or against yet.",
)
VIEWS_SAID = Text(
    zh="看场子，访客{visitors}、成交{gmv}；看人，客户{buyers}、复购占比{repeat}。",
    en="The hall: visitors {visitors}, sales {gmv}. The people: customers {buyers}, share who buy again {repeat}.",
)
NO_TRAFFIC = Text(
    zh="没有流量数据，场子的上座率只看得到成交；补交各平台流量报表即可并排。",
    en="Without traffic only sales tell of the hall; traffic reports of the platforms would set both side by side.",
)
NO_CALENDAR = Text(
    zh="营销节点没有填写，事件营销场只按其余几件事评。",
    en="The event calendar is not stated; the role for events is judged by its other facts.",
)
OTHER_ROLES: dict[str, Text] = {
    "service": Text(zh="服务", en="service"),
    "sales": Text(zh="成交", en="sales"),
    "feedback": Text(zh="反哺公域", en="feeding public channels"),
}
SEEN_PAID = Text(zh="实付占标价 {share}", en="paid over list {share}")
SEEN_BELOW = Text(zh="实付比标价低 {share}", en="paid {share} below list")
SEEN_SERVICE = Text(
    zh="客服 {fte} 人，时段{hours}，当日回复 {reply}",
    en="service staff {fte}, hours {hours}, answered the same day {reply}",
)
NOT_STATED = Text(zh="未填写", en="not stated")
STATED = Text(zh="已填写", en="stated")
