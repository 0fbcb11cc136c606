/* names_and_logins.h - logins in the clear and names of addresses, as evidence gave them
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_TALLY_NAMES_AND_LOGINS_H
#define HG_TALLY_NAMES_AND_LOGINS_H

#include "tally/types/evidence.h"
#include "tally/types/traffic.h"

G_BEGIN_DECLS

typedef struct {
  HgAddress client, server; /* owned */
  char *protocol;
  char *user;        /* "" when only the attempt is known */
  HgTraffic traffic; /* packets: how many logins; bytes: 0 */
} HgLogin;

typedef struct {
  HgAddress address; /* owned */
  char *name;
  guint sources; /* 1 << HgNameSource, or-ed */
  guint32 first_frame;
} HgName;

typedef struct HgNamesAndLogins HgNamesAndLogins;

HgNamesAndLogins *hg_names_and_logins_new(void);
void hg_names_and_logins_free(HgNamesAndLogins *names_and_logins);

/* Add, or count again what is known. Both FALSE when it would be new and there are `max` of its
 * kind already. */
gboolean hg_names_and_logins_add_login(HgNamesAndLogins *names_and_logins, const HgAddress *client,
                                       const HgAddress *server, const char *protocol,
                                       const char *user, const HgTraffic *traffic, guint32 max);
gboolean hg_names_and_logins_add_name(HgNamesAndLogins *names_and_logins, const HgAddress *address,
                                      const char *name, guint sources, guint32 first_frame,
                                      guint32 max);

/* TRUE when adding the name would change nothing. */
gboolean hg_names_and_logins_has_name(const HgNamesAndLogins *names_and_logins,
                                      const HgAddress *address, const char *name, guint sources,
                                      guint32 first_frame);

guint32 hg_names_and_logins_login_count(const HgNamesAndLogins *names_and_logins);
const HgLogin *hg_names_and_logins_login(const HgNamesAndLogins *names_and_logins,
                                         guint32 number); /* borrowed */
/* Gives the logins that have no time this one. */
void hg_names_and_logins_date(HgNamesAndLogins *names_and_logins, gint64 ns);

guint32 hg_names_and_logins_name_count(const HgNamesAndLogins *names_and_logins);
const HgName *hg_names_and_logins_name(const HgNamesAndLogins *names_and_logins,
                                       guint32 number); /* borrowed */

/* The names of one address, sorted and without repetitions: a new strv (transfer full). Takes
 * time for the names of this address only. */
char **hg_names_and_logins_names(const HgNamesAndLogins *names_and_logins,
                                 const HgAddress *address);

G_END_DECLS
#endif
