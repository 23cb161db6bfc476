"""Which files are pages of one issue.

- Files of a folder whose names differ in a page mark only: `2024-03_p1.txt`, `2024-03_p2.txt`; also `-page2`, `_第2版`,
  `第2页`. Names that are nothing but the mark (`p1.txt`, `第1版.txt`) belong to the folder.
- Files that are called by bare numbers (`1.txt`, `2.txt`) in a folder whose name names an issue: `2024-03/`, `第5期/`.
- All files of a folder that holds a `meta.yaml`.

An archive is a folder.

Any other file is an issue by itself. What a person says about an issue stands beside it: `<name>.meta.yaml` for a file
or a group (`2024-03.meta.yaml`), `meta.yaml` in the folder.
"""

import os
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Final

from tasks.records import Fetched, Found, FoundIssue, IssueFiles
from tasks.sources.archive import MEMBER_MARK
from tasks.sources.fetch import fetch, identify
from warehouse.home import Home

SIDECAR_SUFFIX: Final = ".meta.yaml"
FOLDER_SIDECAR: Final = "meta.yaml"

_PAGE: Final = re.compile(
    r"(?P<stem>.*?)[\s_.\-—（(]*(?:(?<![A-Za-z])(?:p|pg|page)[\s_\-]?0*(?P<page>\d{1,3})|第?0*(?P<sheet>\d{1,3})[版页])[)）]?",
    re.IGNORECASE,
)
_NUMBER: Final = re.compile(r"0*(?P<page>\d{1,3})")
_NAMES_AN_ISSUE: Final = re.compile(r"期|(?<!\d)(?:19|20)\d\d(?:[-_.年]?(?:0[1-9]|1[0-2]|[1-9]月))")
_ARCHIVE_END: Final = MEMBER_MARK.rstrip("/")
_DIGIT: Final = re.compile(r"\d")


@dataclass(frozen=True, slots=True)
class Page:
    """What a file's place says of it: the issue's folder and name, and the page; -1 where it bears no page mark."""

    folder: str
    stem: str
    number: int

    @property
    def is_named(self) -> bool:
        """Whether the name tells this issue from the next one (2024-03, 第5期)."""
        return self.number >= 0 and _DIGIT.search(self.stem) is not None


def page_of(source_uri: str) -> Page:
    """The page that a file is by its name."""
    path = PurePosixPath(source_uri)
    folder, name = str(path.parent), path.name
    parent = path.parent.name.removesuffix(_ARCHIVE_END)
    stem = name.rsplit(".", 1)[0] if "." in name[1:] else name
    marked = _PAGE.fullmatch(stem)
    if marked:
        return Page(folder, marked["stem"] or parent, int(marked["page"] or marked["sheet"]))
    bare = _NUMBER.fullmatch(stem)
    if bare and _NAMES_AN_ISSUE.search(parent):
        return Page(folder, parent, int(bare["page"]))
    return Page(folder, stem, -1)


def issues_of(files: Sequence[Found], home: Home, sidecars: Sequence[Found] = ()) -> list[FoundIssue]:
    """The files as issues, each with its pages in order and its sidecar, in the order of their first files.

    `sidecars` are those of sources that have no folder on this machine, where they could be looked for.
    """
    beside = _Sidecars(home, sidecars)
    groups: dict[tuple[str, str], list[tuple[int, Found]]] = {}
    names: dict[tuple[str, str], str] = {}
    whole: dict[str, bool] = {}
    for file in files:
        page = page_of(file.source_uri)
        if page.folder not in whole:
            whole[page.folder] = beside.find(page.folder) is not None
        if whole[page.folder]:
            key, name = (page.folder, ""), PurePosixPath(page.folder).name.removesuffix(_ARCHIVE_END)
        elif page.number >= 0:
            key, name = (page.folder, f"{page.stem}/"), page.stem
        else:
            key, name = (page.folder, file.file_name), file.file_name
        names[key] = name
        groups.setdefault(key, []).append((page.number, file))
    return [
        FoundIssue(
            names[key] if len(pages) > 1 else pages[0][1].file_name,
            tuple(file for _, file in sorted(pages, key=_reading_order)),
            beside.find(key[0], [f"{name}{SIDECAR_SUFFIX}" for name in (names[key], *_stems(pages))]),
        )
        for key, pages in groups.items()
    ]


