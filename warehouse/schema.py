"""Every published table and column, with its type and its comment: the one place where the schema is written.

The DDL, the `COMMENT ON` statements and the Arrow schemas of the Parquet files are all derived from `TABLES`, so that
what a writer writes and what an analyst reads in `duckdb_columns()` cannot drift apart.
"""

from dataclasses import dataclass
from typing import Final

import pyarrow as pa

SCHEMA_VERSION: Final = 3
"""Raised by every change that a reader of an older version could stumble over; kept in the catalog's `meta` table."""

DECIMAL_PRECISION: Final = 38
DECIMAL_SCALE: Final = 12
"""Twelve decimals hold a price in yuan a jin converted to tonnes; 26 digits before the point hold any sum of money."""

_ARROW: Final = {
    "VARCHAR": pa.string(),
    "VARCHAR[]": pa.list_(pa.string()),
    "INTEGER": pa.int32(),
    "BIGINT": pa.int64(),
    "UBIGINT[]": pa.list_(pa.uint64()),
    "DOUBLE": pa.float64(),
    "DOUBLE[]": pa.list_(pa.float64()),
    "DATE": pa.date32(),
    "TIMESTAMP": pa.timestamp("us"),
    f"DECIMAL({DECIMAL_PRECISION},{DECIMAL_SCALE})": pa.decimal128(DECIMAL_PRECISION, DECIMAL_SCALE),
}
_BOX: Final = (
    "Where it is printed: left, top, right, bottom from the top left corner of source_page, in points of 1/72 inch (on "
    "a picture: in pixels); four more numbers for each further %s. NULL for text dumps."
)
_DECIMAL: Final = f"DECIMAL({DECIMAL_PRECISION},{DECIMAL_SCALE})"


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its DuckDB type (a key of the Arrow map), whether NULL is forbidden, and what it means."""

    name: str
    type: str
    comment: str
    required: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """One table: what a row is, and its columns in published order."""

    name: str
    comment: str
    columns: tuple[Column, ...]

    def arrow(self) -> pa.Schema:
        """The explicit Arrow schema that a Parquet file of this table is written with."""
        return pa.schema([pa.field(c.name, _ARROW[c.type], nullable=not c.required) for c in self.columns])

    def ddl(self) -> list[str]:
        """The statements that create the table and comment it and every column of it."""
        columns = ", ".join(f"{c.name} {c.type}{' NOT NULL' if c.required else ''}" for c in self.columns)
        return [f"CREATE TABLE {self.name} ({columns})", *self.comments()]

    def comments(self) -> list[str]:
        """The statements that comment the table and every column of it."""
        columns = [f"COMMENT ON COLUMN {self.name}.{c.name} IS {quoted(c.comment)}" for c in self.columns]
        return [f"COMMENT ON TABLE {self.name} IS {quoted(self.comment)}", *columns]


def quoted(text: str) -> str:
    """A string as an SQL literal."""
    return "'" + text.replace("'", "''") + "'"


ISSUES: Final = Table(
    "issues",
    "期 One row an issue (期) of a bulletin: its newest revision; earlier ones are reached by time travel.",
    (
        Column("issue_id", "VARCHAR", "Stable id: taken from the bytes of the issue's first revision.", required=True),
        Column("title", "VARCHAR", "刊名 Title of the bulletin as printed in the masthead; NULL when none is printed."),
        Column("number", "VARCHAR", "期号 Number as printed, e.g. 2024年第3期（总第58期）; NULL when none is printed."),
        Column(
            "issue_date", "DATE", "The issue's date: the only clock that 今年, 目前 and 上半年 are resolved against."
        ),
        Column("issue_date_basis", "VARCHAR", "stated (masthead) | sidecar | inferred (from the dates in the text)."),
        Column("publisher", "VARCHAR", "主办 Publisher as printed, or as the sidecar says; NULL when neither does."),
        Column("document_count", "INTEGER", "Files that the issue is printed in (pages).", required=True),
        Column("article_count", "INTEGER", "Articles in the issue.", required=True),
        Column("metric_count", "INTEGER", "Metrics in the issue.", required=True),
        Column(
            "revision", "INTEGER", "1 for the first text of the issue, raised by each corrected text.", required=True
        ),
        Column("ingested_at", "TIMESTAMP", "When this revision was published (UTC).", required=True),
        Column("run_id", "VARCHAR", "The run that published this revision: runs.run_id.", required=True),
        Column("extractor_version", "VARCHAR", "Version of the rules that read the issue.", required=True),
        Column(
            "fingerprint", "UBIGINT[]", "Sketch of the text, by which a corrected issue is recognised.", required=True
        ),
    ),
)

DOCUMENTS: Final = Table(
    "documents",
    "文件 One row a file of an issue, sidecar included. With its sha256 it is also the ledger of what is published.",
    (
        Column("document_id", "VARCHAR", "Stable id: the beginning of sha256.", required=True),
        Column("issue_id", "VARCHAR", "The issue that the file belongs to.", required=True),
        Column(
            "source_uri",
            "VARCHAR",
            "Where the file was found: a path (in the home a relative one) or an address without its secrets; "
            "a file of an archive as inbox/2024.zip!/2024-03.txt.",
            required=True,
        ),
        Column("file_name", "VARCHAR", "Its name there.", required=True),
        Column("sha256", "VARCHAR", "Hash of the bytes as received.", required=True),
        Column("byte_size", "BIGINT", "Size in bytes.", required=True),
        Column(
            "media_type",
            "VARCHAR",
            "What the bytes are: text/plain, text/html, application/pdf, image/png, that of a Word file …; "
            "application/yaml for a sidecar.",
            required=True,
        ),
        Column(
            "encoding", "VARCHAR", "Character encoding that the text was read with; NULL for a format that has its own."
        ),
        Column("page_count", "INTEGER", "Pages in the file; 0 for a sidecar.", required=True),
        Column("raw_path", "VARCHAR", "The immutable copy of the bytes, relative to the home.", required=True),
    ),
)

ARTICLES: Final = Table(
    "articles",
    "文章 One row an article, restored from the page.",
    (
        Column("article_id", "VARCHAR", "Stable id: issue_id and seq.", required=True),
        Column("issue_id", "VARCHAR", "The issue.", required=True),
        Column("document_id", "VARCHAR", "The file in which the article begins.", required=True),
        Column("seq", "INTEGER", "Reading order in the issue, from 1.", required=True),
        Column("headline", "VARCHAR", "标题 All lines of the headline, joined by one space; NULL when it has none."),
        Column("kicker", "VARCHAR", "引题 The line above the title."),
        Column("title", "VARCHAR", "主题 The title itself."),
        Column("subtitle", "VARCHAR", "副题 The line below the title (———…)."),
        Column("author", "VARCHAR", "作者 Names only, joined by one space."),
        Column("dateline", "VARCHAR", "电头 As printed, e.g. 本刊讯; not part of the body."),
        Column("event_date", "DATE", "The day that the first sentence states."),
        Column(
            "zone", "VARCHAR", "开发区 The development zone that the article is about; the region where there is none."
        ),
        Column("region", "VARCHAR", "行政区 The administrative division of that zone."),
        Column("column_label", "VARCHAR", "栏目 e.g. 园区动态."),
        Column("body", "VARCHAR", 'The clean text: paragraphs joined by "\\n".', required=True),
        Column("char_count", "INTEGER", "Length of body in characters.", required=True),
        Column("source_page", "INTEGER", "Page on which the body begins.", required=True),
        Column(
            "source_line_start",
            "INTEGER",
            "First source line of the article, headline included. Lines count from 1: of a text and of the source of a "
            "web page as an editor shows them, of a Word file its paragraphs (those in tables and text boxes too).",
            required=True,
        ),
        Column("source_line_end", "INTEGER", "Last source line of the article, headline included.", required=True),
    ),
)

PARAGRAPHS: Final = Table(
    "paragraphs",
    "段落 One row a paragraph of an article's body.",
    (
        Column("issue_id", "VARCHAR", "The issue.", required=True),
        Column("article_id", "VARCHAR", "The article.", required=True),
        Column("seq", "INTEGER", "Order in the article, from 1.", required=True),
        Column("kind", "VARCHAR", "text | subheading | list | table.", required=True),
        Column("text", "VARCHAR", "The clean text: articles.body[span_start:span_end].", required=True),
        Column("span_start", "INTEGER", "Offset in articles.body of the first character, from 0.", required=True),
        Column("span_end", "INTEGER", "Offset behind the last character.", required=True),
        Column("source_page", "INTEGER", "Page of the first character.", required=True),
        Column("source_line_start", "INTEGER", "Source line of the first character.", required=True),
        Column("source_line_end", "INTEGER", "Source line of the last character.", required=True),
        Column(
            "document_id", "VARCHAR", "The file that the first character stands in; NULL: the only one of the issue."
        ),
        Column("source_box", "DOUBLE[]", _BOX % "column that it runs through"),
    ),
)

METRICS: Final = Table(
    "metrics",
    "指标 One row a quantity that the text asserts, with what it is about and the place where it is printed.",
    (
        Column("metric_id", "VARCHAR", "Stable id: article_id and a number.", required=True),
        Column("issue_id", "VARCHAR", "The issue.", required=True),
        Column("article_id", "VARCHAR", "The article.", required=True),
        Column("paragraph_seq", "INTEGER", "The paragraph of the article.", required=True),
        Column("sentence", "VARCHAR", "The sentence that the quantity stands in.", required=True),
        Column(
            "quote",
            "VARCHAR",
            "Number, unit and qualifier as they stand: articles.body[span_start:span_end].",
            required=True,
        ),
        Column("span_start", "INTEGER", "Offset in articles.body of the first character, from 0.", required=True),
        Column("span_end", "INTEGER", "Offset behind the last character.", required=True),
        Column("source_page", "INTEGER", "Page of the source document.", required=True),
        Column("source_line_start", "INTEGER", "Source line of the first character.", required=True),
        Column("source_line_end", "INTEGER", "Source line of the last character.", required=True),
        Column("raw_value", "VARCHAR", "The number as written: 33.35.", required=True),
        Column("raw_unit", "VARCHAR", "The unit as written: 亿元.", required=True),
        Column("value", _DECIMAL, "The stated number in the canonical unit, exact; NULL for a range."),
        Column(
            "value_low",
            _DECIMAL,
            "Lower bound that the wording asserts (80余, 超, 以上, a range); NULL when there is none.",
        ),
        Column(
            "value_high",
            _DECIMAL,
            "Upper bound that the wording asserts (近, 不足, 以下, a range); NULL when there is none.",
        ),
        Column("qualifier", "VARCHAR", "exact | about | over | under | at_least | at_most | range.", required=True),
        Column("unit", "VARCHAR", "Canonical unit: count, CNY, %, pp, mu, t, rank …", required=True),
        Column("classifier", "VARCHAR", "量词 The measure word of a count as written: 个 家 场次 人次."),
        Column("per", "VARCHAR", "The denominator of a quantity per something: 亩 in 每亩增收2500元."),
        Column("kind", "VARCHAR", "level | ratio | growth | delta | rank.", required=True),
        Column(
            "basis",
            "VARCHAR",
            "Of growth and delta: yoy 同比 | mom 环比 | plan 比计划 | peer 高于全省 | base 比2019年.",
        ),
        Column("subject", "VARCHAR", "What is counted or measured: 在库项目, 鲜枣; NULL where the text does not say."),
        Column(
            "indicator", "VARCHAR", "What is measured about it: 总投资, 年产量; 数量 for a plain count.", required=True
        ),
        Column("indicator_code", "VARCHAR", "indicators.code; NULL when no code fits."),
        Column("status", "VARCHAR", "actual | planned | expected | target.", required=True),
        Column("period_start", "DATE", "First day of the time that the quantity is about."),
        Column("period_end", "DATE", "Last day of it."),
        Column("period_text", "VARCHAR", "The words that state the period."),
        Column(
            "period_basis",
            "VARCHAR",
            "stated (in the clause) | inherited (from sentence or paragraph) | issue (今年, 目前).",
        ),
        Column("zone", "VARCHAR", "开发区 The development zone (or the region where there is none) that it is about."),
        Column("region", "VARCHAR", "行政区 The administrative division of that zone."),
        Column("part_of", "VARCHAR", "For a part of a stated total: the metric_id of that total."),
        Column("confidence", "DOUBLE", "0 to 1: how sure the rules are of what the quantity is about.", required=True),
        Column("rule", "VARCHAR", "The rule that gave subject and indicator.", required=True),
        Column("extractor_version", "VARCHAR", "Version of the rules.", required=True),
        Column(
            "document_id", "VARCHAR", "The file that the first character stands in; NULL: the only one of the issue."
        ),
        Column("source_box", "DOUBLE[]", _BOX % "line"),
        Column(
            "read_confidence",
            "DOUBLE",
            "0 to 1: how sure optical recognition was of the lines that the quote stands in; NULL for text that was "
            "not recognised. confidence is never higher.",
        ),
    ),
)

METRICS_SUPERSEDED: Final = Table(
    "metrics_superseded",
    "旧版指标 The metrics of earlier revisions, kept when a corrected text of their issue was published.",
    (
        Column("revision", "INTEGER", "The revision that said so: revisions.revision.", required=True),
        Column("issue_date", "DATE", "The issue's date in that revision."),
        Column("superseded_at", "TIMESTAMP", "When the corrected text was published (UTC).", required=True),
        *METRICS.columns,
    ),
)

INDICATORS: Final = Table(
    "indicators",
    "指标目录 The controlled vocabulary of indicator codes.",
    (
        Column("code", "VARCHAR", "metrics.indicator_code.", required=True),
        Column("zh", "VARCHAR", "Chinese name.", required=True),
        Column("en", "VARCHAR", "English name.", required=True),
        Column("unit", "VARCHAR", "Canonical unit.", required=True),
    ),
)

ZONES: Final = Table(
    "zones",
    "开发区名录 Reference table of development zones.",
    (
        Column("zone", "VARCHAR", "Canonical name.", required=True),
        Column(
            "aliases",
            "VARCHAR[]",
            "Other names in use, and all names in traditional characters.",
            required=True,
        ),
        Column("level", "VARCHAR", "national | provincial.", required=True),
        Column("kind", "VARCHAR", "经开区 | 高新区 | 示范区 | 综保区 | 园区."),
        Column("province", "VARCHAR", "Province.", required=True),
        Column("city", "VARCHAR", "Prefecture-level city."),
        Column("source", "VARCHAR", "bundled (comes with jianbao) | home (zones.csv of this home)."),
    ),
)

CORRECTIONS: Final = Table(
    "corrections",
    "更正 One row a field that an entry of corrections.yml changes; correction_status says whether it is applied.",
    (
        Column("entry", "INTEGER", "Which entry of the file, from 1.", required=True),
        Column("metric_id", "VARCHAR", "The metric by its id; NULL where the entry names a place."),
        Column("file_name", "VARCHAR", "The document by its name; NULL where the entry names a metric."),
        Column("source_line", "INTEGER", "The source line on which the number begins."),
        Column(
            "expect", "VARCHAR", "The quote that has to be printed there, or the entry is not applied.", required=True
        ),
        Column("field", "VARCHAR", "The column of metrics that is changed.", required=True),
        Column("corrected", "VARCHAR", "What it is changed to; NULL to empty it."),
        Column("reason", "VARCHAR", "Why.", required=True),
        Column("author", "VARCHAR", "Who decided it.", required=True),
        Column("decided_on", "DATE", "When.", required=True),
    ),
)

DICTIONARY: Final = Table(
    "dictionary",
    "数据字典 What every table, view and macro is, and every column and parameter of it.",
    (
        Column("object", "VARCHAR", "The table, view or macro.", required=True),
        Column("kind", "VARCHAR", "table | view | macro.", required=True),
        Column("seq", "INTEGER", "Order within the object; 0 for the object itself.", required=True),
        Column("part", "VARCHAR", "The column or parameter; NULL for the object itself."),
        Column("role", "VARCHAR", "object | parameter | column.", required=True),
        Column("zh", "VARCHAR", "Meaning in Chinese."),
        Column("en", "VARCHAR", "Meaning in English.", required=True),
    ),
)

CHECKS: Final = Table(
    "checks",
    "核对 What a careful reader would question, with the place and the reason.",
    (
        Column("check_id", "VARCHAR", "Stable id.", required=True),
        Column("issue_id", "VARCHAR", "The issue.", required=True),
        Column("article_id", "VARCHAR", "The article; NULL for a check of the whole issue."),
        Column("rule", "VARCHAR", "The rule that was applied.", required=True),
        Column("severity", "VARCHAR", "info | warning | error.", required=True),
        Column("outcome", "VARCHAR", "passed | failed.", required=True),
        Column("message", "VARCHAR", "What was found, in a sentence that quotes the text.", required=True),
        Column("expected", "VARCHAR", "What the rule expects."),
        Column("found", "VARCHAR", "What the text says."),
        Column("metric_ids", "VARCHAR[]", "The metrics that take part.", required=True),
    ),
)

ASIDES: Final = Table(
    "asides",
    "版面附件 Text of the page that is in no article body: datelines, bylines, page furniture; kept with its place.",
    (
        Column("issue_id", "VARCHAR", "The issue.", required=True),
        Column("document_id", "VARCHAR", "The file.", required=True),
        Column("seq", "INTEGER", "Order in the file, from 1.", required=True),
        Column("kind", "VARCHAR", "dateline | byline | furniture | control.", required=True),
        Column("text", "VARCHAR", "The text as printed.", required=True),
        Column("source_page", "INTEGER", "Page.", required=True),
        Column("source_line", "INTEGER", "Source line.", required=True),
    ),
)

REVISIONS: Final = Table(
    "revisions",
    "版次 One row a text that was ever published, corrected ones included: the ledger by which an old copy is known.",
    (
        Column("issue_id", "VARCHAR", "The issue.", required=True),
        Column("revision", "INTEGER", "1 for the first text of the issue.", required=True),
        Column("document_id", "VARCHAR", "The file.", required=True),
        Column("sha256", "VARCHAR", "Hash of its bytes.", required=True),
        Column("source_uri", "VARCHAR", "Where the file was found.", required=True),
        Column("file_name", "VARCHAR", "Its name there.", required=True),
        Column("published_at", "TIMESTAMP", "When the revision was published (UTC).", required=True),
        Column("run_id", "VARCHAR", "The run that published it: runs.run_id.", required=True),
    ),
)

REJECTS: Final = Table(
    "rejects",
    "隔离 One row a file that could not be ingested, and why; it leaves the table when the file is published.",
    (
        Column("document_id", "VARCHAR", "The beginning of sha256; NULL when the bytes could not be read."),
        Column("source_uri", "VARCHAR", "Where the file was found.", required=True),
        Column(
            "sha256",
            "VARCHAR",
            "Hash of the bytes, or of the hashes of an issue of several files; NULL when they could not be read.",
        ),
        Column("stage", "VARCHAR", "fetch | read | clean | extract | load.", required=True),
        Column("error", "VARCHAR", "Name of the error.", required=True),
        Column("message", "VARCHAR", "What was wrong and what to do.", required=True),
        Column("attempts", "INTEGER", "How often it was tried.", required=True),
        Column("first_seen", "TIMESTAMP", "First failure (UTC).", required=True),
        Column("last_seen", "TIMESTAMP", "Latest failure (UTC).", required=True),
        Column("extractor_version", "VARCHAR", "Version of the rules; other rules try the file again.", required=True),
    ),
)

RUNS: Final = Table(
    "runs",
    "运行 One row a finished run of the ingest flow.",
    (
        Column("run_id", "VARCHAR", "Id of the run.", required=True),
        Column("flow_run_id", "VARCHAR", "The same run in the Prefect UI; NULL outside of Prefect."),
        Column("started_at", "TIMESTAMP", "Start (UTC).", required=True),
        Column("finished_at", "TIMESTAMP", "End (UTC).", required=True),
        Column(
            "outcome",
            "VARCHAR",
            "published | unchanged | quarantined (something was, the rest is published).",
            required=True,
        ),
        Column("documents_new", "INTEGER", "Files published, corrected ones included.", required=True),
        Column("documents_unchanged", "INTEGER", "Files whose bytes were known already.", required=True),
        Column("documents_failed", "INTEGER", "Files quarantined.", required=True),
        Column("metrics", "INTEGER", "Metrics published.", required=True),
    ),
)

META: Final = Table(
    "meta",
    "Facts about this warehouse itself.",
    (
        Column("key", "VARCHAR", "schema_version | reference.", required=True),
        Column("value", "VARCHAR", "Its value.", required=True),
    ),
)

ISSUE_TABLES: Final = (ISSUES, DOCUMENTS, ARTICLES, PARAGRAPHS, METRICS, CHECKS, ASIDES)
"""The tables that hold rows of an issue (each has `issue_id`) and are replaced together with it."""

TABLES: Final = (
    *ISSUE_TABLES,
    REVISIONS,
    METRICS_SUPERSEDED,
    INDICATORS,
    ZONES,
    CORRECTIONS,
    DICTIONARY,
    REJECTS,
    RUNS,
    META,
)
