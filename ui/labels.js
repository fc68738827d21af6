// Streamlit speaks English in its own controls and cannot be told otherwise. This puts Swedish in
// their place, as soon as they are drawn. Only whole texts that stand here are changed, so that
// nothing a page says is touched.
const SWEDISH = new Map(Object.entries({
  "Add files": "Lägg till filer",
  "App pages": "Sidor",
  "Choose an option": "Välj",
  "Choose options": "Välj",
  "Clear all": "Rensa allt",
  "Clear value": "Rensa",
  "Close": "Stäng",
  "Close fullscreen": "Stäng helskärm",
  "Collapse sidebar": "Stäng menyn",
  "Connecting": "Ansluter",
  "Connecting to Streamlit server": "Ansluter till samverkan",
  "Click to retry upload": "Försök igen",
  "Connection error": "Ingen kontakt med samverkan",
  "Connection timed out.": "Det dröjde för länge innan samverkan svarade.",
  "Decrement": "Minska",
  "Dismiss": "Stäng",
  "Download failed": "Filen kunde inte hämtas",
  "Copied": "Kopierat",
  "Copy to clipboard": "Kopiera",
  "Drag and drop a file here": "Släpp filen här",
  "Drag and drop files here": "Släpp filerna här",
  "Expand sidebar": "Öppna menyn",
  "file upload": "Ladda upp filer",
  "Fullscreen": "Helskärm",
  "Hide password text": "Dölj",
  "Increment": "Öka",
  "Is Streamlit still running? If you accidentally stopped Streamlit, just restart it in your terminal:":
    "Har samverkan stannat? Starta det igen i terminalen och ladda om sidan:",
  "Navigate to home page": "Till Översikt",
  "Network Error": "Ingen kontakt med samverkan",
  "Next page": "Nästa sida",
  "No results": "Inga träffar",
  "Notifications": "Meddelanden",
  "Open": "Öppna",
  "Page not found": "Sidan finns inte",
  "Previous page": "Föregående sida",
  "Running...": "Arbetar …",
  "Select all": "Välj alla",
  "Selectbox": "Val",
  "Selectbox options": "Val",
  "Selected values": "Valda värden",
  "Show password text": "Visa",
  "Link to heading": "Länk till rubriken",
  "Logo": "samverkan",
  "Press Ctrl+Enter to apply": "Sparas när du lämnar fältet",
  "Press ⌘+Enter to apply": "Sparas när du lämnar fältet",
  "Press Enter to apply": "Sparas när du lämnar fältet",
  "Press Ctrl+Enter to submit form": "Ctrl+Enter skickar",
  "Press ⌘+Enter to submit form": "Cmd+Enter skickar",
  "Press Enter to submit form": "Enter skickar",
  "Sidebar": "Meny",
  "Skip to main content": "Hoppa till innehållet",
  "Streamlit server is not responding. Are you connected to the internet?":
    "samverkan svarar inte. Kontrollera att du är ansluten, och ladda om sidan.",
  "Error:": "Fel:",
  "Stop": "Avbryt",
  "Stop script": "Avbryt",
  "Stopping...": "Avbryter …",
  "Too many files": "För många filer",
  "Unknown error": "Något gick fel",
  "Upload": "Välj filer",
  "View less": "Visa färre",
  "streamlit run yourscript.py": "make run",
}));
const PATTERNS = [
  [/^This app has encountered an error\..*$/s,
    "Något gick fel i samverkan. Ladda om sidan; det som är publicerat finns kvar."],
  [/^Connection failed with status (\d+).*$/, "samverkan svarade med felet $1."],
  [/^Fullscreen: (.+)$/, "Helskärm: $1"],
  [/^Select (\d+) matches$/, "Välj $1 träffar"],
  [/^(\d+) options? available\.$/, "$1 val finns."],
  [/^(.+), selected$/, "$1, vald"],
  [/^View (\d+) more$/, "Visa $1 till"],
  [/^Remove (.+)$/, "Ta bort $1"],
  [/^[a-z_]+ icon$/, "Symbol"],
  [/^Help for (.+)$/, "Hjälp om $1"],
  [/^You can only select up to (\d+) options?\. Remove an option first\.$/,
    "Du kan välja högst $1. Ta bort en först."],
  [/^(.+) files are not allowed\.$/, "Filer av typen $1 går inte att läsa in."],
  [/^File type must be (.+)$/, "Filen måste vara av typen $1"],
  [/^File must be (.+) or smaller\.$/,
    "Filen är för stor och har inte skickats. Den får vara högst $1: dela den, till exempel per år."],
  [/^([\d.]+ .?B) per file( • .+)?$/, "Högst $1 per fil$2"],
  [/^.+ Running the app[’']s main page\.$/s, "Adressen går inte till någon sida. Här visas Översikt."],
];
// A file's size as Streamlit writes it, 249.6KB, and where it stands alone or after the file's name.
const SIZE = /(\d+)(?:\.(\d))?([KMG])B/;
const ALONE = /^(?:\d+|(?:.+, )?[\d.]+[KMG])B$/;
// A label is Markdown, in which what users wrote has its signs escaped; as a name it is read as it is.
const ESCAPED = /\\([\\`*_{}[\]()#+\-.!|<>~$:])/g;
const ATTRIBUTES = ["alt", "aria-label", "placeholder", "title"];

function translated(text) {
  const whole = text.trim();
  if (SWEDISH.has(whole)) return SWEDISH.get(whole);
  const sized = whole.replace(SIZE, size);
  if (ALONE.test(whole)) return sized.replace(/(\d)B$/, "$1 B");
  for (const [pattern, swedish] of PATTERNS) {
    if (pattern.test(sized)) return sized.replace(pattern, swedish);
  }
  return null;
}

function size(_, whole, tenths, unit) {
  return `${whole}${Number(tenths) ? `,${tenths}` : ""} ${unit.replace("K", "k")}B`;
}

function translateAttributes(element) {
  for (const name of ATTRIBUTES) {
    const text = element.getAttribute(name) ?? "";
    const said = translated(text) ?? text.replace(ESCAPED, "$1");
    if (said !== text) element.setAttribute(name, said);
  }
}

function translateText(node) {
  const swedish = translated(node.nodeValue);
  if (swedish) node.nodeValue = node.nodeValue.replace(node.nodeValue.trim(), () => swedish);
}

function translateAll(root) {
  if (root.nodeType === Node.TEXT_NODE) return translateText(root);
  if (root.nodeType !== Node.ELEMENT_NODE) return;
  const nodes = document.createTreeWalker(root, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT);
  for (let node = root; node; node = nodes.nextNode()) {
    if (node.nodeType === Node.TEXT_NODE) translateText(node);
    else translateAttributes(node);
  }
}

new MutationObserver((changes) => {
  for (const change of changes) {
    if (change.type === "attributes") translateAttributes(change.target);
    else if (change.type === "characterData") translateText(change.target);
    else change.addedNodes.forEach(translateAll);
  }
}).observe(document.documentElement, {
  attributeFilter: ATTRIBUTES,
  characterData: true,
  childList: true,
  subtree: true,
});
