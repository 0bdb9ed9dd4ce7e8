"""Looks at the page of `pixmo sample docs --html` in a browser, as a person does: filters, search, keys, the large view,
what is laid over a picture, small and large windows, light and dark.

    python check_page.py PAGE.html [PICTURES_DIR]

With a folder the windows it looked at are written there as PNG.
"""

import json
import os
import sys

from browser import Browser, NoBrowser
from reading import expect, expect_equal, run

CARDS = "[...document.querySelectorAll('.card')]"
SHOWN = f"{CARDS}.filter((card) => !card.hidden)"


def main():
    if len(sys.argv) not in (2, 3):
        print("usage: check_page.py PAGE.html [PICTURES_DIR]", file=sys.stderr)
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
        stored = browser.run("JSON.stringify([...document.scripts].filter((s) => s.id[0] === 'c').map((s) => s.textContent))")
        cards = [json.loads(text) for text in json.loads(stored)]
        expect(len(cards) >= 12, f"{page}: {len(cards)} pictures are too few to look at")
        see = lambda name: pictures and browser.picture(os.path.join(pictures, name + ".png"))
        check_sheet(browser, cards)
        see("sheet")
        check_filters(browser, cards)
        check_keys(browser, cards)
        check_large_view(browser, see)
        for name, width, dark in (("phone", 390, False), ("tablet", 820, True), ("wide", 1900, True)):
            browser.open(page, width=width, height=844, dark=dark)
            check_window(browser, name, width, see)
        expect_equal(browser.wrong(), [], f"{page}: complaints and requests")
    print(f"{len(cards)} pictures in a browser: all right")


def check_sheet(browser, cards):
    expect_equal(browser.run(f"{SHOWN}.length"), len(cards), "pictures on the sheet")
    browser.until(f"{CARDS}[0].querySelector('img').naturalWidth > 0")
    sizes = browser.run(f"{CARDS}.slice(0, 3).map((c) => [c.querySelector('img').naturalWidth, c.querySelector('img').naturalHeight])")
    expect_equal(sizes, [[card["width"], card["height"]] for card in cards[:3]], "sizes of the first pictures")
    loaded = browser.run(f"{CARDS}.filter((c) => c.querySelector('img').src).length")
    expect(len(cards) < 100 or loaded < len(cards) / 2, f"{loaded} of {len(cards)} pictures are decoded at once")
    unnamed = browser.run(
        "[...document.querySelectorAll('input, select, button')].filter((n) => "
        "!(n.labels && n.labels.length) && !n.getAttribute('aria-label') && !n.textContent.trim()).map((n) => n.id)"
    )
    expect_equal(unnamed, [], "fields and buttons without a name")


def choose(browser, name, value):
    browser.run(f"(() => {{ const list = document.getElementById('f-{name}'); list.value = {json.dumps(value)};"
                " list.dispatchEvent(new Event('input', { bubbles: true })); })()")


def clear(browser):
    browser.run("document.querySelector('button[type=reset]').click()")


def check_filters(browser, cards):
    for name in ("config", "kind", "theme", "language"):
        value = sorted({card[name] for card in cards})[-1]
        choose(browser, name, value)
        fitting = [card["id"] for card in cards if card[name] == value]
        expect_equal(browser.run(f"{SHOWN}.map((card) => card.title)"), fitting, f"pictures with {name} {value}")
        said = browser.run("document.getElementById('count').textContent")
        expect_equal(said, f"{len(fitting)} of {len(cards)} pictures", f"count with {name} {value}")
        clear(browser)
    config, kind = cards[0]["config"], cards[0]["kind"]
    choose(browser, "config", config)
    choose(browser, "kind", kind)
    both = [card["id"] for card in cards if (card["config"], card["kind"]) == (config, kind)]
    expect_equal(browser.run(f"{SHOWN}.map((card) => card.title)"), both, "two filters at once")
    clear(browser)
    # A word of one question, and a word of none.
    browser.press("/")
    expect_equal(browser.run("document.activeElement.id"), "find", "the key `/` goes to the search")
    word = max(cards[-1]["asked"][0].split(), key=len).strip("?.,\"'“”")
    browser.ask("Input.insertText", text=word)
    fitting = [c["id"] for c in cards if word.lower() in "\n".join([c["id"], c["topic"], *c["asked"]]).lower()]
    expect(0 < len(fitting), f"the word `{word}` is in its own question")
    expect_equal(browser.run(f"{SHOWN}.map((card) => card.title)"), fitting, f"pictures with `{word}` in a question")
    browser.ask("Input.insertText", text=" qqzzqq")
    expect_equal(browser.run(f"{SHOWN}.length"), 0, "pictures with a word that none has")
    expect(not browser.run("document.querySelector('.none').hidden"), "nothing says that no picture fits")
    browser.press("Escape")
    expect_equal(browser.run(f"{SHOWN}.length"), len(cards), "pictures after escape")


def check_keys(browser, cards):
    browser.press("ArrowRight")
    browser.press("ArrowRight")
    expect_equal(browser.run("document.activeElement.title"), cards[1]["id"], "two steps to the right")
    browser.press("ArrowDown")
    below = browser.run(f"[document.activeElement.offsetTop > {CARDS}[1].offsetTop, document.activeElement.offsetLeft === {CARDS}[1].offsetLeft]")
    expect_equal(below, [True, True], "one step down")
    browser.press("ArrowUp")
    browser.press("Enter")
    open_one = "document.getElementById('large').open && document.getElementById('name').textContent"
    expect_equal(browser.run(open_one), f"{cards[1]['id']} · {cards[1]['kind']}", "enter opens")
    browser.press("ArrowRight")
    expect_equal(browser.run(open_one), f"{cards[2]['id']} · {cards[2]['kind']}", "the arrow turns the page")
    browser.press("ArrowLeft")
    browser.press("ArrowLeft")
    browser.press("ArrowLeft")
    expect_equal(browser.run(open_one), f"{cards[0]['id']} · {cards[0]['kind']}", "the first page is the end")
    browser.press("Escape")
    browser.until("!document.getElementById('large').open")
    expect_equal(browser.run("document.activeElement.title"), cards[0]["id"], "closing goes back to the card")


