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
install(DIRECTORY frontend/ DESTINATION frontend
  PATTERN tests EXCLUDE
  PATTERN tools EXCLUDE
  PATTERN styles EXCLUDE)
install(DIRECTORY DESTINATION logs)
install(DIRECTORY DESTINATION tmp)
