"""How long cleaning takes and what it holds, as the text grows: `python -m benchmarks.cleaning`.

Prints processor time a character for texts of n, 2n and 4n characters (in linear time the numbers of a line are alike),
then seconds, characters a second and peak memory for the largest texts, each in a process of its own.
"""

import contextlib
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

from benchmarks.memory import peak_kibibytes
from tasks.clean.issue import clean_issue
from tasks.errors import NoArticleError
from tasks.read.text import pages_of
from tasks.records import Document, Fetched

GOLD: Final = Path(__file__).parents[1] / "tests" / "gold"
PAGE: Final = (
    "\n\n".join((GOLD / f"open-{n}" / "source.txt").read_text(encoding="utf-8") for n in (1, 2, 3, 4)) + "\n\n"
)
SENTENCE: Final = "长治高新区召开项目建设推进会，完成投资6.88亿元，同比增长12%。"
SHAPES: Final[Mapping[str, Callable[[int], str]]] = {
    "pages": lambda size: _repeated(PAGE, size),
    "one line": lambda size: _repeated(SENTENCE, size),
    "blank lines": lambda size: SENTENCE + "\n" * size + SENTENCE,
    "short lines": lambda size: SENTENCE + "\n" + _repeated("加快项目建设进度\n", size),
    "headlines and paragraphs": lambda size: _repeated(f"高新区加快项目建设\n\n{SENTENCE}\n\n", size),
    "bylines": lambda size: _repeated(f"{SENTENCE}\n（张三）\n（李四）\n", size),
    "labels and lists": lambda size: "目录\n" + _repeated(f"【动态】\n● 园区项目……3\n{SENTENCE}\n", size),
}
LARGEST: Final = (("pages", 100), ("one line", 10), ("blank lines", 0.1))
"""Shapes and their sizes in millions: of bytes (UTF-8), of blank lines."""
_MILLION: Final = 1_000_000
_KILO: Final = 1024


def nanoseconds_a_character(text: str) -> float:
    """Processor time of cleaning alone."""
    start = time.process_time_ns()
    _clean(text)
    return (time.process_time_ns() - start) / len(text)


def _clean(text: str) -> None:
    file = Fetched("benchmark.txt", "benchmark.txt", "0" * 64, len(text), "")
    document = Document(file, "text/plain", "utf-8", pages_of(text))
    with contextlib.suppress(NoArticleError):
        clean_issue((document,))


def _repeated(text: str, size: int) -> str:
    return (text * (size // len(text) + 1))[:size]


def _of_bytes(shape: str, size: int) -> str:
    """A text of so many bytes, or of so many blank lines."""
    if shape == "blank lines":
        return SHAPES[shape](size)
    sample = SHAPES[shape](_MILLION)
    return SHAPES[shape](size * len(sample) // len(sample.encode()))


def _large(shape: str, size: int) -> None:
    """Cleans one text and prints characters, seconds and peak memory (MiB): run in a process of its own."""
    text = _of_bytes(shape, size)
    start = time.process_time()
    _clean(text)
    seconds = time.process_time() - start
    memory = peak_kibibytes() // _KILO
    sys.stdout.write(
        f"{len(text):12,} characters {seconds:8.1f} s {len(text) / seconds:12,.0f} a second {memory:7,} MiB"
    )


def main() -> None:
    """Measures every shape at three sizes, then the largest texts."""
    if len(sys.argv) > 1:
        _large(sys.argv[1], int(sys.argv[2]))
        return
    for name, text in SHAPES.items():
        times = [nanoseconds_a_character(text(_MILLION // part)) for part in (4, 2, 1)]
        print(
            f"{name:26}", *(f"{each:8.0f} ns" for each in times), f"   4n to n: {times[-1] / times[0]:.2f}", flush=True
        )
    for shape, millions in LARGEST:
        command = [sys.executable, "-m", "benchmarks.cleaning", shape, str(int(millions * _MILLION))]
        done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=GOLD.parents[1])  # noqa: S603 -- our own
        print(f"{shape:12} {millions:5} million: {done.stdout}", flush=True)


if __name__ == "__main__":
    main()
