/* login_names.h - for whom logins failed: one user whose password is outdated, or many names
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_ANALYSIS_LOGIN_NAMES_H
#define HG_ANALYSIS_LOGIN_NAMES_H

#include <glib.h>

G_BEGIN_DECLS

/* A spray stays below the limit at which accounts are locked (MITRE ATT&CK T1110.003): 5 failures in the
 * benchmarks of CIS, 10 in Microsoft's baselines, mostly less what the user fails with. */
#define HG_LOGIN_NAMES_FEW 3

/* Nobody types names so fast, of which no one exists. */
#define HG_LOGIN_NAMES_UNKNOWN_NS (G_GINT64_CONSTANT(60) * 1000000000)

typedef struct HgLoginNames HgLoginNames;

HgLoginNames *hg_login_names_new(void);
void hg_login_names_free(HgLoginNames *names);

/* A failure at that time. `user` NULL: for whom is not known. Names differ in more than letter case.
 * `password`: class, 0: not known. `unknown`: the server said that nobody has the name. */
void hg_login_names_add(HgLoginNames *names, gint64 time_ns, const char *user, char password,
                        gboolean unknown);

/* Failures whose user is known, and how many users these are. */
guint hg_login_names_named(const HgLoginNames *names);
guint hg_login_names_count(const HgLoginNames *names);

/* The most passwords, by class, that one user was tried with. */
guint hg_login_names_passwords(const HgLoginNames *names);

/* The most users with at most HG_LOGIN_NAMES_FEW failures that failed first within a time. */
guint hg_login_names_sprayed(const HgLoginNames *names, gint64 window_ns);

/* The most users that do not exist, asked for first within HG_LOGIN_NAMES_UNKNOWN_NS. */
guint hg_login_names_unknown(const HgLoginNames *names);

/* The first few in order of first failure: "alice, bob, carol and 5 others". (transfer full) */
char *hg_login_names_text(const HgLoginNames *names);

G_END_DECLS
#endif
