// The second half of footnotes.js, which it is joined to: showing where a footnote leads.

// ---- Source panel ------------------------------------------------------------------------------

function open(button) {
  const host = button.closest("[data-marks]");
  if (!host) return;
  const stays = !panel.hidden && panel.contains(document.activeElement);
  if (!stays) opener = button;
  request(JSON.parse(host.dataset.marks), Number(button.dataset.mark), host);
}

function request(marks, current, host) {
  hideCard();
  opened = { token: `s${++turnNumber}`, marks, current, host };
  for (const other of element.querySelectorAll(".showing")) other.classList.remove("showing");
  find(`.fn-number[data-mark="${current}"]`, host)?.classList.add("showing");
  trigger("show_source", { token: opened.token, marks, current });
}

function step(by) {
  const total = opened.marks.length;
  request(opened.marks, (opened.current + by + total) % total, opened.host);
}

function receiveSource(message) {
  if (!opened || message.token !== opened.token) return;
  const focused = panel.contains(document.activeElement) && document.activeElement.dataset.do;
  panelBody.innerHTML = message.html;
  panel.hidden = backdrop.hidden = false;
  page.classList.add("with-source");
  const close = `<button type="button" class="icon" data-do="close" aria-label="Close the source">✕</button>`;
  if (!find(".bar", panelBody)) panelBody.insertAdjacentHTML("afterbegin", `<div class="bar"><span></span>${close}</div>`);
  const mark = find("mark.current", panelBody);
  const top = mark ? mark.getBoundingClientRect().top - panelBody.getBoundingClientRect().top : 0;
  panelBody.scrollTop += top - panelBody.clientHeight / 4;
  const target = (focused && find(`[data-do="${focused}"]`, panelBody)) || find("h2", panelBody) || find("button", panelBody);
  target.focus({ preventScroll: true });
}

function closeSource() {
  if (panel.hidden) return;
  panel.hidden = backdrop.hidden = true;
  page.classList.remove("with-source");
  for (const other of element.querySelectorAll(".showing")) other.classList.remove("showing");
  opened = null;
  if (opener?.isConnected) opener.focus();
}

// ---- Footnote card -----------------------------------------------------------------------------

function showCard(button) {
  clearTimeout(cardTimer);
  if (cardOwner === button) return;
  const item = find(`.sources [data-item="${button.dataset.mark}"]`, button.closest("[data-marks]"));
  if (!item) return;
  hideCard();
  const head = document.createElement("p");
  head.className = "card-head";
  head.append(...find(".open-source", item).cloneNode(true).childNodes);
  const hint = document.createElement("p");
  hint.className = "hint";
  hint.textContent = pointer === "touch" ? "Tap again to read the article" : "Open it to read the article";
  card.replaceChildren(head, ...[...item.children].slice(1).map((child) => child.cloneNode(true)), hint);
  card.hidden = false;
  place(button);
  button.setAttribute("aria-describedby", "fn-card");
  cardOwner = button;
}

function place(button) {
  const at = button.getBoundingClientRect(), gap = 8;
  const left = Math.min(Math.max(gap, at.left - 24), innerWidth - card.offsetWidth - gap);
  const below = at.bottom + gap + card.offsetHeight < innerHeight;
  card.style.left = `${left}px`;
  card.style.top = `${below ? at.bottom + gap : Math.max(gap, at.top - gap - card.offsetHeight)}px`;
}

function hideCard() {
  clearTimeout(cardTimer);
  card.hidden = true;
  cardOwner?.removeAttribute("aria-describedby");
  cardOwner = null;
}

function hideCardSoon() {
  clearTimeout(cardTimer);
  cardTimer = setTimeout(hideCard, CARD_DELAY);
}
