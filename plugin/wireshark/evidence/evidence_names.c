/* evidence_names.c - names of addresses: TLS server names, HTTP hosts
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "wireshark/compat.h"

#include <string.h>

#include "evidence_private.h"

/* The network address that the packet goes to; names are of those, whatever the layer. */
static HgAddress server_address(const HgFrame *frame) {
  const HgAddress address = hg_packet_decoder_address(frame->reader->fill, &frame->pinfo->net_dst);
  return address.kind == HG_ADDRESS_IPV4 || address.kind == HG_ADDRESS_IPV6 ? address
                                                                            : (HgAddress){0};
}

void hg_names_read_tls(const HgFrame *frame) {
  const HgAddress server = server_address(frame);
  char *read = hg_tls_name_text(&frame->reader->server);
  const char *name =
      read != NULL ? read : hg_field_string(hg_frame_field(frame, HG_FIELD_TLS_NAME, 0));
  hg_frame_report_name(frame, &server, name, HG_NAME_TLS);
  g_free(read);
}

/* "name" of "name:port"; NULL for an address, which is no name. */
static char *host_without_port(const char *host) {
  HgAddressBuffer buffer;
  HgAddress address;
  char *name;
  if (host == NULL || *host == '\0' || *host == '[')
    return NULL;
  name = g_strndup(host, strcspn(host, ":"));
  if (hg_address_parse(name, &address, &buffer) && address.kind == HG_ADDRESS_OTHER)
    return name;
  g_free(name);
  return NULL;
}

void hg_names_read_http(const HgFrame *frame) {
  const char *uri = hg_frame_http_uri(frame);
  const HgAddress server = server_address(frame);
  char *name;
  /* To a proxy the request names the whole URI: the host is not who is asked. */
  if (uri == NULL || *uri != '/' || !hg_address_kind_name(server.kind)[0] ||
      !hg_scope_is_unicast(hg_address_scope(&server)))
    return;
  name = host_without_port(hg_frame_http_host(frame));
  hg_frame_report_name(frame, &server, name, HG_NAME_HTTP);
  g_free(name);
}
