// The page in another language: what it says in English is put into that as it comes, before it is painted. What
// articles and people wrote stands in elements with `dir` and in fields, and is left alone, but for signs within it.

const WORDS = "footnote-words", TONGUE = "footnote-language"; // in the browser's own store
const SAID = ["aria-label", "title", "placeholder"], THEIRS = "[dir], textarea, script, style", OURS = ".badge, .byline, .beside, .notice, .why, .story > h3, .story-cells p";
const SHAPES = { "{#}": "([\\d.,]+)", "{*}": "(.+?)", "{~}": "(.+?)", "{day}": "((?:\\d{1,2} )?[A-Z][a-z]+ \\d{4}|\\d{4})" };
const QUOTED = "((?:(?!”; ).)+?)", FIRST = "((?:(?![;:] ).)+?)", JOINED = "(.+)"; // between quotation marks; a name to begin with; before the last "; "
const OUTSIDE = "(?![^“]*”)"; // quotation marks
const PARTS = { " · ": new RegExp(` · ${OUTSIDE}`), "; ": new RegExp(`; ${OUTSIDE}`) };
const MONTHS = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];
let words = null;

// A number is written as the language does, what somebody named stays, all else may be a phrase itself.
const PUT = { "{#}": (text) => number(text), "{~}": (text) => text };

function readWords(given) {
  const patterns = Object.entries(given.texts).filter(([english]) => /\{.+?\}/.test(english)).map(([english, other]) => {
    const kinds = english.match(/\{.+?\}/g), plain = english.split(/\{.+?\}/);
    const shape = (place) => {
      if (plain[place].endsWith("“")) return QUOTED;
      if (plain[place + 1].startsWith("; ")) return JOINED;
      return place === 0 && !plain[0] && kinds[0] === "{~}" ? FIRST : SHAPES[kinds[place]];
    };
    const parts = plain.map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&").replace(/^; /, `; ${OUTSIDE}`));
    return [new RegExp(`^${parts.reduce((all, part, place) => all + shape(place - 1) + part)}$`), kinds, other];
  });
  words = { ...given, patterns, plurals: new Intl.PluralRules(given.language) };
}

const plain = (text) => Number(text.replace(/,/g, ""));

// Write a number as the language does, with as many decimals as it has.
function number(text) {
  const digits = /\.(\d+)$/.exec(text)?.[1].length ?? 0;
  if (Number.isNaN(plain(text))) return text;
  return plain(text).toLocaleString(words.language, { minimumFractionDigits: digits, maximumFractionDigits: digits });
}

// Write a day or a month as the language does; nothing where the text is neither.
function inDays(text) {
  const [, day, month, year] = /^(?:(\d{1,2}) )?([A-Z][a-z]+) (\d{4})$/.exec(text) ?? [];
  const place = MONTHS.findIndex((name) => name === month || name.slice(0, 3) === month);
  if (place < 0) return "";
  const long = month.length > 3 || month === "May" || !day;
  const shape = { year: "numeric", month: long ? "long" : "short", timeZone: "UTC", ...(day && { day: "numeric" }) };
  const said = new Date(Date.UTC(year, place, day ?? 1)).toLocaleDateString(words.language, shape);
  return words.first && day === "1" ? said.replace("1", words.first) : said;
}

// Where a phrase counts something, it has a form for each kind of number: the first number in it decides.
function inForm(other, kinds, found) {
  if (typeof other === "string") return other;
  const counted = plain(found[kinds.indexOf("{#}") + 1]);
  return other[words.plurals.select(counted)] ?? other.other;
}

// Return a phrase in the language, or as it is where the language has it not.
function inWords(text) {
  const whole = words.texts[text] || inDays(text);
  if (whole) return whole;
  const told = text.split(PARTS[" · "]), joined = text.split(PARTS["; "]);
  if (told.length > 1) return told.map(inWords).join(" · ");
  const parts = joined.length > 1 ? joined.map(inWords) : joined, joint = words.joint ?? "; ";
  if (parts.every((part, place) => part !== joined[place])) return parts.join(joint);
  for (const [shape, kinds, other] of words.patterns) {
    const found = shape.exec(text);
    if (!found) continue;
    const values = found.slice(1).map((value, place) => (PUT[kinds[place]] ?? inWords)(value));
    return inForm(other, kinds, found).replace(/\{(.+?)\}/g, (sign, place) => values[place] ?? values[0]);
  }
  return parts.join(joint);
}

const said = new WeakMap(); // what was put where, so that it isn't taken for English: 0,1 is no number of thousands

// Return what to put in place of a text, nothing where it stays; `place` is its name among those of `one`.
function toSay(one, place, text) {
  const bare = text.trim(), before = said.get(one) ?? {};
  if (!bare || before[place] === text) return "";
  const now = text.replace(bare, () => inWords(bare));
  said.set(one, { ...before, [place]: now });
  return now === text ? "" : now;
}

function sayText(node) {
  const host = node.parentElement, theirs = host?.closest(THEIRS);
  if (!host || (theirs && page.contains(theirs) && !host.matches(OURS))) return;
  const now = toSay(node, "data", node.data);
  if (!now) return;
  node.data = now;
  host.lang = words.language;
}

function sayElement(one) {
  for (const name of SAID) {
    const now = toSay(one, name, one.getAttribute(name) ?? "");
    if (now) one.setAttribute(name, now);
  }
}

function sayAll(root) {
  if (root.nodeType === Node.TEXT_NODE) return sayText(root);
  if (root.nodeType !== Node.ELEMENT_NODE) return;
  sayElement(root);
  const walk = document.createTreeWalker(root, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT);
  for (let node = walk.nextNode(); node; node = walk.nextNode()) node.nodeType === Node.TEXT_NODE ? sayText(node) : sayElement(node);
}

const listener = new MutationObserver((changes) => {
  for (const { type, target, addedNodes } of changes) {
    if (type === "childList") addedNodes.forEach(sayAll);
    else if (type === "attributes") sayElement(target);
    else sayText(target);
  }
});

function speak(given) {
  readWords(given);
  sayAll(page);
  listener.observe(page, { subtree: true, childList: true, characterData: true, attributeFilter: SAID });
}

// ---- Which language ----------------------------------------------------------------------------

// What decides it, for the server: what the reader chose, what the browser asks for.
const tongue = () => ({ language: localStorage.getItem(TONGUE) ?? "", languages: [...navigator.languages] });
const tongues = find("#fn-language");
tongues.value = tongue().language;
tongues.addEventListener("change", () => {
  if (tongues.value) localStorage.setItem(TONGUE, tongues.value);
  else localStorage.removeItem(TONGUE);
  loadHome();
});

// The browser keeps the words, so that a page begins in them. Going to another language takes the page anew.
async function speakAs(key) {
  const kept = JSON.parse(localStorage.getItem(WORDS) ?? "null");
  if ((kept?.key ?? "") === key) return;
  if (!key) localStorage.removeItem(WORDS);
  else {
    const message = await call("words", tongue());
    if (message.failed) return;
    localStorage.setItem(WORDS, JSON.stringify({ key, words: message.words }));
    if (!words) return speak(message.words);
  }
  location.reload();
}

if (localStorage.getItem(WORDS)) speak(JSON.parse(localStorage.getItem(WORDS)).words);
