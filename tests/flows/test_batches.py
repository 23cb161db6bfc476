"""How a backlog is cut."""

from collections import deque

import pytest

from flows.batches import batch_size, batches
from tasks.records import Fetched, IssueFiles


def files(number: int, pattern: str = "{}.txt") -> deque[IssueFiles]:
    names = map(pattern.format, range(number))
    return deque(IssueFiles(name, (Fetched(name, name, name, 1, ""),)) for name in names)


@pytest.mark.parametrize(("backlog", "size"), [(1, 8), (12, 8), (200, 13), (10_000, 64)])
def test_batches_grow_with_the_backlog(backlog: int, size: int) -> None:
    assert batch_size(backlog) == size


def test_labels_say_where_a_batch_stands() -> None:
    assert [batch.label for batch in batches(files(12))] == ["1-8 of 12", "9-12 of 12"]
    assert [batch.label for batch in batches(files(1))] == ["0.txt"]
    assert [batch.label for batch in batches(files(1, "第{}期.txt"))] == ["1 of 1"]
    assert list(batches(files(0))) == []


def test_what_is_put_back_comes_in_a_later_batch() -> None:
    pending = files(9)
    seen = []
    for batch in batches(pending):
        seen.append((batch.number, batch.label, len(batch.files)))
        if batch.number == 1:
            pending.append(batch.files[0])
    assert seen == [(1, "1-8 of 9", 8), (2, "8-9 of 9", 2)]
