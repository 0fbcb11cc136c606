/* internet.c - IP and what routers say to each other: nothing is read, but their Info texts may be kept
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "wireshark/reading/source.h"

static const HgInfoPolicy info[] = {
    {"IP", HG_INFO_WHOLE, NULL},       {"IPv4", HG_INFO_WHOLE, NULL},
    {"IPv6", HG_INFO_WHOLE, NULL},     {"IGMP*", HG_INFO_WHOLE, NULL},
    {"PIM*", HG_INFO_WHOLE, NULL},     {"OSPF", HG_INFO_WHOLE, NULL},
    {"BGP", HG_INFO_WHOLE, NULL},      {"RIP*", HG_INFO_WHOLE, NULL},
    {"RIPng", HG_INFO_WHOLE, NULL},    {"EIGRP", HG_INFO_WHOLE, NULL},
    {"ISIS*", HG_INFO_WHOLE, NULL},    {"HSRP*", HG_INFO_WHOLE, NULL},
    {"VRRP", HG_INFO_WHOLE, NULL},     {"CARP", HG_INFO_WHOLE, NULL},
    {"BFD*", HG_INFO_WHOLE, NULL},     {"LDP", HG_INFO_WHOLE, NULL},
    {"MPLS*", HG_INFO_WHOLE, NULL},    {"GRE", HG_INFO_WHOLE, NULL},
    {"ESP", HG_INFO_WHOLE, NULL},      {"AH", HG_INFO_WHOLE, NULL},
    {"NAT-PMP", HG_INFO_WHOLE, NULL},  {"GTP", HG_INFO_WHOLE, NULL},
    {"GTPv2", HG_INFO_WHOLE, NULL},    {"WireGuard", HG_INFO_WHOLE, NULL},
    {"OpenVPN", HG_INFO_WHOLE, NULL},  {"ISAKMP", HG_INFO_WHOLE, NULL},
    {"Teredo", HG_INFO_WHOLE, NULL},   {"VXLAN", HG_INFO_WHOLE, NULL},
    {"RTP", HG_INFO_WHOLE, NULL},      {"RTCP", HG_INFO_WHOLE, NULL},
    {"GLBP", HG_INFO_LABEL, NULL},     {"RSVP", HG_INFO_LABEL, NULL},
    {"L2TP", HG_INFO_LABEL, NULL},     {"PPTP", HG_INFO_LABEL, NULL},
    {"PCP", HG_INFO_LABEL, NULL},      {"TACACS*", HG_INFO_LABEL, NULL},
    {"STUN", HG_INFO_LABEL, NULL},     {"CLASSIC-STUN", HG_INFO_LABEL, NULL},
    {"GPRS-LLC", HG_INFO_LABEL, NULL}, {"MSDP", HG_INFO_LABEL, NULL},
    {"DVMRP", HG_INFO_LABEL, NULL},    {NULL, HG_INFO_NOTHING, NULL},
};

const HgEvidenceSource hg_evidence_internet = {
    .id = "internet",
    .title = "Internet and routing",
    .what = "nothing but the Info text",
    .info = info,
};
