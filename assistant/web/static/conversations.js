// Conversations kept by the server: listed, searched, opened again, renamed, deleted; and what questions are limited to.

function newKey() {
  return [...crypto.getRandomValues(new Uint8Array(8))].map((part) => part.toString(16).padStart(2, "0")).join("");
}

async function listConversations() {
  const words = find("#fn-search").value;
  const message = await call("conversations", { words, conversation: state.conversation });
  if (words !== find("#fn-search").value || document.activeElement?.matches(".rename")) return;
  morph(kept, message.html);
  askSure();
}

function backToChat() {
  hideSource();
  show("chat");
  visit(addressOf());
  if (canHover) box.focus();
}

// Empty the chat; the address is for others to write.
function startChat() {
  loads++; // a conversation that is on its way comes too late
  state.loading = null;
  turns.replaceChildren();
  state.asking = state.conversation = null;
  hideSource();
  stopEditing();
  page.classList.remove("talking");
  document.title = NAME;
  show("chat");
  limitsOfChat();
  listConversations();
  count();
}

function newChat(instead = false) {
  startChat();
  visit("", instead === true);
  box.focus();
}

function resume(key) {
  hideSource();
  show("chat");
  visit(`#c-${key}`);
  if (key !== state.conversation) load(key);
}

// Show a conversation. `again`: another tab has added to it, so the reader stays where they are. Of several
// that are on their way the last one counts; what is told meanwhile makes it old, so that it is read again.
let loads = 0;
async function load(key, again = false) {
  const number = ++loads;
  state.loading = key;
  state.stale = state.changed = false;
  const message = await call("resume", { conversation: key }), asked = unfinished().find((one) => one.conversation === key);
  if (number !== loads) return;
  state.loading = null;
  if (message.failed && !asked) {
    newChat(true);
    return showToast(message.failed);
  }
  if (!again) startChat();
  else if (key !== state.conversation) return;
  else if (state.asking) return void (state.stale = true);
  const place = scroll.scrollTop, kept = new Set((message.turns ?? []).map(({ turn }) => turn));
  if (again) for (const one of turns.querySelectorAll(".turn[data-turn]")) kept.has(one.dataset.turn) || one.remove();
  state.conversation = key;
  document.title = `${message.title ?? asked.question} · ${NAME}`;
  for (const { turn, question, html } of message.turns ?? []) {
    // What is shown is changed in its place: reports of additions, which are only on this page, stand between.
    const shown = again && find(`.turn[data-turn="${turn}"] .reply`, turns);
    if (shown) morph(shown, html);
    else addTurn(question, "asked", html).dataset.turn = turn;
  }
  paintStars();
  limitsOfChat();
  rejoin(key);
  if (again) scroll.scrollTop = place;
  else turns.lastElementChild?.scrollIntoView({ block: "start" });
  listConversations();
  if (state.stale && !state.asking) return load(key, true);
  if (!again) announce(`${message.title ?? asked.question}, ${message.turns?.length ?? 0} questions`);
}

const rowOf = (button) => button.closest("[data-conversation]");

function rename(button) {
  const row = rowOf(button), field = make("input", "rename");
  field.value = row.dataset.title;
  field.setAttribute("aria-label", "Name of the conversation");
  find(".kept-title", row).replaceWith(field);
  find("details", row).open = false;
  field.focus();
  field.select();
  let ended = false;
  const end = async (save) => {
    if (ended) return;
    ended = true;
    field.blur(); // a list that is renewed leaves a name alone that is being typed
    if (save) await call("rename", { conversation: row.dataset.conversation, title: field.value });
    await listConversations();
    tellTabs("list");
  };
  field.addEventListener("keydown", (event) => {
    if (event.key === "Enter" || event.key === "Escape") end(event.key === "Enter");
    event.stopPropagation();
  });
  field.addEventListener("blur", () => end(true));
}

