/* test_scans.c - port-scan and address-scan: scanners, and hosts that only look like one
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "../analyse.h"

#include <string.h>

/* `count` ports of 10.0.0.2, from 1000 on, one every `seconds`; each answered with `flags`. */
static GString *knock_ports(guint count, double seconds, const char *flags) {
  GString *script = g_string_new(BOTH_WAYS);
  for (guint i = 0; i < count; i++) {
    const double time = 1 + i * seconds;
    g_string_append_printf(script, "%.3f 10.0.0.1 10.0.0.2 TCP tcp=%u:%u:S seq=%u\n", time,
                           40000 + i, 1000 + i, i + 1);
    if (flags)
      g_string_append_printf(script, "%.3f 10.0.0.2 10.0.0.1 TCP tcp=%u:%u:%s\n", time + 0.001,
                             1000 + i, 40000 + i, flags);
  }
  return script;
}

static guint count_and_free(GString *script, const char *rule, const char *setting) {
  const guint count = count_findings(script->str, rule, setting);
  g_string_free(script, TRUE);
  return count;
}

static void test_port_scan_fires(void) {
  GString *script = knock_ports(15, 1, "RA");
  Analysed a = analyse(script->str, "port-scan", NULL);
  const HgFinding *finding = finding_of(&a, "10.0.0.1");
  g_assert_nonnull(finding);
  g_assert_cmpuint(hg_analysis_finding_count(a.analysis), ==, 1); /* the victim is not blamed */
  g_assert_cmpfloat(finding->observed, ==, 15);
  g_assert_cmpfloat(finding->threshold, ==, 15);
  g_assert_cmpfloat_with_epsilon(finding->strength, 0.6, 1e-9);
  g_assert_true(hg_analysis_is_suspect(a.analysis, finding->host));
  g_assert_cmpuint(finding->peers->len, ==, 1);
  g_assert_cmpuint(g_array_index(finding->peers, guint32, 0), ==, host_of(&a, "10.0.0.2")->number);
  g_assert_cmpuint(finding->frames->len, ==, 15);
  g_assert_cmpuint(finding->first_frame, ==, 3);
  g_assert_cmpuint(finding->last_frame, ==, 3 + 14 * 2);
  g_assert_cmpstr(finding->filter, ==,
                  "ip.src == 10.0.0.1 && ip.dst == 10.0.0.2 && tcp.flags.syn == 1 && "
                  "tcp.flags.ack == 0 && !icmp && !icmpv6");
  g_assert_cmpstr(finding->evidence, ==,
                  "10.0.0.1 tried 15 ports of 10.0.0.2 and failed on 15 (15 refused, 0 unanswered) "
                  "within 14 s, on up to 15 in any 5 min: ports 1000, 1001, 1002, 1003, 1004, "
                  "1005, 1006, 1007, ...");
  analysed_clear(&a);
  g_string_free(script, TRUE);
}

static void test_port_scan_threshold(void) {
  g_assert_cmpuint(count_and_free(knock_ports(15, 1, NULL), "port-scan", NULL), ==, 1);
  g_assert_cmpuint(count_and_free(knock_ports(14, 1, "RA"), "port-scan", NULL), ==, 0);
  g_assert_cmpuint(count_and_free(knock_ports(14, 1, "RA"), "port-scan", "port-scan.ports=14"), ==,
                   1);
  /* 15 failures need 14 gaps: 300 s is still within five minutes, 308 s is not. */
  g_assert_cmpuint(count_and_free(knock_ports(15, 300.0 / 14, "RA"), "port-scan", NULL), ==, 1);
  const char *alone = "port-scan.slow-window=300";
  g_assert_cmpuint(count_and_free(knock_ports(15, 22, "RA"), "port-scan", alone), ==, 0);
  g_assert_cmpuint(count_and_free(knock_ports(15, 22, "RA"), "port-scan", "port-scan.window=400"),
                   ==, 1);
}

/* Ports `first` and on of a host, one a quarter of an hour, the first `answered` with success; each
 * again after `again` seconds, unless that is 0. */
