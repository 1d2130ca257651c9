"""What readers of a preview should know of a page: that it is no public one, or not as it is written now."""

from __future__ import annotations

from ballardwiki.build.build import Ready
from ballardwiki.pages.outputs.output import page_path


def of(ready: Ready) -> dict[str, str]:
    """Path of a page -> what is to be said on it."""
    graph, withheld, failed = ready.world.graph, ready.withheld.private, ready.failed
    found: dict[str, str] = {}
    for ref, url in graph.urls.items() if withheld or failed or ready.instead else ():
        entity, path = graph.entities[ref], page_path(url)
        said = []
        if ref in withheld:
            moment = entity.statements.get("publish_at")
            draft = entity.statements.get("draft")
            if moment and not (draft and draft[0].value):
                said.append(f"Scheduled: not published before {str(moment[0].value)[:16].replace('T', ' ')}.")
            else:
                said.append("Draft: not published.")
        if path in failed:
            said.append("This page can't be made now: you see it as it was last.")
        elif entity.path in ready.instead:
            said.append(f"There is a mistake in {entity.path}: you see the page as it was before.")
        if said:
            found[path] = " ".join(said)
    return found
