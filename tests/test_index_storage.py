"""What is stored comes back equal: whole reports, drafts, notes."""

from __future__ import annotations

import sqlite3
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from index_form import Point, report

from corpus.model import (
    Area,
    Background,
    Commitment,
    Diagnostic,
    Draft,
    DraftSentence,
    FieldSpan,
    Flag,
    Item,
    LeftOut,
    Note,
    Piece,
    Place,
    Plan,
    Report,
    Section,
    SourceRef,
    slug,
)
from index import passages, schema
from index.codec import from_plain, to_plain
from index.errors import InconsistentReport
from index.library import NO_EMBEDDER, Library
from index.storage import digest_of, insert_report, load_items_by_row, load_original, load_report, validate

WORDS = st.text(st.characters(exclude_categories=("Cs",)), max_size=30)
YEARS = st.integers(1990, 2100)
PLACES = st.builds(
    Place,
    st.integers(0, 10**6),
    st.integers(0, 10**6),
    st.none() | st.integers(1, 300),
    st.none() | st.tuples(*[st.floats(0, 1000, allow_nan=False)] * 4),
    st.none() | st.tuples(*[st.integers(0, 500)] * 3),
)


@st.composite
def reports(draw: st.DrawFn) -> tuple[Report, bytes]:
    """A report with every kind of value in it; what must agree with the text does."""
    data = draw(st.binary(max_size=50))
    organisation, year = draw(WORDS), draw(YEARS)
    report_id = f"{slug(organisation)}-{year}-{sha256(data).hexdigest()[:10]}"
    comments, sections = draw(st.lists(WORDS, max_size=4)), draw(st.lists(WORDS, max_size=2))
    text = "".join(comments) + draw(WORDS) + "".join(sections)
    spans = st.lists(st.integers(0, len(text)), min_size=2, max_size=2).map(sorted)
    items = []
    for number, comment in enumerate(comments):
        items.append(
            Item(
                *(report_id, organisation, year, draw(st.integers(1, 9)), draw(WORDS), draw(WORDS)),
                *(draw(st.sampled_from(["strategi", "insats", "åtgärd"])), draw(WORDS), draw(WORDS), draw(WORDS), draw(WORDS)),
                *(draw(WORDS), draw(st.sampled_from(["Ja", "Nej", "Delvis", "Pågår", None])), comment),
                *(draw(st.none() | st.integers(1, 99)), draw(st.integers(1, 3)), number, sum(map(len, comments[:number]))),
            )
        )
    begin = len(text) - sum(map(len, sections))
    placed = [
        Section(tuple(draw(st.lists(WORDS, max_size=3))), words, begin + sum(map(len, sections[:number])), draw(st.none() | YEARS))
        for number, words in enumerate(sections)
    ]
    names = st.sampled_from(["plan", "area", "label", "question", "code", "expected_label", "answer", "section"])
    fields = [FieldSpan(draw(names), *draw(spans), draw(st.none() | st.integers(0, 9))) for _ in range(draw(st.integers(0, 3)))]
    found = Report(
        *(report_id, organisation, year, draw(WORDS), draw(WORDS), "txt", sha256(data).hexdigest(), text),
        tuple(draw(st.lists(st.builds(Plan, st.integers(1, 9), WORDS, st.none() | st.tuples(YEARS, YEARS)), max_size=3))),
        tuple(draw(st.lists(st.builds(Area, WORDS, WORDS, st.integers(1, 9)), max_size=3))),
        tuple(items),
        tuple(placed),
        tuple(fields),
        tuple(Piece(*draw(spans), draw(PLACES)) for _ in range(draw(st.integers(0, 3)))),
        tuple(
            draw(
                st.lists(
                    st.builds(
                        Diagnostic,
                        WORDS,
                        st.sampled_from(["info", "warning", "error"]),
                        WORDS,
                        WORDS,
                        st.none() | PLACES,
                        st.none(),
                    ),
                    max_size=3,
                )
            )
        ),
    )
    return found, data


@pytest.fixture(scope="module")
def connection() -> sqlite3.Connection:
    made = sqlite3.connect(":memory:", isolation_level=None)
    schema.migrate(made, 0)
    return made


@settings(max_examples=150, deadline=None)
@given(reports())
def test_a_report_comes_back_equal(connection: sqlite3.Connection, made: tuple[Report, bytes]) -> None:
    whole, data = made
    validate(whole)
    connection.execute("BEGIN")
    try:
        row = insert_report(connection, whole, data, digest_of(whole), (None, "2026-01-01"))
        assert load_report(connection, row) == whole
        assert load_original(connection, row) == data
        rows = [found for (found,) in connection.execute("SELECT row FROM items WHERE report = ? ORDER BY position DESC", (row,))]
        assert load_items_by_row(connection, rows) == list(reversed(whole.items))
        assert digest_of(load_report(connection, row)) == digest_of(whole)
    finally:
        connection.execute("ROLLBACK")


