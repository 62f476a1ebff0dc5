# find_package(wfstore) gives wfstore::wfstore, the shared library;
# find_package(wfstore COMPONENTS static) gives wfstore::static, too, and needs
# what the library stands on as development packages.

include("${CMAKE_CURRENT_LIST_DIR}/wfstore-targets.cmake")
set(wfstore_shared_FOUND TRUE)

if("static" IN_LIST wfstore_FIND_COMPONENTS)
  include(CMakeFindDependencyMacro)
  find_dependency(Threads)
  find_dependency(PkgConfig)
  pkg_check_modules(SQLITE3 IMPORTED_TARGET sqlite3)
  pkg_check_modules(JANSSON IMPORTED_TARGET jansson)
  pkg_check_modules(CRYPTO IMPORTED_TARGET libcrypto)
  if(SQLITE3_FOUND AND JANSSON_FOUND AND CRYPTO_FOUND)
    include("${CMAKE_CURRENT_LIST_DIR}/wfstore-static-targets.cmake")
    set(wfstore_static_FOUND TRUE)
  endif()
endif()

foreach(component IN LISTS wfstore_FIND_COMPONENTS)
  if(wfstore_FIND_REQUIRED_${component} AND NOT wfstore_${component}_FOUND)
    set(wfstore_FOUND FALSE)
    set(wfstore_NOT_FOUND_MESSAGE "wfstore has no component ${component} here")
  endif()
endforeach()
