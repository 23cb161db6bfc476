"""Issues against each other, through the real load: what was restated, and growth that the year before gives."""

from pathlib import Path

from tests.support.bulletins import drop
from tests.support.loading import load, read_text
from warehouse.catalog import open_reader
from warehouse.home import Home


def issue(day: str, *sentences: str) -> str:
    """A bulletin page of one article about 广灵经开区."""
    lead = (
        f"本刊讯 {day}，广灵经济技术开发区召开经济运行分析会，通报全区主要经济指标完成情况，安排部署下一阶段重点工作。"
    )
    return "\n".join(["广灵经济技术开发区召开经济运行分析会", "", lead, *sentences, ""])


def failed(home: Home) -> list[tuple[str, str, str, int]]:
    with open_reader(home) as connection:
        return connection.execute(
            "SELECT rule, expected, found, len(metric_ids) FROM checks WHERE outcome = 'failed' ORDER BY ALL"
        ).fetchall()


def publish(home: Home, name: str, text: str) -> None:
    drop(home, name, text)
    load(home, read=read_text)


def test_a_value_that_a_later_issue_states_otherwise(home: Home) -> None:
    publish(home, "a.txt", issue("2024年3月12日", "2023年，全区完成工业总产值52.6亿元。"))
    publish(home, "b.txt", issue("2024年6月12日", "2023年，全区完成工业总产值58.1亿元。"))
    assert failed(home) == [("restated", "52.6亿元", "58.1亿元", 2)]
    with open_reader(home) as connection:
        (message,) = connection.execute("SELECT message FROM checks WHERE rule = 'restated'").fetchone() or ("",)
        quotes = connection.execute(
            "SELECT p.quote FROM (SELECT unnest(metric_ids) AS metric_id FROM checks WHERE rule = 'restated') "
            "JOIN places AS p USING (metric_id) ORDER BY p.issue_date"
        ).fetchall()
        history = connection.execute(
            "SELECT first_value, last_value, first_said::VARCHAR, issues, vintages, restated_by = last_issue_id "
            "FROM metric_history WHERE is_restated"
        ).fetchall()
    assert "“58.1亿元”" in message
    assert "“52.6亿元”" in message
    assert quotes == [("52.6亿元",), ("58.1亿元",)]
    assert history == [(5260000000, 5810000000, "2024-03-12", 2, 2, True)]


def test_in_one_batch_as_well(home: Home) -> None:
    drop(home, "a.txt", issue("2024年3月12日", "2023年，全区完成工业总产值52.6亿元。"))
    drop(home, "b.txt", issue("2024年6月12日", "2023年，全区完成工业总产值58.1亿元。"))
    load(home, read=read_text)
    assert [row[0] for row in failed(home)] == ["restated"]


def test_the_same_value_with_more_places_restates_nothing(home: Home) -> None:
    publish(home, "a.txt", issue("2024年3月12日", "2023年，全区完成工业总产值52.6亿元。"))
    publish(home, "b.txt", issue("2024年6月12日", "2023年，全区完成工业总产值52.58亿元。"))
    assert failed(home) == []


def test_a_short_name_is_the_same_zone(home: Home) -> None:
    publish(home, "a.txt", issue("2024年3月12日", "2023年，全区完成工业总产值52.6亿元。"))
    other = issue("2024年6月12日", "2023年，全区完成工业总产值58.1亿元。").replace("广灵经济技术开发区", "广灵经开区")
    publish(home, "b.txt", other)
    assert [row[0] for row in failed(home)] == ["restated"]


def test_nor_is_the_short_name_of_a_zone_that_no_list_has_another_zone(home: Home) -> None:
    text = issue("2024年3月12日", "2023年，全区完成工业总产值52.6亿元。")
    publish(home, "a.txt", text.replace("广灵经济技术开发区", "云浦经济技术开发区"))
    other = issue("2024年6月12日", "2023年，全区完成工业总产值58.1亿元。")
    publish(home, "b.txt", other.replace("广灵经济技术开发区", "云浦经开区"))
    assert [row[0] for row in failed(home)] == ["restated"]
    with open_reader(home) as connection:
        for view in ("freshness", "coverage WHERE is_seen", "zone_scorecard"):
            assert connection.execute(f"SELECT DISTINCT zone FROM {view}").fetchall() == [("云浦经开区",)]
        for name in ("云浦经济技术开发区", "云浦经开区"):
            said = connection.execute("SELECT count(*) FROM timeline(?, '工业总产值')", [name]).fetchone()
            assert said == (1,)
        assert connection.execute("SELECT DISTINCT zone_read FROM statements ORDER BY 1").fetchall() == [
            ("云浦经开区",),
            ("云浦经济技术开发区",),
        ]


def test_a_corrected_text_is_no_contradiction_and_its_earlier_value_stays(home: Home) -> None:
    text = issue("2024年3月12日", "2023年，全区完成工业总产值52.6亿元。")
    publish(home, "a.txt", text)
    publish(home, "a.txt", text.replace("52.6", "56.2"))
    assert failed(home) == []
    with open_reader(home) as connection:
        history = connection.execute(
            "SELECT first_value, last_value, is_restated, is_withdrawn, len(metric_ids) FROM metric_history "
            "WHERE indicator = '工业总产值'"
        ).fetchall()
    assert history == [(5260000000, 5620000000, True, False, 1)]


def test_a_number_that_a_corrected_text_drops_is_withdrawn(home: Home) -> None:
    text = issue("2024年3月12日", "2023年，全区完成工业总产值52.6亿元。", "2023年，全区实现税收3.1亿元。")
    publish(home, "a.txt", text)
    publish(home, "a.txt", text.replace("\n2023年，全区实现税收3.1亿元。", ""))
    with open_reader(home) as connection:
        history = connection.execute(
            "SELECT indicator_code, is_withdrawn, metric_ids = [] FROM metric_history ORDER BY 1"
        ).fetchall()
        latest = connection.execute("SELECT count(*) FROM latest('tax')").fetchone()
    assert history == [("output.value", False, False), ("tax", True, True)]
    assert latest == (0,)


def test_growth_over_the_year_before(home: Home) -> None:
    publish(home, "a.txt", issue("2023年7月12日", "2023年上半年，全区实现税收2.00亿元。"))
    publish(home, "b.txt", issue("2024年7月12日", "2024年上半年，全区实现税收2.24亿元，同比增长12%。"))
    assert failed(home) == []
    publish(home, "c.txt", issue("2025年7月12日", "2025年上半年，全区实现税收2.80亿元，同比增长52%。"))
    assert failed(home) == [("growth", "25%", "52%", 3)]


def test_an_issue_without_zones_or_periods_is_compared_with_nothing(tmp_path: Path) -> None:
    home = Home.at(tmp_path / "home")
    home.prepare()
    publish(home, "a.txt", "近日，有关部门召开座谈会，研究部署下一阶段的各项重点工作。\n会议表彰先进集体12个。\n")
    assert failed(home) == []
