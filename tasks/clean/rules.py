"""The layout rules (rules/layout.yml) as compiled, validated, frozen data."""

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Annotated, Final

from pydantic import BaseModel, ConfigDict, Field, field_validator

from tasks.clean.variants import either_form
from tasks.yamltext import from_yaml

_FOREIGN_NAME: Final = "[一-龥]{1,8}(?:·[一-龥]{1,8}){1,2}"
"""买买提·艾力, 次仁·卓玛: parts with a point between them."""
_Pattern = Annotated[str, Field(min_length=1)]


class _LayoutFile(BaseModel):
    """The file as written: unknown keys, empty lists and patterns that match nothing at all are refused."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    datelines: list[_Pattern] = Field(min_length=1)
    byline_roles: list[_Pattern] = Field(min_length=1)
    byline_sources: list[_Pattern] = Field(min_length=1)
    offices: list[_Pattern] = Field(min_length=1)
    posts: list[_Pattern] = Field(min_length=1)
    furniture: list[_Pattern] = Field(min_length=1)
    web: list[_Pattern] = Field(min_length=1)
    web_labels: list[_Pattern] = Field(min_length=1)
    web_counts: list[_Pattern] = Field(min_length=1)
    web_authors: list[_Pattern] = Field(min_length=1)
    web_moments: list[_Pattern] = Field(min_length=1)
    web_accounts: list[_Pattern] = Field(min_length=1)
    running: list[_Pattern] = Field(min_length=1)
    furniture_openings: list[_Pattern] = Field(min_length=1)
    credits: list[_Pattern] = Field(min_length=1)
    furniture_blocks: list[_Pattern] = Field(min_length=1)
    contents: list[_Pattern] = Field(min_length=1)
    bulletin_titles: list[_Pattern] = Field(min_length=1)
    publishers: list[_Pattern] = Field(min_length=1)
    enumerators: list[_Pattern] = Field(min_length=1)
    table_titles: list[_Pattern] = Field(min_length=1)
    announcements: list[_Pattern] = Field(min_length=1)
    column_heads: list[_Pattern] = Field(min_length=1)
    column_labels: list[_Pattern] = Field(min_length=1)
    boxes: list[_Pattern] = Field(min_length=1)
    label_words: list[_Pattern] = Field(min_length=1)
    label_topics: list[_Pattern] = Field(min_length=1)
    not_names: list[_Pattern] = Field(min_length=1)
    editors_notes: list[_Pattern] = Field(min_length=1)
    kicker_ends: list[_Pattern] = Field(min_length=1)
    sentence_ends: str = Field(min_length=1)
    paragraph_ends: str = Field(min_length=1)
    never_first: str = Field(min_length=1)
    never_last: str = Field(min_length=1)
    surnames: str = Field(min_length=1)
    compound_surnames: list[_Pattern] = Field(min_length=1)
    common_words: str = Field(min_length=1)

    @field_validator(
        "datelines",
        "byline_sources",
        "offices",
        "posts",
        "furniture",
        "web",
        "web_accounts",
        "running",
        "furniture_openings",
        "credits",
        "furniture_blocks",
        "contents",
        "publishers",
        "enumerators",
        "table_titles",
        "announcements",
        "column_heads",
        "editors_notes",
        "column_labels",
        "boxes",
    )
    @classmethod
    def _matches_something(cls, patterns: list[str]) -> list[str]:
        for pattern in patterns:
            if re.compile(pattern).match(""):
                raise ValueError(f"the pattern {pattern!r} matches the empty text, and so everything")
        return patterns


@dataclass(frozen=True, slots=True)
class Layout:
    """What marks the parts of a page; each pattern is anchored where its use anchors it (`match` or `fullmatch`)."""

    dateline: re.Pattern[str]
    inner_dateline: re.Pattern[str]
    byline_roles: re.Pattern[str]
    byline_hint: re.Pattern[str]
    byline_sources: tuple[re.Pattern[str], ...]
    office: re.Pattern[str]
    post: re.Pattern[str]
    furniture: re.Pattern[str]
    web: re.Pattern[str]
    web_label: re.Pattern[str]
    web_authors: tuple[str, ...]
    web_moments: tuple[str, ...]
    web_account: re.Pattern[str]
    running: re.Pattern[str]
    furniture_opening: re.Pattern[str]
    credit: re.Pattern[str]
    credit_end: re.Pattern[str]
    editor: re.Pattern[str]
    furniture_block: re.Pattern[str]
    contents: re.Pattern[str]
    bulletin_title: re.Pattern[str]
    publishers: tuple[re.Pattern[str], ...]
    enumerator: re.Pattern[str]
    table_title: re.Pattern[str]
    announcement: re.Pattern[str]
    column_head: re.Pattern[str]
    column_label: re.Pattern[str]
    box: re.Pattern[str]
    label_words: re.Pattern[str]
    label_topics: re.Pattern[str]
    editors_note: re.Pattern[str]
    kicker_ends: tuple[str, ...]
    sentence_ends: frozenset[str]
    paragraph_ends: frozenset[str]
    never_first: frozenset[str]
    never_last: frozenset[str]
    name: re.Pattern[str]
    any_name: re.Pattern[str]
    foreign_name: re.Pattern[str]
    two_names: re.Pattern[str]
    common_words: re.Pattern[str]


@cache
def layout() -> Layout:
    """The rules, read once a process."""
    text = files("tasks.clean").joinpath("rules/layout.yml").read_text(encoding="utf-8")
    raw = _LayoutFile.model_validate(from_yaml(text))
    # a role of one character (文, 图) is one only by itself: it is also part of names
    roles = "|".join(
        either_form(role) if len(role) > 1 else f"(?<![一-龥]){either_form(role)}(?!(?!丨)[一-龥])"
        for role in sorted(raw.byline_roles, key=len, reverse=True)
    )
    single = either_form(f"[{''.join(sorted(set(raw.surnames) - {' '}))}]")
    surnames = "|".join([*map(either_form, raw.compound_surnames), single])
    credit = r"(?:\s*[（(][^（）()]{2,24}[）)])?"
    labels = "|".join(either_form(label) for label in sorted(raw.web_labels, key=len, reverse=True))
    counted = "|".join(map(either_form, raw.web_counts))
    not_names = "|".join(map(either_form, raw.not_names))
    return Layout(
        dateline=re.compile(f"(?:{_either(raw.datelines)}){credit}[\\s　:：]*"),
        # 本刊讯 glued to the text before it: only the unmistakable form, others could be words of a sentence
        inner_dateline=re.compile(f"(?:{either_form(raw.datelines[0])})(?=[\\s　（(])"),
        byline_roles=re.compile(roles),
        byline_hint=re.compile(
            rf"\s*(?:[（(〔—\-□■◎○●◆▲]|(?:{surnames})[一-龥·]{{0,2}}(?:[\s、，,:：/／　]|$)|{roles}"
            rf"|{_either(raw.byline_sources)})"
        ),
        byline_sources=tuple(re.compile(either_form(source)) for source in raw.byline_sources),
        office=re.compile(_either(raw.offices)),
        post=re.compile(f"[一-龥·、]{{0,30}}(?:{_either(raw.posts)})"),
        furniture=re.compile(_either(raw.furniture)),
        web=re.compile(_either(raw.web)),
        web_label=re.compile(
            rf"(?:^|(?<=[\s|｜【\[（(]))(?:(?P<label>{labels})\s*[：:]|(?P<counted>{counted})\s*(?=\d))"
        ),
        web_authors=tuple(raw.web_authors),
        web_moments=tuple(raw.web_moments),
        web_account=re.compile(_either(raw.web_accounts)),
        running=re.compile(_either(raw.running)),
        furniture_opening=re.compile(_either(raw.furniture_openings)),
        credit=re.compile(_either(raw.credits)),
        credit_end=re.compile(rf"(?:^|[\s　。！？])(?:{_either(raw.credits)})$"),
        # who read an article before it was printed, beside who wrote it
        editor=re.compile(
            rf"(?:初审|复审|终审|[一二三]审|审核|责任编辑|责编|编辑|校对|签发)\s*[：:]\s*(?:{surnames})[一-龥]{{1,2}}"
        ),
        furniture_block=re.compile(_either(raw.furniture_blocks)),
        contents=re.compile(_either(raw.contents)),
        bulletin_title=re.compile(
            rf"[一-龥A-Za-z·\s“”《》]{{1,24}}(?:{'|'.join(map(either_form, raw.bulletin_titles))})"
        ),
        publishers=tuple(re.compile(either_form(publisher)) for publisher in raw.publishers),
        enumerator=re.compile(_either(raw.enumerators)),
        table_title=re.compile(_either(raw.table_titles)),
        announcement=re.compile(f"(?:{_either(raw.announcements)})$"),
        column_head=re.compile(_either(raw.column_heads)),
        column_label=re.compile(_either(raw.column_labels)),
        box=re.compile(_either(raw.boxes)),
        label_words=_ending_with(raw.label_words),
        label_topics=_ending_with(raw.label_topics),
        editors_note=re.compile(_either(raw.editors_notes)),
        kicker_ends=tuple(raw.kicker_ends),
        sentence_ends=frozenset(raw.sentence_ends),
        paragraph_ends=frozenset(raw.paragraph_ends),
        never_first=frozenset(raw.never_first),
        never_last=frozenset(raw.never_last),
        name=re.compile(f"(?!(?:{not_names})$)(?:{surnames})[一-龥·]{{1,2}}"),
        # behind 记者, whatever the surname
        any_name=re.compile(f"(?!(?:{not_names})$)(?:[一-龥]{{2,4}}|{_FOREIGN_NAME})"),
        foreign_name=re.compile(_FOREIGN_NAME),
        common_words=re.compile("|".join(map(either_form, raw.common_words.split()))),
        two_names=re.compile(
            f"(?<![一-龥])((?:{surnames})[一-龥]{{1,2}}(?<=[一-龥]{{3}})|(?:{surnames})[一-龥])"
            f"((?:{surnames})[一-龥]{{1,2}})(?![一-龥])"
        ),
    )


def _either(patterns: list[str]) -> str:
    return "|".join(f"(?:{either_form(pattern)})" for pattern in patterns)


def _ending_with(words: list[str]) -> re.Pattern[str]:
    """A few characters of which the last ones are one of the words."""
    return re.compile(f"[一-龥]{{0,6}}(?:{'|'.join(map(either_form, words))})")
