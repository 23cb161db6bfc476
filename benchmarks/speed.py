"""Characters a second of CPU time: cleaning, extraction, both, and the peers on the same texts."""

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from benchmarks.peers import Peer
from benchmarks.texts import length_of, paragraphs_of
from tasks.clean.issue import clean_issue
from tasks.extract.issue import read_issue
from tasks.records import Document

_Result = TypeVar("_Result")
_ROUNDS = 3
_PEERS_LENGTH = 200_000
"""Characters that the peers are given of a large folder: they need minutes for more, and their rate is the same."""


@dataclass(frozen=True, slots=True)
class Rate:
    """Characters that were read, and the CPU time that it took (seconds)."""

    name: str
    characters: int
    seconds: float

    @property
    def per_second(self) -> float:
        """Characters a second."""
        return self.characters / self.seconds


def own_rates(documents: Sequence[Document]) -> list[Rate]:
    """Cleaning (of the texts as they are), extraction (of what cleaning leaves of them), both (of the texts again)."""
    size = length_of(documents)
    cleaning, issues = _best(lambda: [clean_issue((document,)) for document in documents])
    body = sum(map(len, paragraphs_of(issues)))
    extraction, _ = _best(lambda: [read_issue(issue) for issue in issues])
    return [
        Rate("cleaning", size, cleaning),
        Rate("extraction", body, extraction),
        Rate("cleaning + extraction", size, cleaning + extraction),
    ]


def peer_rates(documents: Sequence[Document], peers: Mapping[str, Peer]) -> list[Rate]:
    """What we and the peers need for the same texts, of a large folder an even sample."""
    some = _sample(documents)
    paragraphs = paragraphs_of([clean_issue((document,)) for document in some])
    size = sum(map(len, paragraphs))
    both = own_rates(some)[-1]
    return [both, *(Rate(name, size, peer(paragraphs).seconds) for name, peer in peers.items())]


def _sample(documents: Sequence[Document]) -> Sequence[Document]:
    step = max(1, length_of(documents) // _PEERS_LENGTH)
    return documents[::step]


def _best(work: Callable[[], _Result]) -> tuple[float, _Result]:
    """The least CPU time of some rounds, and the result."""
    result, seconds = work(), float("inf")
    for _ in range(_ROUNDS):
        start = time.process_time()
        result = work()
        seconds = min(seconds, time.process_time() - start)
    return seconds, result
