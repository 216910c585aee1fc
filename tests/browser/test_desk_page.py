"""The web desk as a customer meets it: in a real browser, by keyboard alone, dark, narrow, and with a hostile model."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from servers import DONE, Pause, Reply, Request, Server, Step, chat_reply, chunk, error_reply, frame

pytest.importorskip("selenium")
from selenium.common.exceptions import NoSuchElementException, StaleElementReferenceException
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.wait import WebDriverWait

pytestmark = pytest.mark.browser

QUESTION = "Hi, I am Marta Lindqvist (marta.lindqvist@example.com). How long does a refund to my card take?"
QUOTE = "Card refunds take up to 5 working days to appear on your statement."
PATIENCE = 30  # seconds until a test gives up; nothing is measured by it


def refund(request: Request) -> Reply:
    """One sentence that stands in the article, and one that stands nowhere."""
    return chat_reply(request, f"{QUOTE} Gold members get 20 euros on top.")


def greet(request: Request) -> Reply:
    """Greets the customer by the placeholder that was sent."""
    name = re.search(r"\[PERSON_\d+\]", request.json()["messages"][-1]["content"])
    return chat_reply(request, f"Hello {name.group() if name else 'nobody'}!", size=1)


class Page:
    """The desk in the browser, through what a person can do and see."""

    def __init__(self, driver: Any, address: str, *, width: int = 1100, height: int = 900, **media: str) -> None:
        self.driver = driver
        metrics = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": False}
        features = [{"name": name.replace("_", "-"), "value": value} for name, value in media.items()]
        driver.delete_all_cookies()
        driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)
        driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": features})
        driver.get_log("browser")
        driver.get(address)

    def find(self, selector: str) -> Any:
        return self.driver.find_element(By.CSS_SELECTOR, selector)

    def texts(self, selector: str) -> list[str]:
        return [found.text for found in self.driver.find_elements(By.CSS_SELECTOR, selector)]

    def until(self, condition: Any) -> Any:
        gone = (NoSuchElementException, StaleElementReferenceException)  # while another page loads
        return WebDriverWait(self.driver, PATIENCE, 0.05, gone).until(lambda _: condition())

    def press(self, *keys: str) -> None:
        for key in keys:
            self.driver.switch_to.active_element.send_keys(key)

    def back_to(self, selector: str) -> None:
        """Shift and Tab until the element has the focus, as somebody without a mouse gets there."""
        for _ in range(40):
            if self.driver.execute_script("return document.activeElement.matches(arguments[0])", selector):
                return
            self.press(Keys.SHIFT + Keys.TAB)
        raise AssertionError(f"{selector} is not reached by keyboard")

    def ask(self, text: str, answers: int = 1) -> None:
        self.find("#message").send_keys(text + Keys.ENTER)
        self.until(lambda: len(self.texts(".said.assistant:not([aria-busy])")) == answers)

    def complaints(self) -> list[str]:
        return [entry["message"] for entry in self.driver.get_log("browser")]

    def picture(self, folder: Path, name: str) -> None:
        self.driver.save_screenshot(str(folder / f"{name}.png"))


@pytest.fixture
def upstream() -> Iterator[Server]:
    with Server(refund) as server:
        yield server


def test_ask_stream_and_open_the_explanation_by_keyboard_alone(
    chromium: Any, address: str, upstream: Server, screenshots: Path
) -> None:
    go_on = threading.Event()

    class Halves:
        """The first half of the reply, then silence until the test has seen it on the page, then the rest."""

        def __iter__(self) -> Iterator[Step]:
            yield frame(chunk({"role": "assistant", "content": "Card refunds take "}))
            yield Pause(0)
            go_on.wait(PATIENCE)
            yield frame(chunk({"content": QUOTE.removeprefix("Card refunds take ")}))
            yield frame(chunk({}, finish="stop")) + DONE

    upstream.script(Reply(Halves(), headers=(("content-type", "text/event-stream"),), framing="chunked"))  # type: ignore[arg-type]
    page = Page(chromium, address)
    page.press(Keys.TAB, Keys.ENTER)  # "Skip to the message field"
    page.press(*QUESTION, Keys.ENTER)
    page.until(lambda: page.texts(".said.assistant .bubble") == ["Card refunds take "])
    assert page.find(".said.assistant").get_attribute("aria-busy") == "true"
    go_on.set()
    page.until(lambda: page.texts("details.why"))

    page.back_to("details.why summary")
    assert not page.find(".because").is_displayed()
    page.press(Keys.ENTER)
    assert page.find(".because").is_displayed()
    assert page.texts(".because mark") == [QUOTE]
    assert page.texts(".because figcaption")[0].startswith("In: When your refund arrives")
    assert page.texts(".chips li") == ["1 email address", "1 name"]
    assert "Larkwheel Ltd" in page.find(".because").text
    assert b"Lindqvist" not in upstream.received
    page.picture(screenshots, "light")
    page.press(Keys.ENTER)
    assert not page.find(".because").is_displayed()
    assert page.complaints() == []


def test_the_focus_is_visible_and_never_under_the_message_field(chromium: Any, address: str) -> None:
    page = Page(chromium, address, height=620)
    for number in range(3):
        page.ask(QUESTION, number + 1)
    page.driver.refresh()
    page.until(lambda: len(page.texts("summary")) == 3)
    page.driver.execute_script(
        "document.querySelectorAll('details').forEach((one) => (one.open = true)); scrollTo(0, 0)"
    )
    seen = 0
    for _ in range(60):
        page.press(Keys.TAB)
        state = page.driver.execute_script(
            """const one = document.activeElement, box = one.getBoundingClientRect(), style = getComputedStyle(one);
            const top = document.elementFromPoint(box.left + Math.min(9, box.width / 2), box.top + box.height / 2);
            return [one.tagName, style.outlineStyle, parseFloat(style.outlineWidth), one.contains(top)]"""
        )
        if state[0] == "BODY":
            break
        assert state[1:] == ["solid", 3, True], state
        seen += 1
    assert seen >= 15


def test_what_was_not_found_is_as_visible_as_what_was(chromium: Any, address: str, screenshots: Path) -> None:
    page = Page(chromium, address, prefers_color_scheme="dark")
    page.ask(QUESTION)
    assert "1 found" in page.find("summary").text
    assert "1 not found" in page.find("summary").text
    page.find("summary").click()
    states = page.texts(".state")
    assert states == ["1 · Found", "2 · Not found in our sources"]
    assert page.texts(".because .note") == ["20 euros is in none of our sources."]
    page.picture(screenshots, "dark")


def test_personal_data_is_back_in_the_reply_the_customer_sees(chromium: Any, address: str, upstream: Server) -> None:
    upstream.script(greet)
    page = Page(chromium, address)
    page.ask(QUESTION)
    assert page.find(".said.assistant .bubble").text.startswith("Hello Marta Lindqvist!")
    assert b"Marta" not in upstream.received


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_has_enough_contrast(chromium: Any, address: str, scheme: str) -> None:
    page = Page(chromium, address, prefers_color_scheme=scheme, prefers_reduced_motion="reduce")
    page.ask(QUESTION)
    page.find("summary").click()
    ratios = page.driver.execute_script(
        """const parse = (colour) => (colour.match(/[\\d.]+/g) || []).map(Number);
        const linear = (part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4);
        const luminance = ([r, g, b]) =>
          0.2126 * linear(r / 255) + 0.7152 * linear(g / 255) + 0.0722 * linear(b / 255);
        const ground = (one) => {
          const colour = parse(getComputedStyle(one).backgroundColor);
          return colour[3] === 0 ? ground(one.parentElement) : colour;
        };
        const out = {};
        for (const one of document.querySelectorAll("body *")) {
          const own = [...one.childNodes].some((node) => node.nodeType === 3 && node.data.trim());
          if (!own || !one.checkVisibility() || one.closest("noscript,.off-screen,.skip,option")) continue;
          const pair = [luminance(parse(getComputedStyle(one).color)), luminance(ground(one))];
          const name = `${one.tagName}.${one.className}: ${one.textContent.slice(0, 20)}`;
          out[name] = (Math.max(...pair) + 0.05) / (Math.min(...pair) + 0.05);
        }
        return out"""
    )
    assert len(ratios) > 20
    assert {name: round(ratio, 2) for name, ratio in ratios.items() if ratio < 4.5} == {}  # WCAG 2.2, 1.4.3


def test_at_400_percent_zoom_nothing_is_cut_off(chromium: Any, address: str, screenshots: Path) -> None:
    page = Page(chromium, address, width=320, height=256)  # WCAG 2.2, 1.4.10: 1280 by 1024 at 400 %
    page.ask(QUESTION)
    page.driver.execute_script("document.querySelector('summary').click()")
    wide = "return document.documentElement.scrollWidth - document.documentElement.clientWidth"
    assert page.driver.execute_script(wide) == 0
    assert page.driver.execute_script("return getComputedStyle(document.querySelector('.ask')).position") == "static"
    page.driver.execute_cdp_cmd(
        "Emulation.setDeviceMetricsOverride", {"width": 320, "height": 640, "deviceScaleFactor": 2, "mobile": False}
    )
    page.picture(screenshots, "narrow")


def test_nothing_moves_for_those_who_asked_for_less_motion(chromium: Any, address: str) -> None:
    page = Page(chromium, address, prefers_reduced_motion="reduce")
    page.ask(QUESTION)
    names = "return [...document.querySelectorAll('*')].map((one) => getComputedStyle(one).animationName)"
    assert set(page.driver.execute_script(names)) == {"none"}


def test_what_a_hostile_model_writes_is_only_text(chromium: Any, address: str, upstream: Server) -> None:
    owned = "document.title='owned'"
    attack = f'<img src=x onerror="{owned}"><script>{owned}</script> [a](javascript:alert(1)).'
    upstream.script(lambda request: chat_reply(request, attack))
    page = Page(chromium, address)
    page.ask("<b>Hello</b> refund")
    page.find("summary").click()
    assert page.find(".said.assistant .bubble").text.startswith("<img src=x")
    assert page.find(".said.customer .bubble").text == "<b>Hello</b> refund"
    assert page.driver.title == "Larkwheel help desk"
    made = ".log img, .log script, .log b:not(summary b), a[href^=javascript]"
    assert page.driver.find_elements(By.CSS_SELECTOR, made) == []
    assert page.complaints() == []


def test_a_fault_is_told_kindly_and_the_next_question_works(chromium: Any, address: str, upstream: Server) -> None:
    upstream.script(error_reply(500))
    page = Page(chromium, address)
    page.ask(QUESTION)
    (error,) = page.driver.find_elements(By.CSS_SELECTOR, ".error")
    assert error.get_attribute("role") == "alert"
    assert error.text.startswith("Sorry. I cannot reach my language model")
    upstream.script(refund)
    page.ask(QUESTION, 2)
    assert len(page.texts("details.why")) == 1


def test_the_talk_is_still_there_after_a_reload_and_gone_for_the_next_customer(chromium: Any, address: str) -> None:
    page = Page(chromium, address)
    page.ask(QUESTION)
    shown = page.texts(".said")
    page.driver.refresh()
    page.until(lambda: page.texts(".said") == shown)
    page.find("#customer").send_keys("Finn")
    page.find(".sign-in button").click()
    page.until(lambda: "LW-10448" in page.find("#starters").text)
    assert page.texts(".said") == []


def test_a_person_is_one_key_press_away(chromium: Any, address: str) -> None:
    page = Page(chromium, address)
    page.find("#message").click()
    page.back_to(".bar [data-action=person]")
    page.press(Keys.ENTER)
    page.until(lambda: page.find(".said.person .bubble").text)
    assert re.search(r"Your ticket is LW-P-\d{4}", page.find(".said.person .bubble").text)


def test_a_screen_reader_is_told_who_speaks_and_when_the_answer_is_there(chromium: Any, address: str) -> None:
    page = Page(chromium, address)
    page.ask(QUESTION)
    log = page.find("#log")
    assert (log.get_attribute("role"), log.get_attribute("aria-relevant")) == ("log", "additions")
    assert page.texts(".said .who") == ["You", "AI assistant"]
    assert page.find("#status").get_attribute("textContent") == "The answer is complete."
    names = page.driver.execute_cdp_cmd("Accessibility.getFullAXTree", {})["nodes"]
    unnamed = [
        node["role"]["value"]
        for node in names
        if node.get("role", {}).get("value") in {"button", "link", "textbox", "combobox", "log", "form"}
        and not node.get("name", {}).get("value")
    ]
    assert unnamed == []
