"""From the bytes of HQ's documents to content that is valid as a whole."""

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any
from zoneinfo import available_timezones

from pydantic import BaseModel, ValidationError

from kiosk.model.content import Content
from kiosk.model.programme import Attract, Programme, Rewards, Stores
from kiosk.store import problems
from kiosk.store.bundle import DOCUMENTS
from kiosk.store.json_lines import JsonLines, Location, scan
from kiosk.store.problems import Problem

MODELS: Mapping[str, type[BaseModel]] = dict(
    zip(DOCUMENTS, (Programme, Rewards, Stores, Attract), strict=True)
)
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
    files: Mapping[str, bytes], pictures: Collection[str]
) -> tuple[dict[str, Document], list[Problem]]:
    """Read and check all documents together.

    Args:
        files: bytes by the document's name; documents that are missing are left out.
        pictures: names of pictures that rewards and frames may show.

    Returns:
        The documents by name, and every problem found. References between documents are
        checked once each document is valid by itself.
    """
    documents: dict[str, Document] = {}
    found: list[Problem] = []
    for name in DOCUMENTS:
        if name not in files:
            continue
        read = _read(name, files[name])
        if isinstance(read, Document):
            documents[name] = read
        else:
            found += read
    if not found and len(documents) == len(DOCUMENTS):
        found = _reference_problems(documents, pictures)
    return documents, found


def content_of(version: int, models: Mapping[str, BaseModel]) -> Content:
    """The content made of these documents' models."""
    programme, rewards, stores, attract = (models[name] for name in DOCUMENTS)
    if not (
        isinstance(programme, Programme)
        and isinstance(rewards, Rewards)
        and isinstance(stores, Stores)
        and isinstance(attract, Attract)
    ):
        raise TypeError("the documents are not in the order of DOCUMENTS")
    return Content(version, programme, rewards.rewards, stores.stores, attract)


def content_from_values(version: int, values: Mapping[str, Any]) -> Content:
    """The content made of documents as they were kept.

    Raises:
        ContentRefused: they do not fit this version of the product.
    """
    found: list[Problem] = []
    models: dict[str, BaseModel] = {}
    for name, model in MODELS.items():
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


def _reference_problems(
    documents: Mapping[str, Document], pictures: Collection[str]
) -> list[Problem]:
    content = content_of(0, {name: document.model for name, document in documents.items()})
    found = [
        *_unknown_in_rewards(content, pictures),
        *_unknown_in_attract(content, pictures),
        *_wrong_in_stores(content),
    ]
    return [
        problems.at(name, documents[name].lines, place, reason) for name, place, reason in found
    ]


Finding = tuple[str, Location, str]
"""Document, location in it, reason."""


def _unknown_in_rewards(content: Content, pictures: Collection[str]) -> list[Finding]:
    found: list[Finding] = []
    stores = {store.store_id for store in content.stores}
    for index, reward in enumerate(content.rewards):
        place: Location = ("rewards", index)
        if reward.picture not in pictures:
            found.append(("rewards.json", (*place, "picture"), _no_picture(reward.picture)))
        for number, tier in enumerate(reward.tiers):
            if content.programme.tier(tier) is None:
                reason = f"the programme has no tier {tier}"
                found.append(("rewards.json", (*place, "tiers", number), reason))
        for store in reward.stock.keys() - stores:
            reason = f"stores.json has no store {store}"
            found.append(("rewards.json", (*place, "stock", store), reason))
    return found


def _unknown_in_attract(content: Content, pictures: Collection[str]) -> list[Finding]:
    return [
        ("attract.json", ("frames", frame, "items", item, "picture"), _no_picture(shown.picture))
        for frame, page in enumerate(content.attract.frames)
        for item, shown in enumerate(page.items)
        if shown.picture not in pictures
    ]


def _wrong_in_stores(content: Content) -> list[Finding]:
    found: list[Finding] = []
    seen: set[str] = set()
    zones = available_timezones()  # none at all on a machine without the zones' files
    for index, store in enumerate(content.stores):
        if store.store_id in seen:
            reason = f"two stores have the store_id {store.store_id}"
            found.append(("stores.json", ("stores", index, "store_id"), reason))
        seen.add(store.store_id)
        if zones and store.time_zone not in zones:
            reason = f"there is no time zone {store.time_zone}"
            found.append(("stores.json", ("stores", index, "time_zone"), reason))
    return found


def _no_picture(name: str) -> str:
    return f"there is no picture {name}, neither in the bundle nor in the kiosk"
