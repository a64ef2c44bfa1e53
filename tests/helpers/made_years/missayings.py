"""What a report says wrongly about its scores: levels, passes, sentences, names, plans."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from random import Random

from made_years.expect import Expected
from made_years.sayings import box
from made_years.sheets import Sheet, record

from parsers.model import Claim, ClaimKind, Mention, Rating

__all__ = ["SAYINGS", "SayingDamage"]

# Changes the sheet in place; gives what must be found, or None where there is no place.
SayingDamage = Callable[[Sheet, Random], Expected | None]

_MARK = Decimal(85)
_NEAR = Decimal("0.02")
_CLAIM = "claim-differs"
# From the result of this year on, plans go by the seven issues.
_SEVEN_ISSUES_FROM = 2567


def _one(rule: str, *codes: str, note: bool = False) -> Expected:
    return Expected(frozenset({rule}), frozenset(codes), frozenset(codes), "said", note)


# ---- judgements -----------------------------------------------------------------------------


def _level_wrong(sheet: Sheet, random: Random) -> Expected | None:
    """A level that the printed total rules out."""
    at, rating = _level(sheet)
    total = Decimal(sheet.texts["ITA"])
    wrong = [
        level.name
        for level in sheet.truth.year.rating_levels
        if level.min is not None and level.max is not None
        if not level.min - _NEAR <= total <= level.max + _NEAR
    ]
    if not wrong:
        return None
    word = random.choice(wrong)
    sheet.ratings[at] = replace(rating, rating=word, rating_printed=word)
    sure = sheet.truth.year.certainty.levels == "certain"
    return _one("level-differs", "ITA", note=not sure)


def _level(sheet: Sheet) -> tuple[int, Rating]:
    return next((n, r) for n, r in enumerate(sheet.ratings) if r.kind == "level")


def _level_of_other_scale(sheet: Sheet, random: Random) -> Expected | None:
    at, rating = _level(sheet)
    # "ผ่าน" alone is a pass mark in every year.
    words = ("ผ่านดี", "ผ่านดีเยี่ยม") if rating.rating.isascii() else ("A", "B", "AA")
    word = random.choice(words)
    sheet.ratings[at] = replace(rating, rating=word, rating_printed=word)
    sure = sheet.truth.year.certainty.levels == "certain"
    return _one("level-of-other-scale", "ITA", note=not sure)


def _pass_wrong(sheet: Sheet, random: Random) -> Expected | None:
    held = [
        (n, rating)
        for n, rating in enumerate(sheet.ratings)
        if rating.kind == "pass" and abs(Decimal(sheet.texts[rating.code]) - _MARK) > _NEAR
    ]
    if not held:
        return None
    at, rating = random.choice(held)
    word, printed = ("fail", "ไม่ผ่านเกณฑ์") if rating.rating == "pass" else ("pass", "ผ่านเกณฑ์")
    sheet.ratings[at] = replace(rating, rating=word, rating_printed=printed)
    return _one("pass-differs", rating.code)


# ---- sentences about several scores ---------------------------------------------------------


def _claims(sheet: Sheet, *kinds: ClaimKind) -> list[tuple[int, Claim]]:
    return [(n, claim) for n, claim in enumerate(sheet.claims) if claim.kind in kinds]


def _each_wrong(sheet: Sheet, random: Random) -> Expected | None:
    """A range or list of codes is given a score that the table gives otherwise."""
    held = _claims(sheet, "each")
    if not held:
        return None
    at, claim = random.choice(held)
    which = random.randrange(len(claim.values))
    new = Decimal(random.randint(6000, 10000)) / 100
    if abs(new - claim.values[which]) <= _NEAR:
        return None
    values = (*claim.values[:which], new, *claim.values[which + 1 :])
    sheet.claims[at] = replace(claim, values=values)
    codes = claim.codes if len(claim.values) == 1 else (claim.codes[which],)
    rules = frozenset({"claim-differs", "printed-twice-differs"})
    return Expected(rules, frozenset({*codes, ""}), frozenset(codes), "said", main=_CLAIM)


def _extreme_wrong(sheet: Sheet, random: Random) -> Expected | None:
    """Another indicator is called the highest or the lowest."""
    held = _claims(sheet, "highest", "lowest")
    cells = {c.code: c.value for c in sheet.own_cells("indicators") if c.code.isdigit()}
    if not held:
        return None
    at, claim = random.choice(held)
    best = cells[claim.codes[0]]
    others = [
        c for c, v in cells.items() if v is not None and best is not None and abs(v - best) > _NEAR
    ]
    if not others:
        return None
    code = random.choice(others)
    values = claim.values if random.random() < 0.5 else ()
    sheet.claims[at] = replace(claim, codes=(code,), values=values)
    rules = frozenset({"claim-differs", "printed-twice-differs"})
    return Expected(
        rules, frozenset({code, *claim.codes, ""}), frozenset({code}), "said", main=_CLAIM
    )


def _count_wrong(sheet: Sheet, random: Random) -> Expected | None:
    """Another number of indicators is said to have passed or failed."""
    held = _claims(sheet, "pass-count", "fail-count")
    if not held:
        return None
    at, claim = random.choice(held)
    new = random.choice([n for n in range(11) if n != claim.count])
    sheet.claims[at] = replace(claim, count=new)
    rules = frozenset({"claim-differs", "count-percent-differs"})
    return Expected(rules)


def _listed_wrong(sheet: Sheet, random: Random) -> Expected | None:
    """An indicator stands in the list of those that passed, and did not; or the reverse."""
    held = _claims(sheet, "pass", "fail")
    cells = [c for c in sheet.own_cells("indicators") if c.code.isdigit() and c.value is not None]
    if not held:
        return None
    at, claim = random.choice(held)
    wrong = [
        c.code
        for c in cells
        if abs((c.value or _MARK) - _MARK) > _NEAR
        and ((c.value or _MARK) >= _MARK) == (claim.kind == "fail")
    ]
    if not wrong:
        return None
    code = random.choice(wrong)
    sheet.claims[at] = replace(claim, codes=(*claim.codes, code))
    rules = frozenset({"claim-differs", "pass-differs"})
    return Expected(rules, frozenset({code, ""}), frozenset({code}), "said", main=_CLAIM)


def _threshold_wrong(sheet: Sheet, random: Random) -> Expected | None:
    held = _claims(sheet, "threshold")
    if not held:
        return None
    at, claim = held[0]
    sheet.claims[at] = replace(claim, values=(Decimal(random.choice((80, 88, 90, 75))),))
    return Expected(frozenset({"threshold-differs"}))


def _share_wrong(sheet: Sheet, random: Random) -> Expected | None:
    held = _claims(sheet, "share")
    if not held:
        return None
    at, claim = held[0]
    new = claim.values[0] + random.choice((-1, 1)) * random.choice((1, 5, 10))
    if not 0 <= new <= 100:
        return None
    sheet.claims[at] = replace(claim, values=(new,))
    return Expected(frozenset({"count-percent-differs"}))


# ---- names, years and the plan --------------------------------------------------------------


def _year_conflict(sheet: Sheet, random: Random) -> Expected | None:
    """The title speaks of the result of another year than every heading and score."""
    at = next(
        (n for n, m in enumerate(sheet.mentions) if (m.kind, m.role) == ("year", "title")), None
    )
    if at is None:
        return None
    wrong = str(sheet.year_be - random.choice((2, 3)))
    sheet.mentions[at] = replace(sheet.mentions[at], printed=wrong, name=wrong)
    return Expected(frozenset({"year-conflict"}))


def _agency_conflict(sheet: Sheet, random: Random) -> Expected | None:
    """The name of another agency is left in, or the own one is misspelt."""
    if not sheet.mentions:
        return None
    name = random.choice(("บ้านใหม่", "บ้านเกา", "โพรงงาม"))
    role = random.choice(("text", "heading", "signature"))
    sheet.mentions.append(
        record(
            Mention,
            kind="agency",
            printed=f"อบต.{name}",
            name=f"องค์การบริหารส่วนตำบล{name}",
            role=role,
            page=3,
            box=box(4),
        )
    )
    return Expected(frozenset({"agency-conflict"}))


def _name_misspelt(sheet: Sheet, random: Random) -> Expected | None:
    """A letter of the own name, or of the own district, is another one."""
    held = [m for m in sheet.mentions if m.kind in ("agency", "tambon", "district")]
    if not held:
        return None
    at = random.randrange(len(sheet.mentions))
    mention = sheet.mentions[at]
    if mention not in held:
        return None
    name = {"บ้านเก่า": "บ้านเถ่า", "โนนไทย": "โนนไทน"}
    right = next(own for own in name if own in mention.name)
    sheet.mentions[at] = replace(
        mention,
        printed=mention.printed.replace(right, name[right]),
        name=mention.name.replace(right, name[right]),
    )
    return Expected(frozenset({"agency-conflict", "place-unknown"}))


def _other_province(sheet: Sheet, random: Random) -> Expected | None:
    """The own agency is said to lie in a district or province of somewhere else."""
    for at, mention in enumerate(sheet.mentions):
        if mention.kind in ("district", "province"):
            other = {"district": "ปักธงชัย", "province": "ขอนแก่น"}[mention.kind]
            if random.random() < 0.5:
                sheet.mentions[at] = replace(mention, printed=other, name=other)
                return Expected(frozenset({"agency-conflict"}))
    return None


def _place_unknown(sheet: Sheet, random: Random) -> Expected | None:
    """The agency's district is spelt in a way that no district is."""
    if not sheet.mentions:
        return None
    sheet.agency = replace(sheet.agency, district="โนนไทร")
    sheet.mentions = [
        replace(m, printed="โนนไทร", name="โนนไทร") if m.kind == "district" else m
        for m in sheet.mentions
    ]
    return Expected(frozenset({"place-unknown"}), note=True)


