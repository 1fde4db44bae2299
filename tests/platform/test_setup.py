"""A fresh clone sets itself up, or says in one sentence what it lacks."""

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


def setup(clone: Path, *parts: str, **environ: str) -> subprocess.CompletedProcess[str]:
    """Runs the set-up script of a clone as CI does: with nothing to answer a question."""
    return subprocess.run(
        [clone / ".ci" / "setup.sh", *parts],
        env={"PATH": os.environ["PATH"], "CI": "true", **environ},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    """What the set-up script needs of a clone."""
    (tmp_path / ".ci").mkdir()
    shutil.copy(ROOT / ".ci" / "setup.sh", tmp_path / ".ci")
    shutil.copy(ROOT / "requirements-dev.lock", tmp_path)
    return tmp_path


def interpreter(folder: Path, name: str, says: str) -> Path:
    """A program that stands where an interpreter is looked for."""
    program = folder / name
    program.write_text(f"#!/bin/sh\n{says}\n", encoding="ascii")
    program.chmod(0o755)
    return program


def test_no_python_is_one_sentence(clone: Path) -> None:
    """A traceback of pip's is no help to somebody who only wants to see the kiosk."""
    run = setup(clone, "venv", PYTHON="/nowhere/python")
    assert run.returncode == 1
    assert "no Python 3.11 or newer at PYTHON=/nowhere/python" in run.stderr
    assert "sudo apt install python3" in run.stderr
    assert not (clone / ".venv").exists()


def test_name_that_does_not_run_is_passed_over(clone: Path) -> None:
    """Version managers leave names on the path that only print an error."""
    tools = clone / "tools"
    tools.mkdir()
    for name in ("python3.13", "python3.12", "python3"):
        interpreter(tools, name, "exit 127")
    interpreter(tools, "python3.11", 'case "$*" in *version*) exit 0;; esac; echo used >&2; exit 1')
    path = f"{tools}:/usr/bin:/bin"
    run = setup(clone, "venv", PATH=path)
    assert "used" in run.stderr


def test_unknown_part_is_refused(clone: Path) -> None:
    """A slip in the Makefile must not look like a finished set-up."""
    run = setup(clone, "everything")
    assert (run.returncode, "no part called everything" in run.stderr) == (1, True)


def test_ready_clone_is_left_alone() -> None:
    """Every make runs the set-up: it must cost nothing when there is nothing to do."""
    setup(ROOT, "venv")
    run = setup(ROOT, "venv")
    assert (run.returncode, run.stdout, run.stderr) == (0, "", "")


def test_every_verb_sets_itself_up_first() -> None:
    """Whoever types only the second command of the README must get as far as with the first."""
    recipes = re.findall(
        r"^([a-z-]+): ##.*\n((?:\t.*\n)+)", (ROOT / "Makefile").read_text(encoding="utf-8"), re.M
    )
    lines = {verb: recipe.splitlines() for verb, recipe in recipes}
    needing = {verb for verb, recipe in lines.items() if any("$(RUN)" in line for line in recipe)}
    assert needing == {"sim", "sim-window", "test", "check", "bench", "golden"}
    assert [verb for verb in needing if not lines[verb][0].startswith("\t$(SETUP) venv")] == []


def test_ci_runs_what_a_person_runs() -> None:
    """A step that only CI has is one that nobody can repeat at a desk."""
    script = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    steps = [line for line in script.splitlines() if line.startswith("make")]
    assert [step.split()[2] for step in steps] == ["check", "test"]
    assert os.access(ROOT / ".ci" / "run", os.X_OK)
