"""What programs may ask for, over HTTP, MCP and chat completions."""
