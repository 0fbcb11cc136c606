/* remote.c - sessions, files and databases whose verbs may be kept: nothing is read, but their Info texts may be kept
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "wireshark/reading/source.h"

static const HgInfoPolicy info[] = {
    {"TFTP", HG_INFO_LABEL, NULL},     {"NFS", HG_INFO_LABEL, NULL},
    {"RPC", HG_INFO_LABEL, NULL},      {"Portmap", HG_INFO_LABEL, NULL},
    {"MOUNT", HG_INFO_LABEL, NULL},    {"STAT", HG_INFO_LABEL, NULL},
    {"iSCSI", HG_INFO_LABEL, NULL},    {"AFP", HG_INFO_LABEL, NULL},
    {"NCP", HG_INFO_LABEL, NULL},      {"TNS", HG_INFO_LABEL, NULL},
    {"MQTT", HG_INFO_LABEL, NULL},     {"MONGO", HG_INFO_LABEL, NULL},
    {"CoAP", HG_INFO_LABEL, NULL},     {"RMI", HG_INFO_LABEL, NULL},
    {"BT-DHT", HG_INFO_LABEL, NULL},   {"Mojito", HG_INFO_LABEL, NULL},
    {"X11", HG_INFO_LABEL, NULL},      {"rlogin", HG_INFO_LABEL, NULL},
    {"Rsh", HG_INFO_LABEL, NULL},      {"RDP", HG_INFO_LABEL, NULL},
    {"Diameter", HG_INFO_LABEL, NULL}, {"SKINNY", HG_INFO_LABEL, NULL},
    {"IAX2", HG_INFO_LABEL, NULL},     {"H.*", HG_INFO_LABEL, NULL},
    {"H225*", HG_INFO_LABEL, NULL},    {"DRDA", HG_INFO_LABEL, NULL},
    {"Kafka", HG_INFO_LABEL, NULL},    {"memcache", HG_INFO_LABEL, NULL},
    {"SVN", HG_INFO_LABEL, NULL},      {"GIT", HG_INFO_LABEL, NULL},
    {"SIP*", HG_INFO_REQUEST, NULL},   {"RTSP*", HG_INFO_REQUEST, NULL},
    {"ICAP", HG_INFO_REQUEST, NULL},   {NULL, HG_INFO_NOTHING, NULL},
};

const HgEvidenceSource hg_evidence_remote = {
    .id = "remote",
    .title = "Remote sessions and files",
    .what = "nothing but the Info text",
    .info = info,
};
