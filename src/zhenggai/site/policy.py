"""What a browser may do with our pages: the one Content-Security-Policy, for pages and servers.

Each page carries `PAGE` in a meta element, so that it holds wherever the files lie. A server
may send `HEADER`, which says in addition that no other site may frame the pages (a meta
element cannot). Scripts and styles are files of the site; nothing is inline, no style
attribute, no event handler, so nothing that a stranger's text smuggled in would run. JSON-LD
is data, which no policy asks about. Search reads its index with fetch, from the site itself.

    add_header Content-Security-Policy "…HEADER…" always;
"""

from __future__ import annotations

_DIRECTIVES = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self'",
    "connect-src": "'self'",
    "form-action": "'self'",
    "base-uri": "'none'",
}

PAGE = "; ".join(f"{name} {value}" for name, value in _DIRECTIVES.items())
"""For the meta element of every page."""

HEADER = f"{PAGE}; frame-ancestors 'none'"
"""For servers."""
