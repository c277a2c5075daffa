"""Who is let in: this machine under its own name, who knows the password, whom the proxy vouches for; and no one else."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import httpx
import pytest

from assistant.person import account
from assistant.ui.access import Access, Gate, is_loopback
from assistant.ui.errors import OpenToAll, PageError


async def _application(scope: dict[str, Any], receive: Any, send: Any) -> None:
    """Answers with who the gate says is asking."""
    named = [value for name, value in scope["headers"] if name == b"x-assistant-user"]
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": b"|".join(named)})


def talk(access: Access, *requests: tuple[str, str, dict[str, Any]], base: str = "http://127.0.0.1:7860") -> list[httpx.Response]:
    """The gate's answers to requests made one after the other by one browser."""

    async def ask() -> list[httpx.Response]:
        transport = httpx.ASGITransport(app=Gate(_application, access))  # type: ignore[arg-type]
        async with httpx.AsyncClient(transport=transport, base_url=base) as client:
            return [await client.request(method, path, **rest) for method, path, rest in requests]

    return asyncio.run(ask())


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "::1", "127.0.0.5", "[::1]"])
def test_this_machine_needs_no_password(host: str) -> None:
    assert is_loopback(host)
    assert Access.choose(host, password_file=None, user_header=None, environment={}) == Access(local=True)


@pytest.mark.parametrize("host", ["0.0.0.0", "192.168.1.5", "::", "server.kommun.se"])
def test_other_machines_are_not_let_in_without_a_rule(host: str) -> None:
    with pytest.raises(OpenToAll, match="--password-file"):
        Access.choose(host, password_file=None, user_header=None, environment={})


def test_a_password_comes_from_a_file_or_the_environment(tmp_path: Path) -> None:
    file = tmp_path / "lösenord"
    file.write_text("  en lång fras \n", encoding="utf-8")
    assert Access.choose("0.0.0.0", password_file=file, user_header=None, environment={}).password == "en lång fras"
    assert Access.choose(
        "0.0.0.0", password_file=None, user_header=None, environment={"ASSISTANT_PASSWORD": "en lång fras"}
    ).password
    assert "lång" not in repr(Access.choose("0.0.0.0", password_file=file, user_header=None, environment={}))


def test_a_short_password_and_a_missing_file_are_refused(tmp_path: Path) -> None:
    with pytest.raises(PageError, match="minst 8"):
        Access.choose("0.0.0.0", password_file=None, user_header=None, environment={"ASSISTANT_PASSWORD": "kort"})
    with pytest.raises(PageError, match="går inte att läsa"):
        Access.choose("0.0.0.0", password_file=tmp_path / "ingen", user_header=None, environment={})


def test_another_sites_name_for_this_machine_is_turned_away() -> None:
    """A page elsewhere may point its name at 127.0.0.1; its requests carry that name."""
    ours, theirs = (
        talk(Access(local=True), ("GET", "/", {}), base=base)[0] for base in ("http://localhost:7860", "http://evil.example:7860")
    )
    assert ours.status_code == 200 and theirs.status_code == 403
    assert "127.0.0.1" in theirs.text


def test_the_password_opens_the_page_for_one_browser() -> None:
    access = Access(local=False, password="rätt lösenord")
    first, wrong, right, inside = talk(
        access,
        ("GET", "/", {}),
        ("POST", "/logga-in", {"data": {"losenord": "fel lösenord", "namn": "Åsa"}}),
        ("POST", "/logga-in", {"data": {"losenord": "rätt lösenord", "namn": "Åsa Öberg"}}),
        ("GET", "/gradio_api/x", {}),
    )
    assert 'type="password"' in first.text and '<html lang="sv">' in first.text
    assert wrong.status_code == 401 and "Fel lösenord" in wrong.text and "set-cookie" not in wrong.headers
    assert right.status_code == 303 and "HttpOnly" in right.headers["set-cookie"] and "SameSite=Lax" in right.headers["set-cookie"]
    assert inside.status_code == 200 and unquote(inside.text) == "Åsa Öberg"


def test_nothing_is_given_out_before_the_password() -> None:
    for answer in talk(
        Access(local=False, password="rätt lösenord"), ("GET", "/sida/original/x", {}), ("POST", "/gradio_api/queue/join", {})
    ):
        assert answer.status_code == 401


def test_a_made_up_session_is_no_session() -> None:
    (answer,) = talk(
        Access(local=False, password="rätt lösenord"), ("GET", "/x", {"headers": {"cookie": "assistant_session=påhittad".encode()}})
    )
    assert answer.status_code == 401


def test_the_proxy_says_who_it_is_and_no_one_else_can() -> None:
    access = Access(local=False, user_header="X-Remote-User")
    named, unnamed, forged = talk(
        access,
        ("GET", "/", {"headers": {"X-Remote-User": "asa"}}),
        ("GET", "/", {}),
        ("GET", "/", {"headers": {"X-Remote-User": "asa", "X-Assistant-User": "chefen"}}),
    )
    assert named.text == "asa" and forged.text == "asa"
    assert unnamed.status_code == 401
    (local,) = talk(Access(local=True), ("GET", "/", {"headers": {"X-Assistant-User": "chefen"}}))
    assert local.text == account()  # who started the program, whatever the request says
