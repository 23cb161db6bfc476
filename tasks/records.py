"""The records that pass between the stages: few, frozen, typed.

A document (one file) belongs to an issue; it has pages of lines. Cleaning gives articles of paragraphs, each with a map
back to the source lines. Extraction gives metrics. Offsets count characters from 0, ends are exclusive; line and page
numbers count from 1 as a reader would.
"""

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from hashlib import sha256
from typing import Final, Literal, NamedTuple

ParagraphKind = Literal["text", "subheading", "list", "table"]
AsideKind = Literal["dateline", "byline", "furniture", "control"]
SIDECAR_TYPE: Final = "application/yaml"
"""The media type under which a sidecar stands among the documents of its issue."""

DateBasis = Literal["stated", "sidecar", "inferred"]
Qualifier = Literal["exact", "about", "over", "under", "at_least", "at_most", "range"]
Kind = Literal["level", "ratio", "growth", "delta", "rank"]
Basis = Literal["yoy", "mom", "plan", "peer", "base"]
Status = Literal["actual", "planned", "expected", "target"]
PeriodBasis = Literal["stated", "inherited", "issue"]
Severity = Literal["info", "warning", "error"]
Outcome = Literal["passed", "failed"]


@dataclass(frozen=True, slots=True)
class Found:
    """A file that a source offers, before its bytes are looked at.

    `shape` is what the listing tells of the bytes: as long as it is the same, so are they. It is None where the listing
    tells nothing, or the file is so new that it could change without a trace. Behind a `weak` one (a day of change, or
    none) the bytes are looked at now and then. `source` names the source that has to be asked for the bytes, by
    `address`, which may hold secrets; None for a file on this machine.
    """

    source_uri: str
    file_name: str
    shape: str | None = None
    weak: bool = False
    source: str | None = None
    address: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Fetched:
    """A file whose bytes lie in the raw store. `raw_path` is relative to the home."""

    source_uri: str
    file_name: str
    sha256: str
    byte_size: int
    raw_path: str

    @property
    def document_id(self) -> str:
        """The stable id of the bytes."""
        return self.sha256[:16]


@dataclass(frozen=True, slots=True)
class FoundIssue:
    """The files of one issue as a source offers them: its pages in order, and what a person says about it."""

    name: str
    files: tuple[Found, ...]
    sidecar: Found | None = None

    @property
    def source_uri(self) -> str:
        """Where its first page was found: the issue's place in messages and in the quarantine."""
        return self.files[0].source_uri


@dataclass(frozen=True, slots=True)
class IssueFiles:
    """The same with the bytes in the raw store. `name` is the file's name, or that of a group or folder of pages."""

    name: str
    files: tuple[Fetched, ...]
    sidecar: Fetched | None = None

    @property
    def source_uri(self) -> str:
        """Where its first page was found: the issue's place in messages and in the quarantine."""
        return self.files[0].source_uri

    @property
    def every_file(self) -> tuple[Fetched, ...]:
        """The pages and the sidecar."""
        return (*self.files, self.sidecar) if self.sidecar else self.files

    @property
    def sha256(self) -> str:
        """What its bytes are known by: the hash of a single file, else one of all hashes."""
        return hash_of([file.sha256 for file in self.every_file])


def hash_of(hashes: Iterable[str]) -> str:
    """One hash for the files of an issue, whatever their order; the hash itself where there is one."""
    ordered = sorted(hashes)
    return ordered[0] if len(ordered) == 1 else sha256("".join(ordered).encode()).hexdigest()


class Box(NamedTuple):
    """A rectangle on a page, from the page's top left corner: in points (1/72 inch), on a picture in its pixels."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def width(self) -> float:
        """From left to right."""
        return self.right - self.left

    @property
    def height(self) -> float:
        """From top to bottom."""
        return self.bottom - self.top


class Look(NamedTuple):
    """How a line is set on its page.

    `edges`: where each character of the line begins, and where the last one ends; `size`: that of its characters in the
    unit of the box; `scale`: the same as a multiple of the body text's; `left` and `right`: the edges of the column (of
    a headline: of the columns that it is set over); `block`: lines that are set together have the same number; `apart`:
    more white space stands above it than between two lines of a paragraph; `aside`: its place
    on the page says that it is in no article (a caption, a running head); `row`: it is a row of a
    table;
    `confidence`: how sure optical recognition was of the line, None for a text layer.
    """

    box: Box
    edges: tuple[float, ...]
    size: float
    scale: float
    bold: bool
    left: float
    right: float
    block: int
    apart: bool = False
    aside: bool = False
    row: bool = False
    confidence: float | None = None


class Line(NamedTuple):
    """One printed line: its text without the line end, its place, and its look where the format has one."""

    text: str
    page: int
    number: int
    look: Look | None = None
    begins: bool = False
    """An article begins with it, by what the document itself says (a heading)."""
    margin: int = 0
    """Characters at its beginning that are blank for it, because another column stands there."""


@dataclass(frozen=True, slots=True)
class Document:
    """A file as pages of lines, in the order of the dump."""

    file: Fetched
    media_type: str
    encoding: str | None
    pages: tuple[tuple[Line, ...], ...]
    asides: tuple["Aside", ...] = ()
    """What reading has set aside: no part of a page's text (navigation, running heads, footnotes)."""


