"""What people keep in a home: zones.csv and corrections.yml."""

import csv
from pathlib import Path

import pytest

from flows.documents import read_file
from tasks.load.run import Reject
from tasks.records import IssueFiles, ReadIssue
from tests.support.loading import load, read_text
from tests.warehouse.sample import SAMPLE, load_sample, rows
from warehouse.catalog import open_reader
from warehouse.corrections import read_corrections
from warehouse.errors import HomeFileError
from warehouse.home import Home
from warehouse.zones import bundled_zones, known_zones

HEAD = "zone,aliases,level,kind,province,city\n"
DIVISIONS = Path(__file__).parent.parent.parent / "tasks/extract/lexicon/divisions.csv"


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    return load_sample(tmp_path_factory.mktemp("files") / "home")


def test_no_bundled_name_stands_for_two_zones() -> None:
    names = [name for zone in bundled_zones() for name in zone.names]
    assert len(set(names)) == len(names)


def test_every_province_and_city_is_an_administrative_division() -> None:
    with DIVISIONS.open(encoding="utf-8") as file:
        codes: dict[str, set[str]] = {}
        for row in csv.DictReader(file):
            codes.setdefault(row["name"], set()).add(row["code"])
    for zone in bundled_zones():
        (province,) = (code for code in codes[zone.province] if code.endswith("0000"))
        if zone.city:
            assert any(code.startswith(province[:2]) for code in codes[zone.city]), zone


def test_the_zones_of_the_country_and_of_shanxi_are_there() -> None:
    national = [zone for zone in bundled_zones() if zone.level == "national"]
    kinds = {kind: sum(zone.kind == kind for zone in national) for kind in ("经开区", "高新区", "综保区", "新区")}
    assert kinds["新区"] == 19
    assert kinds["经开区"] > 200
    assert kinds["高新区"] > 150
    assert kinds["综保区"] > 80
    shanxi = {zone.zone: zone.level for zone in bundled_zones() if zone.province == "山西省"}
    assert len(shanxi) > 50
    assert [shanxi[f"{city}经济技术开发区"] for city in ("太原", "大同", "晋中", "晋城")] == ["national"] * 4
    assert shanxi["阳泉高新技术产业开发区"] == "provincial"


WRONG_ZONES = [
    ("name,level\n", "the first line has to be zone,aliases"),
    (HEAD + "某某经开区,,imperial,,山西省,\n", "line 2: level is 'imperial'; it has to be national or provincial"),
    (HEAD + "某某经开区,,county,谷,山西省,\n", "line 2: kind is '谷'"),
    (HEAD + "某某经开区,,county,园区,,\n", "line 2: the province of 某某经开区 is missing"),
    (HEAD + "某某经开区,county\n", "line 2: there have to be 6 fields"),
    (HEAD + "某 区,,county,园区,山西省,\n", "line 2: '某 区' is no name of a zone"),
    (HEAD + "某某经开区,朔州经开区,county,园区,山西省,\n", "朔州经开区 stands for 朔州经济开发区 and for 某某经开区"),
]


@pytest.mark.parametrize(("text", "sentence"), WRONG_ZONES)
def test_a_wrong_list_of_zones_is_refused_with_its_line(tmp_path: Path, text: str, sentence: str) -> None:
    path = tmp_path / "zones.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(HomeFileError, match=sentence):
        known_zones(path)


def test_a_list_that_excel_saved_in_gbk_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "zones.csv"
    path.write_bytes((HEAD + "某某经开区,,county,园区,山西省,\n").encode("gbk"))
    with pytest.raises(HomeFileError, match="CSV UTF-8"):
        known_zones(path)


def statements_of(home: Home, *texts: str) -> list[tuple[object, ...]]:
    """The zones of the statements that a home makes of issues: canonical, as read, and their province."""
    home.prepare()
    for number, text in enumerate(texts):
        (home.inbox / f"{number}.txt").write_text(text, encoding="utf-8")

    def read(file: IssueFiles, place: Home) -> ReadIssue | Reject:
        result = read_file(file, place)
        assert not isinstance(result, Reject)
        return result

    load(home, read=read)
    with open_reader(home) as connection:
        query = "SELECT zone, zone_read, province FROM statements ORDER BY zone_read"
        return connection.execute(query).fetchall()


def test_zones_of_a_home_are_read_in_texts_and_resolved_in_views(tmp_path: Path) -> None:
    home = Home.at(tmp_path / "home")
    home.prepare()
    # as Excel saves it
    home.zones.write_text(HEAD + "雁门数字谷,数字谷|雁门谷,county,园区,山西省,忻州市\n", encoding="utf-8-sig")
    text = "雁门谷召开座谈会\n\n本刊讯 2023年7月12日，雁门谷召开项目建设推进会。会议通报，目前雁门谷在建项目有12个。\n"
    assert statements_of(home, text) == [("雁门数字谷", "雁门谷", "山西省")]
    with open_reader(home) as connection:
        source = connection.execute("SELECT source FROM zones WHERE zone = '雁门数字谷'").fetchall()
    assert source == [("home",)]


