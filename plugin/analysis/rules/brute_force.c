/* brute_force.c - passwords tried on login services
 *
 * Counts authentication failures that dissectors see, and for whom they were: many names or many passwords
 * are guessing, one name again and again is as a rule a password that somebody changed. If encryption hides
 * the result of a login, it counts connections that are too short for anything but a failed login.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "analysis/basics/distinct_hosts.h"
#include "analysis/basics/observed_pair.h"
#include "analysis/basics/statistics.h"
#include "analysis/basics/wording.h"
#include "analysis/contract/filter_private.h"
#include "analysis/contract/rule_run.h"
#include "analysis/measures/login_names.h"
#include "analysis/measures/login_services.h"
#include "tally/types/login_failure.h"

#define SECOND_NS G_GINT64_CONSTANT(1000000000)

/* A failed login, or a connection that counts as one. */
typedef struct {
  guint32 client, server;
  guint32 frame;
  gint64 time_ns;
  const char *user; /* NULL: not known; borrowed from the tally */
  guint16 login;    /* index into hg_login_services */
  char password;    /* class (tally/types/login_failure.h); 0: not known */
  gboolean unknown_user;
} Attempt;

static gint compare_attempts(gconstpointer a, gconstpointer b) {
  const Attempt *x = a, *y = b;
  if (x->client != y->client)
    return x->client < y->client ? -1 : 1;
  if (x->login != y->login)
    return x->login < y->login ? -1 : 1;
  if (x->time_ns != y->time_ns)
    return x->time_ns < y->time_ns ? -1 : 1;
  return x->frame < y->frame ? -1 : x->frame > y->frame;
}

/* One client's attempts on one kind of service, on whatever servers: from `first` up to `end`. */
typedef struct {
  const GArray *attempts;
  const guint8 *lines; /* hg_login_service_lines */
  guint first, end;
} Series;

static const Attempt *attempt(const Series *series, guint i) {
  return &g_array_index(series->attempts, Attempt, i);
}

/* (transfer full, guint32) */
static GArray *servers_of(const Series *series) {
  HgDistinctHosts servers;
  hg_distinct_hosts_init(&servers);
  for (guint i = series->first; i < series->end; i++)
    hg_distinct_hosts_add(&servers, attempt(series, i)->server);
  return hg_distinct_hosts_end(&servers);
}

static guint busiest(const Series *series, gint64 window_ns) {
  GArray *times = g_array_new(FALSE, FALSE, sizeof(gint64));
  for (guint i = series->first; i < series->end; i++)
    g_array_append_val(times, attempt(series, i)->time_ns);
  const guint most = hg_statistics_busiest(times, window_ns);
  g_array_unref(times);
  return most;
}

/* What the client did at login services of this kind on the server. */
static void add_login_services(const HgRuleRun *run, const Series *series, HgFinding *finding,
                               guint32 server) {
  const HgServiceTable *services = hg_rule_run_services(run);
  const Attempt *one = attempt(series, series->first);
  guint32 first = 0;
  const guint32 count = hg_service_table_of_pair(services, one->client, server, &first);
  for (guint32 i = 0; i < count; i++)
    if (hg_login_service_of(series->lines, hg_service_table_get(services, first + i)) == one->login)
      hg_finding_add_service(finding, first + i);
}

/* `observed`, in the unit of a parameter. */
static HgFinding *new_finding(HgRuleRun *run, const Series *series, const GArray *servers,
                              guint observed, const char *parameter) {
  HgFinding *finding = hg_rule_run_report(run, attempt(series, series->first)->client);
  finding->observed = observed;
  finding->threshold = hg_rule_run_parameter(run, parameter);
  finding->strength = hg_statistics_strength(finding->observed, finding->threshold);
  for (guint i = 0; i < servers->len; i++) {
    hg_finding_add_peer(finding, g_array_index(servers, guint32, i));
    add_login_services(run, series, finding, g_array_index(servers, guint32, i));
  }
  for (guint i = series->first; i < series->end; i++)
    hg_finding_add_frame(finding, attempt(series, i)->frame);
  return finding;
}

