"""What the pages are made of: rows of the warehouse as typed records, whose fields are named as the columns."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Issue:
    """An issue, with its neighbours in time (NULL at the ends) for leafing through."""

    issue_id: str
    title: str | None
    number: str | None
    issue_date: date | None
    issue_date_basis: str | None
    publisher: str | None
    article_count: int
    metric_count: int
    revision: int
    ingested_at: datetime
    extractor_version: str
    file_names: list[str]
    earlier_id: str | None
    later_id: str | None

    @property
    def name(self) -> str:
        """What the issue is called on a page: its title, else its first file."""
        return self.title or self.file_names[0]


@dataclass(frozen=True, slots=True)
class Article:
    """An article with the place of it in the source."""

    article_id: str
    issue_id: str
    seq: int
    headline: str | None
    kicker: str | None
    title: str | None
    subtitle: str | None
    author: str | None
    dateline: str | None
    event_date: date | None
    zone: str | None
    region: str | None
    column_label: str | None
    body: str
    file_name: str
    source_page: int
    source_line_start: int
    source_line_end: int


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph: its offsets in the body of the article."""

    article_id: str
    kind: str
    span_start: int
    span_end: int


@dataclass(frozen=True, slots=True)
class Metric:
    """A metric as corrected, the value as printed beside it, and the names of its indicator in the vocabulary."""

    metric_id: str
    issue_id: str
    article_id: str
    sentence: str
    quote: str
    span_start: int
    span_end: int
    source_page: int
    source_line_start: int
    source_line_end: int
    value: Decimal | None
    value_low: Decimal | None
    value_high: Decimal | None
    qualifier: str
    unit: str
    classifier: str | None
    per: str | None
    kind: str
    basis: str | None
    subject: str | None
    indicator: str
    indicator_code: str | None
    indicator_zh: str | None
    indicator_en: str | None
    status: str
    period_start: date | None
    period_end: date | None
    period_text: str | None
    period_basis: str | None
    zone: str | None
    region: str | None
    part_of: str | None
    confidence: float
    rule: str
    is_corrected: bool

    @property
    def what(self) -> str:
        """Subject and indicator in one phrase."""
        return " · ".join(word for word in (self.subject, self.indicator) if word)


@dataclass(frozen=True, slots=True)
class Check:
    """A check that concerns an issue (its own, or one that a metric of it takes part in)."""

    check_id: str
    on_issue_id: str
    article_id: str | None
    rule: str
    severity: str
    outcome: str
    message: str
    expected: str | None
    found: str | None
    metric_ids: list[str]

    @property
    def words(self) -> tuple[str, str]:
        """The sentence in Chinese and in English; a formula has no second part."""
        zh, end, en = self.message.partition("。 ")
        return (f"{zh}。", en) if end else (self.message, "")


@dataclass(frozen=True, slots=True)
class Statement:
    """One time that a fact was said, where it was said more than once: for the history of a metric."""

    metric_id: str
    fact: int
    issue_id: str
    issue_date: date | None
    issue_name: str
    quote: str
    value: Decimal | None


@dataclass(frozen=True, slots=True)
class IssuePage:
    """Everything that the page of one issue shows."""

    state: str
    issue: Issue
    articles: tuple[Article, ...]
    paragraphs: tuple[Paragraph, ...]
    metrics: tuple[Metric, ...]
    checks: tuple[Check, ...]
    statements: tuple[Statement, ...]


@dataclass(frozen=True, slots=True)
class Totals:
    """What the warehouse holds."""

    issues: int
    articles: int
    metrics: int
    zones: int
    first_issue_date: date | None
    last_issue_date: date | None
    checks_failed: int
    rejects: int


@dataclass(frozen=True, slots=True)
class ListedIssue:
    """An issue in the list of all issues."""

    issue_id: str
    name: str
    number: str | None
    issue_date: date | None
    ingested_at: datetime
    revision: int
    article_count: int
    metric_count: int
    zones: list[str]
    headlines: list[str]


@dataclass(frozen=True, slots=True)
class Figure:
    """A number worth showing of a fresh issue, with its place."""

    issue_id: str
    metric_id: str
    zone: str | None
    subject: str | None
    indicator: str
    value: Decimal | None
    value_low: Decimal | None
    value_high: Decimal | None
    qualifier: str
    unit: str
    classifier: str | None
    per: str | None
    quote: str


@dataclass(frozen=True, slots=True)
class Change:
    """A figure that a newer issue states otherwise: restated for the same time, or moved since an earlier time."""

    is_restated: bool
    zone: str | None
    subject: str | None
    indicator: str
    unit: str
    per: str | None
    basis: str | None
    before_value: Decimal
    before_start: date | None
    before_as_of: date | None
    before_issue_id: str
    before_metric_id: str
    after_value: Decimal
    after_start: date | None
    after_as_of: date | None
    after_issue_id: str
    after_metric_id: str


@dataclass(frozen=True, slots=True)
class Score:
    """A row of the view zone_scorecard, with the places of its numbers: (issue_id, metric_id, quote)."""

    zone: str
    is_region: bool
    period_start: date | None
    period_end: date | None
    as_of: date | None
    projects_planned: Decimal | None
    projects_started: Decimal | None
    projects_under_construction: Decimal | None
    projects_in_production: Decimal | None
    investment_total: Decimal | None
    investment_planned: Decimal | None
    investment_completed: Decimal | None
    signed: Decimal | None
    flags: list[str]
    places: list[dict[str, str]]


@dataclass(frozen=True, slots=True)
class StageCount:
    """Projects of a zone or region at a stage, as its newest issue counts them; NULL where it gives several numbers."""

    stage: str
    zone: str
    projects: Decimal | None
    subject: str | None
    is_region: bool
    is_bound: bool
    issue_id: str
    issue_date: date | None
    metric_id: str


@dataclass(frozen=True, slots=True)
class Seen:
    """A zone in a month: what the view coverage says."""

    zone: str
    month: date
    issues: int
    metrics: int


@dataclass(frozen=True, slots=True)
class Refused:
    """A file in quarantine."""

    source_uri: str
    stage: str
    message: str
    last_seen: datetime


@dataclass(frozen=True, slots=True)
class Overview:
    """Everything that the overview shows; `made_at` is UTC, `quotes` are those of the metrics in `checks`."""

    made_at: datetime
    totals: Totals
    issues: tuple[ListedIssue, ...]
    figures: tuple[Figure, ...]
    changes: tuple[Change, ...]
    scores: tuple[Score, ...]
    funnel: tuple[StageCount, ...]
    coverage: tuple[Seen, ...]
    checks: tuple[Check, ...]
    quotes: dict[str, str]
    refused: tuple[Refused, ...]
