/* transport.c - TCP, UDP and their kin: nothing is read, but their Info texts may be kept
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "wireshark/reading/source.h"

static const HgInfoPolicy info[] = {
    {"TCP", HG_INFO_PORTS, NULL},      {"UDP", HG_INFO_PORTS, NULL},
    {"UDP-Lite", HG_INFO_PORTS, NULL}, {"UDPENCAP", HG_INFO_PORTS, NULL},
    {"DCCP", HG_INFO_PORTS, NULL},     {"AYIYA", HG_INFO_PORTS, NULL},
    {"MNDP", HG_INFO_PORTS, NULL},     {"SCTP", HG_INFO_WHOLE, NULL},
    {NULL, HG_INFO_NOTHING, NULL},
};

const HgEvidenceSource hg_evidence_transport = {
    .id = "transport",
    .title = "Transports",
    .what = "nothing but the Info text",
    .info = info,
};
