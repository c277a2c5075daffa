"""Prompt templates: rendered by name, with every field required, and never run what a field says."""

from __future__ import annotations

import pytest

import prompts

FIELDS = {
    "draft": {
        "year": 2026,
        "organisation": "Provförvaltningen",
        "question": "Fråga?",
        "statement": "Mål.",
        "standing": ["Står."],
        "notes": ["Nytt."],
        "words": 80,
    },
    "draft_system": {"year": 2026},
    "summary_system": {"nothing": "Ingenting."},
    "summary": {"question": "Fråga?", "sources": [{"label": "2025", "text": "Text."}], "sentences": 3},
}


def test_every_template_is_known_here() -> None:
    assert prompts.names() == sorted(FIELDS)


@pytest.mark.parametrize("name", sorted(FIELDS))
def test_fields_are_filled_in_and_required(name: str) -> None:
    assert prompts.render(name, **FIELDS[name]).strip()
    for field in FIELDS[name]:
        with pytest.raises(prompts.MissingVariables) as lacking:
            prompts.render(name, **{key: value for key, value in FIELDS[name].items() if key != field})
        assert lacking.value.missing == [field]


def test_notes_and_earlier_comments_stand_apart() -> None:
    text = prompts.render("draft", **FIELDS["draft"])
    assert text.index("Står.") < text.index("Anteckningar för 2026") < text.index("1. Nytt.")


def test_without_history_its_heading_is_gone() -> None:
    text = prompts.render("draft", **{**FIELDS["draft"], "standing": [], "notes": []})
    assert "Gäller fortfarande" not in text
    assert "(inga)" in text


@pytest.mark.parametrize("text", ["{{ 7 * 7 }}", "{% raw %}", "{{ cycler.__init__.__globals__ }}", "<b>&"])
def test_markup_in_a_field_is_only_text(text: str) -> None:
    assert text in prompts.render("draft", **{**FIELDS["draft"], "notes": [text]})
    assert text in prompts.render("summary", **{**FIELDS["summary"], "question": text})


@pytest.mark.parametrize("name", ["finns_inte", "../draft", "draft.jinja", ""])
def test_unknown_templates(name: str) -> None:
    with pytest.raises(prompts.UnknownTemplate, match="draft"):
        prompts.render(name)
