"""What the plugin has in Wireshark's window is none of Lua's, though Lua's menus and windows look alike.

SPDX-License-Identifier: GPL-2.0-or-later
"""
import pathlib
import re
import shutil
import subprocess

import pytest

from wireshark import FORMS, REPORT, ROOT, TABLES


@pytest.fixture
def data(home):
    """Wireshark's own data with Lua switched off in it."""
    line, = re.findall(r"^Global configuration:\s+(.*)$", home.tshark("-G", "folders"), re.M)
    script = pathlib.Path(line) / "init.lua"
    if not script.exists() or "enable_lua = true" not in script.read_text():
        pytest.skip(f"{script} has no switch for Lua in this Wireshark")
    folder = home.path / "data"
    shutil.copytree(line, folder)
    (folder / "init.lua").write_text(
        script.read_text().replace("enable_lua = true", "enable_lua = false"))
    home.give()
    return folder


def test_windows_without_lua(start, home, sweep, data):
    (home.work / "proof.lua").write_text(f"io.open('{home.work}/lua-ran', 'w'):close()")
    home.give()
    wireshark = start("-X", "lua_script:proof.lua", "-r", sweep.name, WIRESHARK_DATA_DIR=str(data))
    wireshark.main(sweep.name)
    wireshark.menu("Suspect Hosts")
    report = wireshark.wait_window(REPORT)
    assert "Address scan" in wireshark.text(report)
    wireshark.close_window(report)
    for entry in TABLES:
        wireshark.menu(entry)
        wireshark.close_window(wireshark.wait_window(
            rf"^Wireshark · Host Graph: {entry} · {re.escape(sweep.name)}$"))
    for entry, title in FORMS.items():
        wireshark.menu(entry)
        wireshark.close_window(wireshark.wait_window(title))
    assert not (home.work / "lua-ran").exists()
    assert wireshark.quit() == plain_end(start, home, sweep, data)


def plain_end(start, home, sweep, data):
    """How Wireshark alone ends without Lua, and what it says then: 4.0 dies as it quits."""
    plugins = home.path / "stock-plugins"
    subprocess.run([ROOT / "tests/plugins.sh", plugins], check=True)
    home.give()
    wireshark = start("-r", sweep.name, WIRESHARK_DATA_DIR=str(data),
                      WIRESHARK_PLUGIN_DIR=str(plugins))
    wireshark.main(sweep.name)
    return wireshark.quit()


def test_with_lua_the_proof_runs(start, home, sweep):
    """So that its absence proves something."""
    (home.work / "proof.lua").write_text(f"io.open('{home.work}/lua-ran', 'w'):close()")
    home.give()
    wireshark = start("-X", "lua_script:proof.lua", "-r", sweep.name)
    wireshark.main(sweep.name)
    assert (home.work / "lua-ran").exists()
    wireshark.quit_cleanly()
