"""A tshark that has the plugin just built, for tests and for what measures it.

HOSTGRAPH_BUILD     build folder (default: the tests' own, build-tests/ in the repository)
HOSTGRAPH_CAPTURES  folder of real captures (default: ../shared/captures beside the repository); small
                    ones of single cases are in the folder cases beside it

SPDX-License-Identifier: GPL-2.0-or-later
"""
import contextlib
import json
import os
import pathlib
import re
import shutil
import sqlite3
import subprocess
import tempfile
import uuid

ROOT = pathlib.Path(__file__).resolve().parents[1]
BUILD = pathlib.Path(os.environ.get("HOSTGRAPH_BUILD") or ROOT / "build-tests").absolute()
CAPTURES = pathlib.Path(os.environ.get("HOSTGRAPH_CAPTURES") or ROOT.parent / "shared" / "captures").absolute()
CASES = CAPTURES.parent / "cases"
NOBODY = 65534


class Done:
    """What a finished command left behind."""

    def __init__(self, completed):
        self.status = completed.returncode
        self.out = (completed.stdout or b"").decode("utf-8", "replace")
        self.err = completed.stderr.decode("utf-8", "replace")

    def __repr__(self):
        return f"status {self.status}\n--- out\n{self.out}\n--- err\n{self.err}"


class Failed(AssertionError):
    """There is no record; says what tshark said."""

    def __init__(self, done):
        super().__init__(repr(done))
        self.done = done


# Fields that have other names since a version. Those that hold columns were called by the columns' titles, later by
# their formats.
RENAMED = {(4, 4): {"_ws.col.Source": "_ws.col.def_src", "_ws.col.Destination": "_ws.col.def_dst",
                    "_ws.col.Protocol": "_ws.col.protocol", "_ws.col.Info": "_ws.col.info"},
           (4, 6): {"communityid": "communityid.hash"}}


class Tshark:
    """Runs tshark with the plugin and a scratch home; as nobody where we are root, because
    tshark ignores the plugins of root. `work` is a folder that it may write to."""

    def __init__(self, folder):
        version = subprocess.run(["tshark", "--version"], capture_output=True, text=True).stdout
        self.version = tuple(map(int, re.search(r"(\d+)\.(\d+)\.\d+", version).groups()))
        self.folder = folder
        self.home = folder / "home"
        self.work = folder / "work"
        plugins = folder / "plugins"
        self.home.mkdir()
        self.work.mkdir()
        subprocess.run([ROOT / "tests/plugins.sh", plugins, BUILD], check=True)
        self.become = []
        if os.geteuid() == 0:
            self.become = ["setpriv", f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups"]
            for path in [self.home, self.work]:
                os.chown(path, NOBODY, NOBODY)
        self.environment = {name: value for name, value in os.environ.items()
                            if not name.startswith(("WIRESHARK", "XDG_"))}
        self.environment.update(HOME=str(self.home), LC_ALL="C.UTF-8", TZ="UTC",
                                WIRESHARK_PLUGIN_DIR=str(plugins))

    def __call__(self, *arguments, shell=None, program="tshark", stdout=subprocess.PIPE):
        """`shell`: a wrapper such as 'ulimit -f 1; exec "$@"'. Fields to print (-e) have the names of 4.0; later
        versions get their own."""
        renamed = {name: now for since, names in RENAMED.items() if self.version >= since
                   for name, now in names.items()}
        words = [program, *map(str, arguments)]
        command = [renamed.get(word, word) if before == "-e" else word for before, word in zip(["", *words], words)]
        if shell:
            command = ["bash", "-c", shell, "bash", *command]
        completed = subprocess.run([*self.become, *command], cwd=self.work, env=self.environment,
                                   stdin=subprocess.DEVNULL, stdout=stdout, stderr=subprocess.PIPE,
                                   timeout=600)
        return Done(completed)

    def hostgraph(self, capture, *options, before=(), **more):
        return self("-q", *before, "-r", capture, "-z", ",".join(["hostgraph", *options]), **more)

    def rows(self, capture, query, parameters, *options, **more):
        """What the query finds in the capture's store."""
        done = self.hostgraph(capture, "text=no", "export=rows.sqlite", *options, **more)
        assert (self.work / "rows.sqlite").exists(), done
        with sqlite3.connect(self.work / "rows.sqlite") as store:
            rows = store.execute(query, parameters).fetchall()
        self.clear()
        return rows

    def fields(self, capture, *fields, before=()):
        """tshark's own words: one tuple of texts a packet."""
        names = [word for field in fields for word in ("-e", field)]
        done = self("-n", *before, "-r", capture, "-T", "fields", "-E", "occurrence=f",
                    "-E", "separator=/t", *names)
        lines = done.out.split("\n")[:-1]
        return [tuple((line.split("\t") + [""] * len(fields))[:len(fields)]) for line in lines]

    def files(self):
        return sorted(path.name for path in self.work.iterdir())

    def write(self, name, text):
        """A file that tshark may overwrite."""
        path = self.work / name
        path.write_text(text, encoding="utf-8")
        if self.become:
            os.chown(path, NOBODY, NOBODY)

    def clear(self):
        for path in self.work.iterdir():
            shutil.rmtree(path) if path.is_dir() and not path.is_symlink() else path.unlink()

    def json(self, capture, *options, **more):
        """The complete record of a capture."""
        name = f"record-{uuid.uuid4().hex}.json"  # calls may overlap
        done = self.hostgraph(capture, "text=no", f"export={name}", *options, **more)
        path = self.work / name
        if not path.exists():
            raise Failed(done)
        record = json.loads(path.read_text(encoding="utf-8"))
        path.unlink()
        return record


@contextlib.contextmanager
def opened():
    """A Tshark in a folder that goes away; fails where the plugin is not built or does not fit."""
    # Not below pytest's own folder: nobody may not enter that.
    folder = pathlib.Path(tempfile.mkdtemp(prefix="hostgraph-"))
    try:
        folder.chmod(0o755)
        tshark = Tshark(folder)
        plugins = tshark("-G", "plugins")
        # A plugin that does not fit is one line on standard error, and tshark goes on.
        assert re.search(r"^hostgraph\.so\s", plugins.out, re.M), plugins
        yield tshark
    finally:
        shutil.rmtree(folder)
