"""A group of units to an article: clean body, headline, names, and the way back to the source."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Final

from tasks.clean.bylines import byline_names, dateline_names, split_byline, web_author
from tasks.clean.flow import Flow, joined
from tasks.clean.lines import Printed
from tasks.clean.marks import TRIANGLES, bullet_end, label_before, unframed
from tasks.clean.page import Group
from tasks.clean.rules import Layout
from tasks.clean.units import Unit
from tasks.records import Article, Aside, AsideKind, Paragraph, ParagraphKind

_QUOTES: Final = "“”「」『』。！？"
_SHORTEST_QUOTE: Final = 8
_LONGEST_QUOTE: Final = 60
"""Characters of a sentence that is set beside a text as well."""
_MOST_UNITS: Final = 200
"""Of an article in which it is looked for."""


def assembled(group: Group, seq: int, layout: Layout) -> tuple[Article | None, list[Aside]]:
    """The article, and what was taken out of its text: the dateline and the byline.

    None where nothing is left: a dateline alone is no article, and its headline is set aside with it.
    """
    captions = [*_captions(group), *_pull_quotes(group)]
    asides = asides_of("furniture", (unit.flow for unit in captions))
    group = replace(group, body=tuple(unit for unit in group.body if unit not in captions))
    flows = [unit.flow for unit in group.body]
    dateline = layout.dateline.match(flows[0].text) if group.body[0].opens_article else None
    author = None
    if dateline is not None:
        asides += asides_of("dateline", [flows[0].cut(0, dateline.end())])
        author = dateline_names(dateline[0], layout)
        flows[0] = flows[0].cut(dateline.end(), len(flows[0].text))
    asides += asides_of("furniture", (unit.flow for unit in group.repeated))
    asides += [aside for unit in group.bylines for aside in printed_asides("byline", unit.lines)]
    told: list[str] = []
    if any(unit.opens_column for unit in group.headline):
        flows, others, told = _items(group.body, flows, layout)
        asides += others
    if any(not unit.is_web_line for unit in group.bylines):
        author = _signed(group, author if dateline is not None else None, layout) or author
    else:
        # a byline that was broken over two lines is seen only in the joined text
        byline = split_byline(flows[-1].text, len(flows[-1].text), layout)
        if byline is not None and byline[1]:
            asides += asides_of("byline", [flows[-1].cut(byline[0], len(flows[-1].text))])
            author = byline[1]
            flows[-1] = flows[-1].cut(0, byline[0])
    if told:
        author = " ".join(dict.fromkeys(" ".join(filter(None, (author, *told))).split(" ")))
    bullets = [0 if unit.is_row else bullet_end(flow.text) for unit, flow in zip(group.body, flows, strict=True)]
    asides += asides_of("control", (flow.cut(0, end) for flow, end in zip(flows, bullets, strict=True)))
    flows = [flow.cut(end, len(flow.text)) for flow, end in zip(flows, bullets, strict=True)]
    kept = [(unit, unit.flow) for unit in group.notes]
    kept += [(unit, flow) for unit, flow in zip(group.body, flows, strict=True) if flow.text]
    body = joined((flow for _, flow in kept), "\n")
    tells = any(unit.is_sentence or unit.is_row or unit.opens_article for unit in group.body)
    untold = not group.headline and not tells
    if untold:  # 往期推荐: names of other issues
        asides += asides_of("furniture", (flow for _, flow in kept))
    if untold or not body.text:
        return None, [*asides, *asides_of("furniture", (unit.flow for unit in group.headline))]
    label: str | None = None
    headline = []
    for unit in group.headline:
        start, end = unframed(unit.text, layout)
        asides += asides_of("control", (unit.flow.cut(0, start), unit.flow.cut(end, len(unit.text))))
        before = label_before(unit.text, layout)
        label = before[1] if before else label
        headline.append(unit.text[start:end])
    kicker, title, subtitle = _headline_parts(headline, layout)
    places = [
        place
        for unit in (*group.headline, *group.notes, *group.body)
        for place in (unit.flow.first_place, unit.flow.last_place)
    ]
    first = body.first_place.document
    return Article(
        seq=seq,
        headline=tuple(headline),
        kicker=kicker,
        title=title,
        subtitle=subtitle,
        author=author or _web_author(group, layout),
        dateline=dateline[0].strip() if dateline else None,
        column_label=label,
        body=body.text,
        paragraphs=tuple(_paragraphs(kept, layout)),
        offsets=body.offsets(),
        page=body.first_place.page,
        line_start=min(place.line for place in places if place.document == first),
        line_end=max(place.line for place in places if place.document == first),
        document=first,
    ), asides


def _signed(group: Group, first: str | None, layout: Layout) -> str | None:
    """The people of the bylines, behind those of the dateline (`first`); an office where no people sign."""
    signed = [unit for unit in group.bylines if not unit.is_web_line]
    names = [name for unit in signed if (name := byline_names(unit.text, layout))]
    people = [name for name in names if _names_people(name, layout)]
    if first is not None and _names_people(first, layout) and people:
        people.insert(0, first)
    each = dict.fromkeys(person for name in people for person in name.split(" "))
    return " ".join(each) or (names[0] if names else None)


def _web_author(group: Group, layout: Layout) -> str | None:
    """Who a web line says wrote it, read as printed: white space keeps 来源：… apart from 浏览次数：…."""
    webs = (" ".join(line.text for line in unit.lines) for unit in group.bylines if unit.is_web_line)
    return next((name for text in webs if (name := web_author(text, layout))), None)


def _items(body: Sequence[Unit], flows: Sequence[Flow], layout: Layout) -> tuple[list[Flow], list[Aside], list[str]]:
    """The items of a column without the dateline and the byline that each of them may have, these, and the names."""
    whole: list[Flow] = []
    datelines: list[Flow] = []
    bylines: list[Flow] = []
    names: list[str] = []
    for at, (unit, flow) in enumerate(zip(body, flows, strict=True)):
        found = layout.dateline.match(flow.text) if at and unit.opens_article else None
        datelines += [flow.cut(0, found.end())] if found else []
        item = flow.cut(found.end(), len(flow.text)) if found else flow
        byline = split_byline(item.text, len(item.text), layout)
        if byline is not None and byline[1]:
            bylines.append(item.cut(byline[0], len(item.text)))
            names.append(byline[1])
            item = item.cut(0, byline[0])
        whole.append(item)
    return whole, [*asides_of("dateline", datelines), *asides_of("byline", bylines)], names


def _names_people(author: str, layout: Layout) -> bool:
    return layout.office.fullmatch(author) is None and all(
        layout.any_name.fullmatch(part) for part in author.split(" ")
    )


def _captions(group: Group) -> list[Unit]:
    """The lines that only a triangle tells from subheadings: where headlines have none, it points at a picture."""
    if any(unit.text[0] in TRIANGLES for unit in group.headline):
        return []
    return [unit for unit in group.body if unit.text[0] in TRIANGLES and not unit.is_sentence and not unit.is_row]


def _pull_quotes(group: Group) -> list[Unit]:
    """The sentences that stand once more by themselves, as they are set beside a text."""
    if len(group.body) > _MOST_UNITS:
        return []
    told = [unit.text for unit in group.body]
    return [
        unit
        for unit in group.body
        if _SHORTEST_QUOTE <= len(quote := unit.text.strip(_QUOTES)) <= _LONGEST_QUOTE
        and unit.lines[0].blank_before
        and unit.is_sentence
        and not unit.is_row
        and any(quote in text for text in told if len(text) > len(unit.text))
    ]


def asides_of(kind: AsideKind, flows: Iterable[Flow]) -> list[Aside]:
    """Flows that go into no body, each with the place of its first character."""
    return [
        Aside(kind, flow.text, flow.first_place.page, flow.first_place.line, flow.first_place.document)
        for flow in flows
        if flow.text
    ]


def printed_asides(kind: AsideKind, lines: Iterable[Printed]) -> list[Aside]:
    """Lines that go into no body, as they are printed, each with its place."""
    return [Aside(kind, line.strip.text, line.strip.page, line.strip.line, line.strip.document) for line in lines]


def _paragraphs(kept: list[tuple[Unit, Flow]], layout: Layout) -> Iterable[Paragraph]:
    start = 0
    for unit, flow in kept:
        is_text = unit.is_sentence or (unit.in_body and bullet_end(unit.text) > 0)
        kind: ParagraphKind = "table" if unit.is_row else "text" if is_text else "subheading"
        if kind == "text" and (layout.enumerator.match(flow.text) or bullet_end(unit.text)):
            kind = "list"
        yield Paragraph(kind, flow.text, start, start + len(flow.text))
        start += len(flow.text) + 1


def _headline_parts(lines: list[str], layout: Layout) -> tuple[str | None, str | None, str | None]:
    """Kicker (引题), title and subtitle (副题): a dash opens the subtitle, 强调 and the like close a kicker."""
    subtitle = [line for line in lines if line.startswith(("—", "－－", "--"))]
    rest = [line for line in lines if line not in subtitle]
    kicker = rest.pop(0) if len(rest) >= 2 and rest[0].endswith(layout.kicker_ends) else None
    return kicker, " ".join(rest) or None, " ".join(subtitle) or None
