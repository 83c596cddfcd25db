"""GMV, margins, prices and frequency against each other."""

from __future__ import annotations

from collections.abc import Iterator

from diagnostics.intake.sheet.conflicts.conflict import (
    Conflict,
    list_numbers,
    read_number,
    sum_column,
)
from diagnostics.model.brief import Brief
from diagnostics.model.wording import (
    Text,
    name_verbatim,
    shorten,
    word_days,
    word_money,
    word_number,
    word_percent,
    word_price,
)

CURRENCY = "CNY"
# Margins by category are rounded; their mean may miss the whole by this many points.
MARGIN_POINTS = 0.05
# Some regulars buy early: the mean frequency may exceed what the cycle allows by half.
EARLY = 1.5
DAYS = 365
DURABLE_DAYS = 180
DURABLE_TIMES = 4.0
SHARES_LEAST = 0.95
COUPON_SHARE = 0.5
# A private domain can't sell to more people than it holds; users are counted loosely.
LOOSELY = 1.2

_MARGIN = Text(
    zh="各品类毛利率按占比加权为 {mean}，整体毛利率写 {whole}：哪个是对的？",
    en="Margins by category average {mean} by their shares, the overall margin is given as {whole}: which is right?",
)
_TOO_OFTEN = Text(
    zh="每年买 {times} 次与复购周期 {days}对不上（按周期一年最多约 {most} 次）：请核对这两项。",
    en="{times} purchases a year do not fit a cycle of {days} (at most about {most} a year): please check both.",
)
_CYCLES = Text(
    zh="整体复购周期写 {days}，但每个品类的周期都在 {low} 至 {high} 天之间：请核对。",
    en="The overall cycle is {days}, yet every category lies between {low} and {high} days: please check.",
)
_DURABLE = Text(
    zh="选了低频耐用品，但购买频次 {times} 次/年、周期 {days}：是耐用品吗？",
    en="The goods are called durable, yet bought {times} times a year with a cycle of {days}: are they?",
)
_PRIVATE = Text(
    zh="私域GMV（年GMV {gmv} 的 {share}）按客单价 {aov}、每年 {times} 次需要约 {need} 名买家，"
    "但私域容器合计只有 {users} 名用户：哪个数字需要更正？",
    en="Private GMV ({share} of {gmv}) at {aov} an order and {times} orders a year needs about {need} buyers, but the "
    "containers hold {users} users in all: which figure is to be corrected?",
)
_PRICE = Text(
    zh="「{name}」的{high}价低于{low}价：价格是否填错了列？",
    en="{name}: the {high} price is below the {low} price; are they in the wrong columns?",
)
_AOV = Text(
    zh="客单价 {aov} 低于价格体系里最便宜的商品 {least}：客单价或价格是否有误？",
    en="An order is worth {aov}, less than the cheapest item listed ({least}): is one of them wrong?",
)
_LEFT_OVER = Text(
    zh="各渠道GMV占比合计只有 {total}：其余来自哪些渠道？",
    en="The channels' shares of GMV add up to {total} only: where does the rest come from?",
)
_BANDS = Text(
    zh="价格带 {low} 至 {high} 元与另一档重叠或上下限颠倒：请核对。",
    en="The price band from {low} to {high} overlaps another or is upside down: please check.",
)
_COUPON = Text(
    zh="券的年发放面额约 {total}，超过年GMV {gmv} 的一半：发放量是按月填写的吗？",
    en="Coupons issued in a year are worth about {total}, more than half of annual GMV ({gmv}): is the number that "
    "of a month?",
)
_FACE = Text(
    zh="券「{name}」的面额 {face} 不低于使用门槛 {least}：请核对。",
    en="Coupon {name} is worth {face} from a minimum spend of {least}: please check.",
)
_NAMES = {
    "list_price": Text(zh="吊牌", en="list"),
    "public_price": Text(zh="公域", en="public"),
    "private_price": Text(zh="私域", en="private"),
    "member_price": Text(zh="会员", en="member"),
}


def compare_margins(brief: Brief) -> Iterator[Conflict]:
    """The mean margin of the categories against the overall one."""
    whole = brief.number("gross_margin")
    pairs = [
        (share, margin)
        for row in brief.rows("categories")
        if (share := read_number(row, "gmv_share")) is not None and (margin := read_number(row, "margin")) is not None
    ]
    total = sum(share for share, _ in pairs)
    if whole is None or total < SHARES_LEAST:
        return
    mean = sum(share * margin for share, margin in pairs) / total
    if abs(mean - whole) > MARGIN_POINTS:
        text = _MARGIN.fill(mean=word_percent(mean), whole=word_percent(whole))
        yield Conflict(cells=("gross_margin", "categories"), text=text)


def compare_frequency(brief: Brief) -> Iterator[Conflict]:
    """More purchases a year than the cycle has room for."""
    times, days = brief.number("purchase_frequency"), brief.number("repurchase_cycle_days")
    if times and days and times > 1 and times > EARLY * DAYS / days + 1:
        text = _TOO_OFTEN.fill(times=word_number(times, 1), days=word_days(days), most=word_number(DAYS / days, 1))
        yield Conflict(cells=("purchase_frequency", "repurchase_cycle_days"), text=text)


