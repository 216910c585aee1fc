// The chat page. Everything that comes from a person or a model is put into the page as text, never as HTML.
"use strict";

const log = document.getElementById("log");
const form = document.getElementById("ask");
const field = document.getElementById("message");
const send = form.querySelector("button");
const status = document.getElementById("status");
const starters = document.getElementById("starters");
const STATES = {
  "found": { label: "Found", kind: "good", sign: "M3 8.5 6.5 12 13 4.5" },
  "partly found": { label: "Partly found", kind: "part", sign: "M3 8h10" },
  "not found": { label: "Not found in our sources", kind: "bad", sign: "M4 4l8 8M12 4l-8 8" },
  "conflicts": { label: "Conflicts with our source", kind: "bad", sign: "M8 3v6M8 12v1" },
};
const SHORT = { "found": "found", "partly found": "partly found", "not found": "not found", "conflicts": "in conflict" };
const NAMES = {
  customer_message: "your own message",
  history: "what was said earlier in this chat",
  instructions: "our instructions to it",
};
const MEANING = "Found means that the words and values match. It does not show that the AI used that text.";
const CONTEXT = 70;
let busy = false;

/** An element with a class, children (strings become text) and attributes. */
function el(name, className, children = [], attributes = {}) {
  const node = document.createElement(name);
  if (className) node.className = className;
  for (const [key, value] of Object.entries(attributes)) if (value != null) node.setAttribute(key, value);
  node.append(...[children].flat().filter((child) => child != null));
  return node;
}

function count(number, one, many) {
  return `${number} ${number === 1 ? one : many}`;
}

/** A link only where it leads to a page of this desk or over http(s); else plain text. */
function link(text, href) {
  const target = href && URL.canParse(href, location.href) ? new URL(href, location.href) : null;
  if (!target || !["http:", "https:"].includes(target.protocol)) return text;
  const newTab = el("span", "off-screen", " (opens in a new tab)");
  return el("a", "", [text, newTab], { href: target.href, target: "_blank", rel: "noopener noreferrer" });
}

function nearBottom() {
  const page = document.documentElement;
  return page.scrollHeight - page.scrollTop - page.clientHeight < 160;
}

function follow(wasNear) {
  if (wasNear) document.documentElement.scrollTop = document.documentElement.scrollHeight;
}

function add(kind, who) {
  const bubble = el("div", "bubble");
  const item = el("li", `said ${kind}`, [el("span", "who", who), bubble]);
  log.append(item);
  starters.hidden = true;
  return { item, bubble };
}

function sayAsCustomer(text) {
  add("customer", "You").bubble.textContent = text;
}

/** The assistant's place in the log; `aria-busy` keeps screen readers quiet until the reply is whole. */
function beginReply() {
  const place = add("assistant", "AI assistant");
  place.item.setAttribute("aria-busy", "true");
  place.bubble.append(el("span", "waiting", [el("i"), el("i"), el("i")], { "aria-hidden": "true" }));
  return { ...place, text: "" };
}

function showText(reply, piece) {
  reply.text += piece;
  reply.bubble.textContent = reply.text;
}

function showError(reply, message) {
  if (!reply.text) reply.bubble.remove();
  reply.item.append(el("p", "error", [el("strong", "", "Sorry. "), message], { role: "alert" }));
}

// The explanation -------------------------------------------------------------------------------------------------

function claims(explanation) {
  return explanation.statements.filter((statement) => statement.state in STATES);
}

/** Numbers in the reply that stand for the sentences in the explanation. Offsets count code points. */
function numberClaims(reply, event) {
  const letters = Array.from(reply.text);
  const parts = [];
  let at = 0;
  claims(event.explanation).forEach((claim, index) => {
    const end = claim.end + event.offset;
    if (end < at || letters.slice(claim.start + event.offset, end).join("") !== claim.text) return;
    parts.push(letters.slice(at, end).join(""));
    parts.push(el("sup", `claim ${STATES[claim.state].kind}`, String(index + 1), { "aria-hidden": "true" }));
    at = end;
  });
  reply.bubble.replaceChildren(...parts, letters.slice(at).join(""));
}

function sign(path) {
  const space = "http://www.w3.org/2000/svg";
  const svg = document.createElementNS(space, "svg");
  const line = document.createElementNS(space, "path");
  svg.setAttribute("viewBox", "0 0 16 16");
  svg.setAttribute("aria-hidden", "true");
  line.setAttribute("d", path);
  line.setAttribute("fill", "none");
  line.setAttribute("stroke", "currentColor");
  line.setAttribute("stroke-width", "2.2");
  line.setAttribute("stroke-linecap", "round");
  line.setAttribute("stroke-linejoin", "round");
  svg.append(line);
  return svg;
}

