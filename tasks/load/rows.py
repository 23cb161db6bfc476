"""The records of an issue as rows of the published tables.

Here the promises on a row are kept or the document is refused: a quote stands where it is said to stand, and a number
fits its column exactly.
"""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from decimal import Context, Decimal, Inexact, InvalidOperation

from tasks.errors import UnloadableError
from tasks.load.boxes import Lines, lines_with_look, printed_at
from tasks.records import (
    SIDECAR_TYPE,
    Aside,
    Check,
    CleanIssue,
    Fetched,
    Metric,
    OffsetMap,
    Reading,
    ReadIssue,
)
from warehouse.schema import DECIMAL_PRECISION, DECIMAL_SCALE

Row = dict[str, object]
Rows = Mapping[str, list[Row]]

_QUANTUM = Decimal(1).scaleb(-DECIMAL_SCALE)
_EXACT = Context(prec=DECIMAL_PRECISION, traps=[Inexact, InvalidOperation])


def first_issue_id(read: ReadIssue) -> str:
    """The id that an issue has from the bytes of its first revision."""
    hashes = [document.file.sha256 for document in read.issue.documents]
    sha256 = hashes[0] if len(hashes) == 1 else hashlib.sha256("".join(hashes).encode()).hexdigest()
    return sha256[:12]


def issue_rows(
    read: ReadIssue, issue_id: str, revision: int, fingerprint: tuple[int, ...], run_id: str, now: datetime
) -> Rows:
    """The rows of an issue for every table that is replaced together with it; `now` is UTC.

    Raises UnloadableError when a row would break a promise.
    """
    issue = read.issue
    lines = lines_with_look(issue.documents)
    return {
        "issues": [
            {
                "issue_id": issue_id,
                "title": issue.masthead.title,
                "number": issue.masthead.number,
                "issue_date": issue.issue_date,
                "issue_date_basis": issue.issue_date_basis,
                "publisher": issue.masthead.publisher,
                "document_count": len(issue.documents),
                "article_count": len(read.readings),
                "metric_count": sum(len(reading.metrics) for reading in read.readings),
                "revision": revision,
                "ingested_at": now,
                "run_id": run_id,
                "extractor_version": read.extractor_version,
                "fingerprint": list(fingerprint),
            }
        ],
        "documents": list(_documents(read, issue_id)),
        "revisions": [
            {
                "issue_id": issue_id,
                "revision": revision,
                "document_id": file.document_id,
                "sha256": file.sha256,
                "source_uri": file.source_uri,
                "file_name": file.file_name,
                "published_at": now,
                "run_id": run_id,
            }
            for file in _files(issue)
        ],
        "articles": [_article(read, reading, issue_id) for reading in read.readings],
        "paragraphs": [row for reading in read.readings for row in _paragraphs(read, reading, issue_id, lines)],
        "metrics": [row for reading in read.readings for row in _metrics(read, reading, issue_id, lines)],
        "checks": [row for reading in read.readings for row in _checks(reading, issue_id)],
        "asides": [
            {
                "issue_id": issue_id,
                "document_id": issue.documents[aside.document].file.document_id,
                "seq": seq,
                "kind": aside.kind,
                "text": aside.text,
                "source_page": aside.page,
                "source_line": aside.line,
            }
            for asides in _by_document(issue.asides)
            for seq, aside in enumerate(asides, start=1)
        ],
    }


def article_id(issue_id: str, reading: Reading) -> str:
    """The stable id of an article."""
    return f"{issue_id}-{reading.article.seq:02d}"


def metric_id(article: str, index: int) -> str:
    """The stable id of a metric: `index` counts the article's metrics from 0, the id from 1."""
    return f"{article}-{index + 1:03d}"


def _files(issue: CleanIssue) -> list[Fetched]:
    files = [document.file for document in issue.documents]
    return [*files, issue.sidecar.file] if issue.sidecar else files


def _by_document(asides: Sequence[Aside]) -> Iterator[list[Aside]]:
    for number in range(1 + max((aside.document for aside in asides), default=-1)):
        yield [aside for aside in asides if aside.document == number]


def _documents(read: ReadIssue, issue_id: str) -> Iterator[Row]:
    for document in read.issue.documents:
        yield _document(document.file, issue_id, document.media_type, document.encoding, len(document.pages))
    if read.issue.sidecar:
        yield _document(read.issue.sidecar.file, issue_id, SIDECAR_TYPE, "utf-8", 0)


def _document(file: Fetched, issue_id: str, media_type: str, encoding: str | None, pages: int) -> Row:
    return {
        "document_id": file.document_id,
        "issue_id": issue_id,
        "source_uri": file.source_uri,
        "file_name": file.file_name,
        "sha256": file.sha256,
        "byte_size": file.byte_size,
        "media_type": media_type,
        "encoding": encoding,
        "page_count": pages,
        "raw_path": file.raw_path,
    }


