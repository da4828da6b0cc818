"""The answer sheet of the bundled example against a real run of the whole line, with each attributor.

Every check has a name (`question:corridor:centre-council`). Where the program does not reach the sheet yet, the name
stands in `shortfalls.json` with the reason: that check must fail (strict), so that the list shrinks when the program
gets better.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from reportedly import example
from reportedly.compare import Account, history_rows
from reportedly.compare.origins import origins_of

if TYPE_CHECKING:
    from tests.example.conftest import Run

SHEET = example.answers()
Check = Callable[["Run"], None]
KNOWN: dict[str, dict[str, str]] = json.loads(Path(__file__).with_name("shortfalls.json").read_text(encoding="utf-8"))
"""By attributor: name of a check → why the program does not pass it yet."""


def document(entry: dict[str, Any], found: Run) -> None:
    header = found.readings[entry["doc"]].document.header
    assert (header.outlet, list(header.authors)) == (entry["outlet"], entry["authors"])
    published = header.published
    day = (published.from_, published.to, published.method) if published else (None, None, None)
    assert day == (entry["from"], entry["to"], entry["method"])
    if "original_outlet" in entry:
        assert header.original_outlet == entry["original_outlet"]


def reject(entry: dict[str, Any], found: Run) -> None:
    row = next(r for r in found.rejects if r["file"].endswith(entry["file"]))
    assert row["code"] == entry["code"]


def outside(entry: dict[str, Any], found: Run) -> None:
    """Notices and comments: of their kind, without attributions, and without claims of the article."""
    reading, span = found.readings[entry["doc"]], found.span(entry)
    assert {s.kind for s in reading.document.segments if s.span.overlaps(span)} == {entry["kind"]}
    assert not [a for a in reading.attributions if any(c.overlaps(span) for c in (*a.content, *a.cue))]
    assert not [c for c in reading.claims if c.span.overlaps(span) and c.voice != "comment"]


def copy(entry: dict[str, Any], found: Run) -> None:
    ids = {n: found.readings[entry[n]].document.id for n in "ab"}
    link = next(k for k in found.links if {k.a, k.b} == set(ids.values()))
    assert link.kind in listed(entry["kind"])
    source = {"a_to_b": link.a, "b_to_a": link.b}.get(link.direction)
    assert source == found.readings[entry["origin"]].document.id


def family(entry: list[str], found: Run) -> None:
    assert set(entry) in found.families


def no_more_families(found: Run) -> None:
    assert len(found.families) == len(SHEET["families"])


def chain(entry: dict[str, Any], found: Run) -> None:
    attribution = found.attribution(entry)
    assert attribution is not None
    wanted = entry.get("chain") or [entry["origin"]]
    hops = attribution.chain if "chain" in entry else attribution.chain[-1:]
    assert len(hops) == len(wanted), [h.name for h in attribution.chain]
    for hop, (name, anonymity) in zip(hops, wanted, strict=True):
        assert ("named" if hop.anonymity == "office" else hop.anonymity) == anonymity
        if name is not None:
            assert same_name(hop.name, name), hop.name


def polarity(entry: dict[str, Any], found: Run) -> None:
    span = found.span(entry)
    over = [a for a in found.readings[entry["doc"]].attributions if any(c.overlaps(span) for c in (*a.content, *a.cue))]
    innermost = min(over, key=lambda a: sum(len(c) for c in a.content))
    assert innermost.polarity == entry["polarity"]


def account(entry: dict[str, Any], found: Run) -> None:
    """The claim is there, with its figure and its origin."""
    best = the_account(entry, found)
    assert same_name(best.origin.name, entry["origin"]), best.origin
    if "bound" in entry:
        assert best.bound == entry["bound"]
    if "party" in entry:
        assert best.origin.party
        assert found.parties.name_of(best.origin.party) == entry["party"]
    if "denominator" in entry:
        assert entry["denominator"] in (best.denominator or "")
    if "copy_of" not in entry:
        assert best.copy_of is None
    assert best.denied == entry.get("denied", False)


def copied(entry: dict[str, Any], source: dict[str, Any], found: Run) -> None:
    """The claim points to the one it was copied from, perhaps over another copy."""
    claims = {a.claim: a for q in found.questions for a in q.accounts}
    at = the_account(entry, found)
    while at.copy_of is not None and at.copy_of in claims and claims[at.copy_of].copy_of:
        at = claims[at.copy_of]
    assert at.copy_of in {a.claim for a in found.accounts(source)}


def together(question: dict[str, Any], name: str, found: Run) -> None:
    """The claim answers the same question as the first one of the sheet."""
    first, other = (found.home(question["claims"][n]) for n in (next(iter(question["claims"])), name))
    assert {q.id for q in first} & {q.id for q in other}


def relation(question: dict[str, Any], entry: dict[str, Any], found: Run) -> None:
    assert set(kinds(question, entry, found)) & set(entry["kind"]), kinds(question, entry, found)


def never(question: dict[str, Any], entry: dict[str, Any], found: Run) -> None:
    assert not set(kinds(question, entry, found)) & set(entry["kind"]), kinds(question, entry, found)


def counted(question: dict[str, Any], found: Run) -> None:
    """Origins and parties of the text; a headline without a source, whose origin is the outlet, is left out here."""
    home = found.home(next(iter(question["claims"].values())))[0]
    in_text = origins_of([a for a in home.accounts if not found.in_title(a)])
    got = {"named": in_text.named, "anonymous": in_text.anonymous, "unknown": in_text.unknown}
    assert (got, len(in_text.parties)) == (question["origins"], question["parties"]), in_text.parties


def support(question: dict[str, Any], found: Run) -> None:
    assert question["support"] in {q.support for q in found.home(next(iter(question["claims"].values())))}


def apart(entry: dict[str, Any], found: Run) -> None:
    a, b = (claim_of(*entry[side]) for side in "ab")
    assert found.home(a)
    assert found.home(b)
    assert not {q.id for q in found.home(a)} & {q.id for q in found.home(b)}


def history(entry: dict[str, Any], found: Run) -> None:
    """One origin's figures over the days, in order, with a change at each step."""
    wanted = [claim_of(entry["question"], name) for name in entry["claims"]]
    steps = [(w["doc"], tuple(w["bounds"])) for w in wanted]
    series = []
    for question in found.questions:
        for row in history_rows(question, found.parties):
            if row["origin"] == entry["origin"]:
                series.append(((found.number(row["doc"]), (row["low"], row["high"])), row["change"]))
    got = [(step, change) for step, change in series if step in steps]
    assert [step for step, _ in got] == steps
    assert got[0][1] == "first"
    assert all(change != "same" for _, change in got)


