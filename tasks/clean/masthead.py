"""The masthead (刊头): what an issue says of itself, in its first lines, its running heads and its imprint."""

import re
from collections.abc import Iterable, Sequence
from datetime import date
from itertools import pairwise
from typing import Final, NamedTuple

from tasks.clean.bylines import is_account, names_offices
from tasks.clean.furniture import is_running, paged_title
from tasks.clean.lines import Printed
from tasks.clean.rules import Layout
from tasks.records import Masthead

_FIGURE: Final = "[0-9〇零○一二三四五六七八九十百]"
_YEAR: Final = r"(?:\d{4}\s*年(?:度)?\s*|[（(〔\[]\s*\d{4}\s*年?\s*[）)〕\]]\s*)"
_NUMBER: Final = re.compile(
    rf"{_YEAR}?(?:[总總]?第{_FIGURE}{{1,5}}[期號号]|\d{{4}}年{_FIGURE}{{1,3}}期)(?:[（(/]?[总總]第{_FIGURE}{{1,6}}期[）)]?)?"
)
_SPACED_NUMBER: Final = re.compile(rf"{_YEAR}?[总總]?\s*第\s*{_FIGURE}")
_WHOLE_NUMBER: Final = re.compile(rf"[（(][总總]第{_FIGURE}{{1,6}}[期號号][）)]")
_DATE: Final = re.compile(r"(\d{4})[年\-./](\d{1,2})(?:[月\-./](?:(\d{1,2})日?)?)")
_HAN_DATE: Final = re.compile(
    r"([二〇○零一三四五六七八九]{4})年([一二三四五六七八九十]{1,3})月(?:([一二三四五六七八九十]{1,3})日)?"
)
_DIGITS: Final = {char: value for value, chars in enumerate(("〇○零", *"一二三四五六七八九")) for char in chars}
_LATIN: Final = re.compile(r"[A-Za-z\s·.'&-]{4,}")
_BRACKETED: Final = re.compile(r"[（(〔\[【][^（）()。]{2,20}[）)〕\]】]")
_BOX: Final = "│┃|║ 　"
_BESIDE_TITLE: Final = " 　-—–~～至|｜丨·"
_GAP: Final = re.compile(r"[\s　]{2,}|[　\t]")
_LONGEST: Final = 60
_PUBLISHED: Final = ("出版", "主办", "编印", "主编")
_TITLE_SCALE: Final = 2.5
"""A bulletin's title in type of this multiple of the body text's needs no number beside it."""
_MOST_LINES: Final = 14
_TITLE_LINES: Final = 4
_LONGEST_TITLE: Final = 24
_FEWEST_LINES: Final = 3
"""Of a masthead that is not in the first lines."""
_PAPERS: Final = ("日报", "晚报", "时报", "早报", "商报", "周报")
_ANY_TITLE: Final = re.compile("(?:工作)?(?:简报|动态|月报|通讯|信息|要情|快报|专报|情况|通报)")
_WHOSE: Final = re.compile("[一-龥]{3,24}(?:[区园局厅委办县市]|中心|办公室|协会)")
"""Who publishes 工作月报, in the line above it."""
_MOST_UNKNOWN: Final = 1
"""Lines in the middle of a masthead that nothing explains: a motto, a supplement's name."""


_MOMENT: Final = re.compile(
    r"\s*\d{4}[-年./]\d{1,2}[-月./]\d{1,2}日?\s+\d{1,2}:\d{2}(?:\s+(?:发表于\s*)?[一-龥]{2,4})?"
)
_FIRST: Final = re.compile("[0０][1１]")
"""It numbers the first article."""
_EDITION: Final = re.compile("[一-龥]{2,10}(?:数字报|电子报|电子版|数字版)刊?")
_MOST_FRAME_LINES: Final = 40
_STAMP: Final = re.compile(r"收文[\s　]*(?:第[\s　]*\d+[\s　]*号)?")
"""Of the office that received the issue: 某某市人民政府办公室 收文 第1187号."""
_MAIL: Final = re.compile("(?:[发發]件人|寄件[者人]|From)\\s*[：:]")
_QUOTES: Final = re.compile(r"(?:@|\d{1,2}[：:]\d{2}).*(?:写道|寫道|wrote)\s*[：:]$")
"""Above a mail that another one quotes: who wrote it, and when."""
_MOST_MAIL_LINES: Final = 16
_MAIL_LINES: Final = 3
"""Lines of which one says who sent the mail, or who received the issue."""
_ACCOUNT: Final = re.compile(r"[^\s，。：:]{2,16}")
_BRACKETED_END: Final = re.compile(r"\s*[（(【〔][^（）()【】〔〕]{2,24}[）)】〕]$")
_SENTENCE_END: Final = re.compile("[。；]|，.*，")
_LONGEST_SECTION: Final = 4
_MOST_ACCOUNT_LINES: Final = 4


