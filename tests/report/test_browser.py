"""The pages as a reader uses them, in Chromium: by mouse, by keyboard, on a phone, on paper."""

import re

import pytest
from playwright.sync_api import Page, expect

from tasks.report.pages import issue_page
from tasks.report.records import Check
from tests.report.conftest import metric, one_article
from warehouse.catalog import open_reader

WIDE, PHONE = {"width": 1400, "height": 900}, {"width": 390, "height": 844}


@pytest.fixture(scope="module")
def sample(loaded):
    """The id of the sample issue."""
    with open_reader(loaded) as connection:
        return connection.execute("SELECT issue_id FROM documents WHERE file_name LIKE 'shanxi%'").fetchone()[0]


@pytest.fixture
def opened(browser):
    """Opens a file in a new window of a size; no page may ask for anything, nor stumble."""
    windows = []

    def opened(path, size=WIDE, anchor="", **options) -> Page:
        window = browser.new_context(viewport=size, reduced_motion="reduce", **options)
        page = window.new_page()
        asked, faults = [], []
        page.on("request", lambda request: asked.append(request.url))
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on("console", lambda message: faults.append(message.text))
        page.goto(path.as_uri() + anchor)
        windows.append((window, asked, faults))
        return page

    yield opened
    for window, asked, faults in windows:
        assert [url for url in asked if not url.startswith("file:")] == []
        assert faults == []
        window.close()


def shown(page: Page):
    return page.locator(".detail.shown")


def test_a_click_on_a_number_shows_what_it_is_and_where_it_is_printed(opened, pages, sample):
    page = opened(pages / f"issues/{sample}.html")
    expect(shown(page)).to_have_count(0)
    page.locator("article a.m", has_text="33.35亿元").click()
    detail = shown(page)
    expect(detail).to_have_count(1)
    for words in ("33.35 亿元", "3,335,000,000 CNY", "在建项目", "总投资", "project.investment", "广灵经济技术开发区"):
        expect(detail).to_contain_text(words)
    expect(detail).to_contain_text("shanxi-2023.txt 第 1 页 第 468 行")
    expect(detail).to_contain_text("目前，全区重点推进在建项目有19个，总投资33.35亿元。")
    # Its part leads on, and from the part back to the total.
    detail.get_by_role("link", name="26.47亿元").click()
    expect(shown(page)).to_contain_text("2,647,000,000 CNY")
    expect(page.locator("article a.m[aria-current]")).to_have_text("26.47亿元")
    shown(page).get_by_role("link", name="33.35亿元").click()
    expect(shown(page)).to_contain_text("3,335,000,000 CNY")


def test_from_a_row_to_the_mark_and_back(opened, pages, sample):
    page = opened(pages / f"issues/{sample}.html")
    row = page.locator("tr[data-metric]", has_text="110.92亿元")
    row.get_by_role("link", name="110.92亿元").click()
    mark = page.locator("article a.m", has_text="110.92亿元")
    expect(mark).to_be_in_viewport()
    expect(mark).to_have_attribute("aria-current", "true")
    expect(mark).to_be_focused()
    shown(page).get_by_role("link", name="in the table").click()
    expect(row).to_be_in_viewport()
    page.go_back()
    expect(mark).to_be_in_viewport()


def test_from_a_row_of_the_overview_to_the_mark_and_back(opened, pages):
    page = opened(pages / "index.html")
    row = page.locator("#changes tr", has_text="总投资").filter(has_text="41.2 亿元")
    expect(row).to_contain_text("33.35 亿元")
    row.get_by_role("link", name="33.35 亿元").click()
    mark = page.locator("article a.m[aria-current]")
    expect(mark).to_have_text("33.35亿元")
    expect(mark).to_be_in_viewport()
    page.get_by_role("link", name="回到总览中的这一行").click()
    expect(row).to_be_in_viewport()
    expect(row).to_be_focused()


