"""The web chat: `launch` serves a library, `build_app` makes the page for any `ChatService`."""

from __future__ import annotations

from assistant.app.server import launch

__all__ = ["launch"]