def compare_cycles(brief: Brief) -> Iterator[Conflict]:
    """An overall cycle outside those of all categories."""
    days = brief.number("repurchase_cycle_days")
    cycles = [value for _, value in list_numbers(brief, "categories", "cycle_days")]
    if days and cycles and not min(cycles) / EARLY <= days <= max(cycles) * EARLY:
        text = _CYCLES.fill(days=word_days(days), low=word_number(min(cycles)), high=word_number(max(cycles)))
        yield Conflict(cells=("repurchase_cycle_days", "categories"), text=text)


def check_durable(brief: Brief) -> Iterator[Conflict]:
    """Durable goods that are bought again within months."""
    times, days = brief.number("purchase_frequency"), brief.number("repurchase_cycle_days")
    if brief.flag("is_durable") and times and days and (times >= DURABLE_TIMES or days < DURABLE_DAYS):
        text = _DURABLE.fill(times=word_number(times, 1), days=word_days(days))
        yield Conflict(cells=("is_durable", "purchase_frequency", "repurchase_cycle_days"), text=text)


def compare_private_gmv(brief: Brief) -> Iterator[Conflict]:
    """Buyers × frequency × ticket: private GMV that needs more buyers than the private domain holds."""
    gmv, share = brief.number("annual_gmv"), brief.number("pd_gmv_share")
    aov, times = brief.number("aov_stated"), brief.number("purchase_frequency")
    users = sum_column(brief, "containers", "users")
    if not (gmv and share and aov and times and users):
        return
    need = gmv * share / (aov * times)
    if need > LOOSELY * users:
        text = _PRIVATE.fill(
            gmv=word_money(gmv, CURRENCY),
            share=word_percent(share),
            aov=word_price(aov, CURRENCY),
            times=word_number(times, 1),
            need=word_number(need),
            users=word_number(users),
        )
        cells = ("annual_gmv", "pd_gmv_share", "aov_stated", "purchase_frequency", "containers")
        yield Conflict(cells=cells, text=text)


def check_prices(brief: Brief) -> Iterator[Conflict]:
    """A list price below the public one, or a public one below what members pay."""
    pairs = (("list_price", "public_price"), ("list_price", "private_price"), ("list_price", "member_price"))
    for place, row in enumerate(brief.rows("price_system")):
        for upper, lower in pairs:
            high, low = read_number(row, upper), read_number(row, lower)
            if high is not None and low is not None and high < low:
                name = name_verbatim(shorten(str(row.get("sku/series", ""))))
                text = _PRICE.fill(name=name, high=_NAMES[upper], low=_NAMES[lower])
                cells = (f"price_system/{place}/{upper}", f"price_system/{place}/{lower}")
                yield Conflict(cells=cells, text=text)


def compare_ticket(brief: Brief) -> Iterator[Conflict]:
    """An order worth less than the cheapest item."""
    aov = brief.number("aov_stated")
    prices = [
        value
        for column in ("public_price", "private_price", "member_price")
        for _, value in list_numbers(brief, "price_system", column)
    ]
    if aov and prices and aov < min(prices):
        text = _AOV.fill(aov=word_price(aov, CURRENCY), least=word_price(min(prices), CURRENCY))
        yield Conflict(cells=("aov_stated", "price_system"), text=text)


def check_channel_shares(brief: Brief) -> Iterator[Conflict]:
    """Shares of all channels that leave a rest."""
    rows = brief.rows("main_channels")
    total = sum_column(brief, "main_channels", "gmv_share")
    if total and len(list_numbers(brief, "main_channels", "gmv_share")) == len(rows) and total < SHARES_LEAST:
        yield Conflict(cells=("main_channels",), text=_LEFT_OVER.fill(total=word_percent(total)))


def check_bands(brief: Brief) -> Iterator[Conflict]:
    """Price bands that overlap, or whose ends are swapped."""
    ends = sorted(
        (low, high, place)
        for place, row in enumerate(brief.rows("price_bands"))
        if (low := read_number(row, "low")) is not None and (high := read_number(row, "high")) is not None
    )
    for number, (low, high, place) in enumerate(ends):
        if high < low or (number and low < ends[number - 1][1]):
            text = _BANDS.fill(low=word_number(low), high=word_number(high))
            yield Conflict(cells=(f"price_bands/{place}/low", f"price_bands/{place}/high"), text=text)


def check_coupons(brief: Brief) -> Iterator[Conflict]:
    """Coupons that cost more than they ask for, or more than the business sells."""
    total, gmv = 0.0, brief.number("annual_gmv")
    for place, row in enumerate(brief.rows("coupon_policy")):
        face, least = read_number(row, "face_value"), read_number(row, "threshold")
        total += 12 * (face or 0.0) * (read_number(row, "monthly_issued") or 0.0)
        if face and least and face >= least:
            name = name_verbatim(shorten(str(row.get("type", ""))))
            words = {"face": word_price(face, CURRENCY), "least": word_price(least, CURRENCY)}
            cells = (f"coupon_policy/{place}/face_value", f"coupon_policy/{place}/threshold")
            yield Conflict(cells=cells, text=_FACE.fill(name=name, **words))
    if gmv and total > COUPON_SHARE * gmv:
        text = _COUPON.fill(total=word_money(total, CURRENCY), gmv=word_money(gmv, CURRENCY))
        yield Conflict(cells=("coupon_policy", "annual_gmv"), text=text)


RULES = (
    compare_margins,
    compare_frequency,
    compare_cycles,
    check_durable,
    compare_private_gmv,
    check_prices,
    compare_ticket,
    check_channel_shares,
    check_bands,
    check_coupons,
)
