"""Prefect's settings, put into the environment before Prefect is imported, and only where the user has not set them.

`PREFECT_API_URL` is the user's: with it a run is reported to that server. Without it a run is reported to the server of
`jianbao up` while that is at work on the same home, else to a server of its own for the length of the run; that listens
on 127.0.0.1 and has its database in the home.
"""

from collections.abc import MutableMapping

from warehouse.home import Home

TAG = "jianbao"
"""Every run of ours has it, by whatever way it was started; automations and the UI know it by that."""

LOGGER = "jianbao"
"""The logger that everything in a run logs to; Prefect forwards it to the run's page."""


def prepare_environment(home: Home, environ: MutableMapping[str, str]) -> None:
    """Fill in the settings that a run needs; nothing of it leaves the machine. The home is prepared already.

    (Prefect makes its own folder, but not the one above it, and then tries to start for as long as it may.)
    """
    for name, value in _settings(home).items():
        environ.setdefault(name, value)


def _settings(home: Home) -> dict[str, str]:
    return {
        "PREFECT_HOME": str(home.prefect),
        # These do not follow PREFECT_HOME when it comes from the environment, and would lie in ~/.prefect.
        "PREFECT_RESULTS_LOCAL_STORAGE_PATH": str(home.prefect / "storage"),
        "PREFECT_SERVER_MEMO_STORE_PATH": str(home.prefect / "memo_store.toml"),
        "PREFECT_SERVER_ALLOW_EPHEMERAL_MODE": "true",
        # The first start migrates a database: 25 s on two cores, more on a slow disk. The default of 20 s is a trap.
        "PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS": "600",
        # The server's heartbeat to sens-o-matic.prefect.io, the client's Amplitude events, the metrics of Cloud.
        "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
        "DO_NOT_TRACK": "1",
        "PREFECT_TELEMETRY_ENABLE_RESOURCE_METRICS": "false",
        "PREFECT_CLOUD_ENABLE_ORCHESTRATION_TELEMETRY": "false",
        # The run's page gets every line from INFO on. The terminal belongs to the command line, which says what went
        # wrong in a sentence of its own; Prefect would add a traceback.
        "PREFECT_LOGGING_EXTRA_LOGGERS": LOGGER,
        "PREFECT_LOGGING_TO_API_WHEN_MISSING_FLOW": "ignore",
        "PREFECT_LOGGING_HANDLERS_CONSOLE_LEVEL": "CRITICAL",
        "PREFECT_SERVER_LOGGING_LEVEL": "CRITICAL",
        "PREFECT_INTERNAL_LOGGING_LEVEL": "CRITICAL",
        # A run that was killed is known by the beats that stay away: see flows.operate.automations.
        "PREFECT_FLOWS_HEARTBEAT_FREQUENCY": str(HEARTBEAT_SECONDS),
    }


HEARTBEAT_SECONDS = 60
"""How often a flow run says that it is alive."""
