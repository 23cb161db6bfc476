"""Lists of quantities whose subjects were named together: 化肥、农药施用量分别减少3.5%和4.2%."""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from tasks.extract.about import (
    ALL_FAMILIES,
    AMOUNT_FAMILIES,
    ZONE_COUNT,
    About,
    families_of,
    full_name,
    head_of,
    plain_name,
    recent,
)
from tasks.extract.clauses import clause_start
from tasks.extract.lexicons import Indicator, Lexicons
from tasks.extract.phrases import last_term, trimmed, without_comparison
from tasks.extract.quantity import Quantity, bounds
from tasks.records import Qualifier

_ENUMERATED: Final = re.compile(r"(.*?)等?[两二三四五六七八九十\d]+[个大项种类家级]")
_RECEIVERS: Final = re.compile(
    r"(?:对|给|向|为|按照?)(?:新?(?:引进|招用|认定|入选|获评|培育|评定|录用)的)?([^，。；\d]{4,60})"
)
_ALL_GREW: Final = re.compile(
    r"([^，。；\d]{4,40}?)"
    r"(?:(?:增速|增长|增势|涨势)(?:较快|较好|向好|平稳|喜人|明显|强劲|良好|迅猛|突出|显著)"
    r"|(?:均|都|双双|继续|持续|不断|稳步|快速)*(?:实现|保持|呈现?|取得|迎来)[^，。；\d]{0,8}(?:增长|增速|上升|下降|态势|提升))"
)
_OF_SEVERAL: Final = re.compile(
    "[两三四五六七八九十]+[个大家](?:国家级|省级)?(?:开发区|高新区|经开区|园区|片区|县区|区县)"
)
"""永安、将乐、大田三个开发区固定资产投资: the count sums up the names."""
_MEMBERS: Final = re.compile(
    "、|以及|(?<![普涉波触以惠顾])及(?!时|格)|(?<![参])与(?!会)|(?<![共饱缓温中总调])和(?![谐平睦美])"
)
_BECOME: Final = re.compile("分别(?:提高|增加|增长|提升|上升|下降|降|增|升)[至到]$")
"""从46503元和16935元分别提高到58794元和23184元."""
_AGAINST: Final = re.compile("(?:高于|低于|高出|快于|慢于|领先)[^，。；]*[、和与]")
_MEASURED: Final = re.compile("[数量额率值价费]$")
"""How a name ends that says itself what is measured: 事故起数和死亡人数."""
_COUNTED: Final = ("人次", "人数")
"""接待游客人次、游客总花费分别增长…: people beside money, each of its own."""
_ACTS: Final = re.compile("接待|实现|完成|签订|引进|达成|发放|新增|新(?:落地|签约|注册|登记|设立)")
"""接待游客、实现旅游总花费分别增长…: each with its own verb, and so of its own."""
_COMPLETES: Final = "完成"
_OF_GOODS: Final = frozenset({"mass", "energy", "area", "length"})
_PERSONS: Final = frozenset(("人", "名", "位"))
_OF_TWO: Final = re.compile("前者|后者")
_RESPECTIVE: Final = re.compile("分别|依次")
_SHARE: Final = re.compile("占(?:比)?(?:分别)?(?:为|达|约)*$")
_OF_WHOLE: Final = re.compile("占(?P<of>[^，。；\\d]{2,20})的比[重例]分别(?:达到?|为|是)$")
_SHARES_OF: Final = re.compile(
    "(?P<parts>[^，。；]{2,40}?)分别占到?了?(?P<whole>[^，。；\\d]{2,14})的(?:比重(?:达到?|为)?)?$"
    f"|(?P<members>[^，。；]{{2,40}}?){_OF_WHOLE.pattern}"
)
_BEHIND: Final = re.compile("的([^，。；：、！？（）]{2,14})")
_RECEIVES: Final = re.compile("(?:可|能)?(?:分别)?(?:享受|获得|领取|得到|发放|给予)(?:每[月年])?$")
_ANY_RATE: Final = "率"
_REACHED: Final = re.compile("分别(?:到账|到位|实现|完成|达到|签约|兑现|贡献)$")
"""经开区、高新区分别到账1.38亿美元和0.91亿美元."""
_COMPARED: Final = re.compile("(?:同比|环比|比增|年均)+(?:分别)?$")

