// The page of settings: shown, tried, saved. A typed key leaves the page once it is saved.

const settingsView = find(".settings-view");

async function showSettings() {
  hideSource();
  const message = await call("settings");
  settingsView.innerHTML = message.html ?? make("p", "failure", message.failed).outerHTML;
  show("settings");
  visit("#settings");
  find("h2", settingsView)?.focus();
}

async function sendSettings(what) {
  const form = find(".settings-form", settingsView), buttons = all("button", form);
  const told = () => find(".settings-told", settingsView);
  told().textContent = what === "testSettings" ? "Asking the model …" : "Saving …";
  for (const button of buttons) button.disabled = true;
  const message = await call(what, Object.fromEntries(new FormData(form)));
  for (const button of buttons) button.disabled = false;
  if (message.html && !message.failed) settingsView.innerHTML = message.html;
  told().textContent = message.failed ?? message.told;
  told().classList.toggle("over", Boolean(message.failed));
  if (what === "testSettings" || message.failed) return;
  find("[type=submit]", settingsView).focus();
  tellTabs("library");
  loadHome();
}
