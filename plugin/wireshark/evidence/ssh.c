/* ssh.c - SSH: nothing is read, but its Info text may be kept, without what programs say of themselves
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "wireshark/reading/source.h"

static const char *const words[] = {
    "Client",    "Server", "Protocol",       "Key",      "Exchange", "Init", "Reply",
    "Request",   "Group",  "Diffie-Hellman", "Elliptic", "Curve",    "New",  "Keys",
    "Encrypted", "packet", "request",        "response", "Public",   NULL,
};
static const HgInfoPolicy info[] = {
    {"SSH*", HG_INFO_LABEL, words},
    {NULL, HG_INFO_NOTHING, NULL},
};

const HgEvidenceSource hg_evidence_ssh = {
    .id = "ssh",
    .title = "SSH",
    .what = "nothing but the Info text",
    .info = info,
};
