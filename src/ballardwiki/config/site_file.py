"""`site.yaml` -> `Config`, and what is wrong with it (rule `config-valid`)."""

from __future__ import annotations

from collections.abc import Mapping
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from ballardwiki import base_url, yaml_reader
from ballardwiki.config import editors, policy
from ballardwiki.config.repository import HOSTS, Repository, known_as
from ballardwiki.config.site import Config, Limits, NavigationLink, Switch
from ballardwiki.invisible import visible
from ballardwiki.problems import Location, Problem, errors
from ballardwiki.similarity import suggest

ENGINES = ("python-markdown", "commonmark")
_TEXT = ("title", "description", "base_url", "language", "timezone", "author", "links")
_KEYS = (
    *_TEXT,
    "repository",
    "maintenance",
    "license",
    "navigation",
    "markdown",
    "spoilers",
    "feed",
    "limits",
    "data",
    "editor",
    "policy",
    "rules",
)
SEVERITIES = ("off", "info", "warning", "error")


def load(text: str, path: str = "site.yaml") -> tuple[Config, list[Problem]]:
    """The configuration in a text, and what is wrong with it."""
    node, problems = yaml_reader.parse(text, path)
    reader = _Reader(path, list(problems))
    if not isinstance(node, yaml_reader.Mapping):
        if not errors(problems):
            reader.problem((1, 1), "site.yaml must hold settings.", "Begin with: title: My wiki")
        return Config("Untitled"), reader.problems
    return reader.config(node), reader.problems


