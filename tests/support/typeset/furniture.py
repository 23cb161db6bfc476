"""What stands round the articles: mastheads, contents, labels, captions, imprints."""

import random
from collections.abc import Sequence

from tests.support.typeset.stories import Story
from tests.support.typeset.style import Style

CAPTIONS = (
    "图为企业生产车间。",
    "图为项目施工现场，工人正在作业。（张伟 摄）",
    "▲园区一角。（资料图）",
    "图①：签约仪式现场。",
    "工人在车间内检测产品。　李强 摄",
    "俯瞰建设中的产业园。 （通讯员 王涛 摄影报道）",
    "（图为签约现场）",
    "上图：技术人员在调试设备。下图：产品下线。",
)
_LABELS = ("园区动态", "经济运行", "营商环境", "项目建设")
_RULE = "━" * 20


def masthead(how: Style) -> list[str]:
    """The first lines of an issue."""
    title = how.title
    return {
        "": [],
        "line": [f"{title}  2024年第6期（总第88期）  2024年6月28日", ""],
        "block": [title, "第6期（总第88期）", "滨江市商务局主办　　　2024年6月28日", _RULE, ""],
        "centred": [f"　　　　　　　{title}", "　　　　　　2024年第6期", "", "═" * 30, ""],
        "official": [
            *("内部资料　注意保存", "", title, "", "〔2024〕第6期", ""),
            *("滨江市开发区建设领导小组办公室　　　　2024年6月28日", "─" * 36, ""),
        ],
        "paper": [
            *(title, "BINJIANG KAIFAQU JIANBAO", "2024年6月28日　星期五　农历五月廿三　第88期　今日4版"),
            *("主管：滨江市人民政府　主办：滨江经济开发区管委会", "准印证号：（苏）字第0001号", ""),
        ],
        "bilingual": [title, "Binjiang Zone News", "总第 88 期", "二〇二四年六月二十八日", "*" * 30, ""],
        "account": [
            *(
                f"{title} | 2024年第6期",
                "原创 滨江园区 滨江园区发布 2024年6月28日 18:06 江苏",
                "点击上方蓝字关注我们",
                "",
            ),
        ],
        "edition": [
            *(
                "滨江日报数字报",
                "2024年6月28日　星期五",
                "首页　　版面导航　　标题导航　　往期回顾",
                "",
                "版面导航",
                "第A01版：头版",
            ),
            *("第A11版：园区专刊", "", "当前版：第A11版：园区专刊　　上一版　下一版", f"{title}　第88期", ""),
        ],
        "spaced": ["　".join(title), "第 6 期", "滨江市商务局编　　二○二四年六月二十八日", "=" * 40, ""],
    }[how.masthead]


def contents(articles: Sequence[Story], how: Style) -> list[str]:
    """A list of the headlines in front of the articles."""
    named = [" ".join(story.headline[:2]) for story in articles if story.headline]
    if not how.contents or not named or how.headless:
        return []
    numbered = list(enumerate(named, start=1))
    return {
        "dots": ["目　　录", "", *(f"{name}{'…' * 8}（{page}）" for page, name in numbered), ""],
        "bullets": ["本期导读", *(f"● {name}" for name in named), ""],
        "plain": ["本期要目", "", *named, "", _RULE, ""],
        "numbered": ["【目录】", *(f"{number}. {name}" for number, name in numbered), ""],
        "sections": ["目 录", "CONTENTS", "", *_with_sections(numbered), ""],
        "written": ["目　录", *(f"{name}{'…' * 8}王明 李华（{page:02}）" for page, name in numbered), ""],
        "pages_below": ["导读", *(line for page, name in numbered for line in (name, f"　　　　（{page}版）")), ""],
    }[how.contents]


def _with_sections(numbered: Sequence[tuple[int, str]]) -> list[str]:
    """Each entry below the name of its section."""
    return [line for page, name in numbered for line in (_LABELS[page % len(_LABELS)], f"{name}{'·' * 12}{page}")]


def label(how: Style, rng: random.Random) -> list[str]:
    """A label above an article, or none."""
    if not how.labels or rng.random() < 0.5:
        return []
    return [how.labels.format(rng.choice(_LABELS)), *([""] if rng.random() < 0.5 else [])]


def imprint(how: Style) -> list[str]:
    """The last lines of an issue."""
    lines = {
        "": [],
        "editors": ["责任编辑：王明  校对：李华"],
        "roles": ["编辑：王明", "审核：李华", "签发：赵国强", "排版：陈静"],
        "sent": [
            *("─" * 30, "报：市委、市政府领导。", "送：市直有关部门，各县（市、区）人民政府。"),
            *("发：各开发区管委会。", "─" * 30, "滨江市商务局办公室　　　2024年6月28日印发", "（共印150份）"),
        ],
        "contact": ["投稿邮箱：news@example.com　联系电话：0512-5550000", "地址：滨江市滨江大道1号　邮编：215000"],
        "wechat": ["扫描二维码，关注“滨江开发区”微信公众号", "欢迎订阅本刊电子版：news@example.com"],
        "printed": ["主送：市委办公室", "抄送：市人大、市政协办公室", "编发：王明　核稿：李华　签发：赵国强"],
    }[how.imprint]
    return ["", *lines] if lines else []


def foot(number: int, how: Style) -> tuple[list[str], list[str]]:
    """The lines above and below a page."""
    title = how.title
    head = [f"{title}　　2024年6月28日　　第{number}版"]
    if how.foot == "titled":
        return ([f"{title}{'　' * 12}2024年第6期"] if number > 1 else []), []
    if how.foot == "pinyin":
        return (["BINJIANG YUANQU 园区动态"] if number > 1 else []), [f"{number:02}", "", f"{title} 2024.06"]
    if how.foot == "running":
        return (head if number > 1 else []), []
    if how.foot == "mirrored":
        name = [f"2024.06　{title}"]
        return (name if number > 1 and number % 2 else []), ([] if number % 2 else name) + [f"— {number} —"]
    if not how.foot:
        return [], []
    return [], ["", how.foot.format(number, n=how.pages), ""]
