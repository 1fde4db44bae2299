"""A survey for the bundles of tests, small enough that its lines can be counted."""

from tests.store.bundles import whole

VOTE = """{
 "id": "vote", "version": 1, "kind": "vote",
 "audience": {"tiers": ["standard"]},
 "survey": {"pages": [{"name": "p", "elements": [
  {"type": "imagepicker", "name": "piece", "title": "Which?", "choices": [
   {"value": "a", "imageLink": "scarf"},
   {"value": "b", "imageLink": "canvas-tote"},
   {"value": "c", "imageLink": "icon:cake"}
  ]}
 ]}]}
}
"""

STAGE = """{
 "id": "stage", "version": 1, "kind": "profile",
 "questions": {
  "size": {"class": "hard", "why": {"zh-CN": "为您留意", "en": "We look out for it"}}
 },
 "survey": {"pages": [{"name": "p", "elements": [
  {"type": "radiogroup", "name": "size", "title": "Which size?", "choices": ["S", "M"]}
 ]}]}
}
"""


def named(text: str, id_: str) -> str:
    """The same survey under another id."""
    return text.replace('"id": "vote"', f'"id": "{id_}"').replace('"id": "stage"', f'"id": "{id_}"')


def asking(**surveys: str | bytes) -> dict[str, str | bytes]:
    """A whole bundle with these surveys, by their files' names without `.json`."""
    return whole() | {f"surveys/{name}.json": text for name, text in surveys.items()}
