// Roles and names that Streamlit's own parts lack, so that a screen reader finds its way among them.

const PARTS = [
  // The place to drop files is named and can take focus: it is a group, no decoration.
  ["[data-testid=stFileUploaderDropzone]", (part) => ({role: "group"})],
  // What the browser shows of the chosen files speaks the browser's language; the button beside it
  // does the same.
  ["[data-testid=stFileUploaderDropzoneInput]", () => ({"aria-hidden": "true"})],
  // A list that is open lies outside every part of the page, until it is one.
  [
    "body > * > [data-trigger]:has(> [role=listbox])",
    (part) => ({role: "region", "aria-label": part.firstElementChild.getAttribute("aria-label")}),
  ],
];

new MutationObserver(() => {
  for (const [selector, wanted] of PARTS) {
    for (const part of document.querySelectorAll(selector)) {
      for (const [name, value] of Object.entries(wanted(part))) {
        if (value && part.getAttribute(name) !== value) part.setAttribute(name, value);
      }
    }
  }
}).observe(document.documentElement, {childList: true, subtree: true});
