// Conversations kept by the server: listed, searched, opened again, renamed, deleted; and what questions are limited to.

function setConversation(key) {
  state.conversation = key;
  history.replaceState(null, "", key ? `#c-${key}` : location.pathname + location.search);
}

async function listConversations() {
  const words = find("#fn-search").value;
  const message = await call("conversations", { words, conversation: state.conversation });
  if (words !== find("#fn-search").value) return;
  morph(kept, message.html);
  askSure();
}

function backToChat() {
  show("chat");
  setConversation(state.conversation);
  if (canHover) box.focus();
}

function newChat() {
  turns.replaceChildren();
  state.asking = null;
  closeSource();
  stopEditing();
  page.classList.remove("talking");
  setConversation(null);
  show("chat");
  listConversations();
  count();
  box.focus();
}

async function resume(key) {
  const message = await call("resume", { conversation: key });
  newChat();
  if (message.failed) return showToast(message.failed);
  setConversation(message.conversation);
  for (const { turn, question, html } of message.turns) addTurn(question, "asked", html).dataset.turn = turn;
  turns.lastElementChild?.scrollIntoView({ block: "start" });
  listConversations();
  announce(`${message.title}, ${message.turns.length} questions`);
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
    if (save) await call("rename", { conversation: row.dataset.conversation, title: field.value });
    await listConversations();
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
  if (key === state.conversation) newChat();
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

function followAddress() {
  const key = /^#c-([0-9a-f]{16})$/.exec(location.hash)?.[1];
  if (location.hash === "#library") showLibrary();
  else if (location.hash === "#draft") showDraft();
  else if (key && key !== state.conversation) resume(key);
  else listConversations();
}

// ---- The library's line and what questions are limited to ---------------------------------------

async function loadHome() {
  const home = await call("home");
  if (home.failed) {
    welcome.innerHTML = home.html;
    announce(home.failed);
  } else {
    showLine(home.line.split(" · "));
    welcome.innerHTML = home.welcome;
    limitsBox.inert = !home.ready; // there is nothing to choose from
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

function readLimits() {
  const given = new FormData(limitsForm), chosen = { sources: given.getAll("sources"), undated: given.has("undated") };
  for (const name of ["from", "to", "on"]) if (given.get(name)) chosen[name] = given.get(name);
  return chosen;
}

async function showLimits(chosen = state.limits) {
  const message = await call("limits", { limits: chosen });
  state.limits = chosen;
  morph(limitsForm, message.html);
  find(".limited").textContent = message.line ? `Limited to: ${message.line}` : "";
}

function unlimit() {
  limitsForm.replaceChildren();
  showLimits({});
}
