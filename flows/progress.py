"""How far a run is: told to a logger, so that the flow knows nothing of terminals."""

import logging

LOGGER = "jianbao.progress"


def report_progress(done: int, total: int) -> None:
    """Say how many files of the backlog are done; whoever shows a bar listens to the logger."""
    logging.getLogger(LOGGER).info("%d of %d files done", done, total, extra={"done": done, "total": total})
