/* test_tor.c - relays of Tor by their certificates, and by names that nobody looks up
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "../analyse.h"

/* Looks one name up, so that its look-ups are seen to be captured. */
#define CLIENT                                                                                     \
  "1 10.0.0.5 10.0.0.53 DNS udp=3000:53\nobserve dns-query 10.0.0.5 10.0.0.53 \"A www.example\" 60\n"

#define NAMED(server, name)                                                                        \
  "10 10.0.0.5 " server " TLSv1.3 tcp=2000:443:PA payload=90\n"                                    \
  "observe server-name 10.0.0.5 " server " " name " 200\n"

static double strength_of(const char *script) {
  Analysed a = analyse(script, "tor", NULL);
  const HgFinding *finding = finding_of(&a, "10.0.0.5");
  const double strength = finding ? finding->strength : 0;
  analysed_clear(&a);
  return strength;
}

#define ONE NAMED("203.0.113.1", "www.qzx4wkvtq7.com")
#define TWO NAMED("203.0.113.2", "www.jb5qxkzzvw.com")

static void test_names(void) {
  g_assert_cmpfloat(strength_of(CLIENT ONE TWO), ==, 0.7);
  g_assert_cmpfloat(strength_of(CLIENT ONE), ==, 0);
  g_assert_cmpfloat(strength_of(ONE TWO), ==, 0); /* its look-ups may be elsewhere */
  g_assert_cmpfloat(
      strength_of(CLIENT ONE TWO
                  "observe dns-query 10.0.0.6 10.0.0.53 \"A www.jb5qxkzzvw.com\" 60\n"),
      ==, 0);
  g_assert_cmpfloat(strength_of(CLIENT NAMED("203.0.113.1", "www.amazon.com")
                                    NAMED("203.0.113.2", "www.wikipedia.com")),
                    ==, 0);
  g_assert_cmpfloat(strength_of(CLIENT NAMED("203.0.113.1", "qzx4wkvtq7.com")
                                    NAMED("203.0.113.2", "www.jb5qxk.zzvw.com")),
                    ==, 0);
}

#define SHOWN(kind)                                                                                \
  "10 203.0.113.1 10.0.0.5 TLSv1.2 tcp=9001:2000:PA payload=900\n"                                 \
  "observe certificate 10.0.0.5 203.0.113.1 \"9001 alone" kind " 90 days\\twww.a.net\"\n"

static void test_certificates(void) {
  g_assert_cmpfloat(strength_of(SHOWN(" tor")), ==, 1);
  g_assert_cmpfloat(strength_of(SHOWN("")), ==, 0);
  g_assert_cmpuint(count_findings(SHOWN(" tor"), "odd-certificate", NULL), ==, 0);
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/tor/names", test_names);
  g_test_add_func("/tor/certificates", test_certificates);
  return g_test_run();
}