class Head(NamedTuple):
    """The masthead, its date, and how many printed lines it takes."""

    masthead: Masthead
    date: date | None
    lines: int


def read_head(printed: Sequence[Printed], layout: Layout) -> Head:
    """What the first lines of an issue say of it."""
    account = _account_head(printed, layout)
    if account is not None:
        return account
    framed = _frame_end(printed)
    head = _printed_head(printed[framed:], layout)
    return head._replace(lines=head.lines + framed)


def _printed_head(printed: Sequence[Printed], layout: Layout) -> Head:
    """What the first lines of a printed page say: the title, the number, the day, who publishes it."""
    end = known = 0
    title: str | None = None
    first_title: tuple[int, str] | None = None
    shown = 0  # lines that are no furniture by themselves: the first four may be a title
    for at, line in enumerate(printed[:_MOST_LINES]):
        text = line.text.strip(_BOX)
        if (
            line.opens_article
            or (line.is_byline and not _belongs_to_issue(line, layout, begun=end > 0))
            or "。" in text
            or len(_squeezed(text)) > _LONGEST
            or layout.contents.fullmatch(text)
        ):
            break
        if layout.column_label.fullmatch(text) or _FIRST.fullmatch(text):
            break
        named = _named(text, layout)
        if named and first_title is None and shown < _TITLE_LINES and _NUMBER.search(_squeezed(text)):
            title = named
        alone = paged_title(text) or layout.running.sub(" ", text).strip(_BESIDE_TITLE)
        if first_title is None and at == 0 and (first := _first_piece(text, layout)):
            first_title = (at, first)
        titled = shown < _TITLE_LINES and layout.bulletin_title.fullmatch(_tidy(alone)) is not None
        if titled and first_title is None:
            first_title = (at, alone)
        elif titled and first_title is not None and first_title[0] == at - 1 and alone == text != first_title[1]:
            first_title = (at, _with_paper(first_title[1], alone))
            known, end = known + 1, at + 1  # a supplement and its paper, one below the other
        else:
            titled = False
        shown += not line.is_furniture
        if titled and alone == text:
            continue
        if named or _speaks_of_issue(line, layout):
            boxed = bool(text) and text != line.text
            told = not (_BRACKETED.fullmatch(text) or _LATIN.fullmatch(text))
            known += told and (boxed or not line.is_furniture or publisher_in([text], layout, sure=True) is not None)
            end = at + 1
        elif at + 1 - end > _MOST_UNKNOWN + (first_title is not None):
            break
    if first_title is not None and printed[first_title[0]].scale >= _TITLE_SCALE:
        known, end = known + 1, max(end, first_title[0] + 1)
    if not known:
        return Head(Masthead(), None, 0)
    if first_title is not None and first_title[0] <= end:
        end = max(end, first_title[0] + 1)
        first = _tidy(first_title[1])
        title = first if title is None or publisher_in([title], layout) else title
    elif title is None and end and not _speaks_of_issue(printed[0], layout):
        title = _tidy(printed[0].text)
    elif title is None:
        title = _above_number(printed[:end], layout)
    if first_title is not None and first_title[0]:
        title = _with_owner(title, _tidy(printed[first_title[0] - 1].text))
    block = [line.text.strip(_BOX) for line in printed[:end]]
    return Head(
        Masthead(_without_section(title, block), _number_in(block), publisher_in(block, layout)), date_in(block), end
    )


def _without_section(title: str | None, block: Sequence[str]) -> str | None:
    """The title without the section's name in a running head (要情　园区内参), where it stands by itself below that."""
    section, _, rest = (title or "").partition(" ")
    alone = {_tidy(text) for text in block}
    return rest if rest in alone and len(section) <= _LONGEST_SECTION and section not in alone else title


def _number_in(block: Sequence[str]) -> str | None:
    """The number of the issue; （总第45期） may stand in a line of its own."""
    numbers = [found[0] for text in block if (found := _NUMBER.search(_squeezed(text)))]
    number = next((one for one in numbers if re.search("期[（(][总總]", one)), numbers[0] if numbers else None)
    whole = next((found[0] for text in block if (found := _WHOLE_NUMBER.fullmatch(_squeezed(text)))), None)
    return number + whole if number and whole and not re.search("[总總]", number) else number


def _with_owner(title: str | None, above: str) -> str | None:
    """The title, with the line above it where that says whose 工作月报 it is: 岚溪县经济开发区."""
    return above + title if title and _ANY_TITLE.fullmatch(title) and _WHOSE.fullmatch(above) else title


def _belongs_to_issue(line: Printed, layout: Layout, *, begun: bool) -> bool:
    """Whether what looks like a byline says it of the issue: offices, an account, below the number the day alone."""
    text = line.text
    dated = begun and line.is_web_line and is_running(text, None, layout)  # 发布日期：2025年6月16日
    return dated or names_offices(text, layout) or is_account(text, layout)