def identify_issue(found: FoundIssue, home: Home) -> IssueFiles:
    """Hash the files of an issue where they lie. Raises UnreadableFileError when one of them cannot be read."""
    files = tuple(identify(file, home) for file in found.files)
    return IssueFiles(found.name, files, identify(found.sidecar, home) if found.sidecar else None)


def fetch_issue(issue: IssueFiles, home: Home) -> None:
    """Copy the files of an issue into the raw store. Raises UnreadableFileError when one of them cannot be had."""
    for file in issue.every_file:
        fetch(file, home)


def completed(issue: IssueFiles, published: Sequence[Fetched]) -> IssueFiles:
    """The issue with those of its published pages that were not sent again, and with its published sidecar.

    Only where the name tells the issue from others: a `p1.txt` that is overwritten each month is not completed.
    """
    pages = {page.number: file for file in issue.files if (page := page_of(file.source_uri)).is_named}
    if not pages:
        return issue
    place = page_of(issue.files[0].source_uri)
    sidecar = issue.sidecar
    for file in published:
        page = page_of(file.source_uri)
        if (page.folder, page.stem) == (place.folder, place.stem) and page.number >= 0:
            pages.setdefault(page.number, file)
        elif sidecar is None and file.source_uri == f"{place.folder}/{place.stem}{SIDECAR_SUFFIX}":
            sidecar = file
    files = tuple(pages[number] for number in sorted(pages))
    return IssueFiles(place.stem if len(files) > 1 else issue.name, files, sidecar)


def pages_in_order(paths: Iterable[Path]) -> tuple[Path, ...]:
    """The files of a folder that is one issue, as they are read one after another."""
    found = [(page_of(path.as_posix()).number, path.name, path) for path in paths]
    return tuple(path for *_, path in sorted(found, key=lambda page: _order(page[0], page[1])))


def _reading_order(page: tuple[int, Found]) -> tuple[bool, int, list[tuple[int, str]]]:
    return _order(page[0], page[1].file_name)


def _order(number: int, name: str) -> tuple[bool, int, list[tuple[int, str]]]:
    parts = re.split(r"(\d+)", name)
    return number < 0, number, [(int(part), "") if part.isdigit() else (-1, part) for part in parts]


def _stems(pages: Sequence[tuple[int, Found]]) -> list[str]:
    """For a single file: its name with and without its suffix."""
    if len(pages) > 1:
        return []
    name = pages[0][1].file_name
    return [name, name.rsplit(".", 1)[0]]


class _Sidecars:
    """The sidecars beside the files: those of a source that lists them, and on this machine those of each folder."""

    def __init__(self, home: Home, listed: Sequence[Found]) -> None:
        self._home = home
        self._folders: dict[str, dict[str, Found]] = {}
        for one in listed:
            # As a folder and a name are put together here.
            place = PurePosixPath(one.source_uri)
            self._folders.setdefault(str(place.parent), {})[place.name] = one

    def find(self, folder: str, names: Sequence[str] = ()) -> Found | None:
        """The sidecar of a file or of a group that is called by one of the names, else that of the folder."""
        there = self._folders.get(folder)
        if there is None:
            there = self._folders[folder] = self._listed(folder)
        return next((there[name] for name in (*names, FOLDER_SIDECAR) if name in there), None)

    def _listed(self, folder: str) -> dict[str, Found]:
        path = Path(self._home.root, folder)
        try:
            names = [one.name for one in os.scandir(path) if one.name.endswith((SIDECAR_SUFFIX, FOLDER_SIDECAR))]
        except OSError:
            # of another machine, in an archive, or gone
            return {}
        return {
            name: Found(f"{folder}/{name}" if folder != "." else name, name)
            for name in names
            if (path / name).is_file()
        }
