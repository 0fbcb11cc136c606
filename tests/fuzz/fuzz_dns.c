/* fuzz_dns.c - any bytes as a DNS message, and the names in it as rules take them apart
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include <string.h>

#include "analysis/basics/dns_name.h"
#include "fuzz.h"
#include "wireshark/protocols/dns_message.h"

static void check_name(const char *text) {
  HgDnsName name;
  CHECK(*text && strlen(text) < HG_DNS_NAME_SIZE);
  CHECK(g_utf8_validate(text, -1, NULL));
  for (const char *at = text; *at; at = g_utf8_next_char(at))
    CHECK(g_unichar_isgraph(g_utf8_get_char(at)));
  if (strcmp(text, ".") == 0) {
    CHECK(!hg_dns_name_split(text, &name));
    return;
  }
  CHECK(hg_dns_name_split(text, &name));
  guint size = 1;
  for (guint i = 0; i < name.labels; i++) {
    CHECK(name.size[i] >= 1 && name.size[i] <= 63);
    size += name.size[i] + 1u;
  }
  CHECK(size <= 255);
  const guint zone = hg_dns_name_zone(&name);
  CHECK(zone <= name.labels);
  CHECK(g_str_has_suffix(text, hg_dns_name_suffix(&name, zone)));
  const HgDnsData data = hg_dns_name_data(&name, zone);
  CHECK(data.longest <= data.size && data.size < size);
  CHECK(data.entropy > -1e-9 && data.entropy <= 8);
  hg_dns_name_is_lookup(&name, zone);
  hg_dns_name_is_query_service(&name);
  hg_dns_label_looks_random(text, strcspn(text, "."));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  HgDnsMessage message;
  HgDnsRecord record;
  if (size > G_MAXUINT16)
    return 0;
  guint8 *copy = g_memdup2(data, size); /* of its own, so that reading beyond is seen */
  if (hg_dns_message_begin(&message, copy, (guint)size)) {
    guint at = message.at;
    while (hg_dns_message_question(&message, &record)) {
      CHECK(message.at > at && message.at <= size);
      at = message.at;
      check_name(record.name);
    }
    while (hg_dns_message_record(&message, &record)) {
      CHECK(message.at > at && message.at <= size);
      at = message.at;
      CHECK(record.data + record.length == copy + at);
      check_name(record.name);
    }
  }
  g_free(copy);
  return 0;
}
