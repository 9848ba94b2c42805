"""A repository that answers to OAI-PMH, and what its reader makes of it."""

from collections.abc import Mapping, Sequence
from urllib.parse import parse_qs
from xml.sax.saxutils import escape

from etl.extract.feeds import oai
from etl.extract.feeds.announced import Announced, Read
from etl.sources import OaiFeed
from tests.extract.feeds import read
from tests.servers import Journal, Reply

SPACE = "http://www.openarchives.org/OAI/2.0/"
ANSWERED = "2024-04-30T09:00:00Z"


def answer(inner: str, answered: str = ANSWERED) -> Reply:
    """An answer of the protocol."""
    body = (
        f'<?xml version="1.0" encoding="UTF-8"?><OAI-PMH xmlns="{SPACE}">'
        f"<responseDate>{answered}</responseDate><request>https://oasis.example/oai</request>"
        f"{inner}</OAI-PMH>"
    )
    return Reply(body.encode(), content_type="text/xml; charset=utf-8")


def error(code: str, text: str = "no") -> Reply:
    """An error of the protocol."""
    return answer(f'<error code="{code}">{text}</error>')


def identify(granularity: str = "YYYY-MM-DDThh:mm:ssZ") -> Reply:
    """What a repository says of itself."""
    return answer(f"<Identify><granularity>{granularity}</granularity></Identify>")


def record(
    *identifiers: str, datestamp: str = "2024-04-02T08:00:00Z", status: str = "", title: str = "T"
) -> str:
    """A record in Dublin Core."""
    header = f"<header{status}><identifier>oai:x:1</identifier><datestamp>{datestamp}</datestamp>"
    names = "".join(f"<dc:identifier>{escape(name)}</dc:identifier>" for name in identifiers)
    metadata = (
        '<metadata><oai_dc:dc xmlns:oai_dc="http://www.openarchives.org/OAI/2.0/oai_dc/" '
        f'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>{title}</dc:title>{names}'
        "<dc:relation>https://oasis.example/relation</dc:relation></oai_dc:dc></metadata>"
    )
    return f"<record>{header}</header>{'' if status else metadata}</record>"


def page(*records: str, token: str | None = None) -> Reply:
    """A page of a list; an empty token ends one that has several."""
    after = "" if token is None else f"<resumptionToken>{escape(token)}</resumptionToken>"
    return answer(f"<ListRecords>{''.join(records)}{after}</ListRecords>")


def listed(*names: str) -> list[str]:
    """Records of articles with these names."""
    return [record(f"https://oasis.example/{name}") for name in names]


def plays(journal: Journal, replies: Mapping[str, Reply | Sequence[Reply]]) -> str:
    """A repository that answers by its token, `Identify`, or `list` for the start of a list."""
    queues = {k: [v] if isinstance(v, Reply) else list(v) for k, v in replies.items()}

    def says(query: str, headers: Mapping[str, str]) -> Reply:
        """The reply to one request."""
        asked = {name: values[0] for name, values in parse_qs(query).items()}
        key = asked.get("resumptionToken") or (
            "Identify" if asked["verb"] == "Identify" else "list"
        )
        queue = queues.get(key, [error("badVerb")])
        return queue.pop(0) if len(queue) > 1 else queue[0]

    return journal.answers("/oai", says)


def harvested(at: str, known: Mapping[str, Read] | None = None, **more: object) -> Announced:
    """What a repository announces."""
    return read(oai.links, OaiFeed.model_validate({"kind": "oai", "at": at, **more}), known)


def asked(journal: Journal) -> list[dict[str, str]]:
    """Arguments of all requests, in order."""
    queries = [one.path.partition("?")[2] for one in journal.log if one.path.startswith("/oai")]
    return [{name: values[0] for name, values in parse_qs(query).items()} for query in queries]
