/* knowledge.h - what evidence said: logins in the clear and names of addresses
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_TALLY_KNOWLEDGE_H
#define HG_TALLY_KNOWLEDGE_H

#include "tally/address.h"
#include "tally/evidence.h"
#include "tally/traffic.h"

G_BEGIN_DECLS

typedef struct {
  HgAddress client, server; /* owned */
  char *protocol;
  char *user;        /* "" when only the attempt is known */
  HgTraffic traffic; /* packets: how often it was seen; bytes: 0 */
} HgLogin;

typedef struct {
  HgAddress address; /* owned */
  char *name;
  guint sources; /* 1 << HgNameSource, or-ed */
  guint32 first_frame;
} HgName;

typedef struct HgKnowledge HgKnowledge;

HgKnowledge *hg_knowledge_new(void);
void hg_knowledge_free(HgKnowledge *knowledge);

/* Both FALSE when it would be new and `max` of its kind are there already. */
gboolean hg_knowledge_add_login(HgKnowledge *knowledge, const HgAddress *client,
                                const HgAddress *server, const char *protocol, const char *user,
                                const HgTraffic *traffic, guint32 max);
gboolean hg_knowledge_add_name(HgKnowledge *knowledge, const HgAddress *address, const char *name,
                               guint sources, guint32 first_frame, guint32 max);

guint32 hg_knowledge_login_count(const HgKnowledge *knowledge);
const HgLogin *hg_knowledge_login(const HgKnowledge *knowledge, guint32 number); /* borrowed */
guint32 hg_knowledge_name_count(const HgKnowledge *knowledge);
const HgName *hg_knowledge_name(const HgKnowledge *knowledge, guint32 number); /* borrowed */

/* The names of one address, sorted: a new strv (transfer full). Walks only its own names. */
char **hg_knowledge_names(const HgKnowledge *knowledge, const HgAddress *address);

G_END_DECLS
#endif
