"""Larkwheel's order system: a dozen invented orders and the look-up tool over them.

What the tool returns is a customer record as real ones are: name, e-mail, phone and address stand in it. Phone numbers
come from Ofcom's range for fiction (07700 900000 to 900999), e-mail domains from RFC 2606; no person here exists.
"""

import json
import re
from functools import cache
from pathlib import Path
from typing import Any

ORDER_NUMBER = re.compile(r"\bLW[- ]?(\d{5})\b", re.IGNORECASE)


@cache
def orders() -> dict[str, dict[str, Any]]:
    """All orders by their number, read once from ``orders.json`` beside this file."""
    rows = json.loads((Path(__file__).parent / "orders.json").read_text(encoding="utf-8"))
    return {row["order"]: row for row in rows}


def order_number(message: str) -> str | None:
    """The first order number in a message in its usual form ("lw 10432" -> "LW-10432"), or None."""
    match = ORDER_NUMBER.search(message)
    return f"LW-{match[1]}" if match else None


def look_up(order_id: str) -> dict[str, Any]:
    """The order as a JSON object; ``{"order": ..., "error": "not found"}`` for a number that does not exist."""
    return orders().get(order_id, {"order": order_id, "error": "not found"})


def look_up_for(email: str, order_id: str) -> dict[str, Any]:
    """The same for a signed-in customer: an order of somebody else is answered exactly like one that does not exist."""
    found = look_up(order_id)
    owner = found.get("customer", {}).get("email")
    return found if owner == email else {"order": order_id, "error": "not found"}


def in_words(order: dict[str, Any]) -> str:
    """An order as three or four plain sentences, for a model too small to read JSON."""
    if "error" in order:
        return f"There is no order {order['order']} in this account."
    who = order["customer"]
    return (
        f"Order {order['order']} ({', '.join(order['items'])}) has the status: {order['status']}. {order['delivery']}. "
        f"It goes to {who['name']}, {who['address']}, phone {who['phone']}. "
        f"It costs {order['total']}, paid by {order['payment']}. {order['note']}"
    )
