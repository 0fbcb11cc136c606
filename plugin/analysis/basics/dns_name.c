/* dns_name.c - DNS names: their labels, and the registered domain they belong to
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "dns_name.h"

#include <math.h>
#include <string.h>

/* The longest existing top-level domain has 24 characters ("xn--vermgensberatung-pwb"). */
#define MAX_TOP_LEVEL 24
/* Labels of this length and longer are suspicious (Maltrail). */
#define LONG_LABEL 24

gboolean hg_dns_subject(const HgObservation *observation, HgDnsSubject *subject) {
  const char *at = observation->subject, *blank = strchr(at, ' ');
  *subject = (HgDnsSubject){0};
  if (blank && observation->kind == HG_OBSERVED_DNS_ANSWER) {
    subject->code = at;
    subject->code_length = (gsize)(blank - at);
    at = blank + 1;
    blank = strchr(at, ' ');
  }
  if (!blank)
    return FALSE;
  subject->type = at;
  subject->type_length = (gsize)(blank - at);
  subject->name = blank + 1;
  return TRUE;
}

static gboolean has_dns(const HgTally *tally) {
  for (guint i = 0; i < hg_tally_protocol_count(tally); i++) {
    const HgProtocol *protocol = hg_tally_protocol(tally, (guint16)i);
    if (strcmp(protocol->name, "DNS") == 0 && protocol->traffic.packets > 0)
      return TRUE;
  }
  return FALSE;
}

const char *hg_dns_unassessable(const HgTally *tally, HgObservationKind kind) {
  const HgObservationTable *table = hg_tally_observations(tally);
  gboolean any = FALSE;
  if (*hg_tally_options(tally)->pseudonyms)
    return "pseudonyms hide the names";
  for (guint32 i = 0; i < hg_observation_table_count(table); i++) {
    const HgObservationKind seen = hg_observation_table_get(table, i)->kind;
    if (seen == kind)
      return NULL;
    any |= seen == HG_OBSERVED_DNS_QUERY || seen == HG_OBSERVED_DNS_ANSWER;
  }
  if (any)
    return kind == HG_OBSERVED_DNS_QUERY ? "the capture shows answers of DNS, but no questions"
                                         : "the capture shows questions of DNS, but no answers";
  return has_dns(tally) ? "the capture shows DNS, but no names in it" : NULL;
}

static gboolean is_word(const char *text, gsize length, const char *word) {
  return strlen(word) == length && memcmp(text, word, length) == 0;
}

gboolean hg_dns_subject_is_code(const HgDnsSubject *subject, const char *code) {
  return subject->code && is_word(subject->code, subject->code_length, code);
}

gboolean hg_dns_subject_is_type(const HgDnsSubject *subject, const char *const *types) {
  for (; *types; types++)
    if (is_word(subject->type, subject->type_length, *types))
      return TRUE;
  return FALSE;
}

gsize hg_dns_name_step(const char *at) {
  if (*at != '\\' || !at[1])
    return 1;
  return g_ascii_isdigit(at[1]) && g_ascii_isdigit(at[2]) && g_ascii_isdigit(at[3]) ? 4 : 2;
}

gboolean hg_dns_name_split(const char *text, HgDnsName *name) {
  name->text = text;
  name->labels = 0;
  for (const char *at = text; *at; name->labels++) {
    guint size = 0;
    if (name->labels == HG_DNS_MAX_LABELS || at - text > G_MAXUINT16)
      return FALSE;
    name->start[name->labels] = (guint16)(at - text);
    for (; *at && *at != '.'; at += hg_dns_name_step(at))
      size++;
    if (size == 0)
      return FALSE;
    name->size[name->labels] = (guint8)MIN(size, 255);
    at += *at == '.';
  }
  return name->labels > 0;
}

const char *hg_dns_name_suffix(const HgDnsName *name, guint labels) {
  if (labels == 0)
    return "";
  return name->text + name->start[name->labels > labels ? name->labels - labels : 0];
}

/* The end of a label in the text. */
static const char *label_end(const HgDnsName *name, guint label) {
  return label + 1 < name->labels ? name->text + name->start[label + 1] - 1
                                  : name->text + strlen(name->text);
}

