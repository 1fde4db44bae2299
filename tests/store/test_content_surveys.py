"""Surveys in a content bundle: taken with it, in order, or refused with file, line and reason."""

import logging
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.exceptions import ContentRefused
from kiosk.store.bundle import MAX_SURVEY_BYTES, MAX_SURVEYS
from kiosk.store.content import ContentStore
from kiosk.store.documents import content_from_values, read_documents
from kiosk.store.references import Names
from kiosk.store.tinyfile import read_checked, write_checked
from tests.store.bundles import BUILT_IN, ICONS, PROGRAMME, announced, pack
from tests.store.surveys import STAGE, VOTE, asking, named

OWN = Names(BUILT_IN, ICONS)


@pytest.fixture
def store(tmp_path: Path) -> ContentStore:
    """kiosk-sync's side."""
    return ContentStore.open(tmp_path / "content", BUILT_IN, icons=ICONS)


def take(store: ContentStore, folder: Path, version: int, **surveys: str | bytes) -> None:
    """Apply a bundle with these surveys."""
    path = pack(folder / "bundle.part", asking(**surveys))
    store.apply_bundle(path, announced(path, version))


def refusal(store: ContentStore, folder: Path, **surveys: str | bytes) -> list[str]:
    """The lines with which a bundle with these surveys is refused."""
    with pytest.raises(ContentRefused) as failure:
        take(store, folder, 9, **surveys)
    return str(failure.value).splitlines()


def test_surveys_come_with_the_bundle_in_the_order_of_their_files(
    store: ContentStore, tmp_path: Path
) -> None:
    """Whoever reads the kept content would be asked nothing, or in an order nobody chose."""
    take(store, tmp_path, 1, vote=VOTE, stage=STAGE, b_vote=named(VOTE, "b_vote"))
    content = ContentStore.open(tmp_path / "content").current()
    assert content is not None
    assert [one.id for one in content.surveys] == ["b_vote", "stage", "vote"]
    assert content.survey("vote") == content.surveys[2]
    assert content.survey("vote") is not None
    assert content.survey("gone") is None


def test_a_bundle_needs_no_survey(store: ContentStore, tmp_path: Path) -> None:
    """Content kept before there were surveys would be refused after an update."""
    take(store, tmp_path, 1)
    content = store.current()
    assert content is not None
    assert content.surveys == ()


def test_the_next_bundle_takes_surveys_away(store: ContentStore, tmp_path: Path) -> None:
    """A vote that is over would be asked for ever."""
    take(store, tmp_path, 1, vote=VOTE)
    take(store, tmp_path, 2, stage=STAGE)
    content = store.current()
    assert content is not None
    assert [one.id for one in content.surveys] == ["stage"]


@pytest.mark.parametrize(
    ("survey", "told"),
    [
        (
            VOTE.replace('"imagepicker"', '"matrix"'),
            "surveys/vote.json:5: question `piece`: type `matrix` is not supported",
        ),
        (
            VOTE.replace('"title"', '"titel"'),
            "surveys/vote.json:5: question `piece`: property `titel` is not supported",
        ),
        (
            VOTE.replace('"title": "Which?"', '"title": "Which?",\n "visibleIf": "{pieces} = 1"'),
            "surveys/vote.json:6: question `piece`: there is no answer `{pieces}`",
        ),
        (
            VOTE.replace('"standard"', '"standard", "platinum"'),
            "surveys/vote.json:3: audience.tiers[1]: the programme has no tier platinum",
        ),
        (
            VOTE.replace('"scarf"', '"shawl"'),
            "surveys/vote.json:6: survey.pages[0].elements[0].choices[0].imageLink: question"
            " `piece`: there is no picture shawl, neither in the bundle nor in the kiosk",
        ),
        (
            VOTE.replace("icon:cake", "icon:dragon"),
            "surveys/vote.json:8: survey.pages[0].elements[0].choices[2].imageLink: question"
            " `piece`: the kiosk has no icon dragon",
        ),
        (
            VOTE.replace("imagepicker", "radiogroup"),
            "surveys/vote.json:6: question `piece`: only type `imagepicker` has `imageLink`",
        ),
        (named(VOTE, "poll"), "surveys/vote.json:2: the id `poll` is not the file's name, `vote`"),
        (
            VOTE.replace('"version": 1', '"version": 1, "version": 2'),
            "surveys/vote.json:2: version: is there twice",
        ),
        ('{"id": }', "surveys/vote.json:1: is not JSON from column 8: Expecting value"),
        (b"\xff\xfe{", "surveys/vote.json:1: is not UTF-8 here"),
        ("[" * 5_000 + "]" * 5_000, "surveys/vote.json"),
        ("[]", "surveys/vote.json:1: `document` should be an object"),
    ],
)
def test_what_is_wrong_in_a_survey_is_told_with_its_line(
    store: ContentStore, tmp_path: Path, survey: str | bytes, told: str
) -> None:
    """HQ's author would look through six pages of JSON for one wrong word."""
    lines = refusal(store, tmp_path, vote=survey)
    assert lines[0].startswith(told)
    assert store.current() is None


