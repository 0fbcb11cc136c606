/* dns_name.h - names that hosts asked for: their labels, the domain that somebody registered
 *
 * Names as the door writes them: lower case, "\." for a dot within a label, "\DDD" for odd bytes.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_ANALYSIS_DNS_NAME_H
#define HG_ANALYSIS_DNS_NAME_H

#include "tally/tally.h"

G_BEGIN_DECLS

#define HG_DNS_MAX_LABELS 128 /* RFC 1035: 255 bytes, so 127 labels and the root */

typedef struct {
  const char *text; /* borrowed */
  guint labels;
  guint16 start[HG_DNS_MAX_LABELS]; /* place of each label in the text, leftmost first */
  guint8 size[HG_DNS_MAX_LABELS];   /* bytes of each label in the message; 255: or more */
} HgDnsName;

/* The subject of a dns-query ("A www.example.com") or dns-answer ("NXDOMAIN A www.example.com") in
 * words; all borrowed from the subject. FALSE when it is none. */
typedef struct {
  const char *code; /* NULL in queries */
  gsize code_length;
  const char *type;
  gsize type_length;
  const char *name;
} HgDnsSubject;
gboolean hg_dns_subject(const HgObservation *observation, HgDnsSubject *subject);
gboolean hg_dns_subject_is_code(const HgDnsSubject *subject, const char *code);
/* `types`: NULL-terminated. */
gboolean hg_dns_subject_is_type(const HgDnsSubject *subject, const char *const *types);

/* Why questions (or answers) cannot be judged though the capture holds DNS; NULL: they can. Static. */
const char *hg_dns_unassessable(const HgTally *tally, HgObservationKind kind);

/* FALSE for the root, and for what is no name. */
gboolean hg_dns_name_split(const char *text, HgDnsName *name);

/* How many characters from here on stand for one byte. */
gsize hg_dns_name_step(const char *at);

/* The last `labels` labels; "" for none. */
const char *hg_dns_name_suffix(const HgDnsName *name, guint labels);

/* How many labels from the right make the domain that one owner registered: 2 ("example.com"), 3
 * below a registry ("example.co.uk"), 0 where the last label cannot be a top-level domain. Told by
 * the form, since the list of registries changes by the day: below a country's two letters, a short
 * label (com, co, gov, ...) is taken for a registry's unless what stands before it is as long as
 * data. */
guint hg_dns_name_zone(const HgDnsName *name);

/* What stands in the labels before the last `labels`. */
typedef struct {
  guint size;     /* bytes, without dots */
  guint longest;  /* bytes of the longest label */
  double entropy; /* Shannon's, bits a character */
} HgDnsData;
HgDnsData hg_dns_name_data(const HgDnsName *name, guint labels);

/* Names that say by their form what they are for, before the last `labels`: an address looked up in
 * a list or backwards (RFC 5782, RFC 1035, RFC 3596), or a service (RFC 8552: "_dmarc"). */
gboolean hg_dns_name_is_lookup(const HgDnsName *name, guint labels);

/* Within a domain whose operator has clients ask in the name itself: block lists, anti-virus. */
gboolean hg_dns_name_is_query_service(const HgDnsName *name);

/* A label that nobody would choose: letter pairs that no language has, digits strewn among letters.
 * For letters and digits only. */
gboolean hg_dns_label_looks_random(const char *label, gsize length);

G_END_DECLS
#endif
