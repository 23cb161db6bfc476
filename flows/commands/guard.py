"""What a person sees when a command fails: a sentence and an exit code, never a traceback."""

import contextlib
import errno
import os
import sys
import tempfile
import traceback
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import typer

from warehouse.errors import JianbaoError
from warehouse.home import Home

EXIT_FAULT = 1
EXIT_INTERRUPTED = 130


@contextlib.contextmanager
def guarded(home: Home) -> Iterator[None]:
    """Turn errors into a line on stderr and the exit code of their class; a fault of jianbao itself is logged."""
    try:
        yield
    except typer.Exit:
        raise
    except JianbaoError as error:
        _say(str(error))
        raise typer.Exit(error.exit_code) from error
    except BrokenPipeError:
        # The reader (head, less) has seen enough. What is still buffered must not raise again at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise typer.Exit(0) from None
    except KeyboardInterrupt:
        _say("stopped. What was published is whole; the same command goes on with the rest.")
        raise typer.Exit(EXIT_INTERRUPTED) from None
    except Exception as error:
        if isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT):
            _say(f"the output could not be written ({error.strerror}).")
            raise typer.Exit(EXIT_FAULT) from error
        log = _write_log(home, error)
        _say(f"this is a fault of jianbao itself ({type(error).__name__}). Please report it with {log}")
        raise typer.Exit(EXIT_FAULT) from error


def _say(sentence: str) -> None:
    typer.echo(f"jianbao: {sentence}", err=True)


def _write_log(home: Home, error: Exception) -> Path:
    entry = f"{datetime.now(UTC):%Y-%m-%d %H:%M:%S} UTC {sys.argv}\n{''.join(traceback.format_exception(error))}\n"
    try:
        with home.log.open("a", encoding="utf-8") as log:
            log.write(entry)
    except OSError:
        handle, name = tempfile.mkstemp(prefix="jianbao-", suffix=".log")
        os.write(handle, entry.encode())
        os.close(handle)
        return Path(name)
    return home.log
