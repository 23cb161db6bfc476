"""The operator's day with `jianbao up`: start, drop, watch in the browser, be told, kill, start again.

One operated home for the whole module: the tests are steps of a day, in order.
"""

import json
import os
import signal
import sqlite3
import subprocess
import threading
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from benchmarks.day import operate
from flows.operate.deployments import DEPLOYMENTS
from flows.operate.settings import USER
from tests.flows.conftest import COMMAND, clean_environment
from tests.operate.conftest import Calls
from tests.support.browser import CHROMIUM, visit
from tests.support.network import Watch
from tests.support.operating import SAMPLE, Up, alive, copies, drop, ended, operated, start, wait
from tests.support.state import orphans
from warehouse.catalog import open_reader
from warehouse.home import Home

pytestmark = pytest.mark.long

PASSWORD = "open sesame"
MANY = 40
MOST_KB_A_RUN = 400


@pytest.fixture(scope="module")
def watch(tmp_path_factory: pytest.TempPathFactory) -> Watch:
    return Watch(tmp_path_factory.mktemp("network"))


@pytest.fixture(scope="module")
def up(place: Home, calls: Calls, watch: Watch) -> Iterator[Up]:
    """Every minute a run by schedule; a password; messages by two ways."""
    settings = {
        "JIANBAO_SCHEDULE": "* * * * *",
        "JIANBAO_PASSWORD": PASSWORD,
        "JIANBAO_WEBHOOK": f"http://{calls.place}/webhook",
        "JIANBAO_MESSAGES": f"json://{calls.place}/messages",
    }
    with operated(place, **settings, **watch.environment) as up:
        yield up


def published(home: Home) -> dict[str, int]:
    """File names of the published issues, and their metrics; an issue that is there twice fails."""
    with open_reader(home) as connection:
        rows = connection.execute(
            "SELECT file_name, count(*), any_value(metric_count), max(revision) "
            "FROM issues JOIN documents USING (issue_id) GROUP BY file_name"
        ).fetchall()
    assert all((count, revision) == (1, 1) for _, count, _, revision in rows), rows
    return {name: metrics for name, _, metrics, _ in rows}


def test_what_it_says_is_enough_to_go_on(up: Up) -> None:
    said = up.out.read_text()
    assert up.client.base_url.host == "127.0.0.1"
    assert f"Watch it at  http://127.0.0.1:{up.client.base_url.port}\n" in said
    assert str(up.home.inbox) in said
    assert "ingest: every minute (* * * * *" in said
    assert PASSWORD not in said


def test_a_dropped_issue_is_ingested_and_tells_its_story(up: Up) -> None:
    drop(up.home, "2023-07.txt", SAMPLE.read_bytes())
    run = wait(lambda: next((run for run in up.runs("Completed") if "1 new of 1" in run["name"]), None))
    assert run["name"] == "ingest 1 new of 1 · 2023-07"
    assert run["state"]["message"].startswith("1 new issue (8 articles, ")
    artifacts = {one["key"]: one for one in up.find("artifacts") if one["flow_run_id"] == run["id"]}
    assert set(artifacts) == {"ingest", "headline-metrics", "quarantine"}
    assert "古县经济技术开发区 凝心聚力抓项目 跑出建设加速度" in artifacts["ingest"]["data"]
    values = [row["value"] for row in json.loads(artifacts["headline-metrics"]["data"])]
    assert "3,335,000,000 CNY" in values
    assert json.loads(artifacts["quarantine"]["data"]) == []
    (report,) = (one for one in up.find("flow_runs") if one["name"] == "report" and one["start_time"] < run["end_time"])
    assert report["state"]["message"].startswith("1 issue page made, 0 current: ")


def test_a_file_that_cannot_be_read_is_said_everywhere(up: Up, calls: Calls) -> None:
    drop(up.home, "notes.txt", b"12\n")
    run = wait(lambda: next(iter(up.runs("Quarantined")), None))
    assert run["state_type"] == "COMPLETED"
    assert run["name"] == "ingest 0 new of 2, 1 quarantined"
    assert "notes.txt: no article was found" in run["state"]["message"]
    wait(lambda: {path for path, _ in calls.posted} >= {"/webhook", "/messages"})
    sent = json.loads(dict(calls.posted)["/webhook"])
    assert sent["text"].startswith("jianbao: ingest 0 new of 2, 1 quarantined: Quarantined. Nothing new")
    assert sent["url"].endswith(f"/runs/flow-run/{run['id']}")
    assert "notes.txt" in dict(calls.posted)["/messages"]


