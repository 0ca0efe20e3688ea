/* The build's way of exporting: the public header's declarations, and nothing else, are visible. */
#pragma GCC visibility push(default)
#include "heard/heard.h"
#pragma GCC visibility pop
