"""A printer: sets the articles of an issue as the PDF pages of a newspaper or a briefing, in ways that a seed chooses.

Three schemes: `modules` (each article a rectangle of its own, its headline across its columns), `flow` (all articles
run through the columns of the page one behind another) and `briefing` (a Word-like 红头 bulletin of one column).
"""

import json
import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import typst

from tests.support.typeset.stories import Story, bracketed

CAPTIONS: Final = (
    "图为企业生产车间。（张伟 摄）",
    "▲项目施工现场，工人正在作业。",
    "图为园区一角。 本报记者 李强 摄",
    "园区新貌。（资料图）",
)
PAPERS: Final = {
    "a4": (595, 842),
    "a3": (842, 1191),
    "tabloid": (780, 1106),
    "broadsheet": (936, 1304),
    "landscape": (1191, 842),
}


@dataclass(frozen=True)
class Sheet:
    """How pages are set; each field is one of the ways in which real ones differ."""

    scheme: str
    paper: str
    columns: int
    gutter: float
    size: float
    leading: float
    body_font: str
    head_font: str
    centred: bool
    byline: str
    dateline: str
    boxes: bool
    pictures: bool
    column_rules: bool
    article_rules: bool
    running: bool
    seed: int


@dataclass(frozen=True)
class Masthead:
    """What is printed above the first page; empty where an issue says nothing of itself."""

    title: str = "开发区简报"
    number: str = ""
    day: str = ""
    publisher: str = ""


def sheet(seed: int) -> Sheet:
    """One of many ways to set an issue."""
    rng = random.Random(seed)
    scheme = rng.choice(["modules", "modules", "modules", "flow", "flow", "briefing"])
    paper = "a4" if scheme == "briefing" else rng.choice(["a3", "tabloid", "broadsheet", "landscape", "a4"])
    columns = 1 if scheme == "briefing" else rng.choice([2, 3]) if paper == "a4" else rng.choice([3, 3, 4, 4, 5])
    serif = rng.random() < 0.75
    return Sheet(
        scheme=scheme,
        paper=paper,
        columns=columns,
        gutter=rng.choice([10, 14, 18, 24]),
        size=rng.choice([14, 16]) if scheme == "briefing" else rng.choice([9, 9.5, 10, 10.5]),
        leading=rng.choice([0.55, 0.7, 0.9]),
        body_font="Noto Serif CJK SC" if serif else "Noto Sans CJK SC",
        head_font=rng.choice(["Noto Sans CJK SC", "Noto Serif CJK SC"]),
        centred=rng.random() < 0.6,
        byline=rng.choice(["under", "bracket", "right", "bracket"]),
        dateline=rng.choice(["", "", "本报讯 ", "credit"]),
        boxes=rng.random() < 0.6,
        pictures=rng.random() < 0.6,
        column_rules=rng.random() < 0.3,
        article_rules=rng.random() < 0.4,
        running=rng.random() < 0.8,
        seed=seed,
    )


def printed(source: str) -> bytes:
    """The PDF of a Typst source."""
    return typst.compile(source.encode(), format="pdf")


def source_of(stories: Sequence[Story], how: Sheet, masthead: Masthead) -> str:
    """The Typst source of an issue."""
    rng = random.Random(how.seed)
    articles = {
        "modules": _modules,
        "flow": _flow,
        "briefing": _briefing,
    }[how.scheme](stories, how, rng)
    return "\n".join([_preamble(how, masthead), _masthead(how, masthead), *articles, _imprint(how)])


def _preamble(how: Sheet, masthead: Masthead) -> str:
    width, height = PAPERS[how.paper]
    running = " #h(1fr) ".join(_text(part) for part in (masthead.title, masthead.day, "综合新闻") if part)
    head = (
        f"header: context {{ if counter(page).get().first() > 1 [#set text(size: 9pt)\n#set par(first-line-indent: 0pt)\n"
        f"{running} #h(1fr) 第#counter(page).display()版 #v(-6pt) #line(length: 100%, stroke: 0.5pt)] }},"
        if how.running and how.scheme != "briefing"
        else ""
    )
    folio = (
        "footer: align(center, text(size: 10pt)[— #context counter(page).display() —]),"
        if how.scheme == "briefing"
        else "footer: align(center, text(size: 8pt)[#context counter(page).display()]),"
        if not how.running
        else ""
    )
    margin = 72 if how.scheme == "briefing" else 40
    return f"""#set page(width: {width}pt, height: {height}pt, margin: {margin}pt, {head} {folio})
#set text(font: "{how.body_font}", size: {how.size}pt, lang: "zh", region: "cn")
#set par(justify: true, first-line-indent: (amount: 2em, all: true), leading: {how.leading}em, spacing: {how.leading}em)
#let plain(body) = {{ set par(first-line-indent: 0pt, justify: false); body }}
#let balanced(count, body) = layout(size => {{
  let width = (size.width - (count - 1) * {how.gutter}pt) / count
  let whole = measure(block(width: width, body)).height
  if count == 1 {{ body }} else {{
    block(height: whole / count + {how.size * (1 + how.leading) * 1.1:.1f}pt, columns(count, gutter: {how.gutter}pt, body))
  }}
}})
#let picture(height, caption) = block(breakable: false, spacing: 8pt, plain[
  #rect(width: 100%, height: height, fill: gradient.linear(luma(150), luma(230)), stroke: none)
  #v(-4pt) #text(size: {how.size - 1.5}pt, font: "Noto Sans CJK SC", caption) #v(2pt)])
"""


