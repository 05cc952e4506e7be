"""What can be found on a site → what its search reads.

Up to `MOST_PAGES` pages Material's own search does it: our entries join its index. Past that
every visitor would load and index megabytes, so Pagefind's index takes its place where the
package is installed; the box that people write into stays Material's.
"""

from okrsite.site.search.choice import MOST_PAGES, choose_pagefind
from okrsite.site.search.index import index_files, search_identity
from okrsite.site.search.material import add_entries, list_entries
from okrsite.site.search.records import Facets, Record, name_facets, record_pages, take_records
from okrsite.site.search.service import PagefindError

__all__ = [
    "MOST_PAGES",
    "Facets",
    "PagefindError",
    "Record",
    "add_entries",
    "choose_pagefind",
    "index_files",
    "list_entries",
    "name_facets",
    "record_pages",
    "search_identity",
    "take_records",
]
