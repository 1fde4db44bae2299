"""Ways through a survey: somebody who answers at random, until every question has been put once."""

from collections.abc import Iterator, Mapping, Sequence
from random import Random

from kiosk.model.text import Language
from kiosk.session import answering
from kiosk.session.states import Asking
from kiosk.session.stops import asked
from kiosk.session.world import World
from kiosk.survey.document import Document
from kiosk.survey.questions import BooleanQuestion, CommentQuestion, TextQuestion
from kiosk.survey.run import Run
from kiosk.survey.scope import choices_of, has_several

WALKS = 400
"""Walks at most; a question that one answer in twenty leads to is missed once in 10^9 surveys."""

STEPS = 120
"""Questions of one walk at most: forty, and some put again."""

TEXTS: Mapping[str, Sequence[str]] = {
    "text": ("很好", "A", "12", "13812345678"),
    "tel": ("13812345678",),
    "number": ("5", "1", "0", "50", "170"),
    "date": ("1990-05-20", "2026-06-01"),
    "month": ("1990-05", "2026-06"),
    "email": ("li@example.cn",),
}
"""What such a person writes; a pattern that none of it fits keeps what is behind it unseen."""


def first_looks(document: Document, language: Language, world: World) -> Mapping[str, Asking]:
    """Each question as it is put to somebody for the first time, in the survey's own order.

    Questions that are missing were never put: either nothing leads to them, or only an answer
    that nobody thinks of.
    """
    chance, seen = Random(0), dict[str, Asking]()
    wanted: set[str] = set()
    for _ in range(WALKS):
        for asking in _walk(document, language, world, chance):
            seen.setdefault(asking.question, asking)
            wanted = wanted or _asking_questions(asking.run)
        if wanted <= seen.keys():
            break
    order = {name: at for at, name in enumerate(_names(seen))}
    return dict(sorted(seen.items(), key=lambda item: order[item[0]]))


def never_put(seen: Mapping[str, Asking]) -> tuple[str, ...]:
    """Questions nobody came to, by name."""
    if not seen:
        return ()
    questions = _asking_questions(next(iter(seen.values())).run)
    return tuple(name for name in _names(seen) if name in questions and name not in seen)


def _names(seen: Mapping[str, Asking]) -> Sequence[str]:
    return list(next(iter(seen.values())).run.layout.elements) if seen else []


def _asking_questions(run: Run) -> set[str]:
    return {name for name in run.layout.elements if asked(run, name) is not None}


def _walk(document: Document, language: Language, world: World, chance: Random) -> Iterator[Asking]:
    """One way through, question by question."""
    asking = answering.begin(document, language, world)
    for _ in range(STEPS):
        if asking is None or answering.is_over(asking):
            return
        yield asking
        asking = _onward(asking, world, chance)


def _onward(asking: Asking, world: World, chance: Random) -> Asking | None:
    """The next question; None where this person gives up."""
    before = asking.question
    answered = _answered(asking, world, chance) if chance.random() < 0.9 else asking
    if answering.is_over(answered) or answered.question != before:
        return answered
    moved = answering.forward(answered, world)
    return None if moved.faults and chance.random() < 0.2 else moved


def _answered(asking: Asking, world: World, chance: Random) -> Asking:
    question = asked(asking.run, asking.question)
    match question:
        case None:
            return asking
        case TextQuestion():
            return answering.write_text(asking, chance.choice(TEXTS[question.input_type]), world)
        case CommentQuestion():
            return answering.write_text(asking, "很好", world)
        case BooleanQuestion():
            return answering.choose(asking, chance.choice((answering.YES, answering.NO)), world)
        case _:
            count = len(choices_of(question))
            touches = chance.randint(1, 2) if has_several(question) else 1
            for place in chance.sample(range(count), min(touches, count)):
                asking = answering.choose(asking, str(place), world)
            return asking
