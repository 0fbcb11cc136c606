/* resp.c - Redis: nothing is read but the words that its Info text shows
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "wireshark/reading/source.h"

static const HgInfoSecrets secrets = {"RESP", "Request: ", FALSE};

const HgEvidenceSource hg_evidence_resp = {
    .id = "resp",
    .title = "Redis",
    .what = "nothing but the Info text, of which passwords are cut off",
    .secrets = &secrets,
};
