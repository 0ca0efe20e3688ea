# Cache preset: what schools run. Use: cmake -C packaging/cmake/release.cmake -B build/release
set(CMAKE_BUILD_TYPE Release CACHE STRING "" FORCE)
set(HEARD_SANITIZE OFF CACHE BOOL "" FORCE)
set(HEARD_TESTS OFF CACHE BOOL "" FORCE)
set(HEARD_BENCH OFF CACHE BOOL "" FORCE)
