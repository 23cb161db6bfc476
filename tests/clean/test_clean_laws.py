"""Laws of cleaning: nothing is lost, and every character leads back to where it is printed."""

import re
from collections import Counter
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tasks.clean.conserve import assert_conserved
from tasks.clean.flow import Strip, flow_of, joined
from tasks.clean.issue import clean_issue
from tasks.clean.printing import INVISIBLE
from tasks.errors import DocumentError, LostTextError, NoArticleError
from tasks.extract.issue import read_issue
from tasks.records import CleanIssue, Document
from tests.clean.pages import document


def _refusal(text: str) -> DocumentError | None:
    try:
        clean_issue((document(text),))
    except DocumentError as error:
        return error
    return None


def _characters(*texts: str) -> Counter[str]:
    return Counter(char for text in texts for char in text if not char.isspace() and not INVISIBLE.match(char))


_LINES = (
    *(
        "长治高新区加快项目建设",
        "项目建设再提速 稳增长添后劲",
        "——上半年项目综述",
        "园区简讯",
        "第3版",
        "- 2 -",
        "【要闻】",
    ),
    *(
        "本刊讯 7 月 31 日，长治高新区召开",
        "本报讯（记者 张三 通讯员 李四）8月1日，",
        "（周立群）",
        "本报记者 王五",
        "宋玉梅",
    ),
    *(
        "项目建设推进会。今年以来，全区完",
        "成投资 6.88 亿",
        "元，同比增长 12%。",
        "殷到企业调研，要求“加快建",
        "设进度”。",
    ),
    *("", "　　其中，新建项目 5 个，总投资 33.", "35 亿元；", "一是优化服务。", "（二）强化保障", "责任编辑：王五"),
    *(
        "抓好安全生产。（李四）大同经开区签约项目",
        "来源：某某管委会",
        "长治高新区报 第15期 2023年7月31日",
        "Open",
        "Lab。",
    ),
    *(
        "会议结束。 本刊讯 8月2日，阳泉高新区",
        "开发\u200b区",
        "\ufeff区。",
        " ",
        "\t企业 46 家，",
        "》。",
        "“",
        "2023年",
        "1—9月",
    ),
)
_PAGES = st.lists(st.sampled_from(_LINES), min_size=1, max_size=25)
_WILD = st.text(
    alphabet=st.sampled_from("长治开发区项目。，：“”（）《》 　\n\f0123456789.%亿元年月日本刊讯张三\u200b\x07a"),
    max_size=150,
)
_OPENING = "长治高新区召开会议。\n"
TEXTS = st.one_of(_PAGES.map("\n".join), _WILD, st.text(max_size=60)).map(
    lambda text: _OPENING + re.sub(r"[^\n\f]+", lambda line: line[0] if _characters(line[0]) else "", text)
)
_LAWS = settings(deadline=None, max_examples=200)
_STRIPS = st.lists(
    st.text(alphabet="长治12 　ab“”。\u200b\t", max_size=12).flatmap(
        lambda line: st.tuples(st.just(line), st.integers(0, len(line)), st.integers(0, len(line)))
    ),
    max_size=6,
).map(lambda rows: [Strip(line, min(a, b), max(a, b), 1, n) for n, (line, a, b) in enumerate(rows, start=1)])


def _cleaned(text: str) -> tuple[CleanIssue, Document] | None:
    page = document(text)
    try:
        return clean_issue((page,)), page
    except NoArticleError:
        return None


@_LAWS
@given(TEXTS)
def test_only_document_errors_come_out(text: str) -> None:
    refused = _refusal(text)
    assert not isinstance(refused, LostTextError)
    assert refused is None or str(refused).startswith("第15期.txt: ")


@_LAWS
@given(TEXTS)
def test_every_printing_character_is_kept_once(text: str) -> None:
    cleaned = _cleaned(text)
    if cleaned is None:
        return
    issue, _ = cleaned
    kept = [part for article in issue.articles for part in (*article.headline, article.body)]
    assert _characters(*kept, *(aside.text for aside in issue.asides)) == _characters(text)


def _printed(page: Document) -> dict[tuple[int, int], str]:
    return {(line.page, line.number): line.text for part in page.pages for line in part}


@_LAWS
@given(TEXTS)
def test_paragraphs_join_to_the_body_that_their_spans_slice(text: str) -> None:
    cleaned = _cleaned(text)
    for article in cleaned[0].articles if cleaned else ():
        assert article.body == "\n".join(paragraph.text for paragraph in article.paragraphs)
        for paragraph in article.paragraphs:
            assert article.body[paragraph.start : paragraph.end] == paragraph.text
            assert paragraph.text == paragraph.text.strip()
            assert paragraph.text


