"""`python -m kiosk content check` tells an author what HQ and kiosks would say, before they do."""

import io
import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from kiosk.__main__ import main as command_line
from kiosk.authoring import main
from kiosk.store.bundle import MAX_SURVEY_BYTES
from sim.hq.bundles import pack as pack_bundle
from sim.hq.bundles import read_folder
from sim.hq.demo import FOLDER
from tests.store.bundles import pack
from tests.store.surveys import STAGE, VOTE, asking, named

DEMO = FOLDER / "content"


def check(path: Path, *, strict: bool = False) -> tuple[int, list[str]]:
    """The exit code and the lines of a check, its folder left out of them."""
    out = io.StringIO()
    code = main(path, strict=strict, out=out)
    folder = path if path.is_dir() else path.parent
    told = out.getvalue().replace(f"{folder}/", "").replace(str(folder), folder.name)
    return code, told.splitlines()


def test_paths_are_those_an_editor_opens(tmp_path: Path) -> None:
    """A click on the line in a terminal would open nothing."""
    out = io.StringIO()
    path = written(tmp_path, "{")
    for checked in (path, tmp_path):
        main(checked, out=out)
        assert out.getvalue().startswith(f"{path}:1: refused: is not JSON")
    shutil.copytree(DEMO, tmp_path / "demo")
    broken = written(tmp_path / "demo" / "surveys", "{", "follow_up.json")
    out = io.StringIO()
    main(tmp_path / "demo", out=out)
    assert out.getvalue().startswith(f"{broken}:1: refused: is not JSON")


def written(folder: Path, text: str | bytes, name: str = "vote.json") -> Path:
    """A file with this text."""
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def good() -> dict[str, Any]:
    """A survey that nobody would say a word against."""
    return {
        "id": "vote",
        "version": 2,
        "kind": "vote",
        "questions": {"piece": {"purpose": "What is made next season."}},
        "survey": {
            "pages": [
                {
                    "name": "p",
                    "elements": [
                        {
                            "type": "boolean",
                            "name": "piece",
                            "title": {"default": "More colours?", "zh-cn": "多出几种颜色？"},
                        }
                    ],
                }
            ]
        },
    }


def test_a_good_survey_is_told_with_its_length_alone(tmp_path: Path) -> None:
    """An author who always reads something stops reading."""
    code, lines = check(written(tmp_path, json.dumps(good())), strict=True)
    assert code == 0
    assert lines == [
        "vote.json: version 2 takes about 4 s in Chinese, 4 s in English",
        "vote.json can be published",
    ]


def test_the_demo_s_content_is_as_an_author_should_leave_it() -> None:
    """The first content anybody sees would be the first that is warned of.

    The one piece of advice is known: who wants to be called tells a number, and is asked for it
    only after saying so.
    """
    code, lines = check(DEMO)
    advice = [line for line in lines if "advice:" in line]
    assert (code, len([line for line in lines if "takes about" in line])) == (0, 6)
    assert advice == [
        "surveys/post_purchase.json: advice: may be anonymous, but `phone` tells who answers"
    ]
    assert lines[-1] == "content can be published; 1 piece of advice"


def test_refusals_come_with_line_and_name(tmp_path: Path) -> None:
    """An author would be told "invalid", and publish the old survey again."""
    code, lines = check(written(tmp_path, VOTE.replace('"imagepicker"', '"matrix"')))
    assert code == 1
    assert lines == [
        "vote.json:5: refused: question `piece`: type `matrix` is not supported",
        "vote.json cannot be published: 1 reason",
    ]


def test_advice_names_its_line_and_counts_only_when_asked(tmp_path: Path) -> None:
    """Advice that stops a release would be silenced by switching the check off."""
    path = written(tmp_path, STAGE, "stage.json")
    code, lines = check(path)
    advice = "question `size`: has no purpose: what is done with the answer?"
    assert code == 0
    assert f"stage.json:7: advice: {advice}" in lines
    assert lines[-1] == "stage.json can be published; 3 pieces of advice"
    strict, lines = check(path, strict=True)
    assert strict == 1
    assert f"stage.json:7: refused: {advice}" in lines
    assert lines[-1] == "stage.json cannot be published: 3 reasons"


def test_what_a_bundle_would_bring_is_advice_what_nobody_has_is_refused(tmp_path: Path) -> None:
    """A survey checked alone cannot know the pictures beside it, but knows the kiosk's icons."""
    text = VOTE.replace("canvas-tote", "new-shawl")
    code, lines = check(written(tmp_path, text, "draft.json"))
    assert code == 0
    assert "draft.json: advice: must be called vote.json in a bundle" in lines
    shown = "draft.json: advice: shows the picture {}, which the bundle must bring along"
    assert [shown.format(one) in lines for one in ("new-shawl", "scarf", "wool-scarf")] == [
        True,
        True,
        False,
    ]
    code, lines = check(written(tmp_path, VOTE.replace("cake", "dragon")))
    assert code == 1
    assert lines[0].endswith("question `piece`: the kiosk has no icon dragon")


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "vote.json:1: refused: is not JSON from column 1: Expecting value"),
        (b"\xff\xfe{\x00", "vote.json:1: refused: is not UTF-8 here"),
        (b"Dear all", "vote.json:1: refused: is not JSON from column 1: Expecting value"),
        (b"[]", "vote.json:1: refused: `document` should be an object"),
        (b"\x89PNG\r\n\x1a\n", "vote.json:1: refused: is not UTF-8 here"),
        (
            b'{"pages": []}',
            "vote.json:1: refused: stands alone: put it into `survey`, with `id`, `version`"
            " and `kind` beside it",
        ),
        (b" " * (MAX_SURVEY_BYTES + 1), "vote.json: refused: has 131073 bytes"),
        (b'{"id": "a", "id": "b"}', "vote.json:1: refused: id: is there twice"),
    ],
)
def test_whatever_is_no_survey_is_told_in_a_line(tmp_path: Path, content: bytes, told: str) -> None:
    """A traceback tells an author that the tool is broken, and not the file."""
    code, lines = check(written(tmp_path, content))
    assert code == 1
    assert lines[0].startswith(told)
    assert lines[-1].startswith("vote.json cannot be published: ")