/** The last (or first) words of a text, at most CONTEXT characters, with an ellipsis where something is left out. */
function near(letters, fromEnd) {
  if (letters.length <= CONTEXT) return letters.join("");
  const cut = fromEnd ? letters.slice(-CONTEXT).join("") : letters.slice(0, CONTEXT).join("");
  return fromEnd ? `… ${cut.replace(/^\S*\s+/, "")}` : `${cut.replace(/\s+\S*$/, "")} …`;
}

/** The quoted part, marked, with a little of the passage round it; the quote alone where the passage is not at hand. */
function quotation(evidence, passages) {
  const letters = Array.from(passages[evidence.source_id] ?? "");
  const quoted = letters.slice(evidence.start, evidence.end).join("");
  if (quoted !== evidence.quote) return el("blockquote", "", el("mark", "", evidence.quote));
  const before = near(letters.slice(0, evidence.start), true);
  const after = near(letters.slice(evidence.end), false);
  return el("blockquote", "", [before, el("mark", "", quoted), after]);
}

const FROM = {
  tool_result: "In our order system: ",
  customer_message: "In your own message",
  history: "Earlier in this chat",
  instructions: "In our instructions to the assistant, which are not shown",
};

/** Where a quote stands. For a sentence that was not found it is only the closest passage, and is called so. */
function sourceLine(source, state) {
  const parts = [FROM[source.kind] ?? "In: "];
  if (!(source.kind in FROM) || source.kind === "tool_result") parts.push(link(source.title || source.id, source.url));
  if (source.updated) parts.push(` · last changed ${source.updated}`);
  if (state === "not found") parts.unshift("Closest passage. ");
  return el("figcaption", "", parts);
}

function claimItem(claim, number, explanation, passages) {
  const state = STATES[claim.state];
  const item = el("li", "", [
    el("span", `state ${state.kind}`, [sign(state.sign), `${number} · ${state.label}`]),
    el("p", "", `“${claim.text}”`),
  ]);
  for (const value of claim.values.filter((one) => one.state === "conflicts"))
    item.append(el("p", "note", `The answer says ${value.text}; our source says ${value.source_text || "something else"}.`));
  for (const value of claim.values.filter((one) => one.state === "not found"))
    item.append(el("p", "note", `${value.text} is in none of our sources.`));
  for (const evidence of claim.evidence.slice(0, claim.state === "found" ? 1 : 2)) {
    const source = explanation.sources.find((one) => one.id === evidence.source_id);
    if (!source) continue;
    const quote = evidence.withheld ? null : quotation(evidence, passages);
    item.append(el("figure", "", [sourceLine(source, claim.state), quote]));
  }
  return item;
}

/** What the assistant was given besides: named, so that it can be seen what was not quoted. */
function alsoGiven(explanation) {
  const rest = explanation.sources.filter((source) => source.sent && !source.quoted);
  const names = [...new Set(rest.map((source) => NAMES[source.kind] ?? source.title ?? source.id))];
  return names.length ? `The assistant also had, but did not quote: ${names.join(", ")}.` : null;
}

function foundIn(explanation, passages) {
  const list = claims(explanation);
  const quiet = [...explanation.notes, list.length ? MEANING : null, alsoGiven(explanation)].filter(Boolean);
  return el("section", "", [
    el("h3", "", "Where this answer was found"),
    el("p", "intro", explanation.text.split("\n")[0]),
    el("ol", "claims", list.map((claim, index) => claimItem(claim, index + 1, explanation, passages))),
    el("div", "quiet after", quiet.map((text) => el("p", "", text))),
  ]);
}

function hidden(explanation) {
  const rows = explanation.hidden.map((one) => el("li", "", `${one.count} ${one.label}`));
  const text = rows.length
    ? "Hidden before your question went to the language model, and put back into the answer only for you:"
    : "Your message held no personal details that had to be hidden.";
  return el("section", "", [
    el("h3", "", "Your personal details"),
    el("p", "", text),
    rows.length ? el("ul", "chips", rows) : null,
  ]);
}

