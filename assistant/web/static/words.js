// The page in another language: what it says in English is put into that as it comes, before it is painted. What
// articles and people wrote stands in elements with `dir` and in fields, and is left alone, but for signs within it.

const WORDS = "footnote-words", SAID = ["aria-label", "title", "placeholder"], THEIRS = "[dir], textarea, script, style", OURS = ".badge, .byline, .story > h3, .story-cells p";
const SHAPES = { "{#}": "([\\d.,]+)", "{*}": "(.+?)", "{day}": "(\\d{1,2} [A-Z][a-z]+ \\d{4})" };
let words = null;

function readWords(given) {
  const patterns = Object.entries(given.texts).filter(([english]) => /\{.+?\}/.test(english)).map(([english, other]) => {
    const kinds = english.match(/\{.+?\}/g);
    const shape = english.split(/\{.+?\}/).map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
    return [new RegExp(`^${shape.reduce((all, part, place) => all + SHAPES[kinds[place - 1]] + part)}$`), kinds, other];
  });
  words = { ...given, patterns };
}

const number = (text) => text.replace(/[.,](?=\d)/g, (sign) => (sign === "," ? "." : ","));

// Return a phrase in the language, or as it is where the language has it not.
function inWords(text) {
  const whole = words.texts[text];
  if (whole !== undefined) return whole;
  const [, day, month, year] = /^(?:(\d{1,2}) )?([A-Z][a-z]+) (\d{4})$/.exec(text) ?? [];
  if (month in words.months) return words[day ? "day" : "month"].replace("D", day).replace("M", words.months[month]).replace("Y", year);
  if (text.includes(" · ")) return text.split(" · ").map(inWords).join(" · ");
  for (const [shape, kinds, other] of words.patterns) {
    const found = shape.exec(text);
    if (!found) continue;
    const values = found.slice(1).map((value, place) => (kinds[place] === "{#}" ? number(value) : inWords(value)));
    return other.replace(/\{(.+?)\}/g, (sign, place) => values[place] ?? values[0]);
  }
  return text;
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

// The browser keeps the words, so that a page begins in them. Going back to English takes the page anew.
async function speakAs(key) {
  const kept = JSON.parse(localStorage.getItem(WORDS) ?? "null");
  if ((kept?.key ?? "") === key) return;
  if (!key) localStorage.removeItem(WORDS);
  else {
    const message = await call("words", { key });
    if (message.failed) return;
    localStorage.setItem(WORDS, JSON.stringify({ key, words: message.words }));
    if (!words) return speak(message.words);
  }
  location.reload();
}

if (localStorage.getItem(WORDS)) speak(JSON.parse(localStorage.getItem(WORDS)).words);
