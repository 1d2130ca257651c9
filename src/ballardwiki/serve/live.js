// Reloads the page when the site has changed, and shows what is wrong. `ballardwiki serve` adds it to pages it sends.
(() => {
  "use strict";
  const tag = document.currentScript;
  const plain = tag.dataset.plain; // on a page that lists problems itself: which
  let since = tag.dataset.since;
  let source = null;

  function connect() {
    if (source && source.readyState !== EventSource.CLOSED) return;
    source = new EventSource(`/_ballardwiki/events?since=${encodeURIComponent(since)}`);
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

  function show({ problems, reported }) {
    const number = String(reported);
    if (plain !== undefined) {
      if (plain !== number) location.reload();
    } else if (number !== shown) {
      shown = number;
      if (host) host.remove();
      host = null;
      if (problems.length) open(problems);
    }
  }

  function make(name, properties, ...children) {
    const element = Object.assign(document.createElement(name), properties);
    element.append(...children);
    return element;
  }

  function item(problem) {
    const place = problem.path + (problem.line ? `:${problem.line}:${problem.column}` : "");
    const words = [make("p", { className: "message" }, problem.message)];
    if (problem.hint) words.push(make("p", { className: "hint" }, problem.hint));
    return make(
      "li",
      { className: problem.severity },
      make("p", { className: "place" }, make("code", {}, place), " ", make("span", { className: "rule" }, problem.rule)),
      ...words,
    );
  }

  function open(problems) {
    const errors = problems.filter((each) => each.severity === "error").length;
    const count = errors === 1 ? "1 problem" : `${errors} problems`;
    const title = make("h2", { id: "title" }, count);
    const close = make("button", { type: "button", className: "close", autofocus: true }, "Close");
    const again = make("button", { type: "button", className: "again", hidden: true }, count);
    const dialog = make(
      "dialog",
      {},
      make("div", { className: "top" }, title, close),
      make("p", { className: "note" }, "The page behind is from the last good build. This goes away when all is mended."),
      make("ol", {}, ...problems.map(item)),
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
    :host { all: initial; --ground: #fff; --text: #1b1b1f; --soft: #5b5b66; --line: #d9d9e0; --red: #b3121d; --amber: #8a5300; color-scheme: light dark; }
    @media (prefers-color-scheme: dark) {
      :host { --ground: #1a1b20; --text: #ececf1; --soft: #a9a9b6; --line: #3a3b44; --red: #ff8a8a; --amber: #ffc069; }
    }
    dialog, button { font: 16px/1.45 system-ui, sans-serif; color: var(--text); background: var(--ground); }
    dialog { box-sizing: border-box; width: min(56rem, calc(100vw - 2rem)); max-height: calc(100vh - 4rem); margin: 2rem auto auto; padding: 1.25rem 1.5rem; overflow: auto; border: 1px solid var(--line); border-top: 6px solid var(--red); border-radius: 8px; }
    dialog::backdrop { background: rgb(0 0 0 / 45%); }
    .top { display: flex; justify-content: space-between; gap: 1rem; align-items: center; }
    h2 { margin: 0; font-size: 1.25rem; color: var(--red); }
    p { margin: 0; overflow-wrap: anywhere; }
    ol { margin: 0; padding: 0; list-style: none; }
    li { padding: .75rem 0 .75rem .9rem; border-left: 4px solid var(--red); margin-top: .9rem; }
    li.warning { border-left-color: var(--amber); }
    code { font: 600 .95em ui-monospace, monospace; }
    .note, .rule, .hint { color: var(--soft); }
    .note { margin-top: .35rem; }
    .rule { font-size: .9em; margin-left: .5rem; }
    .message { margin-top: .2rem; white-space: pre-wrap; }
    button { padding: .35rem .9rem; border: 1px solid var(--line); border-radius: 6px; cursor: pointer; }
    button:focus-visible { outline: 3px solid #3b82f6; outline-offset: 2px; }
    .again { position: fixed; right: 1rem; bottom: 1rem; z-index: 2147483647; border-color: var(--red); color: var(--red); font-weight: 600; }
    [hidden] { display: none; }
  `;

  listen();
})();
