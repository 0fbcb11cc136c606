/* dhcp.c - DHCP: names of clients, and which server gives what
 *
 * Layout and options: RFC 2131 and RFC 2132.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "wireshark/reading/source.h"

#include <string.h>

#include "wireshark/protocols/big_endian.h"

enum { MESSAGE, FIELDS };
static const HgFieldNames fields[FIELDS] = {[MESSAGE] = {"dhcp"}};

static gboolean is_some_ip(const HgAddress *address) {
  return address->kind == HG_ADDRESS_IPV4 && hg_scope_is_unicast(hg_address_scope(address));
}

/* The value of a DHCP option (RFC 2132); NULL when it is absent or cut off. */
static const guint8 *dhcp_option(const guint8 *dhcp, guint length, guint8 code, guint8 *size) {
  guint at = 240; /* after the magic cookie */
  while (at + 2 <= length && dhcp[at] != 255) {
    if (dhcp[at] == 0) {
      at++;
      continue;
    }
    if (dhcp[at] == code && at + 2 + dhcp[at + 1] <= length) {
      *size = dhcp[at + 1];
      return dhcp + at + 2;
    }
    at += 2u + dhcp[at + 1];
  }
  return NULL;
}

/* The address that the client was given, or has, or asks for in its request (type 3). */
static HgAddress dhcp_address(const guint8 *dhcp, guint length) {
  HgAddress address = {.kind = HG_ADDRESS_IPV4, .length = 4, .data = dhcp + 16};
  guint8 size = 0;
  const guint8 *type = dhcp_option(dhcp, length, 53, &size), *requested;
  if (is_some_ip(&address))
    return address;
  address.data = dhcp + 12;
  if (is_some_ip(&address))
    return address;
  if (type == NULL || size != 1 || *type != 3)
    return (HgAddress){0};
  requested = dhcp_option(dhcp, length, 50, &size);
  address.data = requested;
  return requested != NULL && size == 4 && is_some_ip(&address) ? address : (HgAddress){0};
}

/* RFC 2131: the client's name for its address, and for its MAC. */
static void read_name(const HgFrame *frame, const guint8 *dhcp, guint length) {
  guint8 size = 0;
  const guint8 *option = dhcp_option(dhcp, length, 12, &size);
  HgAddress address;
  char *name;
  if (option == NULL)
    return;
  name = g_utf8_make_valid((const char *)option, (gssize)strnlen((const char *)option, size));
  address = dhcp_address(dhcp, length);
  hg_frame_report_name(frame, &address, name, HG_NAME_DHCP);
  if (dhcp[1] == 1 && dhcp[2] == 6) { /* Ethernet */
    address = (HgAddress){.kind = HG_ADDRESS_MAC, .length = 6, .data = dhcp + 28};
    hg_frame_report_name(frame, &address, name, HG_NAME_DHCP);
  }
  g_free(name);
}

static gboolean gives_address(const guint8 *dhcp, guint length) {
  const HgAddress yours = {.kind = HG_ADDRESS_IPV4, .length = 4, .data = dhcp + 16};
  guint8 size = 0;
  const guint8 *type = dhcp_option(dhcp, length, 53, &size);
  return dhcp[0] == 2 && dhcp[1] == 1 && dhcp[2] == 6 && is_some_ip(&yours) && type != NULL &&
         size == 1 && (*type == 2 || *type == 5); /* an offer or an acknowledgement */
}

/* The addresses in an option, as " WHAT A,B"; nothing when it is absent. */
static void append_addresses(GString *text, const char *what, const guint8 *dhcp, guint length,
                             guint8 code) {
  guint8 size = 0;
  const guint8 *option = dhcp_option(dhcp, length, code, &size);
  for (guint at = 0; option != NULL && at + 4 <= size; at += 4)
    g_string_append_printf(text, "%s%s%u.%u.%u.%u", at == 0 ? what : ",", at == 0 ? " " : "",
                           option[at], option[at + 1], option[at + 2], option[at + 3]);
}

