# An installed WaveForge is one folder that is an nginx prefix:
#
#   cmake --install build/release --prefix /opt/waveforge
#   nginx -p /opt/waveforge -c conf/nginx.conf

if(WAVEFORGE_MODULE)
  install(PROGRAMS "${WAVEFORGE_MODULE_DIR}/${module_name}"
    DESTINATION modules)
endif()
install(DIRECTORY conf/ DESTINATION conf PATTERN instance EXCLUDE)
# What an administrator has changed stays.
install(CODE "
  set(instance \"\$ENV{DESTDIR}\${CMAKE_INSTALL_PREFIX}/conf/instance\")
  if(NOT EXISTS \"\${instance}\")
    file(INSTALL \"${CMAKE_SOURCE_DIR}/conf/instance\"
      DESTINATION \"\$ENV{DESTDIR}\${CMAKE_INSTALL_PREFIX}/conf\")
  endif()")

# The files that are served, anew when one of them changes.
set(frontend_served "${CMAKE_BINARY_DIR}/frontend")
file(GLOB_RECURSE frontend_files CONFIGURE_DEPENDS
  "${CMAKE_SOURCE_DIR}/frontend/assets/*")
file(GLOB frontend_top CONFIGURE_DEPENDS "${CMAKE_SOURCE_DIR}/frontend/*.*")
add_custom_command(
  OUTPUT "${frontend_served}.stamp"
  COMMAND "${CMAKE_SOURCE_DIR}/cmake/serve-frontend"
    "${CMAKE_SOURCE_DIR}/frontend" "${frontend_served}"
  COMMAND "${CMAKE_COMMAND}" -E touch "${frontend_served}.stamp"
  DEPENDS ${frontend_files} ${frontend_top}
    "${CMAKE_SOURCE_DIR}/cmake/serve-frontend"
    "${CMAKE_SOURCE_DIR}/cmake/lighten.awk"
  VERBATIM)
add_custom_target(frontend ALL DEPENDS "${frontend_served}.stamp")
install(DIRECTORY "${frontend_served}/" DESTINATION frontend)

install(DIRECTORY DESTINATION logs)
install(DIRECTORY DESTINATION tmp)
