// The page's script. It is the body of a function that Gradio runs once, with `element` (the page),
// `trigger` (sends an event to Python) and `upload` (sends a file). Messages come back as
// "footnote:…" events. All HTML in them was escaped in Python; texts of the browser go in by textContent.
// Event names, so that Gradio knows them: "ask" "show_source" "add_files" "add_examples" "restart".
"use strict";

const find = (selector, root = element) => root.querySelector(selector);
const page = find(".fn-page"), scroll = find(".scroll"), turns = find(".turns"), welcome = find(".welcome-place");
const form = find("form.ask"), box = find("#fn-question"), send = find(".send"), counter = find("#fn-count");
const panel = find(".source"), panelBody = find(".source-body"), backdrop = find(".backdrop");
const card = find("#fn-card"), live = find("[data-live]"), picker = find("[data-files]"), veil = find(".drop-veil");
const limit = Number(page.dataset.limit), maxBytes = Number(page.dataset.maxBytes);
const NEAR_LIMIT = 0.9, SLOW = 8000, CARD_DELAY = 120, COPIED = 2000, CHECK = 3000, PATIENCE = 90000;
const LOST = "Footnote is busy or not reachable. Nothing was lost. Try again in a moment.";

let turnNumber = 0, asking = null, adding = null, opened = null, opener = null, cardOwner = null, cardTimer = 0;

// ---- Turns -------------------------------------------------------------------------------------

function addTurn(heading, kind, status) {
  const token = `t${++turnNumber}`;
  const turn = document.createElement("li");
  turn.className = `turn ${kind}`;
  turn.dataset.token = token;
  const title = document.createElement("h2");
  title.className = "question";
  title.dir = "auto";
  title.textContent = heading;
  const reply = document.createElement("div");
  reply.className = "reply";
  turn.append(title, reply);
  turns.append(turn);
  say(token, status);
  page.classList.add("talking");
  turn.scrollIntoView({ block: "start" });
  return token;
}

function replyOf(token) {
  return find(`[data-token="${CSS.escape(token)}"] .reply`, turns);
}

function say(token, status) {
  const line = document.createElement("p");
  line.className = "working";
  line.textContent = status;
  replyOf(token)?.replaceChildren(line);
}

function ask(question) {
  if (asking || !question.trim() || question.length > limit) return;
  const about = find(".library").textContent.split(" · ")[0] || "your articles";
  const token = addTurn(question.trim(), "asked", `Looking through ${about} …`);
  asking = token;
  send.disabled = true;
  setTimeout(() => asking === token && say(token, `Still looking through ${about} …`), SLOW);
  watchOver(token);
  trigger("ask", { token, question });
}

function finish(token) {
  if (asking === token) asking = null;
  if (adding === token) adding = null;
  count();
}

function receiveTurn(message) {
  const reply = replyOf(message.token);
  if (!reply) return;
  reply.innerHTML = message.html;
  if (message.say) live.textContent = message.say;
  if (message.done) finish(message.token);
}

// A message can get lost when the connection breaks, so a waiting turn asks now and then whether the server lives.
function watchOver(token) {
  const began = Date.now();
  const timer = setInterval(async () => {
    if (asking !== token && adding !== token) return clearInterval(timer);
    const lives = await fetch("favicon.ico", { cache: "no-store" }).then(() => true, () => false);
    if (!lives) failTurn(token, "Footnote is not running any more. Start it again, then reload this page.");
    else if (asking === token && Date.now() - began > PATIENCE) failTurn(token, LOST);
  }, CHECK);
}

function failTurn(token, message) {
  if (!token || (asking !== token && adding !== token)) return;
  say(token, message);
  replyOf(token).firstChild.className = "failure";
  live.textContent = message;
  finish(token);
}

function fail(kind) {
  if (kind !== "open") return failTurn(kind === "ask" ? asking : adding, LOST);
  const line = document.createElement("p");
  line.className = "failure";
  line.textContent = LOST;
  if (opened) receiveSource({ token: opened.token, html: line.outerHTML });
}

function restart() {
  turns.replaceChildren();
  asking = null;
  closeSource();
  page.classList.remove("talking");
  trigger("restart", {});
  count();
  box.focus();
}

function receiveLibrary(message) {
  find(".library").textContent = message.line;
  welcome.innerHTML = message.welcome;
  page.dataset.state = message.ready ? "ready" : "empty";
  if (message.say) live.textContent = message.say;
}

// ---- Question box ------------------------------------------------------------------------------

