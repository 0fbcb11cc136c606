/* request_baseline.h - reads the stores of known-normal traffic that a request names
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_EXPORT_REQUEST_BASELINE_H
#define HG_EXPORT_REQUEST_BASELINE_H

#include "request.h"

G_BEGIN_DECLS

/* Reads the stores (char *) and takes them together as the request's baseline; none: no baseline.
 * FALSE and `error` (G_OPTION_ERROR), which names option and file: one cannot be read, is no store,
 * was written differently, or holds no packets. All options of the request are known by now. */
gboolean hg_request_read_baseline(HgRequest *request, const GPtrArray *paths, GError **error);

G_END_DECLS
#endif
