// Turns of the conversation: asking, what arrives, stopping, asking again.

let turnNumber = 0;

function newToken() {
  const random = crypto.getRandomValues(new Uint32Array(3));
  return `t${++turnNumber}-${[...random].map((part) => part.toString(36)).join("")}`;
}

function addTurn(heading, kind, html = "") {
  const turn = make("li", `turn ${kind}`), title = make("h2", "question", heading), reply = make("div", "reply");
  turn.dataset.token = newToken();
  title.dir = "auto";
  reply.innerHTML = html;
  turn.append(title);
  if (kind === "asked") {
    const tools = make("p", "tools");
    tools.append(makeButton("Edit", "edit"), makeButton("Ask again", "again"));
    turn.append(tools);
  }
  turn.append(reply);
  turns.append(turn);
  page.classList.add("talking");
  return turn;
}

const replyOf = (token) => token && find(`[data-token="${CSS.escape(token)}"] .reply`);

function status(token, words, kind = "working") {
  replyOf(token)?.replaceChildren(make("p", kind, words));
}

function ask(question, replaced = null, all = false) {
  question = question.trim();
  if (state.asking || !question || question.length > limit) return;
  show("chat");
  if (!state.conversation) document.title = `${question} · ${NAME}`;
  state.conversation ??= newKey(); // named here, so that there is an address before the answer is
  visit(addressOf(), !location.hash);
  keepLimits();
  const data = { question, conversation: state.conversation, limits: all ? { on: state.limits.on ?? "" } : state.limits };
  if (all) data.exact = true;
  if (replaced) data.replaced = dropFrom(replaced);
  const turn = addTurn(question, "asked"), token = turn.dataset.token;
  turn.scrollIntoView({ block: "start" });
  const about = (page.dataset.state === "ready" && find(".library").textContent.split(" · ")[0]) || "your articles";
  status(token, `Looking through ${about} …`);
  state.asking = { token, heard: 0, last: Date.now() };
  setTimeout(() => state.asking?.token === token && find(".working", turn) && status(token, `Still looking through ${about} …`), SLOW);
  watchOver(token);
  count();
  noteAsked({ token, question, conversation: data.conversation, replaced: data.replaced });
  trigger("ask", { ...data, token });
}

// Take a turn and those after it off the page; the server does the same when the new answer is there.
function dropFrom(turn) {
  const place = [...turns.children].indexOf(turn), key = turn?.dataset.turn;
  for (const other of place < 0 ? [] : [...turns.children].slice(place)) other.remove();
  hideSource();
  return key;
}

const latest = new Map(); // what has arrived of each answer, for a reader who comes back to it

function receiveTurn(message) {
  latest.set(message.token, message);
  if (message.done) {
    latest.delete(message.token);
    noteAnswered(message.token);
    if (message.turn) tellTabs("turn", message.conversation);
    if (!replyOf(message.token)) listConversations();
  }
  const reply = replyOf(message.token);
  if (!reply) return;
  const waiting = state.asking?.token === message.token ? state.asking : null;
  morph(reply, message.html);
  if (waiting) {
    waiting.last = Date.now();
    announce(message.said.slice(waiting.heard).join(" "));
    waiting.heard = message.said.length;
  }
  if (!message.done) return;
  finish(message.token);
  const known = message.turn && find(`.turn[data-turn="${message.turn}"]`);
  if (message.gone || known) return dropTurn(reply.closest(".turn"), known ? "" : message.said[0]);
  if (message.turn) answered(reply, message);
}

// Take a turn off the page that was kept before the page came back, or that nobody answers any more.
function dropTurn(turn, why) {
  if (why) box.value ||= find(".question", turn).textContent;
  turn.remove();
  if (why) showToast(why);
  if (!turns.childElementCount) newChat(true);
  count();
}

async function answered(reply, { conversation, turn }) {
  reply.closest(".turn").dataset.turn = turn;
  paintStars();
  listConversations();
  if (state.stale) return load(conversation, true);
  const next = await call("next", { conversation, turn });
  if (next.html && !next.failed && reply.isConnected) reply.insertAdjacentHTML("beforeend", next.html);
}

function stop() {
  if (state.asking) call("stop", { token: state.asking.token });
}

function finish(token) {
  if (state.asking?.token === token) state.asking = null;
  if (state.adding === token) state.adding = null;
  if (state.checking === token) state.checking = null;
  count();
  countDraft();
}

const isWaiting = (token) => state.asking?.token === token || state.adding === token || state.checking === token;

