/* test_certificate.c - what a certificate shows, as a subject and back
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "tally/types/certificate.h"

#include <string.h>

static void assert_both_ways(HgCertificate certificate, const char *subject) {
  char *text = hg_certificate_subject(&certificate);
  const HgCertificate back = hg_certificate_parse(text);
  g_assert_cmpstr(text, ==, subject);
  g_assert_cmpuint(back.port, ==, certificate.port);
  g_assert_cmpint(back.alone, ==, certificate.alone);
  g_assert_cmpint(back.self_issued, ==, certificate.self_issued);
  g_assert_cmpint(back.tor, ==, certificate.tor);
  g_assert_cmpuint(back.days, ==, certificate.days);
  g_free(text);
}

static void test_both_ways(void) {
  assert_both_ways((HgCertificate){443, TRUE, TRUE, FALSE, 3650, "VPN.example"},
                   "443 alone self-issued 3650 days\tvpn.example");
  assert_both_ways((HgCertificate){9001, TRUE, FALSE, TRUE, 90, NULL}, "9001 alone tor 90 days");
  assert_both_ways((HgCertificate){8443, FALSE, FALSE, FALSE, 0, ""}, "8443 0 days");
}

/* A name decides nothing but who is named. */
static void test_hostile(void) {
  char *subject = hg_certificate_subject(
      &(HgCertificate){.port = 443, .days = 9, .name = "alone self-issued\t tor 7 days\n\xff"});
  const HgCertificate back = hg_certificate_parse(subject);
  g_assert_false(back.alone || back.self_issued || back.tor);
  g_assert_cmpuint(back.days, ==, 9);
  g_assert_true(g_utf8_validate(subject, -1, NULL));
  g_assert_null(strchr(strchr(subject, '\t') + 1, '\t'));
  g_free(subject);
  char *longest = g_strnfill(2000, 'a');
  subject = hg_certificate_subject(&(HgCertificate){.port = 443, .name = longest});
  g_assert_cmpuint(strlen(hg_certificate_parse(subject).name), ==, HG_CERTIFICATE_NAME);
  g_free(subject);
  g_free(longest);
  g_assert_cmpuint(hg_certificate_parse("").days, ==, 0);
  g_assert_null(hg_certificate_parse("\t").name);
}

static gboolean is_for(const char *name, const char *host) {
  return hg_certificate_is_for(&(HgCertificate){.name = name}, host);
}

/* RFC 6125, 6.4.3 */
static void test_is_for(void) {
  g_assert_true(is_for("vpn.example", "VPN.example"));
  g_assert_true(is_for("*.example", "vpn.example"));
  g_assert_true(is_for("192.0.2.1", "192.0.2.1"));
  g_assert_false(is_for("*.example", "a.vpn.example"));
  g_assert_false(is_for("*.example", "example"));
  g_assert_false(is_for("example", "vpn.example"));
  g_assert_false(is_for(NULL, "vpn.example"));
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/certificate/both-ways", test_both_ways);
  g_test_add_func("/certificate/hostile", test_hostile);
  g_test_add_func("/certificate/is-for", test_is_for);
  return g_test_run();
}
