// Kept questions: the star under an answer, their page, and what is new.

const keptView = find(".kept-view"), newsSign = find(".go[data-do=kept] .news"), NEWS_PAUSE = 1000;
let keptNames = new Map(), unseen = 0, following = 0;

// Take what the server says of kept questions; while it asks them again, look again a little later.
function receiveNews({ kept, unseen: many, busy }) {
  keptNames = new Map(Object.entries(kept));
  if (many > unseen && page.dataset.view !== "kept") tellNews(many);
  unseen = many;
  newsSign.textContent = `${many} new`;
  newsSign.hidden = !many;
  paintStars();
  clearTimeout(following);
  if (busy) following = setTimeout(loadNews, NEWS_PAUSE);
  else if (following) {
    following = 0;
    listConversations();
    if (page.dataset.view === "kept") showKept();
  }
}

function tellNews(many) {
  const words = many === 1 ? "The answer to a kept question changed" : `The answers to ${many} kept questions changed`;
  announce(words);
  showToast(words, "Show", () => showKept());
}

async function loadNews() {
  const message = await call("keptNews");
  if (!message.failed) receiveNews(message);
}

function paintStars() {
  for (const star of all("[data-do=keep]", turns)) {
    const isKept = keptNames.has(star.parentElement.dataset.asks);
    star.setAttribute("aria-pressed", String(isKept));
    star.textContent = isKept ? "★ Kept" : "☆ Keep";
  }
}

async function keepQuestion(star) {
  const { asks, turn } = star.parentElement.dataset, key = keptNames.get(asks);
  star.textContent = key ? "☆ Keep" : "★ Kept"; // at once: the question is asked anew first
  const message = key ? await call("unkeep", { key }) : await call("keep", { conversation: state.conversation, turn });
  if (message.failed) {
    paintStars();
    return showToast(message.failed);
  }
  receiveNews(message);
  tellTabs("kept");
  if (page.dataset.view === "kept") return showKept(); // the reader has gone ahead to look at it
  if (key) announce("Not kept any more");
  else showToast("Kept. It is asked again whenever articles come or go.", "Show", () => showKept(), star);
}

async function showKept() {
  hideSource();
  const message = await call("kept"), there = page.dataset.view === "kept";
  keptView.innerHTML = message.html;
  toast.hidden = true;
  show("kept");
  visit("#kept");
  if (!message.failed) receiveNews(message);
  if (!there) find("h2", keptView)?.focus();
}

async function askKept(button) {
  button.disabled = true;
  find(".asking-again", keptView).textContent = "Asking …";
  const message = await call("askKept");
  button.disabled = false;
  if (message.failed) {
    find(".asking-again", keptView).textContent = "";
    return showToast(message.failed);
  }
  keptView.innerHTML = message.html;
  receiveNews(message);
  find(".asking-again", keptView).textContent = message.changed ? `${message.changed} changed` : "No answer has changed";
  find("[data-do=askKept]", keptView).focus();
}

async function unkeep(button) {
  const row = button.closest("[data-key]"), { key, question } = row.dataset;
  const next = (row.nextElementSibling ?? row.previousElementSibling)?.querySelector("[data-do=unkeep]");
  const message = await call("unkeep", { key });
  if (message.failed) return showToast(message.failed);
  row.remove();
  receiveNews(message);
  tellTabs("kept");
  announce(`${question} is not kept any more`);
  if (next) next.focus();
  else await showKept();
  find("h2", keptView) === document.activeElement || next || find("h2", keptView).focus();
}

function askAgain(button) {
  const { question } = button.closest("[data-question]").dataset;
  newChat();
  ask(question);
}
