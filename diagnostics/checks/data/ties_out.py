"""Whether the orders add up to what other reports and the client say, by month and channel, and why not."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from diagnostics.charts.gaps import GapRow, draw_gaps
from diagnostics.charts.theme import ALERT, QUIET
from diagnostics.checks.check import Check, Example, Limit, Limits, Replies
from diagnostics.model.account import GapPart, IntakeAccount, Reconciliation
from diagnostics.model.finding import Evidence, Finding, Validation
from diagnostics.model.gaps import SOURCES, TIES, UNEXPLAINED, name_cause
from diagnostics.model.names import name_channel
from diagnostics.model.section import Exhibit, Field, Need, NotComputable
from diagnostics.model.wording import Text, join_texts, name_verbatim, shorten, word_change, word_money, word_number

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    import ibis.expr.types as ir
    from matplotlib.figure import Figure

    from diagnostics.model.tables import Tables
    from diagnostics.model.wording import Language

QUESTION = Text(
    zh="订单加总，与商品报表、售后、结算、生意参谋和贵司给出的总额对得上吗？",
    en="Do the orders add up to item reports, after-sales, settlement, Sycm and the client's own total?",
)
DEFINITION = Text(
    zh="差异 = 我方 − 对方，按对方的百分比表示；我方 = 收到的订单，重复导出只算一次，按付款时间归月。"
    "对生意参谋：我方买家实付（未扣退款）对支付金额；对宝贝报表：订单报表实付对商品行实付；对结算单：实付减退款对到账金额，按订单付款月；"
    "对售后单：订单上的退款对售后单已退款；对需求表：最近 12 个月，按需求表所选的 GMV 口径，不足 12 个月的折算成一年。"
    "原因各部分相加等于差异：口径类原因（退款、未付款等）须使该渠道多数月份对平才算数；没有订单的日子按前后四周同一星期几的中位数估算；其余记为无法解释。",
    en="Gap = ours − theirs, as a percentage of theirs. Ours are the orders received, each once, by month of payment. "
    "Sycm: paid by buyers, before refunds, against its paid amount. Item report: paid in the order report against paid "
    "on its items. Settlement: paid less refunded against the amount paid out, by month of the order. After-sales: "
    "refunds on orders against refunded cases. Sheet: the last 12 months by the GMV definition chosen there, scaled to "
    "a year if shorter. The parts sum to the gap: a difference of definition (refunds, unpaid …) counts only if most "
    "open months of the channel tie out with it; days without orders are worth the median of the same weekday in the "
    "four weeks around; what is left is not explained.",
)
NOTHING_TO_COMPARE = Text(
    zh="没有可比的第二个总额：需求表未填年 GMV，也没有平台汇总、结算或售后报表",
    en="there is no second total to compare with: no annual GMV in the requirement sheet, no platform summary, "
    "settlement or after-sales report",
)
BROUGHT_BY = Text(
    zh="需求表的年 GMV，或生意参谋等平台的月度支付金额",
    en="annual GMV in the requirement sheet, or monthly totals of a platform",
)
ALL_TIE = Text(
    zh="对了 {n} 项总额，合计全部相符（差异最大的是{name}，{gap}）。",
    en="All totals compared tie out ({n}; the largest gap is {gap}, {name}).",
)
LARGEST = Text(
    zh="对了 {n} 项总额，{open} 项对不上。差异最大的是{name}：我方 {ours}，对方 {theirs}（{gap}），主要原因：{cause}。",
    en="Totals compared: {n}; not tied out: {open}. Largest gap: {name}, {ours} in our orders against {theirs} "
    "({gap}); main cause: {cause}.",
)
FAR_MONTHS = Text(zh="但有的月份相差两成以上：{months}。", en="Yet some months are a fifth off or more: {months}.")
NONE_COMPARABLE = Text(
    zh="收到了 {n} 项总额，但都无法比较：{causes}。", en="Totals received: {n}, but none can be compared: {causes}."
)
PAIR = Text(zh="{channel}（{source}）", en="{channel} ({source})")
TITLE = Text(
    zh="{name}的订单加总与对方总额相差 {gap}，主要原因：{cause}",
    en="{name}: orders differ from the other total by {gap}, mainly {cause}",
)
TITLE_MONTH = Text(
    zh="{name}的订单加总在 {month} 与对方总额相差 {gap}，主要原因：{cause}",
    en="{name}: in {month} orders differ from the other total by {gap}, mainly {cause}",
)
CAUSE = Text(
    zh="我方合计 {ours}，对方 {theirs}；差异 {money} 的构成：{parts}。",
    en="Orders sum to {ours}, the other side says {theirs}; the gap of {money} is made of: {parts}.",
)
CAUSE_ALSO = Text(zh="同一渠道还对不上：{names}。", en="Also open in this channel: {names}.")
PART = Text(zh="{cause} {money}", en="{cause} {money}")
ACTION = Text(
    zh="先书面确认口径（付款/结算、是否扣退款、是否含运费），再补导缺少的店铺和月份；核平之前，涉及{name}的金额只看比例。",
    en="Agree on the definition in writing (paid or settled, refunds, postage), then export the shops and months that "
    "lack; until it ties out, read money of {name} as proportions only.",
)
STOP = Text(
    zh="差异降到 {limit} 以内，或客户书面确认口径差异的原因，即关闭。",
    en="Close it once the gap is within {limit}, or the client confirms in writing where it comes from.",
)
NO_MONEY = Text(
    zh="这是数据口径的差异，不是业务损失", en="this is a difference in the data, not a loss of the business"
)
BY_SOURCES = Text(
    zh="生意参谋的合计由各流量来源相加得到，同一订单可能计入几个来源。",
    en="Sycm's total was added up from traffic sources; an order may count for several of them.",
)
NOT_COMPARED = Text(zh="无法比较的有 {n} 项：{causes}。", en="Totals that can't be compared: {n} ({causes}).")
CAUSE_AND_COUNT = Text(zh="{cause} {n} 项", en="{cause}: {n}")
ALL = Text(zh="全部渠道", en="All channels")
OTHER_CAUSES = Text(zh="其他原因", en="Other causes")
MONTH_LABEL = Text(
    zh="各月差异（%，标出超限的月份；绿色 = 我方多，红色 = 我方少，空白 = 无法比较）",
    en="Gap by month in % (green = ours is more, red = less, blank = not compared)",
)
PART_LABEL = Text(
    zh="差异（◆）与各原因，占对方总额的比例", en="Gap (diamond) and its causes, as a share of the other total"
)
SOURCES_BY_ID: dict[str, Text] = {str(key): name for key, name in SOURCES.items()}
# What always lies between an order and the money that arrives; it asks for no action.
EXPECTED = frozenset(["fees", "subsidy", "unsettled"])
MOST_ROWS = 8
MOST_MONTHS = 24
MOST_PARTS = 5
MOST_NAMED = 4
LONGEST = 18
MOST_GAP = 0.03
FAR = 0.2


@dataclass(frozen=True, kw_only=True)
class Totals:
    """One row a source and channel ("" for all), those that can be compared, the largest open gap first.

    `pairs`: against, channel, ours, theirs, gap (share of theirs), open (the gap without what is expected, such as
    fees), months (compared by month), tied (of them), cause (main).
    `parts`: against, channel, cause, amount, share. `lines` are all totals.
    """

    pairs: pd.DataFrame
    parts: pd.DataFrame
    lines: tuple[Reconciliation, ...]
    currency: str

    @property
    def barred(self) -> tuple[Reconciliation, ...]:
        """Totals that can't be compared."""
        return tuple(line for line in self.lines if not line.comparable)


