// Adding articles: files, folders, addresses; progress, report, another try.

const sent = new Map(); // what each addition was made of, so that what failed can be tried again

const cancelled = new Set(), NOTHING_SENT = "Cancelled. Nothing was added.";

function addPlace(heading) {
  if (page.dataset.view !== "library") return addTurn(heading, "adding");
  const row = make("li", "turn adding");
  row.dataset.token = newToken();
  row.append(make("h3", "question", heading), make("div", "reply"));
  find(".added", libraryView).prepend(row);
  return row;
}

async function addSources(files, sources = []) {
  const everything = [...[...files].map((file) => file.name), ...sources];
  if (state.adding || !everything.length) return;
  const place = addPlace(everything.length === 1 ? `Add ${everything[0]}` : `Add ${everything.length.toLocaleString("en")} files`);
  const token = (state.adding = place.dataset.token), list = [...files], arrived = [], refused = [];
  if (place.closest(".turns")) place.scrollIntoView({ block: "start" });
  sent.set(token, { files: list, sources });
  status(token, "Sending …");
  for (const [index, file] of list.entries()) {
    if (cancelled.has(token)) return receiveAdded({ token, html: make("p", "failure", NOTHING_SENT).outerHTML, said: [NOTHING_SENT], done: true });
    status(token, `Sending ${index + 1} of ${list.length} …`);
    replyOf(token).append(makeButton("Cancel", "cancelAdd"));
    if (file.size > maxBytes) refused.push({ name: file.name, why: "size" });
    else await upload(file).then(({ path }) => arrived.push({ place: path, name: file.name }), () => refused.push({ name: file.name, why: "lost" }));
  }
  watchOver(token);
  trigger("add_sources", { token, files: arrived, refused, sources });
}

// Before all is sent nothing was read; after that the server ends with the articles that are in hand.
function cancelAdd(button) {
  const { token } = button.closest("[data-token]").dataset;
  cancelled.add(token);
  button.disabled = true;
  call("stop", { token });
}

function addExamples() {
  if (state.adding) return;
  state.adding = addPlace("Add the example articles").dataset.token;
  status(state.adding, "Reading …");
  watchOver(state.adding);
  trigger("add_examples", { token: state.adding });
}

function receiveAdded(message) {
  const reply = replyOf(message.token);
  if (!reply) return;
  morph(reply, message.html);
  announce(message.said.join(" "));
  if (!message.done) return;
  finish(message.token);
  if (message.failed?.length && sent.has(message.token)) {
    const again = makeButton("Try again what failed", "retryAdd");
    again.dataset.failed = JSON.stringify(message.failed);
    reply.append(again);
  }
  state.changed = true;
  tellTabs("library");
  loadNews();
  loadHome().then(() => offerQuestions(reply));
  if (page.dataset.view === "library") showLibrary();
}

// What was added can be asked about at once: nobody should wonder how to go on.
function offerQuestions(reply) {
  const offered = find(".suggestions", welcome);
  if (!offered || !reply.closest(".turns > :last-child")) return;
  const next = make("div", "next");
  next.append(make("h3", "", "You could ask"), offered.cloneNode(true));
  reply.append(next);
}

function retryAdd(button) {
  const failed = new Set(JSON.parse(button.dataset.failed)), before = sent.get(button.closest("[data-token]").dataset.token);
  addSources(before.files.filter((file) => failed.has(file.name)), before.sources.filter((source) => failed.has(source)));
}

function addTyped(given) {
  const field = find("input", given), source = field.value.trim();
  if (!source || state.adding) return;
  field.value = "";
  addSources([], [source]);
}

// Files of dropped folders too, hidden ones left out.
async function droppedFiles(transfer) {
  const entries = [...(transfer.items ?? [])].map((item) => item.webkitGetAsEntry?.()).filter(Boolean);
  if (!entries.some((entry) => entry.isDirectory)) return [...transfer.files];
  const files = [];
  for (const entry of entries) await walk(entry, files);
  return files;
}

async function walk(entry, files) {
  if (entry.name.startsWith(".")) return;
  if (entry.isFile) return void files.push(await new Promise((resolve, reject) => entry.file(resolve, reject)));
  const reader = entry.createReader();
  for (;;) {
    const some = await new Promise((resolve, reject) => reader.readEntries(resolve, reject));
    if (!some.length) return;
    for (const inner of some) await walk(inner, files);
  }
}
