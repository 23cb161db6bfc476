"""Lists of contents (目录, 导读): where they end, and which headlines they announce."""

import re
from collections.abc import Sequence
from typing import Final

from tasks.clean.lines import Printed
from tasks.clean.rules import Layout

_WORDS: Final = re.compile(r"[^\w]+")
_SENTENCE: Final = re.compile(r"[。；]|，.*，")
_LONGEST_ENTRY: Final = 50
_LONGEST_LINE: Final = 80
"""Characters of a headline that stands in one line."""
_LEFT_OUT: Final = ("…", "...")
"""How an entry ends that gives only the beginning of a headline."""
_SENTENCE_END: Final = re.compile("[。；]")
_BULLET: Final = re.compile(r"\s*[●○■□▲△◆◇★☆▪◎·•*＊]|\s*\d{1,2}\s*[.、．]")
_LONGEST_SECTION: Final = 6
_NUMBER: Final = r"(?:第\s*)?[A-Z]?\d{1,3}\s*"
_DOTS: Final = r"(?:…|[\.·•]{2})[…\.·•]*\s*"
_WRITER: Final = r"(?:[一-龥]{2,4}[\s　]*)"
_WRITERS: Final = re.compile(r"\s*[／/|丨]\s*(?:[一-龥]{2,4}[\s　、]*){1,3}$")
"""06 让“标准地”真正标准起来 ／ 沈砚秋."""
_PAGE_SIGN: Final = r"P\.?\s*\d{1,3}"
_PAGE_ALONE: Final = r"\d{2,3}[\s　]+(?=[一-龥“《]|\d{1,2}[—–-]\d)"
_NO_PAGE: Final = re.compile(
    r"错误[！!]\s*未(?:定义|找到)(?:书签|引用源)[。.]?|Error!\s*(?:Bookmark|Reference)[^.]{4,24}\.?"
)
"""What Word writes where it cannot tell the page."""
_LEADS_TO_PAGE: Final = re.compile(
    rf"{_PAGE_SIGN}\b.*|{_PAGE_ALONE}.*"
    rf"|.*(?:{_DOTS}{_WRITER}{{0,3}}[（(]?{_NUMBER}[版页]?[）)]?|[（(]\s*{_NUMBER}版\s*[）)]"
    rf"|\s{_NUMBER}版|[一-龥”」》）]\s+\d{{1,3}}|\b{_PAGE_SIGN})\s*$"
)
_SHORTEST_ENTRY: Final = 4
_LONGEST_HEADLINE: Final = 5
_FEWEST_LEADING: Final = 3
"""Entries with a page, of a list that is believed to be complete."""
_MOST_LEFT: Final = 4
"""Of so many entries one may be missing: a running head right below the list looks like one."""
_PAGE: Final = re.compile(
    rf"(?:(?:{_DOTS}{_WRITER}{{1,3}}[（(]?|[…\.·•\s]+[（(]?|[（(])\s*{_NUMBER}版?\s*[）)]?|[…\.·•\s]+)$"
)
_IN_ENGLISH: Final = re.compile("[A-Za-z\\s]{4,30}")
_PAGE_BEFORE: Final = re.compile(rf"{_PAGE_SIGN}\s*|{_PAGE_ALONE}")


def contents_end(printed: Sequence[Printed], at: int, layout: Layout) -> int:
    """Behind the last entry of a list of contents: marked, leading to a page, or a headline that comes later."""
    end = at + 1
    later: str | None = None
    entries: list[str] = []
    while end < len(printed):
        text = _with_page(printed[end].text)
        if printed[end].marks and not _is_entry(printed, end):
            break  # （上接5版）申请发明专利 47⏎件
        if not _letters(text) or (end == at + 1 and _IN_ENGLISH.fullmatch(text)):  # a rule; CONTENTS below 目录
            end += 1
            continue
        if (
            end > at + 1
            and printed[end - 1].strip.printed_at == printed[end].strip.printed_at
            and not printed[end - 1].begins
        ):  # who wrote it, behind an entry
            end += 1
            continue
        leads = _LEADS_TO_PAGE.match(text) is not None or printed[end].is_furniture
        opens = printed[end].opens_article and not leads  # 工作简讯 10 has the looks of a dateline
        if len(_PAGE.sub("", text)) > _LONGEST_ENTRY or _SENTENCE.search(text) or opens:
            break
        bullet = _BULLET.match(text)
        entry = _letters(text[bullet.end() :] if bullet else text)
        if not leads and len(entry) <= _LONGEST_SECTION and _leads_below(printed, end):
            end += 1  # the name of a section
            continue
        if not leads and (entry in entries or (len(entry) >= _SHORTEST_ENTRY and any(entry in one for one in entries))):
            break  # the first article's own headline
        if not (bullet or leads):
            if later is None:
                later = _letters("".join(line.text for line in printed[end:]))
            parts = [part for part in map(_letters, text.split()) if len(part) >= _SHORTEST_ENTRY]
            if all(later.count(part) < 2 for part in (entry, *parts)):
                break
        if entry:
            entries.append(entry)
        end += 1
    # a label before the first article is no entry
    while end > at + 1 and layout.column_label.fullmatch(printed[end - 1].text):
        end -= 1
    return end


