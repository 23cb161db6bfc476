"""An article as lines: headline, dateline, paragraphs, byline."""

import random

from tests.support.typeset.furniture import CAPTIONS
from tests.support.typeset.stories import Story
from tests.support.typeset.style import ABOVE, Style
from tests.support.typeset.wrap import centred, spaced_digits, to_the_right, width_of, wrapped

_LONGEST_HEADLINE = 5
_CITIES = ("大同", "长治", "芜湖", "襄阳")


def article(story: Story, how: Style, rng: random.Random) -> list[str]:
    """The lines of an article in the given style."""
    body = _body(story, how, rng)
    headline = _headline(story, how)
    if how.place == "before" or story.is_column or (how.place == "mixed" and rng.random() < 0.5):
        above = _byline_above(story, how)
        joint = [""] if how.head_gap or story.is_column else []
        return [*headline, *above, *(joint if headline else []), *body]
    return [*body, *([""] if headline else []), *headline]


def _headline(story: Story, how: Style) -> list[str]:
    lines = list(story.headline)
    if how.head_set == "wrapped" and how.width and not story.is_column:
        broken = [part for line in lines for part in wrapped(line, how, max(how.width, 14), "")]
        lines = broken if len(broken) <= _LONGEST_HEADLINE else lines
    if how.head_spaced and len(lines) == 1 and len(lines[0]) <= 10 and not any(map(str.isascii, lines[0])):
        lines = [" ".join(lines[0])]
    if how.head_set == "centred":
        lines = [centred(line, how) for line in lines]
    elif lines and how.head_mark and not story.is_column:
        lines[0] = how.head_mark + lines[0]
    return lines


def _byline_above(story: Story, how: Style) -> list[str]:
    if (
        not story.author
        or not story.headline
        or how.byline not in ABOVE
        or how.dateline in ("credit", "lead", "agency")
    ):
        return []
    name = story.author
    if story.is_from_office:
        return (
            [f"来源：{name}", ""] if how.byline != "web" else [f"来源：{name} 发布时间：2024-06-18 09:30 浏览次数：316"]
        )
    lines = {
        "under_headline": [f"本报记者 {name}"],
        "centred_under": [centred(f"本报记者　{name}", how)],
        "author_under": [f"作者：{name}"],
        "bullet_under": [f"□ {name}"],
        "photo_under": [f"文/图　{name}"],
        "role_line": ["本报记者", name],
        "web": [f"来源：滨江日报 作者：{name} 发布时间：2024-06-18 09:30 浏览次数：316"],
    }[how.byline]
    return ["", *lines, ""] if how.head_gap else lines


def _body(story: Story, how: Style, rng: random.Random) -> list[str]:
    lines: list[str] = []
    width = width_of(how, rng) if how.width_varies else how.width
    paragraphs = list(story.paragraphs)
    if not story.is_column:
        paragraphs[0] = _dateline(story, how, rng) + paragraphs[0]
    for number, (text, kind) in enumerate(zip(paragraphs, story.kinds, strict=True)):
        last = number == len(paragraphs) - 1
        if how.width_varies == "paragraph" and not number % 2:
            width = width_of(how, rng)
        if number and (how.blank or (kind == "subheading" and not how.indent)):
            lines.append("")
        beside_table = "table" in story.kinds[max(0, number - 1) : number + 1]
        if number and how.captions and not (last or beside_table) and rng.random() < 0.3:
            lines += rng.choice([["", rng.choice(CAPTIONS), ""], [rng.choice(CAPTIONS)]])
        if kind == "table":
            lines.append(_row(text, how))
        elif kind == "subheading":
            lines.append(how.indent + text if rng.random() < 0.5 else text)
        else:
            end = _byline_behind(story, how) if last else ""
            lines += wrapped((spaced_digits(text) if how.spaced_digits else text) + end, how, width, how.indent)
    return [*lines, *_byline_below(story, how)]


def _row(text: str, how: Style) -> str:
    if how.table == "bars":
        return f"│{text.replace(' ', '│')}│"
    return text.replace(" ", "\t" if how.table == "tabs" else "    ")


def _dateline(story: Story, how: Style, rng: random.Random) -> str:
    credited = story.author and not story.is_from_office
    if how.dateline == "credit":
        return f"本报讯（记者 {story.author}） " if credited else "本报讯 "
    if how.dateline == "lead":
        return f"（记者 {story.author}）" if credited else "本报讯 "
    if how.dateline == "agency":
        return f"新华社太原6月18日电（记者 {story.author}）" if credited else "新华社太原6月18日电　"
    if how.dateline == "day":
        return f"本报{rng.choice(_CITIES)}6月18日讯　"
    if how.dateline == "city":
        return f"{rng.choice(_CITIES)}讯　"
    return how.dateline


def _signs(story: Story, how: Style) -> bool:
    told_above = how.byline in ABOVE and bool(story.headline) and not story.is_column
    in_dateline = how.dateline in ("credit", "lead", "agency") and not story.is_from_office and not story.is_column
    return story.author is not None and not told_above and not in_dateline


def _byline_behind(story: Story, how: Style) -> str:
    if not _signs(story, how) or story.is_column:
        return ""
    if how.byline == "bracket":
        return f"（来源：{story.author}）" if story.is_from_office else f"（{story.author}）"
    if how.byline == "supply" and story.is_from_office:
        return f"（{story.author} 供稿）"
    if how.byline == "bare_end" and not story.is_from_office:
        return f"　{story.author}"
    return ""


def _byline_below(story: Story, how: Style) -> list[str]:
    if not _signs(story, how) or (_byline_behind(story, how) and story.kinds[-1] in ("text", "list")):
        return []
    name = story.author
    if story.is_from_office:
        line = f"（供稿：{name}）" if how.byline == "right_bracket" else f"（来源：{name}）"
    else:
        line = {
            "right": str(name),
            "reporter": f"（记者 {name}）",
            "office_name": f"（滨江经开区　{name}）",
            "writer": f"撰稿：{name}",
        }.get(how.byline, f"（{name}）")
    return [to_the_right(line, how) if how.byline.startswith(("right", "office")) else line]
