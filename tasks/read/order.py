"""Reading order: which block is read after which, decided over the whole page at once.

A page is cut by white space from edge to edge, again and again, until single blocks are left (an XY-cut). Which cuts
are made is chosen by what the text says of its order: a paragraph that is broken off goes on in the next block, an
indent begins a new one, and a headline is followed by what stands below it. The cheapest order of all cuts is taken.
"""

from collections.abc import Sequence
from functools import reduce
from typing import Final, NamedTuple

from tasks.read.blocks import Block, body_size
from tasks.read.page import overlap, shared_width
from tasks.records import Box

_NEVER: Final = 1e9
_TORN: Final = 4.0
"""A paragraph that is broken off is followed by a headline or by a new paragraph."""
_UNANNOUNCED: Final = 3.0
"""A block that goes on follows one that is finished."""
_STRAY_HEADLINE: Final = 6.0
"""A headline is not followed by what stands below it."""
_OTHER_HEADLINE: Final = 2.5
"""A block is read under another headline than the one that stands above it."""
_ACROSS: Final = 0.3
"""A cut along columns that stand side by side above it, or below."""
_IN_TEXT: Final = 0.05
"""Of two cuts that are alike the one above a headline is taken."""
_TOLERANCE: Final = 3.0
"""Points that two blocks may overlap and still be parted by a cut: boxes of characters are loose."""
_FAR: Final = 4.0
_STACKED: Final = 0.8
"""Ems between two lines of one headline at most."""
_SHARED: Final = 0.3
"""Share of the narrower width that stands below a headline at least."""
_LEVEL: Final = 0.6
"""Ems by which the first lines of columns that stand side by side differ at most."""
_TITLE: Final = 2.0
"""A paper's title is larger than the body text by this factor at least."""
_LARGEST: Final = 1.25
"""And than any headline of the page by this one."""
_MOST_STATES: Final = 1200
"""Regions that are looked at before the first cut that is possible is taken; pages of the tests take up to 600."""


_MOST_BLOCKS: Final = 300
"""A newspaper page has 60; what is scattered in more pieces has no columns, and is read downwards."""


class _Order(NamedTuple):
    cost: float
    items: tuple[int, ...]


def in_reading_order(blocks: Sequence[Block], frames: Sequence[Box], rules: Sequence[Box]) -> list[Block]:
    """The blocks in the order in which they are read; what stands in a frame is read together.

    Rules between blocks are walls: no cut goes through one.
    """
    masthead, blocks = _masthead(blocks)
    framed, free, walls = _by_frame(blocks, frames), list(blocks), list(rules)
    units: list[list[Block]] = []
    for inside, frame in framed:
        free = [block for block in free if block not in inside]
        walls = [rule for rule in walls if not _inside(frame, rule)]
        units.append(_ordered([[block] for block in inside], []))
    units += [[block] for block in free]
    return [*masthead, *_ordered(units, walls)]


def _masthead(blocks: Sequence[Block]) -> tuple[list[Block], list[Block]]:
    """The title of a paper in the largest type of the page, with the lines that say its day, and the blocks below it.

    It stands over all columns, however narrow it is; one in a corner, with text beside it, is left where it is.
    """
    ordered = sorted(blocks, key=lambda block: (block.box.top, block.box.left))
    largest = max(ordered, key=lambda block: block.size, default=None)
    others = [block.size for block in ordered if block is not largest]
    body = body_size(line for block in ordered for line in block.lines)
    if largest is None or not others or largest.size < max(_TITLE * body, _LARGEST * max(others)):
        return [], ordered
    for at in range(ordered.index(largest) + 1, len(ordered)):
        band, rest = ordered[:at], ordered[at:]
        beside = any(
            overlap(rest[0].box.top, rest[0].box.bottom, other.box.top, other.box.bottom) > _TOLERANCE
            for other in rest[1:]
        )
        if not (beside or rest[0].is_head) and len(rest[0].lines) == 1:
            continue  # its day, its number, who publishes it
        bottom = max(block.box.bottom for block in band)
        is_above = all(block.box.top >= bottom - _TOLERANCE for block in rest)
        return (band, rest) if is_above else ([], ordered)
    return [], ordered


def _by_frame(blocks: Sequence[Block], frames: Sequence[Box]) -> list[tuple[list[Block], Box]]:
    """The blocks inside of each frame, the smallest frame first; a block is taken once."""
    taken: set[int] = set()
    framed: list[tuple[list[Block], Box]] = []
    for frame in sorted(frames, key=lambda frame: frame.width * frame.height):
        inside = [block for block in blocks if id(block) not in taken and _inside(frame, block.box)]
        if len(inside) >= 2:
            taken.update(map(id, inside))
            framed.append((inside, frame))
    return framed


