"""What an issue tells of its articles: who publishes it, and the province in which the zones of the others lie."""

from dataclasses import replace

from tasks.extract.issue import read_issue
from tasks.records import CleanIssue, Masthead
from tests.extract.reading import clean_article, clean_text

WHOLE = "全省现有开发区184个，会议对下一步工作作出部署。"


def zones(*articles: tuple[str, str], publisher: str | None = None) -> list[str | None]:
    """The zone of each article of an issue, by headline and body."""
    made = tuple(clean_article(body, headline) for headline, body in articles)
    issue: CleanIssue = replace(clean_text("", publisher=publisher), articles=made)
    return [reading.zone.name if reading.zone else None for reading in read_issue(issue).readings]


def of(zone: str) -> tuple[str, str]:
    return f"{zone}项目建设提速", f"{zone}完成投资3亿元。"


def test_without_a_publisher_the_province_is_that_of_the_other_zones() -> None:
    found = zones(("全省开发区运行调度会召开", WHOLE), of("洛阳高新区"), of("许昌经开区"))
    assert found == ["河南省", "洛阳高新区", "许昌经开区"]


def test_nor_is_it_where_they_lie_in_several_or_where_one_alone_tells_it() -> None:
    several = zones(("全省开发区运行调度会召开", WHOLE), of("洛阳高新区"), of("滁州经开区"))
    assert several == [None, "洛阳高新区", "滁州经开区"]
    alone = zones(("全省开发区运行调度会召开", WHOLE), of("洛阳高新区"))
    assert alone == [None, "洛阳高新区"]


def test_an_article_that_does_not_speak_of_the_province_is_not_about_it() -> None:
    found = zones(("项目建设提速", "完成投资3亿元。"), of("洛阳高新区"), of("许昌经开区"))
    assert found == [None, "洛阳高新区", "许昌经开区"]


def test_a_publisher_is_asked_first() -> None:
    found = zones(("全省开发区运行调度会召开", WHOLE), of("洛阳高新区"), of("许昌经开区"), publisher="湖北省商务厅")
    assert found[0] == "湖北省"


def test_a_department_s_monthly_is_about_the_region_whatever_place_its_title_sounds_like() -> None:
    issue = clean_text("我省深化开发区管理体制改革，64家开发区完成改革。", "全省开发区管理体制改革观察")
    masthead = Masthead(title="龙江开发区月报", number=None, publisher="黑龙江省商务厅")
    (reading,) = read_issue(replace(issue, masthead=masthead)).readings
    assert reading.zone
    assert reading.zone.name == "黑龙江省"
