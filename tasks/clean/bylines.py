"""Bylines and datelines: who wrote an article, and the words that only introduce it."""

import re
from collections.abc import Sequence
from typing import Final

from tasks.clean.rules import Layout

_BRACKETED_END: Final = re.compile(r"[（(〔]\s*([^（）()〔〕]{2,40}?)\s*[）)〕]$")
_BARE_END: Final = re.compile(
    r"(?<=[。！？”…])\s+((?:[^\s。，！？]{2,8}|[一-龥]\s+[一-龥])(?:\s+(?:[^\s。，！？]{2,4}|[一-龥]\s+[一-龥])){0,3})$"
)
_ROLE_END: Final = re.compile(r"(?<=[。！？”…])\s+([一-龥/]{2,6})$")
_LONGEST_NAME: Final = 4
_SHORT_NAME: Final = 2
_PICTURES: Final = ("图", "摄", "摄影")
_BY: Final = re.compile(r"([^：:|｜丨]{1,6}?)\s*[：:|｜丨/／]\s*([一-龥（）]{2,24})")
_MOST_NAMES: Final = 6
_CREDIT: Final = re.compile(r"[（(]([^（）()]+)[）)]")
_BULLETS: Final = "□■◎○●◆▲△▍▌ 　—-"
_GAP: Final = re.compile(r"[\s　]")
_COMMAS: Final = "，,"
_LONGEST_BARE: Final = 24
_LONGEST_CREDITED: Final = 44
_LONGEST_OFFICE: Final = 14
_WITH_POST: Final = re.compile("([一-龥·]{2,4})[（(]([^（）()]{4,30})[）)]")
_TWO: Final = 2
"""Names in brackets, of which one may be without a surname."""
_GLUED: Final = 4
"""Characters of a name of three and the first one of the next name."""
_THREE_CHARACTERS: Final = re.compile("[一-龥]{3}")
_SHORTEST_OFFICE: Final = 4
_SHORTEST_POST: Final = 7
"""Characters of a post with its office: 管委会主任 alone may be a line of a sentence."""
_GROUPS: Final = ("课题组", "调研组", "写作组", "编写组")
_SURE_OFFICES: Final = tuple("局办委")
_ANY_NAMES: Final = re.compile(r"[一-龥·]{2,12}(?:[\s　、]+[一-龥·]{2,8}){0,3}")
"""What stands in the place of a byline is one, whatever the surname."""
_PLACE_REPORTED: Final = re.compile(r"(?<=[\s　])([一-龥]{2,4})(?=报道$|報道$|报导$)")
"""本报记者 王五 长治报道: where it is reported from."""
_TEXT_AND_PICTURE: Final = re.compile(r"文\s*[/／、]?\s*图|图\s*[/／、]?\s*文")
_WROTE: Final = re.compile(r"(?<![一-龥])文(?![一-龥])|[报報][道导導][）)]?$")
"""Beside who took a picture: that person wrote as well."""
_INNER: Final = re.compile(r"(?<=[。！？”…])\s*[（(]([^（）()]{2,24})[）)]")
_BESIDE: Final = re.compile(r"(?<=[一-龥”’」》）])[ 　]{2,}(□?\s?本[报刊](?:首席|见习|实习|特约)?记者[ 　]\S.{1,30})$")
_LONGEST: Final = 64
"""Characters that a byline with the sentence end before it does not exceed."""
_WIDEST: Final = 256
"""Characters of a line with what stands at its right edge."""
_RIGHT: Final = re.compile(r"[ 　]{8,}(?=[（(]?[一-龥][^ 　]{0,3}(?:[ 　、][^ 　]{1,16}){0,3}[）)]?[ 　]*$)")
"""The gap before names at the right edge of the page."""
_FOOTNOTE: Final = re.compile(r"(?<=[一-龥]{2})\s?[1-9１-９¹²³*＊]\s?(?=[、，,　]|[一-龥]{2}|$)")
"""陈立志 1 孙晓萌 2: figures lead to where they work."""
_COMMA: Final = re.compile("[，,]")
_ROUND_VALUE: Final = " 　\xa0\t|｜【[（("
_UNSAID: Final = " 　：:"
_DAY: Final = r"\d{4}[-./年]\s?\d{1,2}[-./月]\s?\d{1,2}日?(?:\s+\d{1,2}[:：]\d{2}(?:[:：]\d{2})?)?"
_WHO: Final = (
    r"(?:稿源|来源|作者|文|记者|供稿|通讯员|撰稿)\s*[：:]?\s*"
    r"(?P<who>[^\s　·•|｜丨，。：:]{2,20}(?:[\s　、][一-龥·]{2,4}){0,3})"
)
_READ: Final = (
    r"(?:已有)?\s*\d[\d,，]*\s*(?:人次|人|次)?\s*(?:浏览|阅读|点击|访问)"
    r"|(?:浏览|阅读|点击|访问)(?:量|次数|数)?\s*[：:]?\s*\d[\d,，]*\s*次?|字[号体]\s*[：:]?[\s大中小【】\[\]]+"
)
_READ_OFTEN: Final = ("阅读", "浏览", "播放")
_DATED: Final = re.compile(rf"(?:发布于|发表于|更新于|刊发于)?\s*{_DAY}(?:[\s　·•|｜丨/]+(?:{_WHO}|{_READ}))+\s*")
"""2025-09-24 | 来源：党政综合部; 发布于 2026年3月12日 · 稿源 经济发展局 · 已有412人次浏览: the day opens it."""
_DAY_BEHIND: Final = re.compile(rf"[\s　|｜·]*{_DAY}\s*$")
"""供稿：马晓兰　2024-10-11."""
_COUNTS: Final = re.compile(r"\d\s*[月日年个家项件万亿%]")
_JOINED_OFFICES: Final = re.compile("[、，,　 ]+")
_SEPARATORS: Final = re.compile(r"[\s、，,；;:：/／_｜|丨　]+")


