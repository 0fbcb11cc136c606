"""The real Wireshark with the plugin, in a home of its own, driven from outside.

SPDX-License-Identifier: GPL-2.0-or-later
"""
import os
import pathlib
import re
import shutil
import subprocess
import tempfile
import time

from desktop import TIMEOUT, wait_for
from tshark import BUILD, NOBODY, ROOT  # noqa: F401

PLUGIN = BUILD / "plugin" / "wireshark" / "hostgraph.so"
SCREENSHOTS = BUILD / "screenshots"
REPORT = r"^Wireshark · Suspect Hosts$"
EXPORT = r"^Wireshark · Export Host Graph$"
EXPORTED = r"^Wireshark · Host Graph Exported$"
CHOOSE = r"^Wireshark · Filter Packets$"
REPLACE = r"^Wireshark · Replace File$"
MESSAGE = r"^(Wireshark|Error|Warning)$"
# In the order of the Tab key, after the text.
TABLES = {"Hosts": "hosts", "Conversations": "conversations", "Protocols": "protocols",
          "Suspects and Findings": "findings"}
FORMS = {"Export Host Graph…": EXPORT, "Trace Host…": r"^Wireshark · Trace Host$",
         "Compare with Baseline…": r"^Wireshark · Compare with Baseline$",
         "Save as Baseline…": r"^Wireshark · Save as Baseline$"}
BUTTONS = ["Filter Packets…", "Mark Packets", "Open Map", "Trace…", "Export…",
           "Limit to Display Filter", "Refresh"]
MENU = ["Suspect Hosts", "Host Map", "Hosts", "Conversations", "Protocols", "Suspects and Findings",
        "Export Host Graph…", "Trace Host…", "Compare with Baseline…", "Save as Baseline…",
        "Help"]  # in their order

# Stands in for the user's browser.
BROWSER = """\
#!/bin/sh
echo "$1" >>"$HOME/shown"
"""

PREFERENCES = """\
gui.update.enabled: FALSE
gui.ask_unsaved: FALSE
"""


