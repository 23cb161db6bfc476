"""JioNLP's money and time extractors on a JSON list of paragraphs, run in the environment of the peers.

Writes {"seconds": CPU time of both, "spans": for each paragraph the [start, end] of its amounts of money}.
"""

import contextlib
import json
import sys
import time
from typing import Any

with contextlib.redirect_stdout(sys.stderr):
    import jionlp

ISSUE_TIME = 1690732800.0
"""What 今年 is told from: a day of 2023, never the clock."""


def read(paragraph: str) -> list[tuple[int, int]]:
    """The amounts of money; the times are found as well, since both are what a bulletin needs."""
    jionlp.ner.extract_time(paragraph, time_base=ISSUE_TIME)
    found: list[dict[str, Any]] = jionlp.ner.extract_money(paragraph)
    return [tuple(item["offset"]) for item in found]


def main() -> None:
    """Reads standard input, writes standard output."""
    paragraphs = json.load(sys.stdin)
    with contextlib.redirect_stdout(sys.stderr):
        read("2023年1月至6月，完成投资3.5亿元。")
        start = time.process_time()
        spans = [read(paragraph) for paragraph in paragraphs]
        seconds = time.process_time() - start
    json.dump({"seconds": seconds, "spans": spans}, sys.stdout)


if __name__ == "__main__":
    main()
