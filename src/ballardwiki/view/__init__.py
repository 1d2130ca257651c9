"""What templates see: the facts within a horizon. Every read is written down in the page's trace.

Before a view hands anything out it says what it reads: `trace.read(facts.FIELD(ref, "born"))`.
"""

from ballardwiki.horizon import Horizon
from ballardwiki.view.entity import EntityView, taken
from ballardwiki.view.groups import ListView, NameView, TagView
from ballardwiki.view.horizon import horizon
from ballardwiki.view.reports import ReportView
from ballardwiki.view.site import SiteView
from ballardwiki.view.statement import QualifierView, StatementView, UndeclaredError

__all__ = [
    "EntityView",
    "Horizon",
    "ListView",
    "NameView",
    "QualifierView",
    "ReportView",
    "SiteView",
    "StatementView",
    "TagView",
    "UndeclaredError",
    "horizon",
    "taken",
]
