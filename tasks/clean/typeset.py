"""What a typeset page says of its lines beyond their text: sizes and weights part headlines and subheadings."""

from typing import Final

from tasks.clean.lines import LARGE, Printed

_SAME: Final = 1.1
_FULL: Final = 1.6
"""Ems that a line which was broken for want of room falls short of its column at most."""


def ends_unit(line: Printed, after: Printed, *, closed: bool) -> bool | None:
    """Whether a unit ends between two lines; None where how they are set does not say. `closed`: a sentence ends."""
    if not (line.block and after.block):
        return None
    if max(line.scale, after.scale) > _SAME * min(line.scale, after.scale):
        return True
    full = line.column - line.width - line.indent <= _FULL
    if line.scale >= LARGE:
        return line.block != after.block or not full or line.width < after.width
    if line.bold != after.bold and (closed or not full):
        return True
    return None
