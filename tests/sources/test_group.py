"""Which files are pages of one issue, and which sidecar speaks of it."""

from pathlib import Path

import pytest

from tasks.records import Fetched, Found, FoundIssue, IssueFiles
from tasks.sources.discover import discover
from tasks.sources.group import completed, issues_of
from warehouse.home import Home


def grouped(root: Path, *names: str) -> list[FoundIssue]:
    """The issues that the inbox of a home with these files holds; sidecars are among the names."""
    home = Home.at(root)
    home.prepare()
    for name in names:
        path = home.inbox / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name, encoding="utf-8")
    return issues_of(discover((), home), home)


def shown(issues: list[FoundIssue]) -> list[tuple[str, list[str]]]:
    return [(issue.name, [file.file_name for file in issue.files]) for issue in issues]


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (["a.txt", "b.txt"], [("a.txt", ["a.txt"]), ("b.txt", ["b.txt"])]),
        (["2024-03_p10.txt", "2024-03_p2.txt"], [("2024-03", ["2024-03_p2.txt", "2024-03_p10.txt"])]),
        (["简报-第2版.txt", "简报-第1版.txt"], [("简报", ["简报-第1版.txt", "简报-第2版.txt"])]),
        (["a page 1.txt", "a page 2.txt"], [("a", ["a page 1.txt", "a page 2.txt"])]),
        (
            ["2024-03_p1.txt", "2024-04_p1.txt"],
            [("2024-03_p1.txt", ["2024-03_p1.txt"]), ("2024-04_p1.txt", ["2024-04_p1.txt"])],
        ),
        (["第5期/p1.txt", "第5期/p2.txt"], [("第5期", ["p1.txt", "p2.txt"])]),
        (["2024-03/2.txt", "2024-03/1.txt"], [("2024-03", ["1.txt", "2.txt"])]),
        (["2024/1.txt", "2024/2.txt"], [("1.txt", ["1.txt"]), ("2.txt", ["2.txt"])]),
        (["x/p1.txt", "y/p2.txt"], [("p1.txt", ["p1.txt"]), ("p2.txt", ["p2.txt"])]),
        (["x/b.txt", "x/a.txt", "x/meta.yaml"], [("x", ["a.txt", "b.txt"])]),
        (["第15期.txt", "第16期.txt"], [("第15期.txt", ["第15期.txt"]), ("第16期.txt", ["第16期.txt"])]),
        (["2024-03.txt", "2024-04.txt"], [("2024-03.txt", ["2024-03.txt"]), ("2024-04.txt", ["2024-04.txt"])]),
    ],
    ids=lambda value: " ".join(map(str, value)) if isinstance(value[0], str) else "",
)
def test_pages_are_told_by_their_names(tmp_path: Path, names: list[str], expected: list[tuple[str, list[str]]]) -> None:
    assert shown(grouped(tmp_path, *names)) == expected


@pytest.mark.parametrize(
    ("names", "sidecar"),
    [
        (["a.txt"], None),
        (["a.txt", "a.meta.yaml"], "inbox/a.meta.yaml"),
        (["a.txt", "a.txt.meta.yaml"], "inbox/a.txt.meta.yaml"),
        (["a.txt", "b.meta.yaml"], None),
        (["2024-03_p1.txt", "2024-03_p2.txt", "2024-03.meta.yaml"], "inbox/2024-03.meta.yaml"),
        (["2024-03_p1.txt", "2024-03.meta.yaml"], "inbox/2024-03.meta.yaml"),
        (["x/a.txt", "x/b.txt", "x/meta.yaml"], "inbox/x/meta.yaml"),
    ],
)
def test_a_sidecar_stands_beside_its_issue(tmp_path: Path, names: list[str], sidecar: str | None) -> None:
    (issue,) = grouped(tmp_path, *names)
    assert (issue.sidecar.source_uri if issue.sidecar else None) == sidecar


def fetched(uri: str) -> Fetched:
    return Fetched(uri, Path(uri).name, uri * 4, 1, f"raw/{uri}")


@pytest.mark.parametrize(
    ("sent", "published", "pages"),
    [
        (["in/3期_p2.txt"], ["in/3期_p1.txt"], ["in/3期_p1.txt", "in/3期_p2.txt"]),
        (["in/3期_p2.txt"], ["in/4期_p1.txt"], ["in/3期_p2.txt"]),
        (["in/3期_p2.txt"], ["other/3期_p1.txt"], ["in/3期_p2.txt"]),
        (["in/p2.txt"], ["in/p1.txt"], ["in/p2.txt"]),
        (["in/a.txt"], ["in/b.txt"], ["in/a.txt"]),
    ],
    ids=["same issue", "other issue", "other folder", "names that name no issue", "no pages"],
)
def test_a_page_that_comes_alone_joins_the_published_ones(
    sent: list[str], published: list[str], pages: list[str]
) -> None:
    whole = completed(IssueFiles("x", tuple(map(fetched, sent))), list(map(fetched, published)))
    assert [file.source_uri for file in whole.files] == pages


def test_an_issue_is_known_by_its_bytes_whatever_their_order() -> None:
    one, two = fetched("a"), fetched("b")
    assert IssueFiles("x", (one,)).sha256 == one.sha256
    assert IssueFiles("x", (one, two)).sha256 == IssueFiles("x", (two, one)).sha256 != one.sha256
    assert IssueFiles("x", (one,), two).sha256 != one.sha256
    assert Found("a", "a").source_uri == "a"
