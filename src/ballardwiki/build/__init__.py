"""A build, stage by stage: `pipeline` tells the whole story.

Below the pipeline lie what the last build knew (`cache`), killable processes (`workers`), and publishing all or nothing
(`publish`).
"""