def is_web_line(text: str, layout: Layout) -> bool:
    """Whether a line is what a web page says of its article: 来源：… 发布时间：…."""
    if _DATED.fullmatch(text):
        return True
    labels = list(layout.web_label.finditer(text))
    found = [label["label"] for label in labels if label["label"]]
    before = _before_counts(text, labels)
    if before and (found or names_in(before, layout)):
        return True  # 来源：某某局 阅读 3268 点赞 74
    if len(found) == 1 and found[0] in layout.web_authors and text.rstrip(_UNSAID) == found[0]:
        return True  # 来源： and nothing behind it
    if len(found) >= 2 or (len(found) == 1 and text.startswith(layout.web_moments) and "。" not in text):
        return True
    return not found and is_account(text, layout)


def is_account(text: str, layout: Layout) -> bool:
    """Whether a line is that of a WeChat account: 原创 张三 某某发布, 某某发布 2024-05-17 18:06 湖南."""
    hint = "20" in text or text.startswith("原创") or text.endswith(_READ_OFTEN)
    return hint and layout.web_account.fullmatch(text) is not None


def web_author(text: str, layout: Layout) -> str | None:
    """Who wrote, by a line of a web page: the author's names, else the source."""
    dated = _DATED.fullmatch(text)
    if dated:
        return names_in(dated["who"], layout) or dated["who"] if dated["who"] else None
    labels = list(layout.web_label.finditer(text))
    if not labels:
        return None
    ends = [label.start() for label in labels[1:]] + [len(text)]
    said = {
        label["label"]: text[label.end() : end].strip(_ROUND_VALUE)
        for label, end in zip(labels, ends, strict=True)
        if label["label"]
    }
    for label in layout.web_authors:
        if said.get(label):
            return names_in(said[label], layout) or said[label]
    before = _before_counts(text, labels)
    return names_in(before, layout) if before else None  # 记者：王五 通讯员：李四 阅读 2093


def _before_counts(text: str, labels: Sequence[re.Match[str]]) -> str:
    """What a line says before how often it was read or liked; empty where it does not say that."""
    return text[: next((label.start() for label in labels if label["counted"]), 0)]