def _article(read: ReadIssue, reading: Reading, issue_id: str) -> Row:
    article = reading.article
    return {
        "article_id": article_id(issue_id, reading),
        "issue_id": issue_id,
        "document_id": read.issue.documents[article.document].file.document_id,
        "seq": article.seq,
        "headline": " ".join(article.headline) or None,
        "kicker": article.kicker,
        "title": article.title,
        "subtitle": article.subtitle,
        "author": article.author,
        "dateline": article.dateline,
        "event_date": reading.event_date,
        "zone": reading.zone.name if reading.zone else None,
        "region": reading.zone.region if reading.zone else None,
        "column_label": article.column_label,
        "body": article.body,
        "char_count": len(article.body),
        "source_page": article.page,
        "source_line_start": article.line_start,
        "source_line_end": article.line_end,
    }


def _paragraphs(read: ReadIssue, reading: Reading, issue_id: str, lines: Lines) -> Iterator[Row]:
    article = reading.article
    for seq, paragraph in enumerate(article.paragraphs, start=1):
        if article.body[paragraph.start : paragraph.end] != paragraph.text:
            raise UnloadableError(f"Paragraph {seq} of article {article.seq} is not the text that its offsets name.")
        yield {
            "issue_id": issue_id,
            "article_id": article_id(issue_id, reading),
            "seq": seq,
            "kind": paragraph.kind,
            "text": paragraph.text,
            "span_start": paragraph.start,
            "span_end": paragraph.end,
            **_place(read, article.offsets, paragraph.start, paragraph.end),
            "source_box": printed_at(lines, article.offsets, paragraph.start, paragraph.end, by_line=False)[0],
        }


def _metrics(read: ReadIssue, reading: Reading, issue_id: str, lines: Lines) -> Iterator[Row]:
    article = reading.article
    own = article_id(issue_id, reading)
    for index, metric in enumerate(reading.metrics):
        name = f"metric {index + 1} of article {article.seq} ({metric.quote})"
        if not metric.quote or article.body[metric.start : metric.end] != metric.quote:
            raise UnloadableError(f"The quote of {name} does not stand at its offsets in the article's body.")
        box, read_confidence = printed_at(lines, article.offsets, metric.start, metric.end, by_line=True)
        yield {
            "metric_id": metric_id(own, index),
            "issue_id": issue_id,
            "article_id": own,
            "paragraph_seq": metric.paragraph,
            "sentence": metric.sentence,
            "quote": metric.quote,
            "span_start": metric.start,
            "span_end": metric.end,
            **_place(read, article.offsets, metric.start, metric.end),
            "raw_value": metric.raw_value,
            "raw_unit": metric.raw_unit,
            "value": _decimal(metric.value, name),
            "value_low": _decimal(metric.value_low, name),
            "value_high": _decimal(metric.value_high, name),
            "qualifier": metric.qualifier,
            "unit": metric.unit,
            "classifier": metric.classifier,
            "per": metric.per,
            "kind": metric.kind,
            "basis": metric.basis,
            "subject": metric.subject,
            "indicator": metric.indicator,
            "indicator_code": metric.indicator_code,
            "status": metric.status,
            **_period(metric),
            "zone": metric.zone.name if metric.zone else None,
            "region": metric.zone.region if metric.zone else None,
            "part_of": None if metric.part_of is None else metric_id(own, metric.part_of),
            "confidence": metric.confidence if read_confidence is None else min(metric.confidence, read_confidence),
            "source_box": box,
            "read_confidence": read_confidence,
            "rule": metric.rule,
            "extractor_version": read.extractor_version,
        }


def _checks(reading: Reading, issue_id: str) -> Iterator[Row]:
    own = article_id(issue_id, reading)
    for number, check in enumerate(reading.checks, start=1):
        yield _check(check, f"{own}-c{number:03d}", own, issue_id)


def _check(check: Check, check_id: str, article: str, issue_id: str) -> Row:
    return {
        "check_id": check_id,
        "issue_id": issue_id,
        "article_id": article,
        "rule": check.rule,
        "severity": check.severity,
        "outcome": check.outcome,
        "message": check.message,
        "expected": check.expected,
        "found": check.found,
        "metric_ids": [*(metric_id(article, index) for index in check.metrics), *check.others],
    }


def _period(metric: Metric) -> Row:
    period = metric.period
    return {
        "period_start": period.start if period else None,
        "period_end": period.end if period else None,
        "period_text": period.text if period else None,
        "period_basis": period.basis if period else None,
    }


def _place(read: ReadIssue, offsets: OffsetMap, start: int, end: int) -> Row:
    first, last = offsets.place(start), offsets.place(max(start, end - 1))
    return {
        "document_id": read.issue.documents[first.document].file.document_id,
        "source_page": first.page,
        "source_line_start": first.line,
        "source_line_end": last.line,
    }


def _decimal(value: Decimal | None, name: str) -> Decimal | None:
    """The value with the scale of the column; a number that does not fit is refused, never rounded."""
    if value is None:
        return None
    try:
        return value.quantize(_QUANTUM, context=_EXACT)
    except (Inexact, InvalidOperation) as error:
        raise UnloadableError(
            f"The value {value} of {name} does not fit into DECIMAL({DECIMAL_PRECISION},{DECIMAL_SCALE}) exactly."
        ) from error
