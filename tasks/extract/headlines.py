"""What a headline says of the kind of its article: a column of short items, or a report of a government."""

import re
from typing import Final

_COLUMN: Final = re.compile(
    "[^，。]{0,8}(?:简讯|短讯|快讯|短波|短新闻|一句话|动态|要闻|速览|速递|集锦|点击|传真|掠影|微新闻|资讯|扫描|一览)[^，。]{0,4}"
)
_OF_GOVERNMENT: Final = re.compile("政府|工作报告|公报")


def is_of_column(headline: str) -> bool:
    """Whether it is the headline of a column of short items: 园区简讯, 一周要闻."""
    return _COLUMN.fullmatch(headline) is not None


def is_of_government(headline: str) -> bool:
    """Whether a government says it of its whole division, whichever zones it comes to speak of."""
    return _OF_GOVERNMENT.search(headline) is not None
