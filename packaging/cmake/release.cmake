# Cache preset: what schools run. Use: cmake -C packaging/cmake/release.cmake -B build/release
set(CMAKE_BUILD_TYPE Release CACHE STRING "" FORCE)
# -O3 makes the library a quarter larger and nothing measurably faster.
set(CMAKE_CXX_FLAGS_RELEASE "-O2 -DNDEBUG" CACHE STRING "" FORCE)
# Looking at the whole library at once makes it a sixth smaller.
set(CMAKE_INTERPROCEDURAL_OPTIMIZATION ON CACHE BOOL "" FORCE)
set(HEARD_SANITIZE OFF CACHE BOOL "" FORCE)
set(HEARD_TESTS OFF CACHE BOOL "" FORCE)
set(HEARD_BENCH OFF CACHE BOOL "" FORCE)
