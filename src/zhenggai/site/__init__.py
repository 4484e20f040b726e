"""From reports to pages: catalog, pages, search. Knows nothing of .txt files."""
