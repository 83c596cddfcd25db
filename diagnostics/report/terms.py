"""The terms of a report: its definitions, its method and what could not be computed."""

from __future__ import annotations

from collections.abc import Sequence

from diagnostics.model.engagement import GMV_BASIS_WORDS, Engagement
from diagnostics.model.period import Period
from diagnostics.model.section import Section
from diagnostics.model.wording import Text, name_verbatim, word_money, word_period
from diagnostics.report.outline import TableBlock
from diagnostics.report.setting import Setting, list_table

METHODS = ("periods", "money", "intervals", "severity", "personal")
UNANSWERED = frozenset(["not_computable", "failed"])
CURRENCIES: dict[str, Text] = {
    "CNY": Text(zh="人民币（元）", en="Chinese yuan (CNY)"),
    "GBP": Text(zh="英镑", en="Pound sterling (GBP)"),
    "USD": Text(zh="美元", en="US dollar (USD)"),
    "EUR": Text(zh="欧元", en="Euro (EUR)"),
    "HKD": Text(zh="港元", en="Hong Kong dollar (HKD)"),
}


def build_definitions(engagement: Engagement, setting: Setting) -> TableBlock:
    """What the words of the report mean and which days it covers."""
    horizon = engagement.horizon
    previous = _span(horizon.previous, setting) if horizon.previous else setting.words["definition_previous_none"]
    annual = setting.say("definition_annual_text", amount=word_money(engagement.annual_gmv, engagement.currency))
    meanings = {
        "definition_gmv": setting.word(GMV_BASIS_WORDS[engagement.gmv_basis]),
        "definition_new": setting.words["definition_new_text"],
        "definition_repurchase": setting.words["definition_repurchase_text"],
        "definition_history": _span(horizon.history, setting),
        "definition_current": _span(horizon.current, setting),
        "definition_previous": previous,
        "definition_annual": annual,
        "definition_currency": setting.word(
            CURRENCIES.get(engagement.currency, name_verbatim(engagement.currency)),
        ),
    }
    headers = (setting.words["item"], setting.words["meaning"])
    rows = [(setting.words[key], meaning) for key, meaning in meanings.items()]
    return list_table("definitions", setting.words["definitions"], headers, [*rows])


def build_method(setting: Setting) -> tuple[tuple[str, str], ...]:
    """Headings and paragraphs on how the figures were made."""
    return tuple((setting.words[f"method_{key}"], setting.words[f"method_{key}_text"]) for key in METHODS)


def list_not_computable(sections: Sequence[Section], setting: Setting) -> TableBlock | None:
    """Questions without an answer, why, and the export that would bring it; `None` if all were answered."""
    rows = [
        (setting.word(section.question), setting.word(section.reason), setting.word(section.unlocked_by))
        for section in sections
        if section.status in UNANSWERED
    ]
    headers = tuple(setting.words[key] for key in ("question", "reason", "unlocked_by"))
    return list_table("not_computable", setting.words["not_computable"], headers, [*rows]) if rows else None


def _span(period: Period, setting: Setting) -> str:
    return setting.word(word_period(period.start, period.end))
