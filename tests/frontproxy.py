"""nginx before several front ends, in the very words of docs/scaling.md."""

from __future__ import annotations

import re
import shutil
import subprocess
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from chromaserver import free_port, wait_for

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

NGINX = shutil.which("nginx", path="/usr/sbin:/usr/bin:/usr/local/sbin:/usr/local/bin:/opt/homebrew/bin")
PAGE = (Path(__file__).parent.parent / "docs" / "scaling.md").read_text("utf-8")


@contextmanager
def proxied(addresses: Sequence[str], folder: Path) -> Iterator[str]:
    """Start nginx with the page's configuration, without its TLS; only addresses are those of this test."""
    (printed,) = re.findall(r"^```nginx\n(.+?)^```", PAGE, re.MULTILINE | re.DOTALL)
    port = free_port()
    assert printed.count("    server 10.0.0.1") == 2
    servers = "\n".join(
        f"    server {urlsplit(each).netloc} max_fails=1 fail_timeout=5s;" for each in addresses
    )
    printed = re.sub(r"(    server 10\.0\.0\.1[^\n]*\n)+", f"{servers}\n", printed)
    printed = printed.replace("listen 443 ssl;", f"listen 127.0.0.1:{port};")
    printed = re.sub(r" +ssl_certificate[^\n]*\n", "", printed)
    kinds = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    temporary = "".join(f"{kind}_temp_path {folder}/{kind};\n" for kind in kinds)
    own = (
        f"daemon off;\nmaster_process off;\npid {folder}/pid;\nerror_log {folder}/errors.log;\nevents {{}}\n"
    )
    configuration = folder / "nginx.conf"
    configuration.write_text(f"{own}http {{\naccess_log off;\n{temporary}{printed}}}\n")
    started = subprocess.Popen([str(NGINX), "-p", folder, "-c", configuration], stderr=subprocess.DEVNULL)
    try:
        wait_for(port)
        yield f"http://127.0.0.1:{port}"
    finally:
        started.terminate()
        started.wait()
