"""CSV for spreadsheets: UTF-8 with a byte order mark, without which Excel garbles Chinese, and its line ends."""

import csv
from pathlib import Path

from tasks.export.cells import starts_formula
from tasks.export.result import Exported, Result
from tasks.values import text


def write_csv(result: Result, draft: Path, path: Path) -> Exported:
    """Write `draft`, which will become `path`. Text that could start a formula gets an apostrophe in front."""
    guarded = rows = 0

    def cell(value: object) -> str:
        nonlocal guarded
        written = text(value)
        # Numbers may begin with a minus: only text that came as text can be a formula.
        if isinstance(value, str) and starts_formula(value):
            guarded += 1
            return f"'{written}"
        return written

    with draft.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, lineterminator="\r\n")
        writer.writerow([cell(name) for name in result.columns])
        for row in result.rows():
            writer.writerow([cell(value) for value in row])
            rows += 1
    note = f"{guarded} texts that a spreadsheet could take for a formula got an apostrophe (') in front."
    return Exported(path, rows, (note,) if guarded else ())
