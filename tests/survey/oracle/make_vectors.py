"""Asks survey-core what expressions and forms come to and which properties it knows."""

import json
import lzma
import os
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

from tests.survey.oracle.make_expressions import expressions
from tests.survey.oracle.make_forms import forms
from tests.survey.vectors import NOW_MS, VECTORS

HERE = Path(__file__).parent

SEED = 20_260_301
EXPRESSIONS = 8_000
FORMS = 700


def main() -> None:
    """Write every file of vectors anew."""
    version = json.loads((HERE / "package-lock.json").read_text(encoding="utf-8"))
    core = version["packages"]["node_modules/survey-core"]["version"]
    head = {"survey-core": core, "seed": SEED, "now_ms": NOW_MS}
    asked = [{"e": one["e"], "v": _named(one)} for one in expressions(SEED, EXPRESSIONS)]
    _keep("expressions", head, _ask("expressions.js", asked))
    _keep("properties", head, _ask("properties.js", ()))
    _keep("forms", head, map(_until_it_threw, _ask("forms.js", forms(SEED, FORMS))))


def _named(asked: dict[str, object]) -> dict[str, object]:
    """The answers whose names are in the expression; the others would only take space."""
    text, answers = asked["e"], asked["v"]
    assert isinstance(text, str)
    assert isinstance(answers, dict)
    return {name: value for name, value in answers.items() if name.lower() in text.lower()}


def _ask(script: str, questions: Iterable[object]) -> list[str]:
    """What the oracle says to each question, a line of JSON each."""
    told = subprocess.run(
        ["node", str(HERE / script)],
        input="\n".join(json.dumps(one) for one in questions),
        env={**os.environ, "TZ": "UTC", "NOW_MS": str(NOW_MS)},
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    return told.stdout.rstrip("\n").split("\n")  # a text may hold other ends of lines


def _until_it_threw(line: str) -> str:
    """A walk as far as survey-core went along; what the kiosk does there is its own affair."""
    walk = json.loads(line)
    stood = [one for one in walk["r"] if "$" not in one]
    return json.dumps({**walk, "steps": walk["steps"][: len(stood) - 1], "r": stood})


def _keep(name: str, head: dict[str, object], told: Iterable[str]) -> None:
    lines = list(told)
    text = "\n".join([json.dumps(head), *lines]) + "\n"
    packed = lzma.compress(text.encode(), preset=9 | lzma.PRESET_EXTREME)
    (VECTORS / f"{name}.jsonl.xz").write_bytes(packed)
    sys.stdout.write(f"{name}: {len(lines)} kept, {len(packed)} bytes\n")


if __name__ == "__main__":
    main()
