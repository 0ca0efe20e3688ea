# T10: a host without a compiler (Python's ctypes, RTLD_LOCAL) opens, logs, asks, shows a page, runs
# a feed through a module that calls back into the library, and is refused in time.
#
# ctypes_host.py LIBRARY PROBE_MODULE
import ctypes
import json
import sys
import tempfile
from ctypes import CFUNCTYPE, byref, c_char_p, c_int64, c_uint32, c_void_p

WOKEN = []


Now, Wake = CFUNCTYPE(c_int64, c_void_p), CFUNCTYPE(None, c_void_p)


class Host(ctypes.Structure):
    _fields_ = [("struct_size", c_uint32), ("abi", c_uint32), ("host_data", c_void_p),
                ("release", c_void_p), ("log", c_void_p), ("now_ms", Now),
                ("secret", c_void_p), ("schedule", c_void_p), ("wake", Wake),
                ("service", c_void_p)]


library = ctypes.CDLL(sys.argv[1], mode=ctypes.RTLD_LOCAL)
for name in ("heard_error_message", "heard_record_text", "heard_record_json"):
    getattr(library, name).restype = c_char_p
library.heard_response_body.restype = c_void_p
library.heard_record_int.restype = c_int64


def call(name, *arguments):
    """Calls a function that ends in an output and the error; answers the output."""
    out, error = c_void_p(), c_void_p()
    status = getattr(library, name)(*arguments, byref(out), byref(error))
    assert status >= 0, (name, library.heard_error_message(error))
    return out


def record(kind, **fields):
    return call("heard_record_from_json", kind, json.dumps(fields).encode(), c_int64(-1))


def rows(store, actor, view):
    cursor, row = call("heard_query", store, actor, view, None), c_void_p()
    while library.heard_cursor_next(cursor, byref(row), None) == 1:
        yield json.loads(library.heard_record_json(row))
    library.heard_cursor_destroy(cursor)


def open_store(folder, host):
    runtime = call("heard_runtime_create", 0x00010000, byref(host))
    options = call("heard_options_create")
    for name, value in ((b"store.path", f"{folder}/school.heard"), (b"adapters.path", sys.argv[2]),
                        (b"calendar.timezone", "Asia/Tokyo")):
        assert library.heard_options_set(options, name, value.encode(), None) == 0
    assert library.heard_store_migrate(runtime, options, None) == 0
    return runtime, options, call("heard_store_open", runtime, options)


def work(store, actor):
    contact = record(b"contact", channel="phone", subject="Schöne Grüße")
    done = call("heard_apply", store, actor, b"interaction.log", contact)
    assert library.heard_record_int(done, b"number", c_int64(0)) == 1
    assert [row["subject"] for row in rows(store, actor, b"waiting")] == ["Schöne Grüße"]
    head = record(b"request", method="GET", path="/", session="s", surface="document")
    page, length = call("heard_handle", store, actor, head, None, c_int64(0)), c_int64()
    body = ctypes.string_at(library.heard_response_body(page, byref(length)), length.value)
    assert library.heard_response_status(page) == 200 and "Schöne Grüße" in body.decode()
    for name, value in (("adapter", "test.probe"), ("url", "https://sis.example/")):
        setting = record(b"setting", name=f"feed.district.{name}", value=value)
        call("heard_apply", store, actor, b"settings.save", setting)
    fed = json.loads(library.heard_record_json(call("heard_feed_run", store, actor, b"district")))
    assert fed["written"] == 1, fed


host = Host(ctypes.sizeof(Host), 0x00010000, now_ms=Now(lambda data: 1763769600000),
            wake=Wake(lambda data: WOKEN.append(1)))
assert library.heard_runtime_create(0x00020000, None, byref(c_void_p()), None) == -4
host.struct_size -= 8
assert library.heard_runtime_create(0x00010000, byref(host), byref(c_void_p()), None) == -3
host.struct_size += 8
with tempfile.TemporaryDirectory() as folder:
    runtime, options, store = open_store(folder, host)
    work(store, record(b"actor", id="staff:7", roles=["admin"]))
    library.heard_store_close(store)
    library.heard_options_destroy(options)
    library.heard_runtime_destroy(runtime)
assert len(WOKEN) == 3, WOKEN
