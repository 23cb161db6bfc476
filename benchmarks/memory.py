"""The most memory that this process has held."""

import resource
import sys
from pathlib import Path
from typing import Final

_KILO: Final = 1024
_MOST: Final = "VmHWM:"


def peak_kibibytes() -> int:
    """Of this program alone: `getrusage` begins, on Linux, with the peak of the process that started it."""
    status = Path("/proc/self/status")
    if status.exists():
        told = next(line for line in status.read_text(encoding="ascii").splitlines() if line.startswith(_MOST))
        return int(told.split()[1])
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most // _KILO if sys.platform == "darwin" else most
