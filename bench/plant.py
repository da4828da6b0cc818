"""Plant copies in a corpus (reposts, cut texts, passages, quotations, with edits and bios), and write the truth.

Without a corpus the articles are invented: words of invented syllables, drawn as natural words are (Zipf), so that any
number of articles can be made on the spot. The truth has the rows that the project's scorer of copies reads.

Usage: python bench/plant.py ARTICLES TEXTS.jsonl.gz TRUTH.json [--corpus FILE.jsonl[.gz]] [--seed N] [--share .2]
"""

from __future__ import annotations

import argparse
import gzip
import io
import json
import random
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

SYLLABLES = [a + b for a in "b d f g k l m n p r s t v z st tr kr sh ch".split() for b in "a e i o u an el or".split()]
VOCABULARY, SENTENCE, PARAGRAPH = 60_000, 18, 4
RESERVOIR = 4_000
"""Articles that copies are drawn from at any time: the copy of a text follows within some thousand articles."""
STOCK = 400
RATES = (0.0, 0.02, 0.05, 0.1, 0.2, 0.3)
PASSAGES, QUOTES = (15, 25, 40, 80, 150), (6, 8, 10, 12, 18)


@dataclass(frozen=True, slots=True)
class Article:
    """One article. `plant` says what was planted in it, None for an article of its own."""

    id: str
    text: str
    outlet: str
    published: str
    plant: dict[str, object] | None = None


def vocabulary(seed: int) -> list[str]:
    """Invented words, the commonest first and short."""
    rng = random.Random(seed)
    seen: dict[str, None] = {}
    while len(seen) < VOCABULARY:
        length = 1 if len(seen) < 60 else 2 if len(seen) < 2000 else rng.choice((2, 3, 3, 4))
        seen["".join(rng.choice(SYLLABLES) for _ in range(length))] = None
    return list(seen)


def invented(count: int, *, seed: int = 1) -> Iterator[str]:
    """Texts of about 250 invented words in sentences and paragraphs, with a stock phrase in every second one."""
    words = vocabulary(seed)
    capital = [word.capitalize() for word in words]
    chance = 1 / (np.arange(VOCABULARY) + 2.7)
    edges = np.cumsum(chance / chance.sum())
    rng = np.random.default_rng(seed)
    stock = [" ".join(words[i] for i in row) for row in np.searchsorted(edges, rng.random((STOCK, 9)))]
    done = 0
    while done < count:
        batch = min(1000, count - done)
        sizes = np.clip(rng.normal(250, 90, batch), 60, 700).astype(int)
        ids = np.minimum(np.searchsorted(edges, rng.random(int(sizes.sum()))), VOCABULARY - 1).tolist()
        phrases = rng.integers(0, 2 * STOCK, batch).tolist()
        at = 0
        for size, phrase in zip(sizes.tolist(), phrases, strict=True):
            yield _laid_out(ids[at : at + size], words, capital, stock[phrase] if phrase < STOCK else "")
            at += size
        done += batch


def _laid_out(ids: list[int], words: list[str], capital: list[str], phrase: str) -> str:
    paragraphs, sentences = [], []
    for start in range(0, len(ids), SENTENCE):
        part = ids[start : start + SENTENCE]
        sentences.append(" ".join([capital[part[0]], *(words[i] for i in part[1:])]) + ".")
        if start == SENTENCE and phrase:
            sentences[-1] = sentences[-1][:-1] + ", " + phrase + "."
        if len(sentences) == PARAGRAPH:
            paragraphs.append(" ".join(sentences))
            sentences = []
    return "\n\n".join([*paragraphs, *([" ".join(sentences)] if sentences else [])])


