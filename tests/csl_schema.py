"""What CSL-JSON 1.0.2 allows, as a JSON Schema of our own after its specification."""

from typing import Any

TYPES = """
    article article-journal article-magazine article-newspaper bill book broadcast chapter classic
    collection dataset document entry entry-dictionary entry-encyclopedia event figure graphic
    hearing interview legal_case legislation manuscript map motion_picture musical_score pamphlet
    paper-conference patent performance periodical personal_communication post post-weblog
    regulation report review review-book software song speech standard thesis treaty webpage
"""

TEXTS = """
    abstract annote archive archive_collection archive_location archive-place authority call-number
    citation-key citation-label collection-title container-title container-title-short dimensions
    division DOI event-title event-place genre ISBN ISSN jurisdiction keyword language medium note
    original-publisher original-publisher-place original-title part-title PMCID PMID publisher
    publisher-place references reviewed-genre reviewed-title scale section source status title
    title-short URL version volume-title year-suffix
"""

NUMBERS = """
    chapter-number citation-number collection-number edition first-reference-note-number issue
    locator number number-of-pages number-of-volumes page page-first part-number printing-number
    supplement-number volume
"""

NAMES = "author collection-editor container-author director editor interviewer recipient translator"

DATES = "accessed available-date event-date issued original-date submitted"

NUMBER = {"type": ["string", "number"]}

NAME: dict[str, Any] = {
    "type": "object",
    "properties": {
        part: {"type": "string"}
        for part in ("family", "given", "dropping-particle", "non-dropping-particle", "suffix")
    }
    | {"literal": {"type": "string"}},
    "additionalProperties": False,
    "minProperties": 1,
}

DATE: dict[str, Any] = {
    "type": "object",
    "properties": {
        "date-parts": {
            "type": "array",
            "minItems": 1,
            "maxItems": 2,
            "items": {"type": "array", "minItems": 1, "maxItems": 3, "items": NUMBER},
        },
        "season": NUMBER,
        "circa": {"type": ["string", "number", "boolean"]},
        "literal": {"type": "string"},
        "raw": {"type": "string"},
    },
    "additionalProperties": False,
}

ITEMS: dict[str, Any] = {
    "type": "array",
    "items": {
        "type": "object",
        "required": ["type", "id"],
        "properties": {
            "id": NUMBER,
            "type": {"enum": TYPES.split()},
            "custom": {"type": "object"},
            **{name: {"type": "string"} for name in TEXTS.split()},
            **dict.fromkeys(NUMBERS.split(), NUMBER),
            **{name: {"type": "array", "items": NAME} for name in NAMES.split()},
            **dict.fromkeys(DATES.split(), DATE),
        },
        "additionalProperties": False,
    },
}
