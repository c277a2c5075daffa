"""The arrows between the packages hold: who may import whom, and the faces on the top floor that nothing imports."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
ALLOWED = {
    "corpus": set(),
    "prompts": set(),
    "index": {"corpus"},
    "assistant": {"index", "corpus", "prompts"},
    "eval": {"assistant", "index", "corpus"},
}
HEAVY = {"torch", "transformers", "sentence_transformers", "gradio", "matplotlib", "pdfplumber", "docx"}
DRAFT_ALLOWED: dict[str, set[str]] = {
    "language": set(),
    "notes": {"language"},
    "checks": {"language", "notes", "evidence"},
    "exports": {"contract", "whole_report"},
}
FACES = ("assistant/cli.py", "assistant/commands", "assistant/ui/")
MODULES = sorted(p for package in ALLOWED for p in (ROOT / package).rglob("*.py"))


def imported(tree: ast.AST) -> set[str]:
    """Every module named by an import statement anywhere in ``tree``."""
    found: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            assert node.level == 0, "relative imports hide the arrows"
            found |= {node.module} | {f"{node.module}.{alias.name}" for alias in node.names}
    return found


def test_there_are_modules_to_look_at() -> None:
    assert {p.relative_to(ROOT).parts[0] for p in MODULES} == set(ALLOWED)


@pytest.mark.parametrize("path", MODULES, ids=lambda p: str(p.relative_to(ROOT)))
def test_module_keeps_the_arrows(path: Path) -> None:
    name = path.relative_to(ROOT).as_posix()
    package, tree = name.split("/")[0], ast.parse(path.read_text(encoding="utf-8"))
    ours = {module.split(".")[0] for module in imported(tree)} & set(ALLOWED) - {package}
    is_face = name.startswith(FACES)
    assert ours <= ALLOWED[package] | ({"eval"} if is_face else set())
    if not is_face:
        faces = {m for m in imported(tree) if m.startswith(("assistant.cli", "assistant.commands", "assistant.ui"))}
        assert not faces or name == "assistant/__main__.py"
    assert ast.get_docstring(tree), "the module says what it is for"


@pytest.mark.parametrize("path", MODULES, ids=lambda p: str(p.relative_to(ROOT)))
def test_heavy_libraries_wait(path: Path) -> None:
    """Nothing heavy at module level; imports for type checkers only are free."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    top = [node for node in tree.body if isinstance(node, ast.Import | ast.ImportFrom)]
    assert not {m.split(".")[0] for m in imported(ast.Module(body=top, type_ignores=[]))} & HEAVY


@pytest.mark.parametrize("path", [p for p in MODULES if p.parent.parent.name == "draft"], ids=lambda p: f"{p.parent.name}/{p.name}")
def test_folders_of_drafting_keep_their_arrows(path: Path) -> None:
    """Language below notes below checks; file formats beside them. The modules above the folders may use them all."""
    parts = {m.split(".")[2] for m in imported(ast.parse(path.read_text(encoding="utf-8"))) if m.startswith("assistant.draft.")}
    assert parts <= DRAFT_ALLOWED[path.parent.name] | {path.parent.name}
