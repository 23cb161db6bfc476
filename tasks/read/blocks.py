"""Runs to blocks: lines that are set one below the other in one column and one size, and the rows of tables."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Final

from tasks.read.page import Page, Run, around, holds, overlap, shared_height, shared_width
from tasks.records import Box

_SAME_SIZE: Final = 1.12
_LARGER: Final = 1.15
"""A headline is larger than the body text by this factor at least."""
_NEAR: Final = 1.35
"""Ems between two lines of a block."""
_JOINED: Final = 0.35
"""Ems between two runs of a line that were drawn apart."""
_BACK: Final = 1.05
"""Ems by which the boxes of two full-width marks overlap that are set closer (。“)."""
_INDENT: Final = 1.2
_DEEPEST_INDENT: Final = 3.0
_SHORT: Final = 1.6
"""Ems that a line which ends a paragraph falls short of its column at least."""
_RAGGED: Final = 0.25
"""Share of the column's width that a line in mid-sentence falls short of at most."""
_SHORT_LINE: Final = 0.7
_CAPTION_NEAR: Final = 14.0
"""Points between a picture and its caption."""
_CAPTION_LINES: Final = 3
_SMALLER: Final = 0.97
_LONGEST_CELL: Final = 16
_WIDEST_GAP: Final = 14.0
_VALUE: Final = re.compile(r"[-+−－]?\d[\d,.]*\s*[%％‰]?|[-—–/]{1,2}")
_ENDS: Final = frozenset("。！？；：…”）!?;:)")


@dataclass(frozen=True, slots=True)
class Block:
    """Lines that are set together; `left` and `right` are the edges of their column."""

    box: Box
    lines: tuple[Run, ...]
    size: float
    bold: bool
    left: float
    right: float
    is_head: bool = False
    in_headline: bool = False
    """It is part of a headline: by its size, or as the byline that stands below one."""
    is_aside: bool = False
    is_table: bool = False

    @property
    def column(self) -> Box:
        """Its part of the column."""
        return self.box._replace(left=min(self.left, self.box.left), right=max(self.right, self.box.right))

    @property
    def is_indented(self) -> bool:
        """Whether its first line begins a paragraph."""
        return self.lines[0].box.left - self.left > _INDENT * self.size

    @property
    def is_open(self) -> bool:
        """Whether its last line goes on: it is full, and no sentence ends with it."""
        last = self.lines[-1]
        is_full = (
            self.right - last.box.right < _SHORT * self.size and last.box.left - self.left < _DEEPEST_INDENT * self.size
        )
        return is_full and last.text[-1] not in _ENDS


def body_size(runs: Iterable[Run]) -> float:
    """The size that most characters are set in."""
    sizes: Counter[float] = Counter()
    for run in runs:
        sizes[round(run.size * 2) / 2] += len(run.text)
    return max(sizes, key=lambda size: (sizes[size], size)) if sizes else 1.0


def blocks_of(page: Page, body: float) -> list[Block]:
    """The blocks of a page, in no order yet."""
    runs = _cut_at_rules(_mended(page.runs), page.rules)
    tables, runs = _tables(runs, page)
    stacks = [part for stack in _stacks(runs, page.rules) for part in _without_heading(stack)]
    edges = _edges(stacks, body)
    pictures = pictures_of(page)
    plain_bold = _bold_share(runs) > 0.5
    blocks = []
    for stack, (left, right) in zip(stacks, edges, strict=True):
        size = body_size(stack)
        bold = all(run.bold for run in stack)
        blocks.append(
            Block(
                around(run.box for run in stack),
                tuple(stack),
                size,
                bold,
                left,
                right,
                in_headline=size >= _LARGER * body,
                is_head=size >= _LARGER * body or (bold and not plain_bold and len(stack) <= 3),
                is_aside=_is_caption(stack, size, body, pictures),
            )
        )
    return _with_bylines(blocks) + tables


def _with_bylines(blocks: Sequence[Block]) -> list[Block]:
    """The blocks, with a short line by itself right below a headline taken as part of it."""
    heads = [block for block in blocks if block.in_headline]
    return [
        replace(block, in_headline=True, is_head=True)
        if len(block.lines) == 1
        and not block.bold
        and block.lines[0].text[-1] not in _ENDS
        and any(
            (block.box.width < _SHORT_LINE * (block.right - block.left) or _is_centred(block, head))
            and -0.5 * block.size < block.box.top - head.box.bottom < _NEAR * block.size
            and shared_width(head.box, block.box) > 0.5
            for head in heads
        )
        else block
        for block in blocks
    ]


