"""A written answer: material for a model, its text to statements, each of them checked."""
