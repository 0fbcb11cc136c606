"""What valgrind finds in a program that has the plugin.

Wireshark and its libraries leak and err a little themselves, so a finding counts when the plugin
stands in its stack.

SPDX-License-Identifier: GPL-2.0-or-later
"""
import collections
import xml.etree.ElementTree as ElementTree


def command(found):
    """To be put before a program and its arguments; what is found is written to `found`."""
    # --keep-debuginfo: Wireshark unloads its plugins before valgrind looks for leaks.
    return ["valgrind", "--leak-check=full", "--show-leak-kinds=definite,indirect,possible",
            "--keep-debuginfo=yes", "--num-callers=40", "--child-silent-after-fork=yes",
            "--xml=yes", f"--xml-file={found}"]


def findings(found):
    """{kind of finding: stacks, each a list of "object:function"}"""
    stacks = collections.defaultdict(list)
    for error in ElementTree.parse(found).getroot().iter("error"):
        stacks[error.findtext("kind")].append(
            [(frame.findtext("obj") or "").rsplit("/", 1)[-1] + ":" + (frame.findtext("fn") or "?")
             for stack in error.iter("stack") for frame in stack.iter("frame")])
    return stacks


# Wireshark never frees what it makes of the arguments of the first two. Tables that are registered with
# it are there as long as the process is, as it may look at them until then.
KEPT = ("plugin_if_apply_filter", "plugin_if_get_capture_file", "hg_stat_window_register")


def ours(stacks, name="hostgraph.so"):
    """Those in which we stand; but leaks only of what is ours to free, and not of what hangs on that."""
    found = {}
    for kind, some in stacks.items():
        for stack in some if kind != "Leak_IndirectlyLost" else ():
            place = next((at for at, frame in enumerate(stack) if frame.startswith(name)), None)
            if place is not None and not (kind.startswith("Leak") and theirs(stack[:place + 1])):
                found.setdefault(kind, []).append(stack)
    return found


def theirs(makers):
    """Whether something was made, for us, by those who also have to free it: what windows are of, too."""
    return any(frame.startswith("libQt") or frame.endswith(KEPT) for frame in makers)