static GString *knock_slowly(guint first, guint count, guint answered, guint again) {
  GString *script = g_string_new(BOTH_WAYS);
  for (guint turn = 0; turn < (again ? 2 : 1); turn++)
    for (guint i = 0; i < count; i++) {
      const guint time = 10 + i * 900 + turn * again, from = 40000 + 2 * i + turn;
      g_string_append_printf(script, "%u 10.0.0.1 10.0.0.2 TCP tcp=%u:%u:S seq=%u\n", time, from,
                             first + i, from);
      g_string_append_printf(script, "%u.1 10.0.0.2 10.0.0.1 TCP tcp=%u:%u:%s\n", time, first + i,
                             from, i < answered ? "SA" : "RA");
    }
  return script;
}

static guint count_slow(guint first, guint count, guint answered, guint again) {
  return count_and_free(knock_slowly(first, count, answered, again), "port-scan", NULL);
}

static void test_slow_port_scan(void) {
  g_assert_cmpuint(count_slow(1000, 15, 0, 0), ==, 1);
  g_assert_cmpuint(count_slow(1000, 14, 0, 0), ==, 0);
  g_assert_cmpuint(count_slow(1000, 15, 0, 59), ==, 1); /* once more, as it may have been lost */
  g_assert_cmpuint(count_slow(1000, 15, 0, 61), ==, 0); /* what is needed is tried again */
  g_assert_cmpuint(count_slow(1000, 25, 5, 0), ==, 1);  /* a fifth answers */
  g_assert_cmpuint(count_slow(1000, 25, 6, 0), ==, 0);
  g_assert_cmpuint(count_slow(40000, 30, 0, 0), ==, 0); /* nobody chooses these */
  /* 15 of them take 14 gaps of 900 s. */
  GString *script = knock_slowly(1000, 15, 0, 0);
  Analysed a = analyse(script->str, "port-scan", "port-scan.slow-window=12600");
  const HgFinding *finding = finding_of(&a, "10.0.0.1");
  g_assert_nonnull(finding);
  g_assert_cmpfloat(finding->observed, ==, 15);
  g_assert_true(hg_analysis_is_suspect(a.analysis, finding->host));
  g_assert_nonnull(strstr(finding->evidence, "on up to 15 in any 3.5 h"));
  g_assert_cmpuint(count_findings(script->str, "port-scan", "port-scan.slow-window=12599"), ==, 0);
  analysed_clear(&a);
  g_string_free(script, TRUE);
}

static void test_port_scan_spares(void) {
  /* A client that is answered is no scanner, whatever the number of ports. */
  g_assert_cmpuint(count_and_free(knock_ports(60, 1, "SA"), "port-scan", NULL), ==, 0);

  GString *same = g_string_new(BOTH_WAYS); /* one port again and again */
  GString *back = g_string_new(BOTH_WAYS); /* backscatter: SYN-ACK and RST without any SYN */
  GString *hops = g_string_new(BOTH_WAYS); /* traceroute counts hops with ports */
  GString *flow = g_string_new(BOTH_WAYS); /* media streams that nobody answers */
  GString *ssdp = g_string_new(BOTH_WAYS); /* answers to a multicast search */
  for (guint i = 0; i < 60; i++) {
    g_string_append_printf(same, "%u 10.0.0.1 10.0.0.2 TCP tcp=%u:80:S seq=%u\n", i + 1, 40000 + i,
                           i);
    g_string_append_printf(back, "%u 10.0.0.1 10.0.0.2 TCP tcp=80:%u:%s\n", i + 1, 40000 + i,
                           i % 2 ? "SA" : "RA");
    g_string_append_printf(hops, "%u 10.0.0.1 10.0.0.2 UDP udp=50000:%u\n", i + 1, 33434 + i);
    for (guint packet = 0; packet < 20; packet++)
      g_string_append_printf(flow, "%u.%02u 10.0.0.1 10.0.0.2 RTP udp=6000:%u\n", i + 1, packet,
                             20000 + i);
    g_string_append_printf(ssdp, "%u 10.0.0.1 10.0.0.2 SSDP udp=1900:%u\n", i + 1, 50000 + i);
  }
  g_assert_cmpuint(count_and_free(same, "port-scan", NULL), ==, 0);
  g_assert_cmpuint(count_and_free(back, "port-scan", NULL), ==, 0);
  g_assert_cmpuint(count_and_free(hops, "port-scan", NULL), ==, 0);
  g_assert_cmpuint(count_and_free(flow, "port-scan", NULL), ==, 0);
  g_assert_cmpuint(count_and_free(ssdp, "port-scan", NULL), ==, 0);
}

