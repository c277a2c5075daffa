"""Flags on a draft as a whole: too little to go by, a Nej without a reason, a Ja that tells of nothing done, what was copied unchanged.

Each is one Swedish sentence with a question or a share in it. Knows nothing of how the draft was written.
"""

from __future__ import annotations

import re

from assistant.draft.checks.stages import stages
from assistant.draft.evidence import Evidence
from assistant.draft.language.personal import private_data
from assistant.draft.notes.unchanged import says_nothing_new
from assistant.draft.proposal import stated_answer
from corpus.model import Draft, Flag
from corpus.sentences import split

_REASON = re.compile(
    r"\b(?:eftersom|därför|då det|för att|på grund av|till följd av|p\.? ?g\.? ?a|berod?\w*|orsak\w*|skäl\w*|saknas|saknat\w*|brist\w*"
    r"|inte kunnat|kan inte|hunnit\w*|hinn\w*|vakan\w*|försen\w*|skjut(?:s|its)|planer\w*|vänta\w*|avvakta\w*|resurs\w*|medel|prioriter\w*"
    r"|finns ing\w*|finns inte|avslag|avslog\w*|stopp\w*|upphörde|bedöm\w*|sjuk\w*|omorganis\w*|inte (?:varit )?aktuell\w*|berör\w* inte"
    r"|omfattas inte|ingår inte|ansvarar|ligger (?:hos|på)|behov\w*|beslut\w*)\b",
    re.IGNORECASE,
)
"""Words of a cause or of who else has the task; that a thing is not begun is no reason why."""
_NOTHING_DONE = re.compile(
    r"\b(?:inget|ingenting|inte|ej) (?:har )?(?:ännu )?(?:\w+ )?(?:gjorts|gjort|påbörja\w*|genomförts|startat|skett)\b"
    r"|\bsaknas helt\b",
    re.IGNORECASE,
)
_MEANT = frozenset(("komma", "planera", "avse", "vänta", "beräkna"))
"""Verbs whose present tells of what is to come."""
_MUCH = 0.8


def overall_flags(draft: Draft, evidence: Evidence) -> tuple[Flag, ...]:
    """The flags of the whole ``draft``, in a fixed order."""
    flags = []
    usable = [sifted for sifted in evidence.notes if sifted.usable and not stated_answer(sifted.usable)]
    since = f" sedan {evidence.latest_year}" if evidence.latest_year else ""
    if not usable:
        flags.append(Flag("thin_notes", f"Det finns inga anteckningar för {draft.year}: vad har hänt{since}?"))
    elif (len(usable) == 1 and len(usable[0].usable.split()) < 6) or all(says_nothing_new(sifted.usable) for sifted in usable):
        flags.append(Flag("thin_notes", f"Anteckningarna är få: vad mer har hänt{since}? Vilka siffror finns för {draft.year}?"))
    if not draft.text:
        flags.append(Flag("empty", "Utkastet är tomt: varken anteckningar eller något från tidigare år kan stå i det."))
    share = copied_share(draft)
    if share >= _MUCH and draft.text:
        flags.append(Flag("copied", f"{round(100 * share)} procent av texten är oförändrad från {evidence.latest_year}."))
    if draft.answer == "Nej" and draft.text and not _REASON.search(draft.text):
        flags.append(Flag("no_reason", "Svaret är Nej utan att texten säger varför."))
    if draft.answer == "Ja" and not _tells_of_something_done(draft.text):
        flags.append(Flag("nothing_done", "Svaret är Ja men texten berättar inte vad som har gjorts."))
    open_ones = [c for c in draft.commitments if c.state in ("open", "unknown")]
    if open_ones:
        flags.append(
            Flag(
                "commitment_without_outcome",
                f"{len(open_ones)} åtagande{'n' if len(open_ones) > 1 else ''} från tidigare rapporter saknar besked om utfall.",
            )
        )
    for kind in private_data(draft.text):
        flags.append(Flag("personal_data", f"Texten kan innehålla {kind}: ta bort det innan du sparar."))
    return tuple(flags)


def _tells_of_something_done(text: str) -> bool:
    """Whether a sentence of ``text`` is more than a plan; one that denies that anything was done is made good by a figure."""
    told = [sentence.text for sentence in split(text) if not _only_ahead(sentence.text)]
    return bool(told) and not (_NOTHING_DONE.search(text) and not re.search(r"\d", text))


def _only_ahead(sentence: str) -> bool:
    told = stages(sentence)
    return bool(told) and all(at == {"ahead"} or (verb in _MEANT and "done" not in at) for verb, at in told.items())


def copied_share(draft: Draft) -> float:
    """The share of the text's characters that stand unchanged in an earlier comment, 0..1; 0 for an empty text."""
    total = sum(len(s.text) for s in draft.sentences if s.status != "unsupported")
    return sum(len(s.text) for s in draft.sentences if s.status == "carried_forward") / total if total else 0.0
