"""One issue on its way through the stages: plain function calls, no Prefect."""

import logging

from tasks.clean.issue import clean_issue
from tasks.extract.issue import read_issue
from tasks.load.run import Reject
from tasks.read.document import read_document
from tasks.read.sidecar import read_sidecar
from tasks.records import IssueFiles, ReadIssue
from warehouse.home import Home
from warehouse.zones import own_zones

_log = logging.getLogger("jianbao.document")


def read_file(file: IssueFiles, home: Home) -> ReadIssue | Reject:
    """Read, clean and extract an issue of the raw store; what cannot be read comes back as a reject."""
    stage = "read"
    try:
        documents = tuple(read_document(page, home.root) for page in file.files)
        sidecar = read_sidecar(file.sidecar, home.root) if file.sidecar else None
        stage = "clean"
        clean = clean_issue(documents, sidecar)
        stage = "extract"
        return read_issue(clean, own_zones(home.zones))
    except Exception as error:  # noqa: BLE001 - one bad document must not stop the others; nothing is swallowed
        reject = Reject.of(file, error, stage)
        # The traceback is for whoever opens the run's page; the quarantine keeps the sentence.
        _log.warning("quarantined at %s: %s", reject.stage, reject.message, exc_info=reject.is_fault)
        return reject
