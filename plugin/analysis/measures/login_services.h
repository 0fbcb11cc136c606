/* login_services.h - services that people log in to, and where a login that failed shows
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_ANALYSIS_LOGIN_SERVICES_H
#define HG_ANALYSIS_LOGIN_SERVICES_H

#include "tally/services/service.h"
#include "tally/tally.h"

G_BEGIN_DECLS

typedef struct {
  const char *name;     /* subject of failures; start of the Protocol column */
  guint16 port;         /* where the protocol is not known */
  const char *failures; /* display filter of the answers, where it does not take the request to
                           tell what they answer, and is one in every version; else NULL */
  guint32 short_bytes;  /* not 0: how a login ended cannot be seen, and a connection in which the
                           server sent no more than this is taken for one that failed */
} HgLoginService;

#define HG_LOGIN_SERVICES 16
extern const HgLoginService hg_login_services[HG_LOGIN_SERVICES];

/* By the subject of a failure or the text of the Protocol column. HG_LOGIN_SERVICES: none. */
guint hg_login_service_find(const char *name);

/* What each protocol says about the services that speak it, looked up once: there are many more
 * services. By protocol. (transfer full, g_free) */
guint8 *hg_login_service_lines(const HgTally *tally);

/* The login service that this is, by those lines. HG_LOGIN_SERVICES: none. */
guint hg_login_service_of(const guint8 *lines, const HgService *service);

G_END_DECLS
#endif
