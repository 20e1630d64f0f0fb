"""English text analysis: words, numbers, dates, names, speech. Knows nothing of questions and verdicts."""
