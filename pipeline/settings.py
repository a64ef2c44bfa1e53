"""Settings: defaults, then `ita.toml`, then the environment, then the command line.

Every setting can stand in the file under its own name (`time_limit = 60`) and in the
environment in capitals behind `ITA_` (`ITA_TIME_LIMIT=60`).
"""

from __future__ import annotations

import dataclasses
import os
import sys
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec

from pipeline.messages import Lang, MessageError

__all__ = ["Settings", "home_folder", "load_settings", "settings_file"]

_PREFIX = "ITA_"
_POSITIVE = ("time_limit", "memory_limit", "file_limit", "batch_size", "recycle_after")


@dataclass(frozen=True, slots=True)
class Settings:
    """What a person may set.

    Attributes:
        jobs: Documents read at the same time; 0 takes one per processor core.
        time_limit: Seconds that one document may take.
        memory_limit: Memory in MiB that the reading of one document may take.
        file_limit: Size in MiB above which a file is not opened.
        batch_size: Documents in one batch: one task of the flow, and what is lost at most
            when a run is killed.
        recycle_after: Documents after which a reading process is replaced by a fresh one.
        lang: Language of messages and help, `th` or `en`; empty takes the locale's.
    """

    jobs: int = 0
    time_limit: float = 300.0
    memory_limit: int = 1536
    file_limit: int = 200
    batch_size: int = 100
    recycle_after: int = 50
    lang: Lang | None = None


_FIELDS = {field.name: field.type for field in dataclasses.fields(Settings)}


def settings_file(environ: Mapping[str, str] | None = None) -> Path | None:
    """The settings file in force: the one `ITA_CONFIG` names, else `ita.toml` here, else none."""
    environ = os.environ if environ is None else environ
    named = environ.get("ITA_CONFIG")
    if named:
        return Path(named)
    here = Path("ita.toml")
    return here if here.is_file() else None


def load_settings(
    overrides: Mapping[str, Any] | None = None,
    *,
    environ: Mapping[str, str] | None = None,
    file: Path | None = None,
) -> Settings:
    """Put the settings together.

    Args:
        overrides: What the command line says; `None` values say nothing.
        environ: Environment to read instead of the process's own.
        file: Settings file to read instead of the one in force.

    Raises:
        MessageError: A setting does not exist or has an impossible value; names where.
    """
    environ = os.environ if environ is None else environ
    file = settings_file(environ) if file is None else file
    values: dict[str, Any] = {}
    if file is not None:
        values |= _checked(_read_file(file), str(file))
    from_environment = {
        name: environ[_PREFIX + name.upper()]
        for name in _FIELDS
        if environ.get(_PREFIX + name.upper())
    }
    values |= _checked(from_environment, "ITA_*")
    given = {name: value for name, value in (overrides or {}).items() if value is not None}
    values |= _checked(given, "--")
    return Settings(**values)


def _read_file(file: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except OSError as error:
        raise MessageError("error.settings-file", file=str(file), why=str(error)) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise MessageError("error.settings-file", file=str(file), why=str(error)) from error


def _checked(values: Mapping[str, Any], where: str) -> dict[str, Any]:
    unknown = sorted(set(values) - set(_FIELDS))
    if unknown:
        raise MessageError(
            "error.setting-unknown", name=unknown[0], where=where, known=", ".join(_FIELDS)
        )
    return {name: _value(name, value, where) for name, value in values.items()}


def _value(name: str, value: Any, where: str) -> Any:
    try:
        # Text from the environment may stand for a number.
        whole = msgspec.convert({name: value}, Settings, strict=False)
    except msgspec.ValidationError as error:
        raise MessageError(
            "error.setting-value", name=name, value=str(value), where=where, why=str(error)
        ) from error
    read = getattr(whole, name)
    low = 0 if name == "jobs" else None
    if (name in _POSITIVE and read <= 0) or (low is not None and read < low):
        raise MessageError(
            "error.setting-value", name=name, value=str(value), where=where, why="> 0"
        )
    return read


def home_folder(environ: Mapping[str, str] | None = None) -> Path:
    """Where the program keeps what belongs to the person and not to one dataset.

    `ITA_HOME` where it is set; else the place the operating system has for it.
    """
    environ = os.environ if environ is None else environ
    if environ.get("ITA_HOME"):
        return Path(environ["ITA_HOME"])
    if sys.platform == "win32":
        return (
            Path(environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local") / "ita-reports"
        )
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Application Support" / "ita-reports"
    base = environ.get("XDG_DATA_HOME")
    return (Path(base) if base else Path.home() / ".local" / "share") / "ita-reports"