def _masthead(how: Sheet, masthead: Masthead) -> str:
    line = " #h(1fr) ".join(
        _text(part)
        for part in (masthead.number, masthead.publisher and f"{masthead.publisher}主办", masthead.day)
        if part
    )
    if how.scheme == "briefing":
        return f"""#plain[#align(center, text(size: 40pt, weight: "bold", fill: red, {_string(masthead.title)}))
#v(6pt) #text(size: 10.5pt)[{line}]
#v(-4pt) #line(length: 100%, stroke: 1.5pt + red) #v(10pt)]"""
    size = 64 if PAPERS[how.paper][0] > 800 else 44
    colour = ("red", "black", "rgb(0, 60, 120)")[how.seed % 3]
    where = "center" if how.seed % 2 else "left"
    return f"""#plain[#align({where}, text(size: {size}pt, weight: "bold", fill: {colour}, {_string(masthead.title)}))
#line(length: 100%, stroke: 1pt)
{line}
#line(length: 100%, stroke: 0.5pt) #v(4pt)]"""


def _imprint(how: Sheet) -> str:
    return (
        ""
        if how.seed % 3
        else f"#plain[#v(6pt) #text(size: {how.size - 1}pt)[责任编辑：王明　校对：李华　电话：0571-88001234]]"
    )


def _modules(stories: Sequence[Story], how: Sheet, rng: random.Random) -> Iterable[str]:
    pending = list(stories)
    first = True
    while pending:
        counts = _split(how.columns, rng) if len(pending) > 1 else [how.columns]
        row, pending = pending[: len(counts)], pending[len(counts) :]
        counts = counts[: len(row)]
        counts[-1] += how.columns - sum(counts)
        unit = f"(100% - {(how.columns - 1) * how.gutter}pt) / {how.columns}"
        widths = ", ".join(f"({unit}) * {count} + {(count - 1) * how.gutter}pt" for count in counts)
        heaviest = max(len("".join(story.paragraphs)) / count for story, count in zip(row, counts, strict=True))
        cells = []
        for story, count in zip(row, counts, strict=True):
            short = len("".join(story.paragraphs)) / count < 0.7 * heaviest
            cells.append(_module(story, count, how, rng, lead=first, room=short))
            first = False
        rule = "#plain[#line(length: 100%, stroke: 0.5pt)]" if how.article_rules else ""
        grid = f"#grid(columns: ({widths},), column-gutter: {how.gutter}pt, {', '.join(cells)})"
        yield f"#block(breakable: false, width: 100%)[{grid}]\n{rule}#v(10pt)"


def _split(columns: int, rng: random.Random) -> list[int]:
    if columns == 1 or rng.random() < 0.3:
        return [columns]
    first = rng.randint(1, columns - 1)
    return [first, columns - first]


def _module(story: Story, columns: int, how: Sheet, rng: random.Random, *, lead: bool, room: bool) -> str:
    title = (30 if columns > 2 else 24 if columns == 2 else 17) + (6 if lead and columns > 1 else 0)
    head = _headline(story, how, title * min(1.0, PAPERS[how.paper][0] / 842))
    inner = _body(story, how)
    picture = ""
    if how.pictures and not story.is_column and (room or rng.random() < 0.25):
        picture = f"#picture({rng.choice([70, 100, 130])}pt, {_string(rng.choice(CAPTIONS))})"
    inside = rng.random() < 0.5
    body = f"#balanced({columns})[{inner}{picture if inside else ''}]" + ("" if inside else picture)
    if story.is_column and how.boxes:
        return f"block(width: 100%, stroke: 0.8pt, inset: 8pt, breakable: false)[{head}{body}]"
    return f"block(width: 100%, breakable: {'true' if columns == 1 else 'false'})[{head}{body}]"


def _flow(stories: Sequence[Story], how: Sheet, rng: random.Random) -> Iterable[str]:
    parts = []
    for story in stories:
        piece = _headline(story, how, rng.choice([14, 16, 18])) + _body(story, how)
        if how.pictures and rng.random() < 0.3 and not story.is_column:
            piece += f"#picture({rng.choice([70, 100])}pt, {_string(rng.choice(CAPTIONS))})"
        boxed = story.is_column and how.boxes
        parts.append(f"#block(stroke: 0.6pt, inset: 6pt, breakable: false)[{piece}]" if boxed else piece)
        parts.append("#v(10pt)")
    yield f"#columns({how.columns}, gutter: {how.gutter}pt)[{''.join(parts)}]"


