/* fields.c - fields of dissectors in a frame's tree
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "wireshark/compat.h"

#include <string.h>

#include "fields.h"

static void append_ids(GArray *ids, const char *name) {
  const header_field_info *info = proto_registrar_get_byname(name);
  while (info != NULL && info->same_name_prev_id != -1)
    info = proto_registrar_get_nth((guint)info->same_name_prev_id);
  for (; info != NULL; info = info->same_name_next)
    g_array_append_val(ids, info->id);
}

void hg_fields_init(HgFields *fields, const HgFieldNames *names, guint count) {
  GArray *ids = g_array_new(FALSE, FALSE, sizeof(int));
  fields->count = count;
  fields->begin = g_new(guint, count + 1);
  for (guint i = 0; i < count; i++) {
    fields->begin[i] = ids->len;
    for (guint k = 0; k < HG_FIELD_NAMES && names[i][k] != NULL; k++)
      append_ids(ids, names[i][k]);
  }
  fields->begin[count] = ids->len;
  fields->ids = (int *)(gpointer)g_array_free(ids, FALSE);
}

void hg_fields_clear(HgFields *fields) {
  g_free(fields->ids);
  g_free(fields->begin);
  *fields = (HgFields){0};
}

void hg_fields_append_ids(const HgFields *fields, GArray *ids) {
  g_array_append_vals(ids, fields->ids, fields->begin[fields->count]);
}

static const GPtrArray *occurrences(const proto_tree *tree, int id) {
  return tree != NULL ? proto_get_finfo_ptr_array(tree, id) : NULL;
}

guint hg_field_count(const HgFields *fields, const proto_tree *tree, guint field) {
  guint count = 0;
  for (guint i = fields->begin[field]; i < fields->begin[field + 1]; i++) {
    const GPtrArray *all = occurrences(tree, fields->ids[i]);
    count += all != NULL ? all->len : 0;
  }
  return count;
}

field_info *hg_field_get(const HgFields *fields, const proto_tree *tree, guint field, guint i) {
  for (guint k = fields->begin[field]; k < fields->begin[field + 1]; k++) {
    const GPtrArray *all = occurrences(tree, fields->ids[k]);
    if (all != NULL && i < all->len)
      return g_ptr_array_index(all, i);
    i -= all != NULL ? all->len : 0;
  }
  return NULL;
}

/* --- in order --- */

typedef struct {
  const HgFields *fields;
  HgFieldVisit visit;
  gpointer data;
} Walk;

static void walk(proto_node *node, gpointer data) {
  const Walk *to = data;
  const HgFields *fields = to->fields;
  field_info *info = PNODE_FINFO(node);
  for (guint field = 0; info != NULL && field < fields->count; field++) {
    for (guint i = fields->begin[field]; i < fields->begin[field + 1]; i++) {
      if (fields->ids[i] == info->hfinfo->id)
        to->visit(field, info, to->data);
    }
  }
  proto_tree_children_foreach(node, walk, data);
}

void hg_fields_visit(const HgFields *fields, proto_tree *tree, HgFieldVisit visit, gpointer data) {
  Walk to = {fields, visit, data};
  gboolean any = FALSE;
  for (guint field = 0; field < fields->count && !any; field++)
    any = hg_field_count(fields, tree, field) > 0;
  if (any)
    proto_tree_children_foreach(tree, walk, &to);
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