/* The server as it identifies itself, else as the packet does. */
static HgAddress server_of(const HgFrame *frame, const guint8 *dhcp, guint length) {
  guint8 size = 0;
  const guint8 *identifier = dhcp_option(dhcp, length, 54, &size);
  return identifier != NULL && size == 4
             ? (HgAddress){.kind = HG_ADDRESS_IPV4, .length = 4, .data = identifier}
             : hg_frame_network_source(frame);
}

static void read_server(const HgFrame *frame, const guint8 *dhcp, guint length) {
  const HgAddress client = {.kind = HG_ADDRESS_MAC, .length = 6, .data = dhcp + 28};
  guint8 size = 0, network[4];
  const HgAddress server = server_of(frame, dhcp, length);
  const guint8 *mask;
  GString *given;
  if (!gives_address(dhcp, length))
    return;
  mask = dhcp_option(dhcp, length, 1, &size);
  for (guint i = 0; i < 4; i++)
    network[i] = dhcp[16 + i] & (mask != NULL && size == 4 ? mask[i] : 255);
  given = g_string_new(NULL);
  g_string_append_printf(given, "network %u.%u.%u.%u", network[0], network[1], network[2],
                         network[3]);
  append_addresses(given, " router", dhcp, length, 3);
  append_addresses(given, " dns", dhcp, length, 6);
  hg_frame_report_observation(frame, HG_OBSERVED_DHCP_SERVER, &server, &client, given->str, 0);
  g_string_free(given, TRUE);
}

/* Subnet mask (RFC 2132, option 1) as a prefix length; 0: none, or no mask. */
static guint mask_bits(const guint8 *dhcp, guint length) {
  guint8 size = 0;
  const guint8 *option = dhcp_option(dhcp, length, 1, &size);
  if (option == NULL || size != 4)
    return 0;
  const guint32 mask = hg_big_endian32(option);
  guint bits = 0;
  while (bits < 32 && (mask << bits & 0x80000000u) != 0)
    bits++;
  return bits < 32 && mask << bits != 0 ? 0 : bits;
}

/* What an acknowledgement (RFC 2131, type 5) confirms: the client has the address now. */
static void read_lease(const HgFrame *frame, const guint8 *dhcp, guint length) {
  const guint bits = mask_bits(dhcp, length);
  guint8 size = 0;
  const guint8 *type = dhcp_option(dhcp, length, 53, &size);
  const HgAddress server = server_of(frame, dhcp, length);
  const HgAddress leased = dhcp_address(dhcp, length);
  char subject[sizeof "32"];
  if (dhcp[0] != 2 || type == NULL || size != 1 || *type != 5 || bits == 0 || !is_some_ip(&leased))
    return;
  g_snprintf(subject, sizeof subject, "%u", bits);
  hg_frame_report_observation(frame, HG_OBSERVED_DHCP_LEASE, &server, &leased, subject, 0);
}

static void read(const HgFrame *frame) {
  guint length = 0;
  const guint8 *dhcp = hg_field_bytes(hg_frame_field(frame, MESSAGE, 0), 240, &length);
  if (dhcp == NULL)
    return;
  read_name(frame, dhcp, length);
  read_server(frame, dhcp, length);
  read_lease(frame, dhcp, length);
}

static const HgInfoPolicy info[] = {
    {"DHCP", HG_INFO_WHOLE, NULL},
    {"BOOTP", HG_INFO_WHOLE, NULL},
    {"DHCPv6", HG_INFO_LABEL, NULL},
    {NULL, HG_INFO_NOTHING, NULL},
};

const HgEvidenceSource hg_evidence_dhcp = {
    .id = "dhcp",
    .title = "DHCP",
    .what = "names of clients; which server gives which network, router and resolver; leases with "
            "their subnet masks",
    .layers = (const char *const[]){"dhcp", "bootp", NULL},
    .fields = fields,
    .field_count = FIELDS,
    .info = info,
    .read = read,
};
