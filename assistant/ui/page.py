"""What is done to the page before it is sent: Swedish as its language, our own style and script in its head, nothing from outside.

An ASGI layer around Gradio's application. Gradio's page says ``lang="en"``, names pictures on outside hosts for social media and puts
extra head elements in late; here the first page is right as it arrives. Every answer also gets headers that forbid the browser to ask any other
host for anything, whatever a report contains.
"""

from __future__ import annotations

import re
from hashlib import sha256
from importlib.resources import files
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

TITLE = "Uppföljningsassistenten"
ASSETS = "/sida"
"""The folder, as the browser sees it, of our own style, script and downloads."""

# Gradio compiles its templates with Function() and styles its widgets inline; what matters here is that nothing but 'self' is asked.
POLICY = (
    "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval' blob:; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; "
    "font-src 'self' data:; connect-src 'self'; worker-src 'self' blob:; object-src 'none'; base-uri 'self'; form-action 'self'; "
    "frame-ancestors 'none'"
)
_HEADERS = [
    (b"content-security-policy", POLICY.encode()),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"same-origin"),
]
_OUTSIDE = re.compile(r"\s*<meta\s+(?:property|name)=\"(?:og|twitter):[^>]*?/?>", re.DOTALL)
_MANIFEST = re.compile(r"\s*<link rel=\"manifest\"[^>]*>")
_FRAMES = re.compile(r"\s*<script>\s*\(\(\) => \{\s*const root = .*?iframeResizer\.contentWindow.*?</script>", re.DOTALL)


def asset(name: str) -> bytes:
    """The bytes of one of our own files for the browser. Raises FileNotFoundError on another name."""
    entry = files("assistant.ui").joinpath("static", name)
    if "/" in name or not entry.is_file():
        raise FileNotFoundError(name)
    return entry.read_bytes()


def swedish(html: str) -> str:
    """Gradio's first page made ours."""
    html = _OUTSIDE.sub("", html)
    html = _MANIFEST.sub("", html)
    html = _FRAMES.sub("", html)  # a script for pages shown inside another page's frame, which ours never is
    html = html.replace('lang="en"', 'lang="sv"', 1)
    return html.replace("<head>", f"<head>\n{_head()}", 1)


def _head() -> str:
    """Elements that must stand before Gradio's own: the script that says which language the browser reads, style, icon, title."""
    return (
        f"<title>{TITLE}</title>\n"
        f'<link rel="icon" type="image/svg+xml" href=".{ASSETS}/{_versioned("icon.svg")}">\n'
        f'<link rel="stylesheet" href=".{ASSETS}/{_versioned("theme.css")}">\n'
        f'<script src=".{ASSETS}/{_versioned("page.js")}"></script>\n'
    )


def _versioned(name: str) -> str:
    """The file with a mark of its content, so that a browser keeps it until it changes."""
    return f"{name}?v={sha256(asset(name)).hexdigest()[:10]}"


class SwedishPage:
    """The ASGI layer."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        if scope["path"] not in ("", "/"):
            await self._app(scope, receive, _with_headers(send))
            return
        # Uncompressed, so that it can be changed; the page itself is a few tens of kilobytes.
        plain = [(name, value) for name, value in scope["headers"] if name != b"accept-encoding"]
        start: list[Message] = []
        body = bytearray()

        async def gather(message: Message) -> None:
            if message["type"] == "http.response.start":
                start.append(message)
                return
            body.extend(message.get("body", b""))
            if message.get("more_body"):
                return
            headers = dict(start[0]["headers"])
            changed = bytes(body)
            if headers.get(b"content-type", b"").startswith(b"text/html"):
                changed = swedish(changed.decode()).encode()
            kept = [(name, value) for name, value in start[0]["headers"] if name != b"content-length"]
            await send({**start[0], "headers": [*kept, *_HEADERS, (b"content-length", str(len(changed)).encode())]})
            await send({"type": "http.response.body", "body": changed})

        await self._app({**scope, "headers": plain}, receive, gather)


def _with_headers(send: Send) -> Send:
    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            message = {**message, "headers": [*message["headers"], *_HEADERS]}
        await send(message)

    return sending
