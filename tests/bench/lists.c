/* lists.c - what a long list costs, as ratios: machines differ
 *
 *   hostgraph-bench-lists [ENTRIES]      default: 1,000,000
 *
 * A list of addresses, networks and domains from a fixed seed, and the same lookups in it and
 * in one of a thousandth of its size. Loading is compared with putting its lines, as they are, into
 * a GHashTable: what any list costs that is not searched from end to end.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "analysis/lists/allow_deny_list.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define LOOKUPS 1000000

static double now(void) {
  struct timespec at;
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &at);
  return (double)at.tv_sec + (double)at.tv_nsec / 1e9;
}

static void add_line(GString *text, GRand *random, guint i) {
  const guint32 bits = g_rand_int(random);
  switch (i % 4) {
  case 0:
    g_string_append_printf(text, "%u.%u.%u.%u\n", bits >> 24, bits >> 16 & 255, bits >> 8 & 255,
                           bits & 255);
    break;
  case 1:
    g_string_append_printf(text, "%u.%u.%u.0/24 # network\n", bits >> 24, bits >> 16 & 255,
                           bits >> 8 & 255);
    break;
  case 2:
    g_string_append_printf(text, "2001:db8:%x:%x::/64\n", bits >> 16, bits & 0xffff);
    break;
  default:
    g_string_append_printf(text, "host%u.example%u.com\n", bits, bits % 10000);
  }
}

static GString *make_text(guint entries) {
  GRand *random = g_rand_new_with_seed(1);
  GString *text = g_string_new(NULL);
  for (guint i = 0; i < entries; i++)
    add_line(text, random, i);
  g_rand_free(random);
  return text;
}

/* The lines alone. */
static double time_lines(const GString *text) {
  const double start = now();
  GHashTable *lines = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
  for (const char *at = text->str; *at;) {
    const char *end = strchr(at, '\n');
    g_hash_table_add(lines, g_strndup(at, (gsize)(end - at)));
    at = end + 1;
  }
  g_hash_table_destroy(lines);
  return now() - start;
}

static HgAllowDenyList *load(const GString *text) {
  HgAllowDenyList *list = hg_allow_deny_list_new();
  g_autoptr(GError) error = NULL;
  if (!hg_allow_deny_list_add(list, "list", text->str, text->len, NULL, &error)) {
    fprintf(stderr, "%s\n", error->message);
    exit(EXIT_FAILURE);
  }
  return list;
}

static double time_lookups(const HgAllowDenyList *list, guint *found) {
  GRand *random = g_rand_new_with_seed(2);
  const double start = now();
  for (guint i = 0; i < LOOKUPS; i++) {
    const guint32 bits = g_rand_int(random);
    if (i % 2) {
      char name[64];
      g_snprintf(name, sizeof name, "www.host%u.example%u.com", bits, bits % 10000);
      *found += hg_allow_deny_list_name(list, name, NULL, FALSE) != NULL;
    } else {
      const guint8 bytes[4] = {(guint8)(bits >> 24), (guint8)(bits >> 16), (guint8)(bits >> 8),
                               (guint8)bits};
      const HgAddress address = {.kind = HG_ADDRESS_IPV4, .length = 4, .data = bytes};
      *found += hg_allow_deny_list_address(list, &address, NULL, FALSE) != NULL;
    }
  }
  g_rand_free(random);
  return now() - start;
}

int main(int argc, char **argv) {
  const guint entries = argc > 1 ? (guint)strtoul(argv[1], NULL, 10) : 1000000;
  GString *text = make_text(entries), *few = make_text(MAX(entries / 1000, 1));
  const double lines = time_lines(text), start = now();
  HgAllowDenyList *list = load(text);
  const double loading = now() - start;
  HgAllowDenyList *small = load(few);
  guint found = 0, found_in_small = 0;
  const double in_small = time_lookups(small, &found_in_small),
               in_large = time_lookups(list, &found);
  printf("%u entries: loading takes %.2f times what a hash of their lines takes (%.2f s)\n",
         hg_allow_deny_list_count(list), loading / lines, loading);
  printf("%u lookups: %.2f times those in %u entries (%.2f s; %u and %u found)\n", LOOKUPS,
         in_large / in_small, hg_allow_deny_list_count(small), in_large, found, found_in_small);
  hg_allow_deny_list_free(small);
  hg_allow_deny_list_free(list);
  g_string_free(few, TRUE);
  g_string_free(text, TRUE);
  return EXIT_SUCCESS;
}
