"""What the chat page sends and gets: questions, additions, everything else."""
