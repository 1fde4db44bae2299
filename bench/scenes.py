"""Two full scenes to measure drawing with: nobody's, and a member's page of about 60 texts."""

from kiosk.ui.nodes import (
    Align,
    Box,
    Button,
    Column,
    Gap,
    Icon,
    Insets,
    Look,
    Node,
    Place,
    Row,
    Scene,
    Span,
    Stack,
    Text,
    text,
)
from kiosk.ui.pieces import Corner, Dots, Line, Picture, Progress, Ring, TapHint
from kiosk.ui.theme import Colour, Fill, Shadow, Style

_MARGINS = Insets(13, 12, 13, 13)


def attract() -> Scene:
    """Hero card with three pictures, next member day, two buttons, living hint."""
    frame = _hero(
        text("积分换好礼，也换折扣", Style.TITLE, Colour.WHITE),
        Row(
            items=(
                _offer("coffee-gift-box", Fill.SAND, "礼品", "只用积分"),
                _offer("cashmere-cardigan", Fill.SKY, "五折", "积分 + 付一半"),
                _offer("trench-coat", Fill.PEACH, "新品八折", "积分 + 付八成"),
            ),
            gap=10,
        ),
    )
    page = Column(
        items=(
            _bar("大字"),
            text("刷会员卡，", Style.DISPLAY, Colour.PINE),
            text("看看今天有什么", Style.DISPLAY),
            text("积分、礼品、生日礼遇，一刷就知道", colour=Colour.INK_2),
            frame,
            Dots(count=3, active=1),
            Gap(grow=1),
            Row(items=(_button("没有会员卡？", "help", Look.SECONDARY), Gap(width=120))),
        ),
        gap=6,
    )
    label = text("会员卡贴在右下方读卡区", Style.STRONG, Colour.WHITE, align=Align.END, max_lines=3)
    hint = TapHint(corner=Corner.BOTTOM_RIGHT, label=label, width=160, height=160)
    layers = ((hint, Place(x=1, y=1)), (Box(child=page, fill=None, padding=_MARGINS), None))
    return Scene(name="attract", root=Stack(layers=layers), enters=False)


def member(name: str, points: int, seconds: int) -> Scene:
    """Hero card with figure and progress, five rows with pictures, bars."""
    rows = (
        _row("canvas-tote", Fill.MINT, "环保帆布购物袋", points + 2400),
        _row("cotton-socks", Fill.PEACH, "精梳棉袜三双装", points + 1200),
        _row("cashmere-cardigan", Fill.SKY, "羊绒开衫", points + 3000),
        _row("trench-coat", Fill.SAND, "新款风衣", points + 1500),
    )
    hero = _hero(
        text(f"{name}女士，下午好", Style.HEADING, Colour.ON_PINE),
        Row(
            items=(
                text("再积", Style.TITLE, Colour.ON_PINE),
                text(f"{points}", Style.FIGURE, Colour.GOLD_ON_PINE),
                text("分", Style.TITLE, Colour.ON_PINE),
            ),
            gap=3,
            align=Align.BASELINE,
        ),
        text(f"就能换「手冲咖啡礼盒」，约再消费 ¥{points}", colour=Colour.ON_PINE_2),
        Progress(fraction=0.88, on_pine=True),
        Row(
            items=(
                text(f"现在 {13000 - points}", Style.CAPTION, Colour.ON_PINE_2),
                Gap(grow=1),
                text("礼盒 13,000", Style.CAPTION, Colour.ON_PINE_2),
            )
        ),
    )
    bottom = Row(
        items=(
            _button("返回", "arrow-left", Look.SECONDARY),
            _button("去兑换", "gift", Look.PRIMARY),
            _button("完成", "exit", Look.SECONDARY),
        ),
        gap=6,
    )
    page = Column(items=(_bar("投诉", seconds), hero, *rows, Gap(grow=1), bottom), gap=6)
    return Scene(name="member", root=Box(child=page, fill=None, padding=_MARGINS), enters=False)


def _bar(left: str, seconds: int | None = None) -> Node:
    parts: list[Node] = [text(left, Style.CAPTION_STRONG), Line(width=0.25, height=9)]
    parts += [Icon(name="globe", size=7), text("EN", Style.CAPTION_STRONG)]
    if seconds is not None:
        figure = text(str(seconds), Style.CAPTION_STRONG, Colour.POINTS_INK)
        parts.append(Ring(fraction=seconds / 60, child=figure, stroke=1.4, width=16, height=16))
    pill = Box(
        child=Row(items=tuple(parts), gap=4),
        height=20.5,
        radius=10,
        shadow=Shadow.SOFT,
        padding=Insets.xy(6, 0),
    )
    names = Column(items=(text("悦享生活馆", Style.STRONG), text("上海静安寺店", Style.CAPTION)))
    mark = Picture(name="brand-mark", width=20.5, height=20.5, inset=0)
    return Row(items=(mark, names, Gap(grow=1), pill), gap=5)


def _hero(*items: Node) -> Node:
    inside = Column(items=items, gap=5)
    return Box(
        child=inside,
        fill=Fill.PINE,
        radius=11,
        shadow=Shadow.DEEP,
        arcs=True,
        padding=Insets.all(13),
    )


def _offer(picture: str, tint: Fill, name: str, line: str) -> Node:
    return Column(
        items=(
            Picture(name=picture, tint=tint, height=64, radius=8),
            text(name, Style.STRONG, Colour.GOLD_ON_PINE, align=Align.CENTRE),
            text(line, Style.CAPTION, Colour.ON_PINE_2, align=Align.CENTRE),
        ),
        grow=1,
    )


def _row(picture: str, tint: Fill, name: str, points: int) -> Node:
    stock = Row(
        items=(
            Icon(name="check-circle", size=6.5, colour=Colour.GOOD_INK),
            text("本店 12 件", Style.CAPTION_STRONG, Colour.GOOD_INK),
            text(f"价值 ¥{points // 60}", Style.CAPTION, Colour.INK_2),
        ),
        gap=2.5,
    )
    price = (
        Span(text=f"{points:,}", style=Style.NUMBER, colour=Colour.POINTS_INK),
        Span(text=" 分", style=Style.CAPTION, colour=Colour.INK_2),
    )
    inside = Row(
        items=(
            Picture(name=picture, tint=tint, width=32, height=32),
            Column(items=(text(name, Style.MEDIUM), stock), gap=1.5, grow=1),
            Text(spans=price, style=Style.NUMBER),
            Icon(name="chevron-right", size=7, colour=Colour.INK_2),
        ),
        gap=7,
    )
    card = Box(child=inside, shadow=Shadow.SOFT, padding=Insets.all(3.5))
    return Button(key="reward", value=picture, says=name, look=Look.BARE, child=card)


def _button(words: str, icon: str, look: Look) -> Button:
    colour = Colour.WHITE if look is Look.PRIMARY else Colour.PINE
    inside = Row(
        items=(Icon(name=icon, size=8, colour=colour), text(words, Style.STRONG, colour)), gap=3.5
    )
    return Button(key=icon, says=words, look=look, child=inside, height=28, grow=1)
