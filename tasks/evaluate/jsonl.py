"""Files of one JSON object a line, read into typed records; what is wrong is reported with its file and line."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import MISSING, fields
from io import StringIO
from pathlib import Path
from typing import Any, TypeVar

from pydantic import TypeAdapter, ValidationError

from tasks.errors import UsageError

_Record = TypeVar("_Record")


def read_records(path: Path, record: type[_Record]) -> Sequence[tuple[int, _Record]]:
    """The records of a file, each with the number of its line; blank lines are passed over.

    `record` is a dataclass whose annotations pydantic checks. A known field that may be left out, and an unknown one
    alone, are accepted; both at once are a misspelt field.
    """
    adapter = TypeAdapter(record)
    rows = [(number, _row(path, number, line)) for number, line in _lines(path) if line.strip()]
    check(path, ((number, fault) for number, row in rows for fault in _misspelt(row, record)))
    return [(number, _record(path, number, row, adapter)) for number, row in rows]


def check(path: Path, faults: Iterator[tuple[int, str]]) -> None:
    """Raises the first of the faults, each a line number and a sentence, if there is one."""
    for number, what in faults:
        raise _error(path, number, what)


def _lines(path: Path) -> Iterator[tuple[int, str]]:
    try:
        data = path.read_bytes()
    except OSError as error:
        raise UsageError(f"{path} cannot be read ({error.strerror}). A gold folder needs this file.") from error
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        number = data.count(b"\n", 0, error.start) + 1
        raise _error(path, number, "the bytes are not UTF-8. Save the file as UTF-8") from error
    return enumerate(StringIO(text, newline=None), start=1)


def _row(path: Path, number: int, line: str) -> dict[str, Any]:
    try:
        row = json.loads(line)
    except ValueError as error:
        raise _error(path, number, f"this is no JSON ({error}). Write one JSON object a line") from error
    if not isinstance(row, dict):
        raise _error(path, number, "this is JSON, but no object. Write one JSON object a line")
    return row


def _misspelt(row: Mapping[str, Any], record: type[Any]) -> Iterator[str]:
    known = {field.name: field for field in fields(record)}
    unknown = sorted(row.keys() - known)
    left_out = [name for name, field in known.items() if name not in row and field.default is not MISSING]
    if unknown and left_out:
        yield f"{unknown[0]!r} is no field. Remove it, or rename it if {' or '.join(left_out)} is meant"


def _record(path: Path, number: int, row: Mapping[str, Any], adapter: TypeAdapter[_Record]) -> _Record:
    try:
        return adapter.validate_python(row)
    except ValidationError as error:
        first = error.errors()[0]
        field = first["loc"][0]
        if field not in row:
            raise _error(path, number, f"{field!r} is missing. Add it") from error
        message = first["msg"].removeprefix("Value error, ")
        raise _error(path, number, f"{field}: {message}, not {first['input']!r}. Correct it") from error


def _error(path: Path, number: int, what: str) -> UsageError:
    return UsageError(f"{path}, line {number}: {what}.")
