"""The rules of the check, one file for each kind of mistake: statement and sources in, the mistake out."""
