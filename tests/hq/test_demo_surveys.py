"""The demo's surveys: what the chain asks, in the time it promises, as HQ and kiosks take it."""

from datetime import UTC, date, datetime
from pathlib import Path

from kiosk.art import built_in_icons, built_in_pictures
from kiosk.content import Content
from kiosk.store.documents import content_of, read_documents
from kiosk.store.references import Names
from kiosk.survey.document import Kind
from kiosk.survey.estimate import estimate_s
from kiosk.survey.linter import SECONDS
from sim.hq.bundles import read_folder
from sim.hq.demo import FOLDER, fleet
from sim.hq.seed import DemoPlan, demo_content, seed
from sim.hq.state import open_hq

SALT = bytes.fromhex(fleet().fleet_salt)


def test_the_profile_asks_what_the_chain_asks_and_no_more() -> None:
    """A member would be asked for looks or an income, or never for a size."""
    content = demo()
    stages = [one for one in content.surveys if one.kind is Kind.PROFILE]
    assert [[*one.questions] for one in stages] == [
        ["name", "phone", "birthday", "wechat", "address"],
        ["height", "clothing_size", "occupation", "dress_needs", "style", "age_group"],
        ["interests", "shopping_rhythm", "shopping_habits", "spending_range", "with_whom"],
    ]
    for stage in stages:
        assert [*stage.questions] == [*stage.survey.questions()]
        assert all(one.why and one.file and one.purpose for one in stage.questions.values())
        assert stage.reward_points > 0


def test_surveys_of_the_demo_keep_to_their_time() -> None:
    """People would stand at the entrance longer than they were told."""
    content = demo()
    after, later = content.survey("post_purchase"), content.survey("follow_up")
    assert after is not None
    assert later is not None
    assert estimate_s(after.survey) < SECONDS
    assert after.audience.after_purchase_days == (0, 30)
    assert later.audience.after_first_purchase_days == (7, 30)
    assert [*later.survey.questions()] == [
        *("brand", "service", "in_use", "in_use_problem", "suggestion")
    ]


def demo() -> Content:
    """The demo's content, as HQ and kiosks read it."""
    own = Names(built_in_pictures(), built_in_icons())
    documents, problems = read_documents(demo_content(date(2026, 11, 22)), own)
    assert problems == []
    return content_of(1, {name: one.model for name, one in documents.items()})


def test_hq_goes_by_what_kiosks_take(tmp_path: Path) -> None:
    """HQ would judge by content that every kiosk has refused."""
    hq = open_hq(f"sqlite:///{tmp_path}/hq.db", tmp_path, now=lambda: datetime.now(UTC))
    seed(hq, DemoPlan(5, SALT))
    files = read_folder(FOLDER / "content")
    for name, right, wrong in (
        ("surveys/follow_up.json", b"radiogroup", b"matrix"),
        ("surveys/profile_2.json", b"icon:runner", b"icon:dragon"),
        ("surveys/next_season.json", b"next_season", b"another"),
        ("rewards.json", b"canvas-tote", b"nowhere-to-be-seen"),
    ):
        broken = {**files, name: files[name].replace(right, wrong)}
        assert broken[name] != files[name]
        hq.bundles.publish(broken, "broken", hq.now())
        content = hq.bundles.content()
        assert content is not None
        assert content.version == 1
    hq.bundles.publish(files, "mended", hq.now())
    content = hq.bundles.content()
    assert content is not None
    assert (content.version, len(content.surveys)) == (6, 6)
    hq.close()
