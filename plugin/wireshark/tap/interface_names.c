/* interface_names.c - names of capture interfaces, of which no two in a section of the file are one
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "wireshark/compat.h"

#include "interface_names.h"

#include "export/text/text.h"

/* Bytes of a name: the rest of one that is longer is left out. */
#define NAME_MAX_LENGTH 256

/* Of so many interfaces in a section names are compared, more than anybody captures on; those behind them
 * all get their number. */
#define COMPARED 4096

typedef struct {
  GHashTable *first; /* name -> number of the first interface with it, + 1 */
  guint32 count;     /* of interfaces whose names are in it, from 0 on */
} Section;

struct HgInterfaceNames {
  GHashTable *sections; /* number -> Section */
};

static void section_free(gpointer data) {
  Section *section = data;
  g_hash_table_unref(section->first);
  g_free(section);
}

HgInterfaceNames *hg_interface_names_new(void) {
  HgInterfaceNames *names = g_new0(HgInterfaceNames, 1);
  names->sections = g_hash_table_new_full(NULL, NULL, NULL, section_free);
  return names;
}

void hg_interface_names_free(HgInterfaceNames *names) {
  if (names == NULL)
    return;
  g_hash_table_unref(names->sections);
  g_free(names);
}

void hg_interface_names_reset(HgInterfaceNames *names) {
  g_hash_table_remove_all(names->sections);
}

static Section *section_of(HgInterfaceNames *names, guint32 number) {
  Section *section = g_hash_table_lookup(names->sections, GUINT_TO_POINTER(number));
  if (section == NULL) {
    section = g_new0(Section, 1);
    section->first = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    g_hash_table_insert(names->sections, GUINT_TO_POINTER(number), section);
  }
  return section;
}

static char *name_of(const packet_info *pinfo, guint32 interface) {
  GString *name = g_string_new(NULL);
  char *own = hg_compat_interface_name(pinfo, interface);
  if (own != NULL)
    hg_text_plain(name, own, -1);
  g_free(own);
  if (name->len > NAME_MAX_LENGTH)
    g_string_truncate(
        name,
        (gsize)(g_utf8_find_prev_char(name->str, name->str + NAME_MAX_LENGTH + 1) - name->str));
  if (name->len == 0)
    g_string_printf(name, "%u", interface);
  return g_string_free(name, FALSE);
}

/* Whatever frames come first, the same interface has the same name. */
static void compare_up_to(Section *section, const packet_info *pinfo, guint32 interface) {
  while (section->count <= MIN(interface, COMPARED - 1)) {
    char *name = name_of(pinfo, section->count++);
    if (g_hash_table_contains(section->first, name))
      g_free(name);
    else
      g_hash_table_insert(section->first, name, GUINT_TO_POINTER(section->count));
  }
}

char *hg_interface_names_get(HgInterfaceNames *names, const packet_info *pinfo, guint32 section,
                             guint32 interface) {
  Section *known = section_of(names, section);
  char *name = name_of(pinfo, interface), *numbered;
  compare_up_to(known, pinfo, interface);
  if (GPOINTER_TO_UINT(g_hash_table_lookup(known->first, name)) == interface + 1)
    return name;
  numbered = g_strdup_printf("%s #%u", name, interface);
  g_free(name);
  return numbered;
}
