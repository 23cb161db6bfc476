"""What a person says about an issue in `<name>.meta.yaml`: it stands above what the masthead says."""

from datetime import date
from pathlib import Path
from typing import Annotated

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from tasks.errors import SidecarError, UnreadableFileError
from tasks.records import Fetched, Sidecar

_Text = Annotated[str, Field(min_length=1, max_length=200)]
_FIELDS = "title, number, issue_date (YYYY-MM-DD), publisher"


class _SidecarFile(BaseModel):
    """The file as written; a number is a text (`number: 第3期`, or `number: 3`)."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True, coerce_numbers_to_str=True)

    title: _Text | None = None
    number: _Text | None = None
    issue_date: date | None = None
    publisher: _Text | None = None


def read_sidecar(file: Fetched, home_root: Path) -> Sidecar:
    """What a sidecar says; an empty one says nothing (it makes its folder one issue).

    Raises `SidecarError` for a file that says it in another way, and `UnreadableFileError` if it cannot be opened.
    """
    try:
        content = yaml.safe_load((home_root / file.raw_path).read_text(encoding="utf-8-sig"))
        return Sidecar(file, **_SidecarFile.model_validate(content or {}).model_dump())
    except OSError as error:
        raise UnreadableFileError(f"{file.file_name}: its raw copy cannot be read ({error.strerror}).") from error
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(map(str, first["loc"])) or "the file"
        raise SidecarError(
            f"{file.file_name}: {place}: {first['msg']}, not {first['input']!r}. It may hold {_FIELDS}."
        ) from error
    except (ValueError, yaml.YAMLError) as error:
        # a day that is on no calendar is a plain ValueError of the YAML reader
        reason = " ".join(str(error).split())
        raise SidecarError(f"{file.file_name}: this is no YAML in UTF-8 ({reason}). It may hold {_FIELDS}.") from error