def test_the_overview_shows_figures_charts_coverage_and_the_quarantine(opened, pages):
    page = opened(pages / "index.html")
    for section in ("#fresh .card", "#zones svg >> visible=true", "#pipeline svg >> visible=true", "#coverage i.seen"):
        expect(page.locator(section).first).to_be_visible()
    step = page.locator("#pipeline tr", has_text="在建")
    expect(step).to_contain_text("广灵经济技术开发区 23 个")
    expect(step).not_to_contain_text("19 个")
    expect(page.locator("#refused")).to_contain_text("empty<b>.txt")
    # A chart says in words what it draws.
    expect(page.locator("#zones .wide-svg").first).to_contain_text("广灵经开区")


def test_the_rows_of_the_overview_are_filtered(opened, pages):
    page = opened(pages / "index.html")
    page.get_by_role("combobox", name="开发区").select_option("广灵经济技术开发区")
    expect(page.locator("#issues tr:visible")).to_have_count(3)  # the heading, the sample, the later issue
    page.get_by_role("searchbox").fill("第9期")
    expect(page.locator("#issues tr:visible")).to_have_count(2)
    page.get_by_role("button", name="清除").click()
    expect(page.locator("#issues tr:visible")).to_have_count(4)


def test_search_and_filters_narrow_marks_and_rows(opened, pages, sample):
    page = opened(pages / f"issues/{sample}.html")
    rows, marks = page.locator("tr[data-metric]:visible"), page.locator("article a.m:not(.off)")
    total = rows.count()
    assert total == marks.count() > 50
    page.get_by_role("combobox", name="开发区").select_option("古县经济技术开发区")
    expect(rows).to_have_count(15)
    expect(marks).to_have_count(15)
    page.get_by_role("combobox", name="指标").select_option("project.investment")
    for row in rows.all():
        expect(row).to_contain_text("总投资")
    found = rows.count()
    expect(page.locator("#found")).to_have_text(f"{found} / {total}")
    page.get_by_role("combobox", name="状态").select_option("expected")
    expect(rows).to_have_count(0)
    expect(page.get_by_text("没有符合条件的指标")).to_be_visible()
    page.get_by_role("button", name="清除").click()
    expect(rows).to_have_count(total)
    page.get_by_role("combobox", name="种类").select_option("ratio")
    assert 0 < rows.count() < total
    page.get_by_role("button", name="清除").click()
    page.get_by_role("searchbox").fill("临猗 万亩")
    for row in rows.all():
        expect(row).to_contain_text("万亩")
    assert rows.count() > 1


def test_all_of_it_by_keyboard(opened, pages, sample):
    page = opened(pages / f"issues/{sample}.html")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="跳到正文")).to_be_focused()
    page.keyboard.press("/")
    expect(page.get_by_role("searchbox")).to_be_focused()
    page.keyboard.type("33.35")
    page.keyboard.press("Escape")
    page.keyboard.press("n")
    mark = page.locator("article a.m:focus")
    expect(mark).to_have_text("33.35亿元")
    expect(shown(page)).to_contain_text("3,335,000,000 CNY")
    # Again: into the details, and out of them to where one was.
    page.keyboard.press("Enter")
    expect(page.locator(".detail:focus")).to_have_count(1)
    page.keyboard.press("Tab")
    expect(shown(page).get_by_role("link").first).to_be_focused()
    page.keyboard.press("Escape")
    expect(shown(page)).to_have_count(0)
    expect(mark).to_be_focused()


def test_a_failed_check_is_seen_at_the_number_and_leads_to_its_sentence(opened, tmp_path):
    body = "共19个，其中甲12个、乙8个。"
    metrics = tuple(metric(n, body, at, at + 3) for n, at in ((19, 1), (12, 8), (8, 13)))
    message = "19个 ≠ 12个 + 8个"
    check = Check("k1", "i", "i-01", "total", "warning", "failed", message, "20", "19", [m.metric_id for m in metrics])
    path = tmp_path / "i.html"
    path.write_text(issue_page(one_article(body, metrics, (check,))), encoding="utf-8")
    page = opened(path)
    expect(page.locator("article a.m.doubted")).to_have_count(3)
    page.locator("article a.m", has_text="12个").click()
    expect(shown(page)).to_contain_text(message)
    shown(page).get_by_role("link", name="不符").click()
    expect(page.locator("#c-k1")).to_be_in_viewport()
    page.locator("#c-k1").get_by_role("link", name="19个").click()
    expect(page.locator("article a.m[aria-current]")).to_have_text("19个")


