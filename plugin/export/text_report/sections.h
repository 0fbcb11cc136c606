/* sections.h - the sections of the text report, in the order of reading
 *
 * Each writes nothing at all when it has nothing to say, unless its comment promises otherwise.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_EXPORT_SECTIONS_H
#define HG_EXPORT_SECTIONS_H

#include "report_writer.h"

G_BEGIN_DECLS

/* What was captured and what was not looked at. Always. */
void hg_section_facts(const HgReportWriter *writer);

/* Suspects with their findings, contacts and traces; "No suspects." when there are none. */
void hg_section_suspects(const HgReportWriter *writer);
/* Which suspects could have passed it on to which; needs two of them. */
void hg_section_origins(const HgReportWriter *writer);
/* Findings that do not make a suspect, and hosts acted upon. */
void hg_section_weak_signs(const HgReportWriter *writer);
void hg_section_victims(const HgReportWriter *writer);
/* Findings that allow lists took out. */
void hg_section_suppressed(const HgReportWriter *writer);

/* Hosts that the user red-flagged, in full; then traces asked for of other hosts. */
void hg_section_flagged(const HgReportWriter *writer);
void hg_section_traces(const HgReportWriter *writer);

/* Cleartext protocols and logins. */
void hg_section_exposures(const HgReportWriter *writer);

/* What is new or unusual against known-normal traffic, where that was given. */
void hg_section_compared(const HgReportWriter *writer);

/* By packets sent, then by packets received. */
void hg_section_hosts(const HgReportWriter *writer);
void hg_section_conversations(const HgReportWriter *writer);
void hg_section_protocols(const HgReportWriter *writer);

/* --- parts of sections --- */

/* All that is known of one finding. */
void hg_part_finding(const HgReportWriter *writer, const HgFinding *finding);
/* Scope, roles, names, MACs, packets, times of a host, each labelled. */
void hg_part_host(const HgReportWriter *writer, guint32 host);
/* Whom it was in contact with: at most `most` rows of (peer, direction, protocol). */
void hg_part_contacts(const HgReportWriter *writer, guint32 host, guint most);
/* The hosts that it sent packets to, and what it spoke. */
void hg_part_contacted(const HgReportWriter *writer, guint32 host);
void hg_part_spoken(const HgReportWriter *writer, guint32 host);
/* "10.0.0.5 -> 10.0.0.9 in frame 812 (SMB2) -> 10.0.0.12 in frame 900 (HTTP)", to or from this
 * entry: packets flow to the right in both directions of a trace. (transfer full) */
char *hg_report_writer_chain(const HgReportWriter *writer, const HgTrace *trace, guint entry);
/* All traces of a host; at most `most` hosts each. */
void hg_part_traces(const HgReportWriter *writer, guint32 host, guint most);

G_END_DECLS
#endif
