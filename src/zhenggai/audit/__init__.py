"""The private audit of a conversion: for each notice one page, source beside report, and an index of the batch.

For the office that publishes, never for the site: the pages show what was removed
and what a masked notice gives away.
"""
