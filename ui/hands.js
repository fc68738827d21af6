// What hands expect of a page, and Streamlit does not do by itself.

// A link that is pressed with Ctrl, Cmd or Shift opens where the reader wants it, on the same view.
const LINKS = [
  "stTopNavLink", "stTopNavDropdownLink", "stSidebarNavLink", "stPageLink-NavLink",
].map((name) => `a[data-testid="${name}"]`).join(",");

window.addEventListener("click", (event) => {
  const link = event.target instanceof Element && event.target.closest(LINKS);
  if (!link || !(event.ctrlKey || event.metaKey || event.shiftKey)) return;
  if (!link.search) link.search = window.location.search;
  event.stopImmediatePropagation();
}, true);

// A number that leads to its chart goes there without loading the whole app anew.
document.addEventListener("click", (event) => {
  if (event.button || event.ctrlKey || event.metaKey || event.shiftKey) return;
  const there = event.target instanceof Element && linked(event.target);
  if (!there) return;
  event.preventDefault();
  go(there);
});

function go(there) {
  window.history.pushState({}, "", there);
  window.dispatchEvent(new PopStateEvent("popstate", {state: {}}));
  window.scrollTo(0, 0);
  const part = new URL(there, document.baseURI).hash.slice(1);
  if (part) seek(part, 40);
}

// The part of a page that a link leads to comes when the page has been drawn that far.
function seek(part, tries) {
  const drawn = document.querySelector("[data-testid=stApp][data-test-script-state=notRunning]");
  const found = drawn && document.getElementById(part);
  if (found) found.scrollIntoView();
  else if (tries) window.setTimeout(seek, 250, part, tries - 1);
}

// Where a link of ours leads, or a place's name in a chart.
function linked(element) {
  const link = element.closest("a.go, .js-plotly-plot a");
  return link && (link.getAttribute("href") || link.getAttribute("xlink:href"));
}

// A bar leads where its name does. Plotly forgets who listens when it draws anew.
document.addEventListener("pointerdown", (event) => {
  const chart = event.target instanceof Element && event.target.closest(".js-plotly-plot");
  if (!chart || !chart.on) return;
  chart.removeListener("plotly_click", bar);
  chart.on("plotly_click", bar);
}, true);

function bar({points: [pressed]}) {
  if (typeof pressed?.customdata === "string") go(pressed.customdata);
}

// What is written in a text that is kept by itself is handed over at each pause, not only when the
// reader leaves the field.
const KEPT = "[class*='st-key-draft-'] :is(textarea, input[type=text]:not([role=combobox]))";
const PAUSE = 1500;
let waiting = 0;
let written = 0;

document.addEventListener("input", (event) => {
  const field = event.target;
  if (!(field instanceof Element) || !field.matches(KEPT)) return;
  written = Date.now();
  window.clearTimeout(waiting);
  waiting = window.setTimeout(() => {
    if (document.activeElement !== field) return;
    field.dispatchEvent(new KeyboardEvent("keydown", {
      key: "Enter", code: "Enter", keyCode: 13, ctrlKey: true, bubbles: true, cancelable: true,
    }));
  }, PAUSE);
}, true);

// What was written a moment ago is on its way when a link is pressed, and Streamlit would drop it for
// the next page: the link waits until it has come.
window.addEventListener("click", (event) => {
  const link = event.target instanceof Element && event.target.closest(`${LINKS},a.go`);
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  if (Date.now() - written > 2 * PAUSE) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  written = 0;
  window.setTimeout(follow, 200, link, 50);
}, true);

function follow(link, tries) {
  const idle = document.querySelector("[data-testid=stApp][data-test-script-state=notRunning]");
  if (idle || !tries) link.click();
  else window.setTimeout(follow, 100, link, tries - 1);
}

// A chart is drawn for the window, and paper is narrower: one that is wider is made smaller on it, so
// that none loses its last months at the edge. In pixels, A4 within the margins of the style sheet.
const PAPER = 688;

window.addEventListener("beforeprint", () => {
  for (const chart of document.querySelectorAll(".js-plotly-plot")) {
    const {width, height} = chart.getBoundingClientRect();
    const smaller = Math.min(1, PAPER / width);
    Object.assign(chart.style, {
      minWidth: `${width}px`,
      transform: `scale(${smaller})`,
      transformOrigin: "0 0",
      marginBottom: `${(smaller - 1) * height}px`,
    });
  }
});

window.addEventListener("afterprint", () => {
  for (const chart of document.querySelectorAll(".js-plotly-plot")) {
    Object.assign(chart.style, {minWidth: "", transform: "", marginBottom: ""});
  }
});

// Whoever uses the keyboard goes on from where the eye is: from what came of publishing, when the
// button that was pressed is gone, and from the top of a page that a link on another led to. What
// is told far down stays in sight though a file above it may be publishable anew.
const CARD = "[class*='st-key-in-force-'], [class*='st-key-told-']";
const TOLD = "[class*='st-key-in-force-'] a, [class*='st-key-told-'] [data-testid=stAlert]";
const PUBLISHING = "[class*='st-key-publish-']";
const MAIN = "[data-testid=stMain]";
let met = null;
let left = null;

document.addEventListener("click", (event) => {
  if (event.target instanceof Element && event.target.closest(`${MAIN} a`)) left = document.title;
}, true);

function goOn() {
  const told = document.querySelector(TOLD);
  if (document.activeElement?.closest(PUBLISHING)) met = null;
  else if (told !== met) {
    met = told;
    start(told);
    told?.closest(CARD).scrollIntoView({block: "nearest"});
  }
  // The link that was pressed stands there until the other page has been drawn that far.
  const stays = document.activeElement?.closest(`${MAIN} a`);
  if (left === null || left === document.title || stays) return;
  left = null;
  const main = document.querySelector(MAIN);
  if (main) main.tabIndex = -1;
  start(main);
}

// A page that is drawn changes thousands of times, and to look takes a while on a long one.
const PATIENCE = 100;
let looking = false;
new MutationObserver(() => {
  if (looking) return;
  looking = true;
  setTimeout(() => {
    looking = false;
    goOn();
  }, PATIENCE);
}).observe(document.documentElement, {childList: true, subtree: true});

function start(part) {
  if (part && document.activeElement === document.body) part.focus({preventScroll: part.tabIndex < 0});
}