def test_a_zone_printed_in_traditional_characters_is_the_same_zone(tmp_path: Path) -> None:
    home = Home.at(tmp_path / "home")
    home.prepare()
    home.zones.write_text(HEAD + "雁门数字谷,,county,园区,山西省,忻州市\n", encoding="utf-8")
    texts = (
        "廈門火炬高新區加快建設\n\n本報訊 2023年7月12日，廈門火炬高新區召開會議。目前廈門火炬高新區在建項目有12個，總投資30億元。\n",
        "烟台经开区加快建设\n\n本报讯 2023年7月12日，烟台经开区召开会议。目前烟台经开区在建项目有12个，总投资30亿元。\n",
        "煙台經開區加快建設\n\n本報訊 2023年8月12日，煙台經開區召開會議。目前煙台經開區在建項目有14個，總投資35億元。\n",
        "雁門數字谷加快建設\n\n本報訊 2023年8月12日，雁門數字谷召開會議。目前雁門數字谷在建項目有14個，總投資35億元。\n",
    )
    assert set(statements_of(home, *texts)) == {
        ("厦门火炬高新技术产业开发区", "廈門火炬高新區", "福建省"),
        ("烟台经济技术开发区", "烟台经开区", "山东省"),
        ("烟台经济技术开发区", "煙台經開區", "山东省"),
        ("雁门数字谷", "雁門數字谷", "山西省"),
    }


def entry(**changes: object) -> str:
    said = {"place": "{file: shanxi-2023.txt, line: 469}", "expect": "26.47亿元", "set": "{value: 2657000000}"}
    said |= {"reason": "核对", "author": "王霞云", "date": "2023-08-15"} | changes
    return "- " + "\n  ".join(f"{key}: {value}" for key, value in said.items() if value) + "\n"


def corrected(home: Home, text: str, query: str) -> list[dict[str, object]]:
    """What a query gives once the home has these corrections."""
    home.corrections.write_text(text, encoding="utf-8")
    load(home, [str(SAMPLE)], read=read_text)
    with open_reader(home) as connection:
        return rows(connection, query)


STATUS = "SELECT entry, state, metric_id, printed FROM correction_status ORDER BY entry"


def test_a_correction_changes_views_and_never_metrics(home: Home) -> None:
    query = (
        "SELECT m.value AS printed, c.value, c.value_low, c.value_high, c.is_corrected, p.investment FROM metrics AS m "
        "JOIN metrics_corrected AS c USING (metric_id) JOIN project_pipeline AS p ON p.metric_ids[2] = metric_id "
        "WHERE m.quote = '26.47亿元'"
    )
    number = 2657000000
    assert corrected(home, entry(), query) == [
        {
            "printed": 2647000000,
            "value": number,
            "value_low": number,
            "value_high": number,
            "is_corrected": True,
            "investment": number,
        }
    ]
    assert corrected(home, "", query) == [
        dict.fromkeys(("printed", "value", "value_low", "value_high", "investment"), 2647000000)
    ]


def test_a_guard_that_does_not_hold_is_reported_and_not_applied(home: Home) -> None:
    text = entry() + entry(expect="26.74亿元") + entry(place="{file: shanxi-2023.txt, line: 1}")
    text += entry(place=None, metric="nobody-01-001")
    assert corrected(home, text, STATUS) == [
        {"entry": 1, "state": "applied", "metric_id": "07-004", "printed": "12个、26.47亿元、3个"},
        {"entry": 2, "state": "mismatch", "printed": "12个、26.47亿元、3个"},
        {"entry": 3, "state": "not_found"},
        {"entry": 4, "state": "not_found"},
    ]
    with open_reader(home) as connection:
        assert connection.execute("SELECT count(*) FROM metrics_corrected WHERE is_corrected").fetchone() == (1,)


def test_words_can_be_corrected_and_emptied(home: Home) -> None:
    text = entry(set="{subject: 已入库项目, part_of: null, period_end: 2023-06-30}")
    query = "SELECT subject, part_of, period_end, value FROM metrics_corrected WHERE is_corrected"
    assert corrected(home, text, query) == [{"subject": "已入库项目", "period_end": "2023-06-30", "value": 2647000000}]


WRONG_CORRECTIONS = [
    ("a: b", "has to be a list"),
    ("- [", "is not YAML"),
    (entry(expect=None), "entry 1: expect: Field required"),
    (entry(reason=None), "entry 1: reason: Field required"),
    (entry(metric="x"), "name the number either by metric or by place"),
    (entry(set="{}"), "set changes nothing"),
    (entry(set="{colour: red}"), "set.colour: Extra inputs"),
    (entry(set="{value: 2,5}"), "entry 1: set.5"),
    (entry(set="{unit: null}"), "unit cannot be empty"),
    (entry() + entry(date="yesterday"), "entry 2: date"),
]


@pytest.mark.parametrize(("text", "sentence"), WRONG_CORRECTIONS)
def test_a_wrong_file_of_corrections_is_refused_with_its_entry(tmp_path: Path, text: str, sentence: str) -> None:
    path = tmp_path / "corrections.yml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(HomeFileError, match=sentence):
        read_corrections(path)
