"""Looks at the page of `pixmo sample clocks --html` in a browser, as a person does: filters, what is laid over one picture
and over all, the large view with its parameters, small and large windows, light and dark.

    python check_clocks_page.py PAGE.html [PICTURES_DIR]

With a folder the windows it looked at are written there as PNG. What page and picture have in common with those of `docs`
is looked at by `check_page.py`.
"""

import json
import os
import sys

from browser import Browser, NoBrowser
from check_page import CARDS, SHOWN, check_sheet, check_window, choose, clear
from reading import expect, expect_equal, run

FILTERS = ("body", "display", "look", "shows", "stratum", "split")


def main():
    if len(sys.argv) not in (2, 3):
        print("usage: check_clocks_page.py PAGE.html [PICTURES_DIR]", file=sys.stderr)
        sys.exit(2)
    page = sys.argv[1]
    pictures = sys.argv[2] if len(sys.argv) == 3 else None
    if pictures:
        os.makedirs(pictures, exist_ok=True)
    try:
        browser = Browser()
    except NoBrowser as none:
        print(f"skipped, because {none}")
        return
    with browser:
        browser.open(page)
        read = lambda letter: json.loads(browser.run(
            "JSON.stringify([...document.scripts].filter((s) => /^LETTER\\d/.test(s.id)).map((s) => s.textContent))".replace("LETTER", letter)
        ))
        cards = [json.loads(text) for text in read("c")]
        rests = [json.loads(text) for text in read("r")]
        expect(len(cards) >= 12, f"{page}: {len(cards)} pictures are too few to look at")
        see = lambda name: pictures and browser.picture(os.path.join(pictures, name + ".png"))
        check_sheet(browser, cards)
        see("sheet")
        for name in FILTERS:
            value = sorted({card[name] for card in cards})[-1]
            choose(browser, name, value)
            fitting = [card["id"] for card in cards if card[name] == value]
            expect_equal(browser.run(f"{SHOWN}.map((card) => card.title)"), fitting, f"pictures with {name} {value}")
            clear(browser)
        check_all(browser, cards, see)
        check_one(browser, cards, rests, see)
        for name, width, dark in (("phone", 390, False), ("phone-dark", 390, True), ("desk", 1280, False), ("desk-dark", 1280, True)):
            browser.open(page, width=width, height=844, dark=dark)
            browser.press("h")
            check_window(browser, name, width, see)
        expect_equal(browser.wrong(), [], f"{page}: complaints and requests")
    print(f"{len(cards)} clocks in a browser: all right")


def check_all(browser, cards, see):
    """Hands over all pictures that are near, by key and by box; over one alone by its own button."""
    drawn = lambda: browser.run("document.querySelectorAll('.card svg').length")
    expect_equal(drawn(), 0, "pictures with an overlay at first")
    browser.run("document.getElementById('over').click()")
    browser.until("document.querySelectorAll('.card svg').length > 0")
    expect(drawn() < len(cards) or len(cards) < 100, "overlays are drawn far from the window")
    see("hands")
    browser.press("h")
    expect_equal(drawn(), 0, "pictures with an overlay after the key `h`")
    browser.run("document.querySelectorAll('.over')[1].click()")
    expect_equal(browser.run(f"{CARDS}.findIndex((card) => card.querySelector('svg'))"), 1, "the card whose button was pressed")
    state = browser.run("[document.querySelectorAll('.over')[1].getAttribute('aria-pressed'), document.getElementById('over').indeterminate]")
    expect_equal(state, ["true", True], "the button and the box for all")
    browser.run("document.querySelectorAll('.over')[1].click()")
    expect_equal(drawn(), 0, "pictures with an overlay at last")


def check_one(browser, cards, rests, see):
    """The hands of one clock lie where the row says, whatever the size of the picture on the screen."""
    at = next((at for at, rest in enumerate(rests) if len(rest["hands"]) >= 2), None)
    expect(at is not None, "no clock has two hands")
    rest = rests[at]
    browser.run(f"{CARDS}[{at}].click()")
    browser.until("document.querySelector('#view img').naturalWidth > 0")
    visible = lambda key: browser.run(f"getComputedStyle(document.querySelector('#view .g{key}')).display") != "none"
    for key in "hdb":
        expect(not visible(key), f"layer {key} before its key")
        browser.press(key)
        expect(visible(key), f"layer {key} after its key")
    see("large")
    lines = browser.run(
        "[...document.querySelectorAll('#view .hand')].map((hand) => { const l = hand.querySelector('.stroke');"
        " return [['x1', 'y1', 'x2', 'y2'].map((name) => Number(l.getAttribute(name))), hand.querySelector('title').textContent]; })"
    )
    expect_equal(lines, [[place, words] for _, place, words in rest["hands"]], "hands that are drawn")
    box = browser.run(
        "(() => { const p = document.querySelector('#view .hand .stroke').getBoundingClientRect(), i = document.querySelector('#view img').getBoundingClientRect();"
        " return [p.left - i.left, p.top - i.top, p.right - i.left, p.bottom - i.top].map((v) => v / i.width); })()"
    )
    x1, y1, x2, y2 = (value / cards[at]["width"] for value in rest["hands"][0][1])
    wanted = [min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2)]
    expect(all(abs(a - b) < 0.02 for a, b in zip(box, wanted)), f"the hour hand lies at {box}, expected {wanted}")
    folded = browser.run("[...document.querySelectorAll('#about > details')].map((d) => [d.querySelector('summary').textContent, d.open])")
    expect_equal(folded, [[name, False] for name, _ in rest["parameters"]], "parameters")
    text = browser.run("document.getElementById('about').textContent")
    for question in rest["questions"]:
        expect(question["q"] in text and question["a"] in text, f"the large view does not show `{question['q']}`")
    browser.press("Escape")


if __name__ == "__main__":
    run(main)
