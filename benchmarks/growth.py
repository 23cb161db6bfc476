"""How time and memory grow: hostile texts of one line, each at a size and at twice the size; memory at n and 4n."""

import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from benchmarks.memory import peak_kibibytes
from tasks.clean.issue import clean_issue
from tasks.errors import JianbaoError
from tasks.extract.issue import read_issue
from tasks.records import Article, CleanIssue, Document, Fetched, Line, Masthead, OffsetMap, Paragraph, Place

SHAPES: Final = {
    "digits": "1234567890",
    "dots": ".",
    "亿亿亿": "亿",
    "clauses without a full stop": "园区完成投资3.5亿元，比上年增长12%，其中新建项目12个，",
    "nested brackets": "（增长3%",
    "a list of 、": "苹果3万亩、",
    "open titles": "《增长3%",
    "shares of shares": "总量占全市3%，",
    "ranks": "增速居第3位，",
    "times": "1—9月增长3%、",
    "zones": "长治高新区完成3亿元，",
}
"""What hostile texts repeat."""

_KILO: Final = 1024


@dataclass(frozen=True, slots=True)
class Growth:
    """CPU seconds of a stage for a hostile text, and for one that is twice as long."""

    shape: str
    stage: str
    half: float
    whole: float

    @property
    def ratio(self) -> float:
        """Times that twice the text takes: 2 is linear."""
        return self.whole / self.half


def growths(size: int) -> Iterator[Growth]:
    """Each stage on each shape, at half the size and at the size (characters)."""
    for shape, unit in SHAPES.items():
        half, whole = (_repeated(unit, size // 2), _repeated(unit, size))
        yield Growth(shape, "cleaning", _seconds(_clean, half), _seconds(_clean, whole))
        yield Growth(shape, "extraction", _seconds(_extract, half), _seconds(_extract, whole))


def peak_memory(repository: Path, size: int, issues: int) -> float:
    """The peak (MiB) of a process that reads so many issues of so many characters."""
    command = [sys.executable, "-m", "benchmarks.growth", str(size), str(issues)]
    done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=repository)  # noqa: S603 -- our own
    return int(done.stdout) / _KILO


def _repeated(unit: str, size: int) -> str:
    return (unit * (size // len(unit) + 1))[:size]


def _seconds(work: Callable[[str], None], text: str) -> float:
    start = time.process_time()
    work(text)
    return max(time.process_time() - start, 1e-6)


def _clean(text: str) -> None:
    try:
        clean_issue((_document(text),))
    except JianbaoError:
        return  # many a hostile text holds no article, which takes as long to find out


def _extract(text: str) -> None:
    read_issue(_issue(text))


def _document(text: str) -> Document:
    file = Fetched("file:///hostile.txt", "hostile.txt", "0" * 64, len(text), "hostile.txt")
    return Document(file, "text/plain", "utf-8", ((Line(text, 1, 1),),))


def _issue(text: str) -> CleanIssue:
    """An issue whose only paragraph is a text as it is."""
    paragraph = Paragraph("text", text, 0, len(text))
    offsets = OffsetMap((0,), (Place(1, 1, 0),))
    article = Article(1, (), None, None, None, None, None, None, text, (paragraph,), offsets, 1, 1, 1)
    return CleanIssue((), Masthead(), None, None, (article,), ())


def _main() -> None:
    """Reads issues one after the other and writes the peak memory (KiB): run in a process of its own."""
    size, issues = map(int, sys.argv[1:])
    unit = "近日，园区完成投资3.5亿元，比上年增长12%，其中新建项目12个，占全市的30%。\n"
    issue = _issue(_repeated(unit, size))
    for _ in range(issues):
        read_issue(issue)
    sys.stdout.write(str(peak_kibibytes()))


if __name__ == "__main__":
    _main()
