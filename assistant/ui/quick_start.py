"""Gradio imported in half the time, and without a word to anyone outside.

While its component classes are made, Gradio works out type stubs (``*.pyi``) for editors and writes them beside its own files: half of
its import time, in a folder that may not be ours to write in. They are in the wheel already; here that step is left out.
"""

from __future__ import annotations

import importlib.util
import os
import sys
from collections.abc import Sequence
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec
from types import ModuleType

_MODULE = "gradio.component_meta"
_STEP = "create_or_modify_pyi"
_QUIET = {
    "GRADIO_ANALYTICS_ENABLED": "False",  # read when gradio is imported: no version check, no usage report
    "HF_HUB_DISABLE_TELEMETRY": "1",
    "HF_HUB_OFFLINE": "1",  # the page never looks anything up; fetching a model is a command of its own
    "GRADIO_RUN_HISTORY": "False",
    "GRADIO_MCP_SERVER": "False",
    "GRADIO_SSR_MODE": "False",
    "GRADIO_ANALYTICS_CACHE_FREQUENCY": "1000000000",  # else a table of all events so far is worked out anew after each of them
    "GRADIO_ANALYTICS_MAX_EVENTS": "100",
}


def import_gradio() -> ModuleType:
    """The module ``gradio``, imported quietly and quickly; the ordinary import where it is imported already or has changed inside."""
    os.environ.update(_QUIET)
    if "gradio" not in sys.modules:
        finder = _StubFreeFinder()
        sys.meta_path.insert(0, finder)
        try:
            import gradio
        finally:
            if finder in sys.meta_path:
                sys.meta_path.remove(finder)
    import gradio

    return gradio


class _StubFreeFinder(MetaPathFinder):
    """Finds the one module whose step is to be left out, in the ordinary way, and wraps its loader; then steps aside."""

    def find_spec(self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None) -> ModuleSpec | None:
        if fullname != _MODULE:
            return None
        sys.meta_path.remove(self)
        spec = importlib.util.find_spec(fullname)
        if spec is not None and spec.loader is not None:
            spec.loader = _StubFreeLoader(spec.loader)
        return spec


class _StubFreeLoader(Loader):
    def __init__(self, loader: Loader) -> None:
        self._loader = loader

    def create_module(self, spec: ModuleSpec) -> ModuleType | None:
        return self._loader.create_module(spec)

    def exec_module(self, module: ModuleType) -> None:
        self._loader.exec_module(module)
        if hasattr(module, _STEP):
            setattr(module, _STEP, _write_no_stubs)


def _write_no_stubs(*_args: object, **_options: object) -> None:
    """In the place of the step that writes stubs."""
