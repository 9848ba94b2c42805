"""Sources to raw pages: what the network and files are asked, and what is kept of it.

`discover` asks the feeds of a source for links, `plan` decides what is done with each, `fetch`
gets what is behind them, `fresh` and `failed` tell what came of it, `identify` which of them
are one article, `Store` keeps the bytes. From there on nothing needs the network.

A page that does not come has in `failure` its outcome, a colon and the reason, in one line:

    http_status: HTTP 503 Service Unavailable after 3 tries
    too_large: 30,000,000 bytes, over 5,000,000; raise ETL_MAX_PAGE_BYTES, or …

`failed` takes the two apart. A new kind of feed is told of in `etl.extract.feeds.kinds`.
"""

from etl.extract.discovery import Found, discover, feed_states
from etl.extract.feeds.announced import FeedFailure
from etl.extract.fetch import Fresh, failed, fetch, fresh, moved, taken_up
from etl.extract.frontier import Plan, afresh, plan, work
from etl.extract.identity import Identified, identify
from etl.extract.snapshots import Store, store
from etl.extract.web import Web, online
from etl.extract.web.gate import Limits

__all__ = [
    "FeedFailure",
    "Found",
    "Fresh",
    "Identified",
    "Limits",
    "Plan",
    "Store",
    "Web",
    "afresh",
    "discover",
    "failed",
    "feed_states",
    "fetch",
    "fresh",
    "identify",
    "moved",
    "online",
    "plan",
    "store",
    "taken_up",
    "work",
]