function responsible(explanation) {
  const facts = [];
  const fact = (name, value) => value && facts.push(el("dt", "", name), el("dd", "", value));
  fact("Responsible", explanation.operator?.name);
  fact("Contact", explanation.operator?.contact);
  fact("Answered by", `AI: ${explanation.model} (${explanation.provider})`);
  fact("Used for", explanation.purpose);
  fact("Record", link(explanation.trace_id, `/explanations/${encodeURIComponent(explanation.trace_id)}`));
  const person = el("button", "button", "Talk to a person", { type: "button", "data-action": "person" });
  return el("section", "", [
    el("h3", "", "Who is responsible"),
    el("dl", "facts", facts),
    el("div", "actions", [person]),
  ]);
}

function summaryLine(explanation) {
  const list = claims(explanation);
  const parts = [el("b", "", "Why this answer?")];
  for (const state of ["found", "partly found", "not found", "conflicts"]) {
    const number = list.filter((claim) => claim.state === state).length;
    if (number) parts.push(el("span", STATES[state].kind === "bad" ? "bad" : "", `${number} ${SHORT[state]}`));
  }
  const total = explanation.hidden.reduce((sum, one) => sum + one.count, 0);
  parts.push(el("span", "", total ? `${count(total, "detail", "details")} hidden` : "nothing to hide"));
  return el("summary", "", parts);
}

function showExplanation(reply, event) {
  const { explanation, passages } = event;
  numberClaims(reply, event);
  const body = el("div", "because", [foundIn(explanation, passages), hidden(explanation), responsible(explanation)]);
  reply.item.append(el("details", "why", [summaryLine(explanation), body]));
}

function finish(reply) {
  if (!reply.text && !reply.item.querySelector(".error")) showError(reply, "I have no answer to this.");
  reply.item.removeAttribute("aria-busy");
}

// Talking to the server -------------------------------------------------------------------------------------------

/** The JSON events of a server-sent-event stream. */
async function* events(response) {
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = "";
  for (;;) {
    const { value, done } = await reader.read();
    if (done) return;
    const frames = (rest + value).split("\n\n");
    rest = frames.pop();
    for (const frame of frames) yield JSON.parse(frame.replace(/^data: /, ""));
  }
}

async function kindReason(response) {
  const body = await response.json().catch(() => ({}));
  return typeof body.detail === "string" ? body.detail : "Something went wrong. Please try again, or talk to a person.";
}

function setBusy(state) {
  busy = state;
  send.setAttribute("aria-disabled", String(state));
  status.textContent = state ? "The assistant is writing." : "The answer is complete.";
}

async function ask(text) {
  sayAsCustomer(text);
  const reply = beginReply();
  follow(true);
  setBusy(true);
  try {
    const response = await fetch("/chat", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ message: text }),
    });
    if (!response.ok) showError(reply, await kindReason(response));
    else for await (const event of events(response)) take(reply, event);
  } catch {
    showError(reply, "The connection was lost. Please try again, or talk to a person.");
  }
  finish(reply);
  setBusy(false);
}

function take(reply, event) {
  const wasNear = nearBottom();
  if (event.event === "text") showText(reply, event.text);
  if (event.event === "error") showError(reply, event.message);
  if (event.event === "explanation") showExplanation(reply, event);
  follow(wasNear);
}

async function talkToPerson() {
  const place = add("person", "Larkwheel");
  const response = await fetch("/person", { method: "POST" }).catch(() => null);
  const handed = response?.ok ? await response.json() : null;
  place.bubble.textContent = handed
    ? `A person takes over. Your ticket is ${handed.ticket}. We answer here during phone hours and by e-mail within one working day. You can also call ${handed.phone}.`
    : "I could not open a ticket. Please call 020 7946 0321, Monday to Friday from 8:00 to 19:00.";
  follow(true);
}

async function showHistory() {
  const response = await fetch("/history").catch(() => null);
  log.setAttribute("aria-live", "off"); // what was said before is there to be read, not announced
  for (const turn of response?.ok ? await response.json() : []) {
    sayAsCustomer(turn.question);
    const reply = beginReply();
    if (turn.reply) showText(reply, turn.reply);
    if (turn.error) showError(reply, turn.error);
    if (turn.explanation) showExplanation(reply, turn.explanation);
    finish(reply);
  }
  follow(true);
  setTimeout(() => log.setAttribute("aria-live", "polite"), 500);
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  const text = field.value.trim();
  if (busy || !text) return;
  field.value = "";
  ask(text);
});
field.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
  event.preventDefault();
  form.requestSubmit();
});
starters.addEventListener("click", (event) => {
  const button = event.target.closest("button");
  if (!button || busy) return;
  field.focus();
  ask(button.textContent);
});
document.addEventListener("click", (event) => {
  if (event.target.closest("[data-action=person]")) talkToPerson();
});
showHistory();
