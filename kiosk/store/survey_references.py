"""What surveys say of the rest of a bundle and of each other: tiers, pictures, ids, fields."""

from collections.abc import Iterator

from kiosk.content import Content
from kiosk.store.bundle import survey_file
from kiosk.store.references import Finding, Names, no_picture, no_tier
from kiosk.survey.choices import Choice
from kiosk.survey.document import Document, Kind
from kiosk.survey.places import Location, placed
from kiosk.survey.questions import ChoosingQuestion


def contradictions_of_surveys(content: Content, names: Names) -> Iterator[Finding]:
    """Everything wrong around surveys that are right by themselves."""
    yield from _ids_alike(content)
    yield from _fields_asked_twice(content)
    for survey in content.surveys:
        yield from _unknown_tiers(survey, content)
        yield from unknown_pictures(survey, names)


def _ids_alike(content: Content) -> Iterator[Finding]:
    """Ids that differ in case alone: one file, where an author's disk makes no difference."""
    seen: dict[str, str] = {}
    for survey in content.surveys:
        other = seen.setdefault(survey.id.lower(), survey.id)
        if other != survey.id:
            reason = f"another survey has the id {other}, which differs in case alone"
            yield survey_file(survey.id), ("id",), reason


def _fields_asked_twice(content: Content) -> Iterator[Finding]:
    """Fields of the profile that stand in two stages: whose answer would hold?"""
    asked: dict[str, str] = {}
    for survey in content.surveys:
        if survey.kind is not Kind.PROFILE:
            continue
        for place, element in placed(survey.survey):
            other = asked.setdefault(element.name, survey.id)
            if element.name in survey.questions and other != survey.id:
                reason = f"question `{element.name}`: {other} asks it already"
                yield survey_file(survey.id), (*place, "name"), reason


def _unknown_tiers(survey: Document, content: Content) -> Iterator[Finding]:
    editions = [one for one in (content.programme, content.coming) if one is not None]
    for number, tier_id in enumerate(survey.audience.tiers):
        if all(edition.tier(tier_id) is None for edition in editions):
            yield survey_file(survey.id), ("audience", "tiers", number), no_tier(tier_id)


def unknown_pictures(survey: Document, names: Names) -> Iterator[Finding]:
    """Pictures and icons that a survey shows and nobody has."""
    for question, place, choice in choices_with_pictures(survey):
        missing = ""
        if choice.icon and choice.icon not in names.icons:
            missing = f"the kiosk has no icon {choice.icon}"
        elif choice.picture and choice.picture not in names.pictures:
            missing = no_picture(choice.picture)
        if missing:
            yield survey_file(survey.id), place, f"question `{question}`: {missing}"


def choices_with_pictures(survey: Document) -> Iterator[tuple[str, Location, Choice]]:
    """Every choice that shows something, with its question's name and its picture's place."""
    for place, element in placed(survey.survey):
        if isinstance(element, ChoosingQuestion):
            for number, choice in enumerate(element.choices):
                if choice.image_link:
                    yield element.name, (*place, "choices", number, "imageLink"), choice
