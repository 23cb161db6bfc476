"""Marks that only show what a line is: bullets before headlines and items, frames round labels."""

import re
from typing import Final

from tasks.clean.rules import Layout

TICKS: Final = frozenset("✓✔✅☑")
"""They tick off the items of a list, and mark no headline."""
BULLETS: Final = frozenset("●○■□▲△◆◇★☆✦✧▪◎➢➤※▍▎▌▊█◤◼❖►▶") | TICKS
TRIANGLES: Final = frozenset("▲△▼▽")
"""They point at a picture, or mark a headline or an item: a caption is a sentence, or names who took the picture."""
_EMOJI: Final = "\u2600-\u27bf\u2b00-\u2bff\U0001f000-\U0001faff"
"""Pictures before a headline; behind some stands what only says how they are drawn, or a keycap."""
_BULLET: Final = re.compile(f"(?:[{''.join(BULLETS)}]+|#+(?![\\d#])|[*＊](?=\\s))\\s*(?=\\S)")
_PICTURES: Final = re.compile(f"(?:[{_EMOJI}\ufe0f\u200d]|[0-9]\ufe0f?\u20e3)+\\s*(?=\\S)")
_COUNTED: Final = re.compile(r"[0-9０-９]{1,2}[.．、]\s*")
_FRAMES: Final = "".join(BULLETS) + "#·•—－-~～*＊|｜丨《》<>【】[]〔〕［］ 　"
_BEFORE_BAR: Final = re.compile(r"([一-龥]{2,8})\s*[|｜丨]\s*")
_LONGEST_LABEL: Final = 8
_LONGEST_TOPIC: Final = 4
_HAN: Final = re.compile("[一-龥]+")
_DOTTED: Final = re.compile(r"[·•][\s　]*[一-龥]{2,8}[\s　]*[·•]")


def bullet_end(text: str) -> int:
    """Where the text begins behind its bullet: 0 where it has none."""
    found = _BULLET.match(text)
    return found.end() if found else 0


def is_dotted(text: str) -> bool:
    """Whether a line is a label between dots (· 园区动态 ·), of which the first is no mark inside of a name."""
    return _DOTTED.fullmatch(text) is not None


def unframed(text: str, layout: Layout) -> tuple[int, int]:
    """Where a headline's text stands in its line: without a bullet, a label, or the brackets round 【简讯】."""
    label = layout.column_label.fullmatch(text)
    if label:
        return label.span(1)
    if layout.column_head.fullmatch(bare_label(text)):
        bare = text.strip(_FRAMES)
        start = text.index(bare)
        return start, start + len(bare)
    before = label_before(text, layout)
    pictures = _PICTURES.match(text)
    start = before.end() if before else pictures.end() if pictures else bullet_end(text)
    return start, len(text)


def label_before(text: str, layout: Layout) -> re.Match[str] | None:
    """The label that opens a headline's line: 【招商引资】某某高新区签约项目十个, 招商引资 | 某某高新区签约项目十个."""
    counted = _COUNTED.match(text)
    before = layout.column_label.match(text, counted.end() if counted else 0) or _BEFORE_BAR.match(text)
    if before is None or before.end() == len(text):
        return None
    if counted:
        return before  # 1.【招商引资】某某高新区签约项目十个: what is counted is an article, whatever its label
    known = any(words.fullmatch(before[1]) for words in (layout.label_words, layout.label_topics))
    return before if known else None


def bare_label(text: str) -> str:
    """A label without its frame and the white space in it."""
    return "".join(text.strip(_FRAMES).split())


def is_framed_label(text: str, layout: Layout, *, known: bool) -> bool:
    """Whether a line has the frame of a label: on both sides, or before words that are `known` for it."""
    bare = bare_label(text)
    if not 2 <= len(bare) <= _LONGEST_LABEL or not _HAN.fullmatch(bare):
        return False
    # 濮清化工园区 is the name of a place, 重点园区 a topic
    named = len(bare) > _LONGEST_TOPIC and layout.office.fullmatch(bare) is not None
    known = known or (not named and any(w.fullmatch(bare) for w in (layout.label_words, layout.label_topics)))
    return text[0] != bare[0] and (known or text[-1] != bare[-1])
