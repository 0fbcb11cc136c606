# HOSTGRAPH_SANITIZE=address,undefined: every finding ends the program, so that tests notice.
if(HOSTGRAPH_SANITIZE)
  add_compile_options(-fsanitize=${HOSTGRAPH_SANITIZE} -fno-sanitize-recover=all
                      -fno-omit-frame-pointer)
  add_link_options(-fsanitize=${HOSTGRAPH_SANITIZE})
endif()
