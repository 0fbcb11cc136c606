/* all_sources.h - the table of all sources of evidence
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_WIRESHARK_ALL_SOURCES_H
#define HG_WIRESHARK_ALL_SOURCES_H

#include "wireshark/reading/source.h"

/* By id; NULL-terminated. Generated from the files of this folder. */
extern const HgEvidenceSource *const hg_evidence_sources[];

#endif
