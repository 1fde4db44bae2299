"""A small profile: stages with questions of a word, a choice, a date; and what is known of it."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from kiosk.model.answers import Reluctance
from kiosk.model.asking import Known, PutOff, Source
from kiosk.model.members import Member
from kiosk.model.text import Language
from kiosk.model.verdicts import Claim, ClaimKind
from kiosk.survey.check import check
from kiosk.survey.document import Document
from kiosk.survey.profile import Dossier
from kiosk.survey.told import told_by
from tests.factories import NOW, PLACE, claim, member

TODAY = date(2026, 11, 21)
KIOSK = PLACE.kiosk_id
PERSONAL = {"sensitivity": "personal"}
HARD, SOFT = {"class": "hard"}, {"class": "soft"}

CHOICES = [
    {"value": "plain", "text": {"default": "Plain", "zh-cn": "简约"}},
    {"value": "sporty", "text": {"default": "Sporty", "zh-cn": "运动"}},
    {"value": "vintage", "text": {"default": "Vintage", "zh-cn": "复古"}},
]


def ask(name: str, type_: str = "text", **more: Any) -> dict[str, Any]:
    """One question."""
    if type_ in ("radiogroup", "checkbox"):
        more = {"choices": CHOICES, **more}
    title = {"default": f"{name.capitalize()}?", "zh-cn": f"{name}？"}
    return {"type": type_, "name": name, "title": title, **more}


def stage(
    id_: str, questions: Sequence[dict[str, Any]], notes: Mapping[str, Any], **more: Any
) -> Document:
    """A stage with a page a question."""
    why = {"why": {"zh-CN": "先告诉您", "en": "You hear first"}}
    notes = {one["name"]: SOFT | why | notes.get(one["name"], {}) for one in questions}
    pages = [{"name": f"page_{one['name']}", "elements": [one]} for one in questions]
    checked = check(
        {"id": id_, "version": 1, "kind": "profile", "partial": "discard", "questions": notes}
        | {"survey": {"pages": pages}}
        | more
    )
    assert checked.document is not None, checked.troubles
    return checked.document


def basics(**more: Any) -> Document:
    """Name, phone, birthday, e-mail: all hard, all personal."""
    return stage(
        "stage_1",
        (
            ask("email", inputType="email"),
            ask("birthday", inputType="date"),
            ask("phone", inputType="tel"),
            ask("name"),
        ),
        {
            "email": {**HARD, **PERSONAL, "weight": 3},
            "birthday": {**HARD, **PERSONAL},
            "phone": {**HARD, **PERSONAL},
            "name": {**HARD, **PERSONAL},
        },
        **{"reward_points": 30, **more},
    )


def tastes(**more: Any) -> Document:
    """Size, style, work; what staff see; what depends on the style."""
    return stage(
        "stage_2",
        (
            ask("size", "radiogroup"),
            ask("style", "checkbox"),
            ask("work", "radiogroup"),
            ask("manner"),
            ask("sport", "radiogroup", visibleIf="{style} contains 'sporty'"),
        ),
        {
            "size": HARD,
            "style": {**SOFT, "weight": 3},
            "work": SOFT,
            "manner": {**SOFT, "self_askable": False},
            "sport": SOFT,
        },
        **{"reward_points": 50, **more},
    )


STAGES = (basics(), tastes())


def known(field: str, shown: str = "", days_ago: int = 10) -> Known:
    """HQ knows this value since so many days."""
    on = date.fromordinal(TODAY.toordinal() - days_ago)
    return Known(field=field, shown=shown, source=Source.MEMBER, on=on)


def put_off(field: str, days_ago: int = 1, how: Reluctance = Reluctance.LATER) -> PutOff:
    """HQ knows that this was turned down."""
    return PutOff(field=field, how=how, on=date.fromordinal(TODAY.toordinal() - days_ago))


def said(subject: str, seq: int = 9, **changes: Any) -> Claim:
    """This kiosk was told it, and HQ's row has it not."""
    values = {"kind": ClaimKind.PROFILE, "subject": subject, "points": 0, "seq": seq}
    return claim(id=UUID(int=seq), **(values | changes))


def dossier(
    of: Member | None = None,
    *claims: Claim,
    stages: tuple[Document, ...] = STAGES,
    today: date | None = TODAY,
    **changes: Any,
) -> Dossier:
    """The profile of a member with what this kiosk was told."""
    of = of or member()
    told = told_by(of, claims, KIOSK, today, 30)
    values = {"tier": of.tier, "segment": of.segment} | changes
    return Dossier(stages, told, NOW, today, Language.ZH, **values)
