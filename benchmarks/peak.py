"""`python -m benchmarks.peak PDF`: peak memory (MiB) of reading a PDF, in a process that holds nothing else.

Prints that of the child that opens the file, and that of the process that keeps the lines.
"""

import resource
import sys
from pathlib import Path

from benchmarks.memory import peak_kibibytes
from tasks.read.pages import read_pdf
from tasks.records import Fetched

_KILO = 1024


def main() -> None:
    """Prints the figures."""
    path = Path(sys.argv[1])
    read_pdf(Fetched(path.as_uri(), path.name, "0" * 64, 1, path.name), path)
    print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // _KILO, peak_kibibytes() // _KILO)


if __name__ == "__main__":
    main()
