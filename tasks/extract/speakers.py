"""The zone, or the region, of each quantity of a sentence: which of those named there it is told of."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise
from typing import Final, NamedTuple

from tasks.extract.clauses import JOINS
from tasks.extract.lexicons import Lexicons
from tasks.extract.openings import leads, opens_sentence
from tasks.extract.places import NamedZones, ZoneMention, bare_place, full_zone
from tasks.extract.regions import Regions
from tasks.records import ZoneName

_CLAUSE_REACH: Final = 24
"""Characters between the beginning of a clause and the zone that it is about: a date, where and when."""
_OPENING: Final = 40
"""Characters in which a paragraph names what it is about."""
_MARKS: Final = "，；：。！？（）\n"
_ZONES_OF: Final = re.compile("[两三四五六七八九十]+[个家](?:国家级|省级)?(?:开发区|高新区|经开区|园区)")
_COUNTS_ZONES: Final = re.compile("(?:国家级|省级|市级)?(?:开发区|高新区|经开区|园区)(?!内|里|企业|项目)")
_CLAUSE_MARK: Final = re.compile("[，；：]")
_TOGETHER: Final = re.compile("[、和与及]|以及|[、，]?(?:和|以及)")
_IN_LIST: Final = re.compile("(?:[、和与及]|以及|，和)(?:第)?")
_NOT_TOLD_OF: Final = re.compile(
    "等(?!级)|相比|平均(?:水平|值|数|线|增速|增幅|[，。；\\d的])|[^，。；]{0,3}(?:负责人|代表团|考察团)"
)
_THE_REST: Final = re.compile("其余[^，。；、]{1,6}(?:开发区|园区|经开区|高新区)")
"""赤壁高新区6个，其余三个开发区共8个: told of none of those that were named."""
_COUNTED: Final = re.compile("(?:^|[在，。；：\n])(全[省市县])(?:共有|现有|共|有|的)?$")
"""全市14个开发区: what is counted is the region's, whoever ranks third among them."""
_OF_A_REGION: Final = re.compile("[省市县州盟旗]|[全我]区")
_CLAUSE: Final = re.compile("[^，。；：]+")
_SHORTEST_DIVISION: Final = 2
_LONGEST_DIVISION: Final = 11
"""Characters of the longest name of a division: 新疆维吾尔自治区 and the like."""
_SPEAKS: Final = re.compile(
    "[，：]|今年|去年|近日|日前|已|将|全[省市县]|发布|举行|召开|出台|启动|新增|共|实施|推出|印发|累计|完成|实现|现有|正|以|有(?![关色机])|创建|建成|拥有|获批|获评"
)
_OFFICES: Final = re.compile(
    "[长委政级场面民]|[一-龥]{0,8}(?:厅|局|部门|中心|协会|商会|海关|大学|学院|公司|集团|银行|医院|会议|领导|市长|省长|书记|代表|等地|机场|高铁|高速|港|隧道|站)|[、和与]"
)
_RESPECTIVELY: Final = "分别"
_OF_OFFICES: Final = (
    "(?!(?:[长委政级场面民]|[^，。；]{0,8}(?:厅|局|部门|海关|大学|学院|公司|集团|银行|医院|会议|领导|市长|代表)))"
)


@dataclass(frozen=True, slots=True)
class Told:
    """From where on a sentence tells of a zone or a region."""

    start: int
    zone: ZoneName


@dataclass(frozen=True, slots=True)
class Stage:
    """What the zones of a sentence are read against: the paragraph, its zones, the article's zone and regions."""

    paragraph: int
    zones: NamedZones
    zone: ZoneName | None
    regions: Regions
    opening: ZoneName | None = None
    is_programme: bool = False
    every: Mapping[tuple[str, str], str] = field(default_factory=dict)
    """The zones that the article names, anywhere: the longest name of each by place and kind."""

    @property
    def is_of_regions(self) -> bool:
        """Whether the article is about no zone: provinces and cities may be what its paragraphs are about."""
        return self.zone is None or self.zone.name == self.zone.region