_SHARED_BOUNDS: Final = frozenset({"about", "at_least"})
_THREE: Final = re.compile("第?一、?(?:第?二)、?(?:第?三)(?:产业|产|次产业)|三次产业")
"""一二三产增加值分别增长…: three in one word."""


def shared_out(text: str, sentence: int, done: list[About], before: Sequence[About], lexicons: Lexicons) -> list[About]:
    """The quantities of a sentence, each member of a list with the subject that is its own.

    `text[sentence:]` begins the sentence, `before` are the earlier quantities of the paragraph.
    """
    result: list[About] = []
    at = 0
    while at < len(done):
        end = at + 1
        while end < len(done) and done[end].in_list:
            end += 1
        group = done[at:end]
        if len(group) > 1:
            start = group[0].quantity.start
            lead = text[clause_start(text, sentence, start) : start]
            group = _members(text, sentence, lead, group, recent(before, result), lexicons)
            group = _as_sure(group) if _RESPECTIVE.search(lead) else group
        result += [_one_of_two(text, about, result) or about for about in group] if len(group) == 1 else group
        at = end
    return result


def _as_sure(group: list[About]) -> list[About]:
    """分别增长4.5%、5.5%左右, 分别约为70%、60%: what bounds the last or the first of a list bounds all of it."""
    told = [about.quantity.qualifier for about in group]
    shared = told[-1] if told[0] == "exact" else told[0]
    alone = told.count("exact") == len(told) - 1
    if not alone or shared not in _SHARED_BOUNDS or any(about.quantity.value is None for about in group):
        return group
    return [replace(about, quantity=_bounded(about.quantity, shared)) for about in group]


def _bounded(quantity: Quantity, qualifier: Qualifier) -> Quantity:
    low, high = bounds(quantity.value, qualifier) if quantity.value is not None else (None, None)
    return replace(quantity, qualifier=qualifier, low=low, high=high)


def _one_of_two(text: str, about: About, earlier: Sequence[About]) -> About | None:
    """前者增长4.1%，后者下降2.7%: of the first or the last of the two that were named before."""
    at = about.quantity.start
    said = _OF_TWO.match(text, clause_start(text, 0, at), at)
    if said is None or about.direction.kind == "level":
        return None
    members = [other for other in earlier if other.rule == "members"]
    two = (members or [other for other in earlier if other.direction.kind == "level"])[-2:]
    if len(two) < 2:
        return None
    return _same_as([about], [two[0 if said[0] == "前者" else 1]])[0]


