"""Who does what in notes and sentences, and doings given to another."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.draft.checks.actors import actors, other_actor
from assistant.draft.checks.sources import Source


@pytest.mark.parametrize(
    ("text", "doings"),
    [
        # before the verb
        ("Nämnden antog planen.", {"anta": ("nämnden",)}),
        ("Fältgruppen besöker skolorna.", {"besöka": ("fältgruppen",)}),
        ("Fältgruppen har besökt skolorna.", {"besöka": ("fältgruppen",)}),
        ("Gnistan städar, Lyktan målar.", {"städa": ("gnistan",), "måla": ("lyktan",)}),
        ("Gnistan städar medan Lyktan målar.", {"städa": ("gnistan",), "måla": ("lyktan",)}),
        # behind "av"
        ("planen antagen av rektorsgruppen", {"anta": ("rektorsgruppen",)}),
        ("Planen antogs av styrgruppen i maj.", {"anta": ("styrgruppen",)}),
        ("Planen antas i maj av styrgruppen.", {"anta": ("styrgruppen",)}),
        ("granskat av Revisorn", {"granska": ("revisorn",)}),
        ("Gården städas av föreningen Gnistan.", {"städa": ("föreningen", "gnistan")}),
        ("Gården städas av alla elever.", {"städa": ("elever",)}),
        ("Gården städas av den granne som vill.", {"städa": ("granne",)}),
        ("Gården städas av det lag som vill.", {"städa": ("lag",)}),
        ("Gården städas av de boende.", {"städa": ("boende",)}),
        ("Gården städas av vår granne.", {"städa": ("granne",)}),
        ("Gården städas av våra grannar.", {"städa": ("grannar",)}),
        ("planen antagen i maj av rektorsgruppen", {"anta": ("rektorsgruppen",)}),
        ("Gården städas.", {}),
        # a name behind the verb
        ("I maj besökte Gnistan skolan.", {"besöka": ("gnistan",)}),
        ("I maj besökte grannen skolan.", {}),
        # with a particle the verb is another
        ("Kommunen tar över driften.", {"ta över": ("kommunen",)}),
        ("Nu tar Gnistan över driften.", {"ta över": ("gnistan",)}),
        ("Gnistan tar emot unga.", {"ta emot": ("gnistan",)}),
        # no one who acts
        ("Gnistan har plats för nio.", {}),
        ("Kön växer.", {}),
        ("Teamet besökte skolan.", {}),  # a plain word for anybody
        ("Att besöka skolan.", {}),
        ("Mötet på skolan besökte grannen.", {}),  # a place stands before the verb
        ("Läxhjälp: 14 besökte skolan", {}),  # a number stands there
        # told of another time
        ("Tidigare besökte Gnistan skolan.", {}),
        ("Förut besökte Gnistan skolan.", {}),
        ("Förra året besökte Gnistan skolan.", {}),
        ("Året innan besökte Gnistan skolan.", {}),
        ("", {}),
    ],
)
def test_who_does_what(text: str, doings: dict[str, tuple[str, ...]]) -> None:
    assert dict(actors(text)) == doings


@pytest.mark.parametrize(
    "between", [", ", "; ", ": ", " – ", ". ", " medan ", " men ", " och ", " samt ", " på gården där ", " av gården som "]
)
def test_what_was_is_told_of_its_own_clause_alone(between: str) -> None:
    assert dict(actors(f"I fjol städade Gnistan{between}Lyktan målar")) == {"måla": ("lyktan",)}


def test_the_first_of_two_is_kept() -> None:
    assert dict(actors("Gnistan städar, Lyktan städar.")) == {"städa": ("gnistan",)}


def others(sentence: str, *notes: str) -> list[tuple[str, str]]:
    return [(flag.code, flag.quote) for flag in other_actor(sentence, [Source(note, True, 2026) for note in notes])]


@pytest.mark.parametrize(
    ("sentence", "note", "who"),
    [
        ("Nämnden antog planen.", "planen antagen av rektorsgruppen", "nämnden"),
        ("Planen antogs av styrgruppen.", "rektorsgruppen antog planen", "styrgruppen"),
        ("Gården städas av Lyktan.", "Gnistan städar gården", "lyktan"),
        ("Kommunen tar över driften.", "Nu tar Gnistan över driften", "kommunen"),
    ],
)
def test_a_doing_of_another_is_flagged(sentence: str, note: str, who: str) -> None:
    assert others(sentence, note) == [("contradiction", who)]


@pytest.mark.parametrize(
    ("sentence", "note"),
    [
        ("Rektorsgruppen antog planen.", "planen antagen av rektorsgruppen"),
        ("Planen antogs av rektorerna.", "rektorsgruppen antog planen"),  # near enough
        ("Tjejerna städar gården.", "flickorna städar gården"),  # the same people
        ("Nämnden granskar planen.", "planen antagen av rektorsgruppen"),  # another doing
        ("Kommunen tar emot unga.", "Nu tar Gnistan över driften"),
        ("Planen antogs i maj.", "planen antagen av rektorsgruppen"),  # no one is named
        ("Nämnden antog planen.", "planen antagen i maj"),
        ("Nämnden antog planen.", "Tidigare antog rektorsgruppen planen"),
        ("", "planen antagen av rektorsgruppen"),
    ],
)
def test_what_is_no_other_doer(sentence: str, note: str) -> None:
    assert others(sentence, note) == []


def test_one_of_all_notes_is_enough() -> None:
    assert others("Lyktan städar gården.", "Gnistan städar gården", "Lyktan städar gården") == []
    assert others("Lyktan städar gården.") == []


_WORDS = st.sampled_from("Gnistan städar antas av nämnden har besökt i maj 12 över , . tidigare och planen".split())


@settings(deadline=None)  # no test depends on the speed of the machine
@given(st.one_of(st.text(max_size=60), st.lists(_WORDS, max_size=12).map(" ".join)))
def test_those_who_act_stand_in_the_text(text: str) -> None:
    for who in actors(text).values():
        assert who
        assert all(word in text.lower() for word in who)


@settings(deadline=None)
@given(st.lists(_WORDS, max_size=12).map(" ".join))
def test_a_text_has_no_other_actors_than_its_own(text: str) -> None:
    assert others(text, text) == []