function count() {
  const over = box.value.length > limit;
  const near = box.value.length > limit * NEAR_LIMIT;
  counter.textContent = near ? `${box.value.length.toLocaleString("en")} of ${limit.toLocaleString("en")} characters` : "";
  counter.classList.toggle("over", over);
  box.setAttribute("aria-invalid", String(over));
  send.disabled = over || Boolean(asking) || !box.value.trim();
  box.style.height = "auto";
  box.style.height = `${box.scrollHeight}px`;
}

function submit(event) {
  event.preventDefault();
  const question = box.value;
  if (send.disabled || asking) return;
  box.value = "";
  ask(question);
  count();
}

// ---- Adding articles ---------------------------------------------------------------------------

async function addFiles(chosen) {
  if (adding || !chosen.length) return;
  const list = [...chosen], files = [], refused = [];
  const token = addTurn(list.length === 1 ? `Add ${list[0].name}` : `Add ${list.length} files`, "adding", "Sending …");
  adding = token;
  for (const [place, file] of list.entries()) {
    say(token, `Sending ${place + 1} of ${list.length} …`);
    if (file.size > maxBytes) refused.push({ name: file.name, why: "size" });
    else await upload(file).then(({ path }) => files.push({ place: path, name: file.name }), () => refused.push({ name: file.name, why: "lost" }));
  }
  watchOver(token);
  trigger("add_files", { token, files, refused });
}

function addExamples() {
  if (adding) return;
  adding = addTurn("Add the example articles", "adding", "Reading …");
  watchOver(adding);
  trigger("add_examples", { token: adding });
}

// ---- Copying -----------------------------------------------------------------------------------

async function copy(button) {
  const words = button.closest("[data-copy]").dataset.copy, label = button.textContent;
  try {
    await navigator.clipboard.writeText(words);
    button.textContent = "Copied";
  } catch {
    button.textContent = "The browser does not allow it";
  }
  live.textContent = button.textContent;
  setTimeout(() => (button.textContent = label), COPIED);
}

// ---- Events ------------------------------------------------------------------------------------

const ACTIONS = {
  new: restart,
  choose: () => picker.click(),
  examples: addExamples,
  suggestion: (button) => ask(button.textContent),
  copy,
  close: closeSource,
  next: () => step(1),
  previous: () => step(-1),
};

let pointer = "mouse";
page.addEventListener("pointerdown", (event) => (pointer = event.pointerType), true);
page.addEventListener("keydown", () => (pointer = "keyboard"), true);

page.addEventListener("click", (event) => {
  if (card.contains(event.target)) return void (cardOwner && open(cardOwner));
  const button = event.target.closest("[data-do], [data-mark]");
  if (!button) return hideCard();
  if (button.dataset.do) return void ACTIONS[button.dataset.do](button);
  // A first tap shows the quote, as hovering does for a mouse; a second one opens the article.
  if (pointer === "touch" && button.matches(".fn-number") && touched !== button) return void ((touched = button), showCard(button));
  open(button);
});

let touched = null;
const number = (event) => event.target.closest?.(".fn-number");
page.addEventListener("pointerover", (event) => {
  if (event.pointerType === "touch") return;
  if (number(event)) showCard(number(event));
  else if (card.contains(event.target)) clearTimeout(cardTimer);
  else if (cardOwner && document.activeElement !== cardOwner) hideCardSoon();
});
page.addEventListener("focusin", (event) => pointer === "keyboard" && number(event) && showCard(number(event)));
page.addEventListener("focusout", (event) => number(event) && hideCardSoon());
scroll.addEventListener("scroll", () => { hideCard(); touched = null; }, { passive: true });

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  if (!card.hidden) hideCard();
  else closeSource();
});

form.addEventListener("submit", submit);
box.addEventListener("input", count);
box.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && !event.shiftKey && !event.isComposing) submit(event);
});

picker.addEventListener("change", () => {
  addFiles(picker.files);
  picker.value = "";
});
const carriesFiles = (event) => [...(event.dataTransfer?.types ?? [])].includes("Files");
document.addEventListener("dragover", (event) => {
  if (!carriesFiles(event)) return;
  event.preventDefault();
  veil.hidden = false;
});
document.addEventListener("dragleave", (event) => { if (!event.relatedTarget) veil.hidden = true; });
document.addEventListener("drop", (event) => {
  if (!carriesFiles(event)) return;
  event.preventDefault();
  veil.hidden = true;
  addFiles(event.dataTransfer.files);
});

const RECEIVERS = { turn: receiveTurn, source: receiveSource, library: receiveLibrary };
for (const [name, receive] of Object.entries(RECEIVERS)) {
  document.addEventListener(`footnote:${name}`, (event) => receive(JSON.parse(event.detail)));
}
document.addEventListener("footnote:failed", (event) => fail(event.detail));
count();
page.dataset.ready = "true";
if (matchMedia("(hover: hover)").matches) box.focus();
