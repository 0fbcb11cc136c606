/* restore.h - builds a tally from stored tables
 *
 * The caller gives the tables in the order of this file to a new builder, and uses the numbers that
 * were returned for earlier rows. A row that contradicts an earlier one, or refers to a row that
 * does not exist, is refused: HG_RESTORE_FAILED or FALSE; the builder can then only be freed.
 * Nothing but hg_tally_finish or hg_tally_builder_end may follow hg_tally_restore_totals.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_TALLY_RESTORE_H
#define HG_TALLY_RESTORE_H

#include "tally/tally_builder.h"

G_BEGIN_DECLS

#define HG_RESTORE_FAILED G_MAXUINT32

/* Caps do not apply again: they did when the packets were tallied. Hosts and conversations are
 * numbered as they come. */
guint32 hg_tally_restore_protocol(HgTallyBuilder *builder, const char *name,
                                  const HgTraffic *traffic);
guint32 hg_tally_restore_host(HgTallyBuilder *builder, const HgAddress *address,
                              const HgTraffic *sent, const HgTraffic *received,
                              gboolean link_broadcast);
/* One of the hosts may be HG_NO_HOST. */
guint32 hg_tally_restore_conversation(HgTallyBuilder *builder, const guint32 host[2],
                                      const HgTraffic traffic[2], const HgCopies copies[2]);
/* `info` may hold NULL. */
guint32 hg_tally_restore_conversation_protocol(HgTallyBuilder *builder, guint32 conversation,
                                               guint32 protocol, const HgTraffic traffic[2],
                                               const char *const info[2]);
/* `packets` by direction; no more than the conversation has, and some. */
gboolean hg_tally_restore_conversation_vlan(HgTallyBuilder *builder, guint32 conversation,
                                            HgVlan vlan, const guint64 packets[2]);
gboolean hg_tally_restore_connection(HgTallyBuilder *builder, const HgConnection *connection);
gboolean hg_tally_restore_pending_icmp_error(HgTallyBuilder *builder,
                                             const HgPendingIcmpError *error);
gboolean hg_tally_restore_run(HgTallyBuilder *builder, const HgContactRun *run);
gboolean hg_tally_restore_binding(HgTallyBuilder *builder, const HgBinding *binding);
gboolean hg_tally_restore_login(HgTallyBuilder *builder, const HgLogin *login);
gboolean hg_tally_restore_name(HgTallyBuilder *builder, const HgName *name);
gboolean hg_tally_restore_observation(HgTallyBuilder *builder, const HgObservation *observation);

/* Takes `captures` (in the order of frames). FALSE when hosts, conversations and what these
 * spoke do not add up. */
gboolean hg_tally_restore_totals(HgTallyBuilder *builder, const HgTraffic *traffic,
                                 GArray *captures, const guint64 left_out[HG_CAP_COUNT]);

G_END_DECLS
#endif