static void test_port_scan_over_udp(void) {
  GString *script = g_string_new(BOTH_WAYS);
  for (guint i = 0; i < 16; i++)
    g_string_append_printf(script,
                           "%u 10.0.0.1 10.0.0.2 UDP udp=50000:%u\n"
                           "unreachable 10.0.0.1 10.0.0.2 udp 50000 %u\n",
                           i + 1, 100 + i, 100 + i);
  Analysed a = analyse(script->str, "port-scan", NULL);
  const HgFinding *finding = finding_of(&a, "10.0.0.1");
  g_assert_nonnull(finding);
  g_assert_cmpstr(finding->filter, ==,
                  "ip.src == 10.0.0.1 && ip.dst == 10.0.0.2 && udp.dstport in {100..115} && !icmp "
                  "&& !icmpv6");
  g_assert_nonnull(strstr(finding->evidence, "16 refused"));
  analysed_clear(&a);
  g_string_free(script, TRUE);
}

/* --- address-scan --- */

/* `failed` hosts that do not answer on TCP 445, then `answered` ones that do. */
static GString *knock_hosts(guint failed, guint answered, guint port) {
  GString *script = g_string_new(BOTH_WAYS);
  for (guint i = 0; i < failed + answered; i++) {
    g_string_append_printf(script, "%u 10.0.0.1 10.1.0.%u TCP tcp=%u:%u:S seq=%u\n", i + 1, i + 1,
                           40000 + i, port, i);
    if (i >= failed)
      g_string_append_printf(script, "%u.5 10.1.0.%u 10.0.0.1 TCP tcp=%u:%u:SA\n", i + 1, i + 1,
                             port, 40000 + i);
  }
  return script;
}

static void test_address_scan_fires(void) {
  GString *script = knock_hosts(10, 0, 445);
  Analysed a = analyse(script->str, "address-scan", NULL);
  const HgFinding *finding = finding_of(&a, "10.0.0.1");
  g_assert_nonnull(finding);
  g_assert_cmpuint(hg_analysis_finding_count(a.analysis), ==, 1);
  g_assert_cmpfloat(finding->observed, ==, 10);
  g_assert_cmpfloat(finding->threshold, ==, 10);
  g_assert_cmpuint(finding->peers->len, ==, 10);
  g_assert_true(hg_analysis_is_suspect(a.analysis, finding->host));
  g_assert_true(g_str_has_prefix(finding->evidence,
                                 "10.0.0.1 tried 10 hosts on tcp port 445 and failed with 10 (0 "
                                 "refused, 10 unanswered) within 9 s"));
  g_assert_nonnull(strstr(finding->evidence, "likelihood ratio 1000000 and more")); /* 4^10 */
  g_assert_true(g_str_has_suffix(finding->filter, "tcp.dstport == 445"));
  analysed_clear(&a);
  g_string_free(script, TRUE);

  g_assert_cmpuint(count_and_free(knock_hosts(9, 0, 445), "address-scan", NULL), ==, 0);
  g_assert_cmpuint(count_and_free(knock_hosts(9, 0, 445), "address-scan", "address-scan.targets=9"),
                   ==, 1);
}

/* x4 for a failure, x1/4 for a success, flagged from 99 on: three more failures than successes
 * are not enough, four are. */
static guint walk_of(const char *conn_states, const char *setting) {
  GString *script = g_string_new(BOTH_WAYS);
  for (guint i = 0; conn_states[i]; i++) {
    g_string_append_printf(script, "%u 10.0.0.1 10.1.0.%u TCP tcp=%u:%u:S seq=%u\n", i + 1, i + 1,
                           40000 + i, 80 + i % 3, i);
    if (conn_states[i] == '+')
      g_string_append_printf(script, "%u.5 10.1.0.%u 10.0.0.1 TCP tcp=%u:%u:SA\n", i + 1, i + 1,
                             80 + i % 3, 40000 + i);
  }
  return count_and_free(script, "address-scan", setting);
}

