"""Files for the browser: our own style and script, the originals of reports, drafts as documents."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.ui.page import ASSETS, asset

if TYPE_CHECKING:
    from fastapi import FastAPI

    from assistant.ui.desk import Desk

_KINDS = {
    "css": "text/css; charset=utf-8",
    "js": "text/javascript; charset=utf-8",
    "svg": "image/svg+xml",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
    "md": "text/markdown; charset=utf-8",
}
_DOCUMENTS = ("docx", "xlsx", "csv", "md")
_YEAR_SECONDS = 365 * 24 * 3600


def add_routes(application: FastAPI, desk: Desk) -> None:
    """The addresses below ``/sida``."""
    assistant = desk.assistant
    from fastapi.responses import Response

    def saved_as(data: bytes, name: str, kind: str = "application/octet-stream") -> Response:
        from urllib.parse import quote

        # Always as a file to save: nothing that a report contains is opened as a page of ours.
        headers = {"content-disposition": f"attachment; filename*=UTF-8''{quote(name)}"}
        return Response(data, media_type=kind, headers=headers)

    def missing(text: str) -> Response:
        return Response(text, status_code=404, media_type="text/plain; charset=utf-8")

    def own_file(name: str) -> Response:
        try:
            data = asset(name)
        except FileNotFoundError:
            return missing("Filen finns inte.")
        return Response(
            data, media_type=_KINDS[name.rpartition(".")[2]], headers={"cache-control": f"max-age={_YEAR_SECONDS}, immutable"}
        )

    def original(report_id: str) -> Response:
        from index.errors import LibraryError

        try:
            row = next((row for row in assistant.reports(all_versions=True) if row.id == report_id), None)
            return (
                saved_as(assistant.library.original(report_id), row.source_name)
                if row
                else missing("Rapporten finns inte i biblioteket längre.")
            )
        except LibraryError as error:
            return missing(str(error))

    def written(write: Callable[[Path], object], name: str, format: str) -> Response:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / f"utkast.{format}"
            write(path)
            return saved_as(path.read_bytes(), f"{name}.{format}".replace(":", "."), _KINDS[format])

    def draft(punkt: str, ar: int, version: int, format: str = "docx", kallor: int = 0) -> Response:
        found = next((v.draft for v in assistant.library.drafts(punkt, ar) if v.version == version), None)
        if found is None or format not in _DOCUMENTS:
            return missing("Den versionen finns inte i biblioteket.")
        name = f"utkast {found.item.kind} {found.item.code} {ar}, version {version}"
        return written(lambda path: assistant.export(found, path, sources=bool(kallor)), name, format)

    def made(key: str) -> Response:
        found = desk.shelf.get(key)
        if found is None:
            return missing("Filen finns inte kvar. Hämta den på nytt under fliken Översikt.")
        return saved_as(found.data, found.name, _KINDS[found.name.rpartition(".")[2]])

    def page_picture(report_id: str, page: int) -> Response:
        from assistant.ui.page_image import png

        row = next(
            (row for row in assistant.reports(all_versions=True) if row.id == report_id and row.source_format == "pdf"), None
        )
        try:
            data = png(assistant.library.original(report_id), page) if row else b""
        except IndexError:
            data = b""
        return (
            Response(data, media_type="image/png", headers={"cache-control": "private, max-age=3600"})
            if data
            else missing("Sidan finns inte.")
        )

    application.add_api_route(f"{ASSETS}/original/{{report_id:path}}", original, methods=["GET"], response_model=None)
    application.add_api_route(f"{ASSETS}/sidbild/{{report_id}}/{{page}}", page_picture, methods=["GET"], response_model=None)
    application.add_api_route(f"{ASSETS}/fil/{{key}}", made, methods=["GET"], response_model=None)
    application.add_api_route(f"{ASSETS}/utkast", draft, methods=["GET"], response_model=None)
    application.add_api_route(f"{ASSETS}/{{name}}", own_file, methods=["GET"], response_model=None)
