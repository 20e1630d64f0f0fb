"""One ingestion: from sources that are read to articles that are stored, and what is reported of it."""
