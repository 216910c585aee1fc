// <explain-reply src="/explanations/ID">shown until it is there, and where it never comes</explain-reply>
//
// Shows one explanation, as `explainbot_router` serves it. The element builds its content from text alone: it never
// parses HTML and sets no inline style or script, so it works under a strict Content-Security-Policy and under Trusted
// Types (`script-src 'self'; connect-src 'self'` is enough). What stands inside the element is shown in the meantime.
//
// Attributes: `src`, the explanation's address; `open`, to show the details at once; `unavailable`, what to say where
// there is no explanation. Property: `view`, the tree itself, for a page that has it already.
// Events: `explained`, with the tree as its detail; `unexplained`.

const STYLE = "";
const VIEW = "application/vnd.explainbot.view+json";

class ExplainReply extends HTMLElement {
  static observedAttributes = ["src"];
  #root = this.attachShadow({ mode: "open" });
  #slot = document.createElement("slot");
  #asked = 0;

  constructor() {
    super();
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(":host{display:block}:host([hidden]){display:none}" + STYLE);
    this.#root.adoptedStyleSheets = [sheet];
    this.#root.append(this.#slot);
  }

  attributeChangedCallback() {
    this.#load(this.getAttribute("src"));
  }

  set view(tree) {
    this.#asked += 1;
    this.#root.replaceChildren(whole(tree, this.hasAttribute("open")));
    this.dispatchEvent(new CustomEvent("explained", { detail: tree, bubbles: true, composed: true }));
  }

  async #load(address) {
    const mine = (this.#asked += 1);
    this.#root.replaceChildren(this.#slot);
    if (!address) return;
    try {
      const reply = await fetch(address, { headers: { accept: VIEW } });
      if (!reply.ok) throw new Error(String(reply.status));
      const tree = await reply.json();
      if (mine === this.#asked) this.view = tree;
    } catch {
      if (mine !== this.#asked) return;
      this.#slot.replaceChildren(this.getAttribute("unavailable") ?? "No explanation is available.");
      this.dispatchEvent(new CustomEvent("unexplained", { bubbles: true, composed: true }));
    }
  }
}

function element(name, attributes, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) if (value) made.setAttribute(key, value);
  made.append(...children);
  return made;
}

function whole(tree, open) {
  const details = element("details", { open: open && "open" }, element("summary", {}, tree.details));
  details.append(...tree.sections.map(section));
  details.append(element("details", {}, element("summary", {}, tree.simple.title), points(tree.simple)));
  if (tree.record.length) {
    const record = element("details", {}, element("summary", {}, tree.record_title));
    record.append(...tree.record.map(section));
    details.append(record);
  }
  return element(
    "section",
    {
      class: "explainbot",
      lang: tree.lang,
      dir: tree.dir,
      "aria-label": tree.details,
      "data-ai-generated": "true",
      "data-trace": tree.trace_id,
    },
    element("p", { class: "explainbot-line" }, ...line(tree.headline)),
    details,
  );
}

function section(one) {
  const made = document.createDocumentFragment();
  made.append(element("h2", {}, one.title), points(one));
  return made;
}

function points(one) {
  const items = one.items.map((item) =>
    element(
      "li",
      { "data-state": item.state },
      element("p", {}, ...line(item.line)),
      ...item.below.map((below) => element("p", {}, ...line(below))),
    ),
  );
  return element(one.numbered ? "ol" : "ul", {}, ...items);
}

function line(parts) {
  return parts.map((part) => {
    if (part.role === "own") return part.text;
    if (part.role === "link" && /^https?:\/\//i.test(part.href))
      return element("a", { href: part.href, rel: "noopener noreferrer nofollow" }, element("bdi", {}, part.text));
    if (part.role !== "said" && part.role !== "quote") return element("bdi", {}, part.text);
    const quote = element("bdi", { lang: part.lang });
    if (part.before || part.after)
      quote.append(
        element("span", {}, part.before ?? ""),
        element("mark", {}, part.text),
        element("span", {}, part.after ?? ""),
      );
    else quote.append(part.text);
    return quote;
  });
}

customElements.define("explain-reply", ExplainReply);
