"""Finding what is known of the customer: every value and its obvious variants, wherever they stand.

A text is read once into a squeezed form (lower case, no separators). Only where a word of a value occurs there is the
value's own pattern run, which allows other case, spacing, hyphens, escapes, and checks word boundaries. So the cost is
linear in the text and in the number of values, not in their product.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import compress

from explainbot.privacy.customer import Customer
from explainbot.privacy.detection import Detection, Detector
from explainbot.privacy.known_forms import Form, forms_of, squeeze
from explainbot.privacy.normalise import folded
from explainbot.privacy.phones import national_part, same_number

__all__ = ["is_customers", "known_customer"]

FEW = 64
"""So many keys are searched for one by one; that is faster than reading the text for all of them at once."""

HEAD = 12
"""Characters of a key by which it is looked up when there are many."""

_KEPT = bytes(squeeze(chr(code)) != "" for code in range(256))


def known_customer(customer: Customer, mask_places: bool = False) -> Detector:
    """A detector of everything known of `customer`; built once for each customer."""
    made: dict[bool, _Matcher] = vars(customer).setdefault("_matchers", {})
    cached = made.get(mask_places)
    return made.setdefault(mask_places, _Matcher(customer, mask_places)) if cached is None else cached


def is_customers(value: str, customer: Customer) -> bool:
    """Whether `value` as a whole is something the customer is known by: one of their values, or a variant or part."""
    found = known_customer(customer, mask_places=True)(value)
    return any(hit.start == 0 and hit.end == len(value) for hit in found)


class _Matcher:
    def __init__(self, customer: Customer, mask_places: bool) -> None:
        facts = dict.fromkeys(customer.facts())
        forms = [form for kind, value in facts for form in forms_of(kind, value, mask_places)]
        self._forms = tuple(dict.fromkeys(forms))
        self._by_key: dict[str, list[Form]] = {}
        for form in self._forms:
            for key in form.keys:
                self._by_key.setdefault(key, []).append(form)
        self._heads: dict[int, dict[str, list[str]]] = {}
        for key in self._by_key:
            self._heads.setdefault(min(len(key), HEAD), {}).setdefault(key[:HEAD], []).append(key)
        self._phones = tuple((national_part(value), value) for kind, value in facts if kind == "PHONE_NUMBER")

    def __call__(self, text: str) -> Iterable[Detection]:
        plain = folded(text)
        squeezed = squeeze(plain)
        found: list[Detection] = []
        kept: list[int] = []
        for key, places in self._standing(squeezed):
            kept = kept or _kept(plain)
            begins = [kept[at] for at in places]
            for form in self._by_key[key]:
                found += form.found(text, plain, begins)
        for core, phone in self._phones:
            if core in squeezed:
                found += same_number(text, phone)
        return found

    def _standing(self, squeezed: str) -> Iterable[tuple[str, list[int]]]:
        """The keys that occur in a squeezed text, each with where it begins."""
        if len(self._by_key) <= FEW:
            return [(key, list(_places(key, squeezed))) for key in self._by_key if key in squeezed]
        found: dict[str, list[int]] = {}
        for size, heads in self._heads.items():
            for at in range(len(squeezed) - size + 1):
                for key in heads.get(squeezed[at : at + size], ()):
                    if squeezed.startswith(key, at):
                        found.setdefault(key, []).append(at)
        return found.items()

    def __repr__(self) -> str:
        return f"known customer ({len(self._forms)} forms)"


def _places(key: str, squeezed: str) -> Iterator[int]:
    at = squeezed.find(key)
    while at >= 0:
        yield at
        at = squeezed.find(key, at + 1)


def _kept(plain: str) -> list[int]:
    """The offset in a folded text of each character of its squeezed form."""
    return list(compress(range(len(plain)), plain.encode("latin-1", "replace").translate(_KEPT)))
