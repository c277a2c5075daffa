"""A small archive for tests of the evaluation: two years of four items whose answers can be worked out by hand."""

from __future__ import annotations

from corpus.parser import parse_report
from corpus.reading import read_bytes
from eval.archive import Archive

ORGANISATION = "Socialförvaltningen Ekhamn"

QUESTIONS = {
    "belysning": "Är belysningen i parkerna god?",
    "föräldrar": "Får föräldrar till tonåringar stöd i grupp?",
    "leverantörer": "Kontrolleras era leverantörer?",
    "avlopp": "Undersöks avloppsvattnet?",
}
COMMENTS = {
    (2024, "belysning"): "Lamporna i Norra parken byttes ut under våren. Arbetet fortsätter.",
    (2024, "föräldrar"): "Kursen Stigen gavs två gånger för föräldrar till tonåringar.",
    (2024, "leverantörer"): "Alla städbolag granskades av en revisor i mars månad 2024.",
    (2025, "belysning"): "Lamporna i Norra parken byttes ut under våren. Nu lyser lamporna även i Södra parken varje kväll.",
    (2025, "föräldrar"): "Kursen Stigen har getts för fyrtio föräldrar i skolans matsal.",
    (2025, "leverantörer"): "En revisor granskade på nytt samtliga städbolag och två taxibolag.",
    (2025, "avlopp"): "Prover togs i avloppsvattnet vid två tillfällen under hösten.",
}
CODES = {
    2024: {"belysning": "1:1", "föräldrar": "1:2", "leverantörer": "1:3"},
    2025: {"belysning": "1:1", "avlopp": "1:2", "föräldrar": "1:3", "leverantörer": "1:4"},
}
"""In 2025 a new item 1:2 came, and what was 1:2 and 1:3 became 1:3 and 1:4."""


def text(year: int) -> str:
    """The report of ``year`` in the form that text comes out of a PDF: a blank at a line's end where the line goes on."""
    lines = [
        f" Uppföljningsrapport {year}",
        ORGANISATION,
        "",
        "1 Program för ett tryggare Ekhamn 2022–2026",
        "",
        "1.1 Målområde 1: Trygghet",
    ]
    lines.append("Uppföljningsfrågor Svarsalternativ med kommentar")
    for name, code in CODES[year].items():
        lines += [
            "",
            QUESTIONS[name],
            "",
            f"Strategi {code} Kommunen ska arbeta med {name} varje år.",
            "",
            "Ja",
            "",
            COMMENTS[year, name],
        ]
    return "\n".join(lines) + "\n"


def archive() -> Archive:
    """Both years, searched by words alone: no model decides what a test sees."""
    reports = []
    for year in CODES:
        data = text(year).encode("utf-8")
        reports.append((parse_report(read_bytes(data, f"{year}.txt"), organisation=ORGANISATION, year=year), data))
    return Archive("provet", tuple(reports), "ingen")
