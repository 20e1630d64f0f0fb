"""A story of many articles in a table: what happened when, and who said what."""
