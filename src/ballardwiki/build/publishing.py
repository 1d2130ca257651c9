"""The last stage: swap in what was made, and write down what the site is made from now."""

from __future__ import annotations

from collections.abc import Mapping, MutableMapping
from functools import partial
from typing import TypeVar

from msgspec.structs import replace

from ballardwiki.amended import Amended
from ballardwiki.build import preview_marks, quick_exit
from ballardwiki.build.build import Compared, Ready, carried_over
from ballardwiki.build.cache import Made, Record
from ballardwiki.build.options import Result
from ballardwiki.build.publish.snapshot import Status
from ballardwiki.build.shelving import shelve
from ballardwiki.build.traces import Ledger
from ballardwiki.problems import errors
from ballardwiki.signatures import Signature

Row = TypeVar("Row")


def publish(ready: Ready) -> Result:
    """Swap in what was made, and write down what the site is made from now."""
    record, rendered, failed, ledger = ready.record, ready.rendered, ready.failed, ready.comparison.ledger
    paths = tuple(sorted(rendered))
    written = tuple(path for path in paths if rendered[path].staged and path not in failed)
    stays = ready.options.preview  # the process does, and saves when nobody waits
    removed = () if ready.resumed else tuple(sorted(ready.disk.keys() - ready.outputs.keys()))
    disk = _with(ready, ready.disk, ready.publisher.commit(written, removed))
    for path in {*failed, *(() if ready.resumed else record.outputs.keys() - ready.outputs.keys())}:
        ledger.forget(path)
    ledger.keep(ready.world)
    now = _record(ready, disk)
    for path in removed:
        disk.pop(path, None)
    intact = _with(ready, ready.intact, {path: rendered[path].digest for path in paths})
    former = Compared(**carried_over(Compared, replace(ready, disk=disk, intact=intact, told=None, resumed=False)))

    def save() -> None:
        keys = [*former.keys.values(), *former.instead.values()] if isinstance(ledger, Ledger) else None
        ready.cache.save(now, partial(shelve, ready), keys)

    owed = len(ready.comparison.owed)
    ready.cache.keep(now, former if isinstance(ledger, Ledger) else None, save, owing=bool(owed))
    if not stays:
        ready.cache.save_pending()
    return Result(
        tuple(ready.problems),
        len(ready.outputs),
        paths,
        written,
        removed,
        left=owed,
        published=True,
        left_out=tuple(sorted(ready.rest.left_out)),
        marks=now.marks,
        comparison=ready.comparison,
    )


def _with(ready: Ready, rows: Mapping[str, Row], others: Mapping[str, Row]) -> MutableMapping[str, Row]:
    """Rows with a few others in their place, or, where everything was looked at, with many."""
    return Amended(rows, others) if ready.resumed else {**rows, **others}


def _record(ready: Ready, disk: Mapping[str, Status]) -> Record:
    """What is published now, and from what. `disk`: the site as it lies there now."""
    options, project, faults, withheld = ready.options, ready.project, errors(ready.problems), ready.withheld
    return Record(
        code=project.code,
        reading=project.reading,
        templates="" if any(each.at.path.startswith("templates/") for each in faults) else project.templates.digest,
        surroundings=""  # there is no quick way out as long as there are errors
        if faults
        else quick_exit.surroundings(ready.inputs, project.config.timezone, options.now, drafts=options.drafts),
        sources=_sources(ready),
        assets=dict(project.assets),
        outputs=_outputs(ready, disk),
        withheld=tuple(sorted(withheld.refs)),
        hidden=dict(ready.world.visible.hidden) if ready.world.visible else {},
        warnings=tuple(ready.problems),
        last_change=withheld.last_change,
        next_change=withheld.next_change,
        commit=ready.inputs.head.commit,
        instead=dict(ready.instead),
        amended=tuple(sorted(ready.rest.amended)),
        marks=preview_marks.of(ready) if options.preview else {},
    )


def _sources(ready: Ready) -> Mapping[str, tuple[Signature, str]]:
    """The content files, with the signature and the key of each."""
    before, looked_at = (ready.record.sources, ready.told or ()) if ready.resumed else ({}, ready.files)
    found = {path: (ready.files[path].signature, ready.keys.get(path, "")) for path in looked_at}
    return _with(ready, before, found)


def _outputs(ready: Ready, disk: Mapping[str, Status]) -> Mapping[str, Made]:
    """The outputs that are published now. `disk`: the site as it lies there now."""
    before, rendered, owed = ready.record.outputs, ready.rendered, ready.comparison.owed
    found: MutableMapping[str, Made] = Amended(before)
    if not ready.resumed:
        made = [path for path in ready.outputs if path not in rendered]
        there = (path for path in made if path not in owed or (path in before and path in disk))
        found = {path: quick_exit.kept(before[path], disk[path]) for path in there}
    for path in ready.failed:
        found.pop(path, None)
    for path in rendered.keys() - ready.failed:
        found[path] = quick_exit.made(rendered[path].digest, ready.outputs[path].plan, disk[path])
    return found
