/* fields.c - the fields of dissectors that evidence is read from
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "wireshark/compat.h"

#include <string.h>

#include "fields.h"

/* By what versions call them. */
static const char *const names[HG_FIELD_COUNT][2] = {
    [HG_FIELD_RETRANSMISSION] = {"tcp.analysis.retransmission"}, /* of any kind */
    [HG_FIELD_ARP] = {"arp"},
    [HG_FIELD_ICMP] = {"icmp"},
    [HG_FIELD_ICMPV6] = {"icmpv6"},
    [HG_FIELD_DHCP] = {"dhcp"},
    [HG_FIELD_PAP] = {"pap"},
    [HG_FIELD_DNS_ID] = {"dns.id"},
    [HG_FIELD_TLS_NAME] = {"tls.handshake.extensions_server_name"},
    [HG_FIELD_HTTP_HOST] = {"http.host"},
    [HG_FIELD_HTTP_AUTHORIZATION] = {"http.authorization"},
    [HG_FIELD_HTTP_URI] = {"http.request.uri"},
    [HG_FIELD_HTTP_STATUS] = {"http.response.code"},
    [HG_FIELD_HTTP_CHALLENGE] = {"http.www_authenticate"},
    [HG_FIELD_FORM_KEY] = {"urlencoded-form.key"},
    [HG_FIELD_FORM_VALUE] = {"urlencoded-form.value"},
    [HG_FIELD_TELNET_DATA] = {"telnet.data"},
    [HG_FIELD_SNMP_COMMUNITY] = {"snmp.community"},
    [HG_FIELD_FTP_COMMAND] = {"ftp.request.command"},
    [HG_FIELD_FTP_CODE] = {"ftp.response.code"},
    [HG_FIELD_POP_COMMAND] = {"pop.request.command"},
    [HG_FIELD_POP_PARAMETER] = {"pop.request.parameter"},
    [HG_FIELD_POP_INDICATOR] = {"pop.response.indicator"},
    [HG_FIELD_IMAP_REQUEST] = {"imap.request"},
    [HG_FIELD_IMAP_REQUEST_TAG] = {"imap.request_tag"},
    [HG_FIELD_IMAP_COMMAND] = {"imap.request.command"},
    [HG_FIELD_IMAP_RESPONSE_TAG] = {"imap.response_tag"},
    [HG_FIELD_IMAP_STATUS] = {"imap.response.status"},
    [HG_FIELD_SMTP_CODE] = {"smtp.response.code"},
    [HG_FIELD_LDAP_OPERATION] = {"ldap.protocolOp"},
    [HG_FIELD_LDAP_RESULT] = {"ldap.resultCode", "ldap.bindResponse_resultCode"},
    [HG_FIELD_KERBEROS_ERROR] = {"kerberos.error_code"},
    [HG_FIELD_MYSQL_ERROR] = {"mysql.error_code"},
    [HG_FIELD_PGSQL_CODE] = {"pgsql.code"},
    [HG_FIELD_TDS_ERROR] = {"tds.error.number"},
    [HG_FIELD_VNC_RESULT] = {"vnc.auth_result"},
    [HG_FIELD_SMB_COMMAND] = {"smb.cmd"},
    [HG_FIELD_SMB_PATH] = {"smb.path"},
    [HG_FIELD_SMB_FILE] = {"smb.file"},
    [HG_FIELD_SMB_DISPOSITION] = {"smb.create.disposition"},
    [HG_FIELD_SMB_TRANS2] = {"smb.trans2.cmd"},
    [HG_FIELD_SMB_NT_FUNCTION] = {"smb.nt.function"},
    [HG_FIELD_SMB2_COMMAND] = {"smb2.cmd"},
    [HG_FIELD_SMB2_TREE] = {"smb2.tree"},
    [HG_FIELD_RPC_TYPE] = {"dcerpc.pkt_type"},
    [HG_FIELD_RPC_CONTEXT] = {"dcerpc.cn_ctx_id"},
    [HG_FIELD_RPC_INTERFACE] = {"dcerpc.cn_bind_to_uuid"},
    [HG_FIELD_RPC_OPERATION] = {"dcerpc.opnum"},
    [HG_FIELD_SVCCTL_OPERATION] = {"svcctl.opnum"},
    [HG_FIELD_ATSVC_OPERATION] = {"atsvc.opnum"},
    [HG_FIELD_TASKS_OPERATION] = {"taskschedulerservice.opnum"},
    [HG_FIELD_WINREG_OPERATION] = {"winreg.opnum"},
};