def _members(
    text: str, sentence: int, lead: str, group: list[About], earlier: Sequence[About], lexicons: Lexicons
) -> list[About]:
    """Each quantity of a list with its own subject; the list as it is where the words do not divide that way."""
    size = len(group)
    known = _shares(lead, group, lexicons) or _said_before(lead, group, earlier[-size:], sentence, lexicons)
    if known:
        return known
    own = without_comparison(trimmed(group[0].direction.stem, lexicons), lexicons)
    own = _REACHED.sub("", own)
    spoken = _COMPARED.sub("", own or without_comparison(trimmed(lead, lexicons), lexicons))
    parts = _parts(spoken, size, lexicons)
    enumerated = _enumerated(lead, group, earlier, lexicons)
    if enumerated:
        return enumerated
    if len(parts) > size and "：" not in spoken:
        parts = parts[-size:]
    if len(parts) == size:
        return _granted(text, _divided(group, parts, earlier, lexicons), lexicons)
    if _RESPECTIVE.search(lead) and (
        receivers := _named_before(text, sentence, group[0].quantity.start - len(lead), size)
    ):
        return [
            replace(about, subject=f"{name}{_thing(group)}", term=group[-1].term, rule="respectively", confidence=0.75)
            for about, name in zip(group, receivers, strict=True)
        ]
    if _RESPECTIVE.search(lead) and group[0].direction.kind == "ratio" and spoken.startswith(_COMPLETES):
        return _referring(group, earlier, of_amounts=True)  # …，分别完成年度任务的103.2%、96.4%
    if _RESPECTIVE.search(lead) and spoken in lexicons.cues.dependent:
        counted = [about for about in earlier[-size:] if about.quantity.classifier is not None]
        if len(counted) == size and counted[0].quantity.start >= sentence:
            return _of_counted(group, counted)
    if _RESPECTIVE.search(lead) and not last_term(own, ALL_FAMILIES, lexicons):
        told = _told_before(text, sentence, group[0].quantity.start - len(lead), size, lexicons)
        if told:
            return _divided(group, told, earlier, lexicons)
    if _AGAINST.search(lead):
        return group  # 增速分别高于全市、全自治区2.7个和9.8个百分点: the fields differ, and not what is measured
    if "占" in spoken or ((_RESPECTIVE.search(lead) or "均" in lead) and not last_term(own, ALL_FAMILIES, lexicons)):
        grown = [about for about in earlier if about.direction.kind == "growth"][-size:]
        if (
            group[0].quantity.unit == "pp" and len(grown) == size
        ):  # 生产总值增长6.8%，工业增加值增长10.4%，分别高于全省…
            return _same_as(group, grown)
        is_share = group[0].direction.kind == "ratio" and _SHARE.search(lead) is not None
        share = lexicons.indicators["rate"]["占比"] if is_share else None
        of_whole = _OF_WHOLE.search(lead) if group[0].direction.kind == "ratio" else None
        if of_whole and (amounts := _amounts_of(of_whole["of"], earlier, size, lexicons)):
            # 四类园区占全部园区总收入的比重分别为…: of the four amounts of what the whole is of
            return [
                replace(
                    about,
                    subject=full_name(amount),
                    indicator=f"占{of_whole['of']}的比重",
                    term=lexicons.indicators["rate"]["占"],
                    rule="respectively",
                    confidence=0.75,
                )
                for about, amount in zip(group, amounts, strict=True)
            ]
        return _referring(group, earlier, of_amounts=is_share or "占" in spoken, share=share)
    return group


def _amounts_of(whole: str, earlier: Sequence[About], size: int, lexicons: Lexicons) -> Sequence[About]:
    """The last amounts of what a whole is of, as many as there are quantities."""
    measure = last_term(whole, AMOUNT_FAMILIES, lexicons)
    if measure is None:
        return ()
    amounts = [about for about in earlier if about.direction.kind == "level" and about.term == measure[1]]
    return amounts[-size:] if len(amounts) >= size else ()


def _shares(lead: str, group: Sequence[About], lexicons: Lexicons) -> list[About] | None:
    """用工类、融资类占比分别为…; 汽车运输船和集装箱船分别占全球市场的83%和51.7%: the share of each in the whole."""
    if group[0].direction.kind != "ratio":
        return None
    whole = _SHARES_OF.search(lead)
    if not whole and not _SHARE.search(lead):
        return None
    names = _split(trimmed((whole["parts"] or whole["members"]) if whole else _SHARE.sub("", lead), lexicons))
    if len(names) != len(group):
        return None
    if not whole:
        return [_member(about, f"{name}占比", "占比", lexicons) for about, name in zip(group, names, strict=True)]
    share, indicator = lexicons.indicators["rate"]["占"], f"占{whole['whole'] or whole['of']}的比重"
    return [
        replace(about, subject=name, indicator=indicator, term=share, rule="members", confidence=0.8)
        for about, name in zip(group, names, strict=True)
    ]


def _said_before(
    lead: str, group: Sequence[About], before: Sequence[About], sentence: int, lexicons: Lexicons
) -> list[About] | None:
    """城乡居民收入分别达6.9万元、3.4万元，增长4.2%、5.3%: of the members of the list right before in the sentence."""
    here = len(before) == len(group) > 1 and before[0].quantity.start >= sentence
    if not here or any(one.rule != "members" for one in before):
        return None
    direction = group[0].direction
    becomes = direction.kind == "level" and _BECOME.search(lead) is not None
    bare = not without_comparison(trimmed(direction.stem, lexicons), lexicons)
    return _same_as(group, before) if becomes or (direction.kind == "growth" and bare) else None


