"""Computers of a Windows domain: they log on, read policies, print, and are looked after.

SPDX-License-Identifier: GPL-2.0-or-later
"""
import struct

import smb
from dcerpc import (EXEC_QUERY, HANDLE, LSARPC, SAMR, SPOOLSS, WBEM_SERVICES, WINREG, Pipe, Port,
                    ServiceControl)
from lan import Connection

CLOSE_HANDLE, CLOSE_USER, CLOSE_PRINTER = 0, 1, 29
OPEN_LOCAL_MACHINE, CLOSE_KEY = 2, 5


def session(scene, time, client, server):
    connection = Connection(scene.lan, time, client, server, 445)
    logged_in = smb.Session(connection)
    logged_in.log_in()
    return logged_in


def read(opened, share, *names):
    opened.connect(share)
    for name in names:
        opened.open(name, smb.OPEN_OLD)
        opened.close()


def log_on(scene, time, host):
    """Asks the domain controller who its user is, and reads the policies and the logon script."""
    controller = scene.resolver
    talk = session(scene, time, host, controller)
    for name, bound, operation in (("lsarpc", LSARPC, CLOSE_HANDLE), ("samr", SAMR, CLOSE_USER)):
        pipe = Pipe(talk, controller.text, name, bound)
        pipe.ask(operation)
        pipe.close()
    read(talk, f"\\\\{controller.text}\\SYSVOL", "office.example\\Policies\\gpt.ini",
         "office.example\\scripts\\logon.cmd")
    talk.connection.close()


def look_for_printers(scene, time, host):
    """The print queue of the file server: its port, and by winreg what its driver is."""
    talk = session(scene, time, host, scene.files)
    pipe = Pipe(talk, scene.files.text, "spoolss", SPOOLSS)
    pipe.ask(CLOSE_PRINTER)
    pipe.close()
    read_registry(talk, scene.files)
    read(talk, f"\\\\{scene.files.text}\\print$", "x64\\3\\driver.dll")
    talk.connection.close()


def read_registry(talk, server):
    pipe = Pipe(talk, server.text, "winreg", WINREG)
    pipe.ask(OPEN_LOCAL_MACHINE, bytes(4) + struct.pack("<I", 0x20019))
    pipe.ask(CLOSE_KEY, HANDLE)
    pipe.close()


def morning(scene):
    """Everybody logs on, looks for printers, and some install a program from a share."""
    for number, host in enumerate(scene.desks):
        base = 30 + 4 * number + scene.random.random()
        log_on(scene, scene.at(base), host)
        look_for_printers(scene, scene.at(base + 2), host)
        if scene.random.random() < 0.4:
            talk = session(scene, scene.at(base + 60), host, scene.files)
            read(talk, f"\\\\{scene.files.text}\\software", "setup.exe")
            talk.connection.close()


def inventory(scene):
    """A management server looks at all desks: services, registry, disk, and by queries of WMI."""
    server = scene.member("inventory")
    for time, host in zip(scene.times(len(scene.desks), 20, 0.5), scene.desks):
        talk = session(scene, time, server, host)
        ServiceControl(talk, host.text).look()
        read_registry(talk, host)
        read(talk, f"\\\\{host.text}\\C$", "Program Files\\office.exe")
        time = talk.connection.close()
        connection = Connection(scene.lan, time, server, host, 49155)
        calls = Port(connection, WBEM_SERVICES)
        for _ in range(3):
            calls.ask(EXEC_QUERY, scene.random.randbytes(150), scene.random.randbytes(400))
        connection.close()


KINDS = {"domain-morning": morning, "inventory": inventory}
