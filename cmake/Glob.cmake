# hostgraph_glob(RESULT PATTERN...): the files below the current folder that fit, relative to it. Unlike
# file(GLOB) alone it finds them in whatever folder the source lies, also one with a bracket in its name.
function(hostgraph_glob result)
  string(REGEX REPLACE "([[*?])" "[\\1]" folder "${CMAKE_CURRENT_SOURCE_DIR}")
  set(patterns "")
  foreach(pattern IN LISTS ARGN)
    list(APPEND patterns "${folder}/${pattern}")
  endforeach()
  file(GLOB files RELATIVE "${CMAKE_CURRENT_SOURCE_DIR}" CONFIGURE_DEPENDS ${patterns})
  set(${result} ${files} PARENT_SCOPE)
endfunction()
