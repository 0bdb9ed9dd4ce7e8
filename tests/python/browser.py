"""A browser without a window, driven over a pipe: no port, no network, nothing but the standard library.

    with Browser() as browser:
        browser.open(path, width=1280, height=900)
        browser.run("document.title")
"""

import base64
import json
import os
import shutil
import subprocess
import tempfile
import time

NAMES = ["chromium-headless-shell", "chromium", "chromium-browser", "google-chrome"]
LIMIT_SECONDS = 60


class NoBrowser(Exception):
    """None is installed."""


def installed():
    """The path of a browser that can be driven."""
    for name in NAMES:
        if path := shutil.which(name):
            return path
    raise NoBrowser(f"none of {', '.join(NAMES)} is installed")


class Browser:
    def __init__(self):
        self.profile = tempfile.mkdtemp(prefix="pixmo-browser-")
        to_read, self.to_browser = os.pipe()
        self.from_browser, to_write = os.pipe()

        def pipes():
            # The browser reads commands from descriptor 3 and writes answers to 4. The ends may stand there already.
            reading, writing = os.dup(to_read), os.dup(to_write)
            os.dup2(reading, 3)
            os.dup2(writing, 4)

        self.process = subprocess.Popen(
            [
                installed(), "--headless", "--no-sandbox", "--disable-gpu", "--remote-debugging-pipe",
                "--no-first-run", "--hide-scrollbars", "--force-device-scale-factor=1",
                # Nothing from elsewhere: whatever a page asks for by a name is not found.
                "--host-resolver-rules=MAP * ~NOTFOUND", f"--user-data-dir={self.profile}", "about:blank",
            ],
            close_fds=False, preexec_fn=pipes, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )
        os.close(to_read)
        os.close(to_write)
        os.set_blocking(self.from_browser, False)
        self.last, self.read, self.session, self.events = 0, b"", None, []
        target = self.ask("Target.createTarget", url="about:blank")["targetId"]
        self.session = self.ask("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ("Page", "Runtime", "Network", "Log"):
            self.ask(f"{domain}.enable")

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.kill()
        self.process.wait()
        os.close(self.to_browser)
        os.close(self.from_browser)
        shutil.rmtree(self.profile, ignore_errors=True)

    def ask(self, method, **parameters):
        self.last += 1
        message = {"id": self.last, "method": method, "params": parameters}
        if self.session:
            message["sessionId"] = self.session
        os.write(self.to_browser, json.dumps(message).encode() + b"\0")
        while True:
            answer = self.next_message()
            if answer.get("id") == self.last:
                if "error" in answer:
                    raise RuntimeError(f"{method}: {answer['error']}")
                return answer["result"]
            self.events.append(answer)

    def next_message(self):
        until = time.monotonic() + LIMIT_SECONDS
        while b"\0" not in self.read:
            try:
                piece = os.read(self.from_browser, 1 << 20)
                if not piece:
                    raise RuntimeError("the browser has ended")
                self.read += piece
            except BlockingIOError:
                if time.monotonic() > until:
                    raise TimeoutError("the browser does not answer") from None
                time.sleep(0.005)
        message, self.read = self.read.split(b"\0", 1)
        return json.loads(message)

    def open(self, path, width=1280, height=900, dark=False):
        """Opens a file and waits until it is loaded."""
        scheme = "dark" if dark else "light"
        self.ask("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": scheme}])
        self.ask("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=width < 600)
        self.events.clear()
        self.ask("Page.navigate", url="file://" + os.path.abspath(path))
        self.until("document.readyState === 'complete' && location.protocol === 'file:'")

    def run(self, script):
        """The value of an expression in the page."""
        found = self.ask("Runtime.evaluate", expression=script, returnByValue=True, awaitPromise=True)
        if "exceptionDetails" in found:
            raise RuntimeError(f"{script}: {json.dumps(found['exceptionDetails'])[:600]}")
        return found["result"].get("value")

    def until(self, script):
        """Waits for an expression to be true."""
        until = time.monotonic() + LIMIT_SECONDS
        while not self.run(script):
            if time.monotonic() > until:
                raise TimeoutError(f"it never came to be: {script}")
            time.sleep(0.02)

    def press(self, key, text=""):
        code = {"Enter": 13, "Escape": 27, "ArrowLeft": 37, "ArrowUp": 38, "ArrowRight": 39, "ArrowDown": 40}.get(key, 0)
        text = text or (key if len(key) == 1 else "\r" if key == "Enter" else "")
        for kind in ("keyDown", "keyUp"):
            more = {"text": text} if kind == "keyDown" and text else {}
            self.ask("Input.dispatchKeyEvent", type=kind, key=key, windowsVirtualKeyCode=code, **more)

    def point_at(self, x, y):
        self.ask("Input.dispatchMouseEvent", type="mouseMoved", x=x, y=y)

    def picture(self, path):
        """Writes what is seen to a PNG."""
        data = self.ask("Page.captureScreenshot", format="png")["data"]
        with open(path, "wb") as file:
            file.write(base64.b64decode(data))

    def wrong(self):
        """What the page complained of, and what it asked of the network, since it was opened."""
        found = []
        for event in self.events:
            method, about = event.get("method"), event.get("params", {})
            if method == "Runtime.exceptionThrown":
                found.append(str(about["exceptionDetails"])[:300])
            elif method == "Log.entryAdded" and about["entry"]["level"] == "error":
                found.append(about["entry"]["text"])
            elif method == "Network.requestWillBeSent":
                url = about["request"]["url"]
                if not url.startswith(("file:", "blob:", "data:")):
                    found.append(f"it asked for {url}")
        return found
