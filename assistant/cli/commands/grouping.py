"""`footnote group`."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from assistant.cli.console import say
from assistant.web.access.people import People
from ingest import Library, group_names, library_settings, source_key

if TYPE_CHECKING:
    from collections.abc import Sequence

NO_GROUPS = "All articles are for everybody; `footnote ingest --group NAME SOURCE` adds some for a group."

COPIES = (
    "{count:,} more that it has were kept as copies of other sources' articles, which stay as they are. "
    "Ingest it again, and it has its own."
)


def set_groups(what: Sequence[str], groups: Sequence[str]) -> int:
    """Say for which groups articles and sources are; 1 if one of them is not in the library."""
    named, copies = group_names(groups), set[str]()
    with Library.open(library_settings().library, write=True) as library:
        known = library.versions()
        sources = library.places.sources().keys() | library.restricted_sources().keys()
        ids = {each for each in what if each in known}
        others = {each: source_key(each) for each in what if each not in known}
        for source in sources & set(others.values()):
            library.restrict_source(source, named)
            places = library.places.of(source).values()
            ids |= {place.article for place in places if place.article == place.holder}
            copies |= {place.holder for place in places}
        copies -= ids
        if ids:
            library.restrict(ids, named)
    unknown = [each for each, source in others.items() if source not in sources]
    for each in unknown:
        say(f"No article has the id {each!r}, and no source of this name was ingested.", error=True)
    whom = f"{', '.join(sorted(named))} alone" if named else "everybody"
    say(f"{len(ids):,} article{' is' if len(ids) == 1 else 's are'} for {whom} now.")
    if copies:
        say(COPIES.format(count=len(copies)))
    return 1 if unknown else 0


def list_groups() -> int:
    """List the groups with what they have."""
    settings = library_settings()
    with Library.open(settings.library) as library:
        articles = Counter(name for names in library.audience().values() for name in names)
        sources = library.restricted_sources()
    people = People(settings.library).known().accounts.values()
    of_sources = {name for names in sources.values() for name in names}
    for name in sorted({*articles, *of_sources, *(each for person in people for each in person.groups)}):
        count = articles[name]
        say(f"{name}  {count:,} article{'' if count == 1 else 's'}")
        for source in sorted(source for source, names in sources.items() if name in names):
            say(f"  from {source}")
        if inside := sorted(person.name for person in people if name in person.groups):
            say(f"  for {', '.join(inside)}")
    if not articles:
        say(NO_GROUPS)
    return 0
