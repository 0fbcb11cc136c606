/* fields.c - the fields of dissectors that evidence is read from
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "compat.h"

#include "fields.h"

static const char *const names[HG_FIELD_COUNT] = {
    [HG_FIELD_ARP] = "arp",
    [HG_FIELD_ICMP] = "icmp",
    [HG_FIELD_ICMPV6] = "icmpv6",
    [HG_FIELD_DHCP] = "dhcp",
    [HG_FIELD_PAP] = "pap",
    [HG_FIELD_DNS_ID] = "dns.id",
    [HG_FIELD_TLS_NAME] = "tls.handshake.extensions_server_name",
    [HG_FIELD_HTTP_HOST] = "http.host",
    [HG_FIELD_HTTP_AUTHORIZATION] = "http.authorization",
    [HG_FIELD_HTTP_URI] = "http.request.uri",
    [HG_FIELD_HTTP_STATUS] = "http.response.code",
    [HG_FIELD_HTTP_CHALLENGE] = "http.www_authenticate",
    [HG_FIELD_FORM_KEY] = "urlencoded-form.key",
    [HG_FIELD_FORM_VALUE] = "urlencoded-form.value",
    [HG_FIELD_TELNET_DATA] = "telnet.data",
    [HG_FIELD_SNMP_COMMUNITY] = "snmp.community",
    [HG_FIELD_POP_COMMAND] = "pop.request.command",
    [HG_FIELD_POP_PARAMETER] = "pop.request.parameter",
    [HG_FIELD_IMAP_REQUEST] = "imap.request",
    [HG_FIELD_PGSQL_CODE] = "pgsql.code",
    [HG_FIELD_TDS_ERROR] = "tds.error.number",
    [HG_FIELD_VNC_RESULT] = "vnc.auth_result",
    [HG_FIELD_SMB2_TREE] = "smb2.tree",
    [HG_FIELD_SMB2_FILE] = "smb2.filename",
    [HG_FIELD_SMB2_DISPOSITION] = "smb2.create.disposition",
};

void hg_fields_init(HgFields *fields) {
  for (guint i = 0; i < HG_FIELD_COUNT; i++) {
    const header_field_info *info = proto_registrar_get_byname(names[i]);
    fields->id[i] = info != NULL ? info->id : -1;
  }
}

static GPtrArray *occurrences(const HgFields *fields, const epan_dissect_t *edt, HgField field) {
  if (edt == NULL || edt->tree == NULL || fields->id[field] < 0)
    return NULL;
  return proto_get_finfo_ptr_array(edt->tree, fields->id[field]);
}

guint hg_field_count(const HgFields *fields, const epan_dissect_t *edt, HgField field) {
  const GPtrArray *all = occurrences(fields, edt, field);
  return all != NULL ? all->len : 0;
}

field_info *hg_field_get(const HgFields *fields, const epan_dissect_t *edt, HgField field,
                         guint i) {
  const GPtrArray *all = occurrences(fields, edt, field);
  return all != NULL && i < all->len ? g_ptr_array_index(all, i) : NULL;
}

const guint8 *hg_field_bytes(const field_info *info, guint least, guint *length) {
  gint captured;
  if (info == NULL || info->ds_tvb == NULL || info->start < 0 || info->length <= 0)
    return NULL;
  captured = MIN(tvb_captured_length_remaining(info->ds_tvb, info->start), info->length);
  if (captured <= 0 || (guint)captured < least)
    return NULL;
  *length = (guint)captured;
  return tvb_get_ptr(info->ds_tvb, info->start, captured);
}

const guint8 *hg_field_onward(const field_info *info, guint *captured, guint *length) {
  gint there, all;
  if (info == NULL || info->ds_tvb == NULL || info->start < 0)
    return NULL;
  there = tvb_captured_length_remaining(info->ds_tvb, info->start);
  all = tvb_reported_length_remaining(info->ds_tvb, info->start);
  if (there <= 0 || all <= 0)
    return NULL;
  *captured = (guint)MIN(there, all);
  *length = (guint)all;
  return tvb_get_ptr(info->ds_tvb, info->start, there);
}

const char *hg_field_string(field_info *info) {
  return info != NULL ? hg_compat_string(info) : NULL;
}
