"""Who may do what, once a library is served to others: people, passwords, tokens, sessions, throttling."""
