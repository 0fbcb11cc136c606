/* content_key.c - what stays the same in a copy of a packet, from the bytes of a frame
 *
 * Left out is what a switch, a router or a card changes on the way: MACs, VLAN tags, time to live, type of
 * service, DF and checksums. A checksum that the card fills in is not there yet where the sender captured.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "content_key.h"

#include <string.h>

#include "big_endian.h"
#include "vlan_tag.h"

enum { ICMP = 1, TCP = 6, UDP = 17, ICMPV6 = 58, SCTP = 132 }; /* IP protocol numbers */

/* Each step can be undone, so two packets that differ in one word never collide. The factor is a prime of
 * xxHash (XXH64). */
static inline guint64 mix(guint64 hash, guint64 word) {
  hash = (hash ^ word) * G_GUINT64_CONSTANT(0x9E3779B185EBCA87);
  return hash ^ hash >> 32;
}

static inline guint64 number64(const guint8 *bytes) {
  guint64 word;
  memcpy(&word, bytes, sizeof word);
  return GUINT64_FROM_LE(word); /* the same on each machine: stores keep keys */
}

static inline guint64 mix_bytes(guint64 hash, const guint8 *bytes, gsize length) {
  gsize at = 0;
  for (; at + 8 <= length; at += 8)
    hash = mix(hash, number64(bytes + at));
  if (at == length)
    return hash;
  if (length >= 8) /* the last eight, some of them for the second time */
    return mix(hash, number64(bytes + length - 8));
  guint64 word = 0;
  for (; at < length; at++)
    word = word << 8 | bytes[at];
  return mix(hash, word);
}

static inline guint64 mix_payload(guint64 hash, const guint8 *bytes, gsize length) {
  if (length <= HG_CONTENT_KEY_FIRST)
    return mix_bytes(hash, bytes, length);
  const gsize last = MIN(length - HG_CONTENT_KEY_FIRST, HG_CONTENT_KEY_LAST);
  return mix_bytes(mix_bytes(hash, bytes, HG_CONTENT_KEY_FIRST), bytes + length - last, last);
}

static inline void set_ports(HgContentKey *key, const guint8 *bytes) {
  key->port[0] = hg_big_endian16(bytes);
  key->port[1] = hg_big_endian16(bytes + 2);
}

/* RFC 792, RFC 4443: an echo request, and its reply. */
static void set_echo(HgContentKey *key, guint protocol, const guint8 *bytes) {
  const guint8 request = protocol == ICMP ? 8 : 128, reply = protocol == ICMP ? 0 : 129;
  if (bytes[0] == request)
    key->port[0] = hg_big_endian16(bytes + 4);
  else if (bytes[0] == reply)
    key->port[1] = hg_big_endian16(bytes + 4);
}

/* The transport header and the payload. `ends`: what a translator may change, too. Sets ports and checksum. */
static inline void mix_transport(guint protocol, const guint8 *bytes, gsize length,
                                 guint64 *content, guint64 *ends, HgContentKey *key) {
  key->port[0] = key->port[1] = key->checksum = 0;
  if (protocol == TCP && length >= 20) {
    const gsize header = CLAMP((gsize)(bytes[12] >> 4) * 4, 20, length);
    set_ports(key, bytes);
    key->checksum = hg_big_endian16(bytes + 16);
    *content =
        mix(*content, (guint64)hg_big_endian32(bytes + 12) << 16 | hg_big_endian16(bytes + 18));
    *content = mix_payload(*content, bytes + header, length - header);
    *ends = mix(*ends, hg_big_endian32(bytes));
    *ends = mix_bytes(mix(*ends, number64(bytes + 4)), bytes + 20, header - 20);
  } else if (protocol == UDP && length >= 8) {
    set_ports(key, bytes);
    key->checksum = hg_big_endian16(bytes + 6);
    *content = mix_payload(*content, bytes + 8, length - 8);
    *ends = mix(*ends, hg_big_endian32(bytes));
  } else if ((protocol == ICMP || protocol == ICMPV6) && length >= 8) {
    set_echo(key, protocol, bytes);
    key->checksum = hg_big_endian16(bytes + 2);
    *content = mix(*content, (guint64)hg_big_endian16(bytes) << 16 | hg_big_endian16(bytes + 6));
    *content = mix_payload(*content, bytes + 8, length - 8);
    *ends = mix(*ends, hg_big_endian16(bytes + 4)); /* the identifier of an echo */
  } else if (protocol == SCTP && length >= 12) {
    set_ports(key, bytes);
    *content = mix_payload(*content, bytes + 12, length - 12);
    *ends = mix(*ends, number64(bytes));
  } else {
    *content = mix_payload(*content, bytes, length);
  }
}

