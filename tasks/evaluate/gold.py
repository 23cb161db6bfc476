"""Gold folders: what people wrote down about a document, loaded and checked before anything is measured against it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated, Final, TypeVar

from pydantic import AfterValidator, BeforeValidator, Field, TypeAdapter

from tasks.errors import UsageError
from tasks.evaluate.align import bare, bare_text
from tasks.evaluate.floors import FLOORS_FILE, read_floors
from tasks.evaluate.jsonl import check, read_records
from tasks.records import Basis, Kind, ParagraphKind, Qualifier, Status
from tasks.sources.group import SIDECAR_SUFFIX, pages_in_order

ARTICLES_FILE: Final = "articles.jsonl"
METRICS_FILE: Final = "metrics.jsonl"
ISSUE_FILE: Final = "issue.json"
SOURCE_FILE: Final = "source.txt"
SOURCE_FOLDER: Final = "source"
"""Holds the files of an issue of several."""
AS_OF: Final = "asof"
"""The end of a period that runs up to the issue: any later day of the same year is accepted."""

_Item = TypeVar("_Item")


def _printed(text: str) -> str:
    if not bare(text):
        raise ValueError("should be more than white space")
    return text


def _one_line(text: str) -> str:
    if "\n" in text:
        raise ValueError("a paragraph should have no line break (two lines are two paragraphs)")
    return text


def _day(text: str) -> str:
    try:
        normal = date.fromisoformat(text).isoformat()
    except ValueError:
        normal = ""
    if text != normal:
        raise ValueError("should be a day written YYYY-MM-DD")
    return text


def _day_or_as_of(text: str) -> str:
    return text if text == AS_OF else _day(text)


def _list(value: object) -> object:
    if isinstance(value, list):
        return value
    raise ValueError("should be a list")


def _list_or_one(value: object) -> object:
    return (value,) if isinstance(value, str) else _list(value)


def _pair(value: object) -> object:
    if not isinstance(value, list) or len(value) != 2:
        raise ValueError("should be a list of the first and the last day")
    return value


def _some(values: tuple[_Item, ...]) -> tuple[_Item, ...]:
    if not values:
        raise ValueError("should not be empty")
    return values


_Text = Annotated[str, AfterValidator(_printed)]
_Paragraph = Annotated[_Text, AfterValidator(_one_line)]
_Day = Annotated[str, AfterValidator(_day)]
_LastDay = Annotated[str, AfterValidator(_day_or_as_of)]
_ArticleNumber = Annotated[int, Field(strict=True, ge=1)]
_Quantity = Annotated[float, Field(strict=True, allow_inf_nan=False)]
_List = Annotated[tuple[_Item, ...], BeforeValidator(_list)]
_FullList = Annotated[tuple[_Item, ...], BeforeValidator(_list), AfterValidator(_some)]
_Accepted = Annotated[tuple[_Item, ...], BeforeValidator(_list_or_one)]
_Choice = Annotated[tuple[_Item, ...], BeforeValidator(_list_or_one), AfterValidator(_some)]


@dataclass(frozen=True, slots=True)
class GoldArticle:
    """An article as it should be restored; `zone` and `event_date` are not scored where they are None."""

    article: _ArticleNumber
    headline: _List[str]
    author: str | None
    paragraphs: _FullList[_Paragraph]
    zone: _List[_Text] | None = None
    event_date: _Day | None = None
    kinds: _List[ParagraphKind] | None = None
    """What each paragraph is; not scored where it is None."""

    @property
    def body(self) -> str:
        """The paragraphs as the body of an article."""
        return "\n".join(self.paragraphs)


@dataclass(frozen=True, slots=True)
class GoldMetric:
    """A metric as it should be read; where several answers are accepted they are listed.

    `basis`, `code`, `period`, `zone` and `part_of` are not scored where they are None (or an empty list); an `optional`
    metric is neither asked for nor counted as an invention. The unit of a plain number (容积率1.1) is empty.
    """

    article: _ArticleNumber
    quote: _Text
    value: _Quantity | None
    low: _Quantity | None
    high: _Quantity | None
    unit: str
    kind: _Choice[Kind]
    qualifier: _Choice[Qualifier]
    about: _List[_FullList[_Text]]
    status: _Choice[Status]
    per: str | None = None
    basis: _Accepted[Basis | None] | None = None
    code: _Accepted[str | None] | None = None
    period: Annotated[tuple[_Day, _LastDay], BeforeValidator(_pair)] | None = None
    zone: _List[_Text] | None = None
    part_of: _Text | None = None
    optional: Annotated[bool, Field(strict=True)] = False


@dataclass(frozen=True, slots=True)
class GoldMasthead:
    """What the issue says of itself; None where it does not say, and then nothing may be found either."""

    title: str | None
    number: str | None
    issue_date: _Day | None
    publisher: str | None


@dataclass(frozen=True, slots=True)
class Gold:
    """A gold folder: its documents, the articles and metrics in it, and the least that the figures must reach.

    `masthead` is None where the folder has no `issue.json`, `metrics` where it has no `metrics.jsonl`: nothing is asked
    about them then. `sidecar` is what a person says about the document (`source.meta.yaml`), where there is one.
    """

    folder: Path
    documents: tuple[Path, ...]
    articles: tuple[GoldArticle, ...]
    metrics: tuple[GoldMetric, ...] | None
    floors: Mapping[str, float]
    masthead: GoldMasthead | None = None
    sidecar: Path | None = None


def read_gold(folder: Path) -> Gold:
    """The gold in a folder; a `UsageError` names the file and the line of the first thing that is wrong."""
    if not folder.is_dir():
        raise UsageError(f"{folder} is no folder. Name one with a document and {ARTICLES_FILE}.")
    documents = _documents(folder)
    articles = read_records(folder / ARTICLES_FILE, GoldArticle)
    asked = (folder / METRICS_FILE).exists()
    metrics = read_records(folder / METRICS_FILE, GoldMetric) if asked else []
    if not articles:
        raise UsageError(f"{folder / ARTICLES_FILE} holds no article. Write one JSON object a line.")
    check(folder / ARTICLES_FILE, _article_faults(articles))
    if asked:
        check(folder / METRICS_FILE, _metric_faults(articles, metrics))
    return Gold(
        folder=folder,
        documents=documents,
        articles=tuple(article for _, article in articles),
        metrics=tuple(metric for _, metric in metrics) if asked else None,
        floors=read_floors(folder / FLOORS_FILE),
        masthead=_masthead(folder / ISSUE_FILE),
        sidecar=next((path for path in sorted(folder.iterdir()) if path.name.endswith(SIDECAR_SUFFIX)), None),
    )


def _masthead(path: Path) -> GoldMasthead | None:
    if not path.exists():
        return None
    try:
        return TypeAdapter(GoldMasthead).validate_json(path.read_bytes())
    except (OSError, ValueError) as error:
        reason = " ".join(str(error).split())
        raise UsageError(f"{path} is not what a masthead is written as ({reason}). Correct it.") from error


def _documents(folder: Path) -> tuple[Path, ...]:
    if (folder / SOURCE_FILE).is_file():
        return (folder / SOURCE_FILE,)
    if (folder / SOURCE_FOLDER).is_dir():
        pages = pages_in_order(path for path in (folder / SOURCE_FOLDER).iterdir() if _may_be_document(path.name))
        if pages:
            return pages
    others = sorted(path for path in folder.iterdir() if path.is_file() and _may_be_document(path.name))
    if len(others) != 1:
        found = ", ".join(path.name for path in others) or "none"
        raise UsageError(f"{folder}: one document is needed, found: {found}. Name the document {SOURCE_FILE}.")
    return (others[0],)


def _may_be_document(name: str) -> bool:
    known = name in {ARTICLES_FILE, METRICS_FILE, ISSUE_FILE} or name.endswith(SIDECAR_SUFFIX)
    return not known and not name.startswith((".", "floors."))


def _article_faults(articles: Sequence[tuple[int, GoldArticle]]) -> Iterator[tuple[int, str]]:
    lines: dict[int, int] = {}
    for number, article in articles:
        if article.kinds is not None and len(article.kinds) != len(article.paragraphs):
            yield number, f"{len(article.kinds)} kinds for {len(article.paragraphs)} paragraphs. Write one for each"
        if article.article in lines:
            yield number, f"article {article.article} stands in line {lines[article.article]} already. Number it anew"
        lines[article.article] = number


def _metric_faults(
    articles: Sequence[tuple[int, GoldArticle]], metrics: Sequence[tuple[int, GoldMetric]]
) -> Iterator[tuple[int, str]]:
    texts = {article.article: bare_text(article.body).text for _, article in articles}
    for number, metric in metrics:
        if metric.article not in texts:
            yield number, f"{ARTICLES_FILE} has no article {metric.article}. Correct the number"
        else:
            yield from ((number, fault) for fault in _quote_faults(metric, texts[metric.article]))
        yield from ((number, fault) for fault in _value_faults(metric))


def _quote_faults(metric: GoldMetric, text: str) -> Iterator[str]:
    if bare(metric.quote) not in text:
        yield f"article {metric.article} has no {metric.quote!r}. Write the quote as its paragraphs have it"
    if metric.part_of and bare(metric.part_of) not in text:
        yield f"article {metric.article} has no {metric.part_of!r}. Write in part_of the quote of the total"


def _value_faults(metric: GoldMetric) -> Iterator[str]:
    ascending = [number for number in (metric.low, metric.value, metric.high) if number is not None]
    if not ascending:
        yield "value, low and high are all null. Give the number, or the bounds of the range"
    if ascending != sorted(ascending):
        yield f"low {metric.low}, value {metric.value} and high {metric.high} do not ascend. Correct the wrong one"
    if metric.period and AS_OF != metric.period[1] < metric.period[0]:
        yield f"the period ends on {metric.period[1]}, before it starts on {metric.period[0]}. Correct the wrong day"
