"""Which questions are asked for: by words, place, days, measure, relations, origins and documents."""

from __future__ import annotations

from reportedly.compare.questions import Question


def fits(
    question: Question,
    *,
    about: str | None = None,
    place: str | None = None,
    after: str | None = None,
    before: str | None = None,
    measure: str | None = None,
    differs: bool = False,
    min_origins: int = 1,
    min_documents: int = 1,
) -> bool:
    """Whether a question is asked for. `after` (kept) and `before` (not kept) are ISO days; one without days fits."""
    accounts, counts = question.accounts, question.origins
    return all(
        (
            about is None or speaks_of(question, about),
            place is None or any(place.casefold() in a.where.name.casefold() for a in accounts),
            after is None or question.until is None or question.until > after,
            before is None or question.since is None or question.since < before,
            measure is None or any(a.measure == measure for a in accounts),
            not differs or question.support == "X",
            counts.named + counts.anonymous + counts.unknown >= min_origins,
            len({a.doc for a in accounts}) >= min_documents,
        )
    )


def speaks_of(question: Question, words: str) -> bool:
    """Whether all words stand in the question, or in words, origins and places of its accounts."""
    accounts = (f"{a.text} {a.origin.name or ''} {a.where.name}" for a in question.accounts)
    text = " ".join([question.asks, *accounts]).casefold()
    return all(word in text for word in words.casefold().split())
