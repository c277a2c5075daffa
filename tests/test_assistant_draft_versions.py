"""Two versions of a draft side by side: every word of both stands in the runs, and the sentences keep their sources."""

from __future__ import annotations

from dataclasses import replace

from draft_items import evidence
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.draft import compare_versions
from assistant.draft.check import check
from assistant.draft.compose import compose
from corpus.model import Draft

COMMENT = "Ung Väg arbetar i Hammarliden. Teamet har haft kontakt med 74 ungdomar. Familjer erbjuds samtal inom fem dagar."
BASIS = evidence(COMMENT, ["teamet 88 ungd."])
MADE = compose(BASIS)


def edited(text: str) -> Draft:
    sentences = check(text, notes=MADE.notes, history=BASIS.history, year=MADE.year)
    return replace(MADE, text=text, sentences=sentences)


def test_what_stayed_changed_came_and_went() -> None:
    assert MADE.text == COMMENT.replace("74", "88")
    later = edited("Teamet har haft kontakt med 88 ungdomar i år. Familjer erbjuds samtal inom fem dagar. Rutinen är ny.")
    found = compare_versions(MADE, replace(later, answer="Nej", state="granskad"))
    assert [change.kind for change in found.sentences] == ["removed", "changed", "same", "added"]
    assert [(run.kind, run.text) for run in found.sentences[1].runs] == [
        ("same", "Teamet har haft kontakt med 88 "),
        ("removed", "ungdomar."),
        ("added", "ungdomar i år."),
    ]
    after = found.sentences[1].after
    assert after is not None and after.sources[0].note == 1
    assert (found.answer, found.state) == (("Ja", "Nej"), ("utkast", "granskad"))
    assert found.kept == 12 / 18
    assert not found.same


def test_a_version_and_itself() -> None:
    found = compare_versions(MADE, MADE)
    assert found.same and found.kept == 1.0
    assert compare_versions(edited(""), edited("")).kept == 1.0
    assert compare_versions(MADE, edited("")).kept == 0.0


def test_what_was_set_aside_is_no_part_of_a_version() -> None:
    aside = replace(MADE.sentences[0], text="Något annat har hänt.", status="unsupported")
    assert compare_versions(MADE, replace(MADE, sentences=(aside, *MADE.sentences))).same


WORDS = st.lists(st.sampled_from(["teamet", "Ung Väg", "88", "ungdomar", "samtal."]), max_size=8).map(" ".join)


@settings(deadline=None)  # no test depends on the speed of the machine
@given(WORDS, WORDS)
def test_the_runs_hold_both_texts(one: str, two: str) -> None:
    found = compare_versions(edited(one), edited(two))
    for kind, side in (("removed", "before"), ("added", "after")):
        for change in found.sentences:
            sentence = getattr(change, side)
            if sentence is not None:
                assert "".join(run.text for run in change.runs if run.kind in ("same", kind)) == sentence.text
    assert 0.0 <= found.kept <= 1.0
