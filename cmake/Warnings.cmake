# Warnings for our own code, in gcc and clang alike.
add_library(hg_warnings INTERFACE)
target_compile_options(hg_warnings INTERFACE
  -Wall -Wextra -Wshadow -Wstrict-prototypes -Wmissing-prototypes -Wpointer-arith
  -Wformat=2 -Wwrite-strings -Wundef)
if(HOSTGRAPH_WERROR)
  target_compile_options(hg_warnings INTERFACE -Werror)
endif()
# Deprecations later than the oldest GLib that we build with are not for us to heed.
target_compile_definitions(hg_warnings INTERFACE GLIB_VERSION_MIN_REQUIRED=GLIB_VERSION_2_66)
