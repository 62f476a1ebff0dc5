# What `cmake --install` installs of libwfstore: component `wfstore`.
#
#   include/wfstore/   lib/libwfstore.so.1   lib/libwfstore.a
#   lib/pkgconfig/wfstore.pc                 pkg-config
#   lib/cmake/wfstore/                       find_package(wfstore)
#
# All of it may be moved afterwards: no file has the prefix written into it.

include(CMakePackageConfigHelpers)
include(GNUInstallDirs)

install(DIRECTORY include/wfstore DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}
  COMPONENT wfstore FILES_MATCHING PATTERN "*.h")

set_target_properties(wfstore_shared PROPERTIES EXPORT_NAME wfstore)
set_target_properties(wfstore PROPERTIES EXPORT_NAME static)
install(TARGETS wfstore_shared EXPORT wfstore-targets
  LIBRARY DESTINATION ${CMAKE_INSTALL_LIBDIR} COMPONENT wfstore
  NAMELINK_COMPONENT wfstore
  INCLUDES DESTINATION ${CMAKE_INSTALL_INCLUDEDIR})
install(TARGETS wfstore EXPORT wfstore-static-targets
  ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR} COMPONENT wfstore
  INCLUDES DESTINATION ${CMAKE_INSTALL_INCLUDEDIR})

set(wfstore_package "${CMAKE_INSTALL_LIBDIR}/cmake/wfstore")
foreach(export wfstore-targets wfstore-static-targets)
  install(EXPORT ${export} NAMESPACE wfstore::
    DESTINATION ${wfstore_package} COMPONENT wfstore)
endforeach()
write_basic_package_version_file(
  "${CMAKE_CURRENT_BINARY_DIR}/wfstore-config-version.cmake"
  VERSION ${WFSTORE_VERSION} COMPATIBILITY SameMajorVersion)
install(FILES "${CMAKE_CURRENT_LIST_DIR}/wfstore-config.cmake"
  "${CMAKE_CURRENT_BINARY_DIR}/wfstore-config-version.cmake"
  DESTINATION ${wfstore_package} COMPONENT wfstore)

# From lib/pkgconfig up to the prefix, however deep lib is.
file(RELATIVE_PATH wfstore_up "${CMAKE_INSTALL_FULL_LIBDIR}/pkgconfig"
  "${CMAKE_INSTALL_PREFIX}")
string(REGEX REPLACE "/$" "" wfstore_up "${wfstore_up}")
configure_file("${CMAKE_CURRENT_LIST_DIR}/wfstore.pc.in" wfstore.pc @ONLY)
install(FILES "${CMAKE_CURRENT_BINARY_DIR}/wfstore.pc"
  DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig COMPONENT wfstore)