@dataclass
class Planter:
    """Plants copies of recent articles among the articles of a corpus."""

    share: float = 0.2
    seed: int = 1
    rng: random.Random = field(init=False)

    def __post_init__(self) -> None:
        self.rng = random.Random(self.seed)
        self.fillers = vocabulary(self.seed)[200:5000]
        self.bios = [" ".join(self.rng.choices(self.fillers, k=60)).capitalize() + "." for _ in range(40)]

    def articles(self, texts: Iterable[str]) -> Iterator[Article]:
        """The texts as articles, and planted copies among them."""
        recent: list[Article] = []
        wire: Article | None = None
        for number, text in enumerate(texts):
            own = Article(f"n{number}", text, f"paper {number % 50}", _day(number))
            yield own
            if len(recent) < RESERVOIR:
                recent.append(own)
            else:
                recent[self.rng.randrange(RESERVOIR)] = own
            if number % 20_000 == 50:
                wire = own  # a wire story that hundreds of outlets carry
            if wire is not None and self.rng.random() < 0.01:
                yield self._repost(wire, f"w{number}", number, rate=self.rng.choice(RATES[:3]))
            if self.rng.random() < self.share and len(recent) > 10:
                yield self._copy(recent, f"p{number}", number)

    def _copy(self, recent: list[Article], name: str, number: int) -> Article:
        source = self.rng.choice(recent)
        kind = self.rng.choice(("repost", "repost+bio", "truncated", "passage", "quote"))
        if kind in ("passage", "quote"):
            host = self.rng.choice(recent)
            return self._inserted(source, host if host.id != source.id else recent[0], name, number, kind)
        if kind == "truncated":
            return self._repost(source, name, number, rate=0.0, cut=self.rng.choice((0.5, 0.65, 0.8)))
        return self._repost(source, name, number, rate=self.rng.choice(RATES), bio=kind == "repost+bio")

    def _repost(
        self, source: Article, name: str, number: int, *, rate: float, cut: float = 1.0, bio: bool = False
    ) -> Article:
        tokens = _tokens(source.text)
        kept = tokens[: max(12, int(len(tokens) * cut))]
        start, end = 0, kept[-1][1]
        text = self._edited(source.text[start:end], rate)
        whole = text + ("\n\n" + self.rng.choice(self.bios) if bio else "")
        kind = "truncated" if cut < 1 else "repost+boiler" if bio else "repost"
        plant = _truth(source, name, kind, cut if cut < 1 else rate, len(kept), None, (start, end), (0, len(text)))
        return Article(name, whole, f"site {number % 37}", _day(number), plant)

    def _inserted(self, source: Article, host: Article, name: str, number: int, kind: str) -> Article:
        size = self.rng.choice(PASSAGES if kind == "passage" else QUOTES)
        tokens = _tokens(source.text)
        first = self.rng.randrange(max(1, len(tokens) - size))
        last = min(first + size, len(tokens)) - 1
        start, end = tokens[first][0], tokens[last][1]
        rate = self.rng.choice(RATES[:5]) if kind == "passage" else 0.0
        stretch = self._edited(source.text[start:end], rate)
        before, after = ("", "") if kind == "passage" else ('Officials said: "', '" in a statement.')
        paragraphs = host.text.split("\n\n")
        at = self.rng.randrange(len(paragraphs) + 1)
        head = "".join(paragraph + "\n\n" for paragraph in paragraphs[:at])
        text = head + before + stretch + after + "\n\n" + "\n\n".join(paragraphs[at:])
        begin = len(head) + len(before)
        plant = _truth(source, name, kind, rate, last - first + 1, host.id, (start, end), (begin, begin + len(stretch)))
        return Article(name, text, f"site {number % 37}", _day(number), plant)

    def _edited(self, text: str, rate: float) -> str:
        """The text with a share of its words changed, dropped, added or swapped."""
        if not rate:
            return text
        words = text.split(" ")
        out: list[str] = []
        skip = False
        for number, word in enumerate(words):
            if skip:
                skip = False
                continue
            if self.rng.random() >= rate:
                out.append(word)
                continue
            way = self.rng.randrange(4)
            if way == 0:
                out.append(self.rng.choice(self.fillers))
            elif way == 1:
                out += [word, self.rng.choice(self.fillers)]
            elif way == 2 and number + 1 < len(words):
                out += [words[number + 1], word]
                skip = True
        return " ".join(out)


def _truth(
    source: Article, name: str, kind: str, rate: float, words: int, host: str | None,
    here: tuple[int, int], there: tuple[int, int],
) -> dict[str, object]:  # fmt: skip
    return {
        "src": source.id, "dst": name, "kind": kind, "rate": rate, "words": words, "host": host,
        "ss": here[0], "se": here[1], "ds": there[0], "de": there[1],
    }  # fmt: skip


def _tokens(text: str) -> list[tuple[int, int]]:
    out, at = [], 0
    for word in text.split():
        start = text.index(word, at)
        at = start + len(word)
        out.append((start, at))
    return out


def _day(number: int) -> str:
    return f"20{31 + number // 336_000 % 60:02d}-{1 + number // 28_000 % 12:02d}-{1 + number // 1000 % 28:02d}"


def _corpus(path: str) -> Iterator[str]:
    data = Path(path).read_bytes()
    with io.StringIO((gzip.decompress(data) if path.endswith(".gz") else data).decode("utf-8")) as file:
        for line in file:
            if line.strip():
                yield json.loads(line)["text"]


def main() -> None:
    """Write texts and truth."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("articles", type=int)
    parser.add_argument("texts")
    parser.add_argument("truth")
    parser.add_argument("--corpus")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--share", type=float, default=0.2)
    args = parser.parse_args()
    planter = Planter(share=args.share, seed=args.seed)
    texts = _corpus(args.corpus) if args.corpus else invented(args.articles, seed=args.seed)
    truth = []
    with gzip.open(args.texts, "wt", encoding="utf-8", compresslevel=3) as file:
        for number, article in enumerate(planter.articles(texts)):
            if number >= args.articles:
                break
            row = {"id": article.id, "text": article.text, "outlet": article.outlet, "published": article.published}
            file.write(json.dumps(row) + "\n")
            if article.plant:
                truth.append(article.plant)
    Path(args.truth).write_text(json.dumps(truth))
    print(f"{min(number + 1, args.articles)} articles, {len(truth)} plants")


if __name__ == "__main__":
    main()
