"""Bylines and datelines: who wrote an article, and the words that only introduce it."""

import re
from typing import Final

from tasks.clean.rules import Layout

_BRACKETED_END: Final = re.compile(r"[（(]\s*([^（）()]{2,40}?)\s*[）)]$")
_BARE_END: Final = re.compile(r"(?<=[。！？”…])\s+([^\s。，！？]{2,8}(?:\s+[^\s。，！？]{2,4}){0,3})$")
_CREDIT: Final = re.compile(r"[（(]([^（）()]+)[）)]")
_ANY_NAME: Final = re.compile(r"[一-龥]{2,4}(?:·[一-龥]{1,6})?")
_INNER: Final = re.compile(r"(?<=[。！？”…])\s*[（(]([^（）()]{2,24})[）)]")
_LONGEST: Final = 64
"""Characters that a byline with the sentence end before it does not exceed."""
_SEPARATORS: Final = re.compile(r"[\s、，,:：/／　]+")


def names_in(text: str, layout: Layout) -> str | None:
    """The names in a byline's text, joined by one space (or the source that it names); None if it is no byline."""
    for source in layout.byline_sources:
        found = source.fullmatch(text.strip())
        if found:
            return found[1]
    bare = layout.byline_roles.sub(" ", text)
    credited = any(len(role) > 1 for role in layout.byline_roles.findall(text))
    parts = [part for part in _SEPARATORS.split(bare) if part]
    if len(parts) >= 2 and len(parts) % 2 == 0 and all(len(part) == 1 for part in parts):
        parts = [a + b for a, b in zip(parts[::2], parts[1::2], strict=True)]  # 王　波
    # behind 记者 any two to four characters are a name; elsewhere a surname must open them
    name = _ANY_NAME if credited else layout.name
    if parts and len(parts) <= 6 and all(name.fullmatch(part) for part in parts):
        return " ".join(parts)
    return None


def split_byline(text: str, end: int, layout: Layout) -> tuple[int, str] | None:
    """Where the byline at the end of `text[:end]` begins, and its names; None if there is none."""
    tail = text[max(0, end - _LONGEST) : end].rstrip()
    moved = max(0, end - _LONGEST)
    for pattern in (_BRACKETED_END, _BARE_END):
        found = pattern.search(tail)
        if found and found.start() > 0:
            names = names_in(found[1], layout)
            before = tail[: found.start()].rstrip()
            if names and before and before[-1] in "。！？”…）":
                return moved + found.start(), names
    return None


def is_byline(text: str, layout: Layout) -> bool:
    """Whether a whole line is a byline: （张三）, 本报记者 王五, or a bare name."""
    if len(text) > _LONGEST or not layout.byline_hint.match(text):
        return False
    inner = text.strip()
    bracketed = _BRACKETED_END.fullmatch(inner)
    if bracketed:
        return names_in(bracketed[1], layout) is not None
    return len(inner) <= 24 and names_in(inner, layout) is not None


def byline_names(text: str, layout: Layout) -> str | None:
    """The names of a line that is a byline."""
    bracketed = _BRACKETED_END.fullmatch(text.strip())
    return names_in(bracketed[1] if bracketed else text, layout)


def dateline_names(dateline: str, layout: Layout) -> str | None:
    """The names in 本报讯（记者 张三）."""
    credit = _CREDIT.search(dateline)
    return names_in(credit[1], layout) if credit else None


def inner_byline_ends(text: str, layout: Layout) -> list[int]:
    """Where text goes on behind a bracketed byline in the middle of a line: the next headline is glued to it."""
    ends = []
    for found in _INNER.finditer(text):
        if text[found.end() : found.end() + _LONGEST].strip() and names_in(found[1], layout):
            ends.append(found.end())
    return ends
