"""What `scripts/bench.py` works with: invented notices by the thousand, and a clock for child processes.

    *.yaml      the words, sentences, places and fields of work that notices are made of
    notices     number and seed → one incoming .txt, always the same bytes
    corpus      the first N of them in folders
    measuring   a command → wall time, CPU time and peak memory
    tables      what was measured, for the terminal and for the README
    pure        the child that converts in one process and writes nothing

No part of the product: nothing under `src/` or `hooks/` imports it.
"""
