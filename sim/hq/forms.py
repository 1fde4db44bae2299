"""What is filled in on one's own phone: a stage of the profile, or an application."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import uuid4

from pydantic import ValidationError
from sqlalchemy import Connection, Row

from kiosk.content import Content
from kiosk.model.answers import Application, Form
from kiosk.model.text import Language
from kiosk.survey.profile import BIRTHDAY, Dossier, Field
from kiosk.survey.validate import Fault
from sim.hq import hand_overs, profile
from sim.hq.applications import take_in
from sim.hq.care import Arrival
from sim.hq.days import local_time
from sim.hq.directory import touch
from sim.hq.fitting import Given, faults_in
from sim.hq.form_fields import Shown, answer_of, shown, tidy
from sim.hq.minors import as_birthday, is_old_enough

Sent = Mapping[str, Sequence[str]]
"""What a browser sent: values by the field's name."""


@dataclass(frozen=True, slots=True)
class Link:
    """An open link.

    Attributes:
        row: of the table `hand_over`.
        content: what is published.
        now: HQ's time.
    """

    row: Row[Any]
    content: Content
    now: datetime

    @property
    def language(self) -> Language:
        """Of the form: the one the kiosk was used in."""
        return Language(self.row.language)

    @property
    def arrival(self) -> Arrival:
        """How what is sent in comes; words of one phone are in the order of milliseconds."""
        seq = int(self.now.timestamp() * 1000)
        return Arrival(profile.PHONE, self.row.store_id, seq, self.now, self.now, self.content)


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of a form.

    Attributes:
        faults: words by field, when nothing was stored; the form is shown again with them.
        too_young: nothing was stored, and nothing will be.
        kept: how many values were.
        settled: a day of birth was told that differs from the one on file.
    """

    faults: Mapping[str, str] = field(default_factory=dict)
    too_young: bool = False
    kept: int = 0
    settled: bool = False


def take(connection: Connection, link: Link, sent: Sent) -> Taken | None:
    """Keep a form, all of it or nothing, and close its link; None when it was closed meanwhile.

    A button that is touched twice sends the form twice, and both may have found the link open.

    Args:
        connection: inside a write transaction.
        link: which the form was opened by.
        sent: what the browser sent.
    """
    if hand_overs.is_used(connection, link.row):
        return None
    joining = link.row.form == Form.JOINING.value
    taken = (take_application if joining else take_stage)(connection, link, sent)
    if not taken.faults:
        hand_overs.use(connection, link.row, link.now)
    return taken


# -- a stage of the profile ---------------------------------------------------------------------


def stage_fields(
    connection: Connection, link: Link, sent: Sent | None = None, faults: Mapping[str, str] = {}
) -> tuple[Shown, ...]:
    """The questions of the member's first unfinished stage, or of the last one.

    Nothing that HQ knows is shown, only that it does: a link can fall into other hands. A day of
    birth on file is not asked for: it would not be changed.

    Args:
        sent: what could not be taken, to be mended.
        faults: what is wrong with it, by the question's name.
    """
    dossier = _dossier(connection, link)
    known, again = dossier.told.known, sent or {}
    return tuple(
        shown(
            one,
            link.language,
            on_file=one.name in known,
            typed=again.get(f"q.{one.name}", ()),
            fault=faults.get(one.name, ""),
        )
        for one in _asked(dossier)
        if one.name != BIRTHDAY or BIRTHDAY not in known
    )


def take_stage(connection: Connection, link: Link, sent: Sent) -> Taken:
    """Keep what was filled in, all of it or nothing; an empty field changes nothing.

    Args:
        connection: inside a write transaction.
        link: which the form was opened by.
        sent: what the browser sent.
    """
    fields = _asked(_dossier(connection, link))
    answers = {one.name: answer_of(one.question, sent) for one in fields}
    told = [(one, answers[one.name]) for one in fields if answers[one.name] is not None]
    born = as_birthday(answers.get(BIRTHDAY))
    if born is not None and not is_old_enough(born, link.content, link.arrival.day):
        return Taken(too_young=True)
    faults = {one.name: fault for one, value in told if (fault := _fault(link, one, value))}
    if faults:
        return Taken(faults=faults)
    held = {one.name: _keep(connection, link, one, value) for one, value in told}
    return Taken(kept=sum(held.values()), settled=not held.get(BIRTHDAY, True))


def _dossier(connection: Connection, link: Link) -> Dossier:
    who = str(link.row.member_id)
    return profile.dossier_of(connection, link.arrival, link.content, who, link.language)


def _asked(dossier: Dossier) -> tuple[Field, ...]:
    unfinished = [one for one in dossier.stages if dossier.missing(one)]
    stages = unfinished[:1] or dossier.stages[-1:]
    return dossier.open_fields(stages[0]) if stages else ()


def _fault(link: Link, field: Field, value: object) -> str:
    """What is wrong with a value, in its author's words or ours; "" for nothing."""
    at = local_time(link.content, link.now, link.row.store_id)
    given = Given({field.name: value}, False, link.language, at)
    faults = faults_in(field.stage, field.name, given)
    return fault_words(faults, link.language)


