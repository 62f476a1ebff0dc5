# The nginx module as a .so, built by nginx's own build system from Debian's
# nginx-dev, against the static library.
#
# Two steps: `configure` makes a Makefile, again when the module's list of files
# or Debian's nginx changed; `make` builds the .so, again when any source or the
# library changed. nginx's Makefile knows neither the library nor its headers,
# so these are dependencies here.

set(module_source "${CMAKE_SOURCE_DIR}/ngx_waveforge_module")
set(module_script "${CMAKE_SOURCE_DIR}/cmake/nginx-module")
set(module_name ngx_http_waveforge_module.so)
set(WAVEFORGE_MODULE_DIR "${CMAKE_BINARY_DIR}/modules")

find_program(NGINX_EXECUTABLE nginx PATHS /usr/sbin REQUIRED)
execute_process(COMMAND "${NGINX_EXECUTABLE}" -V
  ERROR_VARIABLE nginx_version OUTPUT_QUIET COMMAND_ERROR_IS_FATAL ANY)
string(SHA1 nginx_id "${nginx_version}")
string(SUBSTRING "${nginx_id}" 0 12 nginx_id)

file(GLOB_RECURSE module_files CONFIGURE_DEPENDS
  "${module_source}/src/*.c" "${module_source}/src/*.h")
file(GLOB wfstore_headers CONFIGURE_DEPENDS
  "${CMAKE_SOURCE_DIR}/libwfstore/include/wfstore/*.h")

# A file that changes only when what `configure` depends on does.
file(SHA256 "${module_source}/config" module_config_digest)
string(REPLACE ";" "\n" module_inputs
  "${nginx_version};${module_config_digest};${CMAKE_C_COMPILER};${CMAKE_BUILD_TYPE};${PROJECT_VERSION};${WAVEFORGE_SANITIZER_FLAGS};${module_files};${wfstore_headers}")
file(CONFIGURE OUTPUT "${CMAKE_BINARY_DIR}/nginx-module.inputs"
  CONTENT "${module_inputs}\n" @ONLY)

string(TOUPPER "${CMAKE_BUILD_TYPE}" module_build_type)
string(JOIN " " module_cflags "${CMAKE_C_FLAGS_${module_build_type}}"
  -fstack-protector-strong ${WAVEFORGE_SANITIZER_FLAGS})
string(JOIN " " module_ldflags -Wl,-z,relro -Wl,-z,now
  "-Wl,--version-script=${CMAKE_SOURCE_DIR}/cmake/nginx-module.map"
  ${WAVEFORGE_SANITIZER_FLAGS})

set(module_objs "${CMAKE_BINARY_DIR}/nginx-${nginx_id}")
set(module_environment
  "NGX_CC=${CMAKE_C_COMPILER}"
  "NGX_CFLAGS=${module_cflags}"
  "NGX_LDFLAGS=${module_ldflags}"
  "WFSTORE_INCLUDE=${CMAKE_SOURCE_DIR}/libwfstore/include"
  "WFSTORE_LIBRARY=$<TARGET_FILE:wfstore>"
  "WAVEFORGE_VERSION=${PROJECT_VERSION}")

add_custom_command(
  OUTPUT "${module_objs}/Makefile"
  COMMAND ${CMAKE_COMMAND} -E env ${module_environment}
          "${module_script}" configure "${module_objs}" "${module_source}"
  DEPENDS "${CMAKE_BINARY_DIR}/nginx-module.inputs" "${module_script}"
          "${module_source}/config"
  COMMENT "Configuring the nginx module"
  VERBATIM)

add_custom_command(
  OUTPUT "${WAVEFORGE_MODULE_DIR}/${module_name}"
  COMMAND "${module_script}" build "${module_objs}"
          "${WAVEFORGE_MODULE_DIR}/${module_name}"
  DEPENDS "${module_objs}/Makefile" wfstore
          ${module_files} ${wfstore_headers}
  COMMENT "Building the nginx module"
  VERBATIM)

add_custom_target(module ALL DEPENDS "${WAVEFORGE_MODULE_DIR}/${module_name}")
