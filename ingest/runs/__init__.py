"""One ingestion run: from reading the sources to storing the articles and the report."""
