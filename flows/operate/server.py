"""The Prefect server as a child process: `python -m flows.operate.server SOCKET [temporary]`.

Its settings come from the environment, its listening socket from the parent: the port is taken once, before anything is
started, and stays taken while the server is started again.
"""

import os
import socket
import sys
from typing import TYPE_CHECKING, Any

from flows.operate.garbage import collect_aside
from flows.operate.lifeline import end_with

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

# Seconds that open connections (a browser's, the runner's) may keep a server that is told to stop.
_GRACE_SECONDS = 2


class SameOriginOnly:
    """Tells the browser to load nothing from other hosts: the block catalogue would fetch its logos from a CDN."""

    def __init__(self, app: "ASGIApp", api_url: str | None) -> None:
        self._app = app
        own = "'self'" if not api_url or api_url.startswith("/") else f"'self' {api_url.removesuffix('/api')}"
        self._policy = (
            f"default-src 'self' data: blob: 'unsafe-inline' 'unsafe-eval'; connect-src {own}; frame-ancestors 'self'"
        ).encode()

    async def __call__(self, scope: "Scope", receive: "Receive", send: "Send") -> None:
        async def send_with_policy(message: "Message") -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message.get("headers", ()), (b"content-security-policy", self._policy)]
            await send(message)

        await self._app(scope, receive, send_with_policy if scope["type"] == "http" else send)


def main(handle: int, *, temporary: bool) -> None:
    """Serve until told to stop; a temporary server has no UI and no services but those that record a run."""
    end_with(os.getppid())
    import uvicorn
    from prefect.server.api.server import create_app
    from prefect.settings import get_current_settings

    import flows.operate.messages  # noqa: F401 - registers the block that sends messages

    application: Any = create_app(ephemeral=temporary, final=True)
    application.add_middleware(SameOriginOnly, api_url=get_current_settings().server.ui.api_url)
    config = uvicorn.Config(application, log_level="error", timeout_graceful_shutdown=_GRACE_SECONDS)
    collect_aside()
    uvicorn.Server(config).run(sockets=[socket.socket(fileno=handle)])


if __name__ == "__main__":
    main(int(sys.argv[1]), temporary="temporary" in sys.argv[2:])
