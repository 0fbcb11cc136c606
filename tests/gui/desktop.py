"""A screen of its own, with a window manager, and hands to use it with.

SPDX-License-Identifier: GPL-2.0-or-later
"""
import itertools
import os
import re
import subprocess
import time

TIMEOUT = 120
SCREEN = (1280, 1000)


def wait_for(what, condition, timeout=TIMEOUT):
    """The first true value of condition(); fails, saying what was waited for."""
    end = time.monotonic() + timeout
    while True:
        value = condition()
        if value:
            return value
        assert time.monotonic() < end, f"waited {timeout} s in vain for {what}"
        time.sleep(0.05)


class Desktop:
    def __init__(self):
        reader, writer = os.pipe()
        self.processes = [subprocess.Popen(
            ["Xvfb", "-displayfd", str(writer), "-screen", "0", "%dx%dx24" % SCREEN,
             "-nolisten", "tcp"], pass_fds=[writer], stderr=subprocess.DEVNULL)]
        os.close(writer)
        with os.fdopen(reader) as pipe:
            self.display = ":" + pipe.readline().strip()
        assert self.display != ":", "Xvfb does not start"
        self.environment = {**os.environ, "DISPLAY": self.display}
        self.processes.append(subprocess.Popen(["openbox"], env=self.environment,
                                               stderr=subprocess.DEVNULL))
        wait_for("the window manager", lambda: "window id" in self.run(
            "xprop", "-root", "_NET_SUPPORTING_WM_CHECK", check=False))

    def stop(self):
        for process in reversed(self.processes):
            process.terminate()
            process.wait(TIMEOUT)

    def run(self, *command, check=True):
        done = subprocess.run(command, env=self.environment, text=True, capture_output=True)
        assert not check or done.returncode == 0, f"{command}: {done.stderr}"
        return done.stdout

    # --- windows ---

    def windows(self):
        """{id: title} of every window that the window manager manages."""
        listed = self.run("xprop", "-root", "_NET_CLIENT_LIST", check=False)
        found = {}
        for window in re.findall(r"0x[0-9a-f]+", listed):
            title = re.search(r'_NET_WM_NAME\(UTF8_STRING\) = "(.*)"',
                              self.run("xprop", "-id", window, "_NET_WM_NAME", check=False))
            if title:
                found[window] = title.group(1)
        return found

    def titled(self, pattern):
        return [window for window, title in self.windows().items() if re.search(pattern, title)]

    def menus(self):
        """Menus that hang open. Not a window that the window manager is yet to hear of, nor a tool tip."""
        found = self.run("xdotool", "search", "--onlyvisible", "--class", "wireshark", check=False)
        strange = set(found.split()) - {str(int(window, 16)) for window in self.windows()}
        return {window for window in strange
                if "_MENU" in self.run("xprop", "-id", window, "_NET_WM_WINDOW_TYPE", check=False)}

    def activate(self, window):
        """Gives it the keyboard. Asks again and again: a busy window may not take it at once."""
        def has_keyboard():
            if window in self.run("xprop", "-root", "_NET_ACTIVE_WINDOW") and self.run(
                    "xdotool", "getwindowfocus", check=False).strip() == str(int(window, 16)):
                return True
            self.run("xdotool", "windowactivate", window)
            return False

        wait_for(f"window {window} to have the keyboard", has_keyboard)

    def resize(self, window, width, height):
        self.run("xdotool", "windowmove", window, "10", "30")
        self.run("xdotool", "windowsize", "--sync", window, str(width), str(height))

    # --- hands ---

    def key(self, *keys):
        self.run("xdotool", "key", "--delay", "30", *keys)

    def type(self, text):
        self.run("xdotool", "type", "--delay", "5", "--", text)

    def click(self, window, x, y):
        self.run("xdotool", "mousemove", "--window", window, str(x), str(y), "click", "1")

    def geometry(self, window):
        found = self.run("xdotool", "getwindowgeometry", "--shell", window)
        return {key: int(value) for key, value in re.findall(r"(\w+)=(\d+)", found)}

    def copied(self, *keys, click=None):
        """What these keys put into the clipboard, after a click at (window, x, y). Tried again
        and again, with ever more patience: while Wireshark goes over the packets it hears nothing,
        and under valgrind it is slow."""
        mark = b"nothing was copied"
        patience = itertools.count(20, 20)

        def attempt():
            self.put_in_clipboard(mark)
            if click:
                self.click(*click)
            self.key(*keys)
            for _ in range(next(patience)):
                text = self.clipboard()
                if text is not None and text != mark:
                    return text.decode("utf-8")
                time.sleep(0.05)
            return None

        return wait_for("a copy in the clipboard", attempt)

    def put_in_clipboard(self, data):
        subprocess.run(["xclip", "-selection", "clipboard"], input=data, check=True,
                       env=self.environment)

    def clipboard(self):
        done = subprocess.run(["xclip", "-selection", "clipboard", "-o"], env=self.environment,
                              capture_output=True)
        return done.stdout if done.returncode == 0 else None

    def screenshot(self, path, window="root"):
        self.run("import", "-window", window, str(path))
