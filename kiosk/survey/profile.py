"""The profile as it grows: its stages, how complete it is, and what is asked next."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from fractions import Fraction
from math import floor
from typing import Final

from kiosk.model.text import Language
from kiosk.survey.document import Document, FileClass, Kind, Note, Sensitivity
from kiosk.survey.layout import layout_of
from kiosk.survey.questions import AnyQuestion, Question
from kiosk.survey.showing import chosen_values, is_open_choice, shown_words
from kiosk.survey.steps import answer, begin
from kiosk.survey.told import Told

NAME: Final = "name"
PHONE: Final = "phone"
BIRTHDAY: Final = "birthday"
"""Questions of a profile that the kiosk knows by their name (docs/surveys.md)."""

FIRST: Final = (NAME, PHONE)
"""All that is asked of somebody who has told nothing yet (mission: the first visit)."""

SHARE: Final = {FileClass.HARD: Fraction(1, 5), FileClass.SOFT: Fraction(4, 5)}
"""What each file is worth of the whole profile (mission: 20 % and 80 %)."""


@dataclass(frozen=True, slots=True)
class Field:
    """One question of the profile, with what HQ says about it."""

    stage: Document = field(repr=False)
    question: AnyQuestion = field(repr=False)
    note: Note = field(repr=False)

    @property
    def name(self) -> str:
        """By which everybody knows it: HQ's tables, the member's row, a record."""
        return self.question.name

    @property
    def is_askable(self) -> bool:
        """Whether a member is asked; what is sensitive never is where others look on."""
        return self.note.self_askable and self.note.sensitivity is not Sensitivity.SENSITIVE

    @property
    def worth(self) -> Fraction:
        """Its weight times the share of its file; 0 for one that is in no file."""
        if self.note.file is None:
            return Fraction(0)
        return Fraction(self.note.weight) * SHARE[self.note.file]


def stages_of(surveys: Iterable[Document]) -> tuple[Document, ...]:
    """The stages of the profile, in the order of their ids."""
    stages = (one for one in surveys if one.kind is Kind.PROFILE)
    return tuple(sorted(stages, key=lambda one: one.id))


def fields_of(stages: Iterable[Document]) -> tuple[Field, ...]:
    """Every question of these stages, in the order it stands there."""
    return tuple(
        Field(stage, question, stage.questions.get(question.name, Note()))
        for stage in stages
        for question in layout_of(stage.survey).questions.values()
        if isinstance(question, Question)
    )


def field_of(stage: Document, name: str) -> Field | None:
    """The question of this name in a stage."""
    return next((one for one in fields_of((stage,)) if one.name == name), None)


def completeness(fields: Iterable[Field], known: Iterable[str]) -> int:
    """How complete a profile is, in percent rounded down: 100 only when nothing is missing.

    Each file counts by the weight of what is known of it; a file without any question counts as
    full, so that what nobody can answer holds nobody back.

    Args:
        known: names of questions; those of no file add nothing.
    """
    fields, known = tuple(fields), frozenset(known)
    return floor(100 * sum(SHARE[one] * _full(fields, known, one) for one in FileClass))


def _full(fields: tuple[Field, ...], known: frozenset[str], file: FileClass) -> Fraction:
    """How much of one file is known."""
    weights = {one.name: Fraction(one.note.weight) for one in fields if one.note.file is file}
    whole = sum(weights.values(), Fraction(0))
    told = sum((weight for name, weight in weights.items() if name in known), Fraction(0))
    return told / whole if whole else Fraction(1)


@dataclass(frozen=True, slots=True)
class Dossier:
    """One member's profile at one moment.

    Attributes:
        now: store-local, for conditions that ask for the day.
        today: None while the clock cannot be believed.
        tier, segment: of the member, for stages that are not for everybody.
    """

    stages: tuple[Document, ...] = field(repr=False)
    told: Told = field(repr=False)
    now: datetime
    today: date | None
    language: Language
    tier: str = ""
    segment: str | None = None

    @property
    def percent(self) -> int:
        """How complete it is."""
        return completeness(fields_of(self.stages), self.told.known)

    def percent_with(self, name: str) -> int:
        """How complete it is with one more answer."""
        return completeness(fields_of(self.stages), self.told.known | {name})

    def field(self, name: str) -> Field | None:
        """The question of this name."""
        return next((one for one in fields_of(self.stages) if one.name == name), None)

    def choices(self, stage: Document) -> dict[str, object]:
        """The choices of a stage that are known as they are; conditions depend on them.

        What is known masked, or was told here and is not in HQ's row yet, counts for conditions
        as not answered.
        """
        found: dict[str, object] = {}
        for one in fields_of((stage,)):
            known = self.told.values.get(one.name)
            if known is not None and is_open_choice(one.question, one.note):
                found[one.name] = chosen_values(one.question, known.shown)
        return found

    def open_fields(self, stage: Document) -> tuple[Field, ...]:
        """What a member is asked in a stage, told or not, in the order it stands there."""
        run = begin(stage.survey, self.language, self.now)
        for name, value in self.choices(stage).items():
            run = answer(run, name, value, self.now)
        return tuple(
            one
            for one in fields_of((stage,))
            if one.is_askable and run.is_visible(one.name) and not run.is_locked(one.name)
        )

    def missing(self, stage: Document) -> tuple[Field, ...]:
        """What a member has not told to a stage yet, refused or not."""
        known = self.told.known
        return tuple(one for one in self.open_fields(stage) if one.name not in known)

    def points(self, stage: Document) -> int:
        """What HQ still pays for finishing a stage; each is paid for once."""
        return 0 if stage.id in self.told.paid else stage.reward_points

    def next_question(self) -> Field | None:
        """What would be asked now.

        Name and phone come before anything else; then the first stage in which anything may be
        asked, and in it what is worth most; of equals the one that stands first.
        """
        waiting = tuple(fields for stage in self.stages if (fields := self._due(stage)))
        first = (one for name in FIRST for fields in waiting for one in fields if one.name == name)
        found = next(first, None)
        if found is not None or not waiting:
            return found
        return max(waiting[0], key=lambda one: one.worth)

    def can_be_told(self, one: Field) -> bool:
        """Whether a member can answer it here and now.

        A day of birth needs a clock that is right, and is told once: vouchers are given by it, so
        HQ lets only the counter change it.
        """
        if one.name == BIRTHDAY and (self.today is None or BIRTHDAY in self.told.known):
            return False
        return one.is_askable

    def _due(self, stage: Document) -> tuple[Field, ...]:
        """What of a stage may be asked now: missing, not refused, and not put off."""
        if not self._is_open(stage):
            return ()
        off = self.told.later | self.told.never
        missing = (one for one in self.missing(stage) if one.name not in off)
        return tuple(one for one in missing if self.can_be_told(one))

    def _is_open(self, stage: Document) -> bool:
        """Whether a stage is for this member on this day."""
        audience = stage.audience
        if audience.tiers and self.tier not in audience.tiers:
            return False
        if audience.segments and self.segment not in audience.segments:
            return False
        return stage.window.is_open(self.today)

    def to_confirm(self, after_days: int) -> Field | None:
        """The oldest value that the member could be asked to confirm; None while all are fresh.

        Only what can be shown can be confirmed, and nobody knows its age without a clock.

        Args:
            after_days: the age from which it is worth asking.
        """
        old = [one for one in self._shown() if self._age_days(one) >= after_days]
        return max(old, key=self._age_days, default=None)

    def _shown(self) -> list[Field]:
        """What is known, may be shown and would be asked; nothing that was told just now."""
        return [
            one
            for stage in self.stages
            if self._is_open(stage)
            for one in self.open_fields(stage)
            if one.name not in self.told.fresh and self.words(one)
        ]

    def _age_days(self, one: Field) -> int:
        known = self.told.values[one.name]
        return (self.today - known.on).days if self.today is not None else -1

    def words(self, one: Field) -> tuple[str, ...]:
        """What may be shown of what HQ knows; nothing: it knows nothing, or nothing to show."""
        known = self.told.values.get(one.name)
        return shown_words(one.question, one.note, known.shown, self.language) if known else ()
