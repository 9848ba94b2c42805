"""When two texts are alike, as SQL over rows of `signatures`: sketches, shares, and who was first.

In come names of rows; out go expressions for `reprints.py`, which looks for the pairs.
"""

LEAST_SHARED = 0.4
"""Chosen on 481 articles and 20 edited copies of each (`benchmarks/duplicates.py`): the most
similar different ones share 0.17; copies with a tenth of their words changed one by one, half of
the text cut, or half as much added before it share 0.5."""

LEAST_KEPT = 0.2
"""Two steps of `LEAST_SHARED` may leave nothing in common. Just above 0.17 (see there): what was
edited twice, a tenth of its words each time, still shares 0.33 with the first."""

FRAME = 80
"""Shingles that two short texts may share without being alike: an introduction, a notice about
the author or the funding. Texts without more than that are only reprints if they are equal."""

APART = " + ".join(
    f"bit_count(({{a}}.sketch[{n}] # {{b}}.sketch[{n}])::bit(64))" for n in range(1, 33)
)
"""Bits in which two sketches differ. Written out it takes a tenth of what `unnest` takes."""

SIMILARITY = f"greatest(0, 1 - ({APART})::double precision / 1024)"
"""Of two rows of `signatures`: bits that differ, of 2,048, stand for half of what is not shared."""

IS_LIKE = """
    ({similarity} = 1 or (1 - {similarity}) * ({a}.shingle_count + {b}.shingle_count)
        <= (1 - {least}) * (
            {a}.shingle_count + {b}.shingle_count - {frame} * (1 + {similarity})
        ))
"""
"""Whether they share enough. With n shingles in both together, they have n / (1 + s) different
ones, of which (1 - s) n / (1 + s) are not shared; that is compared, times 1 + s."""

LIKE = IS_LIKE.format(a="own", b="other", similarity="similarity", least=":least", frame=":frame")

KEPT = IS_LIKE.format(
    a="own", b="next", similarity="compared.similarity", least=":kept", frame=":frame"
)

MOMENT = """
    least(
        {article}.first_seen_at,
        ({version}.published_at at time zone 'UTC' + case {version}.published_precision
            when 'year' then interval '1 year'
            when 'month' then interval '1 month'
            else interval '0'
        end) at time zone 'UTC'
    )
"""
"""When an article was there at the latest."""