def _is_entry(printed: Sequence[Printed], at: int) -> bool:
    """Whether a bullet on its printed line shows that a line is an entry: · （上接第六版）."""
    before = printed[at - 1]
    return before.strip.printed_at == printed[at].strip.printed_at and not _letters(before.text)


def _leads_below(printed: Sequence[Printed], at: int) -> bool:
    """Whether the next line is an entry that leads to a page."""
    return at + 1 < len(printed) and _LEADS_TO_PAGE.match(printed[at + 1].text) is not None


def _with_page(text: str) -> str:
    """An entry with a page, where Word left its place without one."""
    return _NO_PAGE.sub(" 0", text)


def _letters(text: str) -> str:
    return _WORDS.sub("", text)


def entry_of(text: str) -> str:
    """An entry of a list of contents as its headline's letters: without its bullet, its number and its page."""
    text = _PAGE.sub("", _WRITERS.sub("", _with_page(text)))
    bullet = _BULLET.match(text) or _PAGE_BEFORE.match(text)
    return _letters(text[bullet.end() :] if bullet else text)


def _begins_with(line: Printed, shortened: set[str]) -> bool:
    """Whether a line that is no sentence begins like an entry of which the end was left out."""
    if not shortened or len(line.text) > _LONGEST_LINE or _SENTENCE_END.search(line.text):
        return False
    letters = _letters(line.text)
    return any(len(entry) >= _LONGEST_SECTION and letters.startswith(entry) for entry in shortened)


def sections_among(entries: Sequence[str], layout: Layout) -> set[str]:
    """The names of sections (专题报道) in a list of contents whose other entries lead to pages; 简讯 is an article."""
    leading = [_LEADS_TO_PAGE.match(text) is not None for text in entries]
    for at in range(len(entries) - 1):
        leading[at] = leading[at] or (leading[at + 1] and not entry_of(entries[at + 1]))  # its page in the next line
    if 3 * sum(leading) < len(entries):
        return set()
    names = {_letters(text) for text, leads in zip(entries, leading, strict=True) if not leads}
    return {name for name in names if 2 <= len(name) <= _LONGEST_SECTION and not layout.column_head.fullmatch(name)}


def with_announced(kept: list[Printed], entries: Sequence[str], names: set[str]) -> list[Printed]:
    """The lines, those marked that are entries of the lists of contents: alone, or some that make an entry together.

    An entry may give only the beginning of a headline; the `names` of sections are none.
    """
    left = {entry_of(text) for text in entries} - names - {""}
    shortened = {entry_of(text) for text in entries if text.endswith(_LEFT_OUT)} & left
    lines = [
        line._replace(is_announced=True) if _begins_with(line, shortened) and not line.is_byline else line
        for line in kept
    ]
    for at in range(len(lines) if left else 0):
        name = ""
        for end in range(at, min(len(lines), at + _LONGEST_HEADLINE)):
            line = lines[end]
            if line.opens_article or len(line.text) > _LONGEST_ENTRY:
                break
            bullet = _BULLET.match(line.text) if end == at else None
            name += _letters(line.text[bullet.end() :] if bullet else line.text)
            if name in left:  # it may end with somebody's name: ——专访党工委书记⏎郑以宁
                left.discard(name)
                own = [one._replace(is_announced=True, is_byline=False) for one in lines[at : end + 1]]
                lines[at : end + 1] = own
                break
            if line.is_byline:
                break
    leading = sum(_LEADS_TO_PAGE.match(text) is not None for text in entries)
    if leading < _FEWEST_LEADING or 2 * leading < len(entries) or _MOST_LEFT * len(left) > leading:
        return lines
    return [line if line.is_announced else line._replace(is_unlisted=True) for line in lines]