static void test_sequential_test(void) {
  g_assert_cmpuint(walk_of("---", "address-scan.targets=3"), ==, 0);  /* 64 */
  g_assert_cmpuint(walk_of("----", "address-scan.targets=3"), ==, 1); /* 256 */
  g_assert_cmpuint(walk_of("--+--", "address-scan.targets=3"), ==, 0);
  g_assert_cmpuint(walk_of("--+---", "address-scan.targets=3"), ==, 1);
  /* A benign past does not hide a scan, and failures before it do not add to it. */
  g_assert_cmpuint(walk_of("++++++++++++----------", NULL), ==, 1);
  g_assert_cmpuint(walk_of("+++----", "address-scan.targets=4"), ==, 1);
  g_assert_cmpuint(walk_of("---++++++++---++++++++---++++++++---++++++++", NULL), ==, 0);
  /* A browser: one failure in five. */
  g_assert_cmpuint(walk_of("++++-++++-++++-++++-++++-++++-++++-++++-++++-++++-++++-++++-", NULL),
                   ==, 0);
}

static void test_one_port(void) {
  /* 25 failures on one port among as many answers elsewhere, alternating so that the sequential
   * test stays silent. */
  GString *script = g_string_new(BOTH_WAYS), *fewer = g_string_new(BOTH_WAYS);
  for (guint i = 0; i < 50; i++) {
    GString *into[] = {script, i < 48 ? fewer : NULL};
    for (guint s = 0; s < 2; s++) {
      if (!into[s])
        continue;
      g_string_append_printf(into[s], "%u 10.0.0.1 10.1.0.%u TCP tcp=%u:%u:S seq=%u\n", i + 1,
                             i + 1, 40000 + i, i % 2 ? 80 : 22, i);
      if (i % 2)
        g_string_append_printf(into[s], "%u.5 10.1.0.%u 10.0.0.1 TCP tcp=80:%u:SA\n", i + 1, i + 1,
                               40000 + i);
    }
  }
  Analysed a = analyse(script->str, "address-scan", NULL);
  const HgFinding *finding = finding_of(&a, "10.0.0.1");
  g_assert_nonnull(finding);
  g_assert_cmpfloat(finding->observed, ==, 25);
  g_assert_cmpfloat(finding->threshold, ==, 25);
  g_assert_true(g_str_has_prefix(finding->evidence, "10.0.0.1 tried 25 hosts on tcp port 22 and "
                                                    "failed with 25 (0 refused, 25 unanswered)"));
  g_assert_cmpstr(finding->filter, ==,
                  "ip.src == 10.0.0.1 && tcp.flags.syn == 1 && tcp.flags.ack == 0 && !icmp && "
                  "!icmpv6 && tcp.dstport == 22");
  analysed_clear(&a);
  g_string_free(script, TRUE);
  g_assert_cmpuint(count_and_free(fewer, "address-scan", NULL), ==, 0); /* 24 */
}

/* A busy proxy: 40 failures on one port within five minutes, among twice as many answers. */
static void test_busy_client(void) {
  GString *script = g_string_new(BOTH_WAYS);
  for (guint i = 0; i < 120; i++) {
    g_string_append_printf(script, "%u 10.0.0.1 10.1.0.%u TCP tcp=%u:443:S seq=%u\n", i + 1, i + 1,
                           40000 + i, i);
    if (i % 3)
      g_string_append_printf(script, "%u.5 10.1.0.%u 10.0.0.1 TCP tcp=443:%u:SA\n", i + 1, i + 1,
                             40000 + i);
  }
  g_assert_cmpuint(count_and_free(script, "address-scan", NULL), ==, 0);
}

/* What was there before the capture began, and goes on, did not fail. */
static void test_port_in_use(void) {
  GString *script = knock_ports(15, 1, NULL);
  g_string_append(script, "99 10.0.0.1 10.0.0.2 TCP tcp=39999:1000:PA payload=5\n");
  g_assert_cmpuint(count_and_free(script, "port-scan", NULL), ==, 0);
}

static void test_ping_sweep(void) {
  GString *sweep = g_string_new(BOTH_WAYS), *watch = g_string_new(BOTH_WAYS);
  for (guint i = 0; i < 5; i++) {
    g_string_append_printf(sweep, "%u 10.0.0.1 10.1.0.%u ICMP echo=request:%u\n", i + 1, i + 1, i);
    for (guint n = 0; n < 10; n++) /* a monitor whose hosts are down keeps asking */
      g_string_append_printf(watch, "%u.%u 10.0.0.1 10.1.0.%u ICMP echo=request:7\n", i + 1, n,
                             i + 1);
  }
  Analysed a = analyse(sweep->str, "address-scan", NULL);
  const HgFinding *finding = finding_of(&a, "10.0.0.1");
  g_assert_nonnull(finding);
  g_assert_nonnull(strstr(finding->evidence, "tried 5 hosts by ping and failed with 5"));
  g_assert_nonnull(strstr(finding->filter, "icmp.type == 8"));
  analysed_clear(&a);
  g_string_free(sweep, TRUE);
  g_assert_cmpuint(count_and_free(watch, "address-scan", NULL), ==, 0);
}

