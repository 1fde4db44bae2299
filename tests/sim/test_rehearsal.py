"""Rehearsing a survey: what an author sees before anybody else does."""

import json
from datetime import datetime
from pathlib import Path

import pygame
import pytest

from kiosk.model.text import Language
from kiosk.survey.check import check
from sim.hq.figures import STORE_TIME
from sim.hq.seed import demo_content
from sim.rehearsal.__main__ import main
from sim.rehearsal.edition import rehearsed
from sim.rehearsal.report import INDEX, rehearse
from sim.rehearsal.routes import first_looks, never_put
from sim.rehearsal.tell import lines
from sim.stack.errors import SimulatorError
from sim.stack.progress import Progress
from sim.stack.rehearsal import tried_out
from tests.factories import content, world

NOW = datetime(2026, 11, 20, 18, tzinfo=STORE_TIME)
FILES = demo_content(NOW.date())
BY = "surveys/post_purchase.json"


def survey(**changed: object) -> dict[str, object]:
    """Two smileys, the second for those who are unhappy, and words."""
    both = {"default": "How was it?", "zh-cn": "满意吗？"}
    elements = [
        {
            "type": "rating",
            "name": "mood",
            "rateType": "smileys",
            "isRequired": True,
            "title": both,
        },
        {"type": "comment", "name": "why", "visibleIf": "{mood} <= 2", "title": both},
    ]
    form = {"pages": [{"name": "p1", "elements": elements}]}
    return {"id": "tried", "version": 1, "kind": "satisfaction", "survey": form, **changed}


def written(folder: Path, document: object) -> Path:
    """The document as an author's file."""
    file = folder / "tried.json"
    file.write_text(json.dumps(document, ensure_ascii=False), encoding="utf-8")
    return file


def test_every_question_is_drawn_in_both_languages_both_ways_up(tmp_path: Path) -> None:
    """An author would publish a page nobody has seen."""
    done = rehearse(written(tmp_path, survey()), tmp_path / "seen", FILES, NOW)
    assert done.index == tmp_path / "seen" / INDEX
    assert len(done.drawn) == 3 * 2 * 2
    sizes = {pygame.image.load(one.file).get_size() for one in done.drawn}
    assert sizes == {(1080, 1920), (1920, 1080)}
    assert {one.about for one in done.drawn} == {"mood", "why", ""}
    page = done.index.read_text("utf-8")
    assert all(one.file.name in page for one in done.drawn)
    assert [one.cut for one in done.drawn if one.cut] == []


def test_a_page_that_an_answer_leads_to_is_not_the_page_before(tmp_path: Path) -> None:
    """Pictures of one page under every name would look like a rehearsal."""
    done = rehearse(written(tmp_path, survey()), tmp_path / "seen", FILES, NOW)
    assert len({one.file.read_bytes() for one in done.drawn}) == len(done.drawn)


def test_a_survey_that_cannot_be_published_is_refused_with_its_reasons(tmp_path: Path) -> None:
    """Pictures of half a survey would hide what is wrong with the rest."""
    broken = survey()
    broken["survey"] = {"pages": [{"name": "p", "elements": [{"type": "matrix", "name": "q7"}]}]}
    done = rehearse(written(tmp_path, broken), tmp_path / "seen", FILES, NOW)
    assert done.index is None
    assert any("question `q7`: type `matrix` is not supported" in line for line in done.said)
    assert not (tmp_path / "seen").exists()


def test_a_question_no_answer_leads_to_is_named(tmp_path: Path) -> None:
    """Its author believes that people are asked."""
    never = survey()
    assert isinstance(never["survey"], dict)
    never["survey"]["pages"][0]["elements"][1]["visibleIf"] = "{mood} > 9"
    done = rehearse(written(tmp_path, never), tmp_path / "seen", FILES, NOW)
    assert done.unseen == ("why",)
    assert "no answer that was tried leads to the question `why`" in list(lines(done))


def test_the_demos_surveys_can_be_gone_through() -> None:
    """A new technician's first rehearsal is one of these."""
    for name, document in FILES.items():
        if not name.startswith("surveys/"):
            continue
        checked = check(json.loads(document)).document
        assert checked is not None, name
        here = world(content=content(surveys=(checked,)))
        for language in Language:
            assert never_put(first_looks(checked, language, here)) == (), name


def test_the_edition_asks_everybody_and_changes_nothing_of_the_survey() -> None:
    """Whoever rehearses lays down any card; what is asked must be what will be published."""
    made = rehearsed(FILES, FILES[BY])
    before, after = json.loads(FILES[BY]), json.loads(made[BY])
    assert after.pop("audience") == {}
    before.pop("audience"), before.pop("window", None)
    assert after == before
    assert [name for name in made if name.startswith("surveys/")] == [BY]
    assert json.loads(made["care.json"])["asking"]["survey_rest_days"] == 0


def test_other_peoples_files_stay(tmp_path: Path) -> None:
    """A folder named by mistake would lose what is in it."""
    (tmp_path / "seen").mkdir()
    (tmp_path / "seen" / "thesis.txt").write_text("years of work")
    with pytest.raises(FileExistsError, match="holds other files"):
        rehearse(written(tmp_path, survey()), tmp_path / "seen", FILES, NOW)
    assert (tmp_path / "seen" / "thesis.txt").exists()


def test_a_second_rehearsal_leaves_nothing_of_the_first(tmp_path: Path) -> None:
    """A picture of a question that was taken out would be looked at again."""
    seen = tmp_path / "seen"
    rehearse(written(tmp_path, survey()), seen, FILES, NOW)
    shorter = survey()
    assert isinstance(shorter["survey"], dict)
    del shorter["survey"]["pages"][0]["elements"][1]
    done = rehearse(written(tmp_path, shorter), seen, FILES, NOW)
    assert {path.name for path in seen.iterdir()} == {INDEX, *(one.file.name for one in done.drawn)}


def test_the_command_says_where_the_pictures_are(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """An author would look for them."""
    assert main([str(written(tmp_path, survey())), "--into", str(tmp_path / "seen")]) == 0
    assert (tmp_path / "seen" / INDEX).as_uri() in capsys.readouterr().out
    assert main([str(tmp_path / "none.json"), "--into", str(tmp_path / "seen")]) == 1
    assert "there is no such file" in capsys.readouterr().out


def test_the_simulator_does_not_start_with_a_survey_that_is_refused(tmp_path: Path) -> None:
    """The kiosk would refuse it as well, and nobody would see why."""
    from io import StringIO
    from threading import Event

    said = StringIO()
    with pytest.raises(SimulatorError, match="cannot be published"):
        tried_out(written(tmp_path, {"id": 1}), tmp_path / "seen", Progress(said, 1, Event()))
    assert "refused" in said.getvalue()
