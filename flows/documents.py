"""An issue on its way through the stages: plain function calls, no Prefect."""

import logging

from tasks.clean.issue import clean_issue
from tasks.extract.issue import read_issue
from tasks.load.run import Reject
from tasks.read.text import read_document
from tasks.records import Fetched, ReadIssue
from warehouse.home import Home

_log = logging.getLogger("jianbao.document")


def read_files(files: tuple[Fetched, ...], home: Home) -> ReadIssue | Reject:
    """Read, clean and extract the files of an issue from the raw store.

    What cannot be read comes back as a reject of the file that is at fault (the first one, when it is the issue as a
    whole), and never raises.
    """
    stage, file = "read", files[0]
    try:
        documents = []
        for file in files:
            documents.append(read_document(file, home.root))  # noqa: PERF401 - `file` tells where it stopped
        stage, file = "clean", files[0]
        clean = clean_issue(tuple(documents))
        stage = "extract"
        return read_issue(clean)
    except Exception as error:  # noqa: BLE001 - one bad document must not stop the others; nothing is swallowed
        reject = Reject.of(file, error, stage)
        # The traceback is for whoever opens the run's page; the quarantine keeps the sentence.
        _log.warning("quarantined at %s: %s", reject.stage, reject.message, exc_info=reject.is_fault)
        return reject
