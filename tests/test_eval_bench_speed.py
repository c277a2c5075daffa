"""The measurements of cold and warm questions run, hold together and know what they compare; never how fast this machine is."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from eval.bench import cold, warm
from eval.bench.figures import Measured
from eval.bench.sizes import library_of

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("mått")


def figures(measured: Measured) -> dict[str, float]:
    return {figure.name: figure.value for figure in measured.figures}


@pytest.mark.skipif(not hasattr(os, "wait4"), reason="systemet säger inte vad en process har kostat")
def test_a_process_is_accounted_for_without_the_one_that_started_it() -> None:
    ballast = bytearray(os.urandom(1 << 20) * 200)  # this process is 200 MB greater than the one measured
    little = cold.spent([sys.executable, "-S", "-c", "pass"])
    much = cold.spent([sys.executable, "-S", "-c", "bytearray(100 << 20).count(1)"])
    assert little.peak < 100 < much.peak < little.peak + 150 and len(ballast) > 0
    assert 0 < little.seconds < much.seconds
    with pytest.raises(cold.NotRun, match="3"):
        cold.spent([sys.executable, "-S", "-c", "raise SystemExit(3)"])


@pytest.mark.skipif(not hasattr(os, "wait4"), reason="systemet säger inte vad en process har kostat")
def test_a_question_is_measured_in_the_environment_of_a_user() -> None:
    environment = {**os.environ, "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "PYTHONDONTWRITEBYTECODE": "1"}
    of_user = cold.as_a_user(environment)
    assert of_user["PATH"] == environment["PATH"]
    look = "import os, sys; sys.exit(sys.dont_write_bytecode or any('THREADS' in name for name in os.environ))"
    assert cold.spent([sys.executable, "-c", look], environment=of_user).seconds > 0
    with pytest.raises(cold.NotRun, match="1"):
        cold.spent([sys.executable, "-c", look], environment=environment)


@pytest.mark.skipif(not hasattr(os, "wait4"), reason="systemet säger inte vad en process har kostat")
def test_cold_questions_cost_about_the_same_in_a_library_ten_times_as_great(folder: Path) -> None:
    steps: list[tuple[int, int]] = []
    found = figures(cold.measure(folder, quick=True, progress=lambda done, total: steps.append((done, total))))
    assert steps[-1][0] == steps[-1][1]
    assert found["Fråga om en kod, 36 kommentarer"] < found["Fråga om ett ämne, 36 kommentarer"]
    assert found["assistant --help"] < found["Fråga om en kod, 36 kommentarer"]
    assert 0.3 < found["Fråga om ett ämne, CPU: 360 mot 36 kommentarer"] < 3
    assert 0.5 < found["Fråga om ett ämne, minne: 360 mot 36 kommentarer"] < 2


def test_warm_questions_are_measured_beside_their_floor(folder: Path) -> None:
    steps: list[tuple[int, int]] = []
    measured = warm.measure(folder, quick=True, progress=lambda done, total: steps.append((done, total)))
    assert [done for done, _ in steps] == list(range(1, steps[0][1] + 1))
    found = figures(measured)
    assert all(value > 0 for value in found.values()) and not any(figure.limit for figure in measured.figures)
    assert found["Sökning mot golvet, median"] == pytest.approx(found["Sökning, median"] / found["Golvet, median"])
    assert any("360 kommentarer" in remark for remark in measured.remarks)


def test_the_floor_finds_what_is_nearest_and_most_literal(folder: Path) -> None:
    floor = warm.Floor.of(library_of(360, folder))
    found = floor.search("vad gjorde vi åt otrygghet i parkerna?")
    assert len(found) == 10 and found == sorted(found, key=lambda pair: -pair[1])
    assert floor.search("") and floor.vectors.ntotal > 360