def _is_centred(block: Block, head: Block) -> bool:
    return abs(block.box.left + block.box.right - head.box.left - head.box.right) < 2 * block.size


def _bold_share(runs: Sequence[Run]) -> float:
    whole = sum(len(run.text) for run in runs)
    return sum(len(run.text) for run in runs if run.bold) / max(1, whole)


def _cut_at_rules(runs: Iterable[Run], rules: Sequence[Box]) -> list[Run]:
    """The runs, cut where a vertical rule stands between two of their characters."""
    upright = [rule for rule in rules if rule.height > rule.width]
    whole: list[Run] = []
    for run in runs:
        xs = sorted(
            rule.left
            for rule in upright
            if run.box.left < rule.left < run.box.right and shared_height(rule, run.box) > 0.5
        )
        ends = [
            0,
            *(next((at for at, edge in enumerate(run.edges) if edge >= x - 0.2 * run.size), len(run.text)) for x in xs),
            len(run.text),
        ]
        whole += (
            [part for start, end in pairwise(ends) if (part := _part(run, start, end)) is not None] if xs else [run]
        )
    return whole


def _part(run: Run, start: int, end: int) -> Run | None:
    text = run.text[start:end]
    start += len(text) - len(text.lstrip())
    end = start + len(text.strip())
    if start >= end:
        return None
    box = run.box._replace(left=run.edges[start], right=run.edges[end])
    return run._replace(text=run.text[start:end], box=box, edges=run.edges[start : end + 1])


def _mended(runs: Sequence[Run]) -> list[Run]:
    """The runs with those put together that stand side by side on one line, in whatever order they were drawn."""
    mended: list[Run] = []
    lines: dict[int, list[int]] = {}
    for run in sorted(runs, key=lambda run: run.box.left):
        level = round((run.box.top + run.box.bottom) / 2)
        reach = max(1, round(0.3 * run.size))
        near = [at for y in range(level - reach, level + reach + 1) for at in lines.get(y, ())]
        at = next((at for at in near if _goes_on(mended[at], run)), None)
        if at is None:
            lines.setdefault(level, []).append(len(mended))
            mended.append(run)
        else:
            mended[at] = joined([mended[at], run], "")
    return mended


def _goes_on(before: Run, run: Run) -> bool:
    gap = run.box.left - before.box.right
    same = max(before.size, run.size) < _SAME_SIZE * min(before.size, run.size)
    return (
        same
        and before.bold == run.bold
        and -_BACK * run.size < gap < _JOINED * run.size
        and shared_height(before.box, run.box) > 0.6
    )


def joined(runs: Sequence[Run], separator: str) -> Run:
    """Runs of one line as one run."""
    text = runs[0].text
    edges = list(runs[0].edges)
    for run in runs[1:]:
        text += separator + run.text
        gap = edges.pop()
        edges += [gap] * len(separator) + list(run.edges) if separator else [min(gap, run.edges[0]), *run.edges[1:]]
    confidences = [run.confidence for run in runs if run.confidence is not None]
    return Run(
        text,
        around(run.box for run in runs),
        runs[0].size,
        runs[0].bold,
        tuple(edges),
        min(confidences) if confidences else None,
    )


def _stacks(runs: Sequence[Run], rules: Sequence[Box]) -> list[list[Run]]:
    """Runs put one below the other where each is the only neighbour of the next."""
    order = sorted(range(len(runs)), key=lambda at: runs[at].box.top)
    below: dict[int, int] = {}
    above: dict[int, list[int]] = {}
    for place, at in enumerate(order):
        nearest = _nearest_below(runs, order, place)
        for other in nearest:
            above.setdefault(other, []).append(at)
        if len(nearest) == 1 and _is_set_with(runs[at], runs[nearest[0]], rules):
            below[at] = nearest[0]
    for at, over in above.items():
        # the end of a short line stands above the second line of an indented paragraph, and is not its neighbour
        lowest = max(runs[one].box.bottom for one in over)
        above[at] = [one for one in over if runs[one].box.bottom > lowest - 0.5 * runs[one].box.height]
    stacks: list[list[Run]] = []
    taken: set[int] = set()
    for at in order:
        if at in taken:
            continue
        stack = [at]
        while (
            (following := below.get(stack[-1])) is not None
            and above[following] == [stack[-1]]
            and following not in taken
        ):
            stack.append(following)
        taken.update(stack)
        stacks.append([runs[one] for one in stack])
    return stacks


