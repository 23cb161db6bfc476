"""The masthead (刊头): what an issue says of itself."""

import re
from datetime import date
from typing import Final

from tasks.records import Masthead

_NUMBER: Final = re.compile(r"(?:\d{4}年)?第\d{1,4}期(?:[（(]总第\d{1,5}期[）)])?|总第\d{1,5}期")
_DATE: Final = re.compile(r"(\d{4})年(\d{1,2})月(?:(\d{1,2})日)?")


def read_masthead(text: str) -> tuple[Masthead, date | None] | None:
    """Title, number and date of a line that carries an issue number; None for any other line."""
    number = _NUMBER.search(text)
    if number is None or len(text) > 60 or "。" in text:
        return None
    dated = _DATE.search(text)
    try:
        day = date(int(dated[1]), int(dated[2]), int(dated[3] or 1)) if dated else None
    except ValueError:
        day = None
    return Masthead(title=text[: number.start()].strip() or None, number=number[0].strip()), day
