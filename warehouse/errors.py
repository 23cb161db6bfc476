"""The root of the error tree, and the errors of the place itself.

Whether something is tried again is asked of the class, never of the message. A message is a sentence for the person who
runs jianbao: it names the thing, says what was wrong and what to do.
"""

from typing import ClassVar


class JianbaoError(Exception):
    """Anything that jianbao itself reports; `exit_code` is what the command line ends with."""

    exit_code: ClassVar[int] = 1


class TransientError(JianbaoError):
    """May pass by itself: worth another try later."""


class TerminalError(JianbaoError):
    """Stays as it is until somebody changes something: never retried by itself."""


class BusyError(TransientError):
    """Another process is loading into the same home."""

    exit_code = 4


class HomeError(TerminalError):
    """The home, or the catalog in it, cannot be used."""

    exit_code = 5


class NoCatalogError(HomeError):
    """Nothing was ever loaded into this home."""


class HomeFileError(HomeError):
    """A file that people keep in the home (zones.csv, corrections.yml) cannot be used as it is."""
