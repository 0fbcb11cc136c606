/* nntp.c - NNTP: nothing is read but the words that its Info text shows
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "wireshark/reading/source.h"

static const char *const commands[] = {
    "ARTICLE",  "AUTHINFO",  "BODY",     "CAPABILITIES", "CHECK", "DATE", "GROUP",
    "HDR",      "HEAD",      "HELP",     "IHAVE",        "LAST",  "LIST", "LISTGROUP",
    "MODE",     "NEWGROUPS", "NEWNEWS",  "NEXT",         "OVER",  "POST", "QUIT",
    "STARTTLS", "STAT",      "TAKETHIS", "XOVER",        "XHDR",  NULL,
};
static const HgInfoPolicy info[] = {
    {"NNTP", HG_INFO_COMMAND, commands},
    {NULL, HG_INFO_NOTHING, NULL},
};

const HgEvidenceSource hg_evidence_nntp = {
    .id = "nntp",
    .title = "NNTP",
    .what = "nothing but the Info text, of which passwords are cut off",
    .info = info,
};