static void append_ids(GArray *ids, const char *name) {
  const header_field_info *info = proto_registrar_get_byname(name);
  while (info != NULL && info->same_name_prev_id != -1)
    info = proto_registrar_get_nth((guint)info->same_name_prev_id);
  for (; info != NULL; info = info->same_name_next)
    g_array_append_val(ids, info->id);
}

void hg_fields_init(HgFields *fields) {
  GArray *ids = g_array_new(FALSE, FALSE, sizeof(int));
  for (guint i = 0; i < HG_FIELD_COUNT; i++) {
    fields->begin[i] = ids->len;
    for (guint k = 0; k < G_N_ELEMENTS(names[i]) && names[i][k] != NULL; k++)
      append_ids(ids, names[i][k]);
  }
  fields->begin[HG_FIELD_COUNT] = ids->len;
  fields->ids = (int *)(gpointer)g_array_free(ids, FALSE);
}

void hg_fields_clear(HgFields *fields) {
  g_clear_pointer(&fields->ids, g_free);
}

static const GPtrArray *occurrences(const epan_dissect_t *edt, int id) {
  return edt != NULL && edt->tree != NULL ? proto_get_finfo_ptr_array(edt->tree, id) : NULL;
}

guint hg_field_count(const HgFields *fields, const epan_dissect_t *edt, HgField field) {
  guint count = 0;
  for (guint i = fields->begin[field]; i < fields->begin[field + 1]; i++) {
    const GPtrArray *all = occurrences(edt, fields->ids[i]);
    count += all != NULL ? all->len : 0;
  }
  return count;
}

field_info *hg_field_get(const HgFields *fields, const epan_dissect_t *edt, HgField field,
                         guint i) {
  for (guint k = fields->begin[field]; k < fields->begin[field + 1]; k++) {
    const GPtrArray *all = occurrences(edt, fields->ids[k]);
    if (all != NULL && i < all->len)
      return g_ptr_array_index(all, i);
    i -= all != NULL ? all->len : 0;
  }
  return NULL;
}

/* --- in order --- */

typedef struct {
  const HgFields *fields;
  HgField first, last;
  HgFieldVisit visit;
  gpointer data;
} Walk;

static gboolean is_field(const HgFields *fields, HgField field, int id) {
  for (guint i = fields->begin[field]; i < fields->begin[field + 1]; i++) {
    if (fields->ids[i] == id)
      return TRUE;
  }
  return FALSE;
}

static void walk(proto_node *node, gpointer data) {
  const Walk *to = data;
  field_info *info = PNODE_FINFO(node);
  for (HgField field = to->first; info != NULL && field <= to->last; field++) {
    if (is_field(to->fields, field, info->hfinfo->id))
      to->visit(field, info, to->data);
  }
  proto_tree_children_foreach(node, walk, data);
}

void hg_fields_visit(const HgFields *fields, const epan_dissect_t *edt, HgField first, HgField last,
                     HgFieldVisit visit, gpointer data) {
  Walk to = {fields, first, last, visit, data};
  gboolean any = FALSE;
  for (HgField field = first; field <= last && !any; field++)
    any = hg_field_count(fields, edt, field) > 0;
  if (any)
    proto_tree_children_foreach(edt->tree, walk, &to);
}

/* --- values --- */

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

const guint8 *hg_field_remaining(const field_info *info, guint *captured, guint *length) {
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

const guint8 *hg_field_within(const field_info *info, gint at, guint length) {
  if (info == NULL || info->ds_tvb == NULL || info->start < 0 || info->start + at < 0 ||
      !tvb_bytes_exist(info->ds_tvb, info->start + at, (gint)length))
    return NULL;
  return tvb_get_ptr(info->ds_tvb, info->start + at, (gint)length);
}

const char *hg_field_string(field_info *info) {
  return info != NULL ? hg_compat_string(info) : NULL;
}

gboolean hg_field_number(field_info *info, gint64 *number) {
  return info != NULL && hg_compat_integer(info, number);
}

gboolean hg_field_uuid(field_info *info, guint8 uuid[16]) {
  const e_guid_t *guid = info != NULL ? hg_compat_guid(info) : NULL;
  if (guid == NULL)
    return FALSE;
  for (guint i = 0; i < 4; i++)
    uuid[i] = (guint8)(guid->data1 >> (24 - 8 * i));
  for (guint i = 0; i < 2; i++) {
    uuid[4 + i] = (guint8)(guid->data2 >> (8 - 8 * i));
    uuid[6 + i] = (guint8)(guid->data3 >> (8 - 8 * i));
  }
  memcpy(uuid + 8, guid->data4, sizeof guid->data4);
  return TRUE;
}
