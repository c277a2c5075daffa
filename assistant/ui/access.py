"""Who may see the page: anyone on this machine; from other machines who knows the password, or whom a reverse proxy vouches for.

An ASGI layer around the whole page, its files and downloads included. It also says to the handlers who it is. Sessions are kept in
memory and end with the program. Knows nothing of what the page shows.
"""

from __future__ import annotations

import asyncio
import hmac
import secrets
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from ipaddress import ip_address
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, quote, unquote

from assistant.person import account
from assistant.ui.errors import OpenToAll, PageError
from assistant.ui.events import USER_HEADER
from assistant.ui.markup import render

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Receive, Scope, Send

PASSWORD_VARIABLE = "ASSISTANT_PASSWORD"
COOKIE = "assistant_session"
SESSION_SECONDS = 12 * 3600
SHORTEST = 8
"""Characters that a password has at least."""

_LOCAL_NAMES = frozenset({"localhost", "127.0.0.1", "[::1]", "::1"})
_FORM_LIMIT = 10_000


def is_loopback(host: str) -> bool:
    """Whether only this machine reaches what listens on ``host``."""
    if host in _LOCAL_NAMES:
        return True
    try:
        return ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


@dataclass(frozen=True, slots=True)
class Access:
    """The rule: ``password`` and ``user_header`` are None where they are not used; ``local`` where only this machine is let in."""

    local: bool
    password: str | None = field(default=None, repr=False)
    user_header: str | None = None

    @classmethod
    def choose(cls, host: str, *, password_file: Path | None, user_header: str | None, environment: Mapping[str, str]) -> Access:
        """The rule for a page on ``host``.

        Raises:
            OpenToAll: ``host`` is reached from other machines, and nothing says who may see the page.
            PageError: the password file cannot be read, or the password is too short.
        """
        password = environment.get(PASSWORD_VARIABLE) or None
        if password_file is not None:
            try:
                password = password_file.read_text(encoding="utf-8").strip()
            except (OSError, UnicodeDecodeError) as error:
                raise PageError(
                    f"Lösenordsfilen {password_file} går inte att läsa. Ange en textfil med lösenordet på en rad."
                ) from error
        if password is not None and len(password) < SHORTEST:
            raise PageError(f"Lösenordet har {len(password)} tecken. Välj ett med minst {SHORTEST}.")
        local = is_loopback(host)
        if not local and password is None and not user_header:
            raise OpenToAll(
                f"Adressen {host} kan nås från andra datorer, men inget säger vem som får se sidan. Ange --password-file FIL, sätt "
                f"{PASSWORD_VARIABLE}, eller låt en omvänd proxy logga in användarna och ange dess rubrik med --user-header."
            )
        return cls(local, password, user_header or None)


class Gate:
    """The ASGI layer that keeps to an ``Access``."""

    def __init__(self, app: ASGIApp, access: Access) -> None:
        self._app = app
        self._access = access
        self._header = access.user_header.lower().encode("latin-1") if access.user_header else None
        self._sessions: dict[str, tuple[str, float]] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in ("http", "websocket"):
            await self._app(scope, receive, send)
            return
        headers = {name: value for name, value in scope["headers"] if name != USER_HEADER.encode()}
        if (
            self._access.local
            and not self._access.password
            and not self._header
            and not _names_this_machine(headers.get(b"host", b""))
        ):
            # Another site's page may point its own name at 127.0.0.1 and read what it gets: only our own names are answered.
            await _answer(
                send, 403, render("notice.html", heading="Fel adress", text="Öppna sidan på http://127.0.0.1 och porten.")
            )
            return
        user = self._user(headers)
        if user is None:
            await self._let_in(scope, receive, send)
            return
        headers_in = [(name, value) for name, value in scope["headers"] if name != USER_HEADER.encode()]
        await self._app({**scope, "headers": [*headers_in, (USER_HEADER.encode(), quote(user).encode())]}, receive, send)

    def _user(self, headers: Mapping[bytes, bytes]) -> str | None:
        """The name of who asks ("" where none is known); None who may not."""
        if self._header is not None:
            named = headers.get(self._header, b"").decode("utf-8", "replace").strip()
            return named or None
        if self._access.password is None:
            return account()  # only this machine is let in: it is the one who started the program
        cookie: SimpleCookie = SimpleCookie()
        cookie.load(headers.get(b"cookie", b"").decode("latin-1"))
        name, ends = self._sessions.get(cookie[COOKIE].value, ("", 0.0)) if COOKIE in cookie else ("", 0.0)
        return name if ends > time.monotonic() else None

    async def _let_in(self, scope: Scope, receive: Receive, send: Send) -> None:
        """The log-in form, and what it sends."""
        if self._header is not None:
            text = "Sidan nås genom kommunens inloggning. Öppna den adress som du har fått, inte servern direkt."
            await _answer(send, 401, render("notice.html", heading="Inte inloggad", text=text))
            return
        root = str(scope.get("root_path", ""))
        if scope["type"] == "http" and scope["method"] == "POST" and scope["path"].endswith("/logga-in"):
            fields = parse_qs((await _body(receive)).decode("utf-8", "replace"))
            given = fields.get("losenord", [""])[0]
            if self._access.password and hmac.compare_digest(given.encode(), self._access.password.encode()):
                token, now = secrets.token_urlsafe(32), time.monotonic()
                self._sessions = {key: value for key, value in self._sessions.items() if value[1] > now}
                self._sessions[token] = (fields.get("namn", [""])[0].strip()[:80], now + SESSION_SECONDS)
                secure = "; Secure" if scope.get("scheme") == "https" else ""
                cookie = f"{COOKIE}={token}; Path={root or '/'}; HttpOnly; SameSite=Lax; Max-Age={SESSION_SECONDS}{secure}"
                await _answer(send, 303, "", [(b"location", f"{root}/".encode()), (b"set-cookie", cookie.encode())])
                return
            await asyncio.sleep(1.0)  # guessing takes time
            await _answer(send, 401, render("login.html", wrong=True, root=root))
            return
        page = scope["type"] == "http" and scope["method"] == "GET" and scope["path"] in ("", "/")
        await _answer(send, 200 if page else 401, render("login.html", wrong=False, root=root))


def _names_this_machine(host: bytes) -> bool:
    name = unquote(host.decode("latin-1"))
    return (name if name in _LOCAL_NAMES else name.rsplit(":", 1)[0]) in _LOCAL_NAMES or is_loopback(name.rsplit(":", 1)[0])


async def _body(receive: Receive) -> bytes:
    body = bytearray()
    while True:
        message = await receive()
        body += message.get("body", b"")
        if not message.get("more_body") or len(body) > _FORM_LIMIT:
            return bytes(body[:_FORM_LIMIT])


async def _answer(send: Send, status: int, html: str, headers: list[tuple[bytes, bytes]] | None = None) -> None:
    body = html.encode()
    kinds = [
        (b"content-type", b"text/html; charset=utf-8"),
        (b"content-length", str(len(body)).encode()),
        (b"cache-control", b"no-store"),
    ]
    await send({"type": "http.response.start", "status": status, "headers": [*kinds, *(headers or [])]})
    await send({"type": "http.response.body", "body": body})
