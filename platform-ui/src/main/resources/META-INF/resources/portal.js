/* What the browser does by itself: theme, keyboard, times that pass, copying, and signing out in every tab. */
(() => {
  "use strict";
  if (window.penstockClock) return;
  const root = document.documentElement;

  /* ---- Theme ---- */
  const choice = () => { try { return localStorage.getItem("penstock-theme") || "system"; } catch { return "system"; } };
  const applyTheme = () => {
    const theme = choice();
    if (theme === "system") root.removeAttribute("theme"); else root.setAttribute("theme", theme);
    document.querySelectorAll("[data-theme-choice]").forEach(button =>
      button.setAttribute("aria-pressed", String(button.dataset.themeChoice === theme)));
  };
  const chooseTheme = theme => { try { localStorage.setItem("penstock-theme", theme); } catch { /* not remembered then */ } applyTheme(); };
  window.addEventListener("storage", event => { if (event.key === "penstock-theme") applyTheme(); });

  /* ---- Times: the same words as Quantities.duration ---- */
  let ahead = 0;
  window.penstockClock = serverMillis => { ahead = Number(serverMillis) - Date.now(); tick(); };
  const two = (large, unit, small, smallUnit) => large + " " + unit + (small ? " " + small + " " + smallUnit : "");
  const words = seconds => {
    seconds = Math.max(0, Math.floor(seconds));
    if (seconds < 60) return seconds + " s";
    const minutes = Math.floor(seconds / 60);
    if (minutes < 60) return minutes + " min";
    if (minutes < 1440) return two(Math.floor(minutes / 60), "h", minutes % 60, "min");
    return two(Math.floor(minutes / 1440), "d", Math.floor(minutes / 60) % 24, "h");
  };
  const tick = () => {
    const now = Date.now() + ahead;
    document.querySelectorAll("time[data-mode]").forEach(time => {
      const seconds = (Date.parse(time.getAttribute("datetime")) - now) / 1000;
      const text = { ago: words(-seconds) + " ago", since: words(-seconds), until: seconds > 0 ? words(seconds) : "ended" }[time.dataset.mode];
      if (text !== undefined && time.firstChild && time.firstChild.data !== text) time.firstChild.data = text;
      if (time.dataset.mode === "until") time.classList.toggle("is-warn", seconds < 7200);
    });
  };
  setInterval(tick, 1000);

  /* ---- Clicks that need no server ---- */
  const drawer = open => {
    document.querySelector(".shell")?.classList.toggle("drawer-open", open);
    document.querySelector("[data-drawer]")?.setAttribute("aria-expanded", String(open));
  };
  document.addEventListener("click", event => {
    const target = event.target.closest?.("[data-theme-choice], [data-copy], [data-drawer]");
    if (!target) {
      if (!event.target.closest?.(".sidenav") || event.target.closest?.("a")) drawer(false);
    } else if (target.dataset.themeChoice) {
      chooseTheme(target.dataset.themeChoice);
    } else if (target.dataset.copy !== undefined) {
      navigator.clipboard?.writeText(target.dataset.copy).then(() => {
        target.classList.add("copied");
        setTimeout(() => target.classList.remove("copied"), 1500);
      });
    } else {
      drawer(target.getAttribute("aria-expanded") !== "true");
    }
  });
  new MutationObserver(() => { applyTheme(); }).observe(document.body, { childList: true });

  /* ---- Tables that scroll: the keyboard gets there also where no link is in them ---- */
  const reach = new ResizeObserver(entries => entries.forEach(({ target }) => {
    const wrap = target.closest(".table-wrap");
    if (!wrap) return;
    if (wrap.scrollWidth > wrap.clientWidth || wrap.scrollHeight > wrap.clientHeight) wrap.tabIndex = 0; else wrap.removeAttribute("tabindex");
  }));
  const watch = wrap => { reach.observe(wrap); if (wrap.firstElementChild) reach.observe(wrap.firstElementChild); };
  new MutationObserver(changes => changes.forEach(({ addedNodes }) => addedNodes.forEach(node => {
    if (node.nodeType !== Node.ELEMENT_NODE) return;
    if (node.matches(".table-wrap")) watch(node);
    node.querySelectorAll(".table-wrap").forEach(watch);
  }))).observe(document.body, { childList: true, subtree: true });
  document.querySelectorAll(".table-wrap").forEach(watch);

  /* ---- Keyboard ---- */
  let going = 0;
  const typing = event => event.composedPath().some(node =>
    node.tagName && (/^(INPUT|TEXTAREA|SELECT)$/.test(node.tagName) || node.isContentEditable));
  document.addEventListener("keydown", event => {
    if (event.key === "Escape") drawer(false);
    if (event.ctrlKey || event.metaKey || event.altKey || typing(event)) return;
    const click = selector => {
      const found = document.querySelector(selector);
      if (found) { event.preventDefault(); found.click(); }
    };
    if (going && Date.now() - going < 1500 && /^[a-z]$/.test(event.key)) {
      click('.sidenav a[data-key="' + event.key + '"]');
      going = 0;
    } else if (event.key === "g") {
      going = Date.now();
    } else if (event.key === "/") {
      click("[data-search]");
    } else if (event.key === "?") {
      click("[data-help]");
    }
  });

  /* ---- Signing out in every tab ---- */
  const tabs = "BroadcastChannel" in window ? new BroadcastChannel("penstock") : null;
  window.penstockSignOut = () => {
    const base = new URL(document.baseURI).pathname;
    document.cookie = "penstock-signing-out=yes; path=" + base + "; max-age=60; samesite=lax";
    tabs?.postMessage("signed-out");
    const form = document.createElement("form");
    form.method = "post";
    form.action = "logout";
    const token = document.createElement("input");
    token.type = "hidden";
    token.name = document.querySelector('meta[name="_csrf_parameter"]').content;
    token.value = document.querySelector('meta[name="_csrf"]').content;
    form.append(token);
    document.body.append(form);
    form.submit();
  };
  if (tabs) tabs.onmessage = event => { if (event.data === "signed-out") location.assign("signed-out"); };

  /* It announces a lost connection, so it is a live region. */
  document.querySelector("vaadin-connection-indicator")?.setAttribute("role", "status");

  applyTheme();
})();
