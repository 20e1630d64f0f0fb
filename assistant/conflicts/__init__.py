"""Where sources differ: two sentences on the same event that give different numbers, days or outcomes."""
