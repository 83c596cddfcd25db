"""Whether orders add up to what other reports and the client say, and whether the sheet's other figures hold."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from diagnostics.checks.check import Check, Example, Limit, Limits, Replies
from diagnostics.checks.data import _claims_words, _totals_words
from diagnostics.checks.data._claims import LIMITS as CLAIM_LIMITS
from diagnostics.checks.data._claims import NAME, Claims, ask_claims, read_claims, say_year, tell_claims
from diagnostics.checks.data._claims_tables import draw_claims, tabulate_claims
from diagnostics.checks.data._totals import Totals, read_totals, say_bounds, tell_totals
from diagnostics.checks.data._totals_findings import find_open
from diagnostics.checks.data._totals_picture import draw_totals
from diagnostics.checks.data._totals_tables import tabulate_totals
from diagnostics.checks.limits import find_limits
from diagnostics.model.account import GapPart, IntakeAccount, Reconciliation
from diagnostics.model.brief import Brief
from diagnostics.model.gaps import TIES, UNEXPLAINED, name_cause
from diagnostics.model.section import Exhibit, Need, NotComputable
from diagnostics.model.wording import NOTHING, Text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    import ibis.expr.types as ir
    from matplotlib.figure import Figure

    from diagnostics.model.finding import Finding
    from diagnostics.model.tables import Tables
    from diagnostics.model.wording import Language

QUESTION = Text(
    zh="订单加总，与商品报表、售后、结算、生意参谋和贵司给出的总额对得上吗？需求表里的其他数字，数据支持吗？",
    en="Do the orders add up to item reports, after-sales, settlement, Sycm and the client's own total, and do the "
    "data bear out the requirement sheet's other figures?",
)
DEFINITION = Text(
    zh="差异 = 我方 − 对方，按对方的百分比表示；我方 = 收到的订单，重复导出只算一次，按付款时间归月。"
    "对生意参谋：我方买家实付（未扣退款）对支付金额；对宝贝报表：订单报表实付对商品行实付；对结算单：实付减退款对到账金额，按订单付款月；"
    "对售后单：订单上的退款对售后单已退款；对需求表：最近 12 个月，按需求表所选的 GMV 口径，不足 12 个月的折算成一年。"
    "原因各部分相加等于差异：口径类原因（退款、未付款等）须使该渠道多数月份对平才算数；没有订单的日子按前后四周同一星期几的中位数估算；其余记为无法解释。"
    "需求表的其他数字按同一口径与最近 12 个整月的订单相比（数据不足 12 个月时用本期，频次与复购率不比）："
    "估计类（客单价、频次、周期）相差两成以上、台账类（GMV、门店、好友、会员）相差一成以上、占比相差 5 个百分点以上才算"
    "不符；复购率与新客占比的填写值落在数据的 95% 区间内也算相符，少于 30 个观察值的不判断。"
    "不符不等于谁错：口径、渠道范围或数据缺失都可能是原因，所以只提问，不作为问题。",
    en="Gap = ours − theirs, as a percentage of theirs. Ours are the orders received, each once, by month of payment. "
    "Sycm: paid by buyers, before refunds, against its paid amount. Item report: paid in the order report against paid "
    "on its items. Settlement: paid less refunded against the amount paid out, by month of the order. After-sales: "
    "refunds on orders against refunded cases. Sheet: the last 12 months by the GMV definition chosen there, scaled to "
    "a year if shorter. The parts sum to the gap: a difference of definition (refunds, unpaid …) counts only if most "
    "open months of the channel tie out with it; days without orders are worth the median of the same weekday in the "
    "four weeks around; what is left is not explained. Other figures of the sheet are held by their own definition "
    "against the last 12 whole months of orders (with less data the current period, and no frequency or repeat rate): "
    "estimates (spend per order, frequency, cycle) differ beyond a fifth, counted figures (GMV, stores, contacts, "
    "members) beyond a tenth, shares beyond 5 points; a repeat rate or share of new customers also agrees inside the "
    "95% interval of the data, and fewer than 30 observations are not judged. Such a difference says nobody is wrong: "
    "definition, channels or missing exports may explain it, so it becomes a question and no finding.",
)
NOTHING_TO_COMPARE = Text(
    zh="没有可比的第二个总额，需求表也没有可与数据核对的数字",
    en="there is no second total to compare with, and the requirement sheet states no figure that the data could be "
    "held against",
)
BROUGHT_BY = Text(
    zh="需求表里的年GMV、客单价、购买频次、渠道与品类占比，或生意参谋等平台的月度支付金额、结算或售后报表",
    en="annual GMV, spend per order, purchase frequency and shares by channel and category in the requirement sheet, "
    "or monthly totals of a platform, a settlement or an after-sales report",
)
TOTALS, CLAIMS = "001-14", "003-09"


@dataclass(frozen=True, kw_only=True)
class Agreement:
    """Orders held against other totals, and the data against the sheet's other figures; one of both may be unknown."""

    totals: Totals | None
    claims: Claims | None


