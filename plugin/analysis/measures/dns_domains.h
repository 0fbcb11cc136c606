/* dns_domains.h - names below one domain that one client asked for, if they could carry data (DNS
 * tunnels)
 *
 * The domain is the registered domain (see hg_dns_name_zone), or the longest ending that nearly
 * all of the client's names there share ("t.example.com").
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_ANALYSIS_DNS_DOMAINS_H
#define HG_ANALYSIS_DNS_DOMAINS_H

#include "analysis/basics/dns_name.h"
#include "tally/tally.h"

G_BEGIN_DECLS

typedef struct {
  const char *name; /* borrowed from the tally */
  HgDnsData data;   /* size and entropy of the labels before the domain */
  gboolean carries; /* asked for with a query type whose answers carry data */
  gint64 first_ns;
  guint32 first_frame;
} HgDnsCarrier;

typedef struct {
  guint32 client;
  char *domain;               /* "": the names end in no top-level domain */
  guint labels;               /* number of labels of the domain */
  GArray *names;              /* HgDnsCarrier: each name once, with its first query */
  GArray *resolvers;          /* guint32: hosts that were asked, in order of the first query */
  HgTraffic queries, answers; /* bytes are those of the DNS messages */
  guint asked;                /* names below the domain that other hosts asked this client for */
} HgDnsDomain;

/* The size of the labels before the domain from which on a name could carry data. */
typedef struct {
  guint label; /* the longest label has at least so many bytes */
  guint size;  /* all labels have more bytes than this */
} HgDnsSizes;

/* For clients that are unicast hosts: domains with at least `least` names that could carry data,
 * sorted by client and domain. A name could carry data if it has such a size, or if the query type
 * is TXT, NULL or another that browsing does not use. Technical look-ups (hg_dns_name_is_lookup)
 * are left out. Time: three passes over DNS observations. (transfer full; HgDnsDomain) */
GPtrArray *hg_dns_domains_find(const HgTally *tally, guint least, const HgDnsSizes *sizes);

G_END_DECLS
#endif
