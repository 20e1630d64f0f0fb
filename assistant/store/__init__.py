"""What is kept of conversations, on disk."""
