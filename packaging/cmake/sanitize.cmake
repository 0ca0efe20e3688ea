# Cache preset: all tests under the address and undefined-behaviour sanitizers.
set(CMAKE_BUILD_TYPE Debug CACHE STRING "" FORCE)
# GCC's guesses about uninitialised values are wrong under sanitizers, in the standard library already.
set(CMAKE_CXX_FLAGS "-D_GLIBCXX_ASSERTIONS -Wno-maybe-uninitialized" CACHE STRING "" FORCE)
set(CMAKE_CXX_FLAGS_DEBUG "-g1" CACHE STRING "" FORCE) # names and lines are all a report needs
set(HEARD_SANITIZE ON CACHE BOOL "" FORCE)
set(HEARD_TESTS ON CACHE BOOL "" FORCE)
