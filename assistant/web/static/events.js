// What sets the other parts going: presses, keys, files, messages of the server. The last part.

const ACTIONS = {
  new: () => newChat(),
  chat: backToChat,
  library: () => showLibrary(),
  draft: showDraft,
  storyPage: () => showStory(),
  story: (button) => tellStory(button.dataset.kind),
  storyOf,
  exportStory,
  kept: () => showKept(),
  settings: () => showSettings(),
  testSettings: () => sendSettings("testSettings"),
  keep: keepQuestion,
  unkeep,
  askKept,
  askAgain,
  stopDraft,
  exportDraft,
  side: () => sideOpen(!page.classList.contains("with-side")),
  choose: () => picker.click(),
  chooseFolder: () => folderPicker.click(),
  examples: addExamples,
  suggestion: (button) => ask(button.textContent),
  copy,
  link: copyLink,
  export: exportIt,
  rate,
  why,
  similar,
  stop,
  edit,
  again,
  askAll,
  retryAdd,
  cancelAdd,
  read,
  remove,
  turnPage,
  unlimit,
  editLimits,
  dropLimit,
  keepLimit,
  rename,
  forget,
  resume: (button) => resume(rowOf(button).dataset.conversation),
  close: closeSource,
  unedit: stopEditing,
  next: () => step(1),
  previous: () => step(-1),
  toast: () => {},
};

page.addEventListener("pointerdown", (event) => (pointer = event.pointerType), true);
page.addEventListener("keydown", () => (pointer = "keyboard"), true);

page.addEventListener("click", (event) => {
  if (card.contains(event.target)) return void (cardOwner && open(cardOwner));
  for (const menu of all("details.menu[open], details.limits[open]")) if (!menu.contains(event.target)) menu.open = false;
  const button = event.target.closest("[data-do], [data-mark]");
  if (!button) return hideCard();
  if (button.dataset.do) return void ACTIONS[button.dataset.do](button);
  // A first tap shows the quote, as hovering does for a mouse; a second one opens the article.
  if (pointer === "touch" && button.matches(".fn-number") && touched !== button) return void ((touched = button), showCard(button));
  open(button);
});

const numberAt = (event) => event.target.closest?.(".fn-number");
page.addEventListener("pointerover", (event) => {
  if (event.pointerType === "touch") return;
  if (numberAt(event)) {
    pointer = event.pointerType;
    showCard(numberAt(event));
  }
  else if (card.contains(event.target)) clearTimeout(cardTimer);
  else if (cardOwner && document.activeElement !== cardOwner) hideCardSoon();
});
page.addEventListener("focusin", (event) => pointer === "keyboard" && numberAt(event) && showCard(numberAt(event)));
page.addEventListener("focusout", (event) => numberAt(event) && hideCardSoon());
// Focus may scroll its number into view: then the card goes along.
const focused = () => pointer === "keyboard" && cardOwner && cardOwner === document.activeElement;
scroll.addEventListener("scroll", () => {
  touched = null;
  if (focused()) place(card, cardOwner.getBoundingClientRect());
  else hideCard();
}, { passive: true });

// Escape undoes the latest thing that is open, one at a time.
function escape() {
  const menu = find("details.menu[open], details.limits[open]");
  if (!card.hidden) hideCard();
  else if (menu) {
    menu.open = false;
    find("summary", menu).focus();
  } else if (!panel.hidden) closeSource();
  else if (page.classList.contains("with-side")) sideOpen(false);
  else if (page.dataset.view === "draft") stopDraft();
  else if (!stopEditing()) stop();
}

document.addEventListener("keydown", (event) => event.key === "Escape" && escape());
page.addEventListener("keydown", stepByKey);
const offerSoon = later(offerSimilar);
document.addEventListener("selectionchange", offerSoon);
page.addEventListener("scroll", () => chooser.hidden || offerSoon(), { capture: true, passive: true });

form.addEventListener("submit", submit);
box.addEventListener("input", count);
box.addEventListener("keydown", boxKey);
kept.addEventListener("toggle", stopDeleting, true);
find("#fn-search").addEventListener("input", later(listConversations));
limitsBox.addEventListener("toggle", () => limitsBox.open && showLimits());
limitsForm.addEventListener("change", () => showLimits(readLimits()));
page.addEventListener("input", (event) => event.target.closest(".controls") && readControlsSoon());
const readControlsSoon = later(readControls);
page.addEventListener("submit", (event) => {
  event.preventDefault();
  if (event.target.matches(".reason")) giveReason(event.target);
  if (event.target.matches(".draft-form")) checkDraft();
  if (event.target.matches(".settings-form")) sendSettings("saveSettings");
  if (event.target.matches(".story-form")) tellStory();
  if (event.target.matches(".add-source")) addTyped(event.target);
});

for (const input of [picker, folderPicker]) {
  input.addEventListener("change", () => {
    addSources([...input.files].filter((file) => !file.name.startsWith(".")));
    input.value = "";
  });
}
const carriesFiles = (event) => [...(event.dataTransfer?.types ?? [])].includes("Files");
document.addEventListener("dragover", (event) => {
  if (!carriesFiles(event)) return;
  event.preventDefault();
  veil.hidden = false;
});
document.addEventListener("dragleave", (event) => { if (!event.relatedTarget) veil.hidden = true; });
document.addEventListener("drop", async (event) => {
  if (!carriesFiles(event)) return;
  event.preventDefault();
  veil.hidden = true;
  addSources(await droppedFiles(event.dataTransfer));
});

document.addEventListener("footnote:turn", (event) => receiveTurn(JSON.parse(event.detail)));
document.addEventListener("footnote:added", (event) => receiveAdded(JSON.parse(event.detail)));
document.addEventListener("footnote:checked", (event) => receiveChecked(JSON.parse(event.detail)));
const failing = { ask: () => state.asking?.token, add: () => state.adding, check: () => state.checking };
document.addEventListener("footnote:failed", (event) => failTurn(failing[event.detail](), LOST));
addEventListener("popstate", followAddress);
followAddress();
loadHome();
loadNews();
count();
countDraft();
page.dataset.ready = "true";
if (canHover) box.focus();
