/* test_dns_name.c - whose domain a name is in, what it is for, what looks random
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "analysis/basics/dns_name.h"

#include <string.h>

static HgDnsName split(const char *text) {
  HgDnsName name;
  g_assert_true(hg_dns_name_split(text, &name));
  return name;
}

static void assert_zone(const char *text, const char *expected) {
  const HgDnsName name = split(text);
  g_assert_cmpstr(hg_dns_name_suffix(&name, hg_dns_name_zone(&name)), ==, expected);
}

static void test_zone(void) {
  assert_zone("www.example.com", "example.com");
  assert_zone("a.b.c.example.org", "example.org");
  assert_zone("www.bbc.co.uk", "bbc.co.uk");
  assert_zone("co.uk", "co.uk");
  assert_zone("www.uol.com.br", "uol.com.br");
  assert_zone("www.spiegel.de", "spiegel.de");
  assert_zone("www.example.school.nz", "example.school.nz");
  /* A short domain of a country, with data before it. */
  assert_zone("0123456789abcdef01234567.t1.nu", "t1.nu");
  assert_zone("www.xn--bcher-kva.xn--p1ai", "xn--bcher-kva.xn--p1ai");
  /* No top-level domain: a digit, longer than any. */
  assert_zone("dnscat.546b03f50000000000a6023e", "");
  assert_zone("a.abcdefghijklmnopqrstuvwxyz", "");
  assert_zone("localhost", "localhost");
}

static void test_split(void) {
  HgDnsName name;
  g_assert_false(hg_dns_name_split(".", &name));
  g_assert_false(hg_dns_name_split("", &name));
  g_assert_false(hg_dns_name_split("a..b", &name));
  name = split("a\\.b\\195\\\\.example.com");
  g_assert_cmpuint(name.labels, ==, 3);
  g_assert_cmpuint(name.size[0], ==, 5); /* a . b \195 backslash */
  g_assert_cmpstr(hg_dns_name_suffix(&name, 2), ==, "example.com");
  g_assert_cmpstr(hg_dns_name_suffix(&name, 9), ==, "a\\.b\\195\\\\.example.com");
}

static void test_data(void) {
  const HgDnsName name = split("aabb.ccdd.example.com");
  const HgDnsData data = hg_dns_name_data(&name, 2);
  g_assert_cmpuint(data.size, ==, 8);
  g_assert_cmpuint(data.longest, ==, 4);
  g_assert_cmpfloat_with_epsilon(data.entropy, 2, 1e-9); /* four letters, each as often */
  const HgDnsName odd = split("\\001\\001a\\..example.com");
  g_assert_cmpfloat_with_epsilon(hg_dns_name_data(&odd, 2).entropy, 1.5, 1e-9);
  g_assert_cmpuint(hg_dns_name_data(&odd, 3).size, ==, 0);
}

static gboolean is_lookup(const char *text) {
  const HgDnsName name = split(text);
  return hg_dns_name_is_lookup(&name, hg_dns_name_zone(&name));
}

static void test_lookup(void) {
  g_assert_true(is_lookup("4.3.2.1.list.example.org"));
  g_assert_true(is_lookup("_dmarc.mail.example.com"));
  g_assert_true(is_lookup("s1._domainkey.example.com"));
  g_assert_true(is_lookup("0.1.2.3.4.5.6.7.8.9.a.b.c.d.e.f.0.1.2.3.4.5.6.7.8.9.a.b.c.d.e.f."
                          "v6.example.org"));
  g_assert_false(is_lookup("4.3.2.1000.list.example.org"));
  g_assert_false(is_lookup("4.3.2.x.list.example.org"));
  g_assert_false(is_lookup("_0123456789abcdef0123456789.example.org")); /* long enough for data */
}

static void test_query_service(void) {
  HgDnsName name = split("9f86d081884c7d65.avqs.mcafee.com");
  g_assert_true(hg_dns_name_is_query_service(&name));
  name = split("4.3.2.1.in-addr.arpa");
  g_assert_true(hg_dns_name_is_query_service(&name));
  name = split("x.notspamhaus.org");
  g_assert_false(hg_dns_name_is_query_service(&name));
  name = split("x.mcafee.com");
  g_assert_false(hg_dns_name_is_query_service(&name));
}

static guint count_random(const char *const *labels) {
  guint count = 0;
  for (; *labels; labels++)
    count += hg_dns_label_looks_random(*labels, strlen(*labels));
  return count;
}

/* Words of several languages, names of firms, and what is mistyped for them; then letters drawn at
 * random, as Conficker and CryptoLocker do. */
static void test_random(void) {
  static const char *const people[] = {"google",
                                       "facebook",
                                       "wikipedia",
                                       "stackoverflow",
                                       "sparkasse",
                                       "krankenversicherung",
                                       "leboncoin",
                                       "mercadolibre",
                                       "microsoftonline",
                                       "googleusercontent",
                                       "doubleclick",
                                       "corriere",
                                       "marktplaats",
                                       "allrecipes",
                                       "web2print",
                                       "mp3",
                                       "office365",
                                       "gogle",
                                       "facebok",
                                       "amazn",
                                       "youtbe",
                                       "netfilx",
                                       "wikpedia",
                                       "xn--bcher-kva",
                                       "x",
                                       "",
                                       "booking",
                                       "washingtonpost",
                                       "schlumberger",
                                       "1and1",
                                       NULL};
  g_assert_cmpuint(count_random(people), ==, 0);

  GRand *rand = g_rand_new_with_seed(7);
  guint found = 0;
  for (guint i = 0; i < 1000; i++) {
    char label[16] = "";
    const gsize length = (gsize)g_rand_int_range(rand, 8, 16);
    for (gsize place = 0; place < length; place++)
      label[place] = (char)('a' + g_rand_int_range(rand, 0, 26));
    found += hg_dns_label_looks_random(label, length);
  }
  g_rand_free(rand);
  g_assert_cmpuint(found, >, 600);
  g_assert_true(hg_dns_label_looks_random("3f9a0c77be1d42", 14));
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/dns-name/zone", test_zone);
  g_test_add_func("/dns-name/split", test_split);
  g_test_add_func("/dns-name/data", test_data);
  g_test_add_func("/dns-name/lookup", test_lookup);
  g_test_add_func("/dns-name/query-service", test_query_service);
  g_test_add_func("/dns-name/random", test_random);
  return g_test_run();
}
