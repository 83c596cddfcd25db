"""Names that a report borrows from elsewhere: metrics of the dictionary and reasons for rejected rows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from diagnostics.model.wording import Text, name_verbatim


@dataclass(frozen=True, kw_only=True)
class Glossary:
    """Names by id; an id without a name is shown as it is, with spaces."""

    metrics: Mapping[str, Text] = field(default_factory=dict)
    rejections: Mapping[str, Text] = field(default_factory=dict)

    def name_metric(self, metric: str) -> Text:
        """The name of a metric of the dictionary."""
        return self.metrics.get(metric) or _spell(metric)

    def name_rejection(self, reason: str) -> Text:
        """Why rows were rejected, in words."""
        return self.rejections.get(reason) or _spell(reason)


def _spell(name: str) -> Text:
    return name_verbatim(name.replace("_", " "))
