"""What a process does that publishes, for tests that kill it or listen to it."""

PUBLISH = """
publisher = publish.Publisher(out)
with publisher.lock(wait=True):
    there = publisher.survey()
    changed = [path for path in wanted if path not in there or (out / path).read_text() != wanted[path]]
    for path in changed:
        publisher.stage(path).write_text(wanted[path])
    publisher.commit(changed, there.keys() - wanted.keys())
"""
"""The end of a program: publishes `wanted` (path -> text) into `out`; it has imported `publish`."""
