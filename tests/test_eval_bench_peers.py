"""The comparison with others' search: jobs and results over files, an environment of its own, and one that cannot be had."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from eval.bench import environments, own_search, peer_systems, peers
from eval.bench.environments import Peer, Unavailable

FAISS = Peer("faiss", "FAISS", ())
GONE = Peer("txtai", "Den som inte finns", ("finns-inte-alls",))
VECTORS = np.eye(4, dtype="float32")


@pytest.fixture
def job(tmp_path: Path) -> Path:
    """Two sets: the first query points at its second passage, the second at its only one."""
    np.save(tmp_path / "v.npy", VECTORS[[0, 1, 1, 2, 2]])
    head = {"vectors": str(tmp_path / "v.npy"), "limit": 5, "rounds": 2, "seconds": 9.0}
    sets = [
        {"passages": [["a", "en"], ["b", "två"]], "queries": [["q1", "två"]]},
        {"passages": [["c", "tre"]], "queries": [["q2", "tre"]]},
    ]
    path = tmp_path / "job.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in [head, *sets]), encoding="utf-8")
    return path


def test_every_peer_has_a_system() -> None:
    assert {peer.name for peer in peers.PEERS} == peer_systems.SYSTEMS.keys()


def test_a_job_is_ranked_set_by_set(job: Path) -> None:
    costs, first, second = peer_systems.run("faiss", job)
    assert first == {"query": "q1", "ranked": [("b", 1.0), ("a", 0.0)]} and second == {"query": "q2", "ranked": [("c", 1.0)]}
    assert len(costs["query_s"]) == 2 and costs["build_s"] >= 0 and costs["peak_mb"] > 10


def test_a_slow_system_is_asked_the_fewest_questions(tmp_path: Path) -> None:
    np.save(tmp_path / "v.npy", VECTORS[[0, 0, 0, 0, 0, 0]])
    head = {"vectors": str(tmp_path / "v.npy"), "limit": 5, "rounds": 3, "seconds": -1.0}
    asked = {"passages": [["a", "en"]], "queries": [[f"q{n}", "en"] for n in range(5)]}
    path = tmp_path / "job.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in [head, asked]), encoding="utf-8")
    costs, *rankings = peer_systems.run("faiss", path)
    assert [row["query"] for row in rankings] == ["q0", "q1", "q2"] and len(costs["query_s"]) == 3


def test_it_runs_where_the_project_is_not_to_be_found(job: Path, tmp_path: Path) -> None:
    """As a file in another environment's Python: from another folder, without the project on its path."""
    script = Path(peer_systems.__file__)
    command = [sys.executable, "-P", str(script), "faiss", str(job), str(tmp_path / "ut.jsonl")]
    subprocess.run(command, cwd=tmp_path, check=True)
    lines = [json.loads(line) for line in (tmp_path / "ut.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [row["query"] for row in lines[1:]] == ["q1", "q2"]


def test_our_own_search_does_the_same_job(job: Path) -> None:
    (costs,) = own_search.run(36, job)
    assert len(costs["query_s"]) == 1 and costs["build_s"] > 0 and costs["import_s"] >= 0


def test_what_is_here_needs_no_environment(tmp_path: Path) -> None:
    assert environments.interpreter(FAISS, tmp_path) == Path(sys.executable) and list(tmp_path.iterdir()) == []


@pytest.mark.slow
def test_an_environment_sees_the_running_one_and_is_kept(tmp_path: Path) -> None:
    """Nothing is fetched: the package asked for is here already, through the running environment."""
    peer = Peer("prov", "Prov", ("numpy",))
    python = environments.interpreter(peer, tmp_path, ["--no-index"])
    assert python.parents[1] == tmp_path / "prov" and environments.versions(python, ["numpy"]) == f"numpy {np.__version__}"
    made = (tmp_path / "prov" / "pyvenv.cfg").stat().st_mtime_ns
    assert environments.interpreter(peer, tmp_path) == python and (tmp_path / "prov" / "pyvenv.cfg").stat().st_mtime_ns == made
    assert "torch==" in (tmp_path / "prov" / "constraints.txt").read_text(encoding="utf-8")


@pytest.mark.slow
def test_a_peer_that_cannot_be_installed_is_named_and_never_guessed(tmp_path: Path) -> None:
    steps: list[tuple[int, int]] = []
    found = peers.measure(
        tmp_path, quick=True, peers=(FAISS, GONE), pip=["--no-index"], progress=lambda done, total: steps.append((done, total))
    )
    assert any(remark.startswith("Den som inte finns gick inte att installera") for remark in found.remarks)
    rows = {figure.name.split(" | ")[1] for figure in found.figures if figure.name.count(" | ") == 2}
    assert rows == {"assistenten", "FAISS", "FAISS, vår inbäddare"}
    code = {figure.name: figure.value for figure in found.figures if figure.name.endswith("| kod")}
    assert code["nDCG@10 | assistenten | kod"] > code["nDCG@10 | FAISS, vår inbäddare | kod"]
    assert steps[-1][0] <= steps[-1][1] and [done for done, _ in steps] == sorted(done for done, _ in steps)


def test_a_system_that_falls_says_why(job: Path, tmp_path: Path) -> None:
    with pytest.raises(Unavailable, match="gick inte att installera eller köra"):
        environments.ask(FAISS, [sys.executable, "-c", "raise SystemExit('slut')"], job, tmp_path / "ut.jsonl")
