"""One rehearsal: what is to be said of a survey, its pictures, and a page that shows both."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import groupby
from pathlib import Path
from shutil import rmtree

from jinja2 import Environment, PackageLoader, StrictUndefined

from kiosk.art import built_in_icons, built_in_pictures
from kiosk.authoring.examine import Report, examine
from kiosk.authoring.tell import lines
from kiosk.content import Content
from kiosk.model.text import Language
from kiosk.store.documents import content_of, read_documents
from kiosk.store.problems import Problem
from kiosk.store.references import Names
from kiosk.survey.document import Document
from sim.rehearsal.edition import rehearsed
from sim.rehearsal.pictures import Drawn, draw, world_of
from sim.rehearsal.routes import first_looks, never_put

INDEX = "index.html"
"""The page with all pictures."""


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """What came out.

    Attributes:
        said: refusals, times and advice, a line each, as an author reads them.
        drawn: every picture; empty for a survey that cannot be published.
        unseen: questions that nobody came to.
        index: the page with the pictures; None for a survey that cannot be published.
    """

    said: tuple[str, ...]
    drawn: tuple[Drawn, ...] = ()
    unseen: tuple[str, ...] = ()
    index: Path | None = None


def rehearse(
    file: Path,
    into: Path,
    files: Mapping[str, bytes],
    now: datetime,
    tell: Callable[[str], None] = lambda _: None,
) -> Rehearsal:
    """Check a survey, walk through it, and draw every page in both languages.

    Args:
        file: the survey's JSON.
        into: a folder for pictures; what an earlier rehearsal left there goes.
        files: of the bundle it is tried out in, by name.
        now: the store's wall clock.
        tell: takes each picture's name, while somebody waits.

    Raises:
        StoreFailed: the disk refused to give the survey.
        OSError: the folder cannot be used.
    """
    report = examine(file)
    if report.problems or len(report.surveys) != 1:
        return Rehearsal(tuple(lines(report)))
    content, wrong = _content(rehearsed(files, file.read_bytes()))
    if content is None:
        return Rehearsal(tuple(lines(replace(report, problems=tuple(wrong)))))
    return _drawn(report, content, into, now, tell)


def _content(files: Mapping[str, bytes]) -> tuple[Content | None, list[Problem]]:
    """The content of these files, or why there is none."""
    documents, wrong = read_documents(files, Names(built_in_pictures(), built_in_icons()))
    if wrong:
        return None, wrong
    return content_of(1, {name: one.model for name, one in documents.items()}), []


def _drawn(
    report: Report, content: Content, into: Path, now: datetime, tell: Callable[[str], None]
) -> Rehearsal:
    (document,) = content.surveys
    world = world_of(content, now)
    looks = {one: dict(first_looks(document, one, world)) for one in Language}
    _empty(into)
    drawn = list[Drawn]()
    for picture in draw(document, looks, world, into):
        tell(picture.file.name)
        drawn.append(picture)
    unseen = never_put(looks[Language.ZH])
    done = Rehearsal(tuple(lines(report)), tuple(drawn), unseen, into / INDEX)
    (into / INDEX).write_text(_page(document, done), encoding="utf-8")
    return done


def _empty(folder: Path) -> None:
    """A folder without the pictures of an earlier rehearsal, and with nothing of anybody else's.

    Raises:
        OSError: there are other files in it.
    """
    if folder.exists() and any(folder.iterdir()):
        if not (folder / INDEX).exists():
            raise FileExistsError(f"{folder} holds other files")
        rmtree(folder)
    folder.mkdir(parents=True, exist_ok=True)


def _page(document: Document, done: Rehearsal) -> str:
    loader = PackageLoader("sim.rehearsal")
    environment = Environment(loader=loader, autoescape=True, undefined=StrictUndefined)
    template = environment.get_template(INDEX)
    return template.render(document=document, done=done, rows=list(_rows(done)))


def _rows(done: Rehearsal) -> Iterator[tuple[str, list[Drawn]]]:
    """Question by question: its pictures, standing before lying, Chinese before English."""
    order = {one.about: at for at, one in reversed(list(enumerate(done.drawn)))}
    ordered = sorted(done.drawn, key=lambda one: order[one.about])
    for about, drawn in groupby(ordered, key=lambda one: one.about):
        yield about, list(drawn)
