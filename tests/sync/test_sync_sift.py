"""Finding the records that make HQ refuse a whole upload."""

from hypothesis import given
from hypothesis import strategies as st

from kiosk.sync.batch import Batch, cut
from kiosk.sync.sift import Sieve
from tests.sync.samples import stored

sizes = st.integers(1, 200)
WIRES = cut([stored(number) for number in range(1, 201)]).batch


def sift(
    batch: Batch, poison: set[int], envelope_is_bad: bool = False
) -> tuple[Sieve, list[Batch]]:
    """Let an HQ judge the batch that refuses any upload with poison in it."""
    sieve = Sieve(batch)
    understood: list[Batch] = []
    for _ in range(3 * len(batch) + 3):
        part = sieve.part
        if part is None:
            return sieve, understood
        if envelope_is_bad or any(record.seq in poison for record in part):
            if not sieve.refused(400):
                return sieve, understood
        else:
            sieve.understood()
            understood.append(part)
    raise AssertionError("it does not end")


@given(st.data(), sizes)
def test_exactly_the_poison_is_condemned(data: st.DataObject, size: int) -> None:
    """One record too many buried is a complaint nobody reads; one too few blocks the queue."""
    poison = data.draw(st.sets(st.integers(1, size), max_size=5))
    sieve, understood = sift(WIRES[:size], poison)
    assert sieve.condemned.keys() == {WIRES[number - 1].id for number in poison}
    gone_up = [record.seq for part in understood for record in part]
    assert gone_up == [seq for seq in range(1, size + 1) if seq not in poison]
    assert () not in understood or len(poison) == size  # nothing is asked that is known


@given(sizes)
def test_a_fault_of_hq_condemns_nobody(size: int) -> None:
    """A release at HQ that refuses everything must not bury a day's records."""
    sieve, understood = sift(WIRES[:size], set(), envelope_is_bad=True)
    assert sieve.condemned == {}
    assert understood == []


def test_a_batch_that_is_understood_needs_one_upload() -> None:
    """The usual case must not cost anything."""
    _, understood = sift(WIRES, set())
    assert understood == [WIRES]


def test_one_poisoned_record_costs_few_uploads() -> None:
    """On a metered line a bad record must not cost a request for each of its neighbours."""
    sieve, understood = sift(WIRES, {77})
    assert len(understood) <= 8
    assert sieve.condemned == {WIRES[76].id: 400}
