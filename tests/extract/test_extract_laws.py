"""Laws of extraction: what holds for every metric of every text."""

from hypothesis import given, settings
from hypothesis import strategies as st

from tasks.extract.issue import read_issue
from tests.extract.reading import clean_text, read

_PIECES = (
    *(
        "在库项目",
        "总投资",
        "12",
        "3.5",
        "１２",
        "亿元",
        "万元",
        "个",
        "家",
        "%",
        "个百分点",
        "同比增长",
        "下降",
        "其中",
    ),
    *(
        "，",
        "。",
        "；",
        "、",
        "：",
        "（",
        "）",
        "“",
        "”",
        "《",
        "》",
        "第",
        "位",
        "约",
        "近",
        "以上",
        "左右",
        "余",
        "多",
    ),
    *(
        "今年",
        "去年",
        "上半年",
        "7月31日",
        "1—5月",
        "截至6月底",
        "2022年",
        "“十四五”期间",
        "计划",
        "预计",
        "力争",
        "已",
    ),
    *(
        "长治高新区",
        "朔州经开区",
        "全市",
        "分别",
        "和",
        "三",
        "十",
        "百",
        "万",
        "亿",
        "两条生产线",
        "一批",
        "至",
        "-",
        "/",
    ),
    *(
        "占",
        "的",
        "比重",
        "覆盖率",
        "亩均",
        "每亩",
        "吨",
        "平方米",
        "天",
        "个工作日",
        "，二分之一，",
        "一半",
        "13月",
        "\n",
        "0",
    ),
)
TEXTS = st.one_of(
    st.lists(st.sampled_from(_PIECES), min_size=1, max_size=40).map("".join),
    st.text(max_size=80),
)
_LAWS = settings(deadline=None, max_examples=150)


@_LAWS
@given(TEXTS, st.one_of(st.just(""), TEXTS))
def test_every_quote_stands_where_its_offsets_say(body: str, headline: str) -> None:
    reading = read(body, headline)
    article = reading.article
    end = 0
    for index, metric in enumerate(reading.metrics):
        assert metric.quote
        assert article.body[metric.start : metric.end] == metric.quote
        assert metric.start >= end, "quotes are in reading order and do not overlap"
        end = metric.end
        paragraph = article.paragraphs[metric.paragraph - 1]
        assert paragraph.start <= metric.start
        assert metric.end <= paragraph.end
        assert metric.quote.strip() in metric.sentence
        assert metric.part_of is None or (metric.part_of != index and 0 <= metric.part_of < len(reading.metrics))


@_LAWS
@given(TEXTS)
def test_value_and_bounds_say_the_same(body: str) -> None:
    for metric in read(body).metrics:
        value, low, high = metric.value, metric.value_low, metric.value_high
        match metric.qualifier:
            case "exact":
                assert value == low == high is not None
            case "about":
                assert value is not None
                assert low is None
                assert high is None
            case "range":
                assert value is None
                assert low is not None
                assert high is not None
                assert low < high
            case _:
                assert (low is None) != (high is None)
                assert value is None or value in (low, high)


@_LAWS
@given(TEXTS)
def test_fields_depend_on_each_other(body: str) -> None:
    for metric in read(body).metrics:
        assert 0 <= metric.confidence <= 1
        assert (metric.unit == "count") == (metric.classifier is not None)
        assert metric.basis is None or metric.kind in ("growth", "delta")
        if metric.period is not None:
            assert metric.period.start <= metric.period.end


@_LAWS
@given(TEXTS)
def test_a_part_is_not_larger_than_its_total(body: str) -> None:
    reading = read(body)
    for metric in reading.metrics:
        if metric.part_of is not None:
            total = reading.metrics[metric.part_of]
            assert total.unit == metric.unit
            assert total.start < metric.start
            assert total.value is not None
            assert metric.value is not None
            assert total.value >= metric.value


@settings(deadline=None, max_examples=60)
@given(TEXTS, st.one_of(st.none(), st.dates()))
def test_extraction_is_deterministic(body: str, issue_date) -> None:
    issue = clean_text(body, "长治高新区", issue_date)
    assert read_issue(issue) == read_issue(issue)


@settings(deadline=None, max_examples=60)
@given(st.lists(TEXTS.filter(lambda text: "\n" not in text), min_size=1, max_size=3))
def test_a_paragraph_of_digits_is_read_or_asked_or_claimed_but_never_out_of_place(paragraphs: list[str]) -> None:
    reading = read("\n".join(paragraphs))
    for check in reading.checks:
        assert check.found
        assert check.found in reading.article.body
