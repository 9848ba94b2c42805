"""Reasons and problems as people read them: in one line."""


def one_line(text: object, longest: int = 300) -> str:
    """`text` with white space collapsed, cut at `longest` characters."""
    line = " ".join(str(text).split())
    return line if len(line) <= longest else f"{line[:longest]}…"
