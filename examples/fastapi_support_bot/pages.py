"""The desk's HTML: the chat page and the help pages. All that varies is escaped here."""

from collections.abc import Mapping
from html import escape
from pathlib import Path

from explainbot import Customer

from .knowledge import Article, articles
from .orders import orders

STATIC = Path(__file__).parent / "static"


def chat(customers: Mapping[str, Customer], signed_in: str) -> str:
    """The chat page, with the invented customers to choose from."""
    options = "\n".join(
        f'<option value="{escape(id_)}"{" selected" if id_ == signed_in else ""}>{escape(one.name or id_)}</option>'
        for id_, one in customers.items()
    )
    order = next((number for number, row in orders().items() if row["customer"]["id"] == signed_in), "")
    page = (STATIC / "chat.html").read_text(encoding="utf-8")
    return page.replace("<!-- customers -->", options).replace("<!-- order -->", escape(order))


def help_index() -> str:
    """A list of all help articles."""
    rows = "\n".join(f'<li><a href="{escape(one.url)}">{escape(one.title)}</a></li>' for one in articles())
    return _page("Help", f"<h1>Help</h1>\n<ul>\n{rows}\n</ul>")


def help_page(one: Article) -> str:
    """One help article."""
    text = "\n".join(f"<p>{escape(paragraph)}</p>" for paragraph in one.text.split("\n\n"))
    changed = f'<p class="quiet">Last changed: <time>{escape(one.updated)}</time></p>'
    back = '<p><a href="/help">All help pages</a></p>'
    return _page(one.title, f"<h1>{escape(one.title)}</h1>\n{changed}\n{text}\n{back}")


def not_found() -> str:
    """The page for an address that does not exist."""
    return _page("Not found", '<h1>This page does not exist</h1>\n<p><a href="/help">All help pages</a></p>')


def _page(title: str, body: str) -> str:
    frame = (STATIC / "page.html").read_text(encoding="utf-8")
    return frame.replace("<!-- title -->", escape(title)).replace("<!-- body -->", body)