def fault_words(faults: Sequence[Fault | None], language: Language) -> str:
    """The first fault in its author's words or ours; "" for none."""
    if not faults:
        return ""
    words = faults[0].words if faults[0] is not None else None
    return words.in_(language) if words is not None else MISFIT[language]


MISFIT = {Language.ZH: "请检查这一项。", Language.EN: "Please check this one."}


def _keep(connection: Connection, link: Link, field: Field, value: object) -> bool:
    entry = profile.Entry(
        str(link.row.member_id),
        field.name,
        value,
        link.language,
        stage=(field.stage.id, field.stage.version),
    )
    return profile.enter(connection, link.arrival, entry)


# -- an application -----------------------------------------------------------------------------

JOINING_FAULTS: Mapping[str, dict[Language, str]] = {
    "name": {Language.ZH: "请填写姓名。", Language.EN: "Please tell your name."},
    "phone": {
        Language.ZH: "请填写 11 位手机号。",
        Language.EN: "Please tell a mobile number of 11 digits.",
    },
    "born": {Language.ZH: "请填写出生日期。", Language.EN: "Please tell your day of birth."},
    "group_code": {
        Language.ZH: "团体码由字母和数字组成，没有请留空。",
        Language.EN: "A group code has letters and digits. Leave it empty if you have none.",
    },
}
"""What is wrong with each field of an application."""


def take_application(connection: Connection, link: Link, sent: Sent) -> Taken:
    """Keep an application as one made at the kiosk.

    Args:
        connection, link, sent: as for `take_stage`.
    """
    born = as_birthday(_one(sent, "born"))
    if born is not None and not is_old_enough(born, link.content, link.arrival.day):
        return Taken(too_young=True)
    name = _one(sent, "name")
    told = {
        "application_id": uuid4(),
        "card_key": link.row.card_key,
        "name": name if any(map(str.isalpha, name)) else "",  # as the kiosk's keyboard asks
        "phone": _one(sent, "phone").replace(" ", "").replace("-", ""),
        "born": born,
        "group_code": _one(sent, "group_code").upper(),
        "marketing": _one(sent, "marketing") == "yes",
        "text_version": link.content.care.contact.text_version,
        "language": link.language,
    }
    try:
        fact = Application.model_validate(told)
    except ValidationError as error:
        wrong = {str(one["loc"][0]) for one in error.errors()}
        return Taken(faults={name: JOINING_FAULTS[name][link.language] for name in wrong})
    who = take_in(connection, link.arrival, fact)
    if who is not None:
        touch(connection, [who], link.now)
    return Taken(kept=1)


def _one(sent: Sent, name: str) -> str:
    return tidy(next(iter(sent.get(name, ())), ""))[:100]