def _without_heading(stack: list[Run]) -> list[list[Run]]:
    """A stack, its first line apart where that breaks off early and ends no sentence: a byline, a subheading."""
    if len(stack) < 2:
        return [stack]
    first, second = stack[:2]
    box = around(run.box for run in stack)
    is_inset = first.box.left - box.left > _DEEPEST_INDENT * first.size
    is_paragraph = is_inset or second.box.left - box.left > _INDENT * second.size or len(stack) == 2
    room = box.right - first.box.right
    is_short = room > (_SHORT * first.size if is_paragraph else _RAGGED * box.width)
    if is_short and first.text[-1] not in _ENDS:
        return [stack[:1], stack[1:]]
    return [stack]


def _nearest_below(runs: Sequence[Run], order: Sequence[int], place: int) -> list[int]:
    """The runs that stand next below a run: those side by side count as one level."""
    run = runs[order[place]]
    found: list[int] = []
    limit = float("inf")
    for at in order[place + 1 :]:
        other = runs[at].box
        if other.top > limit or other.top > run.box.bottom + 3 * run.size:
            break
        if (
            other.top >= run.box.top + 0.5 * run.box.height
            and overlap(run.box.left, run.box.right, other.left, other.right) > 1
        ):
            found.append(at)
            limit = min(limit, other.top + 0.5 * other.height)
    return found


def _is_set_with(run: Run, after: Run, rules: Sequence[Box]) -> bool:
    em = max(run.size, after.size)
    if em > _SAME_SIZE * min(run.size, after.size) or run.bold != after.bold:
        return False
    if after.box.top - run.box.bottom > _NEAR * em:
        return False
    return not any(
        rule.width > rule.height
        and run.box.bottom - 0.3 * em < rule.top < after.box.top + 0.3 * em
        and overlap(rule.left, rule.right, run.box.left, run.box.right) > 0
        for rule in rules
    )


def _edges(stacks: Sequence[Sequence[Run]], body: float) -> list[tuple[float, float]]:
    """For each stack the edges of its column: those of its own full lines, else of the nearest column that it fits."""
    own: list[tuple[float, float] | None] = []
    for stack in stacks:
        box = around(run.box for run in stack)
        full = sum(box.right - run.box.right < _SHORT * run.size for run in stack)
        is_column = len(stack) >= 3 and full >= 2 and stack[0].size < _LARGER * body
        own.append((box.left, box.right) if is_column else None)
    columns = [(edges, around(run.box for run in stack)) for stack, edges in zip(stacks, own, strict=True) if edges]
    edges = []
    for stack, mine in zip(stacks, own, strict=True):
        box = around(run.box for run in stack)
        if mine is None and stack[0].size < _LARGER * body:
            reach = 0.8 * body
            fitting = [
                (max(0.0, overlap(box.top, box.bottom, other.top, other.bottom) * -1), right - left, (left, right))
                for (left, right), other in columns
                if left - reach <= box.left and box.right <= right + reach
            ]
            edges.append(min(fitting)[2] if fitting else (box.left, box.right))
        else:
            edges.append(mine or (box.left, box.right))
    return edges


def _is_caption(stack: Sequence[Run], size: float, body: float, pictures: Sequence[Box]) -> bool:
    """Whether small type stands right below a picture, and no wider than it."""
    if size > _SMALLER * body or len(stack) > _CAPTION_LINES:
        return False
    box = around(run.box for run in stack)
    return any(
        -3 <= box.top - picture.bottom <= _CAPTION_NEAR
        and picture.left - size <= box.left
        and box.right <= picture.right + size
        for picture in pictures
    )


def pictures_of(page: Page) -> list[Box]:
    """The shapes of a page that no text stands in."""
    return [shape for shape in page.shapes if not any(holds(shape, run.box) for run in page.runs)]


