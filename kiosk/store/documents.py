"""From the bytes of HQ's documents to content that is valid as a whole."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from pydantic import BaseModel, ValidationError

from kiosk.content import Content
from kiosk.model.attract import Attract
from kiosk.model.care import Care
from kiosk.model.programme import Programme, Rewards, Stores
from kiosk.store import problems, surveys
from kiosk.store.bundle import COMING, DOCUMENTS, picture_name, survey_id
from kiosk.store.json_lines import JsonLines
from kiosk.store.json_text import Parsed, parse
from kiosk.store.problems import Problem
from kiosk.store.references import Names, contradictions
from kiosk.store.survey_references import contradictions_of_surveys
from kiosk.survey.document import Document as Survey

MODELS: Mapping[str, type[BaseModel]] = {
    **dict(zip(DOCUMENTS, (Programme, Rewards, Stores, Attract, Care), strict=True)),
    COMING: Programme,
}
"""What each document must be; surveys have a check of their own (kiosk/store/surveys.py)."""


@dataclass(frozen=True, slots=True)
class Document:
    """One document that could be parsed.

    Attributes:
        value: as JSON has it, for keeping.
        model: as the product has it.
        lines: where its values stand, for messages.
    """

    value: Any
    model: BaseModel
    lines: JsonLines | None


def read_documents(
    files: Mapping[str, bytes], own: Names
) -> tuple[dict[str, Document], list[Problem]]:
    """Read and check all documents together.

    Args:
        files: bytes by the file's name; documents that are missing are left out.
        own: what documents may show without bringing it along.

    Returns:
        The documents by name, and every problem found. References between documents are
        checked once each document is valid by itself.
    """
    documents: dict[str, Document] = {}
    found: list[Problem] = []
    for name in names_in_order(files):
        read = _read(name, files[name])
        if isinstance(read, Document):
            documents[name] = read
        else:
            found += read
    if not found and all(name in documents for name in DOCUMENTS):
        brought = {known for file in files if (known := picture_name(file))}
        names = replace(own, pictures=brought | set(own.pictures))
        found = _contradictions(documents, names)
    return documents, found


def names_in_order(files: Iterable[str]) -> list[str]:
    """Which of these files are documents: those with a name of their own first, then surveys."""
    there = set(files)
    return [name for name in MODELS if name in there] + sorted(filter(survey_id, there))


def content_of(version: int, models: Mapping[str, BaseModel]) -> Content:
    """The content made of these documents' models."""
    programme, rewards, stores, attract, care = (models[name] for name in DOCUMENTS)
    if not (
        isinstance(programme, Programme)
        and isinstance(rewards, Rewards)
        and isinstance(stores, Stores)
        and isinstance(attract, Attract)
        and isinstance(care, Care)
    ):
        raise TypeError("the documents are not in the order of DOCUMENTS")
    coming = models.get(COMING)
    if not isinstance(coming, Programme | None):
        raise TypeError(f"{COMING} is no programme")
    asked = tuple(one for _, one in sorted(models.items()) if isinstance(one, Survey))
    return Content(
        version, programme, rewards.rewards, stores.stores, attract, care, coming, surveys=asked
    )


def content_from_values(version: int, values: Mapping[str, Any]) -> Content:
    """The content made of documents as they were kept.

    Raises:
        ContentRefused: they do not fit this version of the product.
    """
    found: list[Problem] = []
    models: dict[str, BaseModel] = {}
    for name in names_in_order({*values, *DOCUMENTS}):
        read = _valid(name, Parsed(values.get(name)))
        if isinstance(read, BaseModel):
            models[name] = read
        else:
            found += read
    if found:
        raise problems.refuse(found)
    return content_of(version, models)


def _read(name: str, content: bytes) -> Document | list[Problem]:
    parsed = parse(name, content)
    if isinstance(parsed, Problem):
        return [parsed]
    model = _valid(name, parsed)
    if not isinstance(model, BaseModel):
        return [*parsed.repeated, *model]
    return list(parsed.repeated) or Document(parsed.value, model, parsed.lines)


def _valid(name: str, parsed: Parsed) -> BaseModel | list[Problem]:
    if survey_id(name):
        return surveys.read(name, parsed)
    try:
        return MODELS[name].model_validate(parsed.value)
    except ValidationError as error:
        return problems.of_validation(name, parsed.lines, error)


def _contradictions(documents: Mapping[str, Document], names: Names) -> list[Problem]:
    content = content_of(0, {name: document.model for name, document in documents.items()})
    return [
        problems.at(name, documents[name].lines, place, reason)
        for name, place, reason in (
            *contradictions(content, names),
            *contradictions_of_surveys(content, names),
        )
    ]
