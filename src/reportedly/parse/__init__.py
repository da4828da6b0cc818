"""Parse the title and the body of a document.

Takes: Document.   Gives: Parsed: tokens with dependencies, sentences, quotation pairs, all at document offsets.
Never: reads comments or boilerplate, changes the text, raises on odd input.
"""

from __future__ import annotations

from reportedly.parse.parser import Parser

__all__ = ["Parser"]
