"""Reference lists and notes of plain text pages."""

from etl.transform.pages.plain_references import Line, find

PROSE = [Line(f"Prose of the canal, line {n}, long enough to be some.", False) for n in range(6)]
SHAW = "Shaw, A. Rivers of the Valley. Osh: Valley Press, 2001."
TAN = "Tan, M. Roads of the Valley. Osh: Valley Press, 2002."


def entries(*lines: Line) -> tuple[str, ...]:
    """Entries below some prose."""
    whole = [*PROSE, *lines]
    return find(whole, 0, len(whole)).entries


def test_lines_that_hang_below_the_first_belong_to_its_entry() -> None:
    found = entries(
        Line("References", True),
        Line("Shaw, A. Rivers of the Valley.", True),
        Line("Osh: Valley Press, 2001.", False, is_indented=True),
        Line(TAN, False),
    )

    assert found == (SHAW, TAN)


def test_notes_stand_below_a_line_of_signs_on_every_page() -> None:
    lines = [
        *PROSE,
        Line("________", False),
        Line(f"¹ {SHAW}", False),
        *PROSE,
        Line("________", False),
        Line(f"² {TAN}", False),
    ]

    found = find(lines, 0, len(lines))

    assert found.entries == (f"¹ {SHAW}", f"² {TAN}")
    assert found.rows == {6, 7, 14, 15}


def test_a_line_of_signs_above_prose_is_none() -> None:
    assert entries(Line("________", True), Line("1. The gates close.", False)) == ()


def test_a_list_that_nothing_announces_is_known_by_its_shape() -> None:
    assert entries(Line(f"1. {SHAW}", True), Line(f"2. {TAN}", False)) == (
        f"1. {SHAW}",
        f"2. {TAN}",
    )
    assert entries(Line(SHAW, True), Line(TAN, False)) == (SHAW, TAN)
