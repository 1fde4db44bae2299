"""The tables of what people answer: surveys, the profile, applications, forms on a phone."""

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
)

metadata = MetaData()

survey_edition = Table(
    "survey_edition",
    metadata,
    Column("digest", String(64), primary_key=True),
    Column("survey_id", String(64), nullable=False),
    Column("version", Integer, nullable=False),
    Column("kind", String(16), nullable=False),
    Column("document", JSON, nullable=False),
    Column("published", String(40), nullable=False),
)
"""Every edition of a survey that was ever published in content that fits, never removed.

`document` is the envelope as its author wrote it; `digest` tells two editions apart that were
published under one number: an answer is held against both, figures go by the later one.
"""
Index("survey_edition_by_version", survey_edition.c.survey_id, survey_edition.c.version)

survey_response = Table(
    "survey_response",
    metadata,
    Column("response_id", String(36), primary_key=True),
    Column("survey_id", String(64), nullable=False),
    Column("survey_version", Integer, nullable=False),
    Column("complete", Boolean, nullable=False),
    Column("anonymous", Boolean, nullable=False),
    Column("answers", JSON, nullable=False),
    Column("flags", JSON, nullable=False),
    Column("fit", String(16), nullable=False),
    Column("misfits", JSON, nullable=False),
    Column("store_id", String(64), nullable=False),
    Column("day", String(10), nullable=False),
    Column("language", String(16)),
    Column("seconds", JSON(none_as_null=True)),
    Column("member_id", String(64)),
    Column("card_wrong", Boolean),
    Column("purchase_id", String(64)),
    Column("kiosk_id", String(64)),
    Column("at", String(40)),
    sqlite_with_rowid=False,
)
"""Answers to a survey; one row a response, the same id counts once.

answers: by the question's or figure's name, as the kiosk sent them.
flags: what makes it doubtful (kiosk.model.answers.Flag); figures are shown with and without.
fit: `fits` an edition that was published, `misfit`, or `unknown` where HQ has no such version.
misfits: names of the answers that do not fit; [] unless `fit` is `misfit`.
store_id: where the kiosk stands.
day: store-local day; of an anonymous one the Monday of its week.
language, seconds, member_id, card_wrong, purchase_id, kiosk_id, at: None in an anonymous one.
seconds: by the question's name, as counted on the screen.
member_id: None as well when nobody's card lay there; such a response carries `no_member`.
card_wrong: the card did not prove the member; None without a card.
purchase_id: the purchase it is about, whether or not HQ knows it.
at: when it was given, by HQ's clock.

The rows lie in the order of their ids, not of their coming: an anonymous id is drawn at random,
so that its neighbours say nothing (sim/hq/unnamed.py).
"""
Index(
    "survey_response_of_survey",
    survey_response.c.survey_id,
    survey_response.c.survey_version,
    survey_response.c.day,
)
Index("survey_response_of_member", survey_response.c.member_id)

survey_asked = Table(
    "survey_asked",
    metadata,
    Column("asked_id", String(36), primary_key=True),
    Column("member_id", String(64), nullable=False, index=True),
    Column("survey_id", String(64), nullable=False),
    Column("survey_version", Integer, nullable=False),
    Column("purchase_id", String(64)),
    Column("came", String(16), nullable=False),
    Column("card_wrong", Boolean, nullable=False),
    Column("store_id", String(64), nullable=False),
    Column("day", String(10), nullable=False),
)
"""Members who were asked without naming themselves in an answer.

came: `answered` or `half_way` (anonymously), `declined`.
day: store-local; the exact time is not kept here.
"""
Index("survey_asked_of_survey", survey_asked.c.survey_id, survey_asked.c.day)

survey_paid = Table(
    "survey_paid",
    metadata,
    Column("member_id", String(64), primary_key=True),
    Column("survey_id", String(64), primary_key=True),
    Column("purchase_id", String(64), primary_key=True),
    Column("points", Integer, nullable=False),
    Column("day", String(10), nullable=False),
)
"""What a survey has earned, once for each member and purchase; `purchase_id` "" for none."""

profile_said = Table(
    "profile_said",
    metadata,
    Column("answer_id", String(36), primary_key=True),
    Column("member_id", String(64), nullable=False),
    Column("field", String(100), nullable=False),
    Column("said", String(16), nullable=False),
    Column("value", JSON(none_as_null=True)),
    Column("source", String(16), nullable=False),
    Column("staff_id", String(64)),
    Column("survey_id", String(64)),
    Column("survey_version", Integer),
    Column("fit", String(16), nullable=False),
    Column("holds", Boolean, nullable=False),
    Column("kiosk_id", String(64), nullable=False),
    Column("store_id", String(64), nullable=False),
    Column("seq", BigInteger, nullable=False),
    Column("at", String(40), nullable=False),
    Column("day", String(10), nullable=False),
)
"""Everything that was ever said about a member's profile; rows are added and never changed.

field: the question's name.
said: `answered`, `confirmed` (the value is still right), `later`, `never` (turned down).
value: of an answer; None of everything else.
source: `member`, `staff` or `import` (kiosk.model.asking.Source).
staff_id: who noted it, when staff did.
survey_id, survey_version: the stage it was asked in; None where no stage was (staff, import).
fit: as in `survey_response`.
holds: False when it changes nothing: the card proved nothing, the value does not fit its
    question, or the day of birth is settled already.
kiosk_id: `phone` for a form on one's own phone, `hq` for staff at HQ.
seq: in the order of its kiosk.
at: when it was said, by HQ's clock; day: in its store.
"""
Index("profile_said_of_member", profile_said.c.member_id, profile_said.c.field)
Index("profile_said_by_store", profile_said.c.store_id, profile_said.c.day)

