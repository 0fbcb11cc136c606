/* address.c - an address as bytes: parsing, text, comparison and scope
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "address.h"

#include <arpa/inet.h>
#include <string.h>

guint hg_address_hash(gconstpointer address) {
  const HgAddress *a = address;
  guint32 hash = (guint32)a->kind | (guint32)a->segment << 16, word;
  guint at = 0;
  for (; at + sizeof word <= a->length; at += (guint)sizeof word) {
    memcpy(&word, a->data + at, sizeof word);
    hash = (hash ^ word) * 2654435769u; /* Fibonacci hashing, a word at a time */
    hash ^= hash >> 15;
  }
  for (; at < a->length; at++)
    hash = (hash ^ a->data[at]) * 2654435769u;
  return hash ^ (hash >> 15);
}

gboolean hg_address_equal(gconstpointer a, gconstpointer b) {
  const HgAddress *x = a, *y = b;
  return x->kind == y->kind && x->length == y->length && x->segment == y->segment &&
         (x->length == 0 || memcmp(x->data, y->data, x->length) == 0);
}

gint hg_address_compare(const HgAddress *a, const HgAddress *b) {
  if (a->kind != b->kind)
    return a->kind < b->kind ? -1 : 1;
  const guint8 common = MIN(a->length, b->length);
  const int order = common ? memcmp(a->data, b->data, common) : 0;
  if (order || a->length != b->length)
    return order ? order : (gint)a->length - (gint)b->length;
  return (gint)a->segment - (gint)b->segment;
}

guint64 hg_address_head(const HgAddress *a) {
  guint64 head = (guint64)a->kind;
  for (guint i = 0; i < HG_ADDRESS_HEAD_BYTES; i++)
    head = head << 8 | (i < a->length ? a->data[i] : 0);
  return a->kind == HG_ADDRESS_IPV4 ? head | a->segment : head; /* its last bytes are not used */
}

/* Reports write addresses again and again: these two do without printf, which inet_ntop uses. */
static char *ipv4_to_text(const guint8 data[4]) {
  char text[INET_ADDRSTRLEN], *end = text;
  for (int i = 0; i < 4; i++) {
    if (data[i] >= 100)
      *end++ = (char)('0' + data[i] / 100);
    if (data[i] >= 10)
      *end++ = (char)('0' + data[i] / 10 % 10);
    *end++ = (char)('0' + data[i] % 10);
    *end++ = '.';
  }
  return g_strndup(text, (gsize)(end - text - 1));
}

static char *mac_to_text(const guint8 data[6]) {
  static const char digits[] = "0123456789abcdef";
  char text[6 * 3];
  for (int i = 0; i < 6; i++) {
    text[3 * i] = digits[data[i] >> 4];
    text[3 * i + 1] = digits[data[i] & 15];
    text[3 * i + 2] = ':';
  }
  return g_strndup(text, sizeof text - 1);
}

char *hg_address_to_text(const HgAddress *a) {
  char text[INET6_ADDRSTRLEN];
  switch (a->kind) {
  case HG_ADDRESS_IPV4:
    return ipv4_to_text(a->data);
  case HG_ADDRESS_IPV6:
    return g_strdup(inet_ntop(AF_INET6, a->data, text, sizeof text));
  case HG_ADDRESS_MAC:
    return mac_to_text(a->data);
  case HG_ADDRESS_OTHER:
    return g_strndup((const char *)a->data, a->length);
  case HG_ADDRESS_NONE:
    break;
  }
  return g_strdup("");
}

static gboolean parse_mac(const char *text, guint8 mac[6]) {
  for (int i = 0; i < 6; i++) {
    if (!g_ascii_isxdigit(text[0]) || !g_ascii_isxdigit(text[1]))
      return FALSE;
    mac[i] = (guint8)(g_ascii_xdigit_value(text[0]) << 4 | g_ascii_xdigit_value(text[1]));
    if (i < 5 && text[2] != ':' && text[2] != '-')
      return FALSE;
    text += i < 5 ? 3 : 2;
  }
  return *text == '\0';
}

