"""Writing on glass: pinyin with its candidates, letters, figures, marks, numbers."""

from dataclasses import replace

from kiosk.model.text import Language
from kiosk.pinyin.candidates import Candidate, Pages, paged
from kiosk.session.entry import blank
from kiosk.session.states import Complaint, Entry, Mode, Writing
from tests.factories import world
from tests.golden.shots import Shot

BELOW = (Complaint(),)
NO_INDEX = world(pinyin=False)


def typed(purpose: Entry, text: str = "", letters: str = "", mode: Mode | None = None) -> Writing:
    """A page on which this was typed."""
    page = replace(blank(purpose, Language.ZH, text), letters=letters, shift=False)
    return page if mode is None else replace(page, mode=mode)


def offered(texts: str, *reading: str) -> Pages:
    """Candidates that are read alike."""
    letters = sum(map(len, reading))
    return paged([Candidate(text, reading, letters) for text in texts.split()])


LINA = offered(
    "李娜 李楠 黎娜 李纳 李拿 李那 李南 李腩 李难 栗娜 黎楠 李囡 厉娜 李奈 李奶 丽娜", "li", "na"
)
ZHE = offered("哲 喆 者 这 折 蜇 辙 浙 蔗 锗 谪 摺 褶 柘 遮 螫 鹧 辄 磔 赭", "zhe")
WISH = offered("希望能改进 希望能 希望 喜忘 西王", "xi", "wang", "neng", "gai", "jin")
TOLD = "在收银台等了二十分钟，前面只有三个人。店员一直在聊天，问她也不回答。"

NAMING = typed(Entry.NAME, letters="lina")
ONE_BY_ONE = replace(typed(Entry.NAME, "王", "zhe"), one_by_one=True, sheet=1)
TELLING = typed(Entry.WORDS, TOLD, "xiwangnenggaijin")

EVERY_WAY = (
    Shot("writing-name", NAMING, trail=BELOW, candidates=LINA),
    Shot("writing-one-by-one", ONE_BY_ONE, trail=BELOW, candidates=ZHE),
    Shot("writing-words", TELLING, trail=BELOW, candidates=WISH),
    Shot("writing-words-first", typed(Entry.WORDS), trail=BELOW),
    Shot("writing-letters", typed(Entry.WORDS, "The queue was", mode=Mode.LETTERS), trail=BELOW),
    Shot("writing-figures", typed(Entry.WORDS, "排队 ", mode=Mode.DIGITS), trail=BELOW),
    Shot("writing-marks", typed(Entry.WORDS, TOLD * 8, mode=Mode.SYMBOLS), trail=BELOW),
    Shot("writing-phone", typed(Entry.PHONE, "1380013"), trail=BELOW),
    Shot("writing-email", typed(Entry.EMAIL, "li.na@"), trail=BELOW),
)

STANDING_ONLY = (
    Shot("writing-phone-wrong", typed(Entry.PHONE, "12"), trail=BELOW),
    Shot("writing-number", typed(Entry.NUMBER, "23.5"), trail=BELOW),
    Shot("writing-code", typed(Entry.CODE, "BANK"), trail=BELOW),
    Shot("writing-cleared", replace(typed(Entry.WORDS), cleared=(TOLD, "")), trail=BELOW),
    Shot("writing-no-reading", typed(Entry.WORDS, TOLD, "vvv"), trail=BELOW),
    Shot("writing-no-index", typed(Entry.WORDS, mode=Mode.PINYIN), NO_INDEX, trail=BELOW),
    Shot("writing-big-text", TELLING, trail=BELOW, candidates=WISH, big_text=True),
    Shot("writing-high-contrast", NAMING, trail=BELOW, candidates=LINA, theme="high-contrast"),
)
