"""`explainbot demo --serve`: the support desk's web page, on the local model or on the server that was named."""

from __future__ import annotations

import socket
from contextlib import suppress

from explainbot.demo.desk import desk
from explainbot.demo.local import LocalServer
from explainbot.errors import ConfigError

__all__ = ["serve"]


def serve(server: LocalServer, api_key: str, port: int) -> int:
    """Serve the page on 127.0.0.1 until Ctrl-C; returns 0.

    Args:
        server: where the model is.
        api_key: for that server.
        port: where to listen; 0 takes any free port.

    Raises:
        ConfigError: fastapi or uvicorn is missing, or the port is taken.
    """
    try:
        import uvicorn

        create_app = desk("app").create_app
    except ImportError as error:
        raise ConfigError(f"the web desk needs {error.name}; pip install 'explainbot[demo]'") from None
    from explainbot import AsyncOpenAI

    client = AsyncOpenAI(base_url=server.base_url, api_key=api_key)
    app = create_app(client, server.model, small=server.small)
    with _listen(port) as listener:
        address, at = listener.getsockname()[:2]
        print(
            f"The support desk of Larkwheel: http://{address}:{at}/\nModel: {server.kind}.\nCtrl-C stops it.",
            flush=True,
        )
        with suppress(KeyboardInterrupt):  # uvicorn raises it again once it has shut down
            uvicorn.Server(uvicorn.Config(app, log_level="warning", lifespan="on")).run(sockets=[listener])
    return 0


def _listen(port: int) -> socket.socket:
    try:
        return socket.create_server(("127.0.0.1", port))
    except OSError as error:
        raise ConfigError(f"port {port} cannot be used ({error.strerror}); choose another with --port") from None
