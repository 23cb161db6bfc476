"""Numbers that are neither a metric nor known to be anything else: each is a row in `checks`."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from tasks.clean.issue import clean_issue
from tasks.extract.issue import read_issue
from tasks.extract.numerals import ARABIC
from tasks.records import Document

_NUMBER: Final = re.compile(ARABIC)


@dataclass(frozen=True, slots=True)
class Unread:
    """Numbers in digits that some texts hold, the metrics read in them, and the numbers that nothing explains."""

    numbers: int
    metrics: int
    unread: int

    @property
    def in_ten_thousand(self) -> float:
        """Unexplained ones among 10,000 numbers."""
        return 1e4 * self.unread / self.numbers if self.numbers else 0.0


def unread_in(documents: Sequence[Document]) -> Unread:
    """What is left unread of the documents, each taken for an issue."""
    readings = [reading for document in documents for reading in read_issue(clean_issue((document,))).readings]
    return Unread(
        numbers=sum(1 for reading in readings for _ in _NUMBER.finditer(reading.article.body)),
        metrics=sum(len(reading.metrics) for reading in readings),
        unread=sum(check.rule == "unread_number" for reading in readings for check in reading.checks),
    )
