/* fields.h - fields of dissectors in a frame's tree
 *
 * Fields that this Wireshark lacks are simply absent, and so are all where there is no tree (NULL).
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_WIRESHARK_FIELDS_H
#define HG_WIRESHARK_FIELDS_H

#include "wireshark/compat.h"

/* How many names a field may have, since versions call it differently. */
#define HG_FIELD_NAMES 2

/* The names of one field, as in display filters; NULL after the last. */
typedef const char *HgFieldNames[HG_FIELD_NAMES];

/* Some fields, looked up in this Wireshark. Places are those in the array of names. To be embedded. */
typedef struct {
  int *ids;     /* of the fields one after the other: several may have one name; owned */
  guint *begin; /* where the ids of a field begin, and where the last one's end; owned */
  guint count;
} HgFields;

/* Once all protocols are registered. */
void hg_fields_init(HgFields *fields, const HgFieldNames *names, guint count);
void hg_fields_clear(HgFields *fields);

/* Appends all ids to an array of int. */
void hg_fields_append_ids(const HgFields *fields, GArray *ids);

/* Occurrences of a field in the tree, in the order of dissection. Borrowed from the tree. */
guint hg_field_count(const HgFields *fields, const proto_tree *tree, guint field);
field_info *hg_field_get(const HgFields *fields, const proto_tree *tree, guint field,
                         guint i); /* NULL: there is none */

/* Calls back for every occurrence of every one of the fields, in the order of dissection: where a frame
 * holds several messages, those of the first before those of the next. */
typedef void (*HgFieldVisit)(guint field, field_info *info, gpointer data);
void hg_fields_visit(const HgFields *fields, proto_tree *tree, HgFieldVisit visit, gpointer data);

/* The bytes that the field stands for, as many as were captured; NULL when fewer than `least`. */
const guint8 *hg_field_bytes(const field_info *info, guint least, guint *length);

/* The bytes from the field on, to the end of the buffer that it is in: as many as were captured, and
 * how many there were on the wire. NULL when there are none. */
const guint8 *hg_field_remaining(const field_info *info, guint *captured, guint *length);

/* `length` bytes of the buffer that the field is in, from `at` bytes after its begin on, or before: of a
 * message with a fixed layout around it. NULL when absent, or not all were captured. */
const guint8 *hg_field_within(const field_info *info, gint at, guint length);

/* Of four bytes. */
static inline guint32 hg_little_endian(const guint8 *bytes) {
  return bytes[0] | (guint32)bytes[1] << 8 | (guint32)bytes[2] << 16 | (guint32)bytes[3] << 24;
}

/* A string as the dissector decoded it; NULL when absent, or no string in this version. */
const char *hg_field_string(field_info *info);

/* An integer of up to 32 bits; FALSE when absent, or no such in this version. */
gboolean hg_field_number(field_info *info, gint64 *number);

/* A UUID, in the order in which it is written; FALSE as above. */
gboolean hg_field_uuid(field_info *info, guint8 uuid[16]);

#endif
