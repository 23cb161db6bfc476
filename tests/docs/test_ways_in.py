"""What docs/ tells a reader to type works as it stands there, on the sample issue."""

import importlib.util
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest
from sqlalchemy import create_engine, inspect, text

import warehouse
from tests.support.loading import load, read_text
from warehouse.connection import EXTENSIONS, extension_file
from warehouse.errors import NoCatalogError
from warehouse.home import Home

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
SAMPLE = ROOT / "tests/gold/shanxi-2023/shanxi-2023.txt"
PROGRAMS = Path(sys.executable).parent


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    home = Home.at(tmp_path_factory.mktemp("docs") / "home")
    home.prepare()
    shutil.copy(SAMPLE, home.inbox)
    load(home, read=read_text)
    return home


@pytest.fixture(autouse=True)
def environment(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JIANBAO_HOME", str(home.root))
    monkeypatch.setenv("PATH", f"{PROGRAMS}{os.pathsep}{os.environ['PATH']}")


def blocks(page: str, language: str) -> list[str]:
    return re.findall(
        rf"^ *```{language}\n(.*?)^ *```", (DOCS / page).read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE
    )


def shell(command: str) -> str:
    done = subprocess.run(
        ["bash", "-c", command], check=False, capture_output=True, text=True, stdin=subprocess.DEVNULL
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_the_page_on_the_duckdb_command_line(home: Home) -> None:
    prompt, more = blocks("duckdb-cli.md", "sh")
    assert shell(prompt) == "", "the prompt opens, and ends with its input"
    tables, scores, place = (shell(line) for line in more.splitlines())
    assert "metrics" in tables
    assert "zone_scorecard" in tables
    assert '"广灵经济技术开发区",3335000000.' in scores
    assert re.search(r"source_line_start = 468\b", place)
    (attach,) = blocks("duckdb-cli.md", "sql")
    loads = "".join(f"LOAD '{extension_file(name)}';" for name in EXTENSIONS)
    script = loads + attach.replace("/srv/jianbao", str(home.root))
    assert shell(f'duckdb -csv -c "{script} SELECT count(*) AS n FROM issues"').split() == ["n", "1"]


def test_another_duckdb_cannot_write(home: Home) -> None:
    done = subprocess.run(
        ["bash", "-c", 'duckdb -cmd "$(jianbao sql --attach)" -c "DELETE FROM metrics"'],
        check=False,
        capture_output=True,
        text=True,
        cwd=home.root,
    )
    assert "read-only" in done.stdout + done.stderr
    assert warehouse.connect(home.root).sql("SELECT count(*) > 50 FROM metrics").fetchall() == [(True,)]


def test_the_page_on_python() -> None:
    names: dict[str, object] = {}
    for block in blocks("python.md", "python"):
        exec(block, names)  # the reader's own lines


def test_connect_without_a_home_says_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("JIANBAO_HOME")
    monkeypatch.chdir(tmp_path)
    with pytest.raises(NoCatalogError, match=r"data yet\. Load something first"):
        warehouse.connect()


def test_connect_cannot_write(home: Home) -> None:
    with warehouse.connect(home.root) as lake, pytest.raises(duckdb.Error, match="read-only"):
        lake.execute("DELETE FROM metrics")


def test_the_page_on_dbeaver_and_superset(home: Home, tmp_path: Path) -> None:
    (address,) = blocks("dbeaver-superset.md", "text")
    (parameters,) = blocks("dbeaver-superset.md", "json")
    assert '"read_only": true' in parameters
    platform = duckdb.execute("PRAGMA platform").fetchone()[0]
    folder = tmp_path / f"v{duckdb.__version__}" / platform
    folder.mkdir(parents=True)
    for name in EXTENSIONS:
        shutil.copy(extension_file(name), folder)
    engine = create_engine(
        address.strip().replace("/srv/jianbao", str(home.root)),
        connect_args={"read_only": True, "config": {"extension_directory": str(tmp_path)}},
    )
    with engine.connect() as connection:
        rows = connection.execute(
            text("SELECT zone FROM zone_scorecard WHERE investment_total = 3335000000")
        ).fetchall()
        assert rows == [("广灵经济技术开发区",)]
    assert "zone_scorecard" in inspect(engine).get_view_names()
    engine.dispose()


def test_the_notebook_runs() -> None:
    spec = importlib.util.spec_from_file_location("notebook", DOCS / "notebook.py")
    assert spec
    assert spec.loader
    notebook = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(notebook)
    _, made = notebook.app.run()
    assert list(made["scorecard"]["总投资亿元"])[:2] == [110.92, 33.35]
    assert "广灵经济技术开发区" in made["drawing"]
    assert "110.92亿元" in list(made["places"]["quote"])
    assert len(made["history"]) >= 1
