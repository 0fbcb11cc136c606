/* cleartext_login.c - user names sent in the clear; the password was sent in the same way
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "analysis/contract/filter.h"
#include "analysis/contract/rule_run.h"
#include "analysis/measures/cleartext.h"

/* The display filter that selects logins within a protocol. */
static const char *login_packets(const char *protocol) {
  return g_str_equal(protocol, "FTP") ? "ftp.request.command == \"PASS\"" : NULL;
}

/* For a login that was seen more than once, its first and its last frame are known. */
static char *filter_of(const HgTally *tally, const HgHost *client, const HgHost *server,
                       const HgLogin *login) {
  if (login->traffic.packets <= 2) {
    GArray *frames = g_array_new(FALSE, FALSE, sizeof(guint32));
    g_array_append_val(frames, login->traffic.first_frame);
    g_array_append_val(frames, login->traffic.last_frame);
    char *filter = hg_filter_frames(frames);
    g_array_free(frames, TRUE);
    return filter;
  }
  const HgCleartext *protocol = hg_cleartext_find(login->protocol);
  char *range = g_strdup_printf("frame.number >= %u && frame.number <= %u",
                                login->traffic.first_frame, login->traffic.last_frame);
  const char *packets = login_packets(login->protocol);
  if (!packets && protocol)
    packets = protocol->filter;
  char *hosts = server ? hg_filter_pair(tally, client->number, server->number)
                       : hg_filter_host(tally, client->number, HG_FILTER_EITHER);
  return hg_filter_and(hg_filter_and(g_strdup(packets), hosts), range);
}

static void report(HgRuleRun *run, const HgHost *client, const HgHost *server,
                   const HgLogin *login) {
  HgFinding *finding = hg_rule_run_report(run, client->number);
  finding->strength = 1;
  finding->protocol = g_strdup(login->protocol);
  finding->observed = (double)login->traffic.packets;
  finding->threshold = 1;
  if (server)
    hg_finding_add_peer(finding, server->number);
  hg_finding_add_frame(finding, login->traffic.first_frame);
  hg_finding_add_frame(finding, login->traffic.last_frame);
  hg_finding_take_filter(finding, filter_of(hg_rule_run_tally(run), client, server, login));

  char *address = hg_address_to_text(&login->server);
  char *user = *login->user ? g_strdup_printf("as user \"%s\"", login->user)
                            : g_strdup("with a user name that is not known");
  char *often = login->traffic.packets == 1
                    ? g_strdup_printf("in frame %u", login->traffic.first_frame)
                    : g_strdup_printf("%" G_GUINT64_FORMAT " times, first in frame %u",
                                      login->traffic.packets, login->traffic.first_frame);
  hg_finding_set_evidence(finding, "%s logged in to %s over unencrypted %s %s, %s", client->text,
                          address, login->protocol, user, often);
  g_free(address);
  g_free(user);
  g_free(often);
}

static void assess(HgRuleRun *run) {
  const HgTally *tally = hg_rule_run_tally(run);
  const HgNamesAndLogins *names_and_logins = hg_tally_names_and_logins(tally);
  for (guint32 i = 0; i < hg_names_and_logins_login_count(names_and_logins); i++) {
    const HgLogin *login = hg_names_and_logins_login(names_and_logins, i);
    const HgHost *client = hg_tally_find_host(tally, &login->client);
    if (client && hg_host_is_unicast(client))
      report(run, client, hg_tally_find_host(tally, &login->server), login);
  }
}

static const char *const attack[] = {"T1552", NULL};

const HgRule hg_rule_cleartext_login = {
    .id = "cleartext-login",
    .title = "Cleartext login",
    .kind = HG_FINDING_EXPOSURE,
    .weight = 0,
    .attack = attack,
    .what = "a user name that was sent without encryption, and so the password beside it",
    .source = "the logins that Wireshark's own dissectors find",
    .false_positive_if =
        "the path is trusted, a tunnel around it encrypts, or the account is public",
    .needs_evidence = TRUE,
    .assess = assess};