def query(_tables: Tables) -> Mapping[str, ir.Table]:
    """Nothing: intake has compared the totals already."""
    return {}


def measure(replies: Replies) -> Totals | NotComputable:
    """Add up the months of each source and channel."""
    lines = replies.engagement.account.reconciliation
    grouped: dict[tuple[str, str], list[Reconciliation]] = {}
    for line in lines:
        if line.comparable:
            grouped.setdefault((line.against, line.channel), []).append(line)
    grouped = {key: own for key, own in grouped.items() if sum(line.theirs for line in own) > 0}
    if not grouped and all(line.comparable for line in lines):
        return NotComputable(reason=NOTHING_TO_COMPARE, unlocked_by=BROUGHT_BY)
    pairs = pd.DataFrame(
        [_add_up(against, channel, own) for (against, channel), own in grouped.items()],
        columns=["against", "channel", "ours", "theirs", "gap", "open", "months", "tied", "cause"],
    )
    parts = [part for (against, channel), own in grouped.items() for part in _add_parts(against, channel, own)]
    return Totals(
        pairs=pairs.sort_values("open", key=lambda share: -share.abs(), kind="stable", ignore_index=True),
        parts=pd.DataFrame(parts, columns=["against", "channel", "cause", "amount", "share"]),
        lines=lines,
        currency=replies.engagement.currency,
    )


