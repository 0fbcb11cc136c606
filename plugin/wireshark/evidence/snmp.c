/* snmp.c - communities of SNMP v1 and v2c, which are passwords
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "wireshark/reading/source.h"

enum { COMMUNITY, FIELDS };
static const HgFieldNames fields[FIELDS] = {
    [COMMUNITY] = {"snmp.community"},
};

/* SNMP v1 and v2c: the community is the password, and there is no user. */
static void read(const HgFrame *frame) {
  if (hg_frame_field(frame, COMMUNITY, 0) != NULL)
    hg_frame_report_login(frame, frame->packet->source_port != 161, "SNMP", "");
}

static const HgInfoPolicy info[] = {
    {"SNMP", HG_INFO_LABEL, NULL},
    {NULL, HG_INFO_NOTHING, NULL},
};

const HgEvidenceSource hg_evidence_snmp = {
    .id = "snmp",
    .title = "SNMP",
    .what = "that a community, which is a password, was sent in the clear; never the community",
    .layers = (const char *const[]){"snmp", NULL},
    .fields = fields,
    .field_count = FIELDS,
    .info = info,
    .read = read,
};
