"""What makes two readings the same page, and two texts versions of one another."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

# Query parameters that say how a reader came to a page, not which page it is.
TRACKING = re.compile(
    r"utm_\w+|fbclid|gclid|dclid|msclkid|yclid|mc_cid|mc_eid|igshid|ref_src|ito|cmpid|ocid", re.I
)


def page_key(source: str, path: str, fingerprint: str) -> str:
    """The address of a page without what does not tell pages apart.

    `source` and `path` as a `read.RawPage` has them. A URL loses fragment, tracking parameters and default
    port; a path becomes absolute; the id of a JSON object stays as it is. Standard input has no address:
    what came from it is known by its content.
    """
    if re.match(r"https?://", source, re.I):
        return _url_key(source)
    if source != path:
        return f"id:{source}"
    if path == "-" or path.startswith("-:"):
        return f"stdin:{fingerprint}"
    return f"file:{Path(path).resolve()}"


def _url_key(url: str) -> str:
    try:
        parts = urlsplit(url.strip())
        port = parts.port
    except ValueError:  # such as a broken IPv6 host: hostile, but still an address
        return f"url:{url.strip()}"
    host = (parts.hostname or "") + (f":{port}" if port and port not in (80, 443) else "")
    query = [
        pair for pair in parse_qsl(parts.query, keep_blank_values=True) if not TRACKING.fullmatch(pair[0])
    ]
    return urlunsplit(("https", host, parts.path.rstrip("/"), urlencode(query), ""))


def page_id(key: str) -> str:
    """A short id of a page key."""
    return hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def coder_id(version: str) -> str:
    """A short id of a coder version."""
    return hashlib.sha256(version.encode("utf-8", "surrogatepass")).hexdigest()[:12]