def figure(entry: dict[str, Any], found: Run) -> None:
    things, span = found.readings[entry["doc"]].things, found.span(entry)
    text = found.readings[entry["doc"]].document.text
    quantity = next(q for q in things.quantities if q.span.overlaps(span) and q.number.overlaps(span))
    low, high = entry["bounds"]
    assert (quantity.low, quantity.high) == (pytest.approx(low) if low is not None else None, high)
    for name in ("bound", "measure", "population", "unit"):
        if name in entry:
            assert getattr(quantity, name) in listed(entry[name]), name
    if "part_of" in entry:
        whole = next(q for q in things.quantities if q.id == quantity.part_of)
        assert entry["part_of"] in whole.span.of(text)


def moment(entry: dict[str, Any], found: Run) -> None:
    span = found.span(entry)
    when = next(t for t in found.readings[entry["doc"]].things.times if t.span.overlaps(span))
    assert (when.from_, when.to) == (entry["from"], entry["to"])


def place(entry: dict[str, Any], found: Run) -> None:
    span = found.span(entry)
    spot = next(p for p in found.readings[entry["doc"]].things.places if p.span.overlaps(span))
    assert (spot.gazetteer_id, spot.status) == (entry["id"], "resolved")


def label(entry: dict[str, Any], found: Run) -> None:
    span = found.span(entry)
    use = next(u for u in found.readings[entry["doc"]].things.labels if u.span.overlaps(span))
    assert (use.class_, use.in_quote) == (entry["class"], entry["in_quote"])
    assert same_name(use.owner, entry["owner"]), use.owner


def party(doc: str, voice: str, wanted: str, found: Run) -> None:
    """The voice's mention in that document has an institution family of that name."""
    mentions = [m for m in found.readings[doc].things.actors if m.actor and same_name(m.name, voice)]
    assert {found.parties.name_of(m.family) for m in mentions if m.family} == {wanted}


# ------------------------------------------------------------------ helpers of the checks


def listed(value: str | list[str]) -> list[str]:
    return [value] if isinstance(value, str) else value


