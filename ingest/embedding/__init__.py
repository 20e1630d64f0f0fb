"""Text to vectors: the bundled models, and providers by name."""
