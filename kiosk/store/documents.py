"""From the bytes of HQ's documents to content that is valid as a whole."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel, ValidationError

from kiosk.content import Content
from kiosk.model.care import Care
from kiosk.model.programme import Attract, Programme, Rewards, Stores
from kiosk.store import problems
from kiosk.store.bundle import COMING, DOCUMENTS
from kiosk.store.json_lines import JsonLines, scan
from kiosk.store.problems import Problem
from kiosk.store.references import Names, contradictions

MODELS: Mapping[str, type[BaseModel]] = {
    **dict(zip(DOCUMENTS, (Programme, Rewards, Stores, Attract, Care), strict=True)),
    COMING: Programme,
}
"""What each document must be."""


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
    lines: JsonLines


def read_documents(
    files: Mapping[str, bytes], names: Names
) -> tuple[dict[str, Document], list[Problem]]:
    """Read and check all documents together.

    Args:
        files: bytes by the document's name; documents that are missing are left out.
        names: what they may show.

    Returns:
        The documents by name, and every problem found. References between documents are
        checked once each document is valid by itself.
    """
    documents: dict[str, Document] = {}
    found: list[Problem] = []
    for name in MODELS:
        if name not in files:
            continue
        read = _read(name, files[name])
        if isinstance(read, Document):
            documents[name] = read
        else:
            found += read
    if not found and all(name in documents for name in DOCUMENTS):
        found = _contradictions(documents, names)
    return documents, found


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
    return Content(version, programme, rewards.rewards, stores.stores, attract, care, coming)


def content_from_values(version: int, values: Mapping[str, Any]) -> Content:
    """The content made of documents as they were kept.

    Raises:
        ContentRefused: they do not fit this version of the product.
    """
    found: list[Problem] = []
    models: dict[str, BaseModel] = {}
    for name, model in MODELS.items():
        if name == COMING and name not in values:
            continue
        try:
            models[name] = model.model_validate(values.get(name))
        except ValidationError as error:
            found += problems.of_validation(name, None, error)
    if found:
        raise problems.refuse(found)
    return content_of(version, models)


def _read(name: str, content: bytes) -> Document | list[Problem]:
    parsed = _parse(name, content)
    if isinstance(parsed, Problem):
        return [parsed]
    text, value = parsed
    lines = scan(text)
    found = [problems.at(name, lines, place, "is there twice") for place in lines.repeated]
    try:
        model = MODELS[name].model_validate(value)
    except ValidationError as error:
        return found + problems.of_validation(name, lines, error)
    return found or Document(value, model, lines)


def _parse(name: str, content: bytes) -> tuple[str, Any] | Problem:
    try:
        text = content.decode("utf-8-sig")
        return text, json.loads(text, parse_constant=_refuse_constant)
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        return Problem(name, "is not UTF-8 here", line)
    except json.JSONDecodeError as error:
        return Problem(name, f"is not JSON from column {error.colno}: {error.msg}", error.lineno)
    except RecursionError:
        return Problem(name, "is nested too deeply")
    except ValueError as error:
        return Problem(name, f"is not JSON: {error}")


def _refuse_constant(word: str) -> None:
    raise ValueError(f"{word} is no number of JSON")


def _contradictions(documents: Mapping[str, Document], names: Names) -> list[Problem]:
    content = content_of(0, {name: document.model for name, document in documents.items()})
    return [
        problems.at(name, documents[name].lines, place, reason)
        for name, place, reason in contradictions(content, names)
    ]