// A message can get lost when the connection breaks, so a waiting turn asks now and then whether the server lives.
function watchOver(token) {
  const timer = setInterval(async () => {
    if (!isWaiting(token)) return clearInterval(timer);
    const lives = await fetch("favicon.ico", { cache: "no-store" }).then(() => true, () => false);
    if (!lives) failTurn(token, ENDED);
    else if (state.asking?.token === token && Date.now() - state.asking.last > PATIENCE) failTurn(token, LOST);
  }, CHECK);
}

function failTurn(token, words) {
  if (!token || !isWaiting(token)) return;
  noteAnswered(token);
  status(token, words, "failure");
  announce(words);
  finish(token);
}

// ---- Asking again ------------------------------------------------------------------------------

function edit(button) {
  if (state.asking) return;
  state.editing = button.closest(".turn");
  box.value = find(".question", state.editing).textContent;
  edited.hidden = false;
  box.focus();
  count();
}

function stopEditing() {
  if (!state.editing) return false;
  state.editing = null;
  box.value = "";
  edited.hidden = true;
  count();
  return true;
}

function again(button) {
  const turn = button.closest(".turn");
  ask(find(".question", turn).textContent, turn);
}

// The same question without any filter, whether the chat or its own words set it.
function askAll(button) {
  const turn = button.closest(".turn");
  ask(find(".question", turn).textContent, turn, true);
}

// ---- Question box ------------------------------------------------------------------------------

function count() {
  const over = box.value.length > limit, near = box.value.length > limit * NEAR_LIMIT;
  counter.textContent = near ? `${box.value.length.toLocaleString("en")} of ${limit.toLocaleString("en")} characters` : "";
  counter.classList.toggle("over", over);
  box.setAttribute("aria-invalid", String(over));
  send.disabled = over || Boolean(state.asking) || !box.value.trim();
  send.hidden = Boolean(state.asking);
  stopper.hidden = !state.asking;
  box.style.height = "auto";
  box.style.height = `${box.scrollHeight}px`;
}

function submit(event) {
  event.preventDefault();
  if (send.disabled || state.asking) return;
  const question = box.value, replaced = state.editing;
  state.editing = null;
  edited.hidden = true;
  box.value = "";
  ask(question, replaced);
  count();
  if (!canHover) box.blur(); // else the keyboard on the screen would cover the answer
}

function boxKey(event) {
  if (event.key === "Enter" && !event.shiftKey && !event.isComposing) submit(event);
  const last = all(".turn.asked").at(-1);
  if (event.key === "ArrowUp" && !box.value && last) {
    event.preventDefault();
    edit(find("[data-do=edit]", last));
  }
}

// ---- Copying, thumbs ---------------------------------------------------------------------------

async function flash(button, words, { html, text }) {
  const label = button.textContent;
  try {
    const parts = { "text/plain": new Blob([text], { type: "text/plain" }) };
    if (html) parts["text/html"] = new Blob([html], { type: "text/html" });
    await navigator.clipboard.write([new ClipboardItem(parts)]);
    button.textContent = words;
  } catch {
    button.textContent = "The browser does not allow it";
  }
  announce(button.textContent);
  setTimeout(() => (button.textContent = label), COPIED);
}

const copy = (button) => flash(button, "Copied", { text: button.closest(".turn").querySelector("[data-copy]").dataset.copy });

async function exportIt(button) {
  const turn = button.closest("[data-turn]:not(.turn)")?.dataset.turn;
  const conversation = button.closest("[data-conversation]")?.dataset.conversation ?? state.conversation;
  const { failed, name, type, text, base64 } = await call("export", { conversation, turn, format: button.dataset.format });
  if (failed) return showToast(failed);
  if (button.dataset.how === "copy") return flash(button, "Copied", { text, html: type === "text/html" ? text : "" });
  save(name, new Blob([base64 ? unpacked(base64) : text], { type }));
}

const unpacked = (base64) => Uint8Array.from(atob(base64), (sign) => sign.charCodeAt(0));

function save(name, blob) {
  const link = document.createElement("a"), file = URL.createObjectURL(blob);
  link.href = file;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(file), PATIENCE);
}

function rate(button) {
  const row = button.closest(".actions"), pressed = button.getAttribute("aria-pressed") === "true";
  for (const thumb of all(".thumb", row)) thumb.setAttribute("aria-pressed", String(thumb === button && !pressed));
  const reason = find(".reason", row);
  reason.hidden = pressed;
  call("rate", { turn: row.dataset.turn, good: pressed ? "" : button.dataset.good }).then(({ failed }) => failed && showToast(failed));
  if (!pressed) find("input", reason).focus();
}

async function giveReason(given) {
  const row = given.closest(".actions"), good = find('[aria-pressed="true"]', row)?.dataset.good ?? "";
  const { failed } = await call("rate", { turn: row.dataset.turn, good, reason: find("input", given).value });
  given.hidden = true;
  showToast(failed ?? "Thank you. `footnote feedback` shows it.");
}