def _add_up(against: str, channel: str, lines: list[Reconciliation]) -> dict[str, object]:
    ours, theirs = sum(line.ours for line in lines), sum(line.theirs for line in lines)
    expected = sum(part.amount for line in lines for part in line.parts if part.cause in EXPECTED)
    sums = _sum_parts(lines)
    return {
        "against": against,
        "channel": channel,
        "ours": ours,
        "theirs": theirs,
        "gap": (ours - theirs) / theirs,
        "open": (ours - theirs - expected) / theirs,
        "months": sum(bool(line.month) for line in lines),
        "tied": sum(bool(line.month) and abs(_open_share(line)) <= MOST_GAP for line in lines),
        "cause": max(sums, key=lambda cause: abs(sums[cause])) if sums else TIES,
    }


def _sum_parts(lines: Sequence[Reconciliation]) -> dict[str, float]:
    """What each cause explains over all months; a gap that ties out or names no parts is not explained."""
    sums: dict[str, float] = {}
    for line in lines:
        rest = GapPart(cause=UNEXPLAINED, amount=line.gap)
        for part in line.parts or ((rest,) if line.gap and line.cause_code != TIES else ()):
            sums[part.cause] = sums.get(part.cause, 0.0) + part.amount
    return {cause: amount for cause, amount in sums.items() if round(amount, 2)}


def _add_parts(against: str, channel: str, lines: list[Reconciliation]) -> list[dict[str, object]]:
    theirs = sum(line.theirs for line in lines)
    return [
        {"against": against, "channel": channel, "cause": cause, "amount": amount, "share": amount / theirs}
        for cause, amount in _sum_parts(lines).items()
    ]


def name_pair(against: str, channel: str) -> Text:
    """The channel, or all of them, and what it is held against."""
    name = name_channel(channel) if channel else ALL
    return PAIR.fill(channel=name, source=SOURCES_BY_ID[against])


def judge(measured: Totals, limits: Limits) -> tuple[Finding, ...]:
    """Raise each channel whose widest open gap is more than cut-off times and postage explain, or one of its months."""
    wide = measured.pairs[measured.pairs.open.abs() > limits["most_gap"]]
    found = {str(channel): _raise_gap(measured, own, limits) for channel, own in wide.groupby("channel", sort=False)}
    for channel in dict.fromkeys(line.channel for line in measured.lines):
        months = _find_far(measured.lines, channel, limits["month_gap"])
        if months and channel not in found:
            found[channel] = _raise_month(measured, months, limits)
    return tuple(found.values())


def _find_far(lines: Sequence[Reconciliation], channel: str, limit: float) -> list[Reconciliation]:
    """Months of a channel whose open gap is beyond a limit, the widest first."""
    far = [line for line in lines if line.channel == channel and line.month and abs(_open_share(line)) > limit]
    return sorted(far, key=lambda line: -abs(_open_share(line)))


def _open_share(line: Reconciliation) -> float:
    """The gap of a comparable total without what is expected, as a share of theirs."""
    if not line.comparable or line.theirs <= 0:
        return 0.0
    return (line.gap - sum(part.amount for part in line.parts if part.cause in EXPECTED)) / line.theirs


def _raise_gap(measured: Totals, pairs: pd.DataFrame, limits: Limits) -> Finding:
    widest = pairs.iloc[0]
    against, channel = str(widest.against), str(widest.channel)
    own = measured.parts[(measured.parts.against == against) & (measured.parts.channel == channel)]
    parts = [GapPart(cause=cause, amount=amount) for cause, amount in zip(own.cause, own.amount, strict=True)]
    asking = [part for part in parts if part.cause not in EXPECTED]
    main = max(asking, key=lambda part: abs(part.amount)).cause if asking else UNEXPLAINED
    title = TITLE.fill(name=name_pair(against, channel), gap=word_change(float(widest.open)), cause=name_cause(main))
    cause = _word_cause(measured, float(widest.ours), float(widest.theirs), parts)
    if len(pairs) > 1:
        others = join_texts(SOURCES[key] for key in SOURCES if key in set(pairs.against[1:]))
        cause += CAUSE_ALSO.fill(names=others)
    evidence = Evidence(table="totals", value=float(widest.open))
    return _make(channel, (title, cause), float(widest.open), limits, evidence)