class _Reader:
    """Reads the settings one by one and collects the problems."""

    def __init__(self, path: str, problems: list[Problem]) -> None:
        self.path = path
        self.problems = problems

    def problem(self, at: tuple[int, int], message: str, hint: str = "") -> None:
        self.problems.append(Problem(Location(self.path, *at), "config-valid", message, hint))

    def config(self, node: yaml_reader.Mapping) -> Config:
        self.known(node, _KEYS)
        given: dict[str, object] = {key: self.text(node, key) for key in _TEXT if key in node.items}
        if not visible(str(given.get("title", ""))):
            self.problem((node.line, node.column), "the site needs a title.", "Add a line: title: My wiki")
            given["title"] = "Untitled"
        if "base_url" in given:
            given["base_url"] = self.base_url(node, str(given["base_url"]))
        self.timezone(node, given)
        self.one_of(node, "links", ("files", "folders"))
        given["data"] = self.one_of(node, "data", ("true", "false")) == "true"
        given |= self.license(node)
        given["code"] = code = self.repository(node)
        given["repository"] = code.url
        given["maintenance"] = self.one_of(node, "maintenance", ("true", "false")) == "true"
        given["navigation"] = self.navigation(node)
        markdown = self.section(node, "markdown", ("engine",))
        if markdown and "engine" in markdown.items:
            given["engine"] = self.one_of(markdown, "engine", ENGINES)
        feed = self.section(node, "feed", ("items", "authority"))
        if feed and "authority" in feed.items:
            given["feed_authority"] = self.text(feed, "authority")
        if feed and "items" in feed.items:
            given["feed_items"] = self.number(feed, "items", 50)
        limits = self.section(node, "limits", Limits.__struct_fields__)
        if limits:
            given["limits"] = Limits(self.number(limits, "seconds", 10), self.number(limits, "memory", 1024))
        given["policy"] = self.policy(node)
        if "editor" in node.items:
            given["editor"] = self.editor(node)
        given["rules"] = self.rules(node)
        horizon = dict(self.horizon(node))
        given["default_horizon"] = horizon.pop("default", "none")
        given["horizon"] = horizon
        return Config(**given)  # type: ignore[arg-type]  # each key was read as its field's type

    def known(self, node: yaml_reader.Mapping, names: tuple[str, ...]) -> None:
        for key in node.items:
            if key not in names:
                self.problem(node.keys[key], f"there is no setting {key}.", suggest(key, names))

    def text(self, node: yaml_reader.Mapping, key: str) -> str:
        item = node.items.get(key)
        if item is None:
            return ""
        if not isinstance(item, yaml_reader.Scalar):
            self.problem((item.line, item.column), f"{key} must be text.")
            return ""
        return item.text

    def number(self, node: yaml_reader.Mapping, key: str, default: int) -> int:
        text = self.text(node, key)
        if not text:
            return default
        if not text.isdecimal() or not 0 < len(text) < 7 or int(text) == 0:
            self.problem(node.keys[key], f"{key} must be a whole number above 0.")
            return default
        return int(text)

    def one_of(self, node: yaml_reader.Mapping, key: str, options: tuple[str, ...]) -> str:
        text = self.text(node, key)
        if text and text not in options:
            self.problem(node.keys[key], f"{key} must be one of: {', '.join(options)}.", suggest(text, options))
        return text if text in options else options[0]

    def editor(self, node: yaml_reader.Mapping) -> str:
        text = self.text(node, "editor")
        found = editors.pattern(text)
        if found is None:
            hint = suggest(text, editors.EDITORS) or f"Write one of: {', '.join(editors.EDITORS)}."
            also = "Or an address with {path}, {line} and {column}, such as myeditor://open?file={path}."
            self.problem(node.keys["editor"], f"{text} is no editor that is known here.", f"{hint} {also}")
        return found or ""

    def section(self, node: yaml_reader.Mapping, key: str, names: tuple[str, ...]) -> yaml_reader.Mapping | None:
        item = node.items.get(key)
        if item is None:
            return None
        if not isinstance(item, yaml_reader.Mapping):
            self.problem((item.line, item.column), f"{key} must hold settings: {', '.join(names)}.")
            return None
        if names:
            self.known(item, names)
        return item

    def base_url(self, node: yaml_reader.Mapping, text: str) -> str:
        base, fault = base_url.read(text)
        if fault:
            item = node.items["base_url"]
            self.problem((item.line, item.column), *fault)
        return base

    def timezone(self, node: yaml_reader.Mapping, given: dict[str, object]) -> None:
        if "timezone" not in given:
            return
        try:
            ZoneInfo(str(given["timezone"]))
        except (ZoneInfoNotFoundError, ValueError, OSError):
            self.problem(
                node.keys["timezone"],
                f"{given['timezone']} is not a time zone.",
                "Use a name such as America/Los_Angeles.",
            )
            given["timezone"] = "UTC"

    def license(self, node: yaml_reader.Mapping) -> dict[str, object]:
        if isinstance(node.items.get("license"), yaml_reader.Scalar):
            return {"license_name": self.text(node, "license"), "license_url": ""}
        item = self.section(node, "license", ("name", "url"))
        return {"license_name": self.text(item, "name"), "license_url": self.text(item, "url")} if item else {}

    def repository(self, node: yaml_reader.Mapping) -> Repository:
        """Where the site's files lie; the host is known by its name, or said."""
        if isinstance(node.items.get("repository"), yaml_reader.Scalar):
            url, item = self.text(node, "repository"), None
        else:
            item = self.section(node, "repository", ("url", "host", "branch", "folder"))
            url = self.text(item, "url") if item else ""
        if (item or url) and not url.startswith(("https://", "http://")):
            hint = "For example https://github.com/you/your-wiki."
            self.problem(node.keys["repository"], "repository must be the address of the site's source.", hint)
            return Repository()
        host = self.one_of(item, "host", tuple(HOSTS)) if item and "host" in item.items else known_as(url)
        branch, folder = (self.text(item, key) if item else "" for key in ("branch", "folder"))
        return Repository(url.rstrip("/"), host, branch or "main", folder)

    def navigation(self, node: yaml_reader.Mapping) -> tuple[NavigationLink, ...]:
        item = node.items.get("navigation")
        if item is None:
            return ()
        if not isinstance(item, yaml_reader.Sequence):
            self.problem((item.line, item.column), "navigation must be a list of {label: News, url: /news/}.")
            return ()
        links = []
        for each in item.items:
            if (
                isinstance(each, yaml_reader.Mapping)
                and self.text(each, "url").startswith("/")
                and visible(self.text(each, "label"))
            ):
                self.known(each, ("label", "url"))
                links.append(NavigationLink(self.text(each, "label"), self.text(each, "url")))
            else:
                self.problem(
                    (each.line, each.column),
                    "a navigation entry needs a label and a url from the site's root.",
                    "For example {label: News, url: /news/}.",
                )
        return tuple(links)

    def policy(self, node: yaml_reader.Mapping) -> Mapping[str, str]:
        item = self.section(node, "policy", ())
        found: dict[str, str] = {}
        for key in item.items if item else ():
            text = self.text(item, key) if item else ""
            if key not in policy.DIRECTIVES and item:
                hint = suggest(key, policy.DIRECTIVES)
                self.problem(item.keys[key], f"a site can't set {key} in its Content-Security-Policy.", hint)
            elif not all(each.isprintable() and each not in ';,"' for each in text) and item:
                self.problem(item.keys[key], f"{key} must be sources, such as: 'self' https://example.org")
            else:
                found[key] = text
        return found

    def rules(self, node: yaml_reader.Mapping) -> tuple[Switch, ...]:
        """Whether there are such rules, `rules` tells: settings are read before any rule is loaded."""
        item = self.section(node, "rules", ())
        keys = item.keys.items() if item else ()
        return tuple(Switch(key, self.one_of(item, key, SEVERITIES), *at) for key, at in keys if item)

    def horizon(self, node: yaml_reader.Mapping) -> Mapping[str, str]:
        item = self.section(node, "spoilers", ())
        return {key: self.text(item, key).lower() for key in item.items} if item else {}
