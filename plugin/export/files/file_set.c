/* file_set.c - several files that appear together or not at all
 *
 * All files are complete and on the disk before the first is renamed, so that afterwards only a
 * rename can fail. Before each rename but the last, the old file gets a second name, from which it
 * is restored if a later rename fails. POSIX has no way to rename several files at once: if the
 * machine loses power between two renames, each file is whole, but they are of different age.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <unistd.h>

#include "output_private.h"
#include "target.h"

typedef struct {
  char *name; /* as the user wrote it */
  HgTarget target;
  char *temporary;  /* NULL: none, or renamed to the target */
  char *backup;     /* second name of the old file during a commit */
  HgOutput *output; /* NULL: reserved, or closed */
} Member;

struct HgFileSet {
  GPtrArray *members;
};

static void member_free(gpointer data) {
  Member *member = data;
  if (member->output)
    hg_output_close(member->output, NULL);
  if (member->temporary)
    g_unlink(member->temporary);
  g_free(member->temporary);
  g_free(member->backup);
  g_free(member->name);
  hg_target_clear(&member->target);
  g_free(member);
}

HgFileSet *hg_file_set_new(void) {
  HgFileSet *set = g_new0(HgFileSet, 1);
  set->members = g_ptr_array_new_with_free_func(member_free);
  return set;
}

void hg_file_set_free(HgFileSet *set) {
  if (!set)
    return;
  g_ptr_array_unref(set->members);
  g_free(set);
}

/* A template for mkstemp in the folder of `path`. It is short, so that a long target name does not
 * matter. */
static char *template_beside(const char *path) {
  char *folder = g_path_get_dirname(path);
  char *name = g_build_filename(folder, ".hostgraph-XXXXXX", NULL);
  g_free(folder);
  return name;
}

/* Creates the temporary file with the permissions of the file that it will replace, or those of the
 * umask. Returns a descriptor; -1 and errno: failed. */
static int open_temporary(Member *member) {
  const HgTarget *target = &member->target;
  char *name = template_beside(target->path);
  const int descriptor = g_mkstemp_full(name, O_RDWR | O_CLOEXEC, 0666);
  if (descriptor < 0) {
    g_free(name);
    return -1;
  }
  member->temporary = name;
  if (target->exists) {
    /* The owner is set before the mode, since chown drops mode bits. Only root can give files away;
     * for other users the file becomes theirs, as with any editor. */
    const gboolean same_owner =
        fchown(descriptor, target->status.st_uid, target->status.st_gid) == 0;
    const mode_t mask = same_owner ? 07777 : 0777;
    if (fchmod(descriptor, target->status.st_mode & mask) != 0) {
      /* The file system has no modes to keep. */
    }
  }
  return descriptor;
}

static int open_direct(const HgTarget *target) {
  if (target->kind == HG_TARGET_DESCRIPTOR) {
    fflush(target->descriptor == STDERR_FILENO ? stderr : stdout);
    return fcntl(target->descriptor, F_DUPFD_CLOEXEC, 0);
  }
  return g_open(target->path, O_WRONLY | O_CLOEXEC, 0);
}

/* Adds a member to the set. NULL and `error`: failed. `*descriptor`: open for writing. */
static Member *add_member(HgFileSet *set, const char *path, gboolean direct, int *descriptor,
                          GError **error) {
  Member *member = g_new0(Member, 1);
  member->name = g_strdup(path);
  int reason = hg_target_resolve(&member->target, path);
  if (reason == 0 && member->target.kind != HG_TARGET_FILE && !direct)
    reason = ESPIPE;
  if (reason == 0) {
    *descriptor = member->target.kind == HG_TARGET_FILE ? open_temporary(member)
                                                        : open_direct(&member->target);
    reason = *descriptor < 0 ? errno : 0;
  }
  if (reason) {
    hg_output_set_error(error, path, reason);
    member_free(member);
    return NULL;
  }
  g_ptr_array_add(set->members, member);
  return member;
}

