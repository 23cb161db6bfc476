"""A page as a file: whole in itself, the same for the same rows, and safe whatever the text says."""

import re
from html.parser import HTMLParser

import pytest

from tasks.report.pages import issue_page, overview_page
from tasks.report.read_overview import read_overview
from tasks.report.records import Check
from tests.report.conftest import NOW, metric, one_article
from tests.support.bulletins import drop
from tests.support.loading import load, read_text
from warehouse.catalog import open_reader, open_writer
from warehouse.home import Home

HOSTILE = """<script>alert(1)</script><img src=x onerror=alert(1)>"'&amp;</style></title>{{ 7*7 }}"""


class Tags(HTMLParser):
    """What elements a page has, and the text of its body."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data):
        self.text += data


def read(html: str) -> Tags:
    tags = Tags()
    tags.feed(html)
    tags.close()
    return tags


def hostile_page():
    fields = dict.fromkeys(("subject", "indicator", "zone", "sentence", "period_text", "rule", "classifier"), HOSTILE)
    check = Check("k", "i", "i-01", HOSTILE, "warning", "failed", HOSTILE, HOSTILE, HOSTILE, ["i-01-001"])
    names = dict.fromkeys(("title", "kicker", "subtitle", "author", "dateline", "column_label", "file_name"), HOSTILE)
    return one_article(
        f"{HOSTILE}12个", (metric(1, f"{HOSTILE}12个", 0, len(HOSTILE) + 3, **fields),), (check,), **names
    )


def test_a_text_is_shown_and_never_run():
    page = read(issue_page(hostile_page()))
    scripts = [tag for tag, _ in page.tags if tag == "script"]
    assert len(scripts) == 1, "the page's own"
    assert not [tag for tag, _ in page.tags if tag in ("img", "iframe", "object", "embed")]
    assert not [name for _, attributes in page.tags for name in attributes if name.startswith("on")]
    assert page.text.count("{{ 7*7 }}") >= 10


@pytest.fixture(scope="module")
def every_page(pages):
    return {path: path.read_text(encoding="utf-8") for path in pages.rglob("*.html")}


def test_pages_need_nothing_but_themselves(every_page):
    assert len(every_page) == 4
    for path, html in every_page.items():
        for tag, attributes in read(html).tags:
            assert tag not in ("link", "img", "iframe", "base"), path
            assert not attributes.get("src"), path
            href = attributes.get("href") or ""
            if href and not href.startswith("#"):
                target = (path.parent / re.split("[?#]", href)[0]).resolve()
                assert target in every_page, f"{path.name}: {href}"
        assert "default-src 'none'" in html
        assert "@import" not in html
        assert "url(http" not in html


def test_every_link_inside_a_page_leads_somewhere(every_page):
    ids = {
        path: {attributes["id"] for _, attributes in read(html).tags if "id" in attributes}
        for path, html in every_page.items()
    }
    for path, html in every_page.items():
        for _, attributes in read(html).tags:
            href = attributes.get("href") or ""
            place, _, anchor = href.partition("#")
            if anchor:
                target = (path.parent / place.split("?")[0]).resolve() if place else path
                assert anchor in ids[target], f"{path.name}: {href}"


def test_an_id_stands_once_in_a_page(every_page):
    for path, html in every_page.items():
        ids = [attributes["id"] for _, attributes in read(html).tags if "id" in attributes]
        assert len(ids) == len(set(ids)), path


def test_the_same_rows_give_the_same_bytes(loaded, pages):
    assert issue_page(hostile_page()) == issue_page(hostile_page())
    with open_reader(loaded) as connection:
        again = overview_page(read_overview(connection, NOW))
    assert again == (pages / "index.html").read_text(encoding="utf-8")


def test_the_articles_stand_in_the_page_as_they_are_in_the_table(loaded, pages):
    with open_reader(loaded) as connection:
        rows = connection.execute(
            "SELECT a.issue_id, p.text FROM paragraphs p JOIN articles a USING (article_id)"
        ).fetchall()
    texts = {path.stem: read(path.read_text(encoding="utf-8")).text for path in pages.glob("issues/*.html")}
    assert len(rows) > 50
    assert [text for issue_id, text in rows if text not in texts[issue_id]] == []


def test_an_overview_of_nothing_says_what_to_do(tmp_path):
    home = Home.at(tmp_path)
    home.prepare()
    with open_writer(home) as connection:
        page = read(overview_page(read_overview(connection, NOW)))
    assert "jianbao run FILE" in page.text


def test_the_list_of_issues_names_a_zone_once(tmp_path):
    home = Home.at(tmp_path / "home")
    home.prepare()
    names = ("云浦经济技术开发区", "云浦经开区")
    page = "{0}{1}\n\n本刊讯 2024年3月12日，{0}召开经济运行分析会，通报主要经济指标完成情况。{0}完成投资3亿元。\n（张三）\n"
    text = "\n".join(page.format(name, title) for name, title in zip(names, ("召开分析会", "项目提速"), strict=True))
    drop(home, "a.txt", text)
    load(home, read=read_text)
    with open_reader(home) as connection:
        (listed,) = read_overview(connection, NOW).issues
    assert listed.zones == ["云浦经开区"]