// Deleting is for good, so it takes a second press; a list that is renewed in between asks on.
async function forget(button) {
  const row = rowOf(button), key = row.dataset.conversation;
  if (state.deleting !== key) {
    state.deleting = key;
    return askSure();
  }
  state.deleting = null;
  const { failed } = await call("forget", { conversation: key });
  if (failed) return showToast(failed);
  localStorage.removeItem(LIMITS + key);
  tellTabs("forgot", key);
  if (key === state.conversation) newChat(true);
  else listConversations();
  announce("Deleted");
}

function askSure() {
  for (const button of all("[data-do=forget]", kept))
    button.textContent = rowOf(button).dataset.conversation === state.deleting ? "Really delete?" : "Delete";
}

function stopDeleting(event) {
  if (event.target.open || rowOf(event.target)?.dataset.conversation !== state.deleting) return;
  state.deleting = null;
  askSure();
}

// ---- The library's line and what questions are limited to ---------------------------------------

async function loadHome() {
  const home = await call("home", tongue());
  if (home.failed) {
    welcome.innerHTML = home.html;
    announce(home.failed);
  } else {
    showLine(home.line.split(" · "));
    welcome.innerHTML = home.welcome;
    limitsBox.inert = !home.ready; // there is nothing to choose from
    find(".mode > span").textContent = home.mode;
    find(".settings-go").hidden = !home.admin;
    speakAs(home.words);
  }
  page.dataset.state = home.ready ? "ready" : "empty";
  if (!home.ready) return;
  const begin = await call("suggestions");
  if (!begin.failed) morph(welcome, begin.welcome);
}

// Each part on a line of its own where there is little room.
function showLine([many, ...more]) {
  const parts = more.flatMap((part) => [make("span", "between", " · "), make("span", "", part)]);
  find(".library").replaceChildren(make("span", "", many), ...parts);
}

const chips = find(".chips");
const LIMITS = "footnote-limits-"; // in the browser's own store, with the name of the chat behind it

function readLimits() {
  const given = new FormData(limitsForm), chosen = { undated: given.has("undated") };
  for (const name of ["sources", "authors", "languages"]) if (given.has(name)) chosen[name] = given.getAll(name);
  for (const name of ["from", "to", "on"]) if (given.get(name)) chosen[name] = given.get(name);
  return chosen;
}

const isLimited = ({ undated, ...limits }) => Object.values(limits).some((value) => value.length);

// Limits belong to the chat: kept under its name, they are there again when it is.
function keepLimits() {
  if (!state.conversation) return;
  if (isLimited(state.limits)) localStorage.setItem(LIMITS + state.conversation, JSON.stringify(state.limits));
  else localStorage.removeItem(LIMITS + state.conversation);
}

function limitsOfChat() {
  const kept = state.conversation && localStorage.getItem(LIMITS + state.conversation);
  const limits = kept ? JSON.parse(kept) : {};
  if (isLimited(limits) || isLimited(state.limits)) showLimits(limits);
}

async function showLimits(chosen = state.limits) {
  state.limits = chosen;
  keepLimits();
  const message = await call("limits", { limits: chosen });
  if (state.limits !== chosen || message.failed) return;
  morph(limitsForm, message.html);
  morph(chips, message.chips);
  chips.hidden = !message.chips;
}

function unlimit() {
  limitsForm.replaceChildren();
  showLimits({});
}

function editLimits() {
  limitsBox.open = true;
  find("summary", limitsBox).focus();
}

function dropLimit(button) {
  const { name, value } = button.dataset, { from, to, ...rest } = state.limits;
  limitsForm.replaceChildren();
  if (name === "period") showLimits(rest);
  else if (name === "on") showLimits({ ...state.limits, on: "" });
  else showLimits({ ...state.limits, [name]: state.limits[name].filter((one) => one !== value) });
  box.focus();
}

// What a question's own words limited it to becomes what the chat is limited to.
function keepLimit(button) {
  const limits = Object.entries(JSON.parse(button.dataset.limits)).filter(([, value]) => value.length);
  limitsForm.replaceChildren();
  showLimits({ ...state.limits, ...Object.fromEntries(limits) });
  button.remove();
}