HgOutput *hg_file_set_open(HgFileSet *set, const char *path, GError **error) {
  int descriptor = -1;
  Member *member = add_member(set, path, TRUE, &descriptor, error);
  if (!member)
    return NULL;
  FILE *stream = fdopen(descriptor, "w");
  if (!stream) {
    hg_output_set_error(error, path, errno);
    close(descriptor);
    return NULL;
  }
  member->output = hg_output_new_owned(stream, path);
  return member->output;
}

const char *hg_file_set_reserve(HgFileSet *set, const char *path, GError **error) {
  int descriptor = -1;
  Member *member = add_member(set, path, FALSE, &descriptor, error);
  if (!member)
    return NULL;
  close(descriptor);
  return member->temporary;
}

/* Syncs a file that a library wrote. 0 or errno. */
static int sync_reserved(const Member *member) {
  const int descriptor = g_open(member->temporary, O_RDONLY | O_CLOEXEC, 0);
  if (descriptor < 0)
    return errno;
  const int result = fsync(descriptor) == 0 || errno == EINVAL || errno == ENOTSUP ? 0 : errno;
  close(descriptor);
  return result;
}

static gboolean close_all(HgFileSet *set, GError **error) {
  for (guint i = 0; i < set->members->len; i++) {
    Member *member = g_ptr_array_index(set->members, i);
    HgOutput *output = g_steal_pointer(&member->output);
    const int reason = output ? 0 : sync_reserved(member);
    if (reason)
      hg_output_set_error(error, member->name, reason);
    if (reason || (output && !hg_output_close(output, error)))
      return FALSE;
  }
  return TRUE;
}

/* Gives the old file a second name: a hard link, so that the target exists at every moment; on file
 * systems without hard links, the file is moved. 0 or errno. */
static int back_up(Member *member) {
  char *name = template_beside(member->target.path);
  const int descriptor = g_mkstemp_full(name, O_RDWR | O_CLOEXEC, 0600);
  if (descriptor < 0) {
    g_free(name);
    return errno;
  }
  close(descriptor);
  g_unlink(name);
  if (link(member->target.path, name) != 0 && g_rename(member->target.path, name) != 0) {
    const int reason = errno;
    g_free(name);
    return reason;
  }
  member->backup = name;
  return 0;
}

static int put_in_place(Member *member, gboolean last) {
  int reason = 0;
  if (member->target.exists && !last)
    reason = back_up(member);
  if (reason == 0 && g_rename(member->temporary, member->target.path) != 0)
    reason = errno;
  if (reason == 0)
    g_clear_pointer(&member->temporary, g_free);
  return reason;
}

/* Restores the old file; if there was none, removes the new one. */
static void take_back(Member *member) {
  if (member->backup) {
    g_rename(member->backup, member->target.path);
    g_unlink(member->backup); /* rename() between two links to one file leaves both */
  } else if (member->target.kind == HG_TARGET_FILE && !member->temporary)
    g_unlink(member->target.path);
}

gboolean hg_file_set_commit(HgFileSet *set, GError **error) {
  if (!close_all(set, error))
    return FALSE;
  const guint count = set->members->len;
  for (guint i = 0; i < count; i++) {
    Member *member = g_ptr_array_index(set->members, i);
    const int reason = member->temporary ? put_in_place(member, i + 1 == count) : 0;
    if (reason) {
      hg_output_set_error(error, member->name, reason);
      for (guint j = 0; j <= i; j++)
        take_back(g_ptr_array_index(set->members, j));
      return FALSE;
    }
  }
  for (guint i = 0; i < count; i++) {
    Member *member = g_ptr_array_index(set->members, i);
    if (member->backup)
      g_unlink(member->backup);
  }
  return TRUE;
}

static gboolean check(const char *path, gboolean regular, GError **error) {
  HgTarget target;
  int reason = hg_target_resolve(&target, path);
  if (reason == 0 && regular && target.kind != HG_TARGET_FILE)
    reason = ESPIPE;
  hg_target_clear(&target);
  if (reason)
    hg_output_set_error(error, path, reason);
  return reason == 0;
}

gboolean hg_output_check(const char *path, GError **error) {
  return check(path, FALSE, error);
}

gboolean hg_output_check_regular(const char *path, GError **error) {
  return check(path, TRUE, error);
}