def _inside(frame: Box, box: Box) -> bool:
    return (
        frame.left - 2 <= box.left
        and box.right <= frame.right + 2
        and frame.top - 2 <= box.top
        and box.bottom <= frame.bottom + 2
    )


def _ordered(units: Sequence[list[Block]], walls: Sequence[Box]) -> list[Block]:
    """Units (blocks whose order is known) in order."""
    if not units:
        return []
    boxes = [reduce(_both, (block.box for block in unit)) for unit in units]
    if len(units) > _MOST_BLOCKS:
        return [block for unit in sorted(units, key=lambda unit: unit[0].box.top) for block in unit]
    search = _Search(units, [*boxes, *walls])
    order = search.best(tuple(range(len(boxes) + len(walls)))).items
    return [block for item in order if item < len(units) for block in units[item]]


def _both(one: Box, other: Box) -> Box:
    return Box(
        min(one.left, other.left), min(one.top, other.top), max(one.right, other.right), max(one.bottom, other.bottom)
    )


class _Search:
    """The cheapest order of each region of a page; items from `len(units)` on are walls."""

    def __init__(self, units: Sequence[list[Block]], boxes: Sequence[Box]) -> None:
        self.units = units
        self.boxes = boxes
        self.known: dict[tuple[int, ...], _Order] = {}
        blocks = [block for unit in units for block in unit]
        # where paragraphs are not indented, a block that is not says nothing
        bodies = [block for block in blocks if not (block.is_head or block.is_table or block.is_aside)]
        self.head_of = heads_of(blocks)
        self.indents = 4 * sum(block.is_indented for block in bodies) >= len(bodies)

    def best(self, region: tuple[int, ...]) -> _Order:
        """The cheapest order of some items."""
        if len(region) == 1:
            return _Order(0.0, region)
        known = self.known.get(region)
        if known is not None:
            return known
        if not self._has_columns(region):
            self.known[region] = found = self._downwards(region)
            return found
        found = _Order(_NEVER, region)
        for first, second, price in self._cuts(region):
            one, two = self.best(first), self.best(second)
            cost = price + one.cost + two.cost + self._joint(one.items, two.items)
            if cost < found.cost:
                found = _Order(cost, one.items + two.items)
            if len(self.known) > _MOST_STATES:
                break
        if found.cost >= _NEVER:
            found = self._uncut(region)
        self.known[region] = found
        return found

    def _downwards(self, region: tuple[int, ...]) -> _Order:
        """A region in which nothing stands beside anything else."""
        ordered = tuple(sorted(region, key=lambda item: self.boxes[item].top))
        cost = sum(self._joint(ordered[:at], ordered[at : at + 1]) for at in range(1, len(ordered)))
        return _Order(cost, ordered)

    def _uncut(self, region: tuple[int, ...]) -> _Order:
        """A region that no straight cut divides: without its walls, else from the left to the right and down."""
        blocks = tuple(item for item in region if item < len(self.units))
        if len(blocks) < len(region):
            return self.best(blocks) if blocks else _Order(0.0, region)
        rows = sorted(region, key=lambda item: (round(self.boxes[item].left / 20), self.boxes[item].top))
        return _Order(_TORN, tuple(rows))

    def _cuts(self, region: tuple[int, ...]) -> list[tuple[tuple[int, ...], tuple[int, ...], float]]:
        """The ways to cut a region in two, the cut between columns first."""
        cuts = []
        ordered = sorted(region, key=lambda item: self.boxes[item].left)
        reach = self.boxes[ordered[0]].right
        for at, item in enumerate(ordered[1:], start=1):
            if self.boxes[item].left >= reach - _TOLERANCE:
                cuts.append((tuple(sorted(ordered[:at])), tuple(sorted(ordered[at:])), 0.0))
            reach = max(reach, self.boxes[item].right)
        ordered = sorted(region, key=lambda item: self.boxes[item].top)
        reach = self.boxes[ordered[0]].bottom
        for at, item in enumerate(ordered[1:], start=1):
            if self.boxes[item].top >= reach - _TOLERANCE:
                upper, lower = ordered[:at], ordered[at:]
                price = 0.0
                if not self._is_edge(item, region):
                    price = _ACROSS * (self._has_columns(upper) + self._has_columns(lower))
                    price += 0.0 if self._is_headline(item) else _IN_TEXT
                cuts.append((tuple(sorted(upper)), tuple(sorted(lower)), price))
            reach = max(reach, self.boxes[item].bottom)
        return cuts

    def _has_columns(self, items: Sequence[int]) -> bool:
        boxes = [self.boxes[item] for item in items if item < len(self.units)]
        return any(
            overlap(one.top, one.bottom, other.top, other.bottom) > 6 and shared_width(one, other) < 0
            for at, one in enumerate(boxes)
            for other in boxes[at + 1 :]
        )

    def _is_headline(self, item: int) -> bool:
        return item < len(self.units) and self.units[item][0].in_headline

    def _is_edge(self, item: int, region: Sequence[int]) -> bool:
        """Whether a rule or a headline that goes across most of the region stands below a cut."""
        left, right = min(self.boxes[one].left for one in region), max(self.boxes[one].right for one in region)
        return self.boxes[item].width > 0.6 * (right - left)

    def _joint(self, first: tuple[int, ...], second: tuple[int, ...]) -> float:
        """What it costs to read the second group of items right behind the first."""
        before = [block for item in first if item < len(self.units) for block in self.units[item]]
        after = [self.units[item][0] for item in second if item < len(self.units)]
        if not before or not after:
            return 0.0
        cost = self._step(before[-1], after[0])
        later = {id(block) for block in after}
        head: Block | None = None
        for block in before:
            if block.in_headline:
                head = block
            elif (own := self.head_of.get(id(block))) is not None and id(own) in later:
                cost += _OTHER_HEADLINE
        if head is None:
            return cost
        goes_on = before[-1].is_open and not after[0].is_indented
        for at, block in enumerate(after):
            if block.in_headline:
                break
            own = self.head_of.get(id(block))
            if own is not None and own is not head and not (at == 0 and goes_on):
                cost += _OTHER_HEADLINE
        return cost

    def _step(self, before: Block, after: Block) -> float:
        if before.is_head:
            return 0.0 if _stands_below(before, after) or self.head_of.get(id(after)) is before else _STRAY_HEADLINE
        if after.is_head:
            return _TORN if before.is_open else 0.0
        if before.is_table or after.is_table or not self.indents:
            return 0.0
        if before.is_open:
            return _TORN if after.is_indented else 0.0
        return 0.0 if after.is_indented or len(after.lines) == 1 else _UNANNOUNCED