def _above_number(printed: Sequence[Printed], layout: Layout) -> str | None:
    """The line right above 第17期, or above what stands in brackets between the two (季刊)."""
    lines = [line for line in printed if not _BRACKETED.fullmatch(_squeezed(line.text))]
    for above, line in pairwise(lines):
        if _NUMBER.fullmatch(_squeezed(line.text)) and not _speaks_of_issue(above, layout):
            return _tidy(above.text)
    return None


def read_block(printed: Sequence[Printed], layout: Layout) -> tuple[Head, range]:
    """A masthead that the dump has somewhere else than in the first lines, and its lines; none: an empty head.

    It stands apart, opens with the title, and says the day beside the number or the publisher.
    """
    for at in range(1, len(printed)):
        line = printed[at]
        apart = line.blank_before or not any(map(str.isalnum, printed[at - 1].text))
        if not apart or len(line.text) > _LONGEST_TITLE or line.opens_article or line.is_byline:
            continue
        if layout.bulletin_title.fullmatch(_tidy(line.text)):
            head = read_head(printed[at : at + _MOST_LINES], layout)
            said = head.masthead
            if said.title and head.date and (said.number or said.publisher) and head.lines >= _FEWEST_LINES:
                return head, range(at, at + head.lines)
    return Head(Masthead(), None, 0), range(0)


def _frame_end(printed: Sequence[Printed]) -> int:
    """Where the masthead begins below a stamp, or in the frame of a mail or a digital edition; 0 where none stands.

    湘浦晚报数字报, the day, 版面导航 and the names of its pages stand above 湘浦晚报·经开周刊　第126期.
    """
    stamp = next((at for at, line in enumerate(printed[:_MAIL_LINES]) if _STAMP.search(line.text)), None)
    if stamp is not None:
        return stamp + 1
    quotes = next((at for at, line in enumerate(printed[:_MOST_MAIL_LINES]) if _QUOTES.search(line.text)), None)
    if quotes is not None:
        return quotes + 1
    sent = next((at for at, line in enumerate(printed[:_MAIL_LINES]) if _MAIL.match(line.text)), None)
    if sent is not None:
        return next((at for at in range(sent + 1, len(printed)) if printed[at].blank_before), 0)
    if not printed or not _EDITION.fullmatch(printed[0].text):
        return 0
    for at, line in enumerate(printed[1:_MOST_FRAME_LINES], start=1):
        if line.opens_article or line.is_byline or "。" in line.text:
            return 0
        if _NUMBER.search(_squeezed(line.text)):
            return at
    return 0


def _with_paper(one: str, other: str) -> str:
    """The title of a supplement with its paper's name before it: 澜江日报 开发区周刊."""
    return f"{other} {one}" if other.endswith(_PAPERS) and not one.endswith(_PAPERS) else f"{one} {other}"


def _first_piece(text: str, layout: Layout) -> str | None:
    """The title that opens a running head of several pieces: 陇上日报　　开发区专版　　2022年11月9日."""
    pieces = text.split() if is_running(text, None, layout) else _GAP.split(text)
    if len(pieces) < 2 or not layout.bulletin_title.fullmatch(pieces[0]):
        return None
    return pieces[0] if any(layout.running.fullmatch(piece) or date_in([piece]) for piece in pieces[1:]) else None


def read_masthead(text: str) -> tuple[Masthead, date | None] | None:
    """Title, number and date of a line that carries an issue number; None for any other line."""
    number = _NUMBER.search(_squeezed(text))
    if number is None or len(_squeezed(text)) > _LONGEST or "。" in text:
        return None
    return Masthead(title=_before_number(text), number=number[0]), date_in([text])


def completed(head: Head, furniture: Sequence[Printed], layout: Layout) -> Head:
    """What the first lines leave out and running heads or the imprint say: the day, the number, the publisher."""
    running = [line.text for line in furniture if is_running(line.text, head.masthead.title, layout)]
    masthead, day = head.masthead, head.date
    if day is None:
        days = {found for text in running if (found := date_in([text]))}
        day = days.pop() if len(days) == 1 else None
    numbers = (_NUMBER.search(_squeezed(text)) for text in running)
    number = masthead.number or next((named[0] for named in numbers if named), None)
    publisher = masthead.publisher or publisher_in((line.text for line in furniture), layout, sure=True)
    pieces = (piece.strip() for line in furniture for piece in _GAP.split(line.text))
    publisher = publisher or publisher_in((piece for piece in pieces if piece.endswith(_PUBLISHED)), layout)
    return Head(Masthead(masthead.title, number, publisher), day, head.lines)


