"""What the reader learns to read: cells of score tables, random strings, lines of Thai.

A recurrent or convolutional reader learns the *format* of its training text as if it were a
grammar, and then reads `.639` as `639` with full confidence. A good part of the text is
therefore random: any digit, any place for the dot, any code. Formats belong to the decoder.
"""

import csv
import tomllib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path
from random import Random

__all__ = ["CELL_KINDS", "Words", "cell", "charset", "folded", "line", "load_words"]

DATA = Path(__file__).resolve().parents[2] / "parsers" / "data"
THAI_DIGITS = "๐๑๒๓๔๕๖๗๘๙"
ARABIC = "0123456789"
_TO_THAI = str.maketrans(ARABIC, THAI_DIGITS)
PUNCTUATION = " .,-()[]/%:;'\"+=&*ฯๆ฿#_?!<>@|~•°–"
LATIN = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
THAI = "".join(chr(code) for code in (*range(0x0E01, 0x0E2F), *range(0x0E30, 0x0E3A),
                                      *range(0x0E40, 0x0E46), *range(0x0E47, 0x0E4E)))  # fmt: skip
_SAME = str.maketrans({"–": "-", "—": "-", "−": "-", "‐": "-", "‑": "-", "“": '"', "”": '"',
                       "‘": "'", "’": "'", "…": ".", "\u00a0": " ", "\u200b": "", "×": "x",
                       "●": "•", "·": "•", "º": "°"})  # fmt: skip

LEVELS = ("ผ่าน", "ไม่ผ่าน", "ผ่านดี", "ผ่านดีเยี่ยม", "ต้องปรับปรุง", "ต้องปรับปรุงโดยด่วน",
          "สูง", "สูงมาก", "ปานกลาง", "ต่ำ", "ดี", "ดีมาก", "ดีเยี่ยม", "พอใช้", "AA", "A", "B", "C",
          "D", "E", "F", "Excellence", "Very good", "Good", "Fair", "Poor", "Fail", "รวม", "เฉลี่ย",
          "คะแนน", "ร้อยละ", "ระดับ", "ลำดับ", "ที่", "ข้อ", "คะแนนรวม", "เต็ม", "ตัวชี้วัดที่")  # fmt: skip


def folded(text: str) -> str:
    """Text with the characters that the reader does not tell apart written alike."""
    text = text.translate(_SAME).replace("เเ", "แ").replace("ํา", "ำ")
    return " ".join(text.split())


def charset(kind: str) -> str:
    """The symbols of a model, in the order of its outputs (0 is the blank of CTC)."""
    if kind == "line":
        return ARABIC + THAI_DIGITS + THAI + LATIN + PUNCTUATION.replace("–", "")
    letters = sorted({c for word in LEVELS for c in word if c not in LATIN + " "})
    return ARABIC + THAI_DIGITS + LATIN + " .,-()/%:*" + "".join(letters)


# ---- cells ----


def _score(rng: Random) -> str:
    whole = rng.choice(
        [str(rng.randint(0, 100)), str(rng.randint(50, 100)), str(rng.randint(0, 9))]
    )
    places = rng.choices([0, 1, 2, 3, 4], [6, 8, 70, 8, 8])[0]
    whole = "" if places > 1 and rng.random() < 0.05 else whole  # .639, as statistics print it
    return whole + ("." + "".join(rng.choices(ARABIC, k=places)) if places else "")


def _code(rng: Random) -> str:
    style = rng.random()
    head = rng.choice(
        ["i", "I", "e", "E", "o", "O", "o", "i", "e", "EP", "ES", "ep", "es", "EB", "Ep", "Es"]
    )
    number = str(rng.randint(1, 45)) if style < 0.8 else f"{rng.randint(0, 9):02d}"
    joint = rng.choices(["", " ", ".", "-"], [80, 12, 4, 4])[0]
    tail = rng.choices(["", ".", f".{rng.randint(1, 9)}"], [90, 4, 6])[0]
    return head + joint + number + tail


