"""Totals and their parts: which quantity is a part of which, as the text says or as the sums prove."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from tasks.extract.about import About
from tasks.extract.quantity import not_smaller
from tasks.extract.sums import over_items, proven

_PART: Final = re.compile("其中|当中|包括|包含|[（，]含")
_OUT_OF: Final = "中，"
"""104种工业产品中，…有44种: it tells of parts where it stands behind a count."""
_BREAK: Final = re.compile("；")
_BEGUN_VERBS: Final = "开工|开复工|复工|竣工|投产|达产|建成|投用|落地|完工|入库|启动|办结"
"""What is done to projects, of which some are begun before others."""
_AMONG: Final = re.compile(
    "[^，。；]{0,16}?(?:[中里][，,]?(?:目前|现)?(?:已经|已有|已|现有|仅有|仅|有)?(?:开工|投产|建成)?|(?:已有|现有))"
    "|[^，。；]{0,8}(?:新?开工|开复工|复工|竣工|完工|投产)(?:建设)?了?"
    "|[^，。；]{0,8}[，]?(?:截至[^，。；]{1,10}?，?)?(?:目前)?(?:已|现已|已经|均已)(?:累计|全部|全面)?"
    f"(?:{_BEGUN_VERBS}|安装|入住|配租|处置|盘活|销号|入驻|兑现|整改|贯通|通车|敷设|铺设|改造|拆除|流转|供应|出让|交付|签约|栽植|收割|收获|播种)(?:建设)?了?"
)
_BEGUN: Final = re.compile(
    "(?:截至[^，。；]{1,10}，(?:已|累计)?|(?:目前，|目前)?(?:已|现已|已经|均已))(?:累计|全部|全面)?"
    f"(?:{_BEGUN_VERBS}|开（复）工)(?:建设|项目)?了?"
)
_NEXT_STAGE: Final = re.compile(
    "[、，；](?:已|均已)?(?:(?:新?开工|复工|竣工|投产|达产|建成|投用|落地|完工|签约|在建|续建|入库|启动|办结|整改完成)(?:建设)?)+了?"
)
"""目前已开工17个、竣工投产9个: one stage behind the other, of the same total."""
_ENTERED: Final = re.compile("报名|参赛|参评|申报|选送|角逐|征集|投稿")
_CHOSEN: Final = re.compile("[^，。；]{0,8}(?:晋级|入围|入选|获奖|胜出|脱颖而出|进入(?:决赛|复赛|终审)|斩获)")
"""吸引412个项目报名，经层层选拔，24个项目晋级总决赛."""
_SEEN_BY: Final = re.compile("(?:从|按|分)[^，。；\\d]{1,10}(?:看|来看|划分|分|上看|统计)，")
"""从行业看，…; 分贸易方式看，…: a sentence that divides what was named before it."""
_AMONG_THESE: Final = re.compile("(?:在|从)?(?:上述|这些|主要|主体|重点)?[^，。；\\d]{2,12}中，")
"""主体税种中，…; 在进出口总值中，…: a sentence that tells of parts of what was named before it."""
_OF_THESE: Final = re.compile("在?(?:这批|这些|上述)?([^，。；\\d]{2,8})(?:中|里|当中)，")
"""这批项目中，32个…: parts of the things that were counted before it."""
_DONE: Final = re.compile(
    "[^，。；]{0,8}[，、；](?:目前)?(?:已|现已|均已|正在|仍在|共|累计|全部|当场|现场|立即|限期|立行立改)?(?:协调|推动|帮助)?(?:办结|办理|整改(?:完成|到位)?|完成整改|解决|化解|答复|销号|回复)了?"
)
"""收集问题327个，办结291个: what was dealt with is a part of what had come in."""
_CAME_IN: Final = re.compile(
    "(?:收集|征集|受理|接收|接到|接件|发现|排查|查出|梳理|反映|交办|收到|排查出|整理)[^，。；]{0,24}$"
)
_STAGE: Final = re.compile(
    "(?:，(?:共|计划)?分[两二三四]期(?:建设|实施|推进))?，(?:其中)?(?:一|二|三|首)期(?:工程|项目|规模|建设)?"
    "|的[^，。；\\d]{2,14}，首期(?:规模|出资|投资|认缴|募集)?"
)
_INCLUDED: Final = "在内的"
_INCLUDING: Final = re.compile("(?:包括|包含)[^，。；]{0,40}$")
_OF_A_THING: Final = re.compile("(?:以[上下]|左右)?的(?P<one>[^，。；\\d]{2,20}[，。；])?")
"""交易额超5000万元的14家: an amount that tells of which kind the parts are, and is none of them.