def test_two_metrics_on_one_place_are_shown_together(opened, tmp_path):
    body = "各建成5个"
    path = tmp_path / "i.html"
    twice = tuple(metric(n, body, 3, 5, subject=name, value=5) for n, name in ((1, "甲"), (2, "乙")))
    path.write_text(issue_page(one_article(body, twice)), encoding="utf-8")
    page = opened(path)
    page.locator("article a.m").click()
    expect(shown(page)).to_have_count(2)
    page.locator("tr[data-metric]", has_text="乙").get_by_role("link", name="5个").click()
    expect(page.locator("#r-i-01-002")).to_have_attribute("aria-current", "true")


@pytest.mark.parametrize("name", ["index.html", "issue"])
def test_a_phone_shows_it_without_sideways_scrolling(opened, pages, sample, name):
    page = opened(
        pages / (name if name == "index.html" else f"issues/{sample}.html"), PHONE, has_touch=True, is_mobile=True
    )
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    too_small = page.evaluate(
        "[...document.querySelectorAll('p, td, li')].filter(e => e.checkVisibility() && parseFloat(getComputedStyle(e).fontSize) < 12).length"
    )
    assert too_small == 0


def test_on_a_phone_the_details_come_from_below_and_the_number_stays_in_sight(opened, pages, sample):
    page = opened(pages / f"issues/{sample}.html", PHONE, has_touch=True, is_mobile=True)
    mark = page.locator("article a.m", has_text="33.35亿元")
    page.locator("tr[data-metric]", has_text="33.35亿元").get_by_role("link").tap()
    expect(shown(page)).to_be_visible()
    expect(mark).to_be_in_viewport()
    below = page.locator("#panel").bounding_box()["y"]
    assert mark.bounding_box()["y"] < below
    page.get_by_role("button", name="Close").tap()
    expect(shown(page)).to_have_count(0)


def test_without_scripts_the_page_is_one_of_links(opened, pages, sample):
    page = opened(pages / f"issues/{sample}.html", java_script_enabled=False)
    page.locator("article a.m", has_text="33.35亿元").click()
    expect(page.locator(".detail:target")).to_contain_text("3,335,000,000 CNY")
    page.locator("tr[data-metric]", has_text="110.92亿元").get_by_role("link").click()
    expect(page.locator("article a.m", has_text="110.92亿元")).to_be_in_viewport()


def test_on_paper_the_marks_carry_the_numbers_of_the_table(opened, pages, sample):
    page = opened(pages / f"issues/{sample}.html")
    mark = page.locator("article a.m", has_text="33.35亿元")
    number = page.locator("tr[data-metric]", has_text="33.35亿元").locator("td.n").inner_text()
    page.emulate_media(media="print")
    assert mark.evaluate("e => getComputedStyle(e, '::after').content") == f'"{number}"'
    expect(page.locator(".filters")).to_be_hidden()
    expect(page.locator("#panel")).to_be_hidden()
    assert len(page.pdf()) > 10_000


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_text_stands_out_from_its_ground_in_both_themes(opened, pages, sample, theme):
    page = opened(pages / f"issues/{sample}.html", color_scheme=theme)

    def luminance(colour: str) -> float:
        channels = [int(part) / 255 for part in re.findall(r"\d+", colour)[:3]]
        linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
        return sum(weight * c for weight, c in zip((0.2126, 0.7152, 0.0722), linear, strict=True))

    def contrast(selector: str, ground: str) -> float:
        one = luminance(page.locator(selector).first.evaluate("e => getComputedStyle(e).color"))
        other = luminance(page.locator(ground).first.evaluate("e => getComputedStyle(e).backgroundColor"))
        return (max(one, other) + 0.05) / (min(one, other) + 0.05)

    # 4.5 is what WCAG 2.2 asks of text (1.4.3).
    for selector, ground in (
        ("article > p", "article"),
        ("article .facts", "article"),
        ("small", "body"),
        ("td a", ".metrics"),
    ):
        assert contrast(selector, ground) >= 4.5, selector
