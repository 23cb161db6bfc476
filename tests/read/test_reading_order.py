"""The layout analysis on pages of plain runs: no format, only text and where it stands."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tasks.read.layout import lines_of
from tasks.read.page import Page, Run
from tasks.records import Box

EM = 10.0
PITCH = 15.0


def run(text: str, left: float, top: float, size: float = EM, *, bold: bool = False) -> Run:
    edges = tuple(left + size * at for at in range(len(text) + 1))
    return Run(text, Box(left, top, edges[-1], top + size), size, bold, edges)


def column(left: float, top: float, *lines: str) -> list[Run]:
    """Lines of a column, a full-width space for each character of indent."""
    return [
        run(line.lstrip("　"), left + EM * (len(line) - len(line.lstrip("　"))), top + PITCH * at)
        for at, line in enumerate(lines)
    ]


def read(*runs: Run, shapes: tuple[Box, ...] = (), rules: tuple[Box, ...] = ()) -> list[str]:
    page = Page(1, 600, 800, tuple(random.Random(3).sample(runs, len(runs))), shapes, rules)
    return [line.text for line in lines_of(page, 1)]


FIRST = ("　　甲区今年以来新开", "工项目十二个总投资达", "到三十亿元比上年增长")
SECOND = ("百分之八点五其中制造", "业项目九个。　　　　".rstrip("　"))
OTHER = ("　　乙区近日召开会议", "部署下半年工作任务。")


def test_columns_are_read_one_after_the_other():
    runs = column(50, 100, *FIRST) + column(170, 100, *SECOND)
    assert read(*runs) == [line.strip("　") for line in FIRST + SECOND]


def test_a_headline_across_columns_stands_before_both_and_behind_what_is_above():
    above = column(50, 40, *OTHER) + column(170, 40, *OTHER)
    head = run("甲区项目建设提速", 50, 90, 20)
    runs = [*above, head, *column(50, 120, *FIRST), *column(170, 120, *SECOND)]
    assert read(*runs)[4:] == ["甲区项目建设提速", *(line.strip("　") for line in FIRST + SECOND)]


def test_a_paragraph_that_is_broken_off_goes_on_in_the_next_column_not_below():
    # below the broken column another article begins, its headline over one column only
    runs = [
        run("甲区提速", 50, 60, 18),
        *column(50, 90, *FIRST),
        *column(170, 90, *SECOND),
        run("乙区部署", 50, 160, 18),
        *column(50, 190, *OTHER),
        *column(170, 190, *OTHER),
    ]
    assert read(*runs)[:6] == ["甲区提速", *(line.strip("　") for line in FIRST + SECOND)]


def test_a_rule_is_a_wall():
    rule = Box(50, 150, 270, 151)
    runs = [*column(50, 100, *FIRST), *column(170, 100, *FIRST), *column(50, 160, *OTHER), *column(170, 160, *OTHER)]
    assert read(*runs, rules=(rule,)) == [line.strip("　") for line in FIRST + FIRST + OTHER + OTHER]


def test_what_stands_in_a_frame_is_read_together():
    frame = Box(165, 95, 280, 180)
    inside = [run("简讯", 200, 100, 14), *column(170, 120, *OTHER)]
    runs = [*column(50, 100, *FIRST), *inside, *column(50, 145, *OTHER)]
    texts = read(*runs, shapes=(frame,))
    at = texts.index("简讯")
    assert texts[at + 1 : at + 3] == [line.strip("　") for line in OTHER]


def test_a_caption_and_a_running_head_are_marked():
    picture = Box(50, 200, 150, 280)
    page = Page(
        2,
        600,
        800,
        (run("开发区报", 50, 20), run("第2版", 500, 20), *column(50, 100, *FIRST), run("图为园区", 50, 284, 8)),
        (picture,),
    )
    aside = {line.text: line.look.aside for line in lines_of(page, 1) if line.look}
    assert aside == {"开发区报": True, "第2版": True, "图为园区": True} | {line.strip("　"): False for line in FIRST}


def test_the_rows_of_a_table_keep_their_cells():
    rows = [("长治高新区", "186.4", "11.3%"), ("晋城经开区", "142.7", "-2.6%"), ("合计", "329.1", "5.0%")]
    runs = [run(cell, 50 + 90 * x, 100 + PITCH * y) for y, row in enumerate(rows) for x, cell in enumerate(row)]
    assert read(*runs) == ["  ".join(row) for row in rows]


@settings(deadline=None, max_examples=60)
@given(
    st.lists(
        st.tuples(
            st.text(alphabet="区项目12.5%，。", min_size=1, max_size=12),
            st.integers(0, 50),
            st.integers(0, 50),
            st.sampled_from([8.0, 10.0, 24.0]),
        ),
        min_size=1,
        max_size=25,
    )
)
def test_every_character_of_any_page_is_in_a_line_once(written):
    runs = tuple(run(text, 10 * left, 14 * top, size) for text, left, top, size in written)
    lines = lines_of(Page(1, 600, 800, runs), 5)
    given_back = sorted(char for line in lines for char in line.text if char != " ")
    assert given_back == sorted(char for one in runs for char in one.text)
    assert [line.number for line in lines] == list(range(5, 5 + len(lines)))
    assert all(line.look and len(line.look.edges) == len(line.text) + 1 for line in lines)


@pytest.mark.parametrize("count", [12, 60, 400])
def test_a_page_of_many_scattered_pieces_is_ordered_all_the_same(count):
    rng = random.Random(count)
    runs = [run("园区", rng.randrange(500), rng.randrange(700), rng.choice([8, 10, 20])) for _ in range(count)]
    assert len(read(*runs)) <= count
