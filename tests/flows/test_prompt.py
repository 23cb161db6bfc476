"""The prompt of `jianbao sql`, on a real terminal."""

import os
import pty
import re
import select
import subprocess
import time

import pytest

from flows.prompt import is_complete
from tests.flows.conftest import COMMAND, clean_environment
from tests.support.bulletins import bulletin, drop
from tests.support.loading import load
from warehouse.home import Home

PATIENCE_SECONDS = 60


class Terminal:
    """A terminal that a command runs on."""

    def __init__(self, *command: str) -> None:
        self._ours, theirs = pty.openpty()
        environment = clean_environment(TERM="xterm", COLUMNS="120")
        self.process = subprocess.Popen(command, stdin=theirs, stdout=theirs, stderr=theirs, env=environment)
        os.close(theirs)
        self._seen = ""

    def type(self, text: str) -> None:
        """Type a line and press Enter."""
        os.write(self._ours, (text + "\r").encode())

    def wait_for(self, pattern: str) -> None:
        """Read on until something is shown that was not shown before."""
        deadline = time.monotonic() + PATIENCE_SECONDS
        while not re.search(pattern, self._seen):
            assert time.monotonic() < deadline, self._seen
            if select.select([self._ours], [], [], 1)[0]:
                shown = os.read(self._ours, 65536).decode(errors="replace")
                # The prompt asks the terminal where its cursor stands.
                if "\x1b[6n" in shown:
                    os.write(self._ours, b"\x1b[1;1R")
                self._seen += re.sub(r"\x1b\[[0-9;?]*[a-zA-Z]", "", shown)
        self._seen = ""


def test_a_conversation(home: Home) -> None:
    home.prepare()
    drop(home, "a.txt", bulletin(1))
    load(home)
    terminal = Terminal(COMMAND, "sql", "--home", str(home.root))
    terminal.wait_for(r"\.help")
    terminal.wait_for("jianbao>")
    terminal.type("select quote from metrics")
    terminal.type("where value < 3e8;")
    terminal.wait_for("2.5亿元")
    terminal.type("select nonsense;")
    terminal.wait_for("Binder Error")
    terminal.type(".tables")
    terminal.wait_for("One row an article")
    terminal.type(".columns zones")
    terminal.wait_for("Prefecture-level city")
    terminal.type(".help")
    terminal.wait_for("Ctrl-D")
    terminal.type(".quit")
    assert terminal.process.wait(PATIENCE_SECONDS) == 0
    assert "where value < 3e8;" in home.history.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("entry", "complete"),
    [
        ("select 1", False),
        ("select 1;", True),
        ("select 1 ; ", True),
        (".tables", True),
        ("", True),
        ("select '", False),
    ],
)
def test_a_statement_ends_with_a_semicolon(entry: str, complete: bool) -> None:
    assert is_complete(entry) is complete