def sentence_zones(
    text: str, start: int, end: int, spans: Sequence[tuple[int, int]], stage: Stage, lexicons: Lexicons
) -> list[ZoneName | None]:
    """For each quantity of the sentence `text[start:end]` (by its span) the zone or the region that it is about.

    The subject that opens its clause or one before it in the sentence; else the zone that opens the paragraph, where
    that goes on to no other; else the article's zone.
    """
    named = stage.zones.between(start, end)
    runs = _runs(text, named)
    told = [
        *_zones_told(text, start, named, runs, stage, lexicons),
        *_regions_told(text, start, end, stage, lexicons),
    ]
    told.sort(key=lambda one: one.start)
    starts = [one.start for one in told]
    found: list[ZoneName | None] = []
    for at, _ in spans:
        last = bisect_right(starts, at) - 1
        holds = last >= 0 and _holds(text, told[last], at, spans, stage, lexicons)
        found.append(told[last].zone if holds else _of_paragraph(text, at, stage, lexicons))
        counted = _COUNTED.search(text[max(start, at - 6) : at]) if text[at] != "第" else None
        if counted and (region := stage.regions.called(counted[1])):
            found[-1] = region
    if not told and stage.is_of_regions and any(_COUNTS_ZONES.match(text, stop) for _, stop in spans):
        found = [stage.zone] * len(spans)  # 苏中、苏北共有11家开发区跻身全省前50名，比上年增加2家
    lists = [[full_zone(named[i], stage.zones.names, lexicons) for i in run] for run in runs]
    ends = [named[run[-1]].end for run in runs]
    together = list(zip(ends, lists, strict=True)) or list(_cities_listed(text, start, end, stage, lexicons))
    return _shared_out(text, spans, found, together, starts)


def _holds(text: str, told: Told, at: int, spans: Sequence[tuple[int, int]], stage: Stage, lexicons: Lexicons) -> bool:
    """Whether a zone is still spoken of at an offset.

    In a text on a region a zone that is named without a figure is one of several things that the sentence lists.
    """
    if _THE_REST.search(text, max(told.start, at - _CLAUSE_REACH), at):
        return False
    if not stage.is_of_regions or (told.zone.name == told.zone.region and not stage.is_programme):
        return True
    mark = _CLAUSE_MARK.search(text, told.start, at)
    if mark is None:
        return True
    if told.zone.name != told.zone.region and opens_sentence(text, told.start, lexicons):
        return "；" not in text[told.start : at]  # 某某经开区受停产影响，收入只有4.3亿元: it opens the sentence
    return "；" not in text[told.start : at] and any(told.start < first < mark.start() for first, _ in spans)


def _zones_told(
    text: str,
    start: int,
    named: Sequence[ZoneMention],
    runs: Sequence[Sequence[int]],
    stage: Stage,
    lexicons: Lexicons,
) -> Iterator[Told]:
    """The zones that open a clause, and are not one of several, or what something is compared with or done at.

    In an article about a city 湘东市开发区 are all zones of the city.
    """
    listed = {i for run in runs for i in run}
    for i, mention in enumerate(named):
        if i not in listed and _opens(text, start, mention, lexicons):
            whole = stage.zone if stage.zone and (mention.place, mention.kind) == (stage.zone.name, "开发区") else None
            yield Told(mention.start, whole or full_zone(mention, stage.zones.names, lexicons))


def _opens(text: str, start: int, mention: ZoneMention, lexicons: Lexicons) -> bool:
    if _NOT_TOLD_OF.match(text, mention.end):
        return False
    floor = max(start, mention.start - _CLAUSE_REACH)
    clause = next((at for at in range(mention.start, floor, -1) if text[at - 1] in _MARKS), floor)
    if clause == floor and clause != start and text[clause - 1] not in _MARKS:
        return False
    lead = text[clause : mention.start]
    direct = text[mention.end : mention.end + 1].isdigit() and text[mention.start - 1 : mention.start] == "、"
    return direct or lead in lexicons.divisions or leads(lexicons).fullmatch(lead) is not None


def _of_paragraph(text: str, at: int, stage: Stage, lexicons: Lexicons) -> ZoneName | None:
    """The zone that opens the paragraph (one that goes on to others is about none of them), else the article's."""
    if at <= stage.zones.alone and not (stage.is_programme and stage.is_of_regions):
        for mention in stage.zones.between(stage.paragraph, min(at, stage.paragraph + _OPENING)):
            if _opens(text, stage.paragraph, mention, lexicons):
                return full_zone(mention, stage.zones.names, lexicons)
    return stage.opening or stage.zone


def opening_region(text: str, start: int, end: int, stage: Stage, lexicons: Lexicons) -> ZoneName | None:
    """The province, city or county that the paragraph `text[start:end]` opens with, where zones are not spoken of."""
    if not stage.is_of_regions or stage.zones.mentions:
        return None
    told = next(_regions_told(text, start, min(end, start + _OPENING), stage, lexicons), None)
    return told.zone if told is not None and told.start == start else None