def query(tables: Tables) -> Mapping[str, ir.Table]:
    """Ask for the figures that the sheet states; intake has compared the totals already."""
    return ask_claims(tables)


def measure(replies: Replies) -> Agreement | NotComputable:
    """Add up the months of each source and channel, and put every stated figure beside the measured one."""
    limits = find_limits(NAME, LIMITS, replies.engagement)
    totals, claims = read_totals(replies, limits), read_claims(replies)
    if totals is None and claims is None:
        return NotComputable(reason=NOTHING_TO_COMPARE, unlocked_by=BROUGHT_BY)
    return Agreement(totals=totals, claims=claims)


def judge(measured: Agreement, limits: Limits) -> tuple[Finding, ...]:
    """Raise totals that do not tie out; a figure stated otherwise is a question to the client and no finding."""
    return () if measured.totals is None else find_open(measured.totals, limits)


def tell(measured: Agreement) -> Text:
    """How many totals tie out with the largest gap, and how many stated figures agree with the widest."""
    totals = NOTHING if measured.totals is None else tell_totals(measured.totals)
    return totals if measured.claims is None else totals + tell_claims(measured.claims)


def caveats(measured: Agreement) -> tuple[Text, ...]:
    """What could not be compared, totals that may count twice, and whether a year is observed."""
    bounds = () if measured.totals is None else say_bounds(measured.totals)
    return bounds if measured.claims is None else (*bounds, *say_year(measured.claims))


def lacks(measured: Agreement) -> Mapping[str, Text]:
    """Totals without a second one, figures that the sheet leaves open."""
    lacking = {TOTALS: _totals_words.LACKING} if measured.totals is None else {}
    return lacking | {CLAIMS: _claims_words.LACKING} if measured.claims is None else lacking


def tabulate(measured: Agreement) -> tuple[Exhibit, ...]:
    """Totals by source and channel, what explains their gaps, every month, and every stated figure."""
    totals = () if measured.totals is None else tabulate_totals(measured.totals)
    return totals if measured.claims is None else (*totals, tabulate_claims(measured.claims))


def draw(measured: Agreement, language: Language) -> Figure:
    """The gaps of totals by month and what they are made of; without comparable ones, stated over measured."""
    return next(_draw_known(measured, language))


def _draw_known(measured: Agreement, language: Language) -> Iterator[Figure]:
    totals, claims = measured.totals, measured.claims
    if totals is not None and (claims is None or len(totals.pairs)):
        yield draw_totals(totals, language)
    if claims is not None:
        yield draw_claims(claims, language)


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


# 40 customers buy for 100 in January, 20 of them again in December: 60 orders, 1.5 a buyer, half buy again. In January
# six days lack in the export, and both months together are 500 of 6,500 short.
EXAMPLE_LINES = "\n".join(
    [
        "customer ordered_at paid_amount",
        *(f"c{number:02} 2023-01-02 100" for number in range(40)),
        *(f"c{number:02} 2023-12-30 100" for number in range(20)),
    ]
)
SAMPLE = (
    _compare("", "", 6000.0, 6000.0),
    _compare(
        "tmall",
        "2023-01",
        4000.0,
        4500.0,
        GapPart(cause="missing_days", amount=-400.0),
        GapPart(cause=UNEXPLAINED, amount=-100.0),
    ),
    _compare("tmall", "2023-12", 2000.0, 2000.0),
)

LIMITS = (
    Limit(
        name="most_gap",
        value=0.03,
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
        value=0.2,
        reason=Text(
            zh="全年对得上，但某一个月差两成以上，多半是这个月漏导了几天",
            en="a month that is a fifth off although the whole ties out has probably lost some days",
        ),
    ),
    *CLAIM_LIMITS,
)

CHECK = Check(
    question=QUESTION,
    definition=DEFINITION,
    answers=(TOTALS, CLAIMS),
    finds=("data.reconciliation_gap",),
    needs=(Need(table="order_lines"),),
    limits=LIMITS,
    query=query,
    measure=measure,
    judge=judge,
    tell=tell,
    tabulate=tabulate,
    draw=draw,
    caveats=caveats,
    lacks=lacks,
    example=Example(
        tables={"order_lines": EXAMPLE_LINES},
        says="(-7.7%); main cause: days without orders. Figures of the sheet compared: 3; different from the data: 1, "
        "most of all Orders per buyer a year (3.0 is stated, 1.5 is measured).",
        finds=(("data.reconciliation_gap", {"channel": "tmall"}),),
        brief=Brief(answers={"annual_gmv": 6000.0, "aov_stated": 100.0, "purchase_frequency": 3.0}),
        account=IntakeAccount(reconciliation=SAMPLE),
    ),
    place=20,
)
