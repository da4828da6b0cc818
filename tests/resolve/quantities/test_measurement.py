"""The grammar of scientific prose."""

from __future__ import annotations

import pytest

from reportedly.resolve.quantities.measurement import Measured, measured


def first(text: str) -> Measured:
    return measured(text)[0]


@pytest.mark.parametrize(
    ("text", "words", "low", "high", "bound", "unit"),
    [
        ("a dose of 5 ± 0.3 mg/kg was given", "5 ± 0.3 mg/kg", 4.7, 5.3, "range", "mg/kg"),
        ("kept at 10–20 °C overnight", "10–20 °C", 10, 20, "range", "°C"),
        ("kept at −20 °C overnight", "−20 °C", -20, -20, "exact", "°C"),
        ("it fell (p < 0.05) again", "< 0.05", None, 0.05, "less_than", None),
        ("grains ≥2 mm were sieved", "≥2 mm", 2, None, "at_least", "mm"),
        ("a flux of ∼3×10−4 kg m−2 s−1 was found", "∼3×10−4 kg m−2 s−1", 2.7e-4, 3.3e-4, "about", "kg m−2 s−1"),
        ("between 5 and 300 K it is flat", "between 5 and 300 K", 5, 300, "range", "K"),
        ("ranging from 4 to 88 days in all", "ranging from 4 to 88 days", 4, 88, "range", "days"),
        ("at least 5 hours later", "at least 5 hours", 5, None, "at_least", "hours"),
        ("scores of 70 or higher were kept", "70 or higher", 70, None, "at_least", None),
        ("approximately 54% of it", "approximately 54%", 48.6, 59.4, "about", "%"),
        ("within 72 hours of it", "within 72 hours", None, 72, "up_to", "hours"),
        ("a block of 60 × 10 × 3 mm3 was cut", "60 × 10 × 3 mm3", 3, 60, "range", "mm3"),
        ("tubes of either 60 or 63 mm width", "60 or 63 mm", 60, 63, "range", "mm"),
        ("a bed of 5.9 million seeds", "5.9 million", 5.9e6, 5.9e6, "exact", None),
        ("a rise of 3.7 fold per passage", "3.7 fold per passage", 3.7, 3.7, "exact", "fold per passage"),
    ],
)
def test_measured(text: str, words: str, low: float | None, high: float | None, bound: str, unit: str | None) -> None:
    item = first(text)
    assert text[item.start : item.end] == words
    assert item.bound == bound
    assert item.unit == unit
    assert item.low == (None if low is None else pytest.approx(low))
    assert item.high == (None if high is None else pytest.approx(high))


@pytest.mark.parametrize(
    "text",
    [
        "as shown in Fig. 3 and Table 2", "phases 3, 5, and 7 were kept", "this is known [13] and [2–5]",
        "(Marrow et al., 2006a)", "after Brenn (1998) the view changed", "H2O and CO2 in the 3D model",
        "the two-dimensional case", "a category-2 event", "see Eqs. (18), (19) and Section 4.2", "f(x, 2) + 3 ≠ y",
        "Ca(OH)2 was added", "the caspase-3 gene", "in well 10a-4 below", "the 5th sample",
    ],
)  # fmt: skip
def test_not_measured(text: str) -> None:
    assert measured(text) == []


def test_dates_and_years_are_kept() -> None:
    text = "From 26 October 2011 on, and since 1999, cores were taken at 05:28 UT."
    assert [text[m.start : m.end] for m in measured(text)] == ["26 October 2011", "1999", "05:28 UT"]


def test_tolerance_keeps_its_point() -> None:
    item = first("it is 300±15 °C warm")
    assert (item.point, item.rule) == (300, "measurement.tolerance")