def _raise_month(measured: Totals, months: Sequence[Reconciliation], limits: Limits) -> Finding:
    line = months[0]
    title = TITLE_MONTH.fill(
        name=name_pair(line.against, line.channel),
        month=name_verbatim(line.month),
        gap=word_change(line.gap / line.theirs),
        cause=name_cause(line.cause_code),
    )
    cause = _word_cause(measured, line.ours, line.theirs, line.parts)
    if len(months) > 1:
        cause += CAUSE_ALSO.fill(names=join_texts(_name_month(other) for other in months[1:MOST_NAMED]))
    share = line.gap / line.theirs
    return _make(line.channel, (title, cause), share, limits, Evidence(table="months", value=share))


def _name_month(line: Reconciliation) -> Text:
    return PAIR.fill(channel=line.month, source=SOURCES[line.against])


def _word_cause(measured: Totals, ours: float, theirs: float, parts: Sequence[GapPart]) -> Text:
    ordered = sorted(parts, key=lambda part: -abs(part.amount))[:MOST_NAMED]
    words = [
        PART.fill(cause=name_cause(part.cause), money=word_money(part.amount, measured.currency, signed=True))
        for part in ordered
    ] or [name_cause(UNEXPLAINED)]
    return CAUSE.fill(
        ours=word_money(ours, measured.currency),
        theirs=word_money(theirs, measured.currency),
        money=word_money(ours - theirs, measured.currency, signed=True),
        parts=join_texts(words),
    )


def _make(channel: str, said: tuple[Text, Text], share: float, limits: Limits, evidence: Evidence) -> Finding:
    return Finding(
        code="data.reconciliation_gap",
        scope={"channel": channel} if channel else {},
        title=said[0],
        cause=said[1],
        action=ACTION.fill(name=name_channel(channel) if channel else ALL),
        owner_role="data",
        validation=Validation(metric="recon", direction="down", window_days=14),
        stop_rule=STOP.fill(limit=word_change(limits["most_gap"], 0)),
        confidence=0.9,
        impact_reason=NO_MONEY,
        severity="medium" if abs(share) > limits["medium_gap"] else "low",
        evidence=(evidence,),
    )


def tell(measured: Totals) -> Text:
    """How many totals tie out, and the largest gap with its main cause."""
    count = word_number(len(measured.pairs))
    if measured.pairs.empty:
        return NONE_COMPARABLE.fill(n=word_number(len(measured.barred)), causes=_count_causes(measured.barred))
    first = measured.pairs.iloc[0]
    name, gap = name_pair(str(first.against), str(first.channel)), word_change(float(first.gap))
    is_open = measured.pairs.open.abs() > MOST_GAP
    if not is_open.any():
        said = ALL_TIE.fill(n=count, name=name, gap=gap)
        far = [month for key in sorted(set(measured.pairs.channel)) for month in _find_far(measured.lines, key, FAR)]
        return said + FAR_MONTHS.fill(months=join_texts(map(_name_month, far[:MOST_NAMED]))) if far else said
    return LARGEST.fill(
        n=count,
        open=word_number(int(is_open.sum())),
        name=name,
        ours=word_money(float(first.ours), measured.currency),
        theirs=word_money(float(first.theirs), measured.currency),
        gap=gap,
        cause=name_cause(str(first.cause)),
    )


def _count_causes(lines: Sequence[Reconciliation]) -> Text:
    counts = pd.Series([line.cause_code for line in lines]).value_counts()
    return join_texts(
        CAUSE_AND_COUNT.fill(cause=name_cause(str(cause)), n=word_number(int(n))) for cause, n in counts.items()
    )


def caveats(measured: Totals) -> tuple[Text, ...]:
    """What could not be compared, and totals that may count twice."""
    said = []
    if measured.barred and not measured.pairs.empty:
        said.append(NOT_COMPARED.fill(n=word_number(len(measured.barred)), causes=_count_causes(measured.barred)))
    if any(line.basis == "source" for line in measured.lines):
        said.append(BY_SOURCES)
    return tuple(said)


