"""The page that is sent says that it is Swedish and asks nothing of other hosts; its files are our own."""

from __future__ import annotations

import asyncio
import re
from typing import Any

import httpx
import pytest

from assistant.ui.page import POLICY, SwedishPage, asset, swedish

GRADIO = """<!doctype html>
<html
	lang="en"
>
	<head>
		<meta charset="utf-8" />
		<meta
			property="og:image"
			content="https://outside.example/header.jpg"
		/>
		<meta name="twitter:creator" content="@x" />
		<script>
			(() => {
				const root = "";
				script.src = `${rootPath}/static/js/iframeResizer.contentWindow.min.js`;
			})();
		</script>
		<link rel="manifest" href="/manifest.json" />
		<script type="module" src="./assets/index.js"></script>
	</head>
	<body></body></html>"""


def test_the_page_is_swedish_and_names_no_other_host() -> None:
    made = swedish(GRADIO)
    assert 'lang="sv"' in made and 'lang="en"' not in made
    assert not re.search(r"https?://", made)
    assert "manifest" not in made and "iframeResizer" not in made
    assert './assets/index.js"></script>' in made


def test_our_own_files_come_before_gradios() -> None:
    made = swedish(GRADIO)
    assert made.index("sida/page.js?v=") < made.index("assets/index.js")
    assert re.search(r'href="\./sida/theme\.css\?v=[0-9a-f]{10}"', made)
    assert "<title>Uppföljningsassistenten</title>" in made


def test_only_our_own_files_are_given_out() -> None:
    assert asset("theme.css").startswith(b"/*")
    for name in ("page.py", "../page.py", "missing.css", "static/theme.css"):
        with pytest.raises(FileNotFoundError):
            asset(name)


def test_our_files_name_no_other_host() -> None:
    for name in ("theme.css", "page.js"):
        assert not re.search(rb"https?://|@import", asset(name)), name


async def _application(scope: dict[str, Any], receive: Any, send: Any) -> None:
    kind = b"text/html; charset=utf-8" if scope["path"] == "/" else b"text/plain"
    body = GRADIO.encode() if scope["path"] == "/" else b"en"
    asked = dict(scope["headers"]).get(b"accept-encoding", b"")
    await send({"type": "http.response.start", "status": 200, "headers": [(b"content-type", kind), (b"x-asked", asked)]})
    await send({"type": "http.response.body", "body": body[:50], "more_body": True})
    await send({"type": "http.response.body", "body": body[50:]})


def get(path: str) -> httpx.Response:
    """The answer of the layer around a small application."""

    async def ask() -> httpx.Response:
        transport = httpx.ASGITransport(app=SwedishPage(_application))  # type: ignore[arg-type]
        async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1") as client:
            return await client.get(path)

    return asyncio.run(ask())


def test_the_layer_changes_the_first_page_and_guards_every_answer() -> None:
    first, other = get("/"), get("/other")
    assert 'lang="sv"' in first.text and int(first.headers["content-length"]) == len(first.content)
    assert first.headers["x-asked"] == ""
    assert other.text == "en" and other.headers["x-asked"]
    for answer in (first, other):
        assert answer.headers["content-security-policy"] == POLICY
        assert answer.headers["x-content-type-options"] == "nosniff"


def test_the_policy_allows_no_other_host() -> None:
    sources = {word for part in POLICY.split(";") for word in part.split()[1:]}
    assert sources <= {"'self'", "'unsafe-inline'", "'unsafe-eval'", "'none'", "data:", "blob:"}
