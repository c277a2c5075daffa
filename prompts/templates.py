"""Renders a prompt template by name. Templates are data: Jinja2, sandboxed, with every field required.

A template is a file ``<name>.jinja`` in this package. What a report or a note says goes in as a field and never as template text,
so markup in it is printed and not run.
"""

from __future__ import annotations

from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from jinja2.sandbox import SandboxedEnvironment


class PromptError(Exception):
    """Base of this package's errors; the message is for the person who edits the template."""


class UnknownTemplate(PromptError):
    """No template of that name; the message lists those there are."""


class MissingVariables(PromptError):
    """A template needs fields that were not given; ``missing`` holds their names, sorted."""

    def __init__(self, template: str, missing: list[str]) -> None:
        super().__init__(f"Mallen {template} saknar värden för: {', '.join(missing)}.")
        self.missing = missing


def names() -> list[str]:
    """The templates there are, sorted, without their ending."""
    return sorted(
        entry.name.removesuffix(".jinja") for entry in resources.files("prompts").iterdir() if entry.name.endswith(".jinja")
    )


@cache
def _environment() -> SandboxedEnvironment:
    from jinja2 import StrictUndefined  # 0.05 s: only who renders pays
    from jinja2.sandbox import SandboxedEnvironment

    # Autoescape is off: the reader is a language model, and HTML entities would change the Swedish text.
    return SandboxedEnvironment(undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True, keep_trailing_newline=False)


def render(name: str, **fields: object) -> str:
    """The template ``name`` with ``fields`` filled in.

    Raises:
        UnknownTemplate: there is no such template.
        MissingVariables: a field that the template names is not among ``fields``.
    """
    from jinja2 import meta

    source = resources.files("prompts") / f"{name}.jinja"
    if not name.replace("_", "").isalnum() or not source.is_file():
        raise UnknownTemplate(f"Mallen {name} finns inte; de som finns är: {', '.join(names())}.")
    text = source.read_text(encoding="utf-8")
    environment = _environment()
    missing = sorted(meta.find_undeclared_variables(environment.parse(text)) - fields.keys())
    if missing:
        raise MissingVariables(name, missing)
    return environment.from_string(text).render(**fields)
