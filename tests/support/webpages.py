"""Issues as pages that a browser prints: another maker of PDF files than typst, with fonts and breaks of its own."""

from collections.abc import Iterator
from contextlib import contextmanager
from html import escape
from typing import Final

from playwright.sync_api import Page, sync_playwright

from tests.support.browser import CHROMIUM, SWITCHES
from tests.support.newspaper import Masthead
from tests.support.typeset.stories import Story, bracketed

_PAGE: Final = """
body { font-family: "Noto Serif CJK SC"; font-size: 10.5pt; line-height: 1.5; text-align: justify }
p { text-indent: 2em; margin: 0 }
.title { font-size: 36pt; font-weight: bold; text-align: center }
.day { text-align: center }
.main { font-weight: bold; text-indent: 0 }
.sub, .heading { text-indent: 0 }
.heading { font-weight: bold }
td { padding: 0 6pt }
"""
LAYOUTS: Final = {
    "columns": """
        .body { column-count: 3; column-gap: 8mm; column-rule: 0.3px solid #999 }
        .main { font-size: 17pt; text-align: center } .sub { font-size: 12pt; text-align: center }
        @page { size: A3; margin: 12mm }""",
    "narrow": """
        .body { column-count: 4; column-gap: 6mm }
        .main { font-size: 16pt } .sub { font-size: 11pt }
        @page { size: A3 landscape; margin: 10mm }""",
    "boxes": """
        .body { display: grid; grid-template-columns: 1fr 1fr; gap: 6mm }
        .article { border: 0.5px solid #888; padding: 3mm; column-count: 2; column-gap: 5mm }
        .main, .sub { column-span: all; text-align: center } .main { font-size: 18pt } .sub { font-size: 12pt }
        @page { size: A3; margin: 10mm }""",
    "across": """
        .article { column-count: 3; column-gap: 7mm; margin-bottom: 6mm }
        .main, .sub { column-span: all; text-align: center } .main { font-size: 22pt } .sub { font-size: 13pt }
        @page { size: A3; margin: 12mm }""",
    "letter": """
        body { font-size: 14pt; line-height: 1.8 }
        .main, .sub { text-align: center } .main { font-size: 18pt; margin: 14pt 0 6pt } .sub { font-size: 13pt }
        @page { size: A4; margin: 25mm }""",
}
"""Style sheets: columns with the articles one behind another, boxes, headlines across their articles, a letter."""


@contextmanager
def printer() -> Iterator[Page]:
    """A browser's page that prints."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=SWITCHES)
        yield browser.new_page()
        browser.close()


def printed_by(page: Page, stories: list[Story], layout: str, masthead: Masthead) -> bytes:
    """The articles of an issue, printed in one of the layouts."""
    said = " ".join(filter(None, (masthead.number, masthead.day, masthead.publisher)))
    articles = "".join(f'<div class="article">{_article(story)}</div>' for story in stories)
    page.set_content(
        f"<style>{_PAGE}{LAYOUTS[layout]}</style><div class=title>{escape(masthead.title)}</div>"
        f'<div class="day">{escape(said)}</div><div class="body">{articles}</div>'
    )
    return page.pdf(prefer_css_page_size=True)


def _article(story: Story) -> str:
    main = 1 if len(story.headline) > 2 else 0
    lines = [
        f'<p class="{"main" if at == main else "sub"}">{escape(line)}</p>' for at, line in enumerate(story.headline)
    ]
    for at, (text, kind) in enumerate(zip(story.paragraphs, story.kinds, strict=True)):
        signature = bracketed(story) if story.author and at + 1 == len(story.paragraphs) else ""
        if kind == "table":
            lines.append(f"<table><tr>{''.join(f'<td>{escape(cell)}</td>' for cell in text.split(' '))}</tr></table>")
        else:
            name = ' class="heading"' if kind == "subheading" else ""
            lines.append(f"<p{name}>{escape(text + signature)}</p>")
    return "".join(lines)
