"""What documents say of each other: names that must be known, editions that must follow."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from zoneinfo import available_timezones

from kiosk.content import Content
from kiosk.model.programme import Programme, Reward
from kiosk.model.rules import OfflineRule
from kiosk.store.bundle import COMING
from kiosk.store.json_lines import Location

Finding = tuple[str, Location, str]
"""Document, location in it, reason."""


@dataclass(frozen=True, slots=True)
class Names:
    """What documents may show, by name.

    Attributes:
        pictures: those of the bundle and of the kiosk.
        icons: those of the kiosk; a bundle has none.
    """

    pictures: Collection[str]
    icons: Collection[str]


def contradictions(content: Content, names: Names) -> Iterator[Finding]:
    """Everything wrong between documents that are right by themselves."""
    yield from _wrong_in_editions(content, names)
    yield from _unknown_in_rewards(content, names)
    yield from _unknown_in_attract(content, names)
    yield from _unknown_in_care(content, names)
    yield from _wrong_in_stores(content)


def _wrong_in_editions(content: Content, names: Names) -> Iterator[Finding]:
    yield from _unknown_in_programme("programme.json", content.programme, content, names)
    if content.coming is None:
        return
    version, begun = content.programme.version, content.programme.effective_from
    if content.coming.effective_from is None:
        yield COMING, ("effective_from",), "is missing: nobody knows when it takes over"
    elif begun is not None and content.coming.effective_from <= begun:
        yield COMING, ("effective_from",), f"is not after the {begun} of programme.json"
    if content.coming.version <= version:
        yield COMING, ("version",), f"is not above the {version} of programme.json"
    yield from _unknown_in_programme(COMING, content.coming, content, names)


def _unknown_in_programme(
    document: str, programme: Programme, content: Content, names: Names
) -> Iterator[Finding]:
    for index, tier in enumerate(programme.tiers):
        for number, benefit in enumerate(tier.benefits):
            if benefit.icon not in names.icons:
                place = ("tiers", index, "benefits", number, "icon")
                yield document, place, f"the kiosk has no icon {benefit.icon}"
    for index, event in enumerate(programme.events):
        for number, tier_id in enumerate(event.tiers):
            if programme.tier(tier_id) is None:
                yield document, ("events", index, "tiers", number), no_tier(tier_id)
        for number, store_id in enumerate(event.stores):
            if content.store(store_id) is None:
                yield document, ("events", index, "stores", number), _no_store(store_id)


def _unknown_in_rewards(content: Content, names: Names) -> Iterator[Finding]:
    editions = [one for one in (content.programme, content.coming) if one is not None]
    for index, reward in enumerate(content.rewards):
        place: Location = ("rewards", index)
        if reward.picture not in names.pictures:
            yield "rewards.json", (*place, "picture"), no_picture(reward.picture)
        for number, tier_id in enumerate(reward.tiers):
            if all(edition.tier(tier_id) is None for edition in editions):
                yield "rewards.json", (*place, "tiers", number), no_tier(tier_id)
        for store_id in reward.stock:
            if content.store(store_id) is None:
                yield "rewards.json", (*place, "stock", store_id), _no_store(store_id)
        risks = [rule.points_per_member for rule in _offline_rules(editions)]
        if reward.offline and risks and max(risks) < reward.points:
            yield "rewards.json", (*place, "offline"), _never_offline(reward, max(risks))


def _offline_rules(editions: Iterable[Programme]) -> list[OfflineRule]:
    """The rules of the editions that let kiosks give out anything by themselves."""
    rules = [edition.redeeming.offline for edition in editions]
    return [rule for rule in rules if rule.allowed]


def _never_offline(reward: Reward, most: int) -> str:
    return (
        f"is true, but the reward takes {reward.points} points and a member may spend {most} at"
        " most while HQ is away (redeeming.offline.points_per_member)"
    )


def _unknown_in_attract(content: Content, names: Names) -> Iterator[Finding]:
    for frame, page in enumerate(content.attract.frames):
        for item, shown in enumerate(page.items):
            if shown.picture not in names.pictures:
                place = ("frames", frame, "items", item, "picture")
                yield "attract.json", place, no_picture(shown.picture)


def _wrong_in_stores(content: Content) -> Iterator[Finding]:
    seen: set[str] = set()
    zones = available_timezones()  # none at all on a machine without the zones' files
    for index, store in enumerate(content.stores):
        if store.store_id in seen:
            reason = f"two stores have the store_id {store.store_id}"
            yield "stores.json", ("stores", index, "store_id"), reason
        seen.add(store.store_id)
        if zones and store.time_zone not in zones:
            reason = f"there is no time zone {store.time_zone}"
            yield "stores.json", ("stores", index, "time_zone"), reason


def no_picture(name: str) -> str:
    """That nobody has this picture."""
    return f"there is no picture {name}, neither in the bundle nor in the kiosk"


def no_tier(tier_id: str) -> str:
    """That no edition has this tier."""
    return f"the programme has no tier {tier_id}"


def _no_store(store_id: str) -> str:
    return f"stores.json has no store {store_id}"


def _unknown_in_care(content: Content, names: Names) -> Iterator[Finding]:
    for index, cause in enumerate(content.care.complaints.causes):
        if cause.icon not in names.icons:
            place = ("complaints", "causes", index, "icon")
            yield "care.json", place, f"the kiosk has no icon {cause.icon}"
