"""`python -m benchmarks.pages [--issues N] [--pages N]`: issues as PDF, in one run beside other readers.

Gold issues are set as newspaper pages; what jianbao reads on them stands beside what it makes of the text that
pdftotext (poppler-utils) and pdfplumber give for the same pages, and beside the issues' own text. Then pages a second,
and the peak memory of reading one page and many.
"""

import argparse
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from io import BytesIO
from pathlib import Path
from statistics import mean
from tempfile import TemporaryDirectory
from typing import Final

import pypdfium2

from tasks.errors import JianbaoError
from tasks.evaluate.run import evaluate_gold
from tasks.read.pages import read_pdf
from tasks.read.recognition import is_installed
from tasks.records import Fetched
from tests.support.newspaper import as_gold, masthead_of, printed, sheet, source_of
from tests.support.scans import scanned
from tests.support.typeset.stories import SET_ISSUES, stories

GOLD: Final = Path(__file__).parent.parent / "tests/gold"
FIGURES: Final = ("segmentation f1", "headline", "body", "detection f1", "strict f1")
_PLUMBER: Final = Path(__file__).parent.parent / ".bench/python/bin/python"
TextOf = Callable[[Path], str]


def main() -> None:
    """Prints the figures."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.pages", description=__doc__)
    parser.add_argument("--issues", type=int, default=28, help="how many issues are set")
    parser.add_argument("--pages", type=int, default=500, help="pages of the long document")
    options = parser.parse_args()
    with TemporaryDirectory() as folder:
        place = Path(folder)
        _print_quality(options.issues, place)
        _print_speed_and_memory(options.pages, place)


def readers() -> Mapping[str, TextOf]:
    """The other readers that are installed: a PDF to its text, a form feed between pages."""
    found: dict[str, TextOf] = {}
    if shutil.which("pdftotext"):
        found["pdftotext"] = lambda pdf: _told(["pdftotext", "-enc", "UTF-8", str(pdf), "-"])
    else:
        print("pdftotext is left out: install poppler-utils.")
    if _PLUMBER.exists():
        script = str(Path(__file__).parent / "pdfplumber_text.py")
        found["pdfplumber"] = lambda pdf: _told([str(_PLUMBER), script, str(pdf)])
    else:
        print("pdfplumber is left out: `make bench` installs it from benchmarks/requirements.txt.")
    return found


def figures_of(gold: Path, workspace: Path) -> dict[str, float]:
    """The figures of a gold folder; zeros where no article is found at all."""
    try:
        return evaluate_gold(gold, workspace).figures.values()
    except JianbaoError:
        return dict.fromkeys(FIGURES, 0.0)


def _print_quality(issues: int, place: Path) -> None:
    others = readers()
    rows: dict[str, list[dict[str, float]]] = {name: [] for name in ("the issue's text", "jianbao on PDF", *others)}
    for seed in range(issues):
        folder = SET_ISSUES[seed % len(SET_ISSUES)]
        pdf = printed(source_of(stories(folder), sheet(seed), masthead_of(folder)))
        gold = as_gold(folder, place / f"pdf-{seed}", pdf)
        rows["the issue's text"].append(figures_of(folder, place))
        rows["jianbao on PDF"].append(figures_of(gold, place))
        for name, text_of in others.items():
            other = as_gold(folder, place / f"{name}-{seed}", pdf)
            (other / "source.txt").write_text(text_of(other / "source.pdf"), encoding="utf-8")
            rows[name].append(figures_of(other, place))
    print(f"\n{issues} issues set as pages, through the same cleaning and extraction: mean of each figure")
    print(f"  {'':20}", *(f"{name:>16}" for name in FIGURES))
    for name, figures in rows.items():
        print(f"  {name:20}", *(f"{mean(one.get(figure, 0.0) for one in figures):16.4f}" for figure in FIGURES))


def _print_speed_and_memory(pages: int, place: Path) -> None:
    folder = GOLD / "open-4"
    pdf = printed(source_of(stories(folder), sheet(8), masthead_of(folder)))
    print("\nPages a second, with the start of the child process")
    for name, data, count in (
        ("text layer", pdf, 20),
        ("optical recognition", scanned(pdf), 2 if is_installed() else 0),
    ):
        if count:
            (place / "timed.pdf").write_bytes(_repeated(data, count))
            start = time.perf_counter()
            read_pdf(Fetched("file:///timed.pdf", "timed.pdf", "0" * 64, 1, "timed.pdf"), place / "timed.pdf")
            print(f"  {name:20} {count / (time.perf_counter() - start):8.2f}   ({count} pages)")
    print("\nPeak memory (MiB) of the child that opens the file, and of the process that keeps the lines")
    for count in (1, pages):
        (place / "long.pdf").write_bytes(_repeated(pdf, count))
        command = [sys.executable, "-m", "benchmarks.peak", str(place / "long.pdf")]
        print(f"  {count:4} pages: {_told(command).strip()}")


def _repeated(pdf: bytes, count: int) -> bytes:
    """The first page of a PDF, many times over."""
    whole, one = pypdfium2.PdfDocument.new(), pypdfium2.PdfDocument(pdf)
    for _ in range(count):
        whole.import_pages(one, [0])
    file = BytesIO()
    whole.save(file)
    return file.getvalue()


def _told(command: list[str]) -> str:
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout  # noqa: S603 -- ours


if __name__ == "__main__":
    main()