def _measure_incomplete(sheet: Sheet, random: Random) -> Expected | None:
    if not sheet.measures:
        return None
    at = random.randrange(len(sheet.measures))
    by_issues = sheet.year_be >= _SEVEN_ISSUES_FROM
    what = random.choice(("responsible", "period", "steps", *(["issue"] * by_issues)))
    rule = Expected(frozenset({"measure-incomplete"}), note=True)
    if what == "issue":  # an issue of the seven without any measure
        del sheet.measures[at]
        return rule
    lost = {"period": {"period_printed": "", "period_start": None, "period_end": None}}
    without = lost.get(what, {what: ""})
    sheet.measures[at] = replace(sheet.measures[at], **without)  # type: ignore[arg-type]
    return rule


SAYINGS: dict[str, SayingDamage] = {
    "level word wrong": _level_wrong,
    "level of the other scale": _level_of_other_scale,
    "pass word wrong": _pass_wrong,
    "sentence about a range wrong": _each_wrong,
    "highest or lowest wrong": _extreme_wrong,
    "count of passed wrong": _count_wrong,
    "list of passed wrong": _listed_wrong,
    "pass mark misstated": _threshold_wrong,
    "percentage of a count wrong": _share_wrong,
    "year of the title wrong": _year_conflict,
    "another agency named": _agency_conflict,
    "own name misspelt": _name_misspelt,
    "another district or province": _other_province,
    "unknown district": _place_unknown,
    "measure incomplete": _measure_incomplete,
}
