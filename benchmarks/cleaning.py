"""How long cleaning takes and what it holds, as the text grows: `python benchmarks/cleaning.py [MILLION_CHARACTERS]`.

Prints processor time a character for texts of n, 2n and 4n characters; in linear time the numbers of a line are alike.
"""

import contextlib
import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path

from tasks.clean.issue import clean_issue
from tasks.errors import NoArticleError
from tasks.read.text import pages_of
from tasks.records import Document, Fetched

GOLD = Path(__file__).parents[1] / "tests" / "gold"
PAGE = "\n\n".join((GOLD / f"open-{n}" / "source.txt").read_text(encoding="utf-8") for n in (1, 2, 3, 4)) + "\n\n"
SENTENCE = "长治高新区召开项目建设推进会，完成投资6.88亿元，同比增长12%。"
TEXTS: dict[str, Callable[[int], str]] = {
    "pages": lambda size: (PAGE * (size // len(PAGE) + 1))[:size],
    "one line": lambda size: (SENTENCE * (size // len(SENTENCE) + 1))[:size],
    "blank lines": lambda size: SENTENCE + "\n" * size + SENTENCE,
    "short lines": lambda size: SENTENCE + "\n" + "加快项目建设进度\n" * (size // 9),
}


def nanoseconds_a_character(text: str) -> float:
    """Processor time of cleaning alone."""
    file = Fetched("benchmark.txt", "benchmark.txt", "0" * 64, len(text), "")
    document = Document(file, "text/plain", "utf-8", pages_of(text))
    start = time.process_time_ns()
    with contextlib.suppress(NoArticleError):
        clean_issue((document,))
    return (time.process_time_ns() - start) / len(text)


def main() -> None:
    """Measure every text at three sizes."""
    largest = int(float(sys.argv[1]) * 1_000_000) if len(sys.argv) > 1 else 1_000_000
    for name, text in TEXTS.items():
        times = [nanoseconds_a_character(text(largest // part)) for part in (4, 2, 1)]
        print(f"{name:12}", *(f"{each:8.0f} ns" for each in times), f"   4n to n: {times[-1] / times[0]:.2f}")
    print(f"most memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MB")


if __name__ == "__main__":
    main()