/* `dead` and `alive` peers of a peer-to-peer client, each on a port of its own unless `port`. */
static GString *overlay(guint dead, guint alive, guint port) {
  GString *script = g_string_new(BOTH_WAYS);
  for (guint i = 0; i < dead + alive; i++) {
    const guint peer_port = port ? port : 10000 + i * 37;
    g_string_append_printf(script, "%u 10.0.0.1 80.1.%u.%u UDP udp=28681:%u\n", i + 1, i / 200,
                           i % 200 + 1, peer_port);
    if (i % ((dead + alive) / MAX(alive, 1)) == 0 && alive)
      g_string_append_printf(script, "%u.2 80.1.%u.%u 10.0.0.1 UDP udp=%u:28681\n", i + 1, i / 200,
                             i % 200 + 1, peer_port);
  }
  return script;
}

static void test_peer_to_peer(void) {
  g_assert_cmpuint(count_and_free(overlay(160, 40, 0), "address-scan", NULL), ==, 0);
  /* No peer answers: peer-to-peer software cannot work like that. */
  g_assert_cmpuint(count_and_free(overlay(200, 0, 0), "address-scan", NULL), ==, 1);
  /* One port on all hosts, with as many answers: somebody looks for a service. */
  g_assert_cmpuint(count_and_free(overlay(160, 40, 5060), "address-scan", NULL), ==, 1);
}

static void test_address_scan_spares(void) {
  /* Fan-out is no scan. */
  g_assert_cmpuint(count_and_free(knock_hosts(0, 80, 443), "address-scan", NULL), ==, 0);

  GString *logs = g_string_new(BOTH_WAYS);  /* syslog never answers */
  GString *names = g_string_new(BOTH_WAYS); /* names that were looked up: an uplink is down */
  GString *quic = g_string_new(BOTH_WAYS);  /* QUIC is filtered, TCP is not */
  GString *group = g_string_new(BOTH_WAYS); /* multicast */
  GString *one_sided = g_string_new(NULL);  /* only what the client sends was captured */
  for (guint i = 1; i <= 40; i++) {
    g_string_append_printf(logs, "%u 10.0.0.1 10.1.0.%u Syslog udp=514:514\n", i, i);
    g_string_append_printf(names,
                           "%u 10.0.0.1 10.0.0.53 DNS udp=5353:53\n"
                           "name 80.1.0.%u host%u.example dns\n"
                           "%u.1 10.0.0.1 80.1.0.%u TCP tcp=%u:443:S seq=%u\n",
                           i, i, i, i, i, 40000 + i, i);
    g_string_append_printf(quic,
                           "%u 10.0.0.1 80.1.0.%u QUIC udp=50000:443\n"
                           "%u.1 10.0.0.1 80.1.0.%u TCP tcp=%u:443:S seq=%u\n"
                           "%u.2 80.1.0.%u 10.0.0.1 TCP tcp=443:%u:SA\n",
                           i, i, i, i, 40000 + i, i, i, i, 40000 + i);
    g_string_append_printf(group, "%u 10.0.0.1 239.1.0.%u UDP udp=6000:6000\n", i, i);
    g_string_append_printf(one_sided,
                           "%u 10.0.0.1 80.1.0.%u QUIC udp=50000:443\n"
                           "%u.1 10.0.0.1 80.1.0.%u TCP tcp=%u:443:S seq=%u\n"
                           "%u.2 10.0.0.1 80.1.0.%u TCP tcp=%u:443:A\n",
                           i, i, i, i, 40000 + i, i, i, i, 40000 + i);
  }
  g_assert_cmpuint(count_and_free(logs, "address-scan", NULL), ==, 0);
  g_assert_cmpuint(count_and_free(names, "address-scan", NULL), ==, 0);
  g_assert_cmpuint(count_and_free(quic, "address-scan", NULL), ==, 0);
  g_assert_cmpuint(count_and_free(group, "address-scan", NULL), ==, 0);

  /* The same without what explains them. */
  g_assert_cmpuint(count_and_free(knock_hosts(40, 0, 443), "address-scan", NULL), ==, 1);
  g_assert_cmpuint(count_and_free(overlay(40, 0, 443), "address-scan", NULL), ==, 1);

  Analysed a = analyse(one_sided->str, "address-scan", NULL);
  g_assert_cmpuint(hg_analysis_finding_count(a.analysis), ==, 0);
  g_assert_cmpuint(hg_analysis_not_assessed_count(a.analysis), ==, 1);
  g_assert_nonnull(strstr(hg_analysis_not_assessed(a.analysis, 0)->why, "one direction"));
  analysed_clear(&a);
  g_string_free(one_sided, TRUE);
}