static inline void finish(HgContentKey *key, guint64 content, guint64 ends) {
  const guint64 packet = mix(content, ends);
  key->content = content + (content == 0); /* 0 is for packets without a key */
  key->packet = packet + (packet == 0);
}

static gboolean ipv4_key(const guint8 *header, gsize captured, HgContentKey *key) {
  const gsize header_length = (gsize)(header[0] & 15) * 4, total = hg_big_endian16(header + 2);
  const guint fragment = hg_big_endian16(header + 6) & 0x3fff; /* more to come, offset */
  const gsize end =
      total != 0 ? MIN(total, captured) : captured; /* 0: the card was to fill it in */
  if (header_length < 20 || header_length > end)
    return FALSE;
  guint64 content = mix(header[9], (guint64)hg_big_endian32(header + 2) << 16 | fragment);
  guint64 ends = mix(0, number64(header + 12));
  mix_transport(fragment == 0 ? header[9] : G_MAXUINT, header + header_length, end - header_length,
                &content, &ends, key);
  finish(key, content, ends);
  key->address[0] = hg_big_endian32(header + 12);
  key->address[1] = hg_big_endian32(header + 16);
  key->identification = hg_big_endian16(header + 4);
  key->hops = header[8];
  return TRUE;
}

static void ipv6_key(const guint8 *header, gsize captured, HgContentKey *key) {
  const gsize length = hg_big_endian16(header + 4);
  const guint32 flow_label = hg_big_endian32(header) & 0xfffff;
  guint64 content = mix(header[6], (guint64)length << 32 | flow_label);
  const guint64 source = mix_bytes(0, header + 8, 16), destination = mix_bytes(0, header + 24, 16);
  guint64 ends = mix(source, destination);
  /* Extension headers are mixed as a payload is, and what follows them with them. */
  mix_transport(header[6], header + 40, length != 0 ? MIN(length, captured - 40) : captured - 40,
                &content, &ends, key);
  finish(key, content, ends);
  key->address[0] = (guint32)source;
  key->address[1] = (guint32)destination;
  key->identification = 0;
  key->hops = header[7];
}

gboolean hg_content_key_ip(const guint8 *header, gsize captured, HgContentKey *key) {
  if (captured >= 20 && header[0] >> 4 == 4)
    return ipv4_key(header, captured, key);
  if (captured < 40 || header[0] >> 4 != 6)
    return FALSE;
  ipv6_key(header, captured, key);
  return TRUE;
}

gboolean hg_content_key_ethernet(const guint8 *header, gsize captured, HgContentKey *key) {
  enum { MACS = 12, TAG = 4, ARP = 0x0806, ARP_LENGTH = 28, LONGEST_802_3 = 1500 };
  gsize at = MACS;
  while (captured >= at + TAG + 2 && hg_is_vlan_tag(hg_big_endian16(header + at)))
    at += TAG;
  if (captured <= at + 2)
    return FALSE;
  const guint type = hg_big_endian16(header + at);
  gsize length = captured - at - 2;
  if (type == ARP) /* padding follows, which differs with and without a tag */
    length = MIN(length, ARP_LENGTH);
  else if (type <= LONGEST_802_3)
    length = MIN(length, type);
  *key = (HgContentKey){0};
  finish(key, mix_payload(mix(0, type), header + at + 2, length), mix_bytes(0, header, MACS));
  return TRUE;
}
