/* dns_tunnel.c - data carried in the names that a host asks for, and in the answers
 *
 * The rule fires for many names within a minute, as in a transfer; or for many names over the
 * whole capture, weighted by how much they look like data. Which names count is decided in
 * dns_domains.h.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "analysis/basics/missing_times.h"
#include "analysis/basics/statistics.h"
#include "analysis/basics/wording.h"
#include "analysis/contract/filter_private.h"
#include "analysis/contract/rule_run.h"
#include "analysis/measures/dns_domains.h"

#include <math.h>

#define SECOND G_GINT64_CONSTANT(1000000000)
/* Browsing causes less under one domain in a day: 100 names, each asked for twice in 150 bytes, and
 * answers of the same size. */
#define MUCH (64 * 1024)

typedef struct {
  guint names, rate;
  double long_name, long_label, entropy;
} Limits;

/* --- how much it looks like data --- */

typedef struct {
  double name_size, label_size, entropy; /* medians */
  double carrying;                       /* share of names with a query type that carries data */
  guint rate;                            /* most new names within a minute */
} Shape;

static double median(GArray *values) {
  hg_statistics_sort(values);
  const double middle = hg_statistics_median(values);
  g_array_set_size(values, 0);
  return middle;
}

/* The size of a name includes its dots. */
static double name_size(const HgDnsCarrier *carrier) {
  HgDnsName name;
  double size = -1;
  if (hg_dns_name_split(carrier->name, &name))
    for (guint i = 0; i < name.labels; i++)
      size += name.size[i] + 1;
  return size;
}

static guint busiest_minute(const GArray *names) {
  g_autoptr(GArray) times = g_array_sized_new(FALSE, FALSE, sizeof(gint64), names->len);
  for (guint i = 0; i < names->len; i++)
    g_array_append_val(times, g_array_index(names, HgDnsCarrier, i).first_ns);
  return hg_statistics_busiest(times, (gint64)(60 * SECOND));
}

static Shape shape_of(const GArray *names) {
  Shape shape = {.rate = busiest_minute(names)};
  GArray *sizes = g_array_new(FALSE, FALSE, sizeof(double));
  GArray *labels = g_array_new(FALSE, FALSE, sizeof(double));
  GArray *entropies = g_array_new(FALSE, FALSE, sizeof(double));
  for (guint i = 0; i < names->len; i++) {
    const HgDnsCarrier *carrier = &g_array_index(names, HgDnsCarrier, i);
    const double size = name_size(carrier), label = carrier->data.longest;
    g_array_append_val(sizes, size);
    g_array_append_val(labels, label);
    g_array_append_val(entropies, carrier->data.entropy);
    shape.carrying += carrier->carries;
  }
  shape.name_size = median(sizes);
  shape.label_size = median(labels);
  shape.entropy = median(entropies);
  shape.carrying /= names->len;
  g_array_free(sizes, TRUE);
  g_array_free(labels, TRUE);
  g_array_free(entropies, TRUE);
  return shape;
}

/* RITA's steps, as multiples of the threshold of 100 names, and what raises them. */
static double strength_of_count(const Limits *limits, const HgDnsDomain *domain,
                                const Shape *shape) {
  const double times = (double)domain->names->len / limits->names;
  double strength = times >= 10 ? 0.8 : times >= 8 ? 0.6 : times >= 5 ? 0.4 : times >= 1 ? 0.2 : 0;
  if (strength == 0)
    return 0;
  strength += shape->name_size > limits->long_name ? 0.1 : 0;
  strength += shape->label_size >= limits->long_label ? 0.1 : 0;
  strength += shape->entropy >= limits->entropy ? 0.1 : 0;
  strength += shape->carrying >= 0.5 ? 0.2 : 0;
  strength += domain->queries.bytes + domain->answers.bytes >= MUCH ? 0.1 : 0;
  return MIN(strength, 1);
}

/* --- report --- */

/* Letters match in either case. Bytes that are neither letter nor digit match anything, because
 * Wireshark shows odd bytes in its own way. */
static char *pattern_of(const HgDnsDomain *domain) {
  if (domain->labels == 0) /* as hg_dns_name_zone returns it */
    return g_strdup("(^|[.])(?!xn--)([^.]{25,}|[^.]*[^a-z.][^.]*)$");
  GString *pattern = g_string_new("[.]");
  for (const char *at = domain->domain; *at; at += hg_dns_name_step(at)) {
    if (g_ascii_isalnum(*at) || *at == '-' || *at == '_')
      g_string_append_c(pattern, *at);
    else if (*at == '.')
      g_string_append(pattern, "[.]");
    else if (!g_str_has_suffix(pattern->str, ".+"))
      g_string_append(pattern, ".+");
  }
  g_string_append_c(pattern, '$');
  return g_string_free(pattern, FALSE);
}

static char *filter_of(const HgTally *tally, const HgDnsDomain *domain) {
  char *pattern = pattern_of(domain);
  char *names = g_strdup_printf(
      "dns.qry.name matches \"%s\" && !mdns && !llmnr && !icmp && !icmpv6", pattern);
  g_free(pattern);
  return hg_filter_and(hg_filter_host(tally, domain->client, HG_FILTER_EITHER), names);
}