def _enumerated(lead: str, group: Sequence[About], earlier: Sequence[About], lexicons: Lexicons) -> list[About] | None:
    """船舶海工、石化新材料、水产品加工三个产业产值分别达…: the count sums up the names before it.

    What is measured stands behind it, or was named with the total: 其中马铃薯、中医药、装备制造三大主导产业分别完成….
    """
    found = _ENUMERATED.match(lead)
    names = _split(trimmed(found[1], lexicons)) if found else []
    if found is not None and len(names) > len(group):
        names = [name for name in trimmed(found[1], lexicons).split("、") if name]  # 工程机械及配套、新能源材料
    if found is None or len(names) != len(group):
        return None
    rest = trimmed(lead[found.end() :], lexicons)
    said, whole = last_term(rest, families_of(group[0].quantity.unit), lexicons), _whole(group, earlier)
    said = said or (last_term(rest, ALL_FAMILIES, lexicons) if whole is None else None)
    if said is None and whole is None and group[0].quantity.classifier is not None and len(rest) > 1:
        # 承接省、市两级下放权限分别为46项和83项
        return [_member(about, f"{name}{rest}", None, lexicons) for about, name in zip(group, names, strict=True)]
    measure = said[1].term if said else whole.term.term if whole and whole.term else None
    if measure is None:
        return None
    return [_member(about, name, measure, lexicons) for about, name in zip(group, names, strict=True)]


def _whole(group: Sequence[About], earlier: Sequence[About]) -> About | None:
    """The last quantity before a list that has its unit and a name of the vocabulary."""
    return next((a for a in reversed(earlier) if a.quantity.unit == group[0].quantity.unit and a.term), None)


def _granted(text: str, members: list[About], lexicons: Lexicons) -> list[About]:
    """博士、硕士可分别享受每月3000元、1500元的生活补贴: what the amounts are of stands behind the last one."""
    quantity = members[-1].quantity
    behind = _BEHIND.match(text, quantity.end) if quantity.is_money else None
    found = last_term(behind[1], families_of(quantity.unit), lexicons) if behind else None
    if found is None:
        return members
    return [
        replace(
            about,
            subject=trimmed(_RECEIVES.sub("", about.subject or about.indicator), lexicons) or about.subject,
            indicator=found[1].term,
            term=found[1],
        )
        for about in members
    ]


def _named_before(text: str, sentence: int, end: int, size: int) -> list[str] | None:
    """对博士、硕士和本科毕业生，分别给予…: the clause before names as many as there are quantities, and holds none."""
    clause = text[clause_start(text, sentence, end - 1) : end].strip("，：")
    found = _RECEIVERS.fullmatch(clause)
    parts = _split(found[1]) if found else []
    return parts if len(parts) == size else None


def _told_before(text: str, sentence: int, end: int, size: int, lexicons: Lexicons) -> list[str] | None:
    """风电、太阳能发电装机实现两位数增长，同比分别增长…: as many names as there are quantities."""
    clause = text[clause_start(text, sentence, end - 1) : end].strip("，：")
    found = _ALL_GREW.fullmatch(clause)
    parts = _split(_OF_SEVERAL.sub("", trimmed(found[1], lexicons))) if found else []
    return parts if len(parts) == size else None


def _thing(group: Sequence[About]) -> str:
    """What the list is of, said behind its last member: 3万元的一次性安家补贴."""
    return next((about.subject for about in reversed(group) if about.rule == "thing_behind" and about.subject), "")


