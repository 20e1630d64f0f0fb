// Stories: timeline, who said what, had this. What is shown stands in the address, so that it can be linked to.

const storyView = find(".story-view"), storyBox = find("#fn-story"), storyResult = find(".story-result");
const STORY = /^#story(?:\/(timeline|who-said-what|had-this)\/(.*))?$/, LONG_ADDRESS = 600;
let storyNumber = 0;
state.story = "#story";

function showStory(instead = false) {
  hideSource();
  show("story");
  visit(state.story, instead);
  if (canHover) storyBox.focus();
  else find("h2", storyView).focus();
}

// Show what an address names; what it already shows is left as it is.
function showStoryAt(address) {
  const [, kind, words] = STORY.exec(address), there = address === state.story;
  state.story = address;
  show("story");
  if (there && storyResult.childElementCount) return;
  storyBox.value = words ? readable(words) : "";
  if (kind && storyBox.value) makeStory(kind);
  else {
    paintKinds();
    storyResult.replaceChildren();
  }
}

function readable(words) {
  try {
    return decodeURIComponent(words);
  } catch {
    return words; // an address that was cut
  }
}

const kindNow = () => find('.story-kinds [aria-pressed="true"]', storyView)?.dataset.kind;

function paintKinds(kind) {
  for (const button of all(".story-kinds button", storyView)) button.setAttribute("aria-pressed", String(button.dataset.kind === kind));
}

function tellStory(kind = kindNow() ?? "timeline") {
  const words = storyBox.value.trim();
  if (!words) return storyBox.focus();
  const named = `#story/${kind}/${encodeURIComponent(words)}`;
  state.story = named.length > LONG_ADDRESS ? "#story" : named;
  visit(state.story);
  makeStory(kind);
}

async function makeStory(kind) {
  const number = ++storyNumber;
  closeSource();
  paintKinds(kind);
  storyResult.replaceChildren(make("p", "working", "Reading your articles …"));
  const message = await call("story", { kind, words: storyBox.value, limits: state.limits });
  if (number === storyNumber) storyResult.innerHTML = message.html;
}

// From an answer to its story; for "had this" its first sentence is looked for.
async function storyOf(button) {
  const { turn } = button.closest("[data-turn]").dataset, { kind } = button.dataset;
  button.closest("details").open = false;
  const about = await call("storyOf", { conversation: state.conversation, turn });
  if (about.failed) return showToast(about.failed);
  storyBox.value = kind === "had-this" ? about.sentence : about.topic;
  show("story");
  tellStory(kind);
  find("h2", storyView).focus();
}

async function exportStory(button) {
  const { failed, name, type, base64 } = await call("exportStory", { key: button.dataset.key, format: button.dataset.format });
  if (failed) return showToast(failed);
  save(name, new Blob([unpacked(base64)], { type }));
}

storyBox.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
  event.preventDefault();
  tellStory();
});
storyView.addEventListener("scroll", hideCard, { passive: true });