def names_in(text: str, layout: Layout, *, bracketed: bool = False) -> str | None:
    """The names in a byline's text, joined by one space (or the source that it names); None if it is no byline.

    In brackets an office alone is who wrote; before names it says where these people work.
    """
    text = _DAY_BEHIND.sub("", text.strip())
    if _COUNTS.search(text):
        return None  # 青杠坪高新区 8 月新登记科⏎技型企业43家
    text = _FOOTNOTE.sub(" ", text).strip()
    for source in layout.byline_sources:
        found = source.fullmatch(text)
        if found:
            names = [part for part in _SEPARATORS.split(found[1]) if part]
            return " ".join(names) if all(map(layout.name.fullmatch, names)) else found[1]
    if bracketed and _is_office(text, layout):
        return text
    offices = _JOINED_OFFICES.split(text)
    if bracketed and len(offices) > 1 and all(_is_office(office, layout) for office in offices):
        return " ".join(offices)  # （建设管理局、应急管理局）
    by = _BY.fullmatch(text)
    if (
        by
        and by[1] not in _PICTURES
        and layout.byline_roles.fullmatch(by[1])
        and len(by[2]) >= _SHORTEST_OFFICE
        and _is_office(by[2], layout)
    ):
        return by[2]  # 图文 | 经开区组织人事局
    text = layout.editor.sub(" ", text)
    place = _PLACE_REPORTED.search(text)
    if place is not None and not layout.name.fullmatch(place[1]):
        text = text[: place.start()]
    bare = layout.byline_roles.sub(" ", text)
    credited = any(len(role) > 1 for role in layout.byline_roles.findall(text))
    parts = _paired([part for part in _SEPARATORS.split(bare) if part])
    # behind 记者 any two to four characters are a name; elsewhere a surname must open them
    name = layout.any_name if credited and not _COMMA.search(text) else layout.name
    if any(len(part) > _LONGEST_NAME and "·" not in part for part in parts) and not layout.office.fullmatch(parts[0]):
        # two names on two lines, of which the line break took the space between them
        parts = layout.two_names.sub(lambda two: _parted(two, sure=credited), " ".join(parts)).split()
    if names_offices(text, layout):
        return " ".join(text.split())
    while len(parts) > 1 and layout.post.fullmatch(parts[0]):
        del parts[0]
    parts = [part for part in parts if not _is_office(part, layout)] or parts[:1]
    if (
        parts
        and len(parts) <= _MOST_NAMES
        and all(name.fullmatch(part) or (bracketed and layout.foreign_name.fullmatch(part)) for part in parts)
    ):
        return " ".join(parts)
    if bracketed and len(parts) == _TWO and any(map(name.fullmatch, parts)) and all(map(_like_name, parts)):
        return " ".join(parts)  # （王雅茹 其木格）: beside a name a name without a surname
    return None


def _like_name(part: str) -> bool:
    """Three characters: a two-character word beside a name is more often a post or a town."""
    return _THREE_CHARACTERS.fullmatch(part) is not None


def _parted(two: re.Match[str], *, sure: bool) -> str:
    """Two names with a space between them; where nothing says that they are names, the first has three characters."""
    return f"{two[1]} {two[2]}" if sure or len(two[1]) > _SHORT_NAME else two[0]


def names_offices(text: str, layout: Layout) -> bool:
    """Whether a line names some offices and nothing else: 省商务厅开发区处 省统计局工业处."""
    parts = text.split()
    return len(parts) > 1 and all(len(part) <= _LONGEST_OFFICE and _is_office(part, layout) for part in parts)


def _is_office(text: str, layout: Layout) -> bool:
    """Whether a word names an office; of three characters (经发局, 李建科) many a name looks like one."""
    if len(text) < _SHORTEST_OFFICE and text[-1:] not in _SURE_OFFICES:
        return False
    return layout.office.fullmatch(text) is not None


def _paired(parts: list[str]) -> list[str]:
    """The parts with single characters put together by twos: 王　波, and 刘文博⏎陈 立 where a line break stood."""
    names: list[str] = []
    at = 0
    while at < len(parts):
        if len(parts[at]) == _GLUED and at + 1 < len(parts) and len(parts[at + 1]) == 1:
            names += [parts[at][:-1], parts[at][-1] + parts[at + 1]]
            at += 2
        elif len(parts[at]) == 1 and at + 1 < len(parts) and len(parts[at + 1]) == 1:
            names.append(parts[at] + parts[at + 1])
            at += 2
        else:
            names.append(parts[at])
            at += 1
    return names


def split_byline(text: str, end: int, layout: Layout) -> tuple[int, str] | None:
    """Where the byline at the end of `text[:end]` begins, and its names; None if there is none."""
    moved = max(0, end - _LONGEST)
    gap = _RIGHT.search(text, max(0, end - _WIDEST), end)
    if gap:
        moved = max(0, gap.start() - _LONGEST)  # at the other edge of the page
    tail = text[moved:end].rstrip()
    role = _ROLE_END.search(tail)
    if role and layout.byline_roles.fullmatch(role[1]) and len(role[1]) > 1:
        return moved + role.start(), ""
    for pattern in (_BRACKETED_END, _BARE_END):
        found = pattern.search(tail)
        credit = found is not None and layout.credit.fullmatch(found[0].strip()) is not None
        if found and found.start() > 0 and (not credit or _TEXT_AND_PICTURE.search(found[0])):
            names = names_in(found[1], layout, bracketed=pattern is _BRACKETED_END)
            if not names and layout.furniture.fullmatch(found[0].strip()):
                names = ""
            before = tail[: found.start()].rstrip()
            if names is not None and before and before[-1] in "。！？”…）":
                return moved + found.start(), names
    return None


