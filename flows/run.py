"""The main job as a Prefect flow: inputs to dataset.

The steps are those of `pipeline.run`; a task is a batch of documents, never one document,
because a server records some thirty tasks a second. What became of each document stands in
the ledger and in the dataset, not in Prefect.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from prefect import flow, task
from prefect.cache_policies import NO_CACHE

from pipeline.run import Run, RunSummary, assemble, open_run, read_batch
from pipeline.settings import load_settings

__all__ = ["ita_run"]


@task(
    name="read-batch",
    task_run_name="read-batch-{number}",
    cache_policy=NO_CACHE,
    persist_result=False,
)
def _read_batch(run: Run, number: int) -> dict[str, int]:
    return read_batch(run, number)


@task(name="write-dataset", cache_policy=NO_CACHE, persist_result=False)
def _assemble(run: Run) -> RunSummary:
    return assemble(run)


@flow(name="ita-run", persist_result=False)
def ita_run(
    inputs: list[str],
    out: str,
    *,
    settings: Mapping[str, Any] | None = None,
    fresh: bool = False,
    command: list[str] | None = None,
) -> RunSummary:
    """Read PDFs and folders into a dataset.

    Args:
        inputs: Files and folders.
        out: Folder of the dataset.
        settings: Settings that shall differ from the file and the environment, by name.
        fresh: Read every document anew.
        command: The command as it was given, for `run.json`.
    """
    chosen = load_settings(settings)
    with open_run(inputs, Path(out), chosen, fresh=fresh, command=command or ()) as run:
        for number in range(len(run.batches)):
            _read_batch(run, number)
        return _assemble(run)