static void test_midstream(void) {
  for (guint i = 0; i < 2; i++) {
    Analysed a = analyse("1 10.0.0.1 10.0.0.2 HTTP tcp=4000:80:PA payload=5\n",
                         i ? "port-scan" : "address-scan", NULL);
    g_assert_cmpuint(hg_analysis_not_assessed_count(a.analysis), ==, 1);
    g_assert_cmpstr(hg_analysis_not_assessed(a.analysis, 0)->why, ==,
                    "no connection's start was captured");
    analysed_clear(&a);
  }
}

/* --- what only ICMP errors tell --- */

/* 10.0.0.2 sends `count` errors, one a second, that quote what 10.0.0.1 sent over a transport ("\"\"": none, the
 * number is an IP protocol); `before`: packets. */
static GString *errors(const char *before, guint count, const char *transport) {
  GString *script = g_string_new(before);
  for (guint i = 0; i < count; i++)
    g_string_append_printf(script,
                           "%u 10.0.0.2 10.0.0.1 ICMP len=70\n"
                           "unreachable 10.0.0.1 10.0.0.2 %s 0 %u\n",
                           10 + i, transport, 100 + i);
  return script;
}

static void test_errors_alone(void) {
  GString *script = errors("", 15, "udp");
  Analysed a = analyse(script->str, "port-scan", NULL);
  const HgFinding *finding = finding_of(&a, "10.0.0.1");
  g_assert_nonnull(finding);
  g_assert_cmpuint(hg_analysis_finding_count(a.analysis), ==, 1);
  g_assert_cmpstr(
      finding->evidence, ==,
      "10.0.0.1 tried 15 ports of 10.0.0.2, as its ICMP errors tell, within 14 s, up to 15 "
      "in any 5 min: 100, 101, 102, 103, 104, 105, 106, 107, ...");
  g_assert_cmpstr(
      finding->filter, ==,
      "ip.src == 10.0.0.2 && ip.dst == 10.0.0.1 && (icmp.type == 3 || icmpv6.type in {1, 4})");
  analysed_clear(&a);
  g_string_free(script, TRUE);
  g_assert_cmpuint(count_and_free(errors("", 14, "udp"), "port-scan", NULL), ==, 0);
  /* What else it sends was captured, and these were not there. */
  g_assert_cmpuint(count_and_free(errors("1 10.0.0.1 10.0.0.9 UDP udp=5000:53 len=60\n", 15, "udp"),
                                  "port-scan", NULL),
                   ==, 0);
  /* Pings have no ports. */
  g_assert_cmpuint(count_and_free(errors("", 15, "icmp"), "port-scan", NULL), ==, 0);
}

static void test_protocols(void) {
  GString *script = errors("1 10.0.0.1 10.0.0.2 IPv4 len=60\n", 15, "\"\"");
  Analysed a = analyse(script->str, "port-scan", NULL);
  const HgFinding *finding = finding_of(&a, "10.0.0.1");
  g_assert_nonnull(finding);
  g_assert_nonnull(strstr(finding->evidence, "tried 15 IP protocols of 10.0.0.2"));
  analysed_clear(&a);
  g_string_free(script, TRUE);
  g_assert_cmpuint(
      count_and_free(errors("1 10.0.0.1 10.0.0.9 IPv4 len=60\n", 15, "\"\""), "port-scan", NULL),
      ==, 0);
}