@pytest.mark.skipif(not Path(CHROMIUM).exists(), reason="apt-get install chromium fonts-noto-cjk")
def test_the_ui_shows_all_of_it(up: Up) -> None:
    (run,) = up.runs("Quarantined")
    story, *_ = (one["id"] for one in up.find("artifacts", sort="CREATED_DESC") if one["key"] == "ingest")
    ui = f"http://127.0.0.1:{up.client.base_url.port}"
    with visit() as seen:
        seen.page.goto(f"{ui}/runs")
        seen.page.get_by_placeholder("admin:pass").fill(f"{USER}:{PASSWORD}")
        seen.page.keyboard.press("Enter")
        assert "ingest 1 new of 1 · 2023-07" in seen.read(f"{ui}/runs", run["name"])
        # Before the login, the page asks whether it needs one.
        seen.failed.clear()
        assert "Quarantined" in seen.read(f"{ui}/runs/flow-run/{run['id']}", "notes.txt: no article was found")
        assert "1 quarantined" in seen.read(f"{ui}/artifacts/artifact/{story}", "Set aside")
        assert "headline-metrics" in seen.read(f"{ui}/artifacts", "What is in quarantine now: 1 file.")
        assert "Every minute" in seen.read(f"{ui}/deployments", "ingest")
        seen.read(f"{ui}/automations", "a run without a sign of life has crashed")
        seen.read(f"{ui}/dashboard", "Flow Runs")
        # Its logos lie on a CDN, and stay there.
        seen.read(f"{ui}/blocks/catalog", "Webhook")
    assert seen.failed == []
    assert seen.answered == {f"127.0.0.1:{up.client.base_url.port}"}


def test_only_those_who_know_the_password_come_in(up: Up) -> None:
    with up.client as client:
        client.auth = None
        assert client.get("/flow_runs/count").status_code == 401


def test_a_half_copied_file_waits_until_it_is_whole(up: Up) -> None:
    (text,) = copies(1).values()
    path = up.home.inbox / "slow.txt"
    whole = threading.Event()

    def copy_slowly() -> None:
        with path.open("wb") as file:
            for position in range(len(text)):
                file.write(text[position : position + 1])
                file.flush()
                # It goes on for as long as a run looks at it.
                whole.wait(0.02)

    copying = threading.Thread(target=copy_slowly)
    copying.start()
    # One that meets a run of the schedule is cancelled: that one does its work.
    run = wait(lambda: done if (done := ended(up, start(up)))["state_type"] != "CANCELLED" else None)
    whole.set()
    copying.join()
    assert (
        run["state"]["message"]
        == "Nothing new, 1 unchanged, 0 quarantined, 1 still in quarantine, 1 still being written."
    )
    wait(lambda: "slow.txt" in published(up.home))


def test_a_run_by_hand_is_seen_in_the_ui(up: Up) -> None:
    done = by_hand(up, str(up.home.inbox / "2023-07.txt")).communicate()[0]
    assert "Nothing new, 1 unchanged" in done
    assert {"by hand", "jianbao"} in [set(run["tags"]) for run in up.runs("Completed")]


def test_several_runs_at_once_do_the_work_once(up: Up, tmp_path: Path) -> None:
    for name, text in copies(6).items():
        (tmp_path / name).write_bytes(text.replace(b"19.9", b"18.8"))
    # A drop of the same bytes, which the runner ingests meanwhile.
    first, second = by_hand(up, str(tmp_path)), by_hand(up, str(tmp_path))
    for name, text in copies(6).items():
        drop(up.home, name, text.replace(b"19.9", b"18.8"))
    scheduled = start(up)
    assert [first.wait(), second.wait()] == [0, 0], (first.communicate(), second.communicate())
    assert ended(up, scheduled)["state_type"] in ("COMPLETED", "CANCELLED")
    wait(lambda: not up.runs("Running", "Pending"))
    assert published(up.home).keys() >= copies(6).keys()


def test_no_second_one_on_the_same_home_or_port(up: Up, tmp_path: Path) -> None:
    port = up.client.base_url.port
    same_home = call(up.home, "up", "--port", "0")
    assert same_home.returncode == 4
    assert f"is at work on {up.home.root} already. Its UI is at http://127.0.0.1:{port}." in same_home.stderr
    same_port = call(Home.at(tmp_path), "up", "--port", str(port))
    assert same_port.returncode == 2
    assert f"127.0.0.1:{port} cannot be listened on (Address already in use)" in same_port.stderr


