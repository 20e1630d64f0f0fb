"""What work beyond one answer speaks of: checked drafts, tables of a story, answers that change."""