def _divided(group: list[About], parts: list[str], earlier: Sequence[About], lexicons: Lexicons) -> list[About]:
    """高新技术产业、战略性新兴产业增加值分别增长…: what the last member is named with holds for all."""
    tail = last_term(parts[-1], ALL_FAMILIES, lexicons)
    if tail is not None and group[0].quantity.classifier in _PERSONS and tail[1].family not in ("count", "rank"):
        tail = None  # 纺织服装、食品加工缺工分别为640人和280人: persons are no 加工
    if tail is not None and tail[1].code == ZONE_COUNT and group[0].quantity.classifier is None:
        tail = None  # 赣州经开区、南昌经开区分别得…: whose it is, not what
        measured = group[0].term if group[0].rule == "change_of" else None
        if measured is not None and measured.family == "money":  # 从增速看，A、B分别高于平均水平2.2和0.8个百分点
            return [
                replace(one, subject=f"{part}{measured.term}", indicator=group[0].indicator, term=measured)
                for one, part in zip(group, parts, strict=True)
            ]
        if all(part.endswith(tuple(lexicons.zone_suffixes)) for part in parts):
            like = next((one for one in reversed(earlier) if one.quantity.unit == group[0].quantity.unit), None)
            if like is not None and like.direction.kind == group[0].direction.kind:
                named = zip(group, parts, strict=True)
                return [replace(one, subject=part) for one, part in ((_same_as([a], [like])[0], p) for a, p in named)]
    of_money = group[0].quantity.is_money and group[0].direction.kind == "level"
    whole = _whole(group, earlier) if of_money and tail is not None and tail[1].family in _OF_GOODS else None
    if whole is not None and whole.term is not None:
        # 总产值186.4亿元，其中海洋生物制品、水产精深加工分别完成…: money, and no 加工
        return [_member(about, part, whole.term.term, lexicons) for about, part in zip(group, parts, strict=True)]
    if tail and tail[1].family == "rank" and tail[0]:
        amount = last_term(parts[-1][: tail[0]], AMOUNT_FAMILIES, lexicons)
        if amount is not None and amount[0] and amount[0] + len(amount[1].term) == tail[0]:
            parts, tail = [*parts[:-1], parts[-1][: tail[0]]], amount  # 甲、乙开发区总收入增速分别为…
    if tail and not tail[0] and all(last_term(part, (tail[1].family,), lexicons) is None for part in parts[:-1]):
        tail = _measure_of(parts[-1], tail[1], lexicons) or tail  # 第一产业、第二产业、第三产业增加值
    shared = parts[-1][tail[0] :] if tail and tail[0] else ""
    mixed = _are_mixed(group, parts[0], tail, lexicons)
    members = []
    for number, (about, part) in enumerate(zip(group, parts, strict=True), start=1):
        own = last_term(part, ALL_FAMILIES, lexicons)
        own = None if own is not None and len(own[1].term) == 1 and not part.endswith(own[1].term) else own
        if mixed:
            plain = replace(about, indicator=plain_name(about.quantity), term=None)
            measure = own[1].term if own is not None and part.endswith(own[1].term) else None
            members.append(_member(plain, part, measure, lexicons))
            continue
        counts = own is not None and bool(_ACTS.match(part) or part.endswith(_COUNTED)) and part.endswith(own[1].term)
        if own is None or (tail is not None and own[1].family != tail[1].family and not counts):
            own = tail
        if number == len(group) and shared and own is not None and own[1].term == part:
            own = tail  # 农村居民人均可支配收入 is that of 农村
        same_kind = own is not None and tail is not None and own[1].family == tail[1].family
        complete = counts or _MEASURED.search(part) or (same_kind and own is not None and part.endswith(own[1].term))
        name = part if number == len(group) or not shared or complete else part + shared
        members.append(_member(about, name, own[1].term if own else None, lexicons))
    return members


def _are_mixed(group: Sequence[About], first: str, tail: tuple[int, Indicator] | None, lexicons: Lexicons) -> bool:
    """Whether each of several is measured by its own: 进口货值、入境游客、免税销售额分别增长…."""
    if len(group) <= 2 or group[0].direction.kind != "growth" or not _MEASURED.search(first):
        return False
    own = last_term(first, ALL_FAMILIES, lexicons)
    return own is not None and own[1] != (tail and tail[1])