/* One error for each of many hosts, which a router sends. */
static void test_errors_of_a_router(void) {
  GString *script = g_string_new(NULL);
  for (guint i = 0; i < 40; i++)
    g_string_append_printf(script,
                           "%u 10.0.0.254 10.0.0.1 ICMP len=70\n"
                           "unreachable 10.0.0.1 10.1.0.2 udp 5000 %u\n",
                           10 + i, 100 + i);
  g_assert_cmpuint(count_and_free(script, "port-scan", NULL), ==, 0);
}

/* --- in one direction --- */

static GString *datagrams(guint hosts, guint payload) {
  GString *script = g_string_new(NULL);
  for (guint i = 0; i < hosts; i++)
    g_string_append_printf(script, "%u 10.0.0.1 10.0.1.%u UDP udp=5000:40125 len=60 payload=%u\n",
                           1 + i, 1 + i, payload);
  return script;
}

static void test_empty_datagrams(void) {
  g_assert_cmpuint(count_and_free(datagrams(30, 0), "address-scan", NULL), ==, 1);
  g_assert_cmpuint(count_and_free(datagrams(30, 20), "address-scan", NULL), ==, 0);
  g_assert_cmpuint(count_and_free(datagrams(9, 0), "address-scan", NULL), ==, 0);
}

/* --- services that answer --- */

/* `count` ports of 10.0.0.2 greet in turns in `protocols` protocols, `times` times each, 100 s apart. */
static guint looked_at(guint count, guint protocols, guint times, guint payload) {
  static const char *const names[] = {"FTP", "SSH", "SMTP", "POP", "IMAP", "HTTP"};
  GString *script = g_string_new(NULL);
  for (guint i = 0; i < count * times; i++) {
    const guint port = 1000 + i % count;
    const double time = 1 + i % count + 100.0 * (i / count);
    g_string_append_printf(script,
                           "%.1f 10.0.0.1 10.0.0.2 TCP tcp=%u:%u:S seq=%u\n"
                           "%.2f 10.0.0.2 10.0.0.1 TCP tcp=%u:%u:SA\n"
                           "%.2f 10.0.0.2 10.0.0.1 %s tcp=%u:%u:PA payload=%u\n"
                           "%.2f 10.0.0.1 10.0.0.2 TCP tcp=%u:%u:FA\n",
                           time, 40000 + i, port, i + 1, time + 0.01, port, 40000 + i, time + 0.02,
                           names[i % count % protocols], port, 40000 + i, payload, time + 0.03,
                           40000 + i, port);
  }
  return count_and_free(script, "port-scan", NULL);
}

static void test_looked_at(void) {
  g_assert_cmpuint(looked_at(15, 5, 1, 30), ==, 1);
  g_assert_cmpuint(looked_at(14, 5, 1, 30), ==, 0);
  g_assert_cmpuint(looked_at(15, 4, 1, 30), ==, 0);    /* a program with many servers */
  g_assert_cmpuint(looked_at(15, 5, 2, 30), ==, 0);    /* again and again */
  g_assert_cmpuint(looked_at(15, 5, 1, 20000), ==, 0); /* used */
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/port-scan/fires", test_port_scan_fires);
  g_test_add_func("/port-scan/threshold", test_port_scan_threshold);
  g_test_add_func("/port-scan/slow", test_slow_port_scan);
  g_test_add_func("/port-scan/spares", test_port_scan_spares);
  g_test_add_func("/port-scan/udp", test_port_scan_over_udp);
  g_test_add_func("/address-scan/fires", test_address_scan_fires);
  g_test_add_func("/address-scan/sequential-test", test_sequential_test);
  g_test_add_func("/address-scan/one-port", test_one_port);
  g_test_add_func("/address-scan/busy-client", test_busy_client);
  g_test_add_func("/port-scan/port-in-use", test_port_in_use);
  g_test_add_func("/address-scan/ping-sweep", test_ping_sweep);
  g_test_add_func("/address-scan/peer-to-peer", test_peer_to_peer);
  g_test_add_func("/address-scan/spares", test_address_scan_spares);
  g_test_add_func("/port-scan/errors-alone", test_errors_alone);
  g_test_add_func("/port-scan/protocols", test_protocols);
  g_test_add_func("/port-scan/errors-of-a-router", test_errors_of_a_router);
  g_test_add_func("/port-scan/looked-at", test_looked_at);
  g_test_add_func("/address-scan/empty-datagrams", test_empty_datagrams);
  g_test_add_func("/scans/midstream", test_midstream);
  return g_test_run();
}
