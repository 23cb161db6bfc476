"""A page of runs to lines in reading order, each with its look: the layout analysis, apart from any file format."""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Final

from tasks.read.blocks import Block, blocks_of, body_size
from tasks.read.order import heads_of, in_reading_order
from tasks.read.page import Page, holds, shared_width
from tasks.records import Box, Line, Look

_FOLIO: Final = re.compile(r"[-—–·\s]*(?:第\s*)?[A-Z]?\d{1,3}\s*[版页]?[-—–·\s]*|第[一二三四五六七八九十]{1,3}版")
_LONGEST_RUNNING: Final = 40
_LONG_RULE: Final = 0.5
"""The share of the page's width that the rule below a running head is longer than."""
_RULE_NEAR: Final = 14.0
_SPACE: Final = 0.35
"""Ems by which the white space above a line exceeds that between two lines of a paragraph, where it parts them."""
_CELL_MARGIN: Final = 8.0
"""Points between the text of a table and the rules round it."""
_WIDER_RULE: Final = 1.5
_FRAME: Final = 2
"""Runs that a shape must hold to be a frame round text."""
_MOST_OF_PAGE: Final = 0.7


def lines_of(page: Page, first_number: int) -> tuple[Line, ...]:
    """The lines of a page in reading order, numbered from `first_number`; captions and running heads stand last."""
    body = body_size(page.runs)
    blocks = blocks_of(page, body)
    blocks = _running_marked(blocks, page, body)
    asides = [block for block in blocks if block.is_aside]
    text = [block for block in blocks if not block.is_aside]
    ordered = [*in_reading_order(_over_columns(text), _frames(page), _walls(page, text)), *asides]
    usual = _leading(ordered)
    lines: list[Line] = []
    for number, block in enumerate(ordered):
        above = ordered[number - 1] if number else None
        for at, run in enumerate(block.lines):
            before = block.lines[at - 1] if at else above.lines[-1] if above and _is_same_column(above, block) else None
            look = Look(
                box=run.box,
                edges=run.edges,
                size=run.size,
                scale=block.size / body,
                bold=run.bold,
                left=block.left,
                right=block.right,
                block=number,
                apart=before is not None and run.box.top - before.box.bottom > (usual + _SPACE) * run.size,
                aside=block.is_aside,
                row=block.is_table,
                confidence=run.confidence,
            )
            lines.append(Line(run.text, page.number, first_number + len(lines), look))
    return tuple(lines)


def _running_marked(blocks: Sequence[Block], page: Page, body: float) -> list[Block]:
    """The blocks, those of the running head and foot marked: short type at an edge, with a page number or a rule."""
    marked: set[int] = set()
    for at_top in (True, False):
        edge = (
            min((block.box.top for block in blocks), default=0.0)
            if at_top
            else max((block.box.bottom for block in blocks), default=0.0)
        )
        row = [
            block
            for block in blocks
            if abs((block.box.top if at_top else block.box.bottom) - edge) < 0.6 * body and len(block.lines) == 1
        ]
        others = [block for block in blocks if block not in row]
        if (
            not row
            or not others
            or any(block.in_headline or len(block.lines[0].text) > _LONGEST_RUNNING for block in row)
        ):
            continue
        inner = max(block.box.bottom for block in row) if at_top else min(block.box.top for block in row)
        ruled = any(
            rule.width > _LONG_RULE * page.width
            and -_RULE_NEAR / 2 <= (rule.top - inner if at_top else inner - rule.bottom) < _RULE_NEAR
            for rule in page.rules
        )
        if ruled or any(_FOLIO.fullmatch(block.lines[0].text) for block in row):
            marked.update(map(id, row))
    return [replace(block, is_aside=True) if id(block) in marked else block for block in blocks]


def _over_columns(blocks: Sequence[Block]) -> list[Block]:
    """The blocks, each headline with the edges of the columns that stand under it."""
    heads = heads_of(blocks)
    under: dict[int, list[Block]] = {}
    for block in blocks:
        if (head := heads.get(id(block))) is not None:
            under.setdefault(id(head), []).append(block)
    return [
        replace(block, left=min(one.left for one in spanned), right=max(one.right for one in spanned))
        if block.in_headline and (spanned := [block, *under.get(id(block), [])])
        else block
        for block in blocks
    ]


def _leading(blocks: Sequence[Block]) -> float:
    """Ems of white space between the lines of a paragraph."""
    gaps = sorted(
        (after.box.top - line.box.bottom) / line.size
        for block in blocks
        if not (block.in_headline or block.is_table)
        for line, after in pairwise(block.lines)
    )
    return gaps[len(gaps) // 3] if gaps else 1.0


def _is_same_column(above: Block, block: Block) -> bool:
    return above.box.bottom <= block.box.top + 1 and shared_width(above.box, block.box) > 0.3


def _frames(page: Page) -> list[Box]:
    """The shapes that hold text: boxed items and tinted backgrounds."""
    whole = page.width * page.height
    return [
        shape
        for shape in page.shapes
        if shape.width * shape.height < _MOST_OF_PAGE * whole
        and sum(holds(shape, run.box) for run in page.runs) >= _FRAME
    ]


def _walls(page: Page, blocks: Sequence[Block]) -> list[Box]:
    """The rules that part blocks: not those of a table, and none that goes through a line of text."""
    return [rule for rule in page.rules if not any(_is_of(rule, block) for block in blocks)]


def _is_of(rule: Box, block: Block) -> bool:
    reach = _CELL_MARGIN if block.is_table else -1.0
    box = block.box
    return (
        box.left < rule.right
        and rule.left < box.right
        and box.top - reach < rule.bottom
        and rule.top < box.bottom + reach
        and not (block.is_table and rule.width > _WIDER_RULE * box.width)
    )
