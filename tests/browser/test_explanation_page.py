"""Explanations in a real browser: the page and the element, by axe-core, by keyboard, narrow, dark, Arabic."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from conftest import served

pytest.importorskip("selenium")
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.wait import WebDriverWait

from explainbot.explain import Operator, Record, Source, explain

pytestmark = pytest.mark.browser

PATIENCE = 30  # seconds until a test gives up; nothing is measured by it

POLICY = Source(
    "policy",
    "Our refund rules. Send the item back first. Refunds are paid within 5 to 7 business days. "
    "The express fee is $50 per order. " + "Ask us if anything is unclear. " * 12,
    title="Refund policy",
    url="https://acme.example/refunds?order=1",
    updated="2024-05-01",
)
ARABIC = Source("policy", "يصل المبلغ المسترد خلال خمسة أيام عمل. رسوم التوصيل 50 دولارًا.", title="Refund policy")
OPERATOR = Operator(
    name="Acme Ltd",
    contact="help@acme.example",
    privacy_url="https://acme.example/privacy",
    region="the EU",
    retention="30 days",
)
REPLIES = {
    "en": "Hi! Refunds are paid within 5 to 7 business days. The express fee is $60 per order. "
    "You can also pay by card in the shop. Our founder likes sailing in Norway.",
    "ar": "يصل المبلغ المسترد خلال خمسة أيام عمل. رسوم التوصيل 60 دولارًا. مؤسسنا يحب الإبحار في النرويج.",
    "hostile": "<img src=x onerror=document.title='owned'> <script>document.title='owned'</script> costs $5.",
}
EXPLANATIONS = {
    code: explain(
        Record(
            trace_id=code,
            created=datetime(2025, 3, 1, 12, 0, tzinfo=UTC),
            operation="chat",
            provider="openai",
            model="gpt-5-mini",
            reply=reply,
            sources=(ARABIC if code == "ar" else POLICY,),
            hidden={"EMAIL_ADDRESS": 1, "PHONE_NUMBER": 2},
            purpose="customer support",
            operator=OPERATOR,
        )
    )
    for code, reply in REPLIES.items()
}
STRICT = "default-src 'none'; script-src 'self'; connect-src 'self'; img-src data:; require-trusted-types-for 'script'"


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """An app with the router, and a page that holds the element, under the strictest policy that lets it run."""
    from fastapi import FastAPI
    from fastapi.responses import HTMLResponse

    from explainbot.integrations.fastapi import explainbot_router

    app = FastAPI()
    sources = {"policy": POLICY}
    app.include_router(explainbot_router(find=EXPLANATIONS.get, sources=lambda _: sources.values()))

    @app.get("/chat/{code}")
    def chat(code: str) -> HTMLResponse:
        return HTMLResponse(
            '<!doctype html><html lang="en"><title>Chat</title><meta name="viewport" content="width=device-width">'
            '<link rel="icon" href="data:,"><main><h1>Chat</h1><p>A reply.</p>'
            f'<explain-reply src="/explanations/{code}">One moment.</explain-reply></main>'
            '<script type="module" src="/explain-reply.js"></script></html>',
            headers={"content-security-policy": STRICT},
        )

    with served(app) as found:
        yield found


class Page:
    """An explanation in the browser; `element` says whether inside `<explain-reply>`."""

    def __init__(self, driver: Any, address: str, code: str, *, element: bool = False, **media: str | int) -> None:
        self.driver = driver
        self.element = element
        width, height = media.pop("width", 1100), media.pop("height", 900)
        metrics = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": False}
        features = [{"name": name.replace("_", "-"), "value": value} for name, value in media.items()]
        driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)
        driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": features})
        driver.get_log("browser")
        driver.get(f"{address}/chat/{code}" if element else f"{address}/explanations/{code}")
        if element:
            WebDriverWait(driver, PATIENCE, 0.05).until(lambda _: self.root.find_elements(By.CSS_SELECTOR, "section"))

    @property
    def root(self) -> Any:
        return self.driver.find_element(By.CSS_SELECTOR, "explain-reply").shadow_root if self.element else self.driver

    def all(self, selector: str) -> list[Any]:
        return list(self.root.find_elements(By.CSS_SELECTOR, selector))

    def open_all(self) -> None:
        for one in self.all("details"):
            self.driver.execute_script("arguments[0].open = true", one)

    def overflow(self) -> int:
        return int(
            self.driver.execute_script(
                "return document.documentElement.scrollWidth - document.documentElement.clientWidth"
            )
        )

    def complaints(self) -> list[str]:
        return [entry["message"] for entry in self.driver.get_log("browser")]


@pytest.mark.parametrize("element", [False, True], ids=["page", "element"])
@pytest.mark.parametrize(("code", "scheme"), [("en", "light"), ("en", "dark"), ("ar", "light"), ("hostile", "dark")])
def test_axe_finds_nothing(
    chromium: Any, address: str, axe: str, screenshots: Path, code: str, scheme: str, element: bool
) -> None:
    """No rule of axe-core is broken, best practices included, everything opened."""
    page = Page(chromium, address, code, element=element, prefers_color_scheme=scheme, height=2400)
    page.open_all()
    chromium.save_screenshot(str(screenshots / f"explanation-{code}-{scheme}-{'element' if element else 'page'}.png"))
    chromium.execute_cdp_cmd("Runtime.evaluate", {"expression": axe})  # the policy lets no page do this
    found = chromium.execute_cdp_cmd(
        "Runtime.evaluate",
        {
            "expression": "axe.run().then(found => [found.passes.length, ...found.violations.map("
            "one => one.id + ': ' + one.nodes.map(node => node.html).join(' ').slice(0, 300))])",
            "awaitPromise": True,
            "returnByValue": True,
        },
    )["result"]["value"]
    assert found[0] > 15
    assert found[1:] == []


def test_the_element_shows_what_the_page_shows(chromium: Any, address: str) -> None:
    shown = []
    for element in (False, True):
        page = Page(chromium, address, "en", element=element)
        page.open_all()
        assert page.complaints() == []
        shown.append([one.get_attribute("textContent") for one in page.all("section :is(summary, h2, p, mark)")])
        assert page.all("section")[0].get_attribute("data-ai-generated") == "true"
    assert shown[0] == shown[1]
    assert len(shown[0]) > 30


def test_it_opens_by_keyboard_alone(chromium: Any, address: str) -> None:
    page = Page(chromium, address, "en")
    active = "return document.activeElement.tagName"
    chromium.switch_to.active_element.send_keys(Keys.TAB)
    assert chromium.execute_script(active) == "SUMMARY"
    for shown in (False, True):  # the page stands open
        chromium.switch_to.active_element.send_keys(Keys.ENTER)
        assert page.all("h2")[0].is_displayed() == shown
    assert [one.text for one in page.all("mark")] == [
        "Refunds are paid within 5 to 7 business days.",
        "The express fee is $50 per order.",
    ]
    seen = []
    for _ in range(30):
        chromium.switch_to.active_element.send_keys(Keys.TAB)
        seen.append(
            chromium.execute_script(
                "const one = document.activeElement, style = getComputedStyle(one);"
                "return [one.tagName, style.outlineStyle, style.outlineWidth, one.textContent]"
            )
        )
        if seen[-1][0] == "BODY":
            break
    stops = seen[:-1]
    assert all(stop[1:3] == ["solid", "3px"] for stop in stops)
    assert [stop[3] for stop in stops][-2:] == ["In simple words", "Full record"]
    assert [stop[0] for stop in stops].count("A") >= 2


@pytest.mark.parametrize("element", [False, True], ids=["page", "element"])
@pytest.mark.parametrize("code", ["en", "ar", "hostile"])
def test_at_400_percent_zoom_nothing_is_cut_off(
    chromium: Any, address: str, screenshots: Path, code: str, element: bool
) -> None:
    page = Page(chromium, address, code, element=element, width=320, height=256)  # WCAG 2.2, 1.4.10
    page.open_all()
    assert page.overflow() == 0
    metrics = {"width": 320, "height": 1500, "deviceScaleFactor": 2, "mobile": False}
    chromium.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)
    chromium.save_screenshot(str(screenshots / f"explanation-narrow-{code}-{'element' if element else 'page'}.png"))


def test_arabic_runs_from_right_to_left_and_names_inside_it_do_not(chromium: Any, address: str) -> None:
    page = Page(chromium, address, "ar")
    page.open_all()
    section = page.all("section")[0]
    assert (section.get_attribute("dir"), section.get_attribute("lang")) == ("rtl", "ar")
    first = page.all("ol li")[0]
    border = "const style = getComputedStyle(arguments[0]); return [style.borderRightWidth, style.borderLeftWidth]"
    assert chromium.execute_script(border, first) == ["4px", "0px"]
    name = page.all("p.explainbot-line bdi")[0]
    assert chromium.execute_script("return getComputedStyle(arguments[0]).unicodeBidi", name) == "isolate"


def test_the_states_are_told_apart_without_colour(chromium: Any, address: str) -> None:
    page = Page(chromium, address, "en")
    page.open_all()
    lines = {
        one.get_attribute("data-state"): chromium.execute_script(
            "return getComputedStyle(arguments[0]).borderInlineStartStyle", one
        )
        for one in page.all("li[data-state]")
    }
    assert len(lines) >= 3
    assert len(set(lines.values())) == len(lines)
    for one in page.all("li[data-state]"):
        words = {
            "found": "Found in",
            "not found": "Not found in",
            "conflicts": "Does not match",
            "partly found": "artly",
        }
        assert words[one.get_attribute("data-state")] in one.text


@pytest.mark.parametrize("element", [False, True], ids=["page", "element"])
def test_hostile_text_is_only_text(chromium: Any, address: str, element: bool) -> None:
    page = Page(chromium, address, "hostile", element=element)
    page.open_all()
    assert page.all("img, script") == []
    assert "<img src=x onerror=document.title='owned'>" in page.all("ol")[0].text
    assert "owned" not in chromium.title
    assert page.complaints() == []


def test_where_there_is_none_the_element_says_what_stands_in_it(chromium: Any, address: str) -> None:
    """The page's own words stay; without any, it says that there is no explanation."""
    chromium.get(f"{address}/chat/unknown")
    host = chromium.find_element(By.CSS_SELECTOR, "explain-reply")
    assert host.text == "One moment."
    chromium.execute_script("arguments[0].replaceChildren()", host)
    shown = "return arguments[0].shadowRoot.querySelector('slot').textContent"
    WebDriverWait(chromium, PATIENCE, 0.05).until(lambda _: chromium.execute_script(shown, host))
    assert chromium.execute_script(shown, host) == "No explanation is available."
    chromium.execute_script("arguments[0].setAttribute('src', '/explanations/en')", host)
    WebDriverWait(chromium, PATIENCE, 0.05).until(lambda _: host.shadow_root.find_elements(By.CSS_SELECTOR, "section"))