def test_runs_leave_little_behind(up: Up) -> None:
    # `python -m benchmarks.day` does the same two hundred times.
    first, *_, last = operate(up, runs=4, documents=6)
    assert last.results_kb == 0
    assert last.runner_mb < 1.1 * first.runner_mb
    assert last.server_mb < 1.1 * first.server_mb
    assert last.database_kb - first.database_kb < MOST_KB_A_RUN * (last.flow_runs - first.flow_runs)


def test_the_schedule_runs_as_well(up: Up) -> None:
    run = wait(lambda: next((run for run in up.runs("Completed") if "auto-scheduled" in run["tags"]), None))
    assert run["name"].startswith("ingest ")


def test_what_is_killed_is_finished_by_the_next_run(up: Up) -> None:
    for name, text in copies(MANY).items():
        drop(up.home, f"many-{name}", text.replace(b"19.9", b"17.7"))
    before = len(published(up.home))
    wait(lambda: before < len(published(up.home)) < before + MANY)
    assert {one["type"] for one in up.find("artifacts") if one["key"] == "backlog"} == {"progress"}
    (killed,) = (run for run in up.runs("Running") if run["name"].startswith("ingest"))
    os.kill(up.child("flows.operate.runner"), signal.SIGKILL)
    dead = wait(lambda: next((run for run in up.runs("Crashed") if run["id"] == killed["id"]), None))
    assert "What it had published is whole" in dead["state"]["message"]
    wait(lambda: up.runs("Running"))
    os.kill(up.child("flows.operate.server"), signal.SIGKILL)
    wait(lambda: len(published(up.home)) == before + MANY)
    wait(lambda: not up.runs("Running", "Pending"))
    assert orphans(up.home) == []


def test_a_second_day_begins_where_the_first_one_ended(up: Up, place: Home, watch: Watch) -> None:
    assert any("127.0.0.1" in place for place in watch.places), "the watch works"
    assert watch.outside == []
    known = {kind: names(up, kind) for kind in ("deployments", "automations")}
    everybody, old = up.everybody(), {run["id"] for run in up.runs("Completed", "Quarantined", "Crashed")}
    assert up.stop() == 0
    assert "Stopped" in up.out.read_text()
    assert not any(map(alive, everybody))
    forty_days_pass(place)
    # It looks for what is old every hour; here it does at once.
    settings = {"JIANBAO_SCHEDULE": "* * * * *", "PREFECT_SERVER_SERVICES_DB_VACUUM_LOOP_SECONDS": "2"}
    with operated(place, **settings) as again:
        # No password any more, and nobody to tell.
        assert names(again, "deployments") == known["deployments"] == sorted(one.name for one in DEPLOYMENTS)
        assert names(again, "automations") == ["jianbao: a run without a sign of life has crashed"]
        (deployment,) = (one for one in again.find("deployments") if one["name"] == "ingest")
        assert [one["schedule"]["cron"] for one in deployment["schedules"]] == ["* * * * *"]
        wait(lambda: any("auto-scheduled" in run["tags"] for run in again.runs("Scheduled")))
        wait(lambda: {run["id"] for run in again.runs()}.isdisjoint(old) and not old_events(place))
        everybody = again.everybody()
        again.stop(signal.SIGKILL)
        # (A run that is only just beginning notices when it is about to work.)
        wait(lambda: not any(map(alive, everybody)))


def forty_days_pass(home: Home) -> None:
    """For the history of runs in the server's database."""
    with closing(sqlite3.connect(home.prefect / "prefect.db")) as database:
        database.execute("UPDATE flow_run SET end_time = datetime(end_time, '-40 days')")
        database.execute("UPDATE events SET occurred = datetime(occurred, '-40 days')")
        database.commit()


def old_events(home: Home) -> int:
    with closing(sqlite3.connect(home.prefect / "prefect.db")) as database:
        query = "SELECT count(*) FROM events WHERE occurred < datetime('now', '-30 days')"
        return int(database.execute(query).fetchone()[0])


def names(up: Up, kind: str) -> list[str]:
    return sorted(one["name"] for one in up.find(kind))


def by_hand(up: Up, source: str) -> "subprocess.Popen[str]":
    """`jianbao run`, which knows only the home."""
    return subprocess.Popen(
        [COMMAND, "run", source, "--wait", "300"],
        env=clean_environment(JIANBAO_HOME=str(up.home.root)),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def call(home: Home, *words: str) -> "subprocess.CompletedProcess[str]":
    environment = clean_environment(JIANBAO_HOME=str(home.root))
    return subprocess.run([COMMAND, *words], check=False, env=environment, capture_output=True, text=True)
