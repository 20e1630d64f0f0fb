"""Write a list of everything that an installed Footnote consists of (an SBOM, CycloneDX 1.5 as JSON).

    python tools/sbom.py > sbom.json

Packages come from the installed metadata, from Footnote's own needs on (not what only developers use);
models come with the SHA-256 of each file. Nothing is fetched.
"""

from __future__ import annotations

import hashlib
import json
import re
import sys
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from typing import TYPE_CHECKING, Any

from packaging.requirements import Requirement

if TYPE_CHECKING:
    from importlib.metadata import Distribution

ROOT = Path(__file__).parent.parent
MODELS = [ROOT / "ingest" / "embedding" / "models", ROOT / "assistant" / "weights"]


def packages(name: str = "footnote") -> dict[str, tuple[Distribution, list[str]]]:
    """Map the name of each package that is needed to its metadata and to the names that it needs itself."""
    found: dict[str, tuple[Distribution, list[str]]] = {}
    waiting: list[tuple[str, frozenset[str]]] = [(_plain(name), frozenset())]
    seen: set[tuple[str, frozenset[str]]] = set()
    while waiting:
        asked = waiting.pop()
        if asked in seen:
            continue
        seen.add(asked)
        try:
            installed = distribution(asked[0])
        except PackageNotFoundError:
            continue  # for another system, or another Python
        needs = [
            need
            for text in installed.requires or []
            if (need := Requirement(text)) and _is_needed(need, asked[1])
        ]
        names = [_plain(need.name) for need in needs]
        _, before = found.get(asked[0], (installed, []))
        found[asked[0]] = (installed, sorted({*before, *names}))
        waiting += [(_plain(need.name), frozenset(need.extras)) for need in needs]
    return found


def _is_needed(need: Requirement, extras: frozenset[str]) -> bool:
    return need.marker is None or any(need.marker.evaluate({"extra": extra}) for extra in (*extras, ""))


def _plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def sbom() -> dict[str, Any]:
    """Return the list as CycloneDX has it."""
    found = packages()
    own, _ = found["footnote"]
    present = set(found)
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.5",
        "version": 1,
        "metadata": {"component": _component(own)},
        "components": [
            *(_component(installed) for name, (installed, _) in sorted(found.items()) if name != "footnote"),
            *_models(),
        ],
        "dependencies": [
            {
                "ref": _purl(installed),
                "dependsOn": [_purl(found[need][0]) for need in needs if need in present],
            }
            for _, (installed, needs) in sorted(found.items())
        ],
    }


def _purl(installed: Distribution) -> str:
    return f"pkg:pypi/{_plain(installed.metadata['Name'])}@{installed.version}"


def _component(installed: Distribution) -> dict[str, Any]:
    about = installed.metadata
    told = next(iter(about.get_all("License-Expression") or about.get_all("License") or []), "")
    classified = [
        line.rpartition(" :: ")[2]
        for line in about.get_all("Classifier") or []
        if line.startswith("License ::")
    ]
    licence = told if told and "\n" not in told else ", ".join(classified)
    known = {"licenses": [{"license": {"name": licence}}]} if licence else {}
    return {
        "type": "library",
        "bom-ref": _purl(installed),
        "purl": _purl(installed),
        "name": about["Name"],
        "version": installed.version,
        **known,
    }


def _models() -> list[dict[str, Any]]:
    files = sorted(file for folder in MODELS for file in folder.rglob("*") if file.is_file())
    return [
        {
            "type": "machine-learning-model" if file.suffix == ".onnx" else "data",
            "bom-ref": file.relative_to(ROOT).as_posix(),
            "name": file.relative_to(ROOT).as_posix(),
            "hashes": [{"alg": "SHA-256", "content": hashlib.sha256(file.read_bytes()).hexdigest()}],
        }
        for file in files
    ]


if __name__ == "__main__":
    json.dump(sbom(), sys.stdout, indent=1)
    print()
