/* nntp.c - NNTP: nothing is read but the words that its Info text shows
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "wireshark/reading/source.h"

static const HgInfoSecrets secrets = {"NNTP", "Request: ", FALSE};

const HgEvidenceSource hg_evidence_nntp = {
    .id = "nntp",
    .title = "NNTP",
    .what = "nothing but the Info text, of which passwords are cut off",
    .secrets = &secrets,
};
