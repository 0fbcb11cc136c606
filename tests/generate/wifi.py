#!/usr/bin/python3
"""A Wi-Fi network on the air: frames that name a sender and a receiver, frames that name only the
receiver, and the addresses of both roles for the same stations.

    wifi.py CAPTURE      writes a pcapng of IEEE 802.11 frames without a radio header

SPDX-License-Identifier: GPL-2.0-or-later
"""
import struct
import sys

import wire

START = 1767607200 * 10**9
MS = 10**6
STATIONS = [wire.mac(f"02:00:0a:46:00:{n:02x}") for n in (0x10, 0x11)]
ACCESS_POINT = wire.mac("02:00:0a:46:00:01")
SERVER = wire.mac("02:00:0a:46:00:50")  # on the cable behind the access point
LLC_IPV4 = b"\xaa\xaa\x03\0\0\0\x08\0"
TO_DS, FROM_DS = 0x01, 0x02


def frame(kind, subtype, *addresses, flags=0, body=b""):
    """IEEE 802.11-2020, 9.2.3: frame control, duration, then up to three addresses and a sequence."""
    head = struct.pack("<BBH", subtype << 4 | kind << 2, flags, 0) + b"".join(addresses)
    return head + (b"\0\0" if len(addresses) == 3 else b"") + body


def management(subtype, target, source, body):
    return frame(0, subtype, target, source, ACCESS_POINT, body=body)


def beacon():
    name = b"\0\x05wings"
    return management(8, wire.BROADCAST_MAC, ACCESS_POINT, bytes(8) + b"\x64\0\x01\0" + name)


def data(station, up):
    """One datagram between a station and the server, as the air carries it."""
    ends = (wire.ip("10.70.0.%d" % station[5]), wire.ip("10.70.0.80"))
    source, target = ends if up else ends[::-1]
    _, packet = wire.network(source, target, wire.UDP,
                             wire.udp(source, target, 40000, 40001, b"\xff" * 8))
    if up:
        return frame(2, 0, ACCESS_POINT, station, SERVER, flags=TO_DS, body=LLC_IPV4 + packet)
    return frame(2, 0, station, ACCESS_POINT, SERVER, flags=FROM_DS, body=LLC_IPV4 + packet)


def control(station):
    """The control frames of one exchange: 9.3.1 in the order of its sections."""
    return [
        frame(1, 11, ACCESS_POINT, station),                                          # RTS
        frame(1, 12, station),                                                        # CTS
        frame(1, 13, ACCESS_POINT),                                                   # Ack
        frame(1, 10, ACCESS_POINT, station),                                          # PS-Poll
        frame(1, 14, wire.BROADCAST_MAC, ACCESS_POINT),                               # CF-End
        frame(1, 8, ACCESS_POINT, station, body=struct.pack("<HH", 4, 0x10)),         # BlockAckReq
        frame(1, 9, station, ACCESS_POINT, body=struct.pack("<HHQ", 4, 0x10, 1)),     # BlockAck
        frame(1, 5, station, ACCESS_POINT, body=b"\x04" + struct.pack("<H", 1)),      # VHT NDP
        frame(1, 4, station, ACCESS_POINT, body=b"\0"),                               # Report poll
    ]


def frames():
    for station in STATIONS:
        yield beacon()
        yield management(4, wire.BROADCAST_MAC, station, b"\0\0")                     # Probe request
        yield management(11, ACCESS_POINT, station, b"\0\0\x01\0\0\0")                # Authentication
        yield from control(station)
        yield frame(2, 4, ACCESS_POINT, station, ACCESS_POINT, flags=TO_DS)           # Null: asleep
        yield data(station, up=True)
        yield frame(1, 13, station)
        yield data(station, up=False)
        yield frame(1, 13, ACCESS_POINT)


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    wire.write_pcapng(sys.argv[1], [(START + n * MS, each) for n, each in enumerate(frames())],
                      link_type=105)
