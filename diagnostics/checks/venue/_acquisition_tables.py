"""What a new customer costs by channel and how soon it is earned back, as a table and as a picture."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from diagnostics.charts.axes import scale_money
from diagnostics.charts.theme import SERIES, new_figure
from diagnostics.checks.venue import _acquisition_words as words
from diagnostics.checks.venue._won_customers import Won, name_source
from diagnostics.metrics.acquisition import AGES
from diagnostics.model.section import Exhibit, Field
from diagnostics.model.wording import Text

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from diagnostics.checks.venue.acquisition_cost import Acquisition
    from diagnostics.model.wording import Language

MOST_SHOWN = 4


def tabulate_won(measured: Acquisition) -> tuple[Exhibit, ...]:
    """Channels with spend, new customers, cost, margins by month, and the earliest and the latest payback."""
    ages = (1, 3, 6, 12)
    fields = (
        Field(name="name", label=Text(zh="渠道", en="Channel")),
        Field(name="cost", label=Text(zh="投放费用", en="Spend"), unit="money"),
        Field(name="newcomers", label=Text(zh="新客", en="New customers"), unit="count"),
        Field(name="cac", label=Text(zh="获客成本", en="Cost of one"), unit="price"),
        *(
            Field(
                name=f"margin_{age}",
                label=Text(zh=f"{age} 个月毛利", en=f"Margin, month {age}"),
                unit="price",
            )
            for age in ages
        ),
        Field(name="soonest", label=Text(zh="最早回本月", en="Payback, soonest"), unit="count"),
        Field(name="latest", label=Text(zh="最迟回本月", en="Payback, latest"), unit="count"),
        Field(name="rise", label=Text(zh="成本涨幅（同月）", en="Rise of the cost"), unit="share"),
        Field(name="cac_before", label=Text(zh="上期获客成本", en="Cost of one before"), unit="price"),
        Field(name="month_before", label=Text(zh="上期新客回本月", en="Payback, customers won before"), unit="count"),
        Field(name="month_now", label=Text(zh="本期新客回本月", en="Payback, customers won now"), unit="count"),
    )
    rows = [_list_row(won, ages) for won in (*measured.won, measured.whole) if won is not None]
    title = Text(zh="各渠道的获客成本与回本", en="Cost of a new customer and payback by channel")
    note = Text(
        zh="回本月的早晚按毛利区间的两端计，毛利取全部新客；最后两列各用该期自己的新客与成本。空白表示观察期内未回本，"
        "本期新客观察得短，空白不等于变差。",
        en="Payback at both ends of the margin's interval, from all new customers; the last two columns take each "
        "period's own customers and cost. Empty where it is not reached within what is observed: customers won now "
        "were observed for less, so an empty cell need not mean worse.",
    )
    return (Exhibit(name="acquisition", title=title, fields=fields, frame=pd.DataFrame(rows), note=note),)


def _list_row(won: Won, ages: tuple[int, ...]) -> dict[str, object]:
    back = won.payback
    margins = {f"margin_{age}": back.at(age) if back else None for age in ages}
    return {
        "name": name_source(won.channel),
        "cost": won.cost,
        "newcomers": won.newcomers,
        "cac": won.cac,
        **{name: ends[1] if ends else None for name, ends in margins.items()},
        "soonest": back.find_month(won.cac, back.high) if back else None,
        "latest": back.find_month(won.cac, back.low) if back else None,
        "rise": won.inflation.cost_growth - 1 if won.inflation else None,
        "cac_before": won.cac_before,
        "month_before": won.months[0],
        "month_now": won.months[1],
    }


def draw_won(measured: Acquisition, language: Language) -> Figure:
    """Margin per newcomer by age, and the cost as a dashed line of the same colour."""
    figure, axes = new_figure()
    shown = measured.won[:MOST_SHOWN] or ((measured.whole,) if measured.whole else ())
    for won, colour in zip(shown, SERIES, strict=False):
        label = name_source(won.channel).word(language)
        axes.axhline(won.cac, color=colour, linestyle="--", linewidth=1.2)
        if won.payback is None:
            axes.plot([], [], color=colour, label=label)
            continue
        places = [place for place, n in enumerate(won.payback.followed) if n]
        ages = [won.payback.ages[place] for place in places]
        axes.plot(ages, [won.payback.margin[place] for place in places], color=colour, marker="o", label=label)
        low, high = ([side[place] for place in places] for side in (won.payback.low, won.payback.high))
        axes.fill_between(ages, low, high, color=colour, alpha=0.12, linewidth=0)
    axes.set_ylim(bottom=0)
    axes.set_xticks(AGES)
    axes.set_xlabel(words.AXIS.word(language))
    axes.set_ylabel(words.AXIS_Y.word(language))
    scale_money(axes.yaxis, measured.currency, language)
    axes.legend(loc="upper left", bbox_to_anchor=(0, 1.14), ncols=MOST_SHOWN, fontsize=9)
    return figure
