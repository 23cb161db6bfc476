"""Who a program talks to: every address that its Python processes connect to or look up."""

from pathlib import Path

# Runs in every Python process, the servers' too.
_WATCH = """
import os, sys

def watch(event, arguments):
    if event in ("socket.connect", "socket.getaddrinfo", "socket.sendto"):
        place = arguments[1] if event != "socket.getaddrinfo" else arguments[0]
        with open(os.environ["WATCH_LOG"], "a") as log:
            log.write(f"{event} {place!r}\\n")

sys.addaudithook(watch)
"""
_LOOPBACK = ("('127.0.0.1',", "('::1',", "'127.0.0.1'", "'localhost'", "b'127.0.0.1'", "None")


class Watch:
    """Give `environment` to a program; what it reached for is in `places` then."""

    def __init__(self, folder: Path) -> None:
        hooks, self._log = folder / "watch", folder / "watch.log"
        hooks.mkdir()
        (hooks / "sitecustomize.py").write_text(_WATCH)
        self.environment = {"PYTHONPATH": str(hooks), "WATCH_LOG": str(self._log)}

    @property
    def places(self) -> list[str]:
        return [line.partition(" ")[2] for line in self._log.read_text().splitlines()]

    @property
    def outside(self) -> list[str]:
        """Those that are not on this machine."""
        return [place for place in self.places if not place.startswith(_LOOPBACK)]
