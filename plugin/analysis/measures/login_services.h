/* login_services.h - services with logins, and how a failed login (authentication failure) shows
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_ANALYSIS_LOGIN_SERVICES_H
#define HG_ANALYSIS_LOGIN_SERVICES_H

#include "tally/tables/service.h"
#include "tally/tally.h"

G_BEGIN_DECLS

typedef struct {
  const char *name; /* subject of authentication failures; start of the Protocol column */
  guint16 port;     /* port that decides if the protocol is not known */
  /* display filter for the answers that report a failure, if they can be told without the request
   * and the filter is valid in every version; else NULL */
  const char *failures;
  /* not 0: the result of a login is encrypted, and a connection in which the server sent at most so
   * many bytes counts as a failure */
  guint32 short_bytes;
} HgLoginService;

#define HG_LOGIN_SERVICES 16
extern const HgLoginService hg_login_services[HG_LOGIN_SERVICES];

/* Looks up the subject of a failure or the text of the Protocol column. HG_LOGIN_SERVICES: none. */
guint hg_login_service_find(const char *name);

/* The login service of each protocol, by protocol number. Looked up once, because there are far
 * more services than protocols. (transfer full, g_free) */
guint8 *hg_login_service_lines(const HgTally *tally);

/* The login service to which this service belongs, from those lines. HG_LOGIN_SERVICES: none. */
guint hg_login_service_of(const guint8 *lines, const HgService *service);

G_END_DECLS
#endif