/* Describes what the client tried and how often; `how` is a clause. */
static void describe(HgRuleRun *run, HgFinding *finding, const Series *series,
                     const GArray *servers, guint most, const char *how) {
  const HgTally *tally = hg_rule_run_tally(run);
  char *named = hg_wording_hosts(tally, servers, servers->len);
  char *span = hg_wording_period(attempt(series, series->first)->time_ns,
                                 attempt(series, series->end - 1)->time_ns);
  char *window =
      hg_wording_span((gint64)(hg_rule_run_parameter(run, "window") * (double)SECOND_NS));
  hg_finding_set_evidence(finding, "%s tried %u %s logins on %s within %s, up to %u in any %s; %s",
                          hg_tally_host(tally, attempt(series, series->first)->client)->text,
                          series->end - series->first,
                          hg_login_services[attempt(series, series->first)->login].name, named,
                          span, most, window, how);
  g_free(window);
  g_free(span);
  g_free(named);
}

/* --- failures that dissectors saw --- */

static GArray *gather_failures(const HgTally *tally) {
  GArray *numbers =
      hg_observation_table_of_kind(hg_tally_observations(tally), HG_OBSERVED_LOGIN_FAILURE);
  GArray *attempts = g_array_new(FALSE, FALSE, sizeof(Attempt));
  for (guint i = 0; i < numbers->len; i++) {
    HgObservedPair failure;
    if (!hg_observed_pair_read(tally, g_array_index(numbers, guint32, i), &failure))
      continue;
    const HgTraffic *traffic = &failure.observation->traffic;
    const HgLoginFailure told = hg_login_failure_parse(failure.observation->subject);
    const guint login = hg_login_service_find(told.protocol);
    if (login == HG_LOGIN_SERVICES || !hg_host_is_unicast(hg_tally_host(tally, failure.client)))
      continue;
    const Attempt one = {failure.client, failure.server, traffic->first_frame, traffic->first_ns,
                         told.user,      (guint16)login, told.password,        told.unknown_user};
    for (guint64 times = 0; times < traffic->packets; times++)
      g_array_append_val(attempts, one);
  }
  g_array_unref(numbers);
  g_array_sort(attempts, compare_attempts);
  return attempts;
}

/* Selects the answers that report failures if one filter can do that; else their frames. A filter
 * with many frames is unreadable. */
static char *filter_of_failures(const HgTally *tally, const Series *series, const GArray *servers) {
  const Attempt *first = attempt(series, series->first);
  const char *answers = hg_login_services[first->login].failures;
  char *hosts = hg_filter_and(hg_filter_hosts(tally, servers, HG_FILTER_SOURCE),
                              hg_filter_host(tally, first->client, HG_FILTER_DESTINATION));
  if (answers && servers->len <= HG_FILTER_MAX_HOSTS)
    return hg_filter_and(hosts, g_strdup(answers));
  g_free(hosts);
  GArray *frames = g_array_new(FALSE, FALSE, sizeof(guint32));
  for (guint i = series->first; i < series->end; i++)
    g_array_append_val(frames, attempt(series, i)->frame);
  char *filter = hg_filter_frames(frames);
  g_array_unref(frames);
  return filter;
}

/* What failures can be. */
typedef enum {
  NOTHING,
  OUTDATED,   /* so many for one user, or a few, say no more than that a password was changed */
  GUESSED,    /* many names, many passwords of one, faster than people and services try */
  SPRAYED,    /* few failures each of many names */
  ENUMERATED, /* many names that nobody has */
} Verdict;

/* NIST SP 800-63B, 5.2.2: after 100 failures of one account its owner no longer counts as who tries.
 * Programs with an outdated password get there in hours, and none in a minute: a service that fails is
 * started 5 times in 10 s at most, and then no more (systemd.unit, StartLimitBurst). */
#define FAST_NS (60 * SECOND_NS)

/* A server that lets its own users in elsewhere (a mail front-end, a terminal server) has users who mistype
 * their passwords, and far more who do not. Who guesses needs a few connections for a login, Kerberos two
 * exchanges. */