其中，总投资12亿元的六氟磷酸锂项目已投产: that of one part is one.
"""
_REST: Final = ("其余", "剩余", "余下", "其余的", "另有", "另外")
_REACH: Final = 400
"""Characters that a total may lie before its parts: about two sentences."""
_BESIDE: Final = 24
"""Characters that may stand between a total and the part of it that follows at once, or name a total."""
_STEPS: Final = 4
"""Quantities back from a part in which its total may stand, its money between the two."""
_TOGETHER: Final = re.compile("(?:合计|共计|一共|总共)[^。；]{0,40}$")
_NAME: Final = 12
"""Characters of the name of counted things."""
_MEAN: Final = re.compile("[人户亩村]均")
_LAND: Final = frozenset({"亩", "万亩", "公顷", "万公顷", "平方公里"})
_PEOPLE_CODES: Final = frozenset({"people.count", "talent.count", "job.count"})
_FOR_ANYTHING: Final = frozenset({"个", "项", "家", "人", "名", "种", "条", "件", "处"})
_PEOPLE: Final = frozenset({"人", "名", "位", "人次"})


@dataclass(frozen=True, slots=True)
class Group:
    """The quantities of a sentence: `text[start:end]` is the sentence, `abouts[first:last]` are its quantities."""

    start: int
    end: int
    first: int
    last: int


def totals(text: str, abouts: Sequence[About], groups: Iterable[Group]) -> dict[int, int]:
    """For each part its total, as indices into `abouts` (in reading order, of one article's body)."""
    found: dict[int, int] = {}
    prose: set[int] = set()
    for group in groups:
        prose.update(range(group.first, group.last))
        guessed = _told(text, abouts, group, found)
        for i, total in proven(text, abouts, range(group.first, group.last)).items():
            if i in guessed or i not in found:
                found[i] = total
        found |= _shares(text, abouts, group)
    return over_items(text, abouts, prose) | found


def _told(text: str, abouts: Sequence[About], group: Group, found: dict[int, int]) -> set[int]:
    """Adds to `found` what the words of a sentence tell to be parts; those of which the numbers may prove better."""
    marks = _marks_in(text, group, abouts)
    among = _AMONG_THESE.match(text, group.start, group.end) is not None
    seen_by = _SEEN_BY.match(text, group.start, group.end) is not None
    guessed: set[int] = set()
    ended: int | None = None
    for i in range(group.first, group.last):
        about = abouts[i]
        if about.direction.kind != "level" or about.quantity.value is None:
            continue
        of_a_thing = _OF_A_THING.match(text, about.quantity.end)
        if of_a_thing and not (of_a_thing["one"] and about.quantity.qualifier == "exact"):
            continue
        mark = marks.reaching(about.quantity.start)
        if mark is not None and mark == ended:
            total = None
        elif mark is not None:
            total = _total_before(
                abouts, i, _scope(text, mark, group), text.rfind("\n", max(0, mark - _REACH), mark) + 1
            )
            if total in found and mark == group.start and abouts[total].rule == "inherited":
                total = found[total]  # 发现隐患742处，已整改715处。其中，重大隐患4处: of all
            ended = mark if total is None and _ends_parts(abouts, i, mark, group, found) else None
        else:
            total = _total_beside(text, abouts, i, group, found)
        if total is None:
            total = _total_behind(text, abouts, i, group)
        if total is None and among:
            total = _total_before(abouts, i, (0, group.start), 0, same_unit=False)
        if total is None and i == group.first and about.quantity.classifier is not None:
            total = _these_before(text, abouts, group)
        if total is None and i == group.first:
            total = _planned_before(text, abouts, group)
        if total is None and seen_by:
            total = _seen_before(abouts, i, group, found)
            guessed.add(i)
        if total is None and text.endswith(_REST, group.start, about.quantity.start):
            # 交办134件，办结126件，办结率94%，其余8件: of the last one that is a part
            others = (k for k in range(i - 1, max(-1, i - 1 - _STEPS), -1) if _same_unit(about, abouts[k]))
            total = found.get(next(others, -1))
        if total is not None:
            found[i] = total
    return guessed


def _shares(text: str, abouts: Sequence[About], group: Group) -> dict[int, int]:
    """两项合计占68%，其中用工类占41%、融资类占27%: shares of one whole that another share sums up."""
    mark = text.find("其中", group.start, group.end)
    if mark < 0:
        return {}
    shares = [i for i in range(group.first, group.last) if _is_share(abouts[i])]
    whole = next((i for i in reversed(shares) if abouts[i].quantity.end <= mark), None)
    if whole is None or not _TOGETHER.search(text[group.start : abouts[whole].quantity.start]):
        return {}
    return {i: whole for i in shares if abouts[i].quantity.start > mark and _not_smaller(abouts[whole], abouts[i])}


def _is_share(about: About) -> bool:
    return about.direction.kind == "ratio" and about.quantity.unit == "%" and _code(about) == "rate.share"


@dataclass(frozen=True, slots=True)
class _Marks:
    """Where a sentence says 其中: each mark up to the next ；, and those that open a whole list (其中，)."""

    marks: Sequence[int]
    opening: Sequence[int]
    breaks: Sequence[int]

    def reaching(self, offset: int) -> int | None:
        """The last mark that holds at an offset."""
        mark = _last_before(self.marks, offset)
        if mark is None or (_last_before(self.breaks, offset) or -1) < mark:
            return mark
        return _last_before(self.opening, offset)


def _marks_in(text: str, group: Group, abouts: Sequence[About]) -> _Marks:
    marks = [match.start() for match in _PART.finditer(text, group.start, group.end)]
    counts = [about.quantity for about in abouts[group.first : group.last] if about.quantity.classifier]
    if len(counts) > 1:
        out_of = (text.find(_OUT_OF, count.end, min(group.end, count.end + _NAME)) for count in counts)
        marks = sorted({*marks, *(mark for mark in out_of if mark >= 0)})
    if not marks:
        return _Marks((), (), ())
    opening = [mark for mark in marks if text.startswith("其中，", mark)]
    return _Marks(marks, opening, [match.start() for match in _BREAK.finditer(text, group.start, group.end)])


def _last_before(offsets: Sequence[int], offset: int) -> int | None:
    at = bisect_left(offsets, offset) - 1
    return offsets[at] if at >= 0 else None


def _total_beside(text: str, abouts: Sequence[About], part: int, group: Group, found: Mapping[int, int]) -> int | None:
    """35个行业大类中有24个, 收集问题327个，办结291个: the total stands right before its part."""
    if part == group.first:
        return None
    near, about = abouts[part - 1], abouts[part]
    if part - 1 in found and _NEXT_STAGE.fullmatch(text, near.quantity.end, about.quantity.start):
        return found[part - 1] if _same_unit(about, near) else None
    if near.quantity.unit != about.quantity.unit and _AMONG.fullmatch(text, near.quantity.end, about.quantity.start):
        # 引进项目23个，总投资215亿元，目前已开工17个
        part_of = (i for i in range(part - 2, max(group.first, part - _STEPS) - 1, -1) if _same_unit(about, abouts[i]))
        whole = next(part_of, None)
        is_total = whole is not None and abouts[whole].direction.kind == "level" and _not_smaller(abouts[whole], about)
        return whole if is_total else None
    start, end = near.quantity.end, about.quantity.start
    if end - start <= _BESIDE and _DONE.fullmatch(text, start, end) and _same_unit(about, near):
        whole = found.get(part - 1)
        if whole is not None and abouts[whole].quantity.start >= group.start and _not_smaller(abouts[whole], about):
            return whole  # 排查隐患83处，当场整改71处，限期整改12处; 隐患418项，其中重大5项；已整改389项
    if near.direction.kind != "level" or not _same_unit(about, near) or not _not_smaller(near, about):
        return None
    if _ENTERED.search(text, start, min(end, start + _BESIDE)) and _CHOSEN.match(text, about.quantity.end):
        return part - 1
    if end - start > _BESIDE:
        return None
    told = _AMONG.fullmatch(text, start, end) or _STAGE.match(text, start, end)
    if told is None and _DONE.fullmatch(text, start, end):
        told = _CAME_IN.search(text, max(group.start, near.quantity.start - _BESIDE), near.quantity.start)
    return part - 1 if told else None


def _total_behind(text: str, abouts: Sequence[About], part: int, group: Group) -> int | None:
    """包括7名诺贝尔奖获得者、60多位院士在内的300多名嘉宾: the total that a list of its parts leads up to."""
    about = abouts[part]
    closed = text.find(_INCLUDED, about.quantity.end, min(group.end, about.quantity.end + _REACH))
    if closed < 0 or not _INCLUDING.search(text, group.start, about.quantity.start):
        return None
    for i in range(part + 1, group.last):
        start = abouts[i].quantity.start
        if start >= closed:
            near = start - closed <= _NAME and "，" not in text[closed:start]
            return i if near and _same_unit(about, abouts[i]) and _not_smaller(abouts[i], about) else None
    return None


def _ends_parts(abouts: Sequence[About], at: int, mark: int, group: Group, found: Mapping[int, int]) -> bool:
    """Whether an amount that is too much for one more part ends them: 造林40万亩、其中南北山20万亩，治理草原220万亩."""
    parts = (i for i in range(group.first, at) if abouts[i].quantity.start > mark and i in found)
    return any(_same_unit(abouts[at], abouts[i]) and not _not_smaller(abouts[found[i]], abouts[at]) for i in parts)


def _scope(text: str, mark: int, group: Group) -> tuple[int, int]:
    """Where the total of 其中 stands: in its part of the sentence, or before that where it begins it."""
    begin = max(group.start, text.rfind("；", group.start, mark) + 1)
    if mark - begin > 1:
        return begin, mark
    return 0, mark


def _total_before(
    abouts: Sequence[About], part: int, scope: tuple[int, int], paragraph: int, *, same_unit: bool = True
) -> int | None:
    """The nearest quantity before a mark that can be the total: of the same measure, else of the same unit.

    What only has the same unit is none in an earlier paragraph than the one that begins at `paragraph`.
    """
    about, (begin, mark) = abouts[part], scope
    behind = bisect_right(abouts, mark, hi=part, key=lambda other: other.quantity.end)

    first = bisect_left(abouts, begin, hi=behind, key=lambda other: other.quantity.start)

    def nearest(fits: Callable[[About, About], bool], floor: int = 0) -> int | None:
        for i in range(behind - 1, first - 1, -1):
            other = abouts[i]
            if mark - other.quantity.end > _REACH or other.quantity.start < floor:
                return None
            if other.direction.kind == "level" and fits(about, other) and _not_smaller(other, about):
                return i
        return None

    last = abouts[behind - 1] if behind > first else None
    if last is not None and mark - last.quantity.end <= 1 and last.quantity.classifier is not None:
        one, other = about.quantity, last.quantity
        if one.classifier == other.classifier and last.direction.kind == "level" and _not_smaller(last, about):
            return behind - 1  # 带来项目8667项，其中有1302项新产品: the very count that the mark follows
    if same_unit and about.quantity.classifier is not None:
        # 培训班732期，培训5.38万人次，…。其中，带头人培训218期: of what is counted by the same word
        alike = nearest(_same_word)
        if alike is not None:
            return alike
    if last is not None and same_unit and last.term is None and mark - last.quantity.end <= 1:
        is_total = last.direction.kind == "level" and _same_unit(about, last) and _not_smaller(last, about)
        if is_total:
            return behind - 1  # 已供应860亩，其中工业用地520亩
    same = nearest(_same_measure if same_unit else _same_named)
    return same if same is not None or not same_unit else nearest(_same_unit, paragraph)


def _seen_before(abouts: Sequence[About], part: int, group: Group, found: Mapping[int, int]) -> int | None:
    """签约项目86个…。从投向看，制造业项目63个: the last quantity of earlier sentences that is what is divided here."""
    about = abouts[part]

    def is_divided(i: int) -> bool:
        other = abouts[i]
        if i in found or other.direction.kind != "level" or not _not_smaller(other, about):
            return False
        of_one_kind = about.head is not None and other.head is not None and about.head.code == other.head.code
        counts = about.quantity.classifier == other.quantity.classifier is not None and of_one_kind
        return counts or _same_named(about, other)

    return _latest_before(abouts, group, is_divided)


def _these_before(text: str, abouts: Sequence[About], group: Group) -> int | None:
    """The last count of the things that a sentence says 这批 and 这些 of."""
    these = _OF_THESE.match(text, group.start, group.end)
    if these is None:
        return None
    part = abouts[group.first]
    return _latest_before(
        abouts,
        group,
        lambda i: (
            abouts[i].direction.kind == "level"
            and abouts[i].quantity.classifier == part.quantity.classifier
            and (abouts[i].subject or "").endswith(these[1])
            and _not_smaller(abouts[i], part)
        ),
    )


def _latest_before(abouts: Sequence[About], group: Group, fits: Callable[[int], bool]) -> int | None:
    """The last quantity of the earlier sentences within reach that fits."""
    for i in range(group.first - 1, -1, -1):
        if group.start - abouts[i].quantity.end > _REACH:
            return None
        if fits(i):
            return i
    return None


def _planned_before(text: str, abouts: Sequence[About], group: Group) -> int | None:
    """计划实施重点项目86个，总投资524亿元。截至9月底，已开工79个: of the things counted in the sentence before."""
    about = abouts[group.first]
    begun = about.quantity.classifier is not None and _BEGUN.fullmatch(text, group.start, about.quantity.start)
    if not begun:
        return None
    for i in range(group.first - 1, max(-1, group.first - 1 - _STEPS), -1):
        other = abouts[i]
        if "\n" in text[other.quantity.end : group.start] or group.start - other.quantity.end > _REACH:
            return None
        counts = other.quantity.classifier == about.quantity.classifier and other.head is not None
        if counts and other.direction.kind == "level":
            return i if _not_smaller(other, about) else None
    return None


def _same_measure(part: About, total: About) -> bool:
    if not _same_unit(part, total):
        return False
    return (
        part.quantity.classifier is not None
        or part.indicator == total.indicator
        or _code(part) == _code(total) is not None
    )


def _same_word(part: About, total: About) -> bool:
    """Whether one word counts both; one for anything (个) has to count the same things."""
    classifier = part.quantity.classifier
    if classifier != total.quantity.classifier or part.quantity.per != total.quantity.per:
        return False
    return classifier not in _FOR_ANYTHING or _same_unit(part, total)


def _same_named(part: About, total: About) -> bool:
    """Whether two amounts have one name or one code; two counts say nothing."""
    named = part.indicator == total.indicator or _code(part) == _code(total) is not None
    return part.quantity.classifier is None and _same_unit(part, total) and named


def _same_unit(part: About, total: About) -> bool:
    one, other = part.quantity, total.quantity
    alike = one.unit == other.unit or {one.raw_unit, other.raw_unit} <= _LAND
    if not alike or one.per != other.per or _mean(part) not in (None, _mean(total)):
        return False
    if one.classifier is None:
        return other.classifier is None
    codes = {a.head.code for a in (part, total) if a.head is not None and a.head.code not in (None, *_PEOPLE_CODES)}
    if len(codes) > 1:
        return False  # 19个项目专班 is no total of projects
    same_thing = part.head is not None and total.head is not None and part.head.code == total.head.code is not None
    return one.classifier == other.classifier or {one.classifier, other.classifier} <= _PEOPLE or same_thing


def _mean(about: About) -> str | None:
    """人均 or 亩均 in the name of an amount: an average is no part of a sum."""
    found = _MEAN.search(f"{about.subject or ''}{about.indicator}")
    return found[0] if found else None


def _code(about: About) -> str | None:
    return about.term.code if about.term else None


def _not_smaller(total: About, part: About) -> bool:
    return not_smaller(total.quantity, part.quantity)
