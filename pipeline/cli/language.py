"""In which language the program answers: the option, then the settings, then the locale."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pipeline.messages import LANGS, Lang, locale_lang
from pipeline.settings import load_settings

__all__ = ["chosen_lang"]


def chosen_lang(words: Sequence[str], environ: Mapping[str, str] | None = None) -> Lang:
    """The language of a command line.

    It must be known before the command line is understood, since help pages and usage
    errors are in it; so the words are searched for `--lang`.

    >>> chosen_lang(["audit", "show", "--lang", "th"], {})
    'th'
    >>> chosen_lang(["--lang=en"], {"LANG": "th_TH.UTF-8"})
    'en'
    >>> chosen_lang([], {"ITA_LANG": "th"})
    'th'
    """
    for place, word in enumerate(words):
        if word == "--":
            break
        value = word.removeprefix("--lang=") if word.startswith("--lang=") else None
        if word == "--lang" and place + 1 < len(words):
            value = words[place + 1]
        if value in LANGS:
            return value
    return load_settings(environ=environ).lang or locale_lang(environ)
