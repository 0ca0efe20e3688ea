# Cache preset: what schools run. Use: cmake -C packaging/cmake/release.cmake -B build/release
set(CMAKE_BUILD_TYPE Release CACHE STRING "" FORCE)
# GCC 12 sees overlapping copies inside std::string that are not there.
set(CMAKE_CXX_FLAGS "-Wno-restrict" CACHE STRING "" FORCE)
set(HEARD_SANITIZE OFF CACHE BOOL "" FORCE)
set(HEARD_TESTS OFF CACHE BOOL "" FORCE)
set(HEARD_BENCH OFF CACHE BOOL "" FORCE)
