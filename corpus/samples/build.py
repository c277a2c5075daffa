"""Makes the committed sample files out of their sources: ``python -m corpus.samples.build [FOLDER]``.

The same sources give the same bytes. Needs reportlab and python-docx, which only those who change the samples must have.
"""

from __future__ import annotations

import sys
from pathlib import Path

from corpus.samples.contents import SampleReport, load

FORMATS = ("txt", "pdf", "docx")


def render(report: SampleReport, format: str) -> bytes:
    """One sample report as the bytes of a file. Raises ValueError on an unknown format."""
    if format == "txt":
        from corpus.samples import text_form

        return text_form.render(report).encode("utf-8")
    if format == "pdf":
        from corpus.samples import pdf_form

        return pdf_form.render(report)
    if format == "docx":
        from corpus.samples import docx_form

        return docx_form.render(report)
    raise ValueError(f"no form for {format!r}")


def build(folder: Path, reports: tuple[SampleReport, ...] | None = None) -> list[Path]:
    """Writes every sample report in every format to ``folder`` and gives the paths; files of reports that are no more are

    removed.
    """
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for report in load() if reports is None else reports:
        for format in FORMATS:
            path = folder / f"{report.stem}.{format}"
            unfinished = path.with_suffix(f".{format}.part")
            unfinished.write_bytes(render(report, format))
            unfinished.replace(path)
            written.append(path)
    for format in FORMATS:
        for path in set(folder.glob(f"*.{format}")) - set(written):
            path.unlink()
    return written


def main(arguments: list[str]) -> int:
    """The command: builds into the package's own folder, or into the one named."""
    folder = Path(arguments[0]) if arguments else Path(__file__).parent / "files"
    for path in build(folder):
        print(f"{path.name}: {path.stat().st_size} byte")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