def _instrument(rng: Random) -> str:
    name = rng.choice(["IIT", "EIT", "OIT", "ITA", "EIT1", "EIT2", "EIT Part 1", "EIT part 2"])
    extra = rng.choices(
        ["", f" ({rng.choice([30, 15, 40])}%)", f" {rng.randint(1, 100)}", " Score"],
        [70, 14, 10, 6],
    )[0]
    return rng.choice([name, name, name.lower()]) + extra if rng.random() < 0.95 else f"({name})"


def _dash(rng: Random) -> str:
    return rng.choice(["-", "-", "–", "—", "--", "- -", "ไม่มี", "N/A", "*"])


def _percent(rng: Random) -> str:
    text = _score(rng)
    return rng.choice(
        [text + "%", text + " %", f"({text})", f"{text}*", f"+{text}"[1:], f"-{text}"]
    )


def _rank(rng: Random) -> str:
    text = str(rng.choice([rng.randint(1, 20), rng.randint(1, 999), rng.randint(1000, 9999)]))
    return rng.choice([text, text, text, text + ".", text + ")", f"({text})"])


def _level(rng: Random) -> str:
    return rng.choice(LEVELS)


def _year(rng: Random) -> str:
    year = rng.randint(2556, 2572)
    return rng.choice(
        [f"{year}", f"{year}", f"{year - 1}/{year}", f"FY{year}", f"{year}-{year + 1}"]
    )


def _digits(rng: Random) -> str:
    """Any digits with dots, commas and dashes anywhere: also .639, 7., 12.345.6, 007."""
    length = rng.choices([1, 2, 3, 4, 5, 6, 7, 8, 10], [14, 14, 14, 14, 12, 10, 8, 8, 6])[0]
    return "".join(
        rng.choice(".,-/%: ") if rng.random() < 0.17 else rng.choice(ARABIC) for _ in range(length)
    )


def _mixed(rng: Random) -> str:
    symbols = ARABIC + "iIeEoOTPSABCDFls.-/()% "
    return "".join(rng.choices(symbols, k=rng.randint(1, 8)))


def _alike(rng: Random) -> str:
    """Digits of one design group: ๑๓๗, ๐๘๙, ๔๕๖, 1 7, 3 8 and so on."""
    group = rng.choice(
        [
            "๑๓",
            "๑๓๗",
            "๔๕",
            "๔๕๖",
            "๐๘๙",
            "๒๖",
            "17",
            "38",
            "56",
            "069",
            "83",
            "ioOI0",
            "1Il",
            "๓๗๑๘",
        ]
    )
    text = "".join(rng.choices(group, k=rng.randint(1, 4)))
    return text + rng.choice(["", ".", "." + "".join(rng.choices(group, k=2))])


CELL_KINDS: dict[str, tuple[float, Callable[[Random], str]]] = {
    "score": (28, _score), "code": (16, _code), "instrument": (5, _instrument), "dash": (6, _dash),
    "percent": (4, _percent), "rank": (5, _rank), "level": (7, _level), "year": (3, _year),
    "digits": (16, _digits), "mixed": (5, _mixed), "alike": (5, _alike),
}  # fmt: skip
"""Kinds of cells with their shares and makers."""


def cell(rng: Random, kind: str | None = None) -> tuple[str, str]:
    """A kind of cell and its text, in Thai or Arabic digits."""
    names = list(CELL_KINDS)
    kind = kind or rng.choices(names, [CELL_KINDS[name][0] for name in names])[0]
    text = CELL_KINDS[kind][1](rng).strip()
    if rng.random() < (0.5 if kind not in ("code", "mixed") else 0.35):
        text = text.translate(_TO_THAI)
    return kind, text or "-"


# ---- lines ----


