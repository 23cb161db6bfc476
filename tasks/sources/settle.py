"""Whether a file is whole: one that is still being copied changes between two looks.

Sizes and times are only compared with each other, never with our clock: a file server has a clock of its own.
"""

from collections.abc import Mapping

from tasks.sources.discover import discover
from warehouse.home import Home

Look = Mapping[str, tuple[int, int, int]]
"""Size, time of the last change (ns) and file number by source_uri, as the file system has them at a moment."""


def look(home: Home) -> Look:
    """What lies in the inbox now; files with the names of unfinished copies do not count."""
    seen = {}
    for found in discover((), home):
        try:
            status = (home.root / found.source_uri).stat()
        except OSError:
            # Taken away since it was listed, or not ours to read: the run will say so.
            continue
        seen[found.source_uri] = (status.st_size, status.st_mtime_ns, status.st_ino)
    return seen


def restless(before: Look, after: Look) -> frozenset[str]:
    """The files that are new or changed since the look before, or are gone."""
    return frozenset(uri for uri in before.keys() | after.keys() if before.get(uri) != after.get(uri))
