"""Values to HTML: every file here is pure functions, and `elements` alone writes tags."""