def _regions_told(text: str, start: int, end: int, stage: Stage, lexicons: Lexicons) -> Iterator[Told]:
    """The regions that clauses open with: 全市, 潜江全市, 9月3日，青溪县."""
    if not stage.is_of_regions and _OF_A_REGION.search(text, start, end) is None:
        return
    clauses = [start, *(mark.end() for mark in _CLAUSE_MARK.finditer(text, start, end))]
    zones = {mention.start for mention in stage.zones.between(start, end)}
    spans = list(pairwise((*clauses, end)))
    divisions = _divisions(text, spans, stage, lexicons) if stage.is_of_regions else [None] * len(spans)
    last: ZoneName | None = None
    for (clause, following), named in zip(spans, divisions, strict=True):
        if named is not None:
            last = named
            yield Told(clause, named)
            continue
        of_cities = stage.is_of_regions and len(_opening_cities(text[clause:following], lexicons)) > 1
        if of_cities and stage.zone is not None:
            yield Told(clause, stage.zone)  # 泸州总量突破3000亿元，内江、眉山总量突破2000亿元: none of one alone
            continue
        found = _region_words(lexicons).match(text, clause, following)
        if found is None or found.start("name" if found["name"] else "whole") in zones:
            continue
        if found["own"]:
            province = stage.regions.province
            if found["zones"] and province is not None and province.endswith("自治区"):
                yield Told(clause, ZoneName(province, province))  # no zone is one of its own zones
            elif stage.zone is not None and stage.zone.name != stage.zone.region:
                yield Told(clause, stage.zone)
        elif found["whole"]:
            if found["of"] and found["of"] not in lexicons.divisions:
                continue
            region = _division(found["of"], lexicons) if found["of"] else stage.regions.called(found["whole"])
            if not found["of"] and last is not None and last.name.endswith(found["whole"][-1]):
                region = last  # 在黑龙江，目前全省粮食作物收获超1.2亿亩
            if region is not None:
                yield Told(clause, region)
        elif (region := _full_name(found["name"], stage, lexicons)) is not None:
            yield Told(clause, region)


def _divisions(
    text: str, clauses: Sequence[tuple[int, int]], stage: Stage, lexicons: Lexicons
) -> list[ZoneName | None]:
    """For each clause the division that it is about; where several open with a city, the names alone tell.

    南昌有两处湿地；合肥湿地保护率达75%.
    """
    zones = {mention.start for mention in stage.zones.between(clauses[0][0], clauses[-1][1])}
    opened = [_division_at(text, *clause, lexicons) for clause in clauses]
    opened = [None if found is not None and found.start in zones else found for found in opened]
    free = [
        found is not None and not stage.zones.between(*clause) for found, clause in zip(opened, clauses, strict=True)
    ]
    several = len({found.zone for found, own in zip(opened, free, strict=True) if found is not None and own}) > 1
    return [
        found.zone if found is not None and (found.is_told or (several and own)) else None
        for found, own in zip(opened, free, strict=True)
    ]


class _Opening(NamedTuple):
    """The division that a clause opens with, and whether that alone tells that the clause is about it."""

    zone: ZoneName
    start: int
    is_told: bool


def _division_at(text: str, start: int, end: int, lexicons: Lexicons) -> _Opening | None:
    """The division that a clause opens with: 在浙江长兴，, 江西南昌市…, 深圳发布…; what only bears its name is none."""
    lead = leads(lexicons).match(text, start, end)
    at = first = lead.end() if lead else start
    names: list[str] = []
    while name := _longest_division(text, at, end, lexicons):
        if names and not lexicons.contains(names[-1], name):
            break
        names.append(name)
        at += len(name)
    if not names or at == end or _OFFICES.match(text, at):
        return None
    full = lexicons.divisions[names[-1]]
    is_city = names[-1] not in lexicons.zone_common and any(
        code.endswith("00") for code in lexicons.division_codes[names[-1]]
    )
    is_told = len(names) > 1 or text[first:at] == full or (is_city and _SPEAKS.match(text, at, end) is not None)
    return _Opening(ZoneName(full, full), first, is_told) if is_told or is_city else None


def _longest_division(text: str, start: int, end: int, lexicons: Lexicons) -> str | None:
    if text[start : start + _SHORTEST_DIVISION] not in _first_characters(lexicons):
        return None
    for length in range(min(_LONGEST_DIVISION, end - start), 1, -1):
        if text[start : start + length] in lexicons.divisions:
            return text[start : start + length]
    return None


def _full_name(name: str, stage: Stage, lexicons: Lexicons) -> ZoneName | None:
    known = lexicons.divisions.get(name) == name or name in (stage.regions.city, stage.regions.county)
    return ZoneName(name, name) if known else None


def _division(name: str, lexicons: Lexicons) -> ZoneName:
    return ZoneName(lexicons.divisions[name], lexicons.divisions[name])