def same_name(found: str | None, wanted: str) -> bool:
    """The wanted name, perhaps with words around it or shortened to its last one ("Tavosh")."""
    if not found:
        return False
    one, two = (name.lower().removeprefix("the ").split() for name in (found, wanted))
    return set(two) <= set(one) or (bool(one) and one == two[-len(one) :])


def claim_of(question: str, name: str) -> dict[str, Any]:
    claim: dict[str, Any] = next(q for q in SHEET["questions"] if q["id"] == question)["claims"][name]
    return claim


def the_account(entry: dict[str, Any], found: Run) -> Account:
    accounts = found.accounts(entry)
    assert accounts, "no claim with these words and bounds answers a question"
    return next((a for a in accounts if same_name(a.origin.name, entry["origin"])), accounts[0])


def kinds(question: dict[str, Any], entry: dict[str, Any], found: Run) -> list[str]:
    """How the program relates two claims of the sheet."""
    a, b = ({x.claim for x in found.accounts(question["claims"][entry[side]])} for side in "ab")
    return [r.kind for q in found.questions for r in q.relations if (r.a in a and r.b in b) or (r.a in b and r.b in a)]


def checks() -> Iterator[tuple[str, Check]]:
    """Every check of the sheet by name."""
    for room, check in (("document", document), ("chain", chain), ("polarity", polarity), ("figure", figure),
                        ("time", moment), ("place", place), ("label", label), ("outside", outside)):  # fmt: skip
        for entry in SHEET[{"outside": room, "polarity": "polarities"}.get(room, f"{room}s")]:
            what = f":{entry['words']}" if "words" in entry else ""
            yield (
                f"{room}:{entry['doc']}{what}{':' + str(entry['nth']) if 'nth' in entry else ''}",
                partial(check, entry),
            )
    for entry in SHEET["rejects"]:
        yield f"reject:{entry['file']}", partial(reject, entry)
    for entry in SHEET["copies"]:
        yield f"copy:{entry['a']}-{entry['b']}", partial(copy, entry)
    for members in SHEET["families"]:
        yield f"family:{'-'.join(members)}", partial(family, members)
    yield "family:only", no_more_families
    for question in SHEET["questions"]:
        yield from of_question(question)
    for entry in SHEET["apart"]:
        yield f"apart:{'.'.join(entry['a'])}-{'.'.join(entry['b'])}", partial(apart, entry)
    for entry in SHEET["histories"]:
        yield f"history:{entry['question']}:{entry['origin']}", partial(history, entry)
    for entry in SHEET["parties"]:
        for doc, voice in entry["voices"]:
            yield f"party:{doc}:{voice}", partial(party, doc, voice, entry["party"])


def of_question(question: dict[str, Any]) -> Iterator[tuple[str, Check]]:
    claims, start = question["claims"], f"question:{question['id']}"
    for number, (name, claim) in enumerate(claims.items()):
        yield f"{start}:{name}", partial(account, claim)
        if "copy_of" in claim:
            yield f"{start}:{name}:folded", partial(copied, claim, claims[claim["copy_of"]])
        if number and question.get("together", True):
            yield f"{start}:{name}:together", partial(together, question, name)
    for entry in question.get("relations", []):
        yield f"{start}:{entry['a']}-{entry['b']}", partial(relation, question, entry)
    for entry in question.get("never", []):
        yield f"{start}:{entry['a']}-{entry['b']}:never", partial(never, question, entry)
    if "origins" in question:
        yield f"{start}:origins", partial(counted, question)
    if "support" in question:
        yield f"{start}:support", partial(support, question)


CHECKS = dict(checks())


@pytest.mark.parametrize("name", CHECKS)
def test_the_answer_sheet(found: Run, name: str, request: pytest.FixtureRequest) -> None:
    reason = KNOWN[found.attributor].get(name)
    if reason is not None:
        request.node.add_marker(pytest.mark.xfail(reason=reason, strict=True))
    CHECKS[name](found)


def test_every_known_shortfall_names_a_check() -> None:
    assert not {name for names in KNOWN.values() for name in names} - set(CHECKS)


def test_the_sheet_asks_about_every_article() -> None:
    articles = {path.name[:2] for path in example.articles().iterdir()}
    asked = {entry["doc"] for entry in SHEET["documents"]} | {entry["file"][:2] for entry in SHEET["rejects"]}
    assert articles == asked
