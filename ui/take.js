// Taking a chart along: as a picture, or as the numbers of its table. All of it is made here, of what
// the page shows, so that what is hidden on the page is hidden in what is taken.
const SVG = "http://www.w3.org/2000/svg";
const EDGE = 24;
const HEAD = 52;
const FOOT = 40;
const SHARPNESS = 2;
const NOT_DRAWN = ".hoverlayer, .draglayer, .modebar-container, .aside";

document.addEventListener("click", async (event) => {
  const button = event.target instanceof Element && event.target.closest("button[data-take]");
  if (!button) return;
  const said = button.closest(".take").querySelector("[role=status]");
  try {
    said.textContent = await WAYS[button.dataset.take](button.closest("[class*='st-key-figure-']"));
  } catch (error) {
    said.textContent = "Webbläsaren tillåter det inte här. Välj att spara i stället.";
  }
});

const WAYS = {
  "copy-picture": async (figure) => {
    // Handed over as a promise: Safari wants the clipboard to be asked for at once.
    await navigator.clipboard.write([new ClipboardItem({"image/png": png(figure)})]);
    return "Bilden är kopierad.";
  },
  "copy-numbers": async (figure) => {
    await navigator.clipboard.writeText(lines(figure, "\t").join("\n"));
    return "Talen är kopierade.";
  },
  "copy-link": async () => {
    await navigator.clipboard.writeText(window.location.href);
    return "Länken är kopierad.";
  },
  "save-png": async (figure) => save(await png(figure), `${title(figure)}.png`),
  "save-svg": async (figure) =>
    save(new Blob([await drawing(figure)], {type: "image/svg+xml"}), `${title(figure)}.svg`),
  "save-numbers": async (figure) => {
    const text = `\ufeff${lines(figure, ";").join("\r\n")}\r\n`;
    return save(new Blob([text], {type: "text/csv"}), `${title(figure)}.csv`);
  },
};