#define FRONT_END_CONNECTIONS 10

static gboolean is_login_service(const HgTally *tally, const HgService *service, guint login) {
  const char *name = hg_tally_protocol(tally, service->protocol)->name;
  return service->port == hg_login_services[login].port || hg_login_service_find(name) == login;
}

/* Whether far more of the client's connections to these services ended otherwise. */
static gboolean is_front_end(const HgRuleRun *run, const Series *series, const GArray *servers) {
  const HgServiceTable *services = hg_rule_run_services(run);
  const Attempt *first = attempt(series, series->first);
  guint64 connections = 0;
  for (guint i = 0; i < servers->len; i++) {
    guint32 from = 0;
    const guint32 count = hg_service_table_of_pair(services, first->client,
                                                   g_array_index(servers, guint32, i), &from);
    for (guint32 k = from; k < from + count; k++) {
      const HgService *service = hg_service_table_get(services, k);
      if (is_login_service(hg_rule_run_tally(run), service, first->login))
        connections += (guint64)service->established + service->midstream;
    }
  }
  return connections >= (guint64)FRONT_END_CONNECTIONS * (series->end - series->first);
}

/* (transfer full) */
static HgLoginNames *names_of(const Series *series) {
  HgLoginNames *names = hg_login_names_new();
  for (guint i = series->first; i < series->end; i++) {
    const Attempt *one = attempt(series, i);
    hg_login_names_add(names, one->time_ns, one->user, one->password, one->unknown_user);
  }
  return names;
}

/* The limits, read once a run. */
typedef struct {
  double attempts, names, sprayed, unknown, fast;
  gint64 window_ns;
} Limits;

static Limits read_limits(const HgRuleRun *run) {
  return (Limits){hg_rule_run_parameter(run, "attempts"),
                  hg_rule_run_parameter(run, "names"),
                  hg_rule_run_parameter(run, "sprayed-names"),
                  hg_rule_run_parameter(run, "unknown-names"),
                  hg_rule_run_parameter(run, "fast"),
                  (gint64)(hg_rule_run_parameter(run, "window") * (double)SECOND_NS)};
}

/* For whom is mostly not known, or it is more than somebody's old password. */
static gboolean is_guessing(const Series *series, const HgLoginNames *names, const Limits *limits,
                            gboolean front_end) {
  const guint count = series->end - series->first;
  return 2 * hg_login_names_named(names) < count ||
         hg_login_names_passwords(names) >= limits->names ||
         busiest(series, FAST_NS) >= limits->fast ||
         (hg_login_names_count(names) >= limits->names && !front_end);
}

static Verdict verdict_of(const Series *series, const HgLoginNames *names, const Limits *limits,
                          guint most, gboolean front_end) {
  if (most >= limits->attempts && is_guessing(series, names, limits, front_end))
    return GUESSED;
  if (hg_login_names_unknown(names) >= limits->unknown)
    return ENUMERATED;
  if (hg_login_names_sprayed(names, limits->window_ns) >= limits->sprayed && !front_end)
    return SPRAYED;
  return most >= limits->attempts ? OUTDATED : NOTHING;
}

/* As odd-port: in no company of two other weak signs enough. */
#define OUTDATED_STRENGTH (0.25 / 0.9)

static HgFinding *finding_of(HgRuleRun *run, const Series *series, const GArray *servers,
                             const HgLoginNames *names, const Limits *limits, Verdict verdict,
                             guint most) {
  if (verdict == ENUMERATED)
    return new_finding(run, series, servers, hg_login_names_unknown(names), "unknown-names");
  if (verdict == SPRAYED)
    return new_finding(run, series, servers, hg_login_names_sprayed(names, limits->window_ns),
                       "sprayed-names");
  HgFinding *finding = new_finding(run, series, servers, most, "attempts");
  if (verdict == OUTDATED)
    finding->strength *= OUTDATED_STRENGTH;
  return finding;
}

