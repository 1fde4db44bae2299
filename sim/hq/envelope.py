"""From the bytes of an upload to its envelope, each record judged by itself."""

import json
import math
import zlib
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from kiosk.model.answers import (
    Application,
    HandOver,
    ProfileAnswer,
    SurveyAsked,
    SurveyResponse,
)
from kiosk.model.facts import (
    ConsentChange,
    DataRequest,
    DeviceEvent,
    EventSignup,
    Fact,
    Feedback,
    Kind,
    Redemption,
    Release,
    SealedPin,
    Visit,
    own_id,
)
from kiosk.model.records import KIND_VERSION
from kiosk.model.text import Identifier
from kiosk.model.wire import (
    MAX_BATCH_BYTES,
    MAX_BATCH_RECORDS,
    Fate,
    Result,
    WireRecord,
    WireTime,
)
from kiosk.survey.profile import BIRTHDAY
from sim.hq.consents import flaw_of
from sim.hq.digests import digest_of
from sim.hq.errors import Refusal
from sim.hq.minors import as_birthday

_PAYLOADS: dict[Kind, type[Fact]] = {
    Kind.VISIT: Visit,
    Kind.REDEMPTION: Redemption,
    Kind.RELEASE: Release,
    Kind.EVENT_SIGNUP: EventSignup,
    Kind.FEEDBACK: Feedback,
    Kind.CONSENT: ConsentChange,
    Kind.DATA_REQUEST: DataRequest,
    Kind.SURVEY_RESPONSE: SurveyResponse,
    Kind.SURVEY_ASKED: SurveyAsked,
    Kind.PROFILE_ANSWER: ProfileAnswer,
    Kind.APPLICATION: Application,
    Kind.HAND_OVER: HandOver,
    Kind.DEVICE_EVENT: DeviceEvent,
}

_UUID = TypeAdapter(UUID)


class _Storable(WireRecord):
    """A record whose sequence number fits a database's 64-bit column."""

    seq: int = Field(ge=1, le=2**63 - 1)


class Envelope(BaseModel):
    """An upload whose records are not looked at yet: one bad record must not hold up the rest."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    kiosk: Identifier
    store: Identifier
    sent: WireTime
    records: list[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class GoodRecord:
    """A record that fits the contract, with the digest of all it says."""

    wire: WireRecord
    fact: Fact
    digest: str


@dataclass(frozen=True, slots=True)
class Opened:
    """An upload taken apart.

    Attributes:
        good: records to be stored, in the order they were sent.
        refused: HQ's word on those that do not fit the contract.
    """

    envelope: Envelope
    good: tuple[GoodRecord, ...]
    refused: tuple[Result, ...]


def open_envelope(body: bytes, encoding: str) -> Opened:
    """Take an upload apart.

    Args:
        body: as it came, at most MAX_BATCH_BYTES of it being checked again after inflating.
        encoding: the Content-Encoding header: empty, `identity` or `gzip`.

    Raises:
        Refusal: 400 not gzip or not JSON, 413 too large, 415 another encoding,
            422 not an envelope or a record without an id.
    """
    envelope = _parse(_inflate(body, encoding))
    if len(envelope.records) > MAX_BATCH_RECORDS:
        raise Refusal(413, f"more than {MAX_BATCH_RECORDS} records")
    judged = [_judge(envelope.kiosk, raw) for raw in envelope.records]
    good = tuple(item for item in judged if isinstance(item, GoodRecord))
    return Opened(envelope, good, tuple(item for item in judged if isinstance(item, Result)))


def _inflate(body: bytes, encoding: str) -> bytes:
    """The JSON; inflating stops at the limit, so that a small body cannot fill the memory."""
    if encoding in ("", "identity"):
        return _within_limit(body)
    if encoding != "gzip":
        raise Refusal(415, "Content-Encoding must be gzip or identity")
    inflater = zlib.decompressobj(wbits=31)  # 31: gzip header and checksum, nothing else
    try:
        plain = inflater.decompress(body, MAX_BATCH_BYTES + 1)
    except zlib.error as error:
        raise Refusal(400, "the body is not gzip") from error
    _within_limit(plain)
    if not inflater.eof or inflater.unused_data:
        raise Refusal(400, "the gzip body is cut short or followed by something else")
    return plain


def _within_limit(plain: bytes) -> bytes:
    if len(plain) > MAX_BATCH_BYTES:
        raise Refusal(413, f"more than {MAX_BATCH_BYTES} bytes of JSON")
    return plain


def _parse(plain: bytes) -> Envelope:
    try:
        document = json.loads(plain, parse_constant=_finite, parse_float=_finite)
    except (ValueError, RecursionError) as error:
        raise Refusal(400, "the body is not JSON") from error
    try:
        return Envelope.model_validate(document)
    except ValidationError as error:
        raise Refusal(422, explain(error)) from error


def _finite(text: str) -> float:
    """The number; JSON has no infinity (RFC 8259, 6), but Python reads `NaN` and 1e999."""
    value = float(text)
    if not math.isfinite(value):
        raise ValueError("a number beyond the range of a double")
    return value


def _judge(kiosk: str, raw: dict[str, Any]) -> GoodRecord | Result:
    """The record, or HQ's refusal of it; a record without an id cannot even be refused."""
    try:
        record_id = _UUID.validate_python(raw.get("id"))
    except ValidationError as error:
        raise Refusal(422, "a record has no id") from error
    if unknown := _unknown_kind(raw):
        return Result(id=record_id, status=Fate.REJECTED, code="unknown_kind", detail=unknown)
    try:
        wire = _Storable.model_validate(raw)
        fact = _PAYLOADS[wire.kind].model_validate(wire.payload)
    except ValidationError as error:
        detail = explain(error)
        return Result(id=record_id, status=Fate.REJECTED, code="schema", detail=detail)
    if flaw := _flaw(wire, fact):
        return Result(id=record_id, status=Fate.REJECTED, code="schema", detail=flaw)
    return GoodRecord(wire, fact, digest_of(kiosk, wire, fact))


def _flaw(wire: WireRecord, fact: Fact) -> str:
    """What is wrong with a payload that fits by itself; empty when nothing is."""
    if isinstance(fact, Redemption) and not isinstance(fact.pin, SealedPin):
        return "payload.pin: must be sealed"
    if own_id(fact) not in (None, wire.id):
        return "payload: is about another id than its record's"
    if isinstance(fact, ProfileAnswer) and fact.field == BIRTHDAY and fact.value is not None:
        return "" if as_birthday(fact.value) else "payload.value: is no day of birth"
    return flaw_of(fact) if isinstance(fact, ConsentChange) else ""


def _unknown_kind(raw: dict[str, Any]) -> str:
    kind, version = raw.get("kind"), raw.get("kind_version")
    if isinstance(kind, str) and kind not in {known.value for known in Kind}:
        return "HQ does not know this kind"
    if isinstance(version, int) and version > KIND_VERSION:
        return f"HQ reads this kind up to version {KIND_VERSION}"
    return ""


def explain(error: ValidationError) -> str:
    """What is wrong and where, without the values: they may be personal."""
    problems = error.errors(include_input=False, include_url=False, include_context=False)
    told = [f"{'.'.join(str(part) for part in p['loc'])}: {p['msg']}" for p in problems[:5]]
    return "; ".join(told)[:500]
