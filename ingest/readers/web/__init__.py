"""Sources with an address: pages, feeds and sitemaps, fetched and followed."""
