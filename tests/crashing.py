"""A process that kills itself: `crashing.py LIBRARY TASK "Class.method before|after"`.

The tasks are put, remove, sync, repair, backup and restore; a module's functions can be named as well.

`crashing.py LIBRARY many SEED` stores, updates and removes articles until it is killed, and
`crashing.py LIBRARY mend SEED` repairs the library once.
"""

from __future__ import annotations

import os
import random
import signal
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

sys.path[:0] = [str(Path(__file__).parent), str(Path(__file__).parent.parent)]

from stored import article, open_library, prepare, sync_folder  # noqa: E402  # the paths come first

import ingest.storage.backup  # noqa: E402
import ingest.storage.restore  # noqa: E402
import ingest.storage.salvage  # noqa: E402
from ingest import backup_library, repair_library, restore_library  # noqa: E402
from ingest.storage.indexes import Indexes  # noqa: E402
from ingest.storage.journal import Journal  # noqa: E402
from ingest.storage.keywords import Keywords  # noqa: E402
from ingest.storage.places import Places  # noqa: E402
from ingest.storage.vectors import Vectors  # noqa: E402

if TYPE_CHECKING:
    from collections.abc import Callable

OWNERS: dict[str, Any] = {each.__name__: each for each in (Indexes, Journal, Keywords, Places, Vectors)}
OWNERS |= {
    "salvage": ingest.storage.salvage,
    "backup": ingest.storage.backup,
    "restore": ingest.storage.restore,
}
# The other file of a backup or a restoration lies beside the library.
ALONE: dict[str, Callable[[Path], object]] = {
    "repair": repair_library,
    "backup": lambda path: backup_library(path, path.with_name("copy.zip")),
    "restore": lambda path: restore_library(path.with_name("copy.zip"), path),
    "sync": lambda path: sync_folder(path.with_name("folder"), path),
}


REMOVALS = 0.1  # a removal takes as long as ten batches: it writes both indexes anew


def die_at(step: str) -> None:
    """Have a method kill the process just before or just after it runs."""
    name, moment = step.split()
    owner, method = OWNERS[name.split(".")[0]], name.split(".")[1]
    original: Callable[..., Any] = getattr(owner, method)

    def dying(*args: Any, **values: Any) -> None:
        if moment == "after":
            original(*args, **values)
        os.kill(os.getpid(), signal.SIGKILL)

    setattr(owner, method, dying)


def main() -> None:
    """Do the task and die on the way."""
    path, task, how = Path(sys.argv[1]), sys.argv[2], sys.argv[3]
    if task == "many":
        store_many(path, int(how))
        return
    if task == "mend":
        print("ready", flush=True)  # noqa: T201  # the parent reads it
        repair_library(path)
        return
    if task in ALONE:
        die_at(how)
        ALONE[task](path)
        return
    making = not path.exists()
    if making:
        die_at(how)
    with open_library(path, write=True, create=True) as library:
        die_at(how)
        if task == "put":
            library.put([prepare(each) for each in (article(0, edition=9), article(6), article(7))])
        else:
            library.remove([article(0).id])


def store_many(path: Path, seed: int) -> None:
    """Store, update and remove articles until killed, printing `stored ID VERSION` and `removed ID`.

    What is about to be done is announced with `storing` and `removing`: it may be done unacknowledged.
    """
    chance = random.Random(seed)  # noqa: S311  # a choice, not a secret
    with open_library(path, write=True, create=True) as library:
        print("ready", flush=True)  # noqa: T201  # the parent reads it
        while True:
            numbers = chance.sample(range(40), 3)
            if chance.random() < REMOVALS:
                print("removing", article(numbers[0]).id, flush=True)  # noqa: T201
                library.remove([article(numbers[0]).id])
                print("removed", article(numbers[0]).id, flush=True)  # noqa: T201
                continue
            batch = [article(number, edition=chance.randrange(3)) for number in numbers]
            print(*(f"storing {each.id}" for each in batch), sep="\n", flush=True)  # noqa: T201
            library.put([prepare(each) for each in batch])
            print(*(f"stored {each.id} {each.version}" for each in batch), sep="\n", flush=True)  # noqa: T201


if __name__ == "__main__":
    main()