def heads_of(blocks: Sequence[Block]) -> dict[int, Block]:
    """For each block the headline that it stands under, if it stands under one.

    That is the nearest one above it. A headline may be narrower than the columns that it is set over: those belong to
    it whose first lines stand level right below it, with nothing beside the headline in between.
    """
    texts = [block for block in blocks if not block.in_headline]
    page_wide = max((block.box.right for block in blocks), default=0.0)
    lowest = [head for head in blocks if head.in_headline and not _has_headline_below(head, blocks)]
    heads: dict[int, Block] = {}
    for block in texts:
        above = [
            head
            for head in lowest
            if head.box.bottom <= block.box.top + _TOLERANCE and shared_width(head.box, block.column) > _SHARED
        ]
        if above:
            heads[id(block)] = max(above, key=lambda head: head.box.bottom)
    level: dict[int, tuple[float, Block]] = {}
    for head in lowest:
        below = [
            block
            for block in texts
            if -_TOLERANCE <= block.box.top - head.box.bottom <= _FAR * block.size
            and _is_clear(Box(block.box.left, head.box.top, block.box.right, block.box.top - 1), head, blocks)
        ]
        own = [block.box.top for block in below if heads.get(id(block)) is head]
        top = min(own or [block.box.top for block in below], default=0.0)
        for block in below:
            # a headline begins over its first column; one that has text of its own right below it comes first
            doubt = abs(block.box.top - top) + max(0.0, head.box.left - block.box.right) + (0.0 if own else page_wide)
            if abs(block.box.top - top) < _LEVEL * block.size and doubt < level.get(id(block), (_NEVER, head))[0]:
                level[id(block)] = doubt, head
    return heads | {block: head for block, (_, head) in level.items()}


def _has_headline_below(head: Block, blocks: Sequence[Block]) -> bool:
    return any(
        other.in_headline
        and -_TOLERANCE <= other.box.top - head.box.bottom < _STACKED * max(head.size, other.size)
        and shared_width(head.box, other.box) > _SHARED
        for other in blocks
        if other is not head
    )


def _is_clear(space: Box, head: Block, blocks: Sequence[Block]) -> bool:
    """Whether nothing but the headline stands in a space."""
    return all(other is head or not _meets(space, other.box) for other in blocks)


def _meets(one: Box, other: Box) -> bool:
    return (
        overlap(one.left, one.right, other.left, other.right) > _TOLERANCE
        and overlap(one.top, one.bottom, other.top, other.bottom) > 0
    )


def _stands_below(head: Block, after: Block) -> bool:
    gap = after.box.top - head.box.bottom
    return -_TOLERANCE <= gap <= _FAR * max(head.size, after.size) and shared_width(head.box, after.column) > _SHARED