@_LAWS
@given(TEXTS)
def test_every_character_of_a_body_stands_where_its_place_says(text: str) -> None:
    cleaned = _cleaned(text)
    if cleaned is None:
        return
    issue, page = cleaned
    lines = _printed(page)
    for article in issue.articles:
        for offset, char in enumerate(article.body):
            if not char.isspace():
                place = article.offsets.place(offset)
                assert lines[place.page, place.line][place.column] == char
                assert article.line_start <= place.line <= article.line_end


@_LAWS
@given(TEXTS)
def test_articles_are_numbered_in_reading_order(text: str) -> None:
    cleaned = _cleaned(text)
    if cleaned is not None:
        articles = cleaned[0].articles
        assert [article.seq for article in articles] == list(range(1, len(articles) + 1))
        places = [article.offsets.places[0] for article in articles]
        assert all((a.line, a.column) < (b.line, b.column) for a, b in pairwise(places))


@_LAWS
@given(TEXTS)
def test_a_cleaned_text_is_read_and_its_quotes_lead_back_to_the_source(text: str) -> None:
    cleaned = _cleaned(text)
    if cleaned is None:
        return
    issue, page = cleaned
    lines = _printed(page)
    for reading in read_issue(issue).readings:
        for metric in reading.metrics:
            for offset in range(metric.start, metric.end):
                place = reading.article.offsets.place(offset)
                char = reading.article.body[offset]
                assert char == " " or lines[place.page, place.line][place.column] == char


@settings(deadline=None, max_examples=50)
@given(TEXTS)
def test_cleaning_is_deterministic(text: str) -> None:
    assert _cleaned(text) == _cleaned(text)


@_LAWS
@given(_STRIPS)
def test_joining_strips_keeps_characters_and_places(strips: list[Strip]) -> None:
    flow = flow_of(strips)
    assert _characters(flow.text) == _characters(*(strip.text for strip in strips))
    assert flow.text == flow.text.strip()
    assert list(flow.starts) == sorted(set(flow.starts))
    sources = {strip.line: strip.line_text for strip in strips}
    for offset, char in enumerate(flow.text):
        if char != " ":
            place = flow.offsets().place(offset)
            assert sources[place.line][place.column] == char


@_LAWS
@given(_STRIPS, st.data())
def test_a_cut_keeps_the_places(strips: list[Strip], data: st.DataObject) -> None:
    flow = flow_of(strips)
    start = data.draw(st.integers(0, len(flow.text)))
    end = data.draw(st.integers(start, len(flow.text)))
    part = flow.cut(start, end)
    assert part.text == flow.text[start:end].strip()
    shift = start + len(flow.text[start:end]) - len(flow.text[start:end].lstrip())
    for offset, char in enumerate(part.text):
        if char != " ":
            assert part.offsets().place(offset) == flow.offsets().place(shift + offset)


@_LAWS
@given(st.lists(_STRIPS, max_size=4))
def test_flows_one_behind_another_keep_their_places(groups: list[list[Strip]]) -> None:
    flows = [flow for flow in map(flow_of, groups) if flow.text]
    whole = joined(flows, "\n")
    assert whole.text == "\n".join(flow.text for flow in flows)
    at = 0
    for flow in flows:
        for offset, char in enumerate(flow.text):
            if char != " ":
                assert whole.offsets().place(at + offset) == flow.offsets().place(offset)
        at += len(flow.text) + 1


@pytest.mark.parametrize("change", ["lost", "added"])
def test_a_lost_or_added_character_is_noticed(change: str) -> None:
    source = document("大同经开区签约项目12个。")
    (article,) = clean_issue((source,)).articles
    other = document("大同经开区签约项目123个。" if change == "lost" else "大同经开区签约项目1个。")
    assert_conserved([source], [article], [])
    with pytest.raises(LostTextError, match=r"第15期\.txt: cleaning lost .* and added .*report it"):
        assert_conserved([other], [article], [])


@pytest.mark.parametrize("text", ["长治高新区加快项目建设", "张三"])
def test_a_text_without_an_article_is_refused(text: str) -> None:
    with pytest.raises(NoArticleError, match=r"第15期\.txt: no article was found"):
        clean_issue((document(text),))


_SPOTS = (
    "（张三）",
    "李四",
    "本报讯 园区签约项目十个。",
    "（下转第4版）",
    "（上接第1版）",
    "【要闻】",
    "简讯",
    "来源：某某管委会 发布时间：2024-01-02",
)
_ARTICLE = "某某高新区第{}次签约\n\n本报讯 某某高新区第{}次签约项目十个，总投资五亿元。（王五）\n\n"


@_LAWS
@given(st.lists(st.sampled_from(_SPOTS), min_size=1, max_size=6))
def test_a_spot_that_fits_no_article_costs_its_neighbourhood_alone(spot: list[str]) -> None:
    before, behind = ("".join(_ARTICLE.format(n, n) for n in numbers) for numbers in ("一二三", "四五六"))
    found = clean_issue((document("\n".join([before, *spot, "", behind])),)).articles
    whole = {f"某某高新区第{number}次签约" for number in "一二五六"}
    assert whole <= {"".join(article.headline) for article in found}
