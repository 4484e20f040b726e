"""What `scripts/bench.py` works with: invented notices by the thousand, and a clock for child processes.

    *.yaml      the words, sentences, places and fields of work that notices are made of
    notices     number and seed → one incoming .txt, always the same bytes
    corpus      the first N of them in folders
    measuring   a command → wall time, CPU time and peak memory
    tables      what was measured, for the terminal and for the README
    pure        the child that converts in one process and writes nothing

    entries     reports → what the search index is built from; indexing: the child that builds it
    queries     what is asked of a search, what it must find, and how well it did
    engines     our search, Material's and Pagefind's, asked in a browser; serving: files, gzipped and counted
    searching   all of it in order; search_report: table and sentences; peer_lunr: the child for Material's index

No part of the product: nothing under `src/` or `hooks/` imports it.
"""
