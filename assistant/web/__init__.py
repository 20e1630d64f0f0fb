"""The web chat: `launch` serves a library, `build_app` makes the page for any `ChatService`."""

from __future__ import annotations

from assistant.web.server.server import launch

__all__ = ["launch"]
