# Warnings for our own code, in gcc and clang alike.
add_library(hg_warnings INTERFACE)
target_compile_options(hg_warnings INTERFACE
  -Wall -Wextra -Wshadow -Wstrict-prototypes -Wmissing-prototypes -Wpointer-arith
  -Wformat=2 -Wwrite-strings -Wundef)
if(HOSTGRAPH_WERROR)
  target_compile_options(hg_warnings INTERFACE -Werror)
endif()
