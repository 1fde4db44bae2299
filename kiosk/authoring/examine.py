"""Looks at what an author has made: everything that is refused, and advice on the rest."""

import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from kiosk.art import built_in_icons, built_in_pictures
from kiosk.exceptions import StoreFailed
from kiosk.store import surveys
from kiosk.store.bundle import (
    DOCUMENTS,
    MAX_SURVEY_BYTES,
    Files,
    read_bundle,
    read_folder,
)
from kiosk.store.documents import MODELS, read_documents
from kiosk.store.json_lines import JsonLines
from kiosk.store.json_text import parse
from kiosk.store.problems import Problem, at
from kiosk.store.references import Names
from kiosk.store.survey_references import choices_with_pictures, unknown_pictures
from kiosk.survey.document import Document
from kiosk.survey.linter import advice_on
from kiosk.survey.places import placed


@dataclass(frozen=True, slots=True)
class Report:
    """What there is to say.

    Attributes:
        name: of the file or folder.
        problems: why it cannot be published; empty when it can.
        surveys: those that are right by themselves, each with its file.
        advice: what is unwise; it holds nothing up.
    """

    name: str
    problems: tuple[Problem, ...] = ()
    surveys: tuple[tuple[str, Document], ...] = ()
    advice: tuple[Problem, ...] = ()


def examine(path: Path) -> Report:
    """Everything there is to say about a survey, a document, or a whole bundle.

    Raises:
        StoreFailed: the disk refused.
    """
    own = Names(built_in_pictures(), built_in_icons())
    try:
        if not path.exists():
            return Report(str(path), (Problem(str(path), "there is no such file or folder"),))
        if path.is_dir():
            return _folder(path, own)
        if path.suffix.lower() == ".zip" or zipfile.is_zipfile(path):
            return _bundle(str(path), *read_bundle(path), own)
        content = path.read_bytes()
    except OSError as error:
        raise StoreFailed(f"{path}: {error.strerror}") from error
    if path.name in MODELS:
        return _inside(path.parent, _bundle(str(path), {path.name: content}, [], own))
    return _survey(path, content, own)


def _folder(path: Path, own: Names) -> Report:
    """The bundle in a folder; in one without documents, every survey for itself."""
    name = str(path)
    files, found = read_folder(path)
    if any(document in files for document in DOCUMENTS):
        return _inside(path, _bundle(name, files, found, own))
    drafts = sorted(path.glob("*.json"))
    if not drafts:
        reason = f"holds neither a bundle, which has {DOCUMENTS[0]}, nor a survey's JSON file"
        return Report(name, (Problem(name, reason),))
    alone = [_survey(draft, draft.read_bytes(), own) for draft in drafts]
    return Report(
        name,
        tuple(problem for one in alone for problem in one.problems),
        tuple(survey for one in alone for survey in one.surveys),
        tuple(advice for one in alone for advice in one.advice),
    )


def _bundle(name: str, files: Files, found: list[Problem], own: Names) -> Report:
    documents, wrong = read_documents(files, own)
    report = Report(name, (*found, *wrong))
    for file, document in documents.items():
        if isinstance(document.model, Document):
            report = _with_survey(report, file, document.model, document.lines)
    return report


def _inside(folder: Path, report: Report) -> Report:
    """The same with its files' places on this disk, as an editor opens them."""

    def placed_in(problem: Problem) -> Problem:
        path = folder / problem.file
        return replace(problem, file=str(path)) if path.exists() else problem

    return replace(
        report,
        problems=tuple(map(placed_in, report.problems)),
        surveys=tuple((str(folder / file), survey) for file, survey in report.surveys),
        advice=tuple(map(placed_in, report.advice)),
    )


def _survey(path: Path, content: bytes, own: Names) -> Report:
    """A survey alone: what a bundle would have to bring is advice."""
    name = str(path)
    if len(content) > MAX_SURVEY_BYTES:
        reason = f"has {len(content)} bytes, {MAX_SURVEY_BYTES} at most are allowed"
        return Report(name, (Problem(name, reason),))
    parsed = parse(name, content)
    if isinstance(parsed, Problem):
        return Report(name, (parsed,))
    survey = surveys.read(name, parsed)
    if not isinstance(survey, Document):
        return Report(name, (*parsed.repeated, *survey))
    named = {choice.picture for _, _, choice in choices_with_pictures(survey)}
    everything = replace(own, pictures=named | set(own.pictures))
    wrong = [
        at(name, parsed.lines, place, reason)
        for _, place, reason in unknown_pictures(survey, everything)
    ]
    report = Report(name, (*parsed.repeated, *wrong))
    report = _with_survey(report, name, survey, parsed.lines)
    brought = (Problem(name, one) for one in _of_the_bundle(path.name, survey, named, own))
    return replace(report, advice=(*report.advice, *brought))


def _of_the_bundle(name: str, survey: Document, named: set[str], own: Names) -> Iterator[str]:
    if name != f"{survey.id}.json":
        yield f"must be called {survey.id}.json in a bundle"
    for picture in sorted(named - {"", *own.pictures}):
        yield f"shows the picture {picture}, which the bundle must bring along"


def _with_survey(report: Report, file: str, survey: Document, lines: JsonLines | None) -> Report:
    places = {element.name: place for place, element in placed(survey.survey)}
    advice = []
    for one in advice_on(survey):
        place = places.get(one.about)
        line = lines.line_of((*place, "name")) if lines and place else None
        advice.append(Problem(file, str(one), line))
    return replace(
        report,
        surveys=(*report.surveys, (file, survey)),
        advice=(*report.advice, *advice),
    )
