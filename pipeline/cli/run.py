"""`ita run INPUT… --out DIR`: the main job."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

from cyclopts import Parameter

from pipeline.cli.console import note, progress_listener, show, show_json, words
from pipeline.cli.logs import log_file
from pipeline.messages import Lang
from pipeline.progress import using

if TYPE_CHECKING:
    from pipeline.run import RunSummary

__all__ = ["INCOMPLETE", "run", "summary_json"]

# Some documents were refused or only partly read.
INCOMPLETE = 3

# How many files of one reason the summary names; all of them are in the dataset.
_NAMED = 3


def run(
    inputs: Annotated[list[Path], Parameter(name="INPUT", negative=())],
    /,
    *,
    out: Path,
    jobs: int | None = None,
    time_limit: float | None = None,
    memory_limit: int | None = None,
    fresh: bool = False,
    quiet: bool = False,
    json: bool = False,
    lang: Lang | None = None,
) -> int:
    """Read the inputs into a dataset; 3 where documents were refused or read in part."""
    settings = {"jobs": jobs, "time_limit": time_limit, "memory_limit": memory_limit}
    given = {name: value for name, value in settings.items() if value is not None}
    with using(progress_listener(quiet=quiet)):
        summary = _run([str(path) for path in inputs], out, given, fresh)
    if json:
        show_json(summary_json(summary))
    elif not quiet:
        _show(summary, out)
    return 0 if summary.complete else INCOMPLETE


def _run(inputs: list[str], out: Path, settings: Mapping[str, Any], fresh: bool) -> RunSummary:
    """Run the flow; without Prefect where its embedded server cannot be started."""
    from flows.launch import NoServer, with_prefect
    from pipeline.inputs import check_inputs
    from pipeline.progress import listener
    from pipeline.release import claim
    from pipeline.settings import home_folder, load_settings

    # What is wrong with the command is told at once, before anything is started.
    chosen = load_settings(settings)
    check_inputs(inputs)
    with claim(out):
        pass
    listener().stage("stage.start")
    command = ["ita", *sys.argv[1:]]
    try:
        with with_prefect(home_folder() / "prefect"):
            from flows.run import ita_run

            return ita_run(inputs, str(out), settings=settings, fresh=fresh, command=command)
    except NoServer as error:
        note(words()("run.without-prefect", folder=error.home))
        from pipeline.run import run as run_without

        return run_without(inputs, out, chosen, fresh=fresh, command=command)


def summary_json(summary: RunSummary) -> dict[str, object]:
    """The summary as plain JSON values."""
    receipt = summary.receipt
    return {
        "out": str(receipt.folder),
        "report": str(receipt.folder / "report" / "index.html"),
        "complete": summary.complete,
        "documents": dict(receipt.documents),
        "known": summary.known,
        "duplicates": summary.duplicates,
        "rows": dict(receipt.rows),
        "findings": dict(receipt.findings),
        "not_read": [asdict(one) for one in summary.not_read],
        "unaudited": list(summary.unaudited),
        "empty": list(summary.empty),
        "unreadable_folders": list(summary.unreadable_folders),
        "seconds": round(summary.seconds, 3),
    }


def _show(summary: RunSummary, out: Path) -> None:
    say, receipt = words(), summary.receipt
    documents = {name: receipt.documents.get(name, 0) for name in ("ok", "partial", "refused")}
    show(say("run.documents", total=sum(documents.values()), **documents))
    _show_not_read(summary)
    if summary.known:
        show(say("run.known", count=summary.known))
    if summary.duplicates:
        show(say("run.duplicates", count=summary.duplicates))
    if summary.empty:
        show(say("run.empty", folders=", ".join(summary.empty)))
    if summary.unreadable_folders:
        show(say("run.unreadable-folders", folders=", ".join(summary.unreadable_folders)))
    if summary.unaudited:
        show(say("run.unaudited", files=_some(summary.unaudited)))
        show(f"  {say('run.log', path=log_file())}")
    show(say("run.scores", count=receipt.rows["scores"], agencies=receipt.rows["agencies"]))
    findings = {name: receipt.findings.get(name, 0) for name in ("error", "warning", "note")}
    show(say("run.findings", **findings))
    show(say("run.report", path=out / "report" / "index.html"))


def _show_not_read(summary: RunSummary) -> None:
    """Which documents were not read in full, by reason, and what to do about each reason."""
    from pipeline.reasons import PARTLY, reason

    say = words()
    groups: dict[tuple[str, str], list[str]] = {}
    for one in summary.not_read:
        groups.setdefault((one.status, one.reason), []).append(one.source)
    for (status, slug), files in sorted(groups.items()):
        known = reason(f"{PARTLY}{slug}" if status == "partial" else slug)
        meaning, remedy = (known.th, known.do_th) if say.lang == "th" else (known.en, known.do_en)
        show(f"  {say(f'status.{status}')} ({slug}): {_some(files)}")
        show(f"    {meaning} {remedy}")
        if slug == "internal-error":
            show(f"    {say('run.log', path=log_file())}")


def _some(files: list[str] | tuple[str, ...]) -> str:
    named = ", ".join(files[:_NAMED])
    more = len(files) - _NAMED
    return f"{named} {words()('run.more', count=more)}" if more > 0 else named
