"""Find who copied whom.

Takes: Documents.   Gives: CopyLinks, families of reposts, the origin of a span, repeated blocks, drifting quotations.
Never: guesses a direction, joins documents through quotations or boilerplate, drops a big wire story.
"""