def check_large_view(browser, see):
    """The first picture with marks that a question reads."""
    reading = browser.run(
        "[...document.scripts].filter((s) => s.id[0] === 'r').map((s) => JSON.parse(s.textContent))"
        ".map((r, at) => [at, r.questions.findIndex((q) => q.reads.length > 0)]).find(([, q]) => q >= 0) || null"
    )
    expect(reading is not None, "no question of any picture says what it reads")
    at, question = reading
    rest = json.loads(browser.run(f"document.getElementById('r{at}').textContent"))
    browser.run(f"{CARDS}[{at}].click()")
    browser.until("document.querySelector('#view img').naturalWidth > 0")
    visible = lambda group: browser.run(f"getComputedStyle(document.querySelector('#view .g{group}')).display !== 'none'")
    drawn = lambda group: browser.run(f"document.querySelectorAll('#view .g{group} > *').length")
    wanted = {"t": len(rest["texts"]), "m": len(rest["marks"]), "p": sum(len(p["points"]) for p in rest["points"])}
    for group, count in wanted.items():
        expect_equal((visible(group), drawn(group)), (False, count), f"layer {group} before its key")
        browser.press(group)
        expect(visible(group), f"layer {group} after its key")
    # A box lies over the picture where the row says, whatever the size of the picture on the screen.
    _, _, left, top, width, height = rest["marks"][0]
    found = browser.run(
        "(() => { const box = document.querySelector('#view .gm rect').getBBox(); const img = document.querySelector('#view img')"
        ".getBoundingClientRect(); const svg = document.querySelector('#view svg').getBoundingClientRect();"
        " return [box.x, box.y, box.width, box.height, Math.abs(img.width - svg.width), Math.abs(img.left - svg.left)]; })()"
    )
    near = all(abs(a - b) < 0.6 for a, b in zip(found, [left, top, width, height, 0, 0]))
    expect(near, f"the first mark lies at {found}, expected {[left, top, width, height, 0, 0]}")
    see("large")
    for group in wanted:
        browser.press(group)
        expect(not visible(group), f"layer {group} after its key once more")
    # Hovering lights what a question reads.
    item = f"document.querySelectorAll('#about li')[{question}]"
    x, y = browser.run(f"(() => {{ {item}.scrollIntoView({{ block: 'center' }}); const b = {item}.getBoundingClientRect(); return [b.left + 20, b.top + b.height / 2]; }})()")
    browser.point_at(x, y)
    browser.until("document.querySelectorAll('#view .gr > *').length > 0")
    expect_equal(drawn("r"), len(rest["questions"][question]["reads"]), "marks that are lit")
    see("reads")
    browser.point_at(5, 5)
    browser.until("document.querySelectorAll('#view .gr > *').length === 0")
    # All that is known of the question is there; the program is folded.
    texts = [rest["questions"][question][name] for name in ("q", "a", "e", "kind")]
    shown = browser.run(f"{item}.textContent")
    for text in texts:
        expect(text in shown, f"the large view does not show `{text}`")
    expect_equal(browser.run(f"{item}.querySelector('details').open"), False, "the program is folded")
    # Full size is one pixel for one.
    browser.press("f")
    card = json.loads(browser.run(f"document.getElementById('c{at}').textContent"))
    width = browser.run("document.querySelector('#view img').getBoundingClientRect().width")
    expect_equal(round(width), card["width"], "width at full size")
    browser.press("f")
    browser.press("Escape")


def check_window(browser, name, width, see):
    """No window scrolls sideways, and texts stand out from their ground."""
    browser.until(f"{CARDS}[0].querySelector('img').naturalWidth > 0")
    see(name)
    expect(browser.run("document.documentElement.scrollWidth") <= width, f"{name}: the page is wider than its window")
    browser.run(f"{CARDS}[0].click()")
    browser.until("document.querySelector('#view img').naturalWidth > 0")
    see(name + "-large")
    overflow = browser.run("document.getElementById('large').scrollWidth")
    expect(overflow <= width, f"{name}: the large view is {overflow} pixels wide in a window of {width}")
    for selector in ("#name", ".q", ".a", ".e", "dd", "dt", ".bar label.t", ".bar label.m", ".bar label.p"):
        ratio = browser.run(CONTRAST.replace("SELECTOR", json.dumps(selector)))
        expect(ratio is None or ratio >= 4.5, f"{name}: `{selector}` has a contrast of {ratio}, expected 4.5")
    browser.press("Escape")


# The contrast of the first text of a selector against the ground it stands on (WCAG 2).
CONTRAST = """(() => {
  const node = document.querySelector(SELECTOR);
  if (!node) return null;
  const parts = (color) => color.match(/[\\d.]+/g).map(Number);
  let below = node;
  while (below && (parts(getComputedStyle(below).backgroundColor)[3] ?? 1) === 0) below = below.parentElement;
  const light = ([r, g, b]) => [r, g, b].map((c) => c / 255)
    .map((c) => (c <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4))
    .reduce((sum, c, at) => sum + c * [0.2126, 0.7152, 0.0722][at], 0);
  const [a, b] = [getComputedStyle(node).color, getComputedStyle(below).backgroundColor].map(parts).map(light);
  return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
})()"""


if __name__ == "__main__":
    run(main)
