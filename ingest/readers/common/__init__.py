"""What several readers need: bytes to text, fields, dates that are stated, isolation, limits."""