def _account_head(printed: Sequence[Printed], layout: Layout) -> Head | None:
    """The head of a WeChat account's round-up: its title, the account, the day; None where one article follows."""
    first = next((at for at, line in enumerate(printed) if not line.is_furniture), 0)  # 点击上方蓝字关注我们
    at = next((at for at in range(first + 1, min(first + 3, len(printed))) if _is_account(printed, at, layout)), None)
    if at is None or any(_NUMBER.search(_squeezed(line.text)) for line in printed[first:at]):
        return None
    end = at + 1
    while end < len(printed) and (
        is_account(printed[end].text, layout)
        or (printed[end].is_furniture and not _FIRST.fullmatch(printed[end].text))
        or _MOMENT.fullmatch(printed[end].text)
    ):
        end += 1
    if end == len(printed) or _SENTENCE_END.search(printed[end].text):
        return None
    lines = [line.text for line in printed[at:end]]
    title = _BRACKETED_END.sub("", " ".join(line.text for line in printed[first:at]))
    return Head(Masthead(title, None, _account_in(lines)), date_in(lines), end)


def _is_account(printed: Sequence[Printed], at: int, layout: Layout) -> bool:
    """Whether a line is an account's, or its name with the moment on the next line."""
    if is_account(printed[at].text, layout):
        return True
    below = printed[at + 1].text if at + 1 < len(printed) else ""
    return _ACCOUNT.fullmatch(printed[at].text) is not None and _MOMENT.fullmatch(below) is not None


def _account_in(lines: Iterable[str]) -> str | None:
    """The account's name: the last word before the day, or of the line 原创 张三 某某发布."""
    for text in lines:
        words = _MOMENT.sub(" ", text).split()
        if words and not _MOMENT.fullmatch(text):
            return words[-1]
    return None


def with_account(head: Head, printed: Sequence[Printed], layout: Layout) -> Head:
    """The head of an issue without a masthead, with the day and the account that the line of an account says."""
    if head.masthead != Masthead() or head.date is not None:
        return head
    lines = [line.text for line in printed[:_MOST_ACCOUNT_LINES] if is_account(line.text, layout)]
    return Head(Masthead(None, None, _account_in(lines)), date_in(lines), head.lines) if lines else head


def date_in(texts: Sequence[str]) -> date | None:
    """The first day that a masthead states; the first of the month where it states only that."""
    for text in map(_squeezed, texts):
        found = _DATE.search(text)
        parts = [int(part or 1) for part in found.groups()] if found else _han_date(text)
        if parts:
            try:
                return date(*parts)
            except ValueError:
                continue
    return None


def publisher_in(texts: Iterable[str], layout: Layout, *, sure: bool = False) -> str | None:
    """Who publishes the issue; `sure`: only where a line says so in words (主办：…)."""
    pieces = [piece.strip() for text in texts for piece in _GAP.split(_DATE.sub("　", text))]
    for pattern in layout.publishers[: 1 if sure else None]:
        for piece in pieces:
            found = pattern.search(piece)
            if found and (piece.endswith(_PUBLISHED) or not layout.running.fullmatch(piece)):
                return found[1]
    return None


def _speaks_of_issue(line: Printed, layout: Layout) -> bool:
    text = line.text
    return (
        line.is_furniture
        or _NUMBER.search(_squeezed(text)) is not None
        or is_running(text, None, layout)
        or publisher_in([text], layout) is not None
        or is_account(text, layout)
        or _LATIN.fullmatch(text) is not None
        or _BRACKETED.fullmatch(text) is not None
    )


def _named(text: str, layout: Layout) -> str | None:
    """The title in a line that carries the number as well."""
    if _NUMBER.search(_squeezed(text)) is None:
        return None
    before = _before_number(text)
    return before if before and layout.running.sub("", before).strip() else None


def _before_number(text: str) -> str | None:
    spaced = _SPACED_NUMBER.search(text)
    before = text[: spaced.start()] if spaced else ""
    dated = _DATE.search(before)
    return _tidy(before[: dated.start()] if dated else before) or None


def _tidy(text: str) -> str:
    """A title that is set with a space between its characters has none; other spaces stay as one."""
    parts = text.strip("#《》|｜丨 　").split()
    return "".join(parts) if parts and all(len(part) == 1 for part in parts) else " ".join(parts)


def _squeezed(text: str) -> str:
    return "".join(text.split())


def _han_date(text: str) -> list[int] | None:
    found = _HAN_DATE.search(text)
    if not found:
        return None
    year = int("".join(str(_DIGITS[char]) for char in found[1]))
    return [year, _han_number(found[2]), _han_number(found[3] or "一")]


def _han_number(text: str) -> int:
    tens, ten, ones = text.partition("十")
    return (_DIGITS.get(tens, 1) * 10 if ten else 0) + _DIGITS.get(ones if ten else tens, 0)
