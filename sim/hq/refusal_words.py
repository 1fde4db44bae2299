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
    "more than this reward costs: report what else was bought by itself": (
        "超过这项换购应付的金额：其他商品请另记一笔。"
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
    "a card's number has 14 or 20 digits, 0 to 9 and A to F": (
        "卡号为 14 位或 20 位，由 0 至 9 和 A 至 F 组成。"
    ),
    "this card belongs to somebody already": "这张卡已属于其他人。",
    "this card was replaced and is not used again": "这张卡已作废，不能再用。",
    "there is no such application": "没有这份申请。",
    "this application was decided already": "这份申请已处理过。",
    "there is no card yet: lay one on the reader and enter its number": (
        "还没有卡：请把新卡放上读卡器并填写卡号。"
    ),
    "not enough was bought yet, and there is no valid group code": (
        "消费尚未达到要求，也没有有效的团体码。"
    ),
    "a refusal needs a reason": "拒绝需要写明原因。",
    "a group code is four to twelve letters A to Z and digits": "团体码为 4 至 12 位字母和数字。",
    "a group code belongs to somebody: say to whom": "请填写团体码属于谁。",
    "the last day comes before the first": "最后一天早于第一天。",
    "this group code is there already": "这个团体码已存在。",
    "there is no such group code": "没有这个团体码。",
    "a day is written as 2026-11-21": "日期写作 2026-11-21。",
    "say who notes it: the number of a member of staff": "请填写登记人的员工号。",
    "it is noted already who brought this member": "已登记过这位会员的推荐人。",
    "nobody is brought by themselves, or by whom they brought": (
        "会员不能推荐自己，也不能与被推荐人互为推荐人。"
    ),
    "the programme gives no voucher of apology": "会员计划没有致歉券。",
    "a voucher of apology was given today already": "今天已发过致歉券。",
    "this is no member yet: see the applications": "此人还不是会员，请看入会申请。",
}
"""Sentences of refusals that a form can meet; another one is shown as it is."""