function save(blob, name) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name.replace(/[\\/:*?"<>|]/g, " ");
  link.click();
  window.setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
  return `Sparad som ${link.download}.`;
}

// What the figure is called, and of which period the page is where its name does not say so.
function title(figure) {
  const name = figure.querySelector("table caption")?.textContent || document.title;
  const asked = new URLSearchParams(window.location.search);
  const period = asked.get("period") || asked.get("kvartal") || asked.get("ar") || "";
  return /\d{4}/.test(name) || !period ? name : `${name}, ${period}`;
}

// The table's rows as text, with numbers that a spreadsheet takes for numbers.
function lines(figure, separator) {
  return [...figure.querySelectorAll("table tr")].map((row) =>
    [...row.cells].map((cell) => quoted(plain(cell.textContent), separator)).join(separator));
}

function plain(text) {
  const trimmed = text.trim();
  if (trimmed === "–") return "-";
  const number = trimmed.replace(/\u00a0/g, "").replace("\u2212", "-");
  return /^-?\d[\d,]*$/.test(number) ? number : trimmed.replace(/^[=+@-]/, "'$&");
}

function quoted(text, separator) {
  return text.includes(separator) || text.includes('"') ? `"${text.replaceAll('"', '""')}"` : text;
}

async function png(figure) {
  const picture = new Image();
  const text = await drawing(figure);
  await new Promise((resolve, reject) => {
    picture.onload = resolve;
    picture.onerror = reject;
    picture.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(text)}`;
  });
  const canvas = document.createElement("canvas");
  canvas.width = picture.width * SHARPNESS;
  canvas.height = picture.height * SHARPNESS;
  canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
  return new Promise((resolve) => { canvas.toBlob(resolve, "image/png"); });
}

// The figure as an SVG of its own: its name, what stands on the page, and where it comes from.
async function drawing(figure) {
  const shown = figure.querySelector(".js-plotly-plot, [role=group]");
  const box = shown.getBoundingClientRect();
  const width = Math.ceil(box.width) + 2 * EDGE;
  const height = Math.ceil(box.height) + HEAD + FOOT;
  const root = made("svg", {xmlns: SVG, width, height, viewBox: `0 0 ${width} ${height}`});
  const style = made("style", {});
  style.textContent = await typeface();
  root.append(style, made("rect", {width, height, fill: "#ffffff"}));
  const family = getComputedStyle(shown).fontFamily;
  root.append(words(heading(figure), {
    x: EDGE, y: 32, "font-size": 18, "font-weight": 600, fill: "#1f2a33", "font-family": family,
  }));
  const inside = made("g", {transform: `translate(${EDGE - box.left} ${HEAD - box.top})`});
  shown.classList.add("as-paper");
  copy(shown, inside);
  shown.classList.remove("as-paper");
  root.append(inside, words(origin(figure), {
    x: EDGE, y: height - 14, "font-size": 12, fill: "#5b6873", "font-family": family,
  }));
  return new XMLSerializer().serializeToString(root);
}

// The title, with its period as people write it, and what is counted.
function heading(figure) {
  const said = title(figure)
    .replace(/(\d{4})-(\d\d)$/, (_, year, month) => new Date(year, month - 1)
      .toLocaleDateString("sv-SE", {month: "long", year: "numeric"}))
    .replace(/(\d{4})-K(\d)$/, "kvartal $2 $1");
  const {unit} = figure.querySelector(".take").dataset;
  return unit ? `${said} (${unit})` : said;
}

function origin(figure) {
  const {source} = figure.querySelector(".take").dataset;
  const told = [".demo", ".st-key-preliminary"].map((one) => document.querySelector(one));
  const date = new Date().toLocaleDateString("sv-SE");
  return [...(source ? [`Källa: ${source}`] : []), `samverkan, ${date}`, ...told.filter(Boolean).map((one) => one.innerText.trim())]
    .join(" · ").replace(/\s+/g, " ");
}

function made(name, attributes) {
  const element = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  return element;
}

function words(text, attributes) {
  const element = made("text", attributes);
  element.textContent = text;
  return element;
}

// What an element looks like, drawn anew where it stands: drawings as they are, the rest as
// rectangles, pictures and words.
function copy(node, into) {
  if (node.nodeType === Node.TEXT_NODE) return copyText(node, into);
  if (node.nodeType !== Node.ELEMENT_NODE || node.matches(NOT_DRAWN)) return;
  const look = getComputedStyle(node);
  if (look.display === "none" || look.visibility === "hidden") return;
  if (look.clipPath.startsWith("inset(50%")) return;
  const {left: x, top: y, width, height} = node.getBoundingClientRect();
  if (node.tagName === "svg") {
    const drawn = node.cloneNode(true);
    drawn.querySelectorAll(NOT_DRAWN).forEach((one) => one.remove());
    for (const [key, value] of Object.entries({x, y, width, height})) drawn.setAttribute(key, value);
    into.append(drawn);
    return;
  }
  if (node.tagName === "IMG") {
    into.append(made("image", {
      x, y, width, height, href: node.src, preserveAspectRatio: "none",
    }));
    return;
  }
  const line = look.boxShadow.includes("inset") && /rgba?\([^)]*\)/.exec(look.boxShadow);
  if (line || look.backgroundColor !== "rgba(0, 0, 0, 0)") {
    into.append(made("rect", {
      x, y, width, height, rx: Number.parseFloat(look.borderRadius) || 0,
      fill: look.backgroundColor, stroke: line ? line[0] : "none",
    }));
  }
  if (Number.parseFloat(look.borderBottomWidth)) {
    into.append(made("rect", {
      x, y: y + height - 1, width, height: 1, fill: look.borderBottomColor,
    }));
  }
  node.childNodes.forEach((child) => copy(child, into));
}

// Each line of a text by itself, as wide as it stands on the page.
function copyText(node, into) {
  const look = getComputedStyle(node.parentElement);
  const rows = [];
  for (const word of node.data.matchAll(/\S+/g)) {
    const range = document.createRange();
    range.setStart(node, word.index);
    range.setEnd(node, word.index + word[0].length);
    const box = range.getBoundingClientRect();
    const last = rows.at(-1);
    if (last && Math.abs(last.top - box.top) < 2) {
      last.text += ` ${word[0]}`;
      last.right = box.right;
    } else if (box.width) {
      rows.push({text: word[0], left: box.left, right: box.right, top: box.top, box});
    }
  }
  for (const row of rows) {
    into.append(words(row.text, {
      x: row.left, y: row.top + row.box.height * 0.76, textLength: row.right - row.left,
      lengthAdjust: "spacingAndGlyphs", fill: look.color, "font-family": look.fontFamily,
      "font-size": look.fontSize, "font-weight": look.fontWeight,
    }));
  }
}

// The page's typeface inside the picture, since a picture may fetch nothing.
let fetched = null;

function typeface() {
  fetched ??= fetchTypeface();
  return fetched;
}

async function fetchTypeface() {
  const faces = [...document.styleSheets].flatMap((sheet) => [...sheet.cssRules])
    .filter((rule) => rule instanceof CSSFontFaceRule);
  const face = faces.find((rule) => /Source Sans/.test(rule.style.fontFamily)
    && rule.style.fontStyle !== "italic");
  const address = face && /url\("?([^")]+)"?\)/.exec(face.style.getPropertyValue("src"));
  if (!address) return "";
  const sheet = face.parentStyleSheet.href || document.baseURI;
  const blob = await (await fetch(new URL(address[1], sheet))).blob();
  const inside = await new Promise((resolve) => {
    const reader = new FileReader();
    reader.onload = () => resolve(reader.result);
    reader.readAsDataURL(blob);
  });
  const {fontFamily, fontWeight} = face.style;
  return `@font-face{font-family:${fontFamily};font-weight:${fontWeight};src:url(${inside})}`;
}