/* A clause. (transfer full) */
static char *worded(const HgLoginNames *names, Verdict verdict) {
  const guint count = hg_login_names_count(names), passwords = hg_login_names_passwords(names);
  g_autofree char *some = hg_login_names_text(names);
  if (count == 0)
    return g_strdup("each was turned down");
  if (verdict == OUTDATED)
    return g_strdup_printf(
        "each was turned down, of %s: an outdated password fails in the same way", some);
  if (verdict == ENUMERATED)
    return g_strdup_printf("%u names do not exist: %s", hg_login_names_unknown(names), some);
  if (verdict == SPRAYED)
    return g_strdup_printf("each was turned down, few of each name: %s", some);
  if (passwords > 1)
    return g_strdup_printf("each was turned down, with at least %u passwords of one name: %s",
                           passwords, some);
  return g_strdup_printf("each was turned down, of %s", some);
}

static void report_failures(HgRuleRun *run, const Series *series, const GArray *servers,
                            const HgLoginNames *names, const Limits *limits, Verdict verdict,
                            guint most) {
  HgFinding *finding = finding_of(run, series, servers, names, limits, verdict, most);
  hg_finding_take_filter(finding, filter_of_failures(hg_rule_run_tally(run), series, servers));
  g_autofree char *how = worded(names, verdict);
  describe(run, finding, series, servers, most, how);
}

static void assess_failures(HgRuleRun *run, const Series *series) {
  const Limits limits = read_limits(run);
  const guint most = busiest(series, limits.window_ns);
  GArray *servers = servers_of(series);
  HgLoginNames *names = names_of(series);
  const Verdict verdict =
      verdict_of(series, names, &limits, most, is_front_end(run, series, servers));
  if (verdict != NOTHING)
    report_failures(run, series, servers, names, &limits, verdict, most);
  hg_login_names_free(names);
  g_array_unref(servers);
}

/* --- connections that are too short --- */

/* A complete connection with few bytes: all data and its end were captured. */
static gboolean is_short(const HgConnection *c, guint32 short_bytes) {
  const int server = 1 - c->client;
  const guint8 ended = HG_HISTORY_FIN | HG_HISTORY_RST;
  return hg_connection_state(c) == HG_CONNECTION_ESTABLISHED && c->payload[server] > 0 &&
         c->payload[c->client] > 0 && c->payload[server] <= short_bytes &&
         ((c->history[0] | c->history[1]) & ended);
}

static void add_short(const HgRuleRun *run, const guint8 *lines, GArray *attempts,
                      const HgService *service) {
  const HgServiceTable *services = hg_rule_run_services(run);
  const guint login = hg_login_service_of(lines, service);
  if (login == HG_LOGIN_SERVICES || hg_login_services[login].short_bytes == 0 ||
      !hg_rule_run_is_unicast(run, service->client))
    return;
  for (guint32 i = 0; i < service->connections; i++) {
    const HgConnection *c = hg_service_table_connection(services, service->first_connection + i);
    const Attempt one = {.client = service->client,
                         .server = service->server,
                         .frame = c->first_frame,
                         .time_ns = c->first_ns,
                         .login = (guint16)login};
    if (is_short(c, hg_login_services[login].short_bytes))
      g_array_append_val(attempts, one);
  }
}

/* Monitors are left out: they check whether the service is there, and do not log in. */
static GArray *gather_short(const HgRuleRun *run, const guint8 *lines) {
  const HgServiceTable *services = hg_rule_run_services(run);
  GArray *attempts = g_array_new(FALSE, FALSE, sizeof(Attempt));
  for (guint32 i = 0; i < hg_service_table_count(services); i++) {
    const HgService *service = hg_service_table_get(services, i);
    if (service->established > 0 && !hg_rule_run_has_role(run, service->client, HG_ROLE_MONITOR))
      add_short(run, lines, attempts, service);
  }
  g_array_sort(attempts, compare_attempts);
  return attempts;
}

