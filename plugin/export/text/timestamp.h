/* timestamp.h - parses times that people type
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_EXPORT_TIMESTAMP_H
#define HG_EXPORT_TIMESTAMP_H

#include <glib.h>

G_BEGIN_DECLS

/* Reads epoch seconds ("1700000000.123456789", negative too, up to 9 decimals). */
gboolean hg_timestamp_parse_seconds(const char *text, gint64 *ns);

/* Reads epoch seconds or ISO 8601 ("2024-05-01T12:00:00.5Z", "2024-05-01 14:00:00+02:00"). A time
 * without zone is UTC, a date alone is its midnight. Independent of locale and time zone. FALSE: it
 * is neither, or out of the range of 64 bits of nanoseconds. */
gboolean hg_timestamp_parse(const char *text, gint64 *ns);

G_END_DECLS
#endif
