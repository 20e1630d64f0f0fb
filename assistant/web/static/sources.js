// Where a footnote leads: its card, the source panel, and what a selected text is nearest to.

const TICK = 16; // pixels from one number in the margin to the next
const BELOW_HEADER = 76; // pixels from the panel's top to a sentence, besides the article's header
const TO_OPEN = { touch: "Tap again", keyboard: "Press Enter" };
let opened = null, opener = null, requests = 0, cardOwner = null, cardTimer = 0, touched = null, pointer = "mouse";

// ---- Source panel ------------------------------------------------------------------------------

function open(button) {
  const host = button.closest("[data-marks]");
  if (!host) return;
  if (!panel.contains(button)) opener = button;
  request(JSON.parse(host.dataset.marks), Number(button.dataset.mark), host);
}

function request(marks, current, host) {
  hideCard();
  opened = { marks, current, host };
  for (const other of all(".showing")) other.classList.remove("showing");
  for (const number of all(`:is(.fn-number, .number)[data-mark="${current}"]`, host)) number.classList.add("showing");
  visitSource(host, current);
  fill("open", { marks, current });
}

async function fill(what, data) {
  const number = ++requests;
  const message = await call(what, data);
  if (number === requests) showPanel(message.html);
}

function step(by) {
  if (!opened) return;
  const total = opened.marks.length;
  request(opened.marks, (opened.current + by + total) % total, opened.host);
}

function showPanel(html) {
  const focused = panel.contains(document.activeElement) && document.activeElement.dataset.do;
  panelBody.innerHTML = html;
  panel.hidden = backdrop.hidden = false;
  page.classList.add("with-source");
  if (!find(".bar", panelBody)) {
    const bar = make("div", "bar"), close = makeButton("✕", "close", "icon");
    close.setAttribute("aria-label", "Close the source");
    bar.append(make("span"), close);
    panelBody.prepend(bar);
  }
  spreadTicks();
  const mark = find("mark.current", panelBody);
  const top = mark ? mark.getBoundingClientRect().top - panelBody.getBoundingClientRect().top : -panelBody.scrollTop;
  const covered = find("article > header", panelBody)?.offsetHeight ?? 0; // it stays above the text
  panelBody.scrollTop += mark ? top - Math.max(panelBody.clientHeight / 4, covered + BELOW_HEADER) : top;
  const target = (focused && find(`[data-do="${focused}"]`, panelBody)) || find("h2", panelBody) || find("button", panelBody);
  target.focus({ preventScroll: true });
}

// Numbers in the margin of sentences that end on one line stand below each other.
function spreadTicks() {
  let free = -Infinity;
  for (const tick of all(".tick", panelBody)) {
    const top = tick.getBoundingClientRect().top;
    if (top < free) tick.style.marginTop = `${free - top}px`;
    free = Math.max(top, free) + TICK;
  }
}

function closeSource() {
  const back = !panel.hidden;
  hideSource();
  if (back) leaveSource();
}

function hideSource() {
  if (panel.hidden) return;
  requests++;
  panel.hidden = backdrop.hidden = true;
  page.classList.remove("with-source");
  for (const other of all(".showing")) other.classList.remove("showing");
  opened = null;
  if (opener?.isConnected) opener.focus();
}

function read(button) {
  if (!panel.contains(button)) opener = button;
  readArticle(button.closest("[data-article]").dataset.article);
}

async function readArticle(article) {
  opened = null;
  visit(`#a-${article}`, /^#a-/.test(location.hash));
  await fill("read", { article });
}

// ---- Footnote card -----------------------------------------------------------------------------

function showCard(button) {
  clearTimeout(cardTimer);
  if (cardOwner === button) return;
  const host = button.closest("[data-marks]"), item = find(`[data-item="${button.dataset.mark}"]`, host);
  if (!item) return;
  hideCard();
  const head = make("p", "card-head"), shown = [...item.children].map((child) => child.cloneNode(true));
  const source = item.closest(".source-card") ?? find(".source-card", host); // the decisive quotation is of the first one
  head.append(...find(".open-source", source).cloneNode(true).childNodes);
  for (const child of shown) for (const extra of all("button, .why", child)) extra.remove();
  const hint = make("p", "hint", `${TO_OPEN[pointer] ?? "Click"} to read the article`);
  card.replaceChildren(head, ...shown, ...all(":scope > .beside", source).map((child) => child.cloneNode(true)), hint);
  // Several statements may cite one sentence: what is said of it is what was found for the one that is read.
  const verdict = button.closest(".statement")?.dataset.verdict;
  if (verdict) (find(".verdict", card) ?? card.insertBefore(make("p", "verdict"), hint)).textContent = verdict;
  card.hidden = false;
  place(card, button.getBoundingClientRect());
  button.setAttribute("aria-describedby", "fn-card");
  cardOwner = button;
}

function place(one, at) {
  const gap = 8;
  const left = Math.min(Math.max(gap, at.left - 24), innerWidth - one.offsetWidth - gap);
  const below = at.bottom + gap + one.offsetHeight < innerHeight && at.bottom > 0;
  one.style.left = `${left}px`;
  one.style.top = `${below ? at.bottom + gap : Math.max(gap, at.top - gap - one.offsetHeight)}px`;
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

// ---- Stepping by keyboard, reasons, selections -------------------------------------------------

// The arrow keys lead from footnote to footnote of an answer, and through the quotations in the panel.
function stepByKey(event) {
  const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
  if (!by || event.target.matches("input, textarea, select")) return;
  const current = event.target.closest(".fn-number");
  if (current) {
    const numbers = all(".fn-number", current.closest("[data-marks]"));
    numbers[(numbers.indexOf(current) + by + numbers.length) % numbers.length].focus();
  } else if (panel.contains(event.target)) step(by);
  else return;
  event.preventDefault();
}

function why(button) {
  const reason = button.nextElementSibling;
  reason.hidden = !reason.hidden;
  button.setAttribute("aria-expanded", String(!reason.hidden));
}

function selectedWords() {
  const selection = getSelection(), node = selection.anchorNode;
  const host = node && (node.nodeType === Node.ELEMENT_NODE ? node : node.parentElement);
  return host?.closest(".turns, .source-body") && !selection.isCollapsed ? selection.toString().trim() : "";
}

function offerSimilar() {
  const at = selectedWords() && getSelection().getRangeAt(0).getBoundingClientRect();
  chooser.hidden = !at || at.bottom < 0 || at.top > innerHeight;
  if (!chooser.hidden) place(chooser, at);
}

function similar() {
  const words = selectedWords();
  chooser.hidden = true;
  if (!words) return;
  opener = document.activeElement;
  opened = null;
  fill("similar", { words });
}