static gboolean can_be_top_level(const HgDnsName *name) {
  const char *last = name->text + name->start[name->labels - 1];
  if (name->size[name->labels - 1] > MAX_TOP_LEVEL)
    return FALSE;
  if (g_str_has_prefix(last, "xn--"))
    return TRUE;
  for (; *last; last++)
    if (!g_ascii_isalpha(*last))
      return FALSE;
  return TRUE;
}

static gboolean is_registry_label(const char *label, gsize length) {
  static const char *const known[] = {"firm", "info", "ltda", "name", "school", "store", NULL};
  if (length <= 3)
    return TRUE;
  for (guint i = 0; known[i]; i++)
    if (is_word(label, length, known[i]))
      return TRUE;
  return FALSE;
}

guint hg_dns_name_zone(const HgDnsName *name) {
  const guint count = name->labels;
  if (!can_be_top_level(name))
    return 0;
  if (count < 3 || name->size[count - 1] != 2 || name->size[count - 3] >= LONG_LABEL)
    return MIN(count, 2);
  const char *second = name->text + name->start[count - 2];
  const gsize length = (gsize)(label_end(name, count - 2) - second);
  return is_registry_label(second, length) ? 3 : 2;
}

HgDnsData hg_dns_name_data(const HgDnsName *name, guint labels) {
  HgDnsData data = {0};
  guint counts[256] = {0};
  for (guint i = 0; i + labels < name->labels; i++) {
    const char *end = label_end(name, i);
    data.size += name->size[i];
    data.longest = MAX(data.longest, name->size[i]);
    for (const char *at = name->text + name->start[i]; at < end; at += hg_dns_name_step(at)) {
      const gsize width = hg_dns_name_step(at);
      counts[width == 4 ? g_ascii_strtoull(at + 1, NULL, 10) & 255
                        : (guint8)at[width == 2 ? 1 : 0]]++;
    }
  }
  for (guint i = 0; i < 256; i++) {
    const double share = data.size ? (double)counts[i] / data.size : 0;
    if (share > 0)
      data.entropy -= share * log2(share);
  }
  return data;
}

/* Whether the label is one number of an IPv4 address. */
static gboolean is_octet(const HgDnsName *name, guint label) {
  const char *at = name->text + name->start[label], *end = label_end(name, label);
  guint value = 0;
  if (end - at > 3)
    return FALSE;
  for (; at < end; at++) {
    if (!g_ascii_isdigit(*at))
      return FALSE;
    value = value * 10 + (guint)(*at - '0');
  }
  return value <= 255;
}

static gboolean is_nibble(const HgDnsName *name, guint label) {
  return name->size[label] == 1 && g_ascii_isxdigit(name->text[name->start[label]]);
}

gboolean hg_dns_name_is_lookup(const HgDnsName *name, guint labels) {
  guint octets = 0, nibbles = 0;
  for (guint i = 0; i + labels < name->labels; i++) {
    octets = is_octet(name, i) ? octets + 1 : 0;
    nibbles = is_nibble(name, i) ? nibbles + 1 : 0;
    if (octets == 4 || nibbles == 32 ||
        (name->text[name->start[i]] == '_' && name->size[i] < LONG_LABEL))
      return TRUE;
  }
  return FALSE;
}

/* The operators document queries of this kind; nobody else can register names there. */
static const char *const query_services[] = {
    "arpa", /* reverse look-ups */
    "avqs.mcafee.com",
    "avts.mcafee.com",      /* file reputation */
    "barracudacentral.org", /* block lists for mail servers */
    "cymru.com",            /* hashes of files, origin ASNs of addresses */
    "dnswl.org",
    "e5.sk", /* ESET: file reputation */
    "mailspike.net",
    "msbl.org",
    "senderbase.org",
    "sophosxl.com",
    "sophosxl.net", /* file reputation */
    "sorbs.net",
    "spamcop.net",
    "spamhaus.net",
    "spamhaus.org",
    "surbl.org",
    "uribl.com",
    "vali.email", /* sender checks by SPF macros */
};

gboolean hg_dns_name_is_query_service(const HgDnsName *name) {
  for (guint labels = 1; labels <= MIN(name->labels, 3); labels++) {
    const char *suffix = hg_dns_name_suffix(name, labels);
    for (guint i = 0; i < G_N_ELEMENTS(query_services); i++)
      if (strcmp(suffix, query_services[i]) == 0)
        return TRUE;
  }
  return FALSE;
}
