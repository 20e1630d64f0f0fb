// The first part of the page's script. All parts together are the body of one function that Gradio runs
// once, with `element` (the page), `server` (calls a function in Python), `trigger` (starts what takes time)
// and `upload` (sends a file). All HTML that comes was escaped in Python; texts of the browser go in by
// textContent. Event names, so that Gradio knows them: "ask" "add_sources" "add_examples" "check_draft".
"use strict";

const find = (selector, root = element) => root.querySelector(selector);
const all = (selector, root = element) => [...root.querySelectorAll(selector)];
const page = find(".fn-page"), scroll = find(".scroll"), turns = find(".turns"), welcome = find(".welcome-place");
const form = find("form.ask"), box = find("#fn-question"), send = find(".send"), stopper = find(".stop"), counter = find("#fn-count");
const panel = find(".source"), panelBody = find(".source-body"), backdrop = find(".backdrop"), card = find("#fn-card");
const side = find(".side"), kept = find(".kept-place"), live = find("[data-live]"), toast = find(".toast"), chooser = find(".chooser");
const limitsBox = find("details.limits"), limitsForm = find("form.limits-form"), libraryView = find(".library-view");
const picker = find("[data-files]"), folderPicker = find("[data-folder]"), veil = find(".drop-veil"), edited = find(".editing");
const limit = Number(page.dataset.limit), maxBytes = Number(page.dataset.maxBytes);
const NEAR_LIMIT = 0.9, SLOW = 8000, CARD_DELAY = 120, COPIED = 2000, CHECK = 3000, PATIENCE = 90000, UNDO = 7500, PAUSE = 200;
const LOST = "Footnote is busy or not reachable. Nothing was lost. Try again in a moment.";
const ENDED = "Footnote is not running any more. Start it again, then reload this page.";

const VIEWS = ["chat", "library", "draft", "story", "kept", "settings"];
const canHover = matchMedia("(hover: hover)").matches;

// What the page knows: the conversation shown, what is under way, what questions are limited to.
const state = { conversation: null, asking: null, adding: null, checking: null, editing: null, deleting: null, limits: {}, list: { sort: "published", page: 0 } };

function make(name, className, text) {
  const one = document.createElement(name);
  if (className) one.className = className;
  if (text !== undefined) one.textContent = text;
  return one;
}

function makeButton(label, action, className = "quiet") {
  const one = make("button", className, label);
  one.type = "button";
  one.dataset.do = action;
  return one;
}

// Ask the server for something; a failure comes back as { failed, html }.
async function call(what, data = {}) {
  try {
    const reply = await server.reply({ ...data, what });
    if (reply && typeof reply === "object") return reply;
  } catch { /* told below */ }
  return { failed: LOST, html: make("p", "failure", LOST).outerHTML };
}

function announce(words) {
  if (!words) return;
  live.append(make("p", "", words));
  while (live.childElementCount > 12) live.firstElementChild.remove();
}

// Change a place to what some HTML says, leaving alone what is already so: focus and selections stay.
function morph(place, html) {
  const next = document.createElement("template");
  next.innerHTML = html;
  morphChildren(place, next.content);
}

function morphChildren(now, next) {
  const wanted = [...next.childNodes];
  wanted.forEach((node, index) => {
    const old = rowFor(node, now) ?? now.childNodes[index];
    if (old !== now.childNodes[index]) now.insertBefore(old, now.childNodes[index]);
    if (!old) now.append(node);
    else if (old.nodeName !== node.nodeName) old.replaceWith(node);
    else if (node.nodeType !== Node.ELEMENT_NODE) old.data = node.data;
    else if (!old.isEqualNode(node)) {
      for (const { name } of [...old.attributes]) if (!node.hasAttribute(name) && name !== "open") old.removeAttribute(name);
      for (const { name, value } of node.attributes) if (old.getAttribute(name) !== value) old.setAttribute(name, value);
      morphChildren(old, node);
    }
  });
  while (now.childNodes.length > wanted.length) now.lastChild.remove();
}

// The row of a conversation is changed in itself, wherever it goes: what is open in it stays with it.
function rowFor(node, now) {
  const key = node.dataset?.conversation;
  return key && ([...now.children].find((one) => one.dataset.conversation === key) ?? node);
}

function later(work) {
  let timer = 0;
  return (...given) => {
    clearTimeout(timer);
    timer = setTimeout(() => work(...given), PAUSE);
  };
}

let toastTimer = 0;
function showToast(words, label, action, back) {
  clearTimeout(toastTimer);
  toast.replaceChildren(make("span", "", words));
  if (label) {
    const button = makeButton(label, "toast");
    button.addEventListener("click", action);
    toast.append(button);
  }
  toast.hidden = false;
  toastTimer = setTimeout(() => {
    const held = toast.contains(document.activeElement);
    toast.hidden = true;
    if (held) back?.focus();
  }, UNDO);
}

function sideOpen(open) {
  if (open) hideCard();
  page.classList.toggle("with-side", open);
  find("[data-do=side]").setAttribute("aria-expanded", String(open));
}

function show(view) {
  hideCard();
  page.dataset.view = view;
  for (const one of VIEWS) {
    find(`.${one}-view`).hidden = view !== one;
    find(`.go:is([data-do=${one}], [data-do=${one}Page])`)?.setAttribute("aria-current", view === one ? "page" : "false");
  }
  sideOpen(false);
}