CHANNEL = Field(name="name", label=Text(zh="渠道", en="Channel"))
SOURCE = Field(name="source", label=Text(zh="对方", en="Held against"))
OURS = Field(name="ours", label=Text(zh="订单合计", en="Our orders"), unit="money")
THEIRS = Field(name="theirs", label=Text(zh="对方合计", en="Stated"), unit="money")
GAP = Field(name="gap", label=Text(zh="差异", en="Gap"), unit="share")


def tabulate(measured: Totals) -> tuple[Exhibit, ...]:
    """Both totals by source and channel, what each cause explains, and every month."""
    totals = Exhibit(
        name="totals",
        title=Text(zh="订单加总与对方总额", en="Our orders and the other totals"),
        fields=(
            CHANNEL,
            SOURCE,
            OURS,
            THEIRS,
            GAP,
            Field(name="months", label=Text(zh="比较的月份", en="Months compared"), unit="count"),
            Field(name="tied", label=Text(zh="相符的月份", en="Months that tie out"), unit="count"),
            Field(name="why", label=Text(zh="主要原因", en="Main cause")),
        ),
        frame=_name(measured.pairs).assign(why=_texts(name_cause(str(cause)) for cause in measured.pairs.cause)),
    )
    parts = Exhibit(
        name="parts",
        title=Text(zh="差异由什么构成", en="What the gaps are made of"),
        fields=(
            CHANNEL,
            SOURCE,
            Field(name="why", label=Text(zh="原因", en="Cause")),
            Field(name="amount", label=Text(zh="金额", en="Amount"), unit="money"),
            Field(name="share", label=Text(zh="占对方合计", en="Share of the stated total"), unit="share"),
        ),
        frame=_name(measured.parts).assign(why=_texts(name_cause(str(cause)) for cause in measured.parts.cause)),
    )
    months = _list_months(measured.lines)
    by_month = Exhibit(
        name="months",
        title=Text(zh="逐月对账（对不上的在前）", en="Month by month, those that do not tie out first"),
        fields=(
            CHANNEL,
            SOURCE,
            Field(name="month", label=Text(zh="月份", en="Month")),
            OURS,
            THEIRS,
            GAP,
            Field(name="why", label=Text(zh="原因", en="Cause")),
        ),
        frame=months,
    )
    return tuple(exhibit for exhibit in (totals, parts, by_month) if not exhibit.frame.empty)


def _list_months(lines: Sequence[Reconciliation]) -> pd.DataFrame:
    ordered = sorted(lines, key=lambda line: (line.cause_code == TIES, line.against, line.channel, line.month))
    rows = pd.DataFrame(
        [
            {
                "against": line.against,
                "channel": line.channel,
                "month": line.month,
                "ours": line.ours,
                "theirs": line.theirs,
                "gap": line.gap / line.theirs if line.comparable and line.theirs else None,
                "why": line.cause,
            }
            for line in ordered
            if line.month or not line.comparable
        ],
        columns=["against", "channel", "month", "ours", "theirs", "gap", "why"],
    )
    return _name(rows)


def _name(frame: pd.DataFrame) -> pd.DataFrame:
    names = _texts(name_channel(str(channel)) if channel else ALL for channel in frame.channel)
    return frame.assign(name=names, source=_texts(SOURCES_BY_ID[key] for key in frame.against))


def _texts(words: Iterable[Text]) -> pd.Series[Any]:
    return pd.Series(list(words), dtype=object)


def draw(measured: Totals, language: Language) -> Figure:
    """The gaps by month, and what they are made of."""
    months = sorted({line.month for line in measured.lines if line.month})[-MOST_MONTHS:]
    shown = measured.pairs.head(MOST_ROWS)
    main = _find_main_causes(measured.parts, shown)
    rows = [
        GapRow(
            label=_label(str(against), str(channel), language),
            gap=float(gap),
            word=word_change(float(gap)).word(language),
            parts=_list_parts(measured.parts, str(against), str(channel), main, language),
            months=_list_gaps(measured.lines, str(against), str(channel), months),
        )
        for against, channel, gap in zip(shown.against, shown.channel, shown.gap, strict=True)
    ]
    fixed = {UNEXPLAINED: ALERT, "": QUIET}
    return draw_gaps(
        rows,
        [month[2:] for month in months],
        limit=MOST_GAP,
        month_label=MONTH_LABEL.word(language),
        part_label=PART_LABEL.word(language),
        colours={_name_part(cause, language): colour for cause, colour in fixed.items()},
    )


