"""The sample issue, loaded once by the real stages, and rows of it in a form that can be written down."""

from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb

from tests.support.loading import load, read_text
from warehouse.home import Home

GOLD = Path(__file__).parent.parent / "gold"
SAMPLE = GOLD / "shanxi-2023/shanxi-2023.txt"


def load_sample(root: Path) -> Home:
    """A home that holds the sample issue."""
    home = Home.at(root)
    home.prepare()
    load(home, [str(SAMPLE)], read=read_text)
    return home


def rows(connection: duckdb.DuckDBPyConnection, query: str) -> list[dict[str, Any]]:
    """The rows of a query (of the last one when it is empty) without what is NULL, empty or false; metric ids without the issue's."""
    cursor = connection.execute(query) if query else connection
    names = [column[0] for column in cursor.description or ()]
    return [
        {
            name: shown
            for name, value in zip(names, row, strict=True)
            if (shown := _shown(value)) not in (None, [], False)
        }
        for row in cursor.fetchall()
    ]


def _shown(value: object) -> object:
    if isinstance(value, Decimal):
        return int(value) if value == int(value) else float(value)
    if isinstance(value, list):
        return [_shown(one) for one in value]
    if isinstance(value, str) and value.count("-") == 2 and len(value) == 19:
        return value[13:]  # 9ae2d0e3f006-07-001
    return str(value) if hasattr(value, "isoformat") else value