@pytest.mark.parametrize("broken", ["comment", "year", "position", "section", "span"])
def test_a_report_that_contradicts_its_text_is_refused(broken: str) -> None:
    whole, _ = report([Point("1:1", "En rutin finns.")], sections=[("Inledning", "Året har varit lugnt.")])
    parts = {name: getattr(whole, name) for name in Report.__slots__}
    item = {name: getattr(whole.items[0], name) for name in Item.__slots__}
    if broken == "comment":
        parts["items"] = (Item(**item | {"comment_start": item["comment_start"] + 1}),)
    elif broken == "year":
        parts["items"] = (Item(**item | {"year": 2023}),)
    elif broken == "position":
        parts["items"] = (Item(**item | {"position": 4}),)
    elif broken == "section":
        parts["sections"] = (Section(("Inledning",), "Något annat.", 0, None),)
    else:
        parts["fields"] = (FieldSpan("plan", 0, len(whole.text) + 1),)
    with pytest.raises(InconsistentReport, match=r"rapport\.txt kunde inte sparas"):
        validate(Report(**parts))


def draft_of(item: Item) -> Draft:
    return Draft(
        item=item,
        year=2025,
        answer="Delvis",
        answer_reason="Två av tre är klara.",
        text="Rutinen är klar.\n\nGruppen startar i höst.",
        sentences=(
            DraftSentence("Rutinen är klar.", "from_notes", (SourceRef("note", "rutin klar", note=1),)),
            DraftSentence(
                "Gruppen startar i höst.",
                "carried_forward",
                (SourceRef("comment", "startar i höst", item_id=item.id, year=2024, start=3, end=17),),
                (Flag("stale_date", "Datumet är från förra året.", "i höst"),),
                1,
            ),
        ),
        commitments=(Commitment("Gruppen startar i höst.", 2024, "i höst", "open", "Startade gruppen?", 3, 26),),
        background=(Background("Vi var fem.", 2023, "siffran är gammal"),),
        left_out=(LeftOut("ring Kim", "en privatperson"),),
        flags=(Flag("thin", "Anteckningarna är få."),),
        notes=(Note(1, "rutin klar"),),
        backend="regler",
        state="granskad",
        extra={"modell": "ingen"},
    )


def test_a_draft_comes_back_equal(tmp_path: Path) -> None:
    whole, data = report([Point("1:1", "En rutin finns.")])
    draft = draft_of(whole.items[0])
    assert from_plain(Draft, to_plain(draft)) == draft
    with Library.open(tmp_path / "bibliotek", create=True, embedder=NO_EMBEDDER) as library:
        library.add(whole, data)
        assert library.save_draft(draft, author="Åsa") == 1
        assert library.save_draft(draft, author="Bo") == 2
        versions = library.drafts(draft.item.key.id, 2025)
        assert [(found.version, found.author, found.state) for found in versions] == [(1, "Åsa", "granskad"), (2, "Bo", "granskad")]
        assert all(found.draft == draft for found in versions)
        (summary,) = library.draft_summaries(2025)
        assert (summary.item_key, summary.version, summary.author, summary.answer, summary.words) == (
            draft.item.key.id, 2, "Bo", "Delvis", 7
        )  # fmt: skip
        assert library.drafts(draft.item.key.id, 2024) == [] and library.draft_summaries(2024) == []


@settings(max_examples=300, deadline=None)
@given(
    st.lists(
        st.sampled_from(["\n", "\n\n", " ", ". ", ".", "! ", "…", "• ", "1. ", "(", ") ", "\t", "ord ", "Ett ", "bl.a. "]),
        max_size=60,
    ),
    st.sampled_from([1, 3, 8, 100]),
)
def test_short_paragraphs_are_the_chunks_that_their_sentences_make(parts: list[str], words: int) -> None:
    text = "".join(parts)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(passages, "CHUNK_WORDS", words)
        assert passages.chunks(text) == passages._runs_of_sentences(text)


def test_an_older_draft_stays_readable() -> None:
    plain = to_plain(draft_of(report([Point("1:1", "En rutin finns.")])[0].items[0]))
    del plain["extra"]
    plain["sentences"][0]["no_longer_there"] = 1
    found = from_plain(Draft, plain)
    assert found.extra == {} and found.sentences[0].text == "Rutinen är klar."


def test_a_value_of_another_form_is_refused() -> None:
    with pytest.raises(TypeError, match="Note wants an object, not str"):
        from_plain(Note, "rutin klar")