static char *filter_of_short(const HgRuleRun *run, const Series *series) {
  const HgTally *tally = hg_rule_run_tally(run);
  const HgServiceTable *services = hg_rule_run_services(run);
  const Attempt *first = attempt(series, series->first);
  guint32 from = 0;
  const guint32 count = hg_service_table_of_client(services, first->client, &from);
  char *filter = NULL;
  GArray *servers = servers_of(series);
  for (guint32 i = 0; i < count; i++) {
    const HgService *service = hg_service_table_get(services, from + i);
    gboolean tried = FALSE;
    for (guint k = 0; k < servers->len && !tried; k++)
      tried = g_array_index(servers, guint32, k) == service->server;
    if (tried && hg_login_service_of(series->lines, service) == first->login)
      filter = hg_filter_or(filter, hg_filter_service(tally, service));
  }
  g_array_unref(servers);
  return filter;
}

static void assess_short(HgRuleRun *run, const Series *series) {
  const gint64 window = (gint64)(hg_rule_run_parameter(run, "window") * (double)SECOND_NS);
  const guint most = busiest(series, window);
  if (most < hg_rule_run_parameter(run, "attempts"))
    return;
  GArray *servers = servers_of(series);
  HgFinding *finding = new_finding(run, series, servers, most, "attempts");
  hg_finding_take_filter(finding, filter_of_short(run, series));
  describe(run, finding, series, servers, most,
           "what was sent ended each time where a login that fails does");
  g_array_unref(servers);
}

/* --- assessment --- */

/* Takes `attempts` (transfer full). */
static void assess_attempts(HgRuleRun *run, GArray *attempts, const guint8 *lines,
                            void (*assess_series)(HgRuleRun *, const Series *)) {
  for (guint first = 0, end; first < attempts->len; first = end) {
    const Attempt *one = &g_array_index(attempts, Attempt, first);
    for (end = first + 1; end < attempts->len; end++)
      if (g_array_index(attempts, Attempt, end).client != one->client ||
          g_array_index(attempts, Attempt, end).login != one->login)
        break;
    const Series series = {attempts, lines, first, end};
    assess_series(run, &series);
  }
  g_array_unref(attempts);
}

static void assess(HgRuleRun *run) {
  if (!hg_tally_options(hg_rule_run_tally(run))->evidence)
    hg_rule_run_not_assessed(run, "failed logins need evidence from the dissectors (evidence=no); "
                                  "short connections were assessed");
  guint8 *lines = hg_login_service_lines(hg_rule_run_tally(run));
  assess_attempts(run, gather_failures(hg_rule_run_tally(run)), lines, assess_failures);
  assess_attempts(run, gather_short(run, lines), lines, assess_short);
  g_free(lines);
}

static const char *const attack[] = {"T1110", "T1110.003", "T1087", NULL};
static const HgParameter parameters[] = {
    {"attempts", 20, 3, 1000000, "logins", "failed logins of one client on one kind of service"},
    {"window", 1800, 1, 86400, "s", "within this time"},
    {"names", 5, 2, 1000000, "names",
     "and for so many users, or with so many passwords of one; fewer are a weak sign: an outdated "
     "password"},
    {"fast", 100, 3, 1000000, "logins", "or so many within a minute, of whomever"},
    {"sprayed-names", 8, 2, 1000000, "names",
     "users with at most 3 failed logins each, within the same time"},
    {"unknown-names", 5, 2, 1000000, "names", "users that do not exist, within a minute"},
    {0}};

const HgRule hg_rule_brute_force = {
    .id = "brute-force",
    .title = "Password guessing",
    .kind = HG_FINDING_SUSPICION,
    .weight = 0.9,
    .attack = attack,
    .what = "many logins that failed, of many names or with many passwords, few of each of many "
            "names, or of names that nobody has; where encryption hides that, connections to SSH "
            "and RDP that end where a failed login does",
    .source =
        "Zeek's scripts: 20 failed FTP logins, 30 SSH password guesses within 30 min; a "
        "server that sends at most 5505 bytes has let nobody in; NIST SP 800-63B: 100 failures "
        "of one account; MITRE ATT&CK T1110.003: sprays stay below the limit for lock-outs",
    .false_positive_if =
        "a program of the host has an outdated password, or automation logs in for moments "
        "at a time",
    .needs_times = TRUE,
    .parameters = parameters,
    .assess = assess};