def _tables(runs: list[Run], page: Page) -> tuple[list[Block], list[Run]]:
    """The tables of a page, each row a line with its cells two spaces apart, and the runs that are in none."""
    tables: list[Block] = []
    for area in _grids(page.rules):
        inside = [run for run in runs if holds(area, run.box)]
        if inside:
            tables.append(_table(_rows_of_grid(inside, area, page.rules)))
            runs = [run for run in runs if not holds(area, run.box)]
    for rows in _loose_tables(runs):
        tables.append(_table(rows))
        cells = {id(cell) for row in rows for cell in row}
        runs = [run for run in runs if id(run) not in cells]
    return tables, runs


def _table(rows: Sequence[Sequence[Run]]) -> Block:
    lines = tuple(joined(row, "  ") for row in rows)
    box = around(line.box for line in lines)
    return Block(box, lines, body_size(lines), bold=False, left=box.left, right=box.right, is_table=True)


def _grids(rules: Sequence[Box]) -> list[Box]:
    """The areas that crossing rules divide into cells."""
    near = 2.0
    grown = [Box(rule.left - near, rule.top - near, rule.right + near, rule.bottom + near) for rule in rules]
    groups: list[list[int]] = []
    for at, box in enumerate(grown):
        touching = [
            group
            for group in groups
            if any(
                overlap(box.left, box.right, grown[other].left, grown[other].right) > 0
                and overlap(box.top, box.bottom, grown[other].top, grown[other].bottom) > 0
                for other in group
            )
        ]
        groups = [group for group in groups if group not in touching]
        groups.append([at, *(one for group in touching for one in group)])
    areas = []
    for group in groups:
        flat = {round(rules[at].top) for at in group if rules[at].width > rules[at].height}
        upright = {round(rules[at].left) for at in group if rules[at].height > rules[at].width}
        if len(flat) >= 2 and len(upright) >= 3:
            areas.append(around(rules[at] for at in group))
    return areas


def _rows_of_grid(runs: Sequence[Run], area: Box, rules: Sequence[Box]) -> list[list[Run]]:
    """The cells of each row: what stands between two rules is one row, its lines put together."""
    own = [rule for rule in rules if holds(area, rule)]
    flat = sorted({round(rule.top) for rule in own if rule.width > rule.height})
    upright = sorted({round(rule.left) for rule in own if rule.height > rule.width})
    cells: dict[tuple[int, int], list[Run]] = {}
    for run in runs:
        x, y = (run.box.left + run.box.right) / 2, (run.box.top + run.box.bottom) / 2
        cells.setdefault((sum(edge < y for edge in flat), sum(edge < x for edge in upright)), []).append(run)
    rows: dict[int, list[Run]] = {}
    for (row, _), inside in sorted(cells.items()):
        rows.setdefault(row, []).append(joined(sorted(inside, key=lambda run: (round(run.box.top), run.box.left)), ""))
    return [rows[row] for row in sorted(rows)]


def _loose_tables(runs: Sequence[Run]) -> list[list[list[Run]]]:
    """Tables without rules: at least three lines below each other of a name and values beside it."""
    rows = [row for row in _rows_of_values(runs) if len(row) >= 2]
    tables: list[list[list[Run]]] = []
    for row in rows:
        last = tables[-1][-1] if tables else None
        if (
            last is not None
            and len(last) == len(row)
            and 0 < row[0].box.top - last[0].box.top < 3 * row[0].size
            and abs(row[0].box.left - last[0].box.left) < 3 * row[0].size
        ):
            tables[-1].append(row)
        else:
            tables.append([row])
    return [table for table in tables if len(table) >= 3]


def _rows_of_values(runs: Sequence[Run]) -> list[list[Run]]:
    ordered = sorted(runs, key=lambda run: (round(run.box.top / max(1.0, 0.5 * run.size)), run.box.left))
    rows: list[list[Run]] = []
    for run in ordered:
        row = rows[-1] if rows else None
        if (
            row
            and _VALUE.fullmatch(run.text)
            and shared_height(row[-1].box, run.box) > 0.6
            and 0 < run.box.left - row[-1].box.right < _WIDEST_GAP * run.size
        ):
            row.append(run)
        elif len(run.text) <= _LONGEST_CELL:
            rows.append([run])
    return sorted(rows, key=lambda row: (row[0].box.left // 100, row[0].box.top))
