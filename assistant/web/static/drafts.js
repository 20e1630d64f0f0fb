// Checking a draft: its box, how far the check is, the marked draft, saving it.

const draftView = find(".draft-view"), draftForm = find(".draft-form"), draftBox = find("#fn-draft"), draftCounter = find("#fn-draft-count");
const draftResult = find(".draft-result"), draftLimit = Number(draftCounter.dataset.limit);

function showDraft() {
  hideSource();
  show("draft");
  visit("#draft");
  if (canHover) draftBox.focus();
  else find("h2", draftView).focus();
}

function countDraft() {
  const length = draftBox.value.length, over = length > draftLimit;
  draftCounter.textContent = length > draftLimit * NEAR_LIMIT ? `${length.toLocaleString("en")} of ${draftLimit.toLocaleString("en")} characters` : "";
  draftCounter.classList.toggle("over", over);
  draftBox.setAttribute("aria-invalid", String(over));
  find(".primary", draftForm).disabled = over || Boolean(state.checking) || !draftBox.value.trim();
  find("[data-do=stopDraft]", draftForm).hidden = !state.checking;
}

function checkDraft() {
  if (state.checking || !draftBox.value.trim() || draftBox.value.length > draftLimit) return;
  closeSource();
  const token = (state.checking = draftResult.dataset.token = newToken());
  status(token, "Reading your draft …");
  watchOver(token);
  countDraft();
  trigger("check_draft", { token, text: draftBox.value, limits: state.limits });
}

function receiveChecked(message) {
  const reply = replyOf(message.token);
  if (!reply) return;
  morph(reply, message.html);
  announce(message.said.join(" "));
  if (!message.done) return;
  finish(message.token);
  find(".checked-draft", reply)?.scrollIntoView({ block: "start" });
}

function stopDraft() {
  if (state.checking) call("stop", { token: state.checking });
}

async function exportDraft(button) {
  const { failed, name, type, text, base64 } = await call("exportDraft", { key: button.dataset.key, format: button.dataset.format });
  if (failed) return showToast(failed);
  save(name, new Blob([base64 ? unpacked(base64) : text], { type }));
}

draftBox.addEventListener("input", countDraft);
draftView.addEventListener("scroll", hideCard, { passive: true });
