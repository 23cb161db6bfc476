"""What may stand in a sidecar, and what is said about anything else."""

from datetime import date
from pathlib import Path

import pytest

from tasks.errors import SidecarError
from tasks.read.sidecar import read_sidecar
from tasks.records import Fetched, Sidecar


def read(folder: Path, data: bytes) -> Sidecar:
    (folder / "a.meta.yaml").write_bytes(data)
    return read_sidecar(Fetched("a.meta.yaml", "a.meta.yaml", "ab" * 32, len(data), "a.meta.yaml"), folder)


def test_every_field(tmp_path: Path) -> None:
    said = read(tmp_path, "title: 开发区简报\nnumber: 3\nissue_date: 2024-03-15\npublisher: 某某管委会\n".encode())
    assert (said.title, said.number, said.issue_date, said.publisher) == (
        "开发区简报",
        "3",
        date(2024, 3, 15),
        "某某管委会",
    )


def test_an_empty_sidecar_says_nothing(tmp_path: Path) -> None:
    said = read(tmp_path, b"\n")
    assert (said.title, said.number, said.issue_date, said.publisher) == (None, None, None, None)


@pytest.mark.parametrize(
    ("data", "fault"),
    [
        ("标题: 简报".encode(), "标题: Extra inputs"),
        (b"issue_date: 2024-13-45", "this is no YAML.*month must be"),
        (b"title: ''", "title: .*at least 1 character"),
        (b"- a", "the file: "),
        (b"title: [", "this is no YAML in UTF-8"),
        ("title: 简报".encode("gb18030"), "this is no YAML in UTF-8"),
    ],
    ids=["unknown field", "no such day", "empty", "list", "broken", "other encoding"],
)
def test_a_slip_is_named_with_what_may_stand_there(tmp_path: Path, data: bytes, fault: str) -> None:
    with pytest.raises(SidecarError, match=rf"^a\.meta\.yaml: {fault}.*It may hold title, number"):
        read(tmp_path, data)