profile_value = Table(
    "profile_value",
    metadata,
    Column("member_id", String(64), primary_key=True),
    Column("field", String(100), primary_key=True),
    Column("value", JSON, nullable=False),
    Column("shown", String(200), nullable=False),
    Column("source", String(16), nullable=False),
    Column("staff_id", String(64)),
    Column("store_id", String(64), nullable=False),
    Column("told", String(10), nullable=False),
    Column("day", String(10), nullable=False),
    Column("confirmed", Integer, nullable=False),
)
"""What the profile comes to now; it follows from `profile_said`.

shown: what kiosks are told of it, masked (kiosk.model.asking.Known).
source, staff_id, store_id: of the answer that holds.
told: day of that answer; day: of the answer or its last confirmation.
confirmed: how often it was called still right since.
"""

profile_put_off = Table(
    "profile_put_off",
    metadata,
    Column("member_id", String(64), primary_key=True),
    Column("field", String(100), primary_key=True),
    Column("how", String(16), nullable=False),
    Column("day", String(10), nullable=False),
)
"""Questions a member turned down and has not answered since; it follows from `profile_said`."""

stage_paid = Table(
    "stage_paid",
    metadata,
    Column("member_id", String(64), primary_key=True),
    Column("survey_id", String(64), primary_key=True),
    Column("points", Integer, nullable=False),
    Column("day", String(10), nullable=False),
)
"""Stages of the profile that were finished, each once."""

application = Table(
    "application",
    metadata,
    Column("application_id", String(36), primary_key=True),
    Column("card_key", String(32), index=True),
    Column("member_id", String(64), index=True),
    Column("name", String(40), nullable=False),
    Column("phone", String(11), nullable=False, index=True),
    Column("born", String(10), nullable=False),
    Column("group_code", String(12), nullable=False),
    Column("marketing", Boolean, nullable=False),
    Column("text_version", Integer, nullable=False),
    Column("language", String(16), nullable=False),
    Column("kiosk_id", String(64), nullable=False),
    Column("store_id", String(64), nullable=False),
    Column("at", String(40), nullable=False),
    Column("day", String(10), nullable=False),
    Column("state", String(16), nullable=False, index=True),
    Column("decided", String(40)),
    Column("basis", String(16)),
    Column("reason", Text, nullable=False, default=""),
)
"""Applications for membership; its id is its record's.

card_key: of the card that was laid down, or that was bound at HQ; None while there is none.
member_id: who the applicant is in the directory, from the moment there is a card.
kiosk_id: `phone` for a form on one's own phone.
state: kiosk.model.asking.ApplicationState.
basis: what an accepted one was accepted for: `purchases`, `group`, `transfer`.
reason: of a refusal, for HQ's own people.
"""

group_code = Table(
    "group_code",
    metadata,
    Column("code", String(12), primary_key=True),
    Column("who", String(100), nullable=False),
    Column("valid_from", String(10), nullable=False),
    Column("valid_to", String(10), nullable=False),
)
"""Codes of group applications: whose, and on which days an application with it counts."""

applicant_purchase = Table(
    "applicant_purchase",
    metadata,
    Column("purchase_id", String(64), primary_key=True),
    Column("application_id", String(36), nullable=False, index=True),
    Column("store_id", String(64), nullable=False),
    Column("receipt", String(32), nullable=False),
    Column("at", String(40), nullable=False),
    Column("day", String(10), nullable=False),
    Column("purchase_fen", BigInteger, nullable=False),
    Column("refunded_fen", BigInteger, nullable=False, default=0),
)
"""What somebody has bought since applying; it counts towards membership and earns no points."""

hand_over = Table(
    "hand_over",
    metadata,
    Column("hand_over_id", String(36), primary_key=True),
    Column("secret_sha256", String(64), nullable=False, unique=True),
    Column("form", String(16), nullable=False),
    Column("member_id", String(64)),
    Column("card_key", String(32)),
    Column("card_wrong", Boolean, nullable=False),
    Column("language", String(16), nullable=False),
    Column("kiosk_id", String(64), nullable=False),
    Column("store_id", String(64), nullable=False),
    Column("until", String(40), nullable=False),
    Column("opened", String(40)),
    Column("token_sha256", String(64)),
    Column("used", String(40)),
)
"""Links to a form on one's own phone.

until: when it can no longer be opened.
opened: when it was; the phone that did holds the token whose hash is `token_sha256`.
used: when the form was sent in.
"""
