"""A browser window on the dashboard, as a test uses it."""

from dataclasses import dataclass, field
from urllib.parse import urlsplit

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import ConsoleMessage, Locator, Page, Request, ViewportSize, expect

IDLE = "[data-testid=stApp][data-test-script-state=notRunning]"
PATIENCE = 30_000
# All that stands on the page, is read aloud or shown at a hover. An icon is drawn by the letters of
# its name, in a font of its own.
_SAID = """() => {
  const names = ['aria-label', 'aria-description', 'aria-roledescription', 'aria-valuetext', 'alt',
    'title', 'placeholder'];
  const texts = [document.title];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const part = node.parentElement;
    if (part.checkVisibility() && !getComputedStyle(part).fontFamily.startsWith('"Material'))
      texts.push(node.nodeValue);
  }
  for (const part of document.querySelectorAll('*')) {
    texts.push(...names.map(name => part.getAttribute(name) || ''));
    if (part.localName === 'input' && part.type === 'text') texts.push(part.value);
  }
  return texts.filter(text => text.trim()).join('\\n');
}"""


@dataclass
class Window:
    """One tab, which remembers what went wrong in it and which other hosts it asked for."""

    page: Page
    address: str
    errors: list[str] = field(default_factory=list)
    foreign: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.on("console", self._note_console)
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.page.on("request", self._note_request)
        self.page.on("websocket", lambda socket: self._note_address(socket.url))

    def open(self, path: str = "") -> "Window":
        """Goes to a page of the dashboard and waits until it is drawn."""
        self.page.goto(f"{self.address}/{path}", wait_until="domcontentloaded")
        return self.settle()

    def settle(self) -> "Window":
        """Waits until the script has run and what it sent is on the screen."""
        main = self.page.locator(IDLE).locator("[data-testid=stMainBlockContainer]")
        expect(main.locator("[data-testid=stElementContainer]").first).to_be_attached(
            timeout=PATIENCE
        )
        for unfinished in ("stSkeleton", "stAppSkeleton", "stSpinner"):
            expect(self.page.get_by_test_id(unfinished)).to_have_count(0, timeout=PATIENCE)
        # Plotly draws, and Streamlit fades in, after the script has ended.
        self.page.wait_for_load_state("networkidle")
        self.page.wait_for_timeout(500)
        expect(self.page.locator(IDLE)).to_be_attached(timeout=PATIENCE)
        return self

    def said(self) -> str:
        """Every text of the page, seen or read aloud, a line each."""
        return str(self.page.evaluate(_SAID))

    def heard(self) -> str:
        """What a screen reader is given: every name and description, a line each."""
        tree = self.page.context.new_cdp_session(self.page).send("Accessibility.getFullAXTree")
        return "\n".join(
            str(node[part].get("value", ""))
            for node in tree["nodes"]
            for part in ("name", "description", "value")
            if not node["ignored"] and part in node
        )

    def unfold(self, box: Locator) -> None:
        """Open a list of choices, which closes when the page moves: it is moved there before."""
        box.scroll_into_view_if_needed()
        self.settle()
        box.click()

    def violations(self) -> list[str]:
        """What axe finds, of whatever impact, one line a rule and element."""
        found = Axe().run(self.page).response["violations"]
        return [
            f"{rule['id']} ({rule['impact']}): {' '.join(map(str, node['target']))} {node['html']}"
            for rule in found
            for node in rule["nodes"]
        ]

    @property
    def width(self) -> int:
        """In pixels."""
        return int(self._size()["width"])

    def overflow(self) -> int:
        """How many pixels wider than the window the page is."""
        return max(
            int(self.page.locator(part).evaluate("part => part.scrollWidth")) - self.width
            for part in ("html", "body", "[data-testid=stMain]")
        )

    def _size(self) -> ViewportSize:
        size = self.page.viewport_size
        if size is None:
            raise RuntimeError("The window has no size")
        return size

    def _note_console(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.errors.append(message.text)

    def _note_request(self, request: Request) -> None:
        self._note_address(request.url)

    def _note_address(self, url: str) -> None:
        parts = urlsplit(url)
        if parts.scheme not in {"data", "blob"} and parts.hostname != "127.0.0.1":
            self.foreign.append(url)