def test_a_byte_order_mark_is_no_fault(tmp_path: Path) -> None:
    """Windows' editors put one before every file."""
    text = b"\xef\xbb\xbf" + json.dumps(good()).encode()
    assert check(written(tmp_path, text))[0] == 0


def test_a_torn_bundle_is_told(tmp_path: Path) -> None:
    """Half a download would be called a bad survey."""
    whole = pack(tmp_path / "whole.zip", asking(vote=VOTE)).read_bytes()
    code, lines = check(written(tmp_path, whole[:400], "torn.zip"))
    assert code == 1
    assert lines[0].startswith("torn.zip: refused: is not a sound ZIP file")


def test_nothing_at_a_path_is_told(tmp_path: Path) -> None:
    """A slip in the name would be taken for a survey that is fine."""
    code, lines = check(tmp_path / "nowhere.json")
    assert code == 1
    assert lines[0].endswith("nowhere.json: refused: there is no such file or folder")


def test_a_folder_and_its_bundle_are_told_alike(tmp_path: Path) -> None:
    """What passes as a folder would be refused once it is packed."""
    packed = tmp_path / "demo.zip"
    packed.write_bytes(pack_bundle(read_folder(DEMO)))
    (code, lines), (zip_code, zip_lines) = check(DEMO), check(packed)
    assert (code, sorted(lines[:-1])) == (zip_code, sorted(zip_lines[:-1]))
    assert zip_lines[-1] == "demo.zip can be published; 1 piece of advice"


def test_a_bundle_is_told_whole(tmp_path: Path) -> None:
    """A survey for a tier nobody has is right by itself, and wrong where it goes."""
    files = asking(vote=VOTE.replace("standard", "platinum"), poll=named(VOTE, "poll") + "}")
    code, lines = check(pack(tmp_path / "b.zip", files))
    assert code == 1
    assert lines[0].startswith("surveys/poll.json:12: refused: is not JSON")
    assert any(line.startswith("surveys/vote.json: version 1 takes about") for line in lines)
    files["surveys/poll.json"] = named(VOTE, "poll")
    _, lines = check(pack(tmp_path / "b.zip", files))
    told = "refused: audience.tiers[0]: the programme has no tier platinum"
    assert f"surveys/vote.json:3: {told}" in lines


def test_one_document_can_be_checked_alone() -> None:
    """Who changes a price would have to pack a bundle first."""
    assert check(DEMO / "rewards.json") == (0, ["rewards.json can be published"])


def test_a_folder_of_drafts_is_checked_one_by_one(tmp_path: Path) -> None:
    """Surveys are written before there is a bundle around them."""
    written(tmp_path, json.dumps(good()))
    written(tmp_path, "{", "other.json")
    code, lines = check(tmp_path)
    assert code == 1
    assert lines[0].startswith("other.json:1: refused: is not JSON")
    assert "vote.json: version 2 takes about 4 s in Chinese, 4 s in English" in lines


def test_a_folder_without_anything_is_told(tmp_path: Path) -> None:
    """The folder above the right one would pass as fine."""
    code, lines = check(tmp_path)
    assert code == 1
    assert "holds neither a bundle, which has programme.json, nor a survey" in lines[0]


def test_many_refusals_are_cut_short(tmp_path: Path) -> None:
    """The first of a thousand lines is the one that scrolls away."""
    survey = good()
    element = survey["survey"]["pages"][0]["elements"][0]
    element.update({f"x{n}": 1 for n in range(70)})
    code, lines = check(written(tmp_path, json.dumps(survey)))
    assert code == 1
    assert (len(lines), lines[50]) == (52, "and 20 more")
    assert lines[-1] == "vote.json cannot be published: 70 reasons"


def test_the_command_line_needs_no_kiosk(tmp_path: Path) -> None:
    """An author has no configuration, no reader and no screen."""
    path = written(tmp_path, VOTE.replace('"imagepicker"', '"matrix"'))
    command = [sys.executable, "-m", "kiosk", "content", "check", "--strict", str(path)]
    run = subprocess.run(command, cwd=Path(__file__).parents[2], capture_output=True, text=True)
    assert (run.returncode, run.stderr) == (1, "")
    assert "type `matrix` is not supported" in run.stdout


def test_the_command_line_says_what_it_can_do(capsys: pytest.CaptureFixture[str]) -> None:
    """An author would have to ask a developer."""
    with pytest.raises(SystemExit) as ended:
        command_line(["content", "check", "--help"])
    assert ended.value.code == 0
    assert "FILE" in capsys.readouterr().out
