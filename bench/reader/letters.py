"""Counts which letters follow which in Thai, for the reader of whole lines.

``python -m bench.reader.letters`` writes ``parsers/data/reader/letters.txt.gz``: stretches of
one to four letters with their counts, from words in random order (open word lists, weighted by
how common a word is, and the vocabulary of assessments). No sentence of anyone is in it.
"""

import gzip
from collections import Counter
from random import Random

from bench.reader.export import PACKAGE
from bench.reader.text import Words, load_words
from parsers.scan.letters import LONGEST, plain

__all__ = ["main"]

TOKENS = 700_000
LEAST = {1: 1, 2: 2, 3: 3, 4: 4}


def _token(rng: Random, words: Words) -> str:
    lot = rng.random()
    if lot < 0.62:
        return rng.choices(words.common, cum_weights=words.weights)[0]
    if lot < 0.72:
        return rng.choice(words.rare)
    if lot < 0.95:
        return rng.choice(words.phrases)
    return rng.choice(words.latin)


def main() -> None:
    """Writes the table."""
    rng, words = Random(1), load_words()
    counts: Counter[str] = Counter()
    for _ in range(TOKENS // 20):
        joints = rng.choices(["", " "], [68, 32], k=20)
        line = plain("".join(_token(rng, words) + joint for joint in joints))
        for size in range(1, LONGEST + 1):
            counts.update(line[at : at + size] for at in range(len(line) - size + 1))
    kept = sorted((text, n) for text, n in counts.items() if n >= LEAST[len(text)])
    lines = "".join(f"{text}\t{n}\n" for text, n in kept)
    target = PACKAGE / "letters.txt.gz"
    target.write_bytes(gzip.compress(lines.encode("utf-8"), 9, mtime=0))
    print(len(kept), target.stat().st_size)


if __name__ == "__main__":
    main()
