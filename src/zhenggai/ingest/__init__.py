"""From a .txt copy to a report: decode, clean, structure, extract, classify, write."""
