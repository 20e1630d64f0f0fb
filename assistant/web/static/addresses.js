// The browser's own habits: an address for each chat, answer and source; Back, Forward, reload; tabs that agree.

const CHAT = /^#c-([0-9a-f]{16})(?:\/t-([0-9a-f]{16})(?:\/s-(\d{1,3})-(\d{1,3}))?)?$/, ARTICLE = /^#a-([0-9a-f]{16})$/;
const PAGES = { "#library": () => showLibrary(), "#draft": () => showDraft(), "#kept": () => showKept(), "#settings": () => showSettings() };
const NAME = document.title, UNFINISHED = "footnote-asked";
const otherTabs = new BroadcastChannel("footnote");

// Where the page is now, its source panel left out.
function addressOf() {
  if (page.dataset.view === "story") return state.story;
  const named = `#${page.dataset.view}`;
  if (named in PAGES) return named;
  return state.conversation ? `#c-${state.conversation}` : "";
}

// Write the address down; what stands there already is not written twice, so that Back always leads elsewhere.
function visit(address, instead = false) {
  if (location.hash === address) return;
  const from = instead ? history.state?.from : location.hash;
  history[instead ? "replaceState" : "pushState"]({ from }, "", location.pathname + location.search + address);
}

function visitSource(host, mark) {
  const turn = host.closest(".turn"), place = turn ? all("[data-marks]", turn).indexOf(host) : -1;
  if (place < 0 || !turn.dataset.turn || !state.conversation) return;
  const address = `#c-${state.conversation}/t-${turn.dataset.turn}/s-${place}-${mark}`;
  visit(address, /\/s-/.test(location.hash)); // from quotation to quotation is one step back
}

// Closing a source is a step back where opening it was a step forward.
function leaveSource() {
  const address = addressOf();
  if (location.hash === address) return;
  if (history.state?.from === address) history.back();
  else visit(address, true);
}

async function followAddress() {
  const address = location.hash, [, key, turn, place, mark] = CHAT.exec(address) ?? [], article = ARTICLE.exec(address)?.[1];
  state.editing && stopEditing();
  if (!article && place === undefined) hideSource();
  if (article) return readArticle(article);
  if (STORY.test(address)) return showStoryAt(address);
  if (address in PAGES) return page.dataset.view === address.slice(1) || PAGES[address]();
  if (!key) return !address && (state.conversation || page.dataset.view !== "chat") ? startChat() : listConversations();
  if (key !== state.conversation) await load(key);
  else if (state.changed) await load(key, true); // articles came or went: its answers may be out of date
  if (location.hash !== address) return; // another step was taken meanwhile
  if (page.dataset.view !== "chat") show("chat");
  const shown = turn && find(`.turn[data-turn="${turn}"]`);
  if (!shown) return;
  if (place === undefined) shown.scrollIntoView({ block: "start" });
  const host = all("[data-marks]", shown)[place], button = host && find(`[data-mark="${mark}"]`, host);
  if (button) open(button);
}

const copyLink = (button) => {
  const turn = button.closest("[data-turn]").dataset.turn;
  flash(button, "Copied", { text: `${location.href.split("#")[0]}#c-${state.conversation}/t-${turn}` });
};

// ---- Questions that are being answered: a page that is loaded again comes back to them ------------

const unfinished = () => JSON.parse(sessionStorage.getItem(UNFINISHED) ?? "[]");
const keepUnfinished = (asked) => sessionStorage.setItem(UNFINISHED, JSON.stringify(asked));

function noteAsked(asked) {
  keepUnfinished([...unfinished(), asked]);
}

function noteAnswered(token) {
  keepUnfinished(unfinished().filter((asked) => asked.token !== token));
}

// Show the questions of a conversation that are still being answered, and follow what comes.
function rejoin(key) {
  for (const { token, question, conversation, replaced } of unfinished()) {
    if (conversation !== key) continue;
    if (replaced) dropFrom(find(`.turn[data-turn="${replaced}"]`));
    const turn = addTurn(question, "asked");
    turn.dataset.token = token;
    status(token, "Going on …");
    state.asking = { token, heard: 0, last: Date.now() };
    if (latest.has(token)) receiveTurn(latest.get(token));
    else {
      trigger("ask", { token, question, conversation, follow: true });
      watchOver(token);
    }
  }
  count();
}

// ---- Two tabs ----------------------------------------------------------------------------------

const tellTabs = (what, conversation = "") => otherTabs.postMessage({ what, conversation });

const HEARD = {
  library: () => ((state.changed = true), loadHome(), loadNews(), page.dataset.view === "library" && showLibrary()),
  kept: () => (page.dataset.view === "kept" ? showKept() : loadNews()),
  list: () => listConversations(),
  turn: (key) => {
    listConversations();
    if (key !== state.conversation && key !== state.loading) return;
    if (state.asking || state.loading) state.stale = true; // read when the own answer, or what comes, is there
    else load(key, true);
  },
  forgot: (key) => (key === state.conversation ? newChat(true) : listConversations()),
};
otherTabs.addEventListener("message", ({ data }) => HEARD[data.what]?.(data.conversation));