def _runs(text: str, named: Sequence[ZoneMention]) -> list[list[int]]:
    """The zones that are named side by side (A、B和C), as indices into `named`."""
    runs: list[list[int]] = []
    for i in range(1, len(named)):
        if _TOGETHER.fullmatch(text, named[i - 1].end, named[i].start):
            if runs and runs[-1][-1] == i - 1:
                runs[-1].append(i)
            else:
                runs.append([i - 1, i])
    return runs


def _cities_listed(
    text: str, start: int, end: int, stage: Stage, lexicons: Lexicons
) -> Iterator[tuple[int, list[ZoneName]]]:
    """萍乡、景德镇、新余分别完成…: divisions that are named side by side before a 分别, and where they end."""
    floor, at = start, text.find(_RESPECTIVELY, start, end)
    while at >= 0:
        clause = next(
            (place for place in range(at, max(floor, at - _CLAUSE_REACH), -1) if text[place - 1] in _MARKS), floor
        )
        names = re.split("[、和与及]", text[clause:at].removesuffix("三地").removesuffix("两地"))
        if len(names) > 1 and all(name in lexicons.divisions for name in names):
            yield at, [_division(name, lexicons) for name in names]
        else:
            before = [(match.end(), _opening_cities(match[0], lexicons)) for match in _CLAUSE.finditer(text, floor, at)]
            # 钦州、贵港增势较好，工业总产值分别增长…
            yield from ((stop, _listed(text, stop, told, stage, lexicons)) for stop, told in before if len(told) > 1)
        floor, at = at, text.find(_RESPECTIVELY, at + 1, end)


def _listed(text: str, stop: int, names: Sequence[str], stage: Stage, lexicons: Lexicons) -> list[ZoneName]:
    """The divisions by some names; 永安、将乐两个开发区 are the zones there, where the article names them."""
    of_zones = _ZONES_OF.search(text, max(stage.paragraph, stop - _OPENING), stop) is not None
    zones = stage.every if of_zones else {}
    return [_only_zone(name, zones, lexicons) or _division(name, lexicons) for name in names]


def _only_zone(name: str, zones: Mapping[tuple[str, str], str], lexicons: Lexicons) -> ZoneName | None:
    own = [full for (place, _), full in zones.items() if place == bare_place(name)]
    return ZoneName(own[0], lexicons.divisions[name]) if len(own) == 1 else None


def _opening_cities(clause: str, lexicons: Lexicons) -> list[str]:
    """The divisions that a clause opens with, side by side, and says something of."""
    names: list[str] = []
    at = 0
    while name := _longest_division(clause, at, len(clause), lexicons):
        names.append(name)
        at += len(name)
        if clause[at : at + 1] not in JOINS:
            break
        at += 1
    return names if at < len(clause) and clause[at - 1] not in JOINS else []


def _shared_out(
    text: str,
    spans: Sequence[tuple[int, int]],
    found: list[ZoneName | None],
    lists: Sequence[tuple[int, list[ZoneName]]],
    told: Sequence[int],
) -> list[ZoneName | None]:
    """南昌、赣州、上饶开发区分别增长8.9%、8.1%和7.7%: a list of as many quantities behind a list of zones."""
    if not lists:
        return found
    first = 0
    while first < len(spans):
        last = first + 1
        while last < len(spans) and _IN_LIST.fullmatch(text, spans[last - 1][1], spans[last][0]):
            last += 1
        before = [(end, zones) for end, zones in lists if end <= spans[first][0]]
        if before and len(before[-1][1]) == last - first > 1:
            end, zones = before[-1]
            if bisect_right(told, spans[first][0]) == bisect_right(told, end):
                found[first:last] = zones
        first = last
    return found


@cache
def _first_characters(lexicons: Lexicons) -> frozenset[str]:
    """The beginnings of the divisions' names."""
    return frozenset(name[:_SHORTEST_DIVISION] for name in lexicons.divisions)


@cache
def _region_words(lexicons: Lexicons) -> re.Pattern[str]:
    """A clause that speaks of a region, and does not compare or count in it."""
    time = leads(lexicons).pattern
    whole = (
        "(?P<of>[一-龥]{2,4}?)?(?P<whole>全[市省县])"
        "(?!平均|[^，。；]{0,4}第|首|各|重点|优秀|先进|百强|十强|示范|劳模|[^，。；]{0,16}(?:考核|评比|评价|评估|排名)?中[，第排位列居得获])"
    )
    own = "(?P<own>[全我]区(?P<zones>各?(?:国家级|自治区级)?开发区)?)"
    return re.compile(f"{time}(?:{own}|{whole}|(?P<name>[一-龥]{{2,9}}?[省市县州盟旗]){_OF_OFFICES})")