def _briefing(stories: Sequence[Story], how: Sheet, rng: random.Random) -> Iterable[str]:
    for story in stories:
        yield _headline(story, how, rng.choice([20, 22])) + _body(story, how) + "#v(18pt)"


def _headline(story: Story, how: Sheet, title: float) -> str:
    """Kicker, title and subtitle in their sizes, and the byline where it stands below the headline."""
    if not story.headline:
        return "#plain[#line(length: 100%, stroke: 0.5pt)]"
    main = max(story.headline, key=lambda line: (line[0] not in "—-", len(line)))
    lines = []
    for line in story.headline:
        size = title if line == main else max(how.size * 1.25, title * 0.55)
        weight = "bold" if line == main else "regular"
        lines.append(f'#text(size: {size:.1f}pt, weight: "{weight}", font: "{how.head_font}", {_string(line)})')
    signed = (
        story.author
        and how.byline == "under"
        and not story.is_column
        and not (how.dateline == "credit" and not story.is_from_office)
    )
    if signed:
        credit = f"来源：{story.author}" if story.is_from_office else f"本报记者 {story.author}"
        lines.append(f"#text(size: {how.size:.1f}pt, {_string(credit)})")
    stack = " #linebreak() ".join(lines)
    content = f"#align(center)[{stack}]" if how.centred else stack
    return f"#block(breakable: false, sticky: true, width: 100%, below: 10pt, above: 8pt)[#set par(leading: 7pt)\n#plain[{content}]]"


def _body(story: Story, how: Sheet) -> str:
    paragraphs = list(story.paragraphs)
    office = story.is_from_office
    if not story.headline and not how.dateline:
        paragraphs[0] = "本报讯 " + paragraphs[0]  # what else would tell that it begins?
    elif not story.is_column and how.dateline:
        credit = f"本报讯（记者 {story.author}） " if story.author and not office else "本报讯 "
        paragraphs[0] = (credit if how.dateline == "credit" else how.dateline) + paragraphs[0]
    signs = (
        story.author
        and (how.byline != "under" or story.is_column or not story.headline)
        and (how.dateline != "credit" or office or story.is_column)
    )
    parts: list[str] = []
    rows: list[list[str]] = []
    for number, (text, kind) in enumerate(zip(paragraphs, story.kinds, strict=True)):
        if kind == "table":
            rows.append(text.split(" "))
            continue
        if rows:
            parts.append(_table(rows, how))
            rows = []
        if kind == "subheading":
            parts.append(
                f'#block(spacing: 8pt, sticky: true, plain(text(weight: "bold", font: "Noto Sans CJK SC", {_string(text)})))'
            )
            continue
        last = number == len(paragraphs) - 1
        ending = bracketed(story) if signs and last and (how.byline == "bracket" or office or story.is_column) else ""
        parts.append(f"#par({_string(text + ending)})")
        if signs and last and not ending:
            parts.append(f"#align(right, plain({_string(bracketed(story)[1:-1])}))")
    if rows:
        parts.append(_table(rows, how))
        if signs:
            parts.append(f"#par({_string(bracketed(story))})")
    return "".join(parts)


def _table(rows: Sequence[Sequence[str]], how: Sheet) -> str:
    """Rows as a table; a line of another number of cells (its unit) stands above it."""
    width = max(map(len, rows))
    head = [" ".join(row) for row in rows if len(row) != width]
    cells = ", ".join(_string(cell) for row in rows if len(row) == width for cell in row)
    above = "".join(f"#align(right, plain({_string(line)}))" for line in head)
    size = how.size - 1
    return (
        f"{above}#block(spacing: 8pt, plain[#set text(size: {size}pt)\n"
        f"#table(columns: {width}, stroke: 0.4pt, inset: 3pt, {cells})])"
    )


def _text(text: str) -> str:
    return f"#text({_string(text)})"


def _string(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def masthead_of(folder: Path) -> Masthead:
    """What the issue of a gold folder says of itself."""
    path = folder / "issue.json"
    if not path.exists():
        return Masthead()
    said = json.loads(path.read_text(encoding="utf-8"))
    day = "{}年{}月{}日".format(*map(int, said["issue_date"].split("-"))) if said["issue_date"] else ""
    return Masthead(said["title"] or "", said["number"] or "", day, said["publisher"] or "")


def as_gold(folder: Path, target: Path, pdf: bytes) -> Path:
    """A gold folder whose document is the PDF, with the gold of another."""
    target.mkdir(parents=True)
    for name in ("articles.jsonl", "metrics.jsonl", "issue.json"):
        if (folder / name).exists():
            (target / name).write_bytes((folder / name).read_bytes())
    (target / "source.pdf").write_bytes(pdf)
    return target
