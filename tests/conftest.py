"""Fixtures for all tests."""

from __future__ import annotations

from pathlib import Path

import pytest

SHARED = Path(__file__).resolve().parents[2] / "shared"


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of seeds, gold and corpora beside the checkout; tests that need it are skipped where it is missing."""
    if not (SHARED / "seeds").is_dir():
        pytest.skip("the source articles and corpora (../shared) are not here")
    return SHARED