class Home:
    """A user's folder with the plugin in it. As root everything runs as nobody: Wireshark ignores
    the plugins of root."""

    def __init__(self):
        self.path = pathlib.Path(tempfile.mkdtemp(prefix="hostgraph-gui-"))
        self.plugins = self.path / "plugins"
        subprocess.run([ROOT / "tests/plugins.sh", self.plugins, BUILD], check=True)
        settings = self.path / ".config/wireshark"
        settings.mkdir(parents=True)
        (settings / "preferences").write_text(PREFERENCES)
        self.work = self.path / "work"
        self.work.mkdir()
        self.bin = self.path / "bin"
        self.bin.mkdir()
        self.temporary = self.path / "tmp"
        self.temporary.mkdir()
        (self.bin / "xdg-open").write_text(BROWSER)
        (self.bin / "xdg-open").chmod(0o755)
        self.give()

    def give(self):
        """What root put here becomes the user's."""
        os.chmod(self.path, 0o700)
        if os.getuid() == 0:
            subprocess.run(["chown", "-R", f"{NOBODY}:{NOBODY}", self.path], check=True)

    def copy(self, capture, name=None):
        """A capture in the work folder. Its path."""
        target = self.work / (name or pathlib.Path(capture).name)
        shutil.copy(capture, target)
        self.give()
        return target

    def command(self, *words):
        words = [str(word) for word in words]
        if os.getuid() == 0:
            words = [shutil.which("setpriv"), f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups", *words]
        return words

    def environment(self, display=""):
        keep = {key: value for key, value in os.environ.items()
                if not key.startswith(("XDG_", "WIRESHARK_", "QT_", "DBUS_", "SESSION_"))}
        return {**keep, "PATH": f"{self.bin}:{os.environ['PATH']}", "TMPDIR": str(self.temporary),
                "HOME": str(self.path), "WIRESHARK_PLUGIN_DIR": str(self.plugins),
                "DISPLAY": display, "LC_ALL": "C.UTF-8", "XDG_RUNTIME_DIR": str(self.path)}

    def tshark(self, *options):
        """Standard output of tshark with the same plugin."""
        done = subprocess.run(self.command("tshark", *options), env=self.environment(),
                              cwd=self.work, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def pages(self):
        """The addresses that a browser was to show, in order."""
        shown = self.path / "shown"
        return shown.read_text().splitlines() if shown.exists() else []

    def remove(self):
        shutil.rmtree(self.path)


class Wireshark:
    def __init__(self, desktop, home, *options, stdin=subprocess.DEVNULL, wrapper=(), path=None,
                 **variables):
        """`path`: the folders that programs are looked for in, instead of the usual ones; `variables`:
        of its environment."""
        self.desktop, self.home = desktop, home
        environment = {**home.environment(desktop.display), **variables}
        if path is not None:
            environment["PATH"] = ":".join(str(folder) for folder in path)
        self.log = open(home.path / "wireshark.log", "w+", encoding="utf-8")
        self.process = subprocess.Popen(
            home.command(*wrapper, shutil.which("wireshark"), *options), env=environment,
            cwd=home.work, stdin=stdin, stdout=self.log, stderr=subprocess.STDOUT)

    # --- life ---

    def errors(self):
        self.log.seek(0)
        return self.log.read()

    def rests(self):
        """Whether it has done all that it was told to: it slept for a second. A process that only waits
        for its turn, on a busy machine, does not sleep."""
        for _ in range(20):
            status = pathlib.Path(f"/proc/{self.process.pid}/stat").read_text().rpartition(")")[2]
            if status.split()[0] != "S":
                return False
            time.sleep(0.05)
        return True

    def settle(self):
        """Waits until it has nothing to do."""
        wait_for("Wireshark to rest", self.rests)

    def main(self, title, timeout=TIMEOUT):
        """The main window under this title: ready to be used."""
        return self.main_like(f"^{re.escape(title)}$", timeout)

    def main_like(self, pattern, timeout=TIMEOUT):
        window, = wait_for(f"a main window {pattern}", lambda: self.desktop.titled(pattern), timeout)
        if self.desktop.geometry(window)["WIDTH"] != 1000:
            self.desktop.resize(window, 1000, 700)
        self.window = window
        return window

    def quit_cleanly(self, expected="QObject::disconnect: wildcard"):
        """Ends it; nothing of ours went wrong meanwhile, but for lines with `expected` in them: by
        default what 4.6 says on closing a window. Wireshark itself says where it captures to, and
        grumbles when another window than its own was closed last."""
        status, printed = self.quit()
        own = (expected, "Capture MESSAGE", "resetPreviousFocus")
        assert status == 0, printed
        assert not [line for line in printed.splitlines() if re.search(
            r"hostgraph|critical|assert|nested|QObject|QWidget", line, re.IGNORECASE)
            and not any(word in line for word in own)], printed

    def quit(self):
        """Ends it as a user does. Its exit status and everything that it printed."""
        self.desktop.activate(self.window)
        self.desktop.key("ctrl+q")
        status = self.process.wait(60)
        text = self.errors()
        self.log.close()
        return status, text

    def kill(self):
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()
        if not self.log.closed:
            self.log.close()

    # --- the main window ---

    def heard(self, condition):
        """Whether keys that were sent brought it about. No is the answer of a Wireshark that rests: asked
        sooner, and sent again, the same keys would come twice."""
        def answer():
            if condition():
                return "yes"
            return self.rests() and ("yes" if condition() else "no")

        return wait_for("Wireshark to hear", answer) == "yes"

    def close_menus(self):
        self.settle()
        while self.desktop.menus():
            self.desktop.key("Escape")
            self.settle()

    def hang_open(self, what, *path, click=None):
        """Opens a menu and those below it: a list of keys each, which go only to what was waited for.
        Tried again when Wireshark was busy, and heard no key or took it for another menu."""
        def all_open():
            self.desktop.activate(self.window)
            if click:
                self.desktop.click(self.window, *click)
            for keys in path:
                before = self.desktop.menus()
                self.desktop.key(*keys)
                # The menu above stays open: else a key opened the one beside it.
                if not self.heard(lambda: self.desktop.menus() > before):
                    self.close_menus()
                    return False
            return True

        wait_for(what, all_open)

    def choose(self, what, *path, keys):
        """Opens a menu and chooses an entry of it by its keys; that closes the menu. It stays open where
        Wireshark has the entry switched off for now: tried again."""
        def chosen():
            self.hang_open(what, *path)
            self.desktop.key(*keys)
            if self.heard(lambda: not self.desktop.menus()):
                return True
            self.close_menus()
            return False

        wait_for(f"{what} to close", chosen)

    def menu(self, entry):
        """Statistics > Host Graph > entry. The submenu is the last in its menu."""
        self.choose("the Host Graph menu", ["alt+s"], ["Up", "Right"],
                    keys=["Down"] * MENU.index(entry) + ["Return"])

    def open_file(self, path):
        self.desktop.activate(self.window)
        self.desktop.key("ctrl+o")
        dialog, = wait_for("the Open dialog", lambda: self.desktop.titled("Open Capture File"))
        self.desktop.activate(dialog)
        self.desktop.type(str(path))
        self.desktop.key("Return")
        return self.main(path.name)

    def close_file(self):
        self.desktop.activate(self.window)
        self.desktop.key("ctrl+w")
        return self.main("The Wireshark Network Analyzer")

    def display_filter(self):
        self.desktop.activate(self.window)
        self.desktop.key("ctrl+slash")
        return self.desktop.copied("ctrl+a", "ctrl+c")

    def set_display_filter(self, text):
        self.desktop.activate(self.window)
        self.desktop.key("ctrl+slash", "ctrl+a", "Delete")
        if text:
            self.desktop.type(f"({text})")  # leaves nothing to be completed
        self.desktop.key("Return")

    def displayed_frames(self):
        """Numbers of the packets in the packet list, through Edit > Copy > As CSV. Empty, too, while
        Wireshark goes over the packets: wait for what is expected."""
        desktop = self.desktop
        # Copy is the first entry of the menu.
        self.hang_open("the Copy menu", ["ctrl+a", "alt+e"], ["Right"], click=(300, 200))
        desktop.put_in_clipboard(mark := b"nothing was copied")
        desktop.key("c")
        if not self.heard(lambda: desktop.clipboard() not in (mark, None)):  # there is nothing to be copied
            self.close_menus()
            return []
        lines = desktop.clipboard().decode("utf-8").splitlines()
        return [int(re.match(r'"(\d+)"', line).group(1)) for line in lines[1:]]

    def details(self):
        """The lines of the selected packet's tree, all of it unfolded."""
        self.desktop.activate(self.window)
        self.desktop.key("ctrl+Right")
        return [line.strip() for line in self.desktop.copied("ctrl+alt+shift+a").splitlines()]

    # --- our windows ---

    def wait_window(self, pattern, count=1):
        """The newest of `count` windows under that title."""
        windows = wait_for(f"{count} window {pattern}", lambda: (
            lambda found: len(found) == count and found)(self.desktop.titled(pattern)))
        return windows[-1]

    def close_window(self, window):
        self.desktop.activate(window)
        self.desktop.key("Escape")
        wait_for("the window to close", lambda: window not in self.desktop.windows())

    def text(self, window):
        """All text of a text window once its pass over the packets is done, but blanks and empty lines around
        it."""
        return wait_for("the text", lambda: (
            lambda shown: "Going over the packets" not in shown and shown)(self.shown(window)))

    def shown(self, window):
        """The text that it shows now."""
        self.desktop.activate(window)
        return self.desktop.copied("ctrl+a", "ctrl+c", click=(window, 200, 100)).strip()

    def packets(self, window):
        """Their number, as a report says; None: there is no report yet."""
        found = re.search(r"^ +Packets +(\d+)$", self.text(window), re.MULTILINE)
        return found and int(found.group(1))

    def table(self, window):
        """What the button Copy of one of Wireshark's tables copies: the lines below the titles."""
        self.settle()
        self.desktop.activate(window)
        # Backwards: what lies the other way round is disabled during a pass and without a file.
        text = self.desktop.copied(*["shift+Tab"] * 3, "space", click=(window, 200, 100))
        return text.splitlines()[4:-1]

    def press(self, window, button):
        self.desktop.activate(window)
        self.desktop.click(window, 200, 100)
        self.desktop.key(*["Tab"] * (2 + BUTTONS.index(button)), "space")

    def message(self, pattern):
        """Waits for a message box that begins so, and closes it."""
        box = self.wait_window(MESSAGE)
        self.desktop.activate(box)
        self.desktop.screenshot(SCREENSHOTS / "message.png", box)
        text = self.desktop.copied("ctrl+a", "ctrl+c", click=(box, 90, 22))
        assert re.match(pattern, text), text
        self.desktop.key("Return")
        wait_for("the message box to close", lambda: box not in self.desktop.windows())

    def fill(self, dialog, *values):
        """Enters values into a dialog, None leaves one as it is, and presses OK."""
        self.desktop.activate(dialog)
        if values:
            self.desktop.key("Tab")  # from OK, where Wireshark puts the focus, to Cancel
        for value in values:
            self.desktop.key("Tab")
            if value is not None:
                self.desktop.key("ctrl+a", "Delete")
                if value:
                    self.desktop.type(str(value))
        self.desktop.key("Return")
        wait_for("the dialog to close", lambda: dialog not in self.desktop.windows())
