"""Small bulletins for the tests of the store, and a reader that makes records of them by the simplest rules.

The stages before the load have tests of their own; here only the shape of their result matters.
"""

import random
import re
from datetime import date
from decimal import Decimal
from pathlib import Path

from tasks.errors import NoArticleError
from tasks.records import (
    Article,
    Aside,
    Check,
    CleanIssue,
    Document,
    IssueFiles,
    Line,
    Masthead,
    Metric,
    OffsetMap,
    Paragraph,
    Place,
    Reading,
    ReadIssue,
    Sidecar,
)
from warehouse.home import Home

VERSION = "test-1"
_CHARACTERS = "开发区项目建设产业园投资企业创新服务改革示范高质量经济技术工业转型升级招商引资推进落实全面加快"
_MONEY = re.compile(r"(\d+(?:\.\d+)?)亿元")


def bulletin(seed: int, articles: int = 2, day: str = "2023-07-31") -> str:
    """A text that is unlike that of any other seed: a date, then articles of a headline and a paragraph."""
    rng = random.Random(seed)
    blocks = [
        f"第{number}篇\n{''.join(rng.choices(_CHARACTERS, k=300))}总投资{seed + number}.5亿元。"
        for number in range(1, articles + 1)
    ]
    return "\n\n".join([day, *blocks]) + "\n"


def read_bulletin(file: IssueFiles, home: Home) -> ReadIssue:
    """The records of a `bulletin`; a text without an article is refused as cleaning would."""
    texts = [(home.root / page.raw_path).read_text(encoding="utf-8") for page in file.files]
    lines = "".join(texts).split("\n")
    said = Sidecar(file.sidecar) if file.sidecar else None
    documents = tuple(
        Document(page, "text/plain", "utf-8", (tuple(Line(row, 1, n) for n, row in enumerate(text.split("\n"), 1)),))
        for page, text in zip(file.files, texts, strict=True)
    )
    heads = [number for number, text in enumerate(lines, 1) if re.fullmatch(r"第\d+篇", text)]
    if not heads:
        raise NoArticleError(f"{file.name}: the text holds no article.")
    day = date.fromisoformat(lines[0])
    readings = tuple(_reading(seq, lines, number) for seq, number in enumerate(heads, 1))
    asides = (Aside("furniture", lines[0], 1, 1),)
    clean = CleanIssue(documents, Masthead(), day, "stated", tuple(r.article for r in readings), asides, said)
    return ReadIssue(clean, readings, VERSION)


def _reading(seq: int, lines: list[str], head: int) -> Reading:
    body = lines[head]
    article = Article(
        seq=seq,
        headline=(lines[head - 1],),
        kicker=None,
        title=lines[head - 1],
        subtitle=None,
        author=None,
        dateline=None,
        column_label=None,
        body=body,
        paragraphs=(Paragraph("text", body, 0, len(body)),),
        offsets=OffsetMap((0,), (Place(1, head + 1, 0),)),
        page=1,
        line_start=head,
        line_end=head + 1,
    )
    metrics = tuple(money(body, match) for match in _MONEY.finditer(body))
    checks = (Check("total", "info", "passed", "the parts give the total", metrics=(0,)),) if metrics else ()
    return Reading(article, None, None, metrics, checks)


def money(body: str, match: re.Match[str]) -> Metric:
    """A metric of a sum of money in a body."""
    value = Decimal(match[1]) * 10**8
    return Metric(
        start=match.start(),
        end=match.end(),
        quote=match[0],
        sentence=body,
        paragraph=1,
        raw_value=match[1],
        raw_unit="亿元",
        value=value,
        value_low=value,
        value_high=value,
        qualifier="exact",
        unit="CNY",
        classifier=None,
        per=None,
        kind="level",
        basis=None,
        subject=None,
        indicator="总投资",
        indicator_code="project.investment",
        status="actual",
        period=None,
        zone=None,
        part_of=None,
        confidence=0.9,
        rule="test",
    )


def drop(home: Home, name: str, text: str) -> Path:
    """Put a text into the inbox."""
    path = home.inbox / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path
