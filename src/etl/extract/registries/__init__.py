"""Works to look up, in; answers of Crossref and OpenAlex, as records, out.

`questions` writes addresses, `records` reads answers; both are kept apart from the web, which
`etl.extract.web` asks politely. Whether a record is the work meant is judged in
`etl.transform.citations.agree`.
"""
