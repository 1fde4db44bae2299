"""How long HQ is left alone."""

from functools import partial
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from kiosk.sync.backoff import (
    BASE_S,
    BREAKER_FAILURES,
    CAP_S,
    DISK_CAP_S,
    WISH_CAP_S,
    Backoff,
    own_pause_s,
    wished_pause_s,
)

chances = st.floats(0, 1, exclude_max=True)
failures = st.integers(0, 100_000)
moments = st.floats(0, 1e9)


@given(failures, chances)
def test_the_pause_stays_within_its_bounds(count: int, chance: float) -> None:
    """Days without HQ must not stop a kiosk for days more, nor overflow a float."""
    assert 0 <= own_pause_s(count, lambda: chance) <= min(CAP_S, BASE_S * 2.0 ** min(count, 60))


@given(chances.filter(bool))
def test_the_pause_doubles_until_the_cap(chance: float) -> None:
    """A fleet that finds HQ down must slow down quickly."""
    pauses = [own_pause_s(count, lambda: chance) for count in range(12)]
    for before, after in pairwise(pauses):
        assert after == min(2 * before, CAP_S * chance)


@given(failures)
def test_the_jitter_is_full(count: int) -> None:
    """Ten thousand kiosks must not return at the same second."""
    assert own_pause_s(count, lambda: 0.0) == 0
    whole = own_pause_s(count, lambda: 0.999999)
    assert own_pause_s(count, lambda: 0.5) < 0.51 * whole


@given(st.floats(0, 1e12), chances)
def test_a_wish_is_a_floor_with_a_ceiling(wish_s: float, chance: float) -> None:
    """HQ's wish is kept, spread by a fifth, and a slip at HQ costs an hour at most."""
    pause_s = wished_pause_s(wish_s, lambda: chance)
    assert min(wish_s, WISH_CAP_S) <= pause_s <= min(wish_s * 1.2, WISH_CAP_S)


@given(failures, moments, st.floats(0, WISH_CAP_S), chances)
def test_a_wish_never_shortens_the_pause(
    count: int, now_s: float, wish_s: float, chance: float
) -> None:
    """A short Retry-After from a failing proxy must not end our own restraint."""
    own = Backoff(count).failed(now_s, lambda: chance)
    wished = Backoff(count).failed(now_s, lambda: chance, wish_s)
    assert wished.due_s >= own.due_s
    assert wished.due_s >= now_s + min(wish_s, WISH_CAP_S)


@given(st.lists(chances, min_size=BREAKER_FAILURES, max_size=30))
def test_the_breaker_opens_after_five_and_closes_with_a_success(drawn: list[float]) -> None:
    """While HQ is ill it gets one record at a time, and everything once it is well."""
    state = Backoff()
    for count, chance in enumerate(drawn, 1):
        state = state.failed(0.0, partial(float, chance))
        assert state.breaker_is_open == (count >= BREAKER_FAILURES)
    assert state.succeeded(7.0) == Backoff(failures=0, due_s=7.0)


@given(failures, moments, chances)
def test_a_refusal_waits_longest(count: int, now_s: float, chance: float) -> None:
    """Only people can mend a refusal; asking every second helps nobody."""
    refused = Backoff(count).refused(now_s, lambda: chance)
    assert CAP_S - 1e-3 <= refused.due_s - now_s <= 1.2 * CAP_S + 1e-3
    assert refused.failures == count + 1


@given(failures, moments, chances)
def test_a_full_disk_is_tried_again_soon_and_counts(
    count: int, now_s: float, chance: float
) -> None:
    """Once there is room, a day's records would wait a quarter of an hour for nothing."""
    after = Backoff(count).disk_failed(now_s, lambda: chance)
    assert after.failures == count + 1
    assert after.due_s == now_s + min(DISK_CAP_S, own_pause_s(count, lambda: chance))


@given(failures, moments, moments)
def test_at_once_never_delays(count: int, due_s: float, now_s: float) -> None:
    """A nudge brings the next try forward and forgets no failure."""
    nudged = Backoff(count, due_s).at_once(now_s)
    assert nudged == Backoff(count, min(due_s, now_s))