static void word_evidence(HgRuleRun *run, HgFinding *finding, const HgDnsDomain *domain,
                          const Shape *shape) {
  const HgTally *tally = hg_rule_run_tally(run);
  const HgDnsCarrier *first = &g_array_index(domain->names, HgDnsCarrier, 0);
  char *where = *domain->domain ? g_strdup_printf("below %s", domain->domain)
                                : g_strdup("in no top-level domain");
  char *span = hg_wording_period(domain->queries.first_ns, domain->queries.last_ns);
  char *resolvers = hg_wording_hosts(tally, domain->resolvers, domain->resolvers->len);
  char *size = hg_wording_number(shape->name_size, 0);
  char *label = hg_wording_number(shape->label_size, 0);
  char *entropy = hg_wording_number(shape->entropy, 2);
  char *carrying = hg_wording_number(shape->carrying * 100, 0);
  hg_finding_set_evidence(
      finding,
      "%s asked %s for %u distinct names %s that could carry data, over %s and up to %u in a "
      "minute: median length %s bytes, longest label %s, entropy %s bits a character; %s%% asked "
      "for with types such as TXT or NULL; %" G_GUINT64_FORMAT " bytes asked, %" G_GUINT64_FORMAT
      " answered; first: %.120s",
      hg_tally_host(tally, domain->client)->text, *resolvers ? resolvers : "a resolver",
      domain->names->len, where, span, shape->rate, size, label, entropy, carrying,
      domain->queries.bytes, domain->answers.bytes, first->name);
  g_free(where);
  g_free(span);
  g_free(resolvers);
  g_free(size);
  g_free(label);
  g_free(entropy);
  g_free(carrying);
}

static void assess_domain(HgRuleRun *run, const Limits *limits, const HgDnsDomain *domain) {
  const Shape shape = shape_of(domain->names);
  const double by_rate =
      shape.rate >= limits->rate ? hg_statistics_strength(shape.rate, limits->rate) : 0;
  const double by_count = strength_of_count(limits, domain, &shape);
  if (by_rate == 0 && by_count == 0)
    return;
  HgFinding *finding = hg_rule_run_report(run, domain->client);
  const gboolean fast = by_rate >= by_count;
  finding->strength = MAX(by_rate, by_count);
  finding->domain = *domain->domain ? g_strdup(domain->domain) : NULL;
  finding->observed = fast ? shape.rate : domain->names->len;
  finding->threshold = fast ? limits->rate : limits->names;
  for (guint i = 0; i < domain->resolvers->len; i++)
    hg_finding_add_peer(finding, g_array_index(domain->resolvers, guint32, i));
  for (guint i = 0; i < domain->names->len; i++)
    hg_finding_add_frame(finding, g_array_index(domain->names, HgDnsCarrier, i).first_frame);
  finding->first_frame = MIN(finding->first_frame, domain->queries.first_frame);
  finding->last_frame = MAX(finding->last_frame, domain->queries.last_frame);
  if (domain->answers.packets > 0)
    finding->last_frame = MAX(finding->last_frame, domain->answers.last_frame);
  hg_finding_take_filter(finding, filter_of(hg_rule_run_tally(run), domain));
  word_evidence(run, finding, domain, &shape);
}

static void assess(HgRuleRun *run) {
  const HgTally *tally = hg_rule_run_tally(run);
  Limits limits = {(guint)hg_rule_run_parameter(run, "names"),
                   (guint)hg_rule_run_parameter(run, "rate"),
                   hg_rule_run_parameter(run, "long-name"),
                   hg_rule_run_parameter(run, "long-label"), hg_rule_run_parameter(run, "entropy")};
  const char *why = hg_dns_unassessable(tally, HG_OBSERVED_DNS_QUERY);
  if (why) {
    hg_rule_run_not_assessed(run, why);
    return;
  }
  if (hg_missing_times(tally)) {
    hg_rule_run_not_assessed(run, "many names within a minute need packets with times; how many "
                                  "there are in all was assessed");
    limits.rate = G_MAXUINT;
  }
  const HgDnsSizes sizes = {(guint)limits.long_label, (guint)limits.long_name};
  GPtrArray *domains = hg_dns_domains_find(tally, MIN(limits.names, limits.rate), &sizes);
  for (guint i = 0; i < domains->len; i++) {
    const HgDnsDomain *domain = domains->pdata[i];
    /* A resolver that forwards other hosts' queries is left out: those hosts are assessed
     * themselves. */
    if (domain->asked * 2 < domain->names->len)
      assess_domain(run, &limits, domain);
  }
  g_ptr_array_unref(domains);
}

static const char *const attack[] = {"T1071.004", "T1048.003", NULL};
static const HgParameter parameters[] = {
    {"names", 100, 2, 1000000, "names", "distinct names below one domain that could carry data"},
    {"rate", 50, 2, 1000000, "names", "so many new ones within a minute are enough"},
    {"long-label", 24, 1, 63, "bytes", "labels from here on could carry data"},
    {"long-name", 52, 1, 255, "bytes", "longer names could carry data, and raise the strength"},
    {"entropy", 3.5, 0, 8, "bits", "names with so many a character raise the strength"},
    {0}};

const HgRule hg_rule_dns_tunnel = {
    .id = "dns-tunnel",
    .title = "DNS tunnel",
    .kind = HG_FINDING_SUSPICION,
    .weight = 0.9,
    .attack = attack,
    .peers = HG_PEERS_CARRIERS,
    .what =
        "many distinct names below one domain that are long, or asked for with types that carry "
        "data",
    .source =
        "RITA: 100, 500, 800 and 1000 subdomains; Maltrail: labels of 24 bytes and 3.5 bits a "
        "character; names over 52 bytes: Farnham, \"Detecting DNS Tunneling\", SANS 2013",
    .false_positive_if =
        "the domain belongs to a service that is asked by DNS (file reputation, block "
        "lists, a leak test), or the host resolves names for others, which the capture "
        "does not show",
    .needs_evidence = TRUE,
    .parameters = parameters,
    .assess = assess};
