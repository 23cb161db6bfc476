"""How quantities are written: one pattern with a named alternative for each form."""

import re
from functools import cache
from typing import Final

from tasks.extract.lexicons import Lexicons, either
from tasks.extract.numerals import ARABIC, CHINESE
from tasks.extract.scan import WHOLE, Finder, starts_of

_RANKED: Final = "居列排位名"


@cache
def quantity_finder(lexicons: Lexicons) -> Finder:
    """Finds every written number, with its unit and the words that bound it where it has them."""
    forms = _forms(lexicons)
    # 居全省第三: 第三 is a rank because of the word before it, whatever stands between
    rank = (
        rf"(?<=[{_RANKED}])(?:[^，。；、]{{0,12}}?)"
        r"(?P<order>第(?:[一二三四五六七八九十]{1,2}|\d{1,3})(?![\d一二三四五六七八九十百位名批届次期个家季产轮条方梯大]))"
    )
    top = r"(?<=[居列])(?![民家住])(?:[^，。；、放摆]{0,10}?)(?P<top>首位|榜首)(?![产企度])"
    # 总规模全国第一: a rank without a verb, where nothing follows that 第一 tells of
    fields = "|".join(f"(?<={field})" for field in lexicons.cues.fields)
    field = (
        rf"(?:{fields})"
        r"(?P<placed>第(?:[一二三四五六七八九十]{1,2}|\d{1,3}))(?=[，。；、）)的”\n]|$)"
    )
    # 进入全省前十: one of the first ten
    first = (
        rf"(?<=[入身{_RANKED}])(?:[^，。；、]{{0,8}}?)"
        r"(?P<among>前(?:[一二两三四五六七八九]?十|[三四五六八]|\d{1,3}))(?=[，。；、名位强]|$)(?P<amongplace>[名位强]?)"
    )
    starts = starts_of(forms).pattern
    return Finder(
        re.compile(f"{WHOLE}(?:{'|'.join((forms[0], rank, top, field, first, *forms[1:]))})"),
        re.compile(rf"{starts}|(?<=[入身{_RANKED}])(?s:.)"),
    )


def _forms(lexicons: Lexicons) -> list[str]:
    q = lexicons.qualifiers
    n = rf"(?:{ARABIC}|[数几]?{CHINESE}|[数几](?=[十百千万亿]))"
    middle, magnitude, unit = either(q.middle), lexicons.magnitude_pattern, lexicons.unit_pattern
    # 3850千瓦时: the 千 is part of the unit
    own = either(u for u in lexicons.units if u.startswith(tuple(lexicons.magnitudes)))
    magnitude_1, magnitude_2 = (f"(?:(?!{own})(?P<g{n}>{magnitude}))?" for n in (1, 2))
    # 七成五, 一成半: the digit behind 成 is a tenth of it
    tenth = "(?P<tenth>(?<=成)[一二三四五六七八九半](?![成个家项年月天大批多余]))?"
    per = f"(?:[/每](?P<per>{either(lexicons.denominators)}))?"
    one = rf"(?P<n1>{n})(?P<m1>{middle})?{magnitude_1}(?P<k1>[余多])?(?P<u1>{unit})?{tenth}"
    other = rf"(?P<sep>[-—~–]|至|到)(?P<n2>{n})(?P<m2>{middle})?{magnitude_2}(?P<u2>{unit})"
    tenths = "(?=[一二三四五六七八九]成)"
    guarded = [rf"(?<![{chars}]){word}{tenths if word in q.of_tenths else ''}" for word, chars in q.not_behind.items()]
    before = f"(?P<before>{either(word for word in q.before if word not in q.not_behind)}|{'|'.join(guarded)})?"
    followed = [rf"{word}(?!{other})" for word, other in q.not_before.items()]
    after = f"(?P<after>{either(word for word in q.after if word not in q.not_before)}|{'|'.join(followed)})?"
    return [
        r"第(?P<rank>\d+|[一二三四五六七八九十百]+)(?:、第?(?:\d+|[一二三四五六七八九十]+))?(?P<place>[位名])",
        r"(?P<beforeshare>将近|接近|近|大约|约|超过|超|逾|不足|不到)?(?P<share>(?:(?<![一二三四五六七八九十百千])[二三四五六七八九十百千两]+分之[一二三四五六七八九十百零点]+|(?<!\d)\d+分之\d+|(?<![\d/.])[1-9]\d?/[1-9]\d{0,2}(?![\d/年月%])))(?P<aftershare>左右|以上)?",
        r"(?P<half>(?:近|超过|超|过|逾|约)?(?:一半|半数))(?P<afterhalf>左右|以上)?",
        r"(?<!\d)(?P<whole>\d+)元(?P<jiao>\d)角(?:(?P<fen>\d)分)?",
        r"(?P<halved>半)(?P<halfunit>个工作日|个小时|小时|天(?![下然气]))(?P<afterhalved>以内|之内|内|左右|以上)?",
        rf"(?<!\d)(?P<large>\d+(?:\.\d+)?)亿(?P<small>\d+(?:\.\d+)?)万(?P<largeunit>{unit})",
        rf"(?P<bare>(?:超过|超|过|逾|近|(?<![迈跨站跃登踏])上)(?P<baremag>万亿|(?:百|千|十)?[万亿]|百|千)(?:(?P<bareunit>{unit})|(?<=亿)(?=[，。；、]|大关)))",
        rf"{before}(?<![\d.])(?P<minus>-|零下(?=\d)|(?<=[为至到由从的是达])负(?=\d))?{one}(?:{other})?{per}{after}",
    ]
