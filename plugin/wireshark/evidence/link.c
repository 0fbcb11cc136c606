/* link.c - what stays on a link: nothing is read, but their Info texts may be kept
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "wireshark/reading/source.h"

static const HgInfoPolicy info[] = {
    {"Ethernet", HG_INFO_WHOLE, NULL}, {"LLC", HG_INFO_WHOLE, NULL},
    {"XID", HG_INFO_WHOLE, NULL},      {"802.11", HG_INFO_WHOLE, NULL},
    {"WLAN", HG_INFO_WHOLE, NULL},     {"EAPOL", HG_INFO_WHOLE, NULL},
    {"STP", HG_INFO_WHOLE, NULL},      {"RSTP", HG_INFO_WHOLE, NULL},
    {"MSTP", HG_INFO_WHOLE, NULL},     {"PVST", HG_INFO_WHOLE, NULL},
    {"LACP", HG_INFO_WHOLE, NULL},     {"LOOP", HG_INFO_WHOLE, NULL},
    {"DTP", HG_INFO_WHOLE, NULL},      {"Slow Protocols", HG_INFO_WHOLE, NULL},
    {"ARCNET", HG_INFO_WHOLE, NULL},   {"EAP", HG_INFO_LABEL, NULL},
    {"CDP", HG_INFO_LABEL, NULL},      {"LLDP", HG_INFO_LABEL, NULL},
    {"VTP", HG_INFO_LABEL, NULL},      {"UDLD", HG_INFO_LABEL, NULL},
    {"PPP*", HG_INFO_LABEL, NULL},     {"PPPoED", HG_INFO_LABEL, NULL},
    {"PPPoES", HG_INFO_LABEL, NULL},   {"USB*", HG_INFO_LABEL, NULL},
    {"HCI*", HG_INFO_LABEL, NULL},     {"ATT", HG_INFO_LABEL, NULL},
    {"L2CAP", HG_INFO_LABEL, NULL},    {"SNA", HG_INFO_LABEL, NULL},
    {NULL, HG_INFO_NOTHING, NULL},
};

const HgEvidenceSource hg_evidence_link = {
    .id = "link",
    .title = "Links",
    .what = "nothing but the Info text",
    .info = info,
};
