"""Latin words that were hyphenated at the end of a line: the hyphen is the typesetter's, and set aside."""

import re
from collections.abc import Sequence
from typing import Final

from tasks.clean.flow import HYPHEN
from tasks.clean.lines import Printed

_BROKEN: Final = re.compile(r"(?<![A-Za-z0-9_./:-])[A-Za-z][a-z]+-$")
_GOES_ON: Final = re.compile(r"[a-z]{2}")


def without_hyphens(printed: Sequence[Printed]) -> tuple[list[Printed], list[Printed]]:
    """The lines without the hyphens that part a word (Semi-⏎conductor), and these hyphens; COVID-⏎19 keeps its own."""
    lines: list[Printed] = list(printed)
    hyphens: list[Printed] = []
    for at in range(len(lines) - 1):
        line = lines[at]
        if line.text[-1] != HYPHEN or line.strip.line_text[line.strip.end - 1] != HYPHEN:
            continue
        if _BROKEN.search(line.text) and _GOES_ON.match(lines[at + 1].text):
            end = line.strip.end - 1
            hyphens.append(line._replace(text=HYPHEN, strip=line.strip._replace(start=end)))
            lines[at] = line._replace(text=line.text[:-1], strip=line.strip._replace(end=end))
    return lines, hyphens