@dataclass(frozen=True, slots=True)
class Words:
    """Open word lists: common words with their counts, rare ones, and whole phrases."""

    common: Sequence[str]
    weights: Sequence[float]
    rare: Sequence[str]
    phrases: Sequence[str]
    latin: Sequence[str]
    vowels: Sequence[str] = tuple("ะาิีึืุูัำ็")


def load_words() -> Words:
    """PyThaiNLP's lists, and the product's own vocabulary of assessments and places."""
    from pythainlp.corpus import thai_words, tnc

    known = set(charset("line"))
    counts = [
        (word, count) for word, count in tnc.word_freqs() if set(word) <= known and word.strip()
    ]
    thai = sorted((pair for pair in counts if "ก" <= pair[0][0] <= "๙"), key=lambda pair: -pair[1])
    latin = [word for word, _ in counts if word.isascii() and word.isalpha()]
    rare = sorted(word for word in thai_words() if set(word) <= known)
    phrases = [text for text in map(folded, _own()) if set(text) <= known and len(text) > 1]
    top = thai[:12000]
    return Words(
        [w for w, _ in top],
        list(accumulate(c**0.6 for _, c in top)),
        rare,
        sorted(set(phrases)),
        latin[:6000],
    )


def _own() -> list[str]:
    found: list[str] = []
    for file in sorted(DATA.rglob("*.toml")):
        _strings(tomllib.loads(file.read_text("utf-8")), found)
    with (DATA / "places.csv").open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            found += [row["name_th"], row["name_th"], row["name_en"]]
    words = (DATA / "words.txt").read_text("utf-8").splitlines()
    found += [line.split()[0] for line in words if line and not line.startswith("#")] * 5
    return [text for text in found if not set(text) & set("\\^$|{}?")]


def _strings(value: object, found: list[str]) -> None:
    if isinstance(value, str):
        found.append(value)
    elif isinstance(value, dict):
        for item in value.values():
            _strings(item, found)
    elif isinstance(value, list):
        for item in value:
            _strings(item, found)


def _token(rng: Random, words: Words) -> str:
    lot = rng.random()
    if lot < 0.52:
        return rng.choices(words.common, cum_weights=words.weights)[0]
    if lot < 0.64:
        return rng.choice(words.rare)
    if lot < 0.82:
        return rng.choice(words.phrases)
    if lot < 0.87:
        return rng.choice(words.latin)
    if lot < 0.91:
        return _noise(rng)
    return cell(rng)[1]


def _noise(rng: Random) -> str:
    """Thai letters at random with marks where marks may stand: no word list helps here."""
    out = ""
    for _ in range(rng.randint(1, 4)):
        out += rng.choice(["", "", "", "เ", "แ", "โ", "ไ", "ใ"]) + chr(rng.randint(0x0E01, 0x0E2E))
        out += rng.choice(["", "", "ิ", "ี", "ึ", "ื", "ุ", "ู", "ั", "็", "ะ", "า", "ำ"])
        if out[-1] not in "ะาำ็":
            out += rng.choices(["", "่", "้", "๊", "๋", "์"], [60, 14, 14, 4, 4, 6])[0]
        elif out[-1] == "ำ" and rng.random() < 0.3:
            out = out[:-1] + rng.choice("่้") + "ำ"
    return out


def line(rng: Random, words: Words, longest: int = 34) -> str:
    """Words of a line of print, set close as Thai is, with blanks, brackets and numbers."""
    target = rng.randint(2, longest)
    out = _token(rng, words)
    while len(out) < target:
        joint = rng.choices(["", " ", "/", "-", ", ", "."], [60, 34, 2, 2, 1, 1])[0]
        token = _token(rng, words)
        styles = (token, f"({token})", f'"{token}"', f"{token}:", f"{token}ๆ", f"[{token}]")
        dressed = rng.choices(styles, [88, 6, 2, 1.5, 1.5, 1])[0]
        out += joint + dressed
    text = folded(out[: longest + 12])
    return text.lstrip("ะาำิีึืุูั็่้๊๋์ๆฯํฺ ") or "-"
