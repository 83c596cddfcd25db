"""Take persons out of the requirement sheet's answers before they are kept or told."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from diagnostics.intake.privacy.identifiers import MASK, mask_text
from diagnostics.model.brief import Brief

# Fields that ask for the name of a person of the client; no figure and no text needs it.
PERSONS = ("owner_client", "approvers")


def scrub_brief(brief: Brief) -> Brief:
    """The brief without names of the client's people, and without numbers and addresses in any answer.

    >>> kept = scrub_brief(Brief(answers={"approvers": ("张三",), "tasks": ("回访 13812345678",)}))
    >>> kept.answers["approvers"], kept.answers["tasks"]
    (('***',), ('回访 ***',))
    """
    answers = {key: _hide(value) if key in PERSONS else _mask(value) for key, value in brief.answers.items()}
    return replace(brief, answers=answers)


def _mask(value: object) -> object:
    if isinstance(value, str):
        return mask_text(value)
    if isinstance(value, tuple):
        return tuple(_mask(item) for item in value)
    if isinstance(value, Mapping):
        return {key: _mask(item) for key, item in value.items()}
    return value


def _hide(value: object) -> object:
    return tuple(MASK for _ in value) if isinstance(value, tuple) else MASK
