"""PDF bytes in, records out: reads ITA reports and nothing else (no I/O, no clock).

model       the records that are handed on: Page, Grid, Score, Report …
errors      what can end the reading of a document
pdf/        bytes → characters, ruling lines, pictures; is the text layer usable?
text/       characters → repaired Thai lines; digits, numbers and dates in them
tables/     characters and rules → grids, joined over pages
knowledge/  the assessment's catalogue, titles and words; places of Thailand
reading/    grids and lines → scores, ratings, measures, advice, identity
report      the conductor: all of it for one document
data/       the tables behind it, for a domain person to edit
"""

from __future__ import annotations

__all__ = ["PARSER_VERSION"]

PARSER_VERSION = "1"