class Place(NamedTuple):
    """Where something is printed: page, and column (offset in the line) of a source line.

    `document` counts the documents of the issue from 0; pages and lines are those of the document.
    """

    page: int
    line: int
    column: int
    document: int = 0


@dataclass(frozen=True, slots=True)
class OffsetMap:
    r"""Leads every character of a clean text to the line of the source that it came from.

    `starts[i]` is the offset at which a run of characters begins that stood side by side in the source, the first of
    them at `places[i]`. A character that cleaning put in (the "\\n" between paragraphs) belongs to the run before it.
    """

    starts: tuple[int, ...]
    places: tuple[Place, ...]

    def place(self, offset: int) -> Place:
        """The place of the character at `offset`."""
        at = bisect_right(self.starts, offset) - 1
        if at < 0:
            raise IndexError(f"offset {offset} lies before the text")
        start = self.places[at]
        return start._replace(column=start.column + offset - self.starts[at])


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph: `body[start:end]` of its article."""

    kind: ParagraphKind
    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Article:
    r"""An article, restored: headline lines in printed order, body (paragraphs joined by "\\n") and the way back."""

    seq: int
    headline: tuple[str, ...]
    kicker: str | None
    title: str | None
    subtitle: str | None
    author: str | None
    dateline: str | None
    column_label: str | None
    body: str
    paragraphs: tuple[Paragraph, ...]
    offsets: OffsetMap
    page: int
    line_start: int
    line_end: int
    document: int = 0
    """The document (counted from 0) that it begins in; `line_start` and `line_end` are lines of that one."""


@dataclass(frozen=True, slots=True)
class Aside:
    """Text that belongs to no article body, with its place and why it was set aside."""

    kind: AsideKind
    text: str
    page: int
    line: int
    document: int = 0


@dataclass(frozen=True, slots=True)
class Masthead:
    """What the issue says of itself; None where it does not say."""

    title: str | None = None
    number: str | None = None
    publisher: str | None = None


@dataclass(frozen=True, slots=True)
class Sidecar:
    """What a person says about an issue in a file of its own (`<name>.meta.yaml`); None where it says nothing."""

    file: Fetched
    title: str | None = None
    number: str | None = None
    issue_date: date | None = None
    publisher: str | None = None


@dataclass(frozen=True, slots=True)
class CleanIssue:
    """An issue as articles, with everything that was set aside and the date that its 今年 and 目前 refer to."""

    documents: tuple[Document, ...]
    masthead: Masthead
    issue_date: date | None
    issue_date_basis: DateBasis | None
    articles: tuple[Article, ...]
    asides: tuple[Aside, ...]
    sidecar: Sidecar | None = None


@dataclass(frozen=True, slots=True)
class Period:
    """A time that a quantity is about: first and last day, the words that state it, and how it was found."""

    start: date
    end: date
    text: str
    basis: PeriodBasis


@dataclass(frozen=True, slots=True)
class ZoneName:
    """A development zone (or a region where there is none) and the administrative division that it lies in."""

    name: str
    region: str | None


@dataclass(frozen=True, slots=True)
class Metric:
    """One quantity with what it is about; GUIDELINES fix the meaning of each field.

    `start` and `end` are offsets in the article's body; `part_of` is the index of the total in the article's metrics.
    """

    start: int
    end: int
    quote: str
    sentence: str
    paragraph: int
    raw_value: str
    raw_unit: str
    value: Decimal | None
    value_low: Decimal | None
    value_high: Decimal | None
    qualifier: Qualifier
    unit: str
    classifier: str | None
    per: str | None
    kind: Kind
    basis: Basis | None
    subject: str | None
    indicator: str
    indicator_code: str | None
    status: Status
    period: Period | None
    zone: ZoneName | None
    part_of: int | None
    confidence: float
    rule: str


@dataclass(frozen=True, slots=True)
class Check:
    """A question that a careful reader would ask.

    `metrics` are indices among the article's metrics, `others` the ids of metrics that stand elsewhere.
    """

    rule: str
    severity: Severity
    outcome: Outcome
    message: str
    expected: str | None = None
    found: str | None = None
    metrics: tuple[int, ...] = ()
    others: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """What extraction read in one article: its event date, its zone, its metrics in reading order, its checks."""

    article: Article
    event_date: date | None
    zone: ZoneName | None
    metrics: tuple[Metric, ...]
    checks: tuple[Check, ...]


@dataclass(frozen=True, slots=True)
class ReadIssue:
    """An issue ready to be loaded."""

    issue: CleanIssue
    readings: tuple[Reading, ...]
    extractor_version: str
