/* dns_domains.h - names below one domain that one client asked for, as far as they could carry data
 *
 * The domain is where the names part: what somebody registered (see hg_dns_name_zone), or the
 * longest ending that nearly all of the client's names there share ("t.example.com").
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_ANALYSIS_DNS_DOMAINS_H
#define HG_ANALYSIS_DNS_DOMAINS_H

#include "analysis/basics/dns_name.h"
#include "tally/tally.h"

G_BEGIN_DECLS

typedef struct {
  const char *name; /* borrowed from the tally */
  HgDnsData data;   /* of what stands before the domain */
  gboolean carries; /* asked for with a type whose answers carry data */
  gint64 first_ns;
  guint32 first_frame;
} HgDnsCarrier;

typedef struct {
  guint32 client;
  char *domain;               /* "" when the names end in no top-level domain */
  guint labels;               /* of the domain */
  GArray *names;              /* HgDnsCarrier: one of each name, as first asked for */
  GArray *resolvers;          /* guint32: hosts asked, first asked first */
  HgTraffic queries, answers; /* bytes: of messages */
  guint asked;                /* names below the domain that others asked the client for */
} HgDnsDomain;

/* From which size on names could carry data, by what stands before the domain. */
typedef struct {
  guint label; /* bytes of the longest label, or more */
  guint size;  /* more bytes of all labels than this */
} HgDnsSizes;

/* Of clients that are unicast hosts, those domains with at least `least` such names, sorted by
 * client and domain. A name could carry data when it is of such a size, or its type is TXT, NULL or
 * another that no browsing asks for; names that say by their form what they are for are left out.
 * Time: three passes over DNS observations. (transfer full; HgDnsDomain) */
GPtrArray *hg_dns_domains_find(const HgTally *tally, guint least, const HgDnsSizes *sizes);

G_END_DECLS
#endif
