"""`python -m benchmarks [FOLDER]`: every figure in one run, so that the ratios do not depend on the machine.

FOLDER holds the texts that are timed (.txt, .md); without it, or the variable TEXTS, these are the gold sources.
"""

import argparse
import os
from collections.abc import Mapping, Sequence
from pathlib import Path

from benchmarks.detection import detection
from benchmarks.growth import growths, peak_memory
from benchmarks.peers import JIONLP, RECOGNIZERS, Peer, installed_peers
from benchmarks.speed import Rate, own_rates, peer_rates
from benchmarks.texts import documents_of, length_of
from benchmarks.unread import unread_in
from tasks.records import Document

_WANTED = {JIONLP: 5, RECOGNIZERS: 30}
"""How many times faster than a peer cleaning and extraction together should be."""

_MEMORY_SIZE = 100_000


def main() -> None:
    """Prints the figures."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path, default=os.environ.get("TEXTS") or None)
    parser.add_argument("--size", type=int, default=1_000_000, help="characters of the largest hostile text")
    options = parser.parse_args()
    folder = Path(options.folder) if options.folder else None
    if folder is not None and not folder.is_dir():
        parser.error(f"{folder} is no folder. Name one with text files (.txt, .md), or none.")
    documents = documents_of(folder)
    if not documents:
        parser.error(f"{folder} holds no text file (.txt, .md) with an article in it.")
    peers, missing = installed_peers()
    for sentence in missing:
        _say(sentence)
    _print_unread(documents)
    _print_speed(documents, peers)
    _print_growth(options.size)
    _print_memory()
    _print_detection(peers)


def _print_unread(documents: Sequence[Document]) -> None:
    left = unread_in(documents)
    _say(f"\nNumbers that nothing explains: {left.unread:,} of {left.numbers:,}, {left.in_ten_thousand:.1f} in 10,000")
    _say(f"  {left.metrics:,} metrics; the other numbers are dates, names, ordinals and the like")


def _print_speed(documents: Sequence[Document], peers: Mapping[str, Peer]) -> None:
    _say(f"\nSpeed, characters a second of CPU time, on {len(documents)} texts of {length_of(documents):,} characters")
    for rate in own_rates(documents):
        _say(f"  {rate.name:28} {rate.per_second:12,.0f}   {1e6 * rate.seconds / rate.characters:6.2f} µs a character")
    ours, *others = peer_rates(documents, peers)
    _say(f"\nBeside the peers, on the same {ours.characters:,} characters (the peers get the cleaned paragraphs)")
    _say(f"  {ours.name:28} {ours.per_second:12,.0f}")
    for rate in others:
        _say(f"  {rate.name:28} {rate.per_second:12,.0f}   {_compared(ours, rate)}")


def _compared(ours: Rate, peer: Rate) -> str:
    wanted = f" (wanted: {_WANTED[peer.name]} times)" if peer.name in _WANTED else ""
    return f"jianbao is {ours.per_second / peer.per_second:.1f} times as fast{wanted}"


def _print_growth(size: int) -> None:
    _say(f"\nHostile texts in one line: CPU seconds for {size // 2:,} and {size:,} characters; a ratio of 2 is linear")
    for growth in growths(size):
        _say(f"  {growth.shape:28} {growth.stage:12} {growth.half:8.3f} {growth.whole:8.3f}   ratio {growth.ratio:.2f}")


def _print_memory() -> None:
    repository = Path(__file__).parent.parent
    _say("\nPeak memory of a process")
    for size, issues in ((_MEMORY_SIZE, 1), (_MEMORY_SIZE, 4), (4 * _MEMORY_SIZE, 1)):
        _say(f"  {issues} issues of {size:,} characters: {peak_memory(repository, size, issues):,.0f} MiB")


def _print_detection(peers: Mapping[str, Peer]) -> None:
    _say("\nDetection of the metrics of the gold: precision, recall, F1")
    for part, found in detection(peers):
        _say(f"  {part}")
        for name, overlap in found.items():
            _say(f"    {name:28} {overlap.precision:.4f}  {overlap.recall:.4f}  {overlap.f1:.4f}")


def _say(line: str) -> None:
    print(line, flush=True)


main()
