"""The metrics of an issue that people look for first, for the terminal and for the Prefect UI."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

import duckdb

from tasks.numbers import grouped

MOST = 15

# Money for projects and their number come first: that is what a bulletin is read for. Then other money, then whatever
# has a code of the vocabulary. The chosen ones are shown in reading order.
_QUERY = f"""
    SELECT * EXCLUDE metric_id FROM (
        SELECT (SELECT file_name FROM documents JOIN articles USING (document_id)
                WHERE articles.article_id = metrics.article_id),
               source_line_start, zone, subject, indicator, qualifier, value, value_low, value_high,
               CASE WHEN unit = 'count' THEN coalesce(classifier, unit) ELSE unit END, quote, period_text, status,
               metric_id
        FROM metrics WHERE list_contains(?::VARCHAR[], issue_id)
        ORDER BY CASE WHEN unit = 'CNY' AND indicator_code LIKE 'project.%' THEN 0
                      WHEN unit = 'count' AND indicator_code LIKE 'project.%' THEN 1
                      WHEN unit = 'CNY' THEN 2
                      WHEN indicator_code IS NOT NULL THEN 3 ELSE 4 END,
                 coalesce(value, value_high, value_low) DESC, metric_id
        LIMIT {MOST}
    ) ORDER BY metric_id
"""


@dataclass(frozen=True, slots=True)
class Headline:
    """A metric as a person reads it; `line` counts in the source file, which is named."""

    file: str
    line: int
    zone: str | None
    subject: str | None
    indicator: str
    qualifier: str
    value: Decimal | None
    low: Decimal | None
    high: Decimal | None
    unit: str
    quote: str
    period: str | None
    status: str

    @property
    def what(self) -> str:
        """Subject and indicator."""
        return " ".join(word for word in (self.subject, self.indicator) if word)

    @property
    def stated(self) -> str:
        """The value with its bounds and its unit: ≥ 3,335,000,000 CNY."""
        if self.value is None:
            ends = [grouped(end) for end in (self.low, self.high) if end is not None]
            return f"{'–'.join(ends)} {self.unit}"
        sign = {"about": "~ ", "over": "> ", "at_least": "≥ ", "under": "< ", "at_most": "≤ "}.get(self.qualifier, "")
        return f"{sign}{grouped(self.value)} {self.unit}"


def headlines(connection: duckdb.DuckDBPyConnection, issue_ids: Sequence[str]) -> list[Headline]:
    """The metrics that matter most in these issues, `MOST` of them, in reading order."""
    return [Headline(*row) for row in connection.execute(_QUERY, [list(issue_ids)]).fetchall()]
