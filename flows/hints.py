"""What to type next, as it can be pasted into a shell."""

import shlex
import shutil
import sys
from pathlib import Path

from flows.commands.options import DEFAULT_HOME
from warehouse.home import Home


def command(home: Home, *words: str) -> str:
    """A jianbao command for this home that can be pasted into a shell."""
    place = [] if home == Home.at(DEFAULT_HOME) else ["--home", str(home.root)]
    quoted = [f'"{word}"' if " " in word and not set('"$`\\') & set(word) else shlex.quote(word) for word in words]
    # Behind the names of command and subcommand, before what may be long.
    head = 2 if quoted[0] == "quarantine" else 1
    return " ".join([_program(), *quoted[:head], *map(shlex.quote, place), *quoted[head:]])


def _program() -> str:
    """What to type for jianbao here: its name where the shell finds it, else the path that it was called by."""
    if shutil.which("jianbao"):
        return "jianbao"
    called = Path(sys.argv[0])
    return shlex.quote(str(called.relative_to(Path.cwd()) if called.is_relative_to(Path.cwd()) else called))
