"""The web server of the page: takes the port first, says the address at once, then builds the page and answers.

The port is taken before anything heavy is imported, so that a browser which opens the address waits for the page instead of being turned away.
Knows nothing of what the page shows.
"""

from __future__ import annotations

import asyncio
import errno
import os
import socket
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from assistant.ui.access import Access, Gate
from assistant.ui.desk import Desk
from assistant.ui.errors import PageError, PortTaken
from assistant.ui.events import FOR_PEOPLE

if TYPE_CHECKING:
    from fastapi import FastAPI
    from uvicorn import Server

    from assistant.app import Assistant


_PATIENCE = 10.0
"""Seconds to wait for what is still at work when the page is closed."""


def take_port(host: str, port: int) -> socket.socket:
    """A socket that listens on ``host`` and ``port`` (0: any free one); a browser may connect at once, and waits.

    Raises:
        PortTaken: something else listens there.
        PageError: the address is none of this machine's, or the port may not be used.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listening = socket.socket(family, socket.SOCK_STREAM)
    if os.name == "nt":
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_EXCLUSIVEADDRUSE, 1)  # type: ignore[attr-defined,unused-ignore]
    else:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((host.strip("[]"), port))
        listening.listen(128)
    except (OSError, OverflowError) as error:
        listening.close()
        raise _why(error, host, port) from error
    return listening


def _why(error: Exception, host: str, port: int) -> PageError:
    number = getattr(error, "errno", None)
    if number in (errno.EADDRINUSE, getattr(errno, "WSAEADDRINUSE", errno.EADDRINUSE)):
        other = port + 1 if port < 65535 else 7860
        return PortTaken(
            f"Port {port} på {host} används redan, kanske av en sida som redan är öppen. Välj en annan port med --port, t.ex. --port {other}."
        )
    if number in (errno.EACCES, errno.EPERM):
        return PageError(f"Port {port} får inte användas av det här kontot. Välj en port över 1023 med --port.")
    if isinstance(error, OverflowError):
        return PageError(f"Port {port} finns inte. Välj en mellan 1 och 65535 med --port.")
    return PageError(f"Adressen {host} hör inte till den här datorn. Ange en annan med --host, t.ex. 127.0.0.1.")


def address_of(listening: socket.socket) -> str:
    """The address to open in a browser."""
    host, port = listening.getsockname()[:2]
    shown = {"0.0.0.0": socket.gethostname(), "::": socket.gethostname()}.get(host, f"[{host}]" if ":" in host else host)
    return f"http://{shown}:{port}"


def web_application(desk: Desk, access: Access) -> FastAPI:
    """The whole page as an ASGI application: gate, Swedish page, our own files, Gradio."""
    from assistant.ui.quick_start import import_gradio

    import_gradio()

    async def built() -> FastAPI:
        return _put_together(desk, access)

    # Inside a running event loop: where there is none Gradio makes some of its own, and never closes them. In a thread of its own, because
    # the caller's may be running one already.
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, built()).result()


def _put_together(desk: Desk, access: Access) -> FastAPI:
    import gradio
    from fastapi import FastAPI

    from assistant.ui.app import build, theme
    from assistant.ui.downloads import add_routes
    from assistant.ui.page import SwedishPage
    from assistant.ui.wording import i18n

    application = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)
    add_routes(application, desk)
    gradio.mount_gradio_app(
        application,
        build(desk),
        path="/",
        footer_links=[],
        run_history=False,
        ssr_mode=False,
        enable_monitoring=False,
        pwa=False,
        mcp_server=False,
        show_error=True,
        max_file_size="100mb",
        theme=theme(),
        i18n=i18n(),
    )
    application.add_middleware(SwedishPage)
    application.add_middleware(Gate, access=access)
    return application


def launch(
    open_assistant: Callable[[], Assistant],
    *,
    host: str = "127.0.0.1",
    port: int = 7860,
    access: Access | None = None,
    current_year: int | None = None,
    say: Callable[[str], None] = print,
) -> None:
    """Serve the page until it is interrupted (Ctrl+C).

    ``open_assistant`` is called once the port is ours; ``say`` is told the address, one sentence, and that the page is closed.

    Raises:
        PortTaken, PageError: why the address cannot be used.
        OpenToAll: ``host`` is reached from other machines and no ``access`` is given.
    """
    access = access or Access.choose(host, password_file=None, user_header=None, environment=os.environ)
    with take_port(host, port) as listening:
        say(f"Sidan öppnas på {address_of(listening)} – stäng med Ctrl+C.")
        with open_assistant() as assistant:
            desk = Desk(assistant, current_year)
            server = _server(web_application(desk, access))
            warming = warm_up(desk)
            with suppress(KeyboardInterrupt):
                server.run(sockets=[listening])
            warming.join(_PATIENCE)  # it may be at work in the library that is closed now
            say("Sidan är stängd.")


@contextmanager
def serving(assistant: Assistant, *, port: int = 0, access: Access | None = None, current_year: int | None = None) -> Iterator[str]:
    """The page served from a thread for as long as the block lasts; gives its address."""
    with take_port("127.0.0.1", port) as listening:
        server = _server(web_application(Desk(assistant, current_year), access or Access(local=True)))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
        thread.start()
        try:
            yield address_of(listening)
        finally:
            server.should_exit = True
            thread.join(20)


def warm_up(desk: Desk) -> threading.Thread:
    """Make the example questions beside the page, which loads what the first question needs: the page need not wait for it."""

    def work() -> None:
        with suppress(*FOR_PEOPLE):  # said where it matters, when something is asked
            desk.examples()

    thread = threading.Thread(target=work, name="warm-up", daemon=True)
    thread.start()
    return thread


def _server(application: FastAPI) -> Server:
    import uvicorn

    return uvicorn.Server(
        uvicorn.Config(application, log_level="warning", access_log=False, timeout_graceful_shutdown=1, lifespan="on")
    )


__all__ = ["address_of", "launch", "serving", "take_port", "warm_up", "web_application"]
