"""A page's visible text in reading order, each character with its place in the page's source. No tree is built, so
nesting costs nothing, and every step moves forward: time and memory are linear in the size of the page."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, field
from typing import NamedTuple

from reportedly.clean.mapped import joined
from reportedly.model import RawRun

TAG = re.compile(r"<(/?)([A-Za-z][^\s/>\x00]*)((?:[^>\"']++|\"[^\"]*+\"|'[^']*+')*+)>")
ATTRIBUTE = re.compile(r"([A-Za-z_:][\w:.-]*)(?:\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+)))?")
ENTITY = re.compile(r"&(?:#[0-9]{1,7};?|#[xX][0-9A-Fa-f]{1,6};?|[A-Za-z][A-Za-z0-9]{1,31};?)")
PIECE = re.compile(r"[^\s&]+(?: [^\s&]+)*|&|\s+")
"""Words with single spaces between them, an entity's mark, or white space."""
BLOCKS = frozenset(
    "address article aside blockquote body center dd details dialog div dl dt fieldset figcaption figure footer form"
    " frameset h1 h2 h3 h4 h5 h6 head header hgroup hr html legend li main menu nav ol p pre section summary table"
    " tbody td tfoot th thead title tr ul".split()
)
RAW = frozenset({"script", "style", "xmp", "noembed", "noframes", "textarea"})
"""Elements whose content is no markup: everything up to the closing tag."""
UNSEEN = frozenset(
    {"svg", "math", "template", "select", "button", "noscript", "iframe", "object", "canvas", "audio", "video", "map"}
)
"""Elements whose content is not part of the page's words; skipped where they are closed."""
VOID = frozenset("area base br col embed hr img input link meta param source track wbr".split())
ASIDE = frozenset({"nav", "footer", "aside", "form", "menu", "figure", "figcaption"})
HOLDERS = frozenset(
    {"div", "section", "ol", "ul", "li", "article", "aside", "table", "td", "dl", "footer", "main", "span", "p"}
)
COMMENT_AREA = re.compile(
    r"(?:^|[\s_-])(?:comments?|commentlist|comment-?list|comments?-?(?:area|section|wrapper|wrap|container|body|content|block|thread|holder)|disqus"
    r"|disqus_thread|respond|replies|reader-?comments|user-?comments|livefyre|viafoura|spotim)(?:$|[\s_-])",
    re.I,
)
NOT_AREA = re.compile(
    r"comment(?:s)?[_-]?(?:count|link|open|closed|number|num|icon|btn|button|off|on|status|toggle)|no-?comments?|has-?comments?",
    re.I,
)
ONE_COMMENT = re.compile(
    r"(?:^|\s)(?:comment|single-comment|comment-item|comment_item|comment-wrapper|reply)(?:$|\s)|(?:^|\s)(?:li-)?comment-?\d+(?:$|\s)",
    re.I,
)
DEEPEST = 400
"""Elements that are tracked at once; what is nested deeper takes the flags of the last one."""


class Place(NamedTuple):
    """Where in the page's structure a block stands."""

    tag: str = "body"
    comment: bool = False
    number: int = 0
    aside: bool = False


@dataclass
class FlatBlock:
    """A block of the flattened text. `linked`: characters that stand in links."""

    start: int
    end: int
    place: Place
    linked: int = 0


@dataclass
class Flat:
    """A flattened page: `runs` lead from `text` to the source; `meta` has (name, content) of its meta elements."""

    text: str = ""
    runs: tuple[RawRun, ...] = ()
    blocks: list[FlatBlock] = field(default_factory=list)
    title: str | None = None
    meta: list[tuple[str, str]] = field(default_factory=list)
    linked_data: list[str] = field(default_factory=list)
    times: list[str] = field(default_factory=list)
    depth: int = 0


def attributes(source: str) -> dict[str, str]:
    """The attributes of a tag, names in lower case; the first of a name counts."""
    out: dict[str, str] = {}
    for match in ATTRIBUTE.finditer(source):
        value = next((group for group in match.groups()[1:] if group is not None), "")
        out.setdefault(match.group(1).lower(), html.unescape(value))
    return out