def _measure_of(name: str, whole: Indicator, lexicons: Lexicons) -> tuple[int, Indicator] | None:
    """The measure that a name ends with, and where it begins.

    One that has the code of the whole name (居民人均可支配收入 of 农村居民人均可支配收入), else the shortest: 增加值 of
    第三产业增加值.
    """
    shortest = None
    for at in range(1, len(name) - 1):
        found = last_term(name[at:], ALL_FAMILIES, lexicons)
        if found is not None and found[0] == 0 and len(found[1].term) == len(name) - at:
            if whole.code is not None and found[1].code == whole.code:
                return at, found[1]
            shortest = at, found[1]
    return shortest


def _member(about: About, name: str, measure: str | None, lexicons: Lexicons) -> About:
    term = (
        next((terms[measure] for terms in lexicons.indicators.values() if measure in terms), None) if measure else None
    )
    subject = (name.removesuffix(measure).removesuffix("分别") or None) if measure else name
    if measure == _ANY_RATE:
        subject, measure = None, name  # 供电可靠率: the whole name is that of the rate
    return replace(
        about,
        subject=subject,
        indicator=measure or about.indicator,
        term=term or about.term,
        head=about.head if term and term.family != "rank" else head_of(name, lexicons),
        rule="members",
        confidence=0.85,
    )


def _referring(
    group: list[About], earlier: Sequence[About], *, of_amounts: bool, share: Indicator | None = None
) -> list[About]:
    """分别 or 占…分别为: each quantity belongs to one of as many that were named before, or is a `share` of it."""
    names = _previous(earlier, len(group))
    if names is None:
        return group
    if of_amounts:
        return [
            replace(
                about,
                subject=full_name(name),
                indicator=share.term if share else about.indicator,
                term=share or about.term,
                head=name.head,
                rule="respectively",
                confidence=0.75,
            )
            for about, name in zip(group, names, strict=True)
        ]
    return _same_as(group, names)


def _of_counted(group: Sequence[About], counted: Sequence[About]) -> list[About]:
    """电子信息类项目11个、新材料类9个，投资额分别为…: of as many kinds of things as were counted right before."""
    return [
        replace(about, subject=things.subject, head=things.head, rule="respectively", confidence=0.75)
        for about, things in zip(group, counted, strict=True)
    ]


def _same_as(group: Sequence[About], names: Sequence[About]) -> list[About]:
    return [
        replace(
            about,
            subject=name.subject,
            indicator=name.indicator,
            term=name.term,
            head=name.head,
            rule="respectively",
            confidence=0.75,
        )
        for about, name in zip(group, names, strict=True)
    ]


def _previous(earlier: Sequence[About], size: int) -> list[About] | None:
    """The names that 分别 refers back to: the members of the last list of that size, else the last amounts."""
    amounts = [about for about in earlier if about.direction.kind in ("level", "ratio")]
    last = amounts[-size:]
    if len(last) == size and not any(about.rule == "members" or about.in_list for about in last):
        return last
    run: list[About] = []
    for about in reversed(earlier):
        if about.rule == "members" or about.in_list:
            run.insert(0, about)
            if len(run) == size and run[0].rule == "members":
                return run
        elif run:
            break
    return last if len(last) == size else None


def _parts(words: str, size: int, lexicons: Lexicons) -> list[str]:
    """The members that words name, as many as there are quantities where the words can be divided so."""
    parts = _split(words)
    if len(parts) > size and len(wider := [part for part in words.split("、") if part]) == size:
        return wider  # 金融业、软件和信息服务业: a member may be made of two words
    if len(parts) == 1 and size == 2:  # 城乡居民收入分别增长: two in one word
        for word, members in lexicons.cues.pairs.items():
            before, found, behind = parts[0].partition(word)
            if found:
                return [f"{before}{member}{behind}" for member in members]
    return parts


def _split(words: str) -> list[str]:
    return [part for part in _MEMBERS.split(_THREE.sub("第一产业、第二产业、第三产业", words)) if part]
