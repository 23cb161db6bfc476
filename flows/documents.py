"""One file on its way through the stages: plain function calls, no Prefect."""

import logging

from tasks.clean.issue import clean_issue
from tasks.extract.issue import read_issue
from tasks.load.run import Reject
from tasks.read.text import read_document
from tasks.records import Fetched, ReadIssue
from warehouse.home import Home

_log = logging.getLogger("jianbao.document")


def read_file(file: Fetched, home: Home) -> ReadIssue | Reject:
    """Read, clean and extract a file of the raw store; what cannot be read comes back as a reject, and never raises."""
    stage = "read"
    try:
        document = read_document(file, home.root)
        stage = "clean"
        clean = clean_issue((document,))
        stage = "extract"
        return read_issue(clean)
    except Exception as error:  # noqa: BLE001 - one bad document must not stop the others; nothing is swallowed
        reject = Reject.of(file, error, stage)
        # The traceback is for whoever opens the run's page; the quarantine keeps the sentence.
        _log.warning("quarantined at %s: %s", reject.stage, reject.message, exc_info=reject.is_fault)
        return reject
