"""Notes that say that nothing has changed: "samma som förra året", "inget nytt", "som tidigare".

They bring no fact: last year's standing practice is what they mean, and nothing of it that has gone stale. Knows nothing of other notes.
"""

from __future__ import annotations

import re

from assistant.draft.language.vocabulary import Vocabulary
from assistant.draft.notes.subjects import lead_in, topic_of

_WHEN = r"(?:förra året|tidigare|förut|i fjol|året innan|sist|vanligt|föregående år)"
_NOTHING_NEW = re.compile(
    r"^(?:(?:det )?finns )?(?P<what>inget (?:annat )?nytt|inga nyheter)(?: i år| att (?:rapportera|redovisa|säga))?$", re.IGNORECASE
)
_UNCHANGED = re.compile(
    r"^(?:(?:det är |allt är |läget (?:är )?)?(?:oförändrat|oförändrad|oförändrade)|(?:inga|ingen) förändring(?:ar)?)(?: i år)?$",
    re.IGNORECASE,
)
_AS_BEFORE = re.compile(
    rf"^(?:(?:det är |allt är |gör )?(?:precis |ungefär )?(?:samma|likadant|lika)(?: som {_WHEN})?|(?:allt )?(?:fortsätter|rullar på|pågår|löper på)"
    rf" som {_WHEN}|som {_WHEN})(?: i år)?$",
    re.IGNORECASE,
)
_SAME = re.compile(rf"^samma (?P<what>[^,;:]+?) som (?P<when>{_WHEN})(?P<tail> i övrigt)?$", re.IGNORECASE)


def standing_sentence(text: str, topic: str, vocabulary: Vocabulary) -> str | None:
    """The sentence that a note such as "samma som förra året" makes, without its full stop; None for any other note."""
    bare = text.strip(" .!")
    if nothing := _NOTHING_NEW.match(bare):
        what = nothing.group("what").lower()
        return f"{lead_in(topic, vocabulary)} finns {what} att redovisa" if topic else f"det finns {what} att redovisa"
    if _UNCHANGED.match(bare):
        return f"{lead_in(topic, vocabulary)} är läget oförändrat" if topic else "läget är oförändrat"
    if _AS_BEFORE.match(bare):
        said = re.search(rf"\bsom ({_WHEN})", bare, re.IGNORECASE)
        when = said[1].lower() if said else "tidigare"
        return f"{topic_of(topic, vocabulary) if topic else 'arbetet'} fortsätter som {when}"
    if (match := _SAME.match(bare)) and not topic:
        return f"det är samma {match.group('what')} som {match.group('when').lower()}{match.group('tail') or ''}"
    return None


def says_nothing_new(note: str) -> bool:
    """Whether a note (written out) only says that all is as it was."""
    topic, _, rest = note.rpartition(": ")
    return standing_sentence(rest, topic, _NO_WORDS) is not None


_NO_WORDS = Vocabulary(())
