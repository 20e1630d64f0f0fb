"""A library whose record is in PostgreSQL: many writers and many readers, on any number of machines."""