def credit_beside(text: str, layout: Layout) -> int | None:
    """Where 本报记者 张三 begins behind a wide space at the end of a headline's line; None if there is none."""
    found = _BESIDE.search(text)
    return found.start() if found and names_in(found[1].lstrip(_BULLETS), layout) is not None else None


def is_byline(text: str, layout: Layout) -> bool:
    """Whether a whole line is a byline: （张三）, 本报记者 王五, or a bare name."""
    if _posted(text, layout):
        return True
    if (
        len(text) > _LONGEST
        or text[-1] in "：:；;"
        or not (layout.byline_hint.match(text) or says_of_whom(text, layout))
    ):
        return False
    if layout.furniture.fullmatch(text) or (layout.credit.fullmatch(text) and not _WROTE.search(text)):
        return False  # who took the picture, or （全文完）
    inner = text.lstrip(_BULLETS).strip()
    if len(inner) > 1 and layout.byline_roles.fullmatch(inner):
        return True
    bracketed = _BRACKETED_END.fullmatch(inner)
    if bracketed:
        only_role = layout.byline_roles.fullmatch(bracketed[1]) is not None
        return only_role or names_in(bracketed[1], layout, bracketed=True) is not None
    longest = _LONGEST_CREDITED if layout.byline_roles.match(inner) or _names_post(inner, layout) else _LONGEST_BARE
    if text[-1] in _COMMAS and longest == _LONGEST_BARE:
        return False  # a clause a line: 邹晓燕，
    return len(inner) <= longest and names_in(inner, layout) is not None


def _posted(text: str, layout: Layout) -> str | None:
    """Who it is, where a line is a name with the post in brackets behind it: 肖望舒（某某开发区管委会办公室主任）."""
    found = _WITH_POST.fullmatch(text.strip())
    is_one = found and layout.name.fullmatch(found[1]) and layout.post.fullmatch(found[2])
    return found[1] if found and is_one else None


def _above_post(text: str, layout: Layout) -> str | None:
    """Who it is, where the post stood in the next line: 沈砚秋⏎某某开发区党工委副书记、管委会主任."""
    for size in (3, 2):
        if len(text) >= size + _SHORTEST_POST and layout.name.fullmatch(text, 0, size):
            return text[:size] if layout.post.fullmatch(text, size) else None
    return None


def says_of_whom(text: str, layout: Layout) -> bool:
    """Whether a line begins with where somebody works, or as what, and a space."""
    return _names_office(text, layout) or _names_post(text, layout)


def _names_office(text: str, layout: Layout) -> bool:
    """Whether a line begins with an office and a space: 滨江经开区 张三."""
    gap = _GAP.search(text) if len(text) <= _LONGEST_BARE else None
    return gap is not None and layout.office.fullmatch(text, 0, gap.start()) is not None


def _names_post(text: str, layout: Layout) -> bool:
    """Whether a line begins with a post and a space: 某某协会副秘书长 周砚农."""
    gap = _GAP.search(text, _SHORTEST_POST) if len(text) <= _LONGEST_CREDITED else None
    return gap is not None and layout.post.fullmatch(text, 0, gap.start()) is not None


def byline_names(text: str, layout: Layout) -> str | None:
    """The names of a line that is a byline."""
    posted = _posted(text, layout)
    if posted:
        return posted
    inner = text.lstrip(_BULLETS).strip()
    bracketed = _BRACKETED_END.fullmatch(inner)
    text = bracketed[1] if bracketed else inner
    names = names_in(text, layout, bracketed=bracketed is not None) or _above_post(text, layout)
    if names is None and text.endswith(_GROUPS) and layout.office.fullmatch(text):
        return text  # 某某协会课题组
    if names is None and (_ANY_NAMES.fullmatch(text) or layout.office.fullmatch(text)):
        return " ".join(layout.byline_roles.sub(" ", text).split()) or None
    return names


def dateline_names(dateline: str, layout: Layout) -> str | None:
    """The names in 本报讯（记者 张三）."""
    credit = _CREDIT.search(dateline)
    if credit:
        return names_in(credit[1], layout)
    told = layout.byline_roles.search(dateline)
    return names_in(dateline[told.start() :].rstrip(" 　：:"), layout) if told else None


def inner_byline_ends(text: str, layout: Layout) -> list[int]:
    """Where text goes on behind a bracketed byline in the middle of a line: the next headline is glued to it."""
    return [
        found.end()
        for found in _INNER.finditer(text)
        if text[found.end() : found.end() + _LONGEST].strip()
        and not layout.credit.fullmatch(found[0].strip())
        and names_in(found[1], layout)
    ]
