"""The texts given to a language model, as templates with named fields. Knows nothing of reports, search or models."""

from __future__ import annotations

from prompts.templates import MissingVariables, PromptError, UnknownTemplate, names, render

__all__ = ["MissingVariables", "PromptError", "UnknownTemplate", "names", "render"]
