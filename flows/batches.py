"""How a backlog is cut into batches."""

import itertools
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass

from tasks.records import FoundIssue, IssueFiles

_SMALLEST = 8
_LARGEST = 64
_AIM = 16


@dataclass(frozen=True, slots=True)
class Batch:
    """Some files of a backlog: `first` counts the backlog's files from 1, `total` is how many it has."""

    number: int
    first: int
    total: int
    files: tuple[IssueFiles | FoundIssue, ...]
    """Those whose bytes are known, and those that have to be fetched first."""

    @property
    def last(self) -> int:
        """The place of the last file in the backlog."""
        return self.first + len(self.files) - 1

    @property
    def label(self) -> str:
        """How the batch is called in names and log lines: 1-8 of 12, or by the file when it is the only one."""
        if self.total == 1:
            # Prefect's picture of a run draws no Chinese characters: of 第8期.txt it would show 8.txt.
            return self.files[0].name if self.files[0].name.isascii() else "1 of 1"
        return f"{self.first}-{self.last} of {self.total}"


def batch_size(backlog: int) -> int:
    """Files a batch, growing with the backlog.

    A batch costs three task runs (20-25 ms each) and a commit (0.2 s), a document about 25 ms. Few documents make small
    batches, so that a person sees progress and the first issue is published soon; many make large ones, so that the
    fixed cost stays below a fifth. The upper bound is what a kill may cost (two seconds of work) and the memory holds.
    """
    return max(_SMALLEST, min(_LARGEST, -(-backlog // _AIM)))


def batches(pending: deque[IssueFiles | FoundIssue]) -> Iterator[Batch]:
    """Take batches off a backlog until it is empty; what is put back meanwhile comes in a later batch."""
    total = len(pending)
    size = batch_size(total)
    for number in itertools.count(1):
        files = tuple(pending.popleft() for _ in range(min(size, len(pending))))
        if not files:
            return
        yield Batch(number, total - len(pending) - len(files) + 1, total, files)
