# Compiler flags of everything of ours that CMake compiles itself. The nginx
# module has nginx's flags: see WaveforgeModule.cmake.

set(CMAKE_C_STANDARD 11)
set(CMAKE_C_STANDARD_REQUIRED ON)
set(CMAKE_C_EXTENSIONS OFF)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
set(CMAKE_C_VISIBILITY_PRESET hidden)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)

set(CMAKE_C_FLAGS_RELEASE "-O2 -g -D_FORTIFY_SOURCE=2")
set(CMAKE_C_FLAGS_DEBUG "-O1 -g -fno-omit-frame-pointer")

add_compile_options(
  -Wall -Wextra -Wpedantic -Wshadow -Wconversion -fstack-protector-strong)
if(WAVEFORGE_WERROR)
  add_compile_options(-Werror)
endif()

set(WAVEFORGE_SANITIZER_FLAGS "")
if(WAVEFORGE_SANITIZE)
  set(WAVEFORGE_SANITIZER_FLAGS
      -fsanitize=address,undefined -fno-sanitize-recover=all)
  add_compile_options(${WAVEFORGE_SANITIZER_FLAGS})
  add_link_options(${WAVEFORGE_SANITIZER_FLAGS})
endif()