def test_every_survey_s_faults_are_told_at_once(store: ContentStore, tmp_path: Path) -> None:
    """The author would publish once for each mistake."""
    broken = VOTE.replace('"imagepicker"', '"matrix"')
    lines = refusal(store, tmp_path, vote=broken, poll=named(broken, "poll"), stage="{")
    assert [line.partition(":")[0] for line in lines] == [
        "surveys/poll.json",
        "surveys/stage.json",
        "surveys/vote.json",
    ]


def test_ids_that_differ_in_case_alone_are_refused(store: ContentStore, tmp_path: Path) -> None:
    """On an author's disk they are one file, and one of them is lost without a word."""
    lines = refusal(store, tmp_path, vote=VOTE, Vote=named(VOTE, "Vote"))
    assert lines == [
        "surveys/vote.json:2: id: another survey has the id Vote, which differs in case alone"
    ]


def test_a_field_of_the_profile_stands_in_one_stage(store: ContentStore, tmp_path: Path) -> None:
    """A member would be asked the same again, and nobody could say which answer holds."""
    lines = refusal(store, tmp_path, stage=STAGE, later=named(STAGE, "later"))
    assert lines == [
        "surveys/stage.json:7: survey.pages[0].elements[0].name:"
        " question `size`: later asks it already"
    ]
    take(store, tmp_path, 1, vote=VOTE, poll=named(VOTE, "poll"))  # no profile: each for itself


def test_a_survey_may_wait_for_a_tier_that_comes() -> None:
    """HQ could not publish an edition and its survey together."""
    text = VOTE.replace('"standard"', '"platinum"')
    edition = PROGRAMME.replace('"version": 3', '"version": 4, "effective_from": "2027-01-01"')
    edition = edition.replace("silver", "platinum", 1).replace('"tiers": ["silver"]', '"tiers": []')
    files = {name: _bytes(text) for name, text in asking(vote=text).items()}
    assert [one.file for one in read_documents(files, OWN)[1]] == ["surveys/vote.json"]
    files["programme_next.json"] = edition.encode()
    assert read_documents(files, OWN)[1] == []


def _bytes(text: str | bytes) -> bytes:
    return text if isinstance(text, bytes) else text.encode()


@pytest.mark.parametrize(
    ("files", "told"),
    [
        ({"vote": " " * MAX_SURVEY_BYTES + VOTE}, "surveys/vote.json: has 131"),
        ({f"v{n}": VOTE for n in range(MAX_SURVEYS + 1)}, "bundle: has 41 surveys"),
        ({"../vote": VOTE}, "surveys/../vote.json: does not belong in a bundle"),
        ({".vote": VOTE}, "surveys/.vote.json: does not belong in a bundle"),
    ],
)
def test_limits_hold_before_a_survey_is_read(
    store: ContentStore, tmp_path: Path, files: dict[str, str], told: str
) -> None:
    """A file of a hundred megabytes would be parsed on a Pi with one gigabyte."""
    assert refusal(store, tmp_path, **files)[0].startswith(told)


def test_kept_surveys_that_do_not_fit_give_way_to_the_content_before(
    store: ContentStore, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """After a step back to an older program a survey may not fit: say so, and go on."""
    take(store, tmp_path, 1)
    take(store, tmp_path, 2, vote=VOTE)
    kept = tmp_path / "content" / "content.json"
    body = read_checked(kept) or b""
    assert b'"imagepicker"' in body
    write_checked(kept, body.replace(b'"imagepicker"', b'"hologram"'))
    with caplog.at_level(logging.ERROR):
        content = ContentStore.open(tmp_path / "content").current()
    assert content is not None
    assert content.version == 1
    assert "surveys/vote.json: question `piece`: type `hologram` is not supported" in caplog.text


@settings(max_examples=60, deadline=None)
@given(at=st.integers(0, len(VOTE) - 1), sign=st.sampled_from('"{}[],:x0'))
def test_a_spoilt_survey_is_refused_or_whole(at: int, sign: str) -> None:
    """One flipped character must neither raise nor let half a survey through."""
    files = {name: _bytes(text) for name, text in asking(vote=VOTE).items()}
    files["surveys/vote.json"] = (VOTE[:at] + sign + VOTE[at + 1 :]).encode()
    documents, problems = read_documents(files, OWN)
    if problems:
        assert all(one.file == "surveys/vote.json" for one in problems)
    else:
        values = {name: document.value for name, document in documents.items()}
        assert len(content_from_values(1, values).surveys) == 1
