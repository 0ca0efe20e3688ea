# T1: every declaration of every released header is still there, token for token.
import sys
from header import HEADER, ROOT, declarations

MAY_CHANGE = ("HEARD_ABI_MINOR", "HEARD_ABI ")


def lost(old, new):
    """Declarations of `old` that `new` no longer has as they were."""
    kept = set(declarations(new))
    return [line for line in declarations(old)
            if line not in kept and not line.startswith(MAY_CHANGE)]


def self_test(text):
    """Breaks that must be seen, and changes that are allowed."""
    breaks = [("(void *host_data, const char *name, heard_sink *out)",  # a callback's arguments
               "(const char *name, void *host_data, heard_sink *out)"),
              ("  void (*wake)(void *host_data);", ""),
              ("  const char *plugin_id;\n  const char *display_name;",
               "  const char *display_name;\n  const char *plugin_id;"),
              ("  uint32_t abi;", "  uint32_t abi;\n  uint32_t more;"),
              ("HEARD_E_BUSY = -9", "HEARD_E_BUSY = -19"),
              ("int64_t budget_ms", "int32_t budget_ms"),
              ("void heard_store_interrupt(heard_store *store);", "")]
    for before, after in breaks:
        assert before in text, before
        assert lost(text, text.replace(before, after, 1)), f"not seen: {before}"
    assert not lost(text, text.replace("void heard_error_free",
                                       "void heard_new(void);\nvoid heard_error_free"))
    assert not lost(text, text.replace("HEARD_ABI_MINOR = 0", "HEARD_ABI_MINOR = 1"))
    assert not lost(text, text.replace("/* ", "/*  "))


today = HEADER.read_text()
self_test(today)
problems = [f"{golden.name}: {line}" for golden in sorted((ROOT / "tests/abi/golden").glob("*.h"))
            for line in lost(golden.read_text(), today)]
print("\n".join(problems))
sys.exit(bool(problems))
