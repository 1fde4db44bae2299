"""Says in plain lines what was found, as compilers do, so that an editor finds the place."""

from collections.abc import Iterator

from kiosk.authoring.examine import Report
from kiosk.model.text import Language
from kiosk.store.problems import LISTED, Problem
from kiosk.survey.document import Document
from kiosk.survey.estimate import estimate_in_s


def lines(report: Report) -> Iterator[str]:
    """Refusals, then how long each survey takes, then advice, then what it comes to."""
    for problem in report.problems[:LISTED]:
        yield _told(problem, "refused")
    if len(report.problems) > LISTED:
        yield f"and {len(report.problems) - LISTED} more"
    for file, survey in report.surveys:
        yield _length(file, survey)
    for problem in report.advice:
        yield _told(problem, "advice")
    yield _summary(report)


def _told(problem: Problem, what: str) -> str:
    place = problem.file if problem.line is None else f"{problem.file}:{problem.line}"
    return ": ".join(part for part in (place, what, problem.path, problem.reason) if part)


def _length(file: str, survey: Document) -> str:
    zh_s = estimate_in_s(survey.survey, Language.ZH)
    en_s = estimate_in_s(survey.survey, Language.EN)
    return (
        f"{file}: version {survey.version} takes about"
        f" {zh_s:.0f} s in Chinese, {en_s:.0f} s in English"
    )


def _summary(report: Report) -> str:
    advice = f"; {_many(len(report.advice), 'piece')} of advice" if report.advice else ""
    if report.problems:
        return f"{report.name} cannot be published: {_many(len(report.problems), 'reason')}{advice}"
    return f"{report.name} can be published{advice}"


def _many(count: int, what: str) -> str:
    return f"{count} {what}" if count == 1 else f"{count} {what}s"
