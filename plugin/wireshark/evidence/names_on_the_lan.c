/* names_on_the_lan.c - NetBIOS and its kin, which name machines: nothing is read, but their Info texts may be kept
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "wireshark/reading/source.h"

static const HgInfoPolicy info[] = {
    {"NBNS", HG_INFO_WHOLE, NULL},
    {"NBSS", HG_INFO_LABEL, NULL},
    {"NBDS", HG_INFO_LABEL, NULL},
    {"NBIPX", HG_INFO_LABEL, NULL},
    {"NetBIOS", HG_INFO_LABEL, NULL},
    {"NMPI", HG_INFO_LABEL, NULL},
    {"WINS-Replication", HG_INFO_LABEL, NULL},
    {"WSD", HG_INFO_LABEL, NULL},
    {"SLP", HG_INFO_LABEL, NULL},
    {"SRVLOC", HG_INFO_LABEL, NULL},
    {NULL, HG_INFO_NOTHING, NULL},
};

const HgEvidenceSource hg_evidence_names_on_the_lan = {
    .id = "names-on-the-lan",
    .title = "Names on the local network",
    .what = "nothing but the Info text",
    .info = info,
};
