// The page of the library: its list, and removing with time to undo.

let listed = 0;

async function showLibrary() {
  hideSource();
  const message = await call("library"), before = find(".added", libraryView), focused = page.dataset.view === "library";
  libraryView.innerHTML = message.html;
  if (before) find(".added", libraryView)?.replaceWith(before);
  show("library");
  visit("#library");
  const controls = find(".controls", libraryView);
  for (const [name, value] of Object.entries(state.list)) if (controls?.elements[name] && name !== "copies") controls.elements[name].value = value;
  await listArticles();
  if (!focused) find("h2", libraryView)?.focus();
}

async function listArticles() {
  const place = find(".list", libraryView), number = ++listed;
  if (!place) return;
  const message = await call("articles", state.list);
  if (number === listed && place.isConnected) morph(place, message.html);
}

function readControls() {
  const controls = find(".controls", libraryView).elements;
  state.list = { words: controls.words.value, source: controls.source.value, sort: controls.sort.value, copies: controls.copies.checked, page: 0 };
  listArticles();
}

async function turnPage(button) {
  state.list.page = Number(button.dataset.page);
  await listArticles();
  find(".list", libraryView).scrollIntoView({ block: "start" });
}

async function remove(button) {
  const row = button.closest("[data-article]"), { article, title } = row.dataset;
  const next = (row.nextElementSibling ?? row.previousElementSibling)?.querySelector("[data-do=remove]");
  const { failed } = await call("remove", { article });
  if (failed) return showToast(failed);
  row.remove();
  state.changed = true;
  loadNews();
  announce(`${title} will be removed. Undo is offered for a few seconds.`);
  showToast(`Removing “${title}”`, "Undo", async () => {
    const late = await call("undo", { article });
    toast.hidden = true;
    if (late.failed) showToast(late.failed);
    else announce("It stays");
    await listArticles();
    find(`[data-article="${article}"] [data-do=remove]`, libraryView)?.focus();
  }, next ?? find("h2", libraryView));
  // By keyboard there is no way to the message in time but this one.
  if (pointer === "keyboard") find("button", toast).focus();
  else next?.focus();
}