def flatten(source: str) -> Flat:
    """The visible text of an HTML page, or of any XML.

    >>> flat = flatten("<h1>Mill &amp; Town</h1><p>It <b>fell</b>\\n on Monday.<br>So they say.")
    >>> flat.text
    'Mill & Town\\n\\nIt fell on Monday.\\nSo they say.'
    """
    return Flattener(source).run()


class Flattener:
    """One pass over a page."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.flat = Flat()
        self.out: list[str] = []
        self.runs: list[RawRun] = []
        self.size = 0
        self.stack: list[tuple[str, Place]] = []
        self.too_deep = 0
        self.place = Place()
        self.space = False
        self.breaks = 0
        self.block: FlatBlock | None = None
        self.links = 0
        self.comments = 0
        self.no_close: set[str] = set()
        self.last_end = source.rfind(">")

    def run(self) -> Flat:
        source, at = self.source, 0
        while True:
            tag = source.find("<", at)
            if tag < 0 or tag > self.last_end:
                self.words(at, len(source))
                break
            if tag > at:
                self.words(at, tag)
            at = self.markup(tag)
        self.close_block()
        self.flat.text = "".join(self.out)
        self.flat.runs = joined(self.runs)
        return self.flat

    # markup

    def markup(self, at: int) -> int:
        """Handle what begins with "<" at `at`; gives where to go on."""
        source = self.source
        if source.startswith("<!--", at):
            end = source.find("-->", at + 4)
            return len(source) if end < 0 else end + 3
        if source.startswith("<![CDATA[", at):
            return at + 9
        if source.startswith(("<!", "<?"), at):
            end = source.find(">", at)
            return len(source) if end < 0 else end + 1
        match = TAG.match(source, at) if at < self.last_end else None
        if not match:
            tagged = at < self.last_end and (source[at + 1 : at + 2].isalpha() or source.startswith("</", at))
            end = source.find(">", at) if tagged else -1
            if end < 0:
                self.words(at, at + 1)
                return at + 1
            return end + 1
        name = match.group(2).lower()
        if match.group(1):
            self.closed(name)
            return match.end()
        return self.opened(name, match.group(3), match.end())

    def opened(self, name: str, attrs: str, at: int) -> int:
        """Handle an opening tag whose content begins at `at`."""
        if name in RAW or name in UNSEEN:
            return self.skipped(name, attrs, at)
        if name == "br":
            self.breaks += 1
        elif name == "title" and self.flat.title is None:
            return self.page_title(at)
        elif name == "meta":
            self.described(attributes(attrs))
        elif name == "link" and "canonical" in attrs:
            self.flat.meta.append(("canonical", attributes(attrs).get("href", "")))
        elif name == "time" and "datetime" in attrs:
            self.flat.times.append(attributes(attrs).get("datetime", ""))
        if name in BLOCKS:
            self.close_block()
        if name not in VOID and not attrs.rstrip().endswith("/"):
            self.push(name, attrs)
        return at

    def push(self, name: str, attrs: str) -> None:
        self.links += name == "a"
        if len(self.stack) >= DEEPEST:
            self.too_deep += 1
            self.flat.depth = max(self.flat.depth, DEEPEST + self.too_deep)
            return
        if name in ("p", "li", "td", "th", "tr", "dd", "dt", "a") and self.stack and self.stack[-1][0] == name:
            self.closed(name)  # closed by the next of its kind
            self.links += name == "a"
        self.stack.append((name, self.place))
        self.flat.depth = max(self.flat.depth, len(self.stack))
        if name in BLOCKS:
            self.place = self.placed(name, attrs)

    def placed(self, name: str, attrs: str) -> Place:
        """The place of a block element's content."""
        comment, number, aside = self.place.comment, self.place.number, self.place.aside or name in ASIDE
        told = comment or any(
            sign in attrs for sign in ("omment", "respond", "disqus", "replies", "livefyre", "spotim")
        )
        if name in HOLDERS and told:
            values = attributes(attrs)
            said = f"{values.get('class', '')} {values.get('id', '')} {values.get('itemprop', '')}"
            if not comment and COMMENT_AREA.search(said) and not NOT_AREA.search(said):
                comment = True
            if comment and ONE_COMMENT.search(said) and not NOT_AREA.search(said):
                self.comments += 1
                number = self.comments
        return Place(name, comment, number, aside)

    def closed(self, name: str) -> None:
        """Handle a closing tag: everything inside the element ends with it."""
        if name in BLOCKS:
            self.close_block()
        if self.too_deep:
            self.too_deep -= 1
            self.links = max(0, self.links - (name == "a"))
            return
        for back in range(1, min(len(self.stack), 40) + 1):
            if self.stack[-back][0] == name:
                for _ in range(back):
                    gone, self.place = self.stack.pop()
                    self.links = max(0, self.links - (gone == "a"))
                return

    def skipped(self, name: str, attrs: str, at: int) -> int:
        """Pass over an element whose content is not read; one that is never closed is read as if it were not there."""
        if attrs.rstrip().endswith("/") and name in UNSEEN:
            return at
        if name in self.no_close:
            return len(self.source) if name in RAW else at
        closing = re.compile(rf"</{name}(?=[\s>/])", re.I).search(self.source, at)
        if not closing:
            self.no_close.add(name)
            return len(self.source) if name in ("script", "style") else at
        if name == "script" and "ld+json" in attrs:
            self.flat.linked_data.append(self.source[at : closing.start()])
        end = self.source.find(">", closing.end())
        return len(self.source) if end < 0 else end + 1

    def page_title(self, at: int) -> int:
        end = self.source.find("<", at)
        end = len(self.source) if end < 0 else end
        self.flat.title = " ".join(html.unescape(self.source[at:end]).split())
        return end

    def described(self, values: dict[str, str]) -> None:
        """Keep a meta element."""
        name = values.get("property") or values.get("name") or values.get("itemprop") or values.get("http-equiv")
        if name and values.get("content"):
            self.flat.meta.append((name.lower(), values["content"].strip()))

    # words

    def words(self, start: int, end: int) -> None:
        """Add the text of `source[start:end]`, white space made single."""
        source, at = self.source, start
        while at < end:
            match = PIECE.match(source, at, end)
            if not match:
                return
            if source[at] == "&":
                at = self.entity(at, end)
            elif match.group().isspace():
                self.space = True
                at = match.end()
            else:
                self.add(match.group(), at, match.end())
                at = match.end()

    def entity(self, at: int, end: int) -> int:
        """Add the character that an entity stands for."""
        match = ENTITY.match(self.source, at, end)
        said = html.unescape(match.group()) if match else "&"
        if not match or said == match.group():
            self.add("&", at, at + 1)
            return at + 1
        if said.isspace():
            self.space = True
        elif said.strip("\x00"):
            self.add(said, at, match.end())
        return match.end()

    def add(self, said: str, start: int, end: int) -> None:
        """Add words that come from `source[start:end]`, after the breaks and the space that are due."""
        if self.block and self.breaks > 1:
            self.close_block()
        if not self.block:
            if self.size:
                self.put("\n\n")
            self.block = FlatBlock(self.size, self.size, self.place)
        elif self.breaks:
            self.put("\n")
        elif self.space:
            self.put(" ")
        self.breaks, self.space = 0, False
        self.runs.append(RawRun(self.size, self.size + len(said), start, end))
        self.put(said)
        self.block.end = self.size
        self.block.linked += len(said) if self.links else 0

    def put(self, said: str) -> None:
        self.out.append(said)
        self.size += len(said)

    def close_block(self) -> None:
        """End the block that is open."""
        if self.block:
            self.flat.blocks.append(self.block)
        self.block, self.space, self.breaks = None, False, 0