def _find_main_causes(parts: pd.DataFrame, shown: pd.DataFrame) -> list[str]:
    """The causes that have a colour of their own: the largest, whatever their sign, and what is not explained."""
    here = parts.merge(shown[["against", "channel"]], on=["against", "channel"])
    sizes = here.assign(size=here["share"].abs()).groupby("cause")["size"].sum()
    largest = [str(cause) for cause in sizes.drop(UNEXPLAINED, errors="ignore").sort_values(ascending=False).index]
    return [*largest[:MOST_PARTS], UNEXPLAINED]


def _name_part(cause: str, language: Language) -> str:
    return (name_cause(cause) if cause else OTHER_CAUSES).word(language)


def _label(against: str, channel: str, language: Language) -> str:
    name = name_channel(channel) if channel else ALL
    return f"{shorten(name.word(language), LONGEST)}\n{SOURCES_BY_ID[against].word(language)}"


def _list_parts(
    parts: pd.DataFrame, against: str, channel: str, main: Sequence[str], language: Language
) -> dict[str, float]:
    """Share of each main cause, and of all others together."""
    own = parts[(parts.against == against) & (parts.channel == channel)]
    named = {cause: float(own.loc[own.cause == cause, "share"].sum()) for cause in main}
    named[""] = float(own.loc[~own.cause.isin(main), "share"].sum())
    return {_name_part(cause, language): share for cause, share in named.items() if share}


def _list_gaps(lines: Sequence[Reconciliation], against: str, channel: str, months: Sequence[str]) -> tuple[float, ...]:
    """The gap of each month, NaN where none could be compared; nothing for a total without months."""
    own = [line for line in lines if (line.against, line.channel) == (against, channel) and line.month]
    gaps = {line.month: line.gap / line.theirs for line in own if line.comparable and line.theirs}
    return tuple(gaps.get(month, np.nan) for month in months) if own else ()


def _compare(channel: str, month: str, ours: float, theirs: float, *parts: GapPart) -> Reconciliation:
    return Reconciliation(
        channel=channel,
        month=month,
        ours=ours,
        theirs=theirs,
        gap=ours - theirs,
        cause=name_cause(parts[0].cause if parts else TIES),
        against="sycm" if channel else "sheet",
        cause_code=parts[0].cause if parts else TIES,
        parts=parts,
    )


# In January six days lack in the export of tmall; both months together are 20 of 200 short.
SAMPLE = (
    _compare("", "", 400.0, 404.0),
    _compare(
        "tmall",
        "2024-01",
        80.0,
        100.0,
        GapPart(cause="missing_days", amount=-18.0),
        GapPart(cause=UNEXPLAINED, amount=-2.0),
    ),
    _compare("tmall", "2024-02", 100.0, 100.0),
)

CHECK = Check(
    question=QUESTION,
    definition=DEFINITION,
    answers=("001-14",),
    finds=("data.reconciliation_gap",),
    needs=(Need(table="order_lines"),),
    limits=(
        Limit(
            name="most_gap",
            value=MOST_GAP,
            reason=Text(
                zh="运费、跨零点与迟到的退款通常造成 3% 以内的差异",
                en="postage, cut-off at midnight and late refunds usually move a total by up to 3%",
            ),
        ),
        Limit(
            name="medium_gap",
            value=0.1,
            reason=Text(
                zh="差异超过一成，金额结论会失真，列为“中”", en="a gap beyond a tenth distorts money: it ranks medium"
            ),
        ),
        Limit(
            name="month_gap",
            value=FAR,
            reason=Text(
                zh="全年对得上，但某一个月差两成以上，多半是这个月漏导了几天",
                en="a month that is a fifth off although the whole ties out has probably lost some days",
            ),
        ),
    ),
    query=query,
    measure=measure,
    judge=judge,
    tell=tell,
    tabulate=tabulate,
    draw=draw,
    caveats=caveats,
    example=Example(
        tables={"order_lines": "ordered_at paid_amount\n2024-01-01 10\n2024-02-29 10"},
        says="-10.0%",
        finds=(("data.reconciliation_gap", {"channel": "tmall"}),),
        account=IntakeAccount(reconciliation=SAMPLE),
    ),
    place=20,
)
