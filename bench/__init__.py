"""Speed and quality, each with floors that fail when they are crossed."""
