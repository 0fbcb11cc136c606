/* compat.h - everything that differs between Wireshark 4.0, 4.4 and 4.6
 *
 * Included first by every file here. No other file asks for Wireshark's version.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_WIRESHARK_COMPAT_H
#define HG_WIRESHARK_COMPAT_H

#include <stdbool.h>
#include <string.h>

#include <glib.h>
#include <ws_version.h>

#include <epan/dfilter/dfilter.h>
#include <epan/epan_dissect.h>
#include <epan/ftypes/ftypes.h>
#include <epan/packet.h>
#include <epan/proto.h>
#include <epan/stat_tap_ui.h>
#include <epan/tap.h>
#include <wiretap/wtap.h>

#ifndef WIRESHARK_VERSION_MAJOR
#define WIRESHARK_VERSION_MAJOR VERSION_MAJOR
#define WIRESHARK_VERSION_MINOR VERSION_MINOR
#endif

#define HG_WIRESHARK(major, minor)                                                                 \
  (WIRESHARK_VERSION_MAJOR > (major) ||                                                            \
   (WIRESHARK_VERSION_MAJOR == (major) && WIRESHARK_VERSION_MINOR >= (minor)))

/* The result of callbacks that Wireshark calls: gboolean before 4.4, bool since. */
#if HG_WIRESHARK(4, 4)
typedef bool HgBool;
#else
typedef gboolean HgBool;
#endif

/* What the init function of a -z argument returns. */
#if HG_WIRESHARK(4, 6)
#define HG_STAT_INIT bool
#define HG_STAT_INIT_DONE return true
#else
#define HG_STAT_INIT void
#define HG_STAT_INIT_DONE return
#endif

/* What the plugin is, for plugin_describe() and Help > About. */
#if HG_WIRESHARK(4, 4)
#include <wsutil/plugins.h>
#define HG_PLUGIN_DESCRIPTION (WS_PLUGIN_DESC_TAP_LISTENER)
#endif

/* NULL when the display filter compiles, else Wireshark's reason, a new string. */
static inline char *hg_compat_filter_error(const char *filter) {
  dfilter_t *code = NULL;
  char *reason = NULL;
#if HG_WIRESHARK(4, 2)
  df_error_t *error = NULL;
  if (!dfilter_compile(filter, &code, &error)) {
    reason = g_strdup(error != NULL && error->msg != NULL ? error->msg : "not a display filter");
    df_error_free(&error);
  }
#else
  gchar *error = NULL;
  if (!dfilter_compile(filter, &code, &error)) {
    reason = g_strdup(error != NULL ? error : "not a display filter");
    g_free(error);
  }
#endif
  dfilter_free(code);
  return reason;
}

/* A field's value: a pointer since 4.2, a struct before. */
#if HG_WIRESHARK(4, 2)
#define HG_VALUE(field) ((field)->value)
#else
#define HG_VALUE(field) (&(field)->value)
#define FT_IS_INT32(type) IS_FT_INT32(type)
#define FT_IS_UINT32(type) IS_FT_UINT32(type)
#define FT_IS_STRING(type) IS_FT_STRING(type)
#endif

/* The text of a string field as the dissector decoded it, borrowed from the tree. NULL: the field has
 * another type, for which Wireshark would abort. */
static inline const char *hg_compat_string(field_info *field) {
  return FT_IS_STRING(field->hfinfo->type) ? fvalue_get_string(HG_VALUE(field)) : NULL;
}

/* The number of an integer field of up to 32 bits. FALSE: the field has another type. */
static inline gboolean hg_compat_integer(field_info *field, gint64 *number) {
  if (FT_IS_UINT32(field->hfinfo->type))
    *number = fvalue_get_uinteger(HG_VALUE(field));
  else if (FT_IS_INT32(field->hfinfo->type))
    *number = fvalue_get_sinteger(HG_VALUE(field));
  else
    return FALSE;
  return TRUE;
}

/* The GUID of a field, borrowed from the tree. NULL: the field has another type. */
static inline const e_guid_t *hg_compat_guid(field_info *field) {
  return field->hfinfo->type == FT_GUID ? fvalue_get_guid(HG_VALUE(field)) : NULL;
}

/* Copies what a frame's packet_info knows from the file and only some versions have. */
static inline void hg_compat_copy_pinfo(packet_info *to, const packet_info *from) {
#if HG_WIRESHARK(4, 4)
  to->rel_cap_ts = from->rel_cap_ts;
  to->rel_cap_ts_present = from->rel_cap_ts_present;
#else
  (void)to, (void)from;
#endif
}

/* The data of the "credentials" tap. Wireshark installs no header for it; the struct is the same in 4.0,
 * 4.4 and 4.6. Later versions may change it, so they do without until somebody has looked. */
typedef struct {
  guint32 frame;
  guint32 username_frame;
  guint32 password_field;
  char *username;
  const char *protocol;
  char *info;
} HgCompatCredential;
#define HG_HAVE_CREDENTIALS (WIRESHARK_VERSION_MAJOR == 4 && WIRESHARK_VERSION_MINOR <= 6)

/* The data of the "tcp_follow" tap, for which Wireshark installs no header either, begins with the payload of
 * the segment in 4.0, 4.4 and 4.6. That of "udp_follow" is the payload itself. Without them evidence is read
 * from fields. */
typedef struct {
  tvbuff_t *tvb;
} HgCompatTcpPayload;
#define HG_HAVE_TCP_PAYLOAD HG_HAVE_CREDENTIALS

/* The number of the section of the file that the frame is in, from 1; 0: the file has none. */
static inline guint32 hg_compat_section(const packet_info *pinfo) {
  return pinfo->rec->presence_flags & WTAP_HAS_SECTION_NUMBER ? pinfo->rec->section_number + 1 : 0;
}

/* The name of a capture interface of that section ("eth1"), a new string. NULL: it has none, or this version
 * does not know those of later sections. */
static inline char *hg_compat_interface_name(const packet_info *pinfo, guint32 interface) {
  const guint32 section = hg_compat_section(pinfo);
#if HG_WIRESHARK(4, 4)
  const char *name = epan_get_interface_name(pinfo->epan, interface, section > 0 ? section - 1 : 0);
#else
  const char *name = section <= 1 ? epan_get_interface_name(pinfo->epan, interface) : NULL;
#endif
  return name != NULL && strcmp(name, "unknown") != 0 ? g_strdup(name) : NULL;
}

#endif
