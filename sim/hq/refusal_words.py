"""What HQ's forms can be refused with, in Chinese; the code says it in English."""

REFUSALS_IN_CHINESE = {
    "there is no such member": "没有此会员。",
    "there is no such store": "没有此门店。",
    "no money waits for this member": "该会员没有待领返现。",
    "there is no such purchase": "没有这笔消费。",
    "more than is left of this purchase": "超过这笔消费尚可退的金额。",
    "this member has no such redemption": "该会员没有这项兑换。",
    "this member has no such voucher": "该会员没有这张礼券。",
    "this voucher was used already or is not for this day": "礼券已使用，或今天不能用。",
    "this redemption was not collected, or belongs to another purchase": (
        "这项兑换尚未领取，或已用于另一笔消费。"
    ),
    "the time to collect this is over; the points are back": "领取时间已过，积分已退回。",
    "this member has no present card": "该会员没有在用的卡。",
    "a card is active, lost or blocked": "卡的状态只有正常、挂失、冻结。",
    "a PIN has 4 digits": "密码为 4 位数字。",
    "a PIN has 6 digits": "密码为 6 位数字。",
    "a PIN is 4 or 6 digits": "密码为 4 位或 6 位数字。",
    "points are a whole number, with a minus to take away": "积分为整数，减去时写负号。",
    "no points, or too many at once": "积分为零，或一次过多。",
    "an amount is written as 128 or 128.50": "金额写作 128 或 128.50。",
    "no programme was published yet": "还没有发布会员计划。",
}
"""Sentences of refusals that a form can meet; another one is shown as it is."""
