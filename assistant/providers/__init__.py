"""Chat models: asking them, trying again, and what their failures mean."""
