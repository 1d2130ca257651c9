"""What templates see: the facts within a horizon. Every read is written down in the page's trace.

Before a view hands anything out it says what it reads: `trace.read(facts.FIELD(ref, "born"))`.
"""

from ballardwiki.graph.horizon import Horizon
from ballardwiki.pages.view.entity import EntityView, taken
from ballardwiki.pages.view.groups import ListView, NameView, TagView
from ballardwiki.pages.view.horizon import horizon
from ballardwiki.pages.view.reports import ReportView
from ballardwiki.pages.view.site import SiteView
from ballardwiki.pages.view.statement import QualifierView, StatementView, UndeclaredError

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
