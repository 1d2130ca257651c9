// Reloads the page when the site has changed, and shows what is wrong. `ballardwiki serve` adds it to pages it sends.
(() => {
  "use strict";
  const tag = document.currentScript;
  const plain = tag.dataset.plain; // on a page that lists problems itself: which
  let since = tag.dataset.since;
  let source = null;

  function connect() {
    if (source && source.readyState !== EventSource.CLOSED) return;
    const seen = `since=${encodeURIComponent(since)}&page=${encodeURIComponent(location.pathname)}`;
    source = new EventSource(`/_ballardwiki/events?${seen}`);
    source.addEventListener("reload", () => location.reload());
    source.addEventListener("styles", (event) => {
      since = event.lastEventId;
      refreshStyles();
    });
    source.addEventListener("problems", (event) => {
      since = event.lastEventId;
      show(JSON.parse(event.data));
    });
    source.addEventListener("error", () => {
      if (source.readyState === EventSource.CLOSED) setTimeout(listen, 1000);
    });
  }

  // Browsers allow six connections to a server: a page that nobody looks at gives its own back.
  function listen() {
    if (document.visibilityState === "visible") connect();
    else if (source) source.close();
  }
  document.addEventListener("visibilitychange", listen);
  addEventListener("pagehide", () => source && source.close());
  addEventListener("pageshow", (event) => event.persisted && listen());

  function refreshStyles() {
    for (const old of document.querySelectorAll("link[rel~=stylesheet]")) {
      const url = new URL(old.href);
      if (url.origin !== location.origin) continue;
      url.searchParams.set("v", since);
      const fresh = old.cloneNode();
      fresh.href = url.href;
      fresh.addEventListener("load", () => old.remove());
      fresh.addEventListener("error", () => fresh.remove());
      old.after(fresh);
    }
  }

  let host = null;
  let shown = "0"; // a page that has just been opened shows none

  function show(told) {
    const number = String(told.reported);
    if (plain !== undefined) {
      if (plain !== number) location.reload();
    } else if (number !== shown) {
      shown = number;
      if (host) host.remove();
      host = null;
      if (told.problems.length) open(told);
    }
  }

  function make(name, properties, ...children) {
    const element = Object.assign(document.createElement(name), properties);
    element.append(...children);
    return element;
  }

  function rule(name) {
    return make("a", { className: "rule", href: `/_ballardwiki/rules/${encodeURIComponent(name)}`, target: "_blank", rel: "noopener" }, name);
  }

  function item(problem) {
    const written = problem.path + (problem.line ? `:${problem.line}:${problem.column}` : "");
    const code = make("code", {}, written);
    const place = problem.open ? make("a", { href: problem.open, title: "Open in the editor" }, code) : code;
    const kind = make("span", { className: "kind" }, problem.severity);
    const words = [make("p", { className: "message" }, problem.message)];
    if (problem.hint) words.push(make("p", { className: "hint" }, problem.hint));
    if (problem.follow) {
      words.push(make("p", { className: "follow" }, `${problem.follow} more ${problem.follow === 1 ? "follows" : "follow"} from this.`));
    }
    return make("li", { className: problem.severity }, make("p", { className: "place" }, place), make("p", { className: "about" }, kind, " ", rule(problem.rule)), ...words);
  }

  function counted({ rule: name, severity, number }) {
    return make("li", {}, `${number} × `, rule(name), severity === "error" ? "" : ` (${severity})`);
  }

  function note({ published, left_out: missing, more_left_out: more }) {
    if (!published) return "Nothing could be made anew: the page behind is from the last good build.";
    const others = more ? ` and ${more} more` : "";
    const rest = missing.length ? ` Missing for now: ${missing.join(", ")}${others}.` : "";
    return `Everything else is up to date. What has a mistake is shown as it was before, or is missing.${rest}`;
  }

  function open(told) {
    const errors = told.errors;
    const count = errors === 1 ? "1 problem" : `${errors} problems`;
    const title = make("h2", { id: "title" }, count);
    const close = make("button", { type: "button", className: "close", autofocus: true }, "Close");
    const again = make("button", { type: "button", className: "again", hidden: true }, count);
    const dialog = make(
      "dialog",
      {},
      make("div", { className: "top" }, title, close),
      make("p", { className: "note" }, note(told)),
      ...(told.counts.length ? [make("ul", { className: "counts" }, ...told.counts.map(counted))] : []),
      make("ol", {}, ...told.problems.map(item)),
      ...(told.counts.length ? [make("p", { className: "note" }, "Some of each rule are shown; ballardwiki check --format json lists all.")] : []),
    );
    dialog.setAttribute("aria-labelledby", "title");
    close.addEventListener("click", () => dialog.close());
    dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());
    dialog.addEventListener("close", () => {
      again.hidden = false;
      again.focus();
    });
    again.addEventListener("click", () => {
      again.hidden = true;
      dialog.showModal();
    });
    host = document.createElement("ballardwiki-problems");
    const root = host.attachShadow({ mode: "open" });
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(STYLE);
    root.adoptedStyleSheets = [sheet];
    root.append(dialog, again);
    document.documentElement.append(host);
    dialog.showModal();
  }

  const STYLE = `
    :host { all: initial; --ground: #fff; --text: #1b1b1f; --soft: #5b5b66; --line: #d9d9e0; --red: #b3121d; --amber: #8a5300; --link: #1a56c4; color-scheme: light dark; }
    @media (prefers-color-scheme: dark) {
      :host { --ground: #1a1b20; --text: #ececf1; --soft: #a9a9b6; --line: #3a3b44; --red: #ff8a8a; --amber: #ffc069; --link: #9cc2ff; }
    }
    dialog, button { font: 16px/1.45 system-ui, sans-serif; color: var(--text); background: var(--ground); }
    dialog { box-sizing: border-box; width: min(56rem, calc(100vw - 2rem)); max-height: calc(100vh - 4rem); margin: 2rem auto auto; padding: 1.25rem 1.5rem; overflow: auto; border: 1px solid var(--line); border-top: 6px solid var(--red); border-radius: 8px; }
    dialog::backdrop { background: rgb(0 0 0 / 45%); }
    .top { display: flex; justify-content: space-between; gap: 1rem; align-items: center; }
    h2 { margin: 0; font-size: 1.25rem; color: var(--red); }
    p { margin: 0; overflow-wrap: anywhere; }
    ol { margin: 0; padding: 0; list-style: none; }
    ol li { padding: .75rem 0 .75rem .9rem; border-left: 4px solid var(--red); margin-top: .9rem; }
    ol li.warning { border-left-color: var(--amber); }
    code { font: 600 .95em ui-monospace, monospace; }
    a { color: var(--link); text-underline-offset: .15em; }
    a:focus-visible { outline: 3px solid #3b82f6; outline-offset: 2px; border-radius: 2px; }
    .note, .hint, .follow { color: var(--soft); }
    .note { margin-top: .35rem; }
    .about { font-size: .875em; }
    .kind { color: var(--red); font-weight: 600; }
    .warning .kind { color: var(--amber); }
    .follow { font-style: italic; }
    .counts { margin: .75rem 0 0; padding: .6rem .9rem; list-style: none; border: 1px solid var(--line); border-radius: 6px; }
    .counts li { margin: 0; padding: 0; border: 0; }
    .message { margin-top: .2rem; white-space: pre-wrap; }
    button { padding: .35rem .9rem; border: 1px solid var(--line); border-radius: 6px; cursor: pointer; }
    button:focus-visible { outline: 3px solid #3b82f6; outline-offset: 2px; }
    .again { position: fixed; right: 1rem; bottom: 1rem; z-index: 2147483647; border-color: var(--red); color: var(--red); font-weight: 600; }
    [hidden] { display: none; }
    @media (width < 32rem) { dialog { width: calc(100vw - 1rem); max-height: calc(100vh - 1rem); margin-top: .5rem; padding: 1rem; } }
  `;

  listen();
})();