gboolean hg_address_parse(const char *text, HgAddress *address, HgAddressBuffer *buffer) {
  const gsize length = strlen(text);
  if (length == 0)
    return FALSE;
  address->data = buffer->bytes;
  address->segment = 0;
  if (inet_pton(AF_INET, text, buffer->bytes) == 1) {
    address->kind = HG_ADDRESS_IPV4;
    address->length = 4;
  } else if (inet_pton(AF_INET6, text, buffer->bytes) == 1) {
    address->kind = HG_ADDRESS_IPV6;
    address->length = 16;
  } else if (parse_mac(text, buffer->bytes)) {
    address->kind = HG_ADDRESS_MAC;
    address->length = 6;
  } else {
    address->kind = HG_ADDRESS_OTHER;
    address->length = (guint8)MIN(length, HG_ADDRESS_MAX_LENGTH);
    memcpy(buffer->bytes, text, address->length);
  }
  return TRUE;
}

static HgScope scope_ipv4(const guint8 *a) {
  if (a[0] == 0)
    return HG_SCOPE_UNSPECIFIED;
  if (a[0] == 127)
    return HG_SCOPE_LOOPBACK;
  if (a[0] == 169 && a[1] == 254)
    return HG_SCOPE_LINK_LOCAL;
  if (a[0] >= 224 && a[0] <= 239)
    return HG_SCOPE_MULTICAST;
  if (a[0] == 255 && a[1] == 255 && a[2] == 255 && a[3] == 255)
    return HG_SCOPE_BROADCAST;
  const gboolean internal = a[0] == 10 || (a[0] == 172 && (a[1] & 0xf0) == 16) ||
                            (a[0] == 192 && a[1] == 168) || (a[0] == 100 && (a[1] & 0xc0) == 64);
  return internal ? HG_SCOPE_INTERNAL : HG_SCOPE_EXTERNAL;
}

static HgScope scope_ipv6(const guint8 *a) {
  static const guint8 zero[15], mapped[12] = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};
  if (memcmp(a, zero, sizeof zero) == 0 && a[15] <= 1)
    return a[15] ? HG_SCOPE_LOOPBACK : HG_SCOPE_UNSPECIFIED;
  if (memcmp(a, mapped, sizeof mapped) == 0)
    return scope_ipv4(a + 12);
  if (a[0] == 0xff)
    return HG_SCOPE_MULTICAST;
  if (a[0] == 0xfe && (a[1] & 0xc0) == 0x80)
    return HG_SCOPE_LINK_LOCAL;
  return (a[0] & 0xfe) == 0xfc ? HG_SCOPE_INTERNAL : HG_SCOPE_EXTERNAL;
}

static HgScope scope_mac(const guint8 *a) {
  static const guint8 zero[6], ones[6] = {0xff, 0xff, 0xff, 0xff, 0xff, 0xff};
  if (memcmp(a, ones, sizeof ones) == 0)
    return HG_SCOPE_BROADCAST;
  if (memcmp(a, zero, sizeof zero) == 0)
    return HG_SCOPE_UNSPECIFIED;
  return a[0] & 1 ? HG_SCOPE_MULTICAST : HG_SCOPE_INTERNAL;
}

/* Of other kinds only the text is known. IPX and the like end in the node as 12 hex digits; all
 * ones is the broadcast node. */
static HgScope scope_other(const HgAddress *a) {
  static const char everybody[] = "ffffffffffff";
  const guint n = sizeof everybody - 1;
  if (a->length >= n &&
      g_ascii_strncasecmp((const char *)a->data + a->length - n, everybody, n) == 0)
    return HG_SCOPE_BROADCAST;
  return HG_SCOPE_INTERNAL;
}

HgScope hg_address_scope(const HgAddress *address) {
  switch (address->kind) {
  case HG_ADDRESS_IPV4:
    return scope_ipv4(address->data);
  case HG_ADDRESS_IPV6:
    return scope_ipv6(address->data);
  case HG_ADDRESS_MAC:
    return scope_mac(address->data);
  case HG_ADDRESS_OTHER:
    return scope_other(address);
  case HG_ADDRESS_NONE:
    break;
  }
  return HG_SCOPE_UNSPECIFIED;
}

const char *hg_scope_name(HgScope scope) {
  static const char *const names[HG_SCOPE_COUNT] = {
      "internal", "external", "multicast", "broadcast", "link-local", "loopback", "unspecified"};
  return names[scope];
}

const char *hg_address_kind_name(HgAddressKind kind) {
  static const char *const names[] = {"", "ipv4", "ipv6", "mac", "other"};
  return names[kind];
}

gboolean hg_scope_is_unicast(HgScope scope) {
  return scope == HG_SCOPE_INTERNAL || scope == HG_SCOPE_EXTERNAL || scope == HG_SCOPE_LINK_LOCAL ||
         scope == HG_SCOPE_LOOPBACK;
}
