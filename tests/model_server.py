"""A server of the OpenAI kind on this machine, for tests of what a model writes: it streams the words that it was given."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

ENDLESS = ("Mer. ",) * 2000


class _Model(BaseHTTPRequestHandler):
    words: Sequence[str] = ()
    pause = 0.0
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        body = json.dumps({"object": "list", "data": [{"id": "liten", "object": "model"}]}).encode()
        self.send_response(200)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["content-length"]))
        self.send_response(200)
        self.send_header("content-type", "text/event-stream")
        self.send_header("connection", "close")
        self.end_headers()
        try:
            for word in self.words:
                self.wfile.write(b"data: " + json.dumps({"choices": [{"index": 0, "delta": {"content": word}}]}).encode() + b"\n\n")
                self.wfile.flush()
                if self.pause:
                    threading.Event().wait(self.pause)
            self.wfile.write(b"data: [DONE]\n\n")
        except OSError:
            pass  # the reader had enough
        self.close_connection = True

    def log_message(self, *args: object) -> None:
        """Quiet."""


@contextmanager
def model_server(words: Sequence[str], *, pause: float = 0.0) -> Iterator[str]:
    """The address of a model that answers everything with ``words``, ``pause`` seconds between two."""
    handler = type("Handler", (_Model,), {"words": tuple(words), "pause": pause})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as running:
        running.daemon_threads = True
        thread = threading.Thread(target=running.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{running.server_address[1]}/v1"
        running.shutdown()
        thread.join()
