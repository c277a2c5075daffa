"""An environment of its own for each of the searches we are compared with, made when it is first asked for and kept.

It sees the libraries of the running environment too (torch and sentence-transformers are gigabytes that none need fetch again) and adds
what is its own; what it wants in another version it gets for itself. torch is pinned to the version that is here, so that none can bring
another build of it. A network is needed the first time.
"""

from __future__ import annotations

import json
import subprocess
import sys
import sysconfig
import venv
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

PATIENCE = 900
"""Seconds that an installation or a job may take before it is given up."""


@dataclass(frozen=True, slots=True)
class Peer:
    """Somebody else's search: its name in ``peer_systems``, how it is shown, the packages it consists of (none: it is here already)."""

    name: str
    shown: str
    packages: tuple[str, ...]


class Unavailable(RuntimeError):
    """A peer could not be installed or run; the message is Swedish and holds its last words."""


def interpreter(peer: Peer, folder: Path, options: Sequence[str] = ()) -> Path:
    """The Python that can import the peer, installed below ``folder`` where it is not there yet. ``options`` are for pip.

    Raises:
        Unavailable: it cannot be installed.
    """
    if not peer.packages:
        return Path(sys.executable)
    home = folder / peer.name
    scripts = Path(sysconfig.get_path("scripts", "venv", vars={"base": str(home)}))
    python = scripts / ("python.exe" if sys.platform == "win32" else "python")
    ready = home / "ready.txt"
    if ready.exists() and ready.read_text(encoding="utf-8") == "\n".join(peer.packages):
        return python
    venv.EnvBuilder(clear=True).create(home)  # pip too is that of the running environment
    site = Path(sysconfig.get_path("purelib", "venv", vars={"base": str(home), "platbase": str(home)}))
    (site / "running.pth").write_text(sysconfig.get_path("purelib") + "\n", encoding="utf-8")
    constraints = home / "constraints.txt"
    constraints.write_text(f"torch=={version('torch').partition('+')[0]}\n", encoding="utf-8")
    install = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "-c", str(constraints)]
    _run([*install, *options, *peer.packages], peer)
    ready.write_text("\n".join(peer.packages), encoding="utf-8")
    return python


def ask(peer: Peer, command: Sequence[str], job: Path, result: Path) -> list[dict[str, object]]:
    """The lines that ``command`` wrote to ``result`` for ``job``; both are added to it as its last arguments.

    Raises:
        Unavailable: it ended with an error, or not at all.
    """
    _run([*command, str(job), str(result)], peer)
    return [json.loads(line) for line in result.read_text(encoding="utf-8").splitlines()]


def versions(python: Path, packages: Sequence[str]) -> str:
    """ "txtai 9.14.0, …" as installed for ``python``."""
    code = "import sys; from importlib.metadata import version; print(', '.join(f'{n} {version(n)}' for n in sys.argv[1:]))"
    done = subprocess.run([str(python), "-c", code, *packages], capture_output=True, encoding="utf-8", check=True)
    return done.stdout.strip()


def _run(command: Sequence[str], peer: Peer) -> None:
    try:
        done = subprocess.run(command, capture_output=True, encoding="utf-8", errors="replace", timeout=PATIENCE, check=False)
    except (OSError, subprocess.TimeoutExpired) as error:
        raise Unavailable(f"{peer.shown} gick inte att köra: {type(error).__name__}.") from error
    if done.returncode:
        last = [line for line in done.stderr.strip().splitlines() if line.strip()] or ["inget sades"]
        raise Unavailable(f"{peer.shown} gick inte att installera eller köra: {last[-1].strip()[:200]}")
