# Cache preset: for working on Heard, debug code with all tests and no sanitizers.
set(CMAKE_BUILD_TYPE Debug CACHE STRING "" FORCE)
set(HEARD_SANITIZE OFF CACHE BOOL "" FORCE)
set(HEARD_TESTS ON CACHE BOOL "" FORCE)
