/* heard.h - the whole public interface of Heard: log every contact between families and a school,
 * run a response clock on each one that needs an answer, keep a record anyone can check.
 *
 * HOW TO READ THIS HEADER. It is the reference manual. The names that go *through* these functions
 * (commands, views, fields, options) are in NAMES.md beside it.
 *
 * THE FIRST FIVE CALLS
 *     heard_runtime_create     once per process; hands over your clock and log, if you have any
 *     heard_options_set        "store.path" and whatever else your settings screen offers
 *     heard_store_migrate      creates the store, or brings an older one up to date
 *     heard_store_open         a handle to work with; cheap, open one per request if you like
 *     heard_apply              one named command: heard_apply(store, actor, "interaction.log" ...)
 * then heard_query to read, heard_pump from cron, heard_handle to show our pages inside yours.
 *
 * RULES THAT HOLD EVERYWHERE
 *   Status    Fallible functions return int32_t: HEARD_OK, HEARD_ROW ("a row is ready"), or a
 *             negative HEARD_E_*. `err` may be null; otherwise it is set to null on success and to
 *             an error object on failure, which you free with heard_error_free. Outputs are set to
 *             null or 0 before anything can fail: a failed call leaves only the error to clean up.
 *   Text      UTF-8, NUL-terminated, checked at the door. Bytes are a pointer and an int64_t
 * length. Time      Milliseconds since 1970-01-01 UTC in int64_t. Zones are IANA names. Names Ids
 * are opaque text; do not parse them. Ledger positions ("seq") are int64_t. Owner     X_create /
 * X_open gives you an object; X_destroy / X_close / X_free takes it back and accepts null. A
 * pointer from a getter lives as long as the object it came from; a cursor's row lives until the
 * next heard_cursor_next. Arguments are copied when kept. Threads   A runtime may be shared. A
 * store, and everything made from it, is used by one thread at a time: open several. Concurrent or
 * re-entrant use answers HEARD_E_MISUSE. A store carried over fork() answers HEARD_E_FORKED in the
 * child. Close your stores before fork() and open new ones after it, in the parent and in the
 * child. Quiet     The library starts no thread, timer or signal handler, prints nothing, opens no
 * port and changes no process state. Work happens inside your calls. Version   Ask
 * heard_runtime_create for the LOWEST interface you need, not for HEARD_ABI.
 *
 * Since 1.0 unless a function says otherwise.
 */
#ifndef HEARD_HEARD_H
#define HEARD_HEARD_H

#include <stdint.h>

/* For `#if` in C only; bindings use the enumerators below. */
#define HEARD_HEADER_ABI 0x00010000

#ifdef __cplusplus
extern "C" {
#endif

enum { HEARD_ABI_MAJOR = 1, HEARD_ABI_MINOR = 0, HEARD_ABI = 0x00010000 };

/* Statuses. Numbers never change. heard_status_name gives the name as text. */
enum {
  HEARD_ROW = 1, /* heard_cursor_next: a row is ready; heard_pump: more work waits */
  HEARD_OK = 0,
  HEARD_E_INTERNAL = -1,     /* a defect in Heard; please report the message */
  HEARD_E_MISUSE = -2,       /* null pointer, two threads in one store, a call from a callback */
  HEARD_E_ARGUMENT = -3,     /* a value is wrong; detail "field" says which */
  HEARD_E_VERSION = -4,      /* library, header or file are of different versions */
  HEARD_E_UNKNOWN_NAME = -5, /* no such command, view, field or option; detail "name" */
  HEARD_E_NOT_FOUND = -6,    /* no such case, person, file ... */
  HEARD_E_CONFLICT = -7,     /* contradicts what is stored; detail "seq" where there is one */
  HEARD_E_DENIED = -8,       /* the actor has no right to do this, or a restriction forbids it */
  HEARD_E_BUSY = -9,         /* somebody else holds the store; heard_error_retry_ms says when */
  HEARD_E_IO = -10,          /* disk or network; details "sqlite", "http", "committed" */
  HEARD_E_CORRUPT = -11,     /* not a Heard store, or damaged */
  HEARD_E_NO_MEMORY = -12,
  HEARD_E_INTERRUPTED = -13, /* heard_store_interrupt was called */
  HEARD_E_LIMIT = -14,       /* larger than allowed; details "limit", "provided" */
  HEARD_E_HOST = -15,        /* a host callback failed */
  HEARD_E_FORKED = -16       /* the store was opened before fork() */
};

/* Levels of heard_host.log. */
enum { HEARD_LOG_ERROR = 1, HEARD_LOG_WARNING = 2, HEARD_LOG_INFO = 3 };

typedef struct heard_runtime heard_runtime;
typedef struct heard_options heard_options;
typedef struct heard_store heard_store;
typedef struct heard_record heard_record;
typedef struct heard_cursor heard_cursor;
typedef struct heard_response heard_response;
typedef struct heard_sink heard_sink;
typedef struct heard_feed heard_feed;
typedef struct heard_error heard_error;

/* ---- Versions and errors ------------------------------------------------------------------ */

/* The interface this library provides, e.g. 0x00010000. Any thread. */
uint32_t heard_abi_version(void);

/* The library's own version, e.g. "1.0.0". Static text. Any thread. */
const char *heard_version_string(void);

/* The stable name of a status, e.g. "conflict"; "unknown" for numbers it does not know. Static. */
const char *heard_status_name(int32_t status);

/* Of an error: its status; one line for people; one detail by name, or null ("field", "name",
 * "wanted", "provided", "seq", "index", "sqlite", "http", "committed"); how long to wait before
 * trying again in ms, 0 if trying again is pointless; all of it as one JSON object. Texts live as
 * long as the error. A null error answers HEARD_OK, "", null, 0 and "{}". */
int32_t heard_error_status(const heard_error *error);
const char *heard_error_message(const heard_error *error);
const char *heard_error_detail(const heard_error *error, const char *name);
int64_t heard_error_retry_ms(const heard_error *error);
const char *heard_error_json(const heard_error *error);
void heard_error_free(heard_error *error);

/* ---- Host table ---------------------------------------------------------------------------- */

/* What the host offers. Frozen for 1.x; every pointer may be null. Callbacks run only on the thread
 * that is inside a heard_* call, never while a lock is held or a transaction is open, and must not
 * call back into the same store. */
typedef struct heard_host {
  uint32_t struct_size;             /* sizeof(heard_host), exactly */
  uint32_t abi;                     /* HEARD_ABI of the header you compiled with */
  void *host_data;                  /* handed back first in every call */
  void (*release)(void *host_data); /* once, when the runtime goes away */
  void (*log)(void *host_data, int32_t level, const char *component, const char *message);
  int64_t (*now_ms)(void *host_data); /* null: the system clock */
  int32_t (*secret)(void *host_data, const char *name, heard_sink *out); /* heard_sink_put it */
  int32_t (*schedule)(void *host_data, const char *task, int64_t due_ms);
  void (*wake)(void *host_data); /* once per applied command, after the store is free again */
  const void *(*service)(void *host_data, const char *service_id);
} heard_host;

/* A service the host may offer: heard_host.service(host_data, "heard.signer/1") answers a pointer
 * to this table, which must live as long as the runtime, or null. Then the host's key (a module, a
 * card, a service) signs the ledger's checkpoints, and the library keeps none. Frozen for 1.x; every
 * pointer is needed. Called like the table above; a failure is reported to `log` and the checkpoint
 * made another time. */
typedef struct heard_signer {
  uint32_t struct_size;               /* sizeof(heard_signer), exactly */
  uint32_t abi;                       /* HEARD_ABI of the header you compiled with */
  void *signer_data;                  /* handed back first in every call */
  /* Puts the verifier key to use from now on, for checkpoints of the ledger called `origin`: text
   * as c2sp.org/signed-note has it, "name+hash+base64", the name being `origin`, Ed25519. */
  int32_t (*verifier_key)(void *signer_data, const char *origin, heard_sink *out);
  /* Puts the 64 bytes of the signature of `text` under that verifier key: usually the one answered
   * last, or once the one before it, which vouches for its successor (key.rotate). */
  int32_t (*sign)(void *signer_data, const char *verifier_key, const void *text, int64_t length,
                  heard_sink *out);
} heard_signer;

/* Makes a runtime. `wanted_abi` is the lowest interface you need; `host` may be null (its contents
 * are copied). HEARD_E_VERSION if the library is older than wanted, HEARD_E_ARGUMENT if struct_size
 * is wrong (the binding declares the table wrongly). */
int32_t heard_runtime_create(uint32_t wanted_abi, const heard_host *host, heard_runtime **out,
                             heard_error **err);
/* Close every store first. Calls host->release. */
void heard_runtime_destroy(heard_runtime *runtime);

/* ---- Options -------------------------------------------------------------------------------- */

/* Named settings for opening a store; names and defaults: NAMES.md, "Options". An unknown name is
 * HEARD_E_UNKNOWN_NAME. One thread at a time. */
int32_t heard_options_create(heard_options **out, heard_error **err);
int32_t heard_options_set(heard_options *options, const char *name, const char *value,
                          heard_error **err);
void heard_options_destroy(heard_options *options);

/* ---- Store ---------------------------------------------------------------------------------- */

/* Creates the store at "store.path" (a new one needs "calendar.timezone"), or brings an older one
 * up to date; on a current one it changes nothing. HEARD_E_CORRUPT if the file is something else,
 * HEARD_E_VERSION if it is newer than this library. */
int32_t heard_store_migrate(heard_runtime *runtime, const heard_options *options,
                            heard_error **err);

/* Opens the store at "store.path". Cheap: connections are pooled per process, and no schema work is
 * done. HEARD_E_NOT_FOUND if there is none, HEARD_E_VERSION if it must be migrated first or is
 * newer than this library, HEARD_E_CORRUPT if it is not a store. */
int32_t heard_store_open(heard_runtime *runtime, const heard_options *options, heard_store **out,
                         heard_error **err);
/* Destroy cursors and responses made from it first. In a forked child this only frees memory. */
void heard_store_close(heard_store *store);

/* Stops the call now running on this store, from any thread: it answers HEARD_E_INTERRUPTED and has
 * changed nothing. The only function another thread may call. */
void heard_store_interrupt(heard_store *store);

/* ---- Records -------------------------------------------------------------------------------- */

/* A record is a bag of named fields; a field is a text, an integer, a list of texts or a list of
 * records. `kind` is a word for people ("actor", "filter"), or the command's name. */
int32_t heard_record_create(const char *kind, heard_record **out, heard_error **err);
void heard_record_destroy(heard_record *record);

/* One record from one JSON object: strings, whole numbers, true/false (1/0), lists of strings or of
 * objects, one object (a list of one); null means absent. Numbers with a fraction are refused.
 * `length` -1 means NUL-terminated. HEARD_E_ARGUMENT names the offending field. */
int32_t heard_record_from_json(const char *kind, const char *json, int64_t length,
                               heard_record **out, heard_error **err);

/* The record as one JSON object. Lives until the record is changed, asked again or destroyed. Null
 * only when memory ran out or `record` is null. */
const char *heard_record_json(const heard_record *record);

/* Writing. set replaces; add appends to a list. add_record copies `value`. */
int32_t heard_record_set_text(heard_record *record, const char *name, const char *value,
                              heard_error **err);
int32_t heard_record_set_int(heard_record *record, const char *name, int64_t value,
                             heard_error **err);
int32_t heard_record_add_text(heard_record *record, const char *name, const char *value,
                              heard_error **err);
int32_t heard_record_add_record(heard_record *record, const char *name, const heard_record *value,
                                heard_error **err);

/* Reading. `count` is 0 for an absent field, 1 for a text or integer, else the length of the list;
 * `text` answers null and `integer` the fallback for an absent field or another type; `*_at` answer
 * null outside the list. Results live until the record is changed or destroyed. */
int64_t heard_record_count(const heard_record *record, const char *name);
const char *heard_record_text(const heard_record *record, const char *name);
int64_t heard_record_int(const heard_record *record, const char *name, int64_t fallback);
const char *heard_record_text_at(const heard_record *record, const char *name, int64_t index);
const heard_record *heard_record_record_at(const heard_record *record, const char *name,
                                           int64_t index);

/* ---- Doing and reading ---------------------------------------------------------------------- */

/* Runs one command. `actor` says who acts (NAMES.md, "Actor"); `command` carries the fields.
 * On success the ledger has the entry durably and `*result` (may be a null pointer) says "seq",
 * "size", "root" (the receipt), "duplicate" and the ids it made. On failure nothing was changed.
 * HEARD_E_UNKNOWN_NAME, _ARGUMENT, _NOT_FOUND, _CONFLICT, _DENIED, _BUSY, _IO. */
int32_t heard_apply(heard_store *store, const heard_record *actor, const char *command,
                    const heard_record *fields, heard_record **result, heard_error **err);

/* Opens a view. `filter` may be null. Reading a protected view is itself recorded (a disclosure).
 * HEARD_E_UNKNOWN_NAME, _ARGUMENT, _NOT_FOUND, _DENIED. */
int32_t heard_query(heard_store *store, const heard_record *actor, const char *view,
                    const heard_record *filter, heard_cursor **out, heard_error **err);

/* HEARD_ROW and the next row, or HEARD_OK and null at the end. The row belongs to the cursor and
 * lives until the next call. No database read stays open between calls. */
int32_t heard_cursor_next(heard_cursor *cursor, const heard_record **row, heard_error **err);
void heard_cursor_destroy(heard_cursor *cursor);

/* Does work that has fallen due (warnings, misses, housekeeping) for about `budget_ms`, at least
 * one slice. HEARD_ROW: more is waiting, call again. HEARD_OK: nothing until `*next_due_ms` (0:
 * nothing at all). Safe from any number of processes. Never touches the network. */
int32_t heard_pump(heard_store *store, int64_t budget_ms, int64_t *next_due_ms, heard_error **err);

/* Checks the whole ledger (`what` null or "receipt", "key", "anchors"), an exported file or bundle
 * (`what`: "export", and "receipt", "key", "seal"), or a proof (`what`: "proof" and "key"); names
 * and rows: NAMES.md, "Verify and rebuild". The last row is the "verdict": intact is 1 only if all
 * could be checked and agreed. Through a handle opened for reading it writes nothing; else a check
 * that finds the ledger intact is recorded in it. */
int32_t heard_verify(heard_store *store, const heard_record *actor, const heard_record *what,
                     heard_cursor **out, heard_error **err);

/* Folds the ledger again and compares every read table bit for bit; with `what` "replace" = 1 the
 * fresh tables take the place of the old ones. Rows as heard_verify. */
int32_t heard_rebuild(heard_store *store, const heard_record *actor, const heard_record *what,
                      heard_cursor **out, heard_error **err);

/* Writes a copy of the whole store, as it is at one moment, to the new file `what` "path" (mode
 * 0600), and checks the copy; writers go on meanwhile. Rows as heard_verify, the verdict with
 * "path" and "bytes". A copy that is not intact, or whose cursor is not walked to its end, is
 * removed. Never copy the file yourself: without its log it is not the store. */
int32_t heard_backup(heard_store *store, const heard_record *actor, const heard_record *what,
                     heard_cursor **out, heard_error **err);

/* Writes a part of the log with proofs into `sink`: JSON lines, or with "format" = "bundle" the
 * auditor's bundle as a zip (NAMES.md, "Export"). `what`: one of "person", "case", "school" or
 * "all", or a period; "receipts" for sizes a proof must reach; "redact" for what is held back. Or a
 * proof that stands alone: "proof" (a seq) or "consistency" (an earlier size).
 * heard_store_interrupt ends it. */
int32_t heard_export(heard_store *store, const heard_record *actor, const heard_record *what,
                     heard_sink *sink, heard_error **err);

/* ---- Sinks ---------------------------------------------------------------------------------- */

/* Where bytes go. The library hands one to heard_host.secret; you make one for heard_export: in
 * memory, or a new file (mode 0600; an existing one is refused). One thread at a time. */
int32_t heard_sink_open_memory(heard_sink **out, heard_error **err);
int32_t heard_sink_open_file(const char *path, heard_sink **out, heard_error **err);
/* Appends `length` bytes. HEARD_E_IO when the disk refuses, HEARD_E_LIMIT when too much. */
int32_t heard_sink_put(heard_sink *sink, const void *bytes, int64_t length);
/* What a memory sink holds; null for a file. Lives until the next put or close. */
const void *heard_sink_bytes(const heard_sink *sink, int64_t *length);
/* Frees a sink you opened; a file is flushed to disk first (HEARD_E_IO if that fails). */
int32_t heard_sink_close(heard_sink *sink, heard_error **err);

/* ---- Pages ---------------------------------------------------------------------------------- */

/* Answers one page request. You authenticate, you own the socket; `head` is a record with "method",
 * "path" (ours, e.g. "/cases/17"), "query", "content_type", "accept_language", "session" (a value
 * bound to your login session; forms need it), link templates "link.page", "link.form",
 * "link.download", "link.asset", "surface" ("fragment" or "document"), "heading_level", "locale",
 * "zone". Unknown fields are ignored. A page that says "no such case" is a success with HTTP status
 * 404; only a broken call is negative. */
int32_t heard_handle(heard_store *store, const heard_record *actor, const heard_record *head,
                     const void *body, int64_t length, heard_response **out, heard_error **err);

/* Of a response: the HTTP status; the body; headers by place. All live as long as the response. */
int32_t heard_response_status(const heard_response *response);
const void *heard_response_body(const heard_response *response, int64_t *length);
int32_t heard_response_header_count(const heard_response *response);
const char *heard_response_header_name(const heard_response *response, int32_t index);
const char *heard_response_header_value(const heard_response *response, int32_t index);
void heard_response_destroy(heard_response *response);

/* ---- Plugin table --------------------------------------------------------------------------- */

/* The same functions behind one symbol, for hosts whose loader wants a table. Frozen for 1.x. */
typedef struct heard_plugin {
  uint32_t struct_size;
  uint32_t abi;
  const char *plugin_id;
  const char *display_name;
  const char *manifest; /* JSON: settings with types, pages, permissions, schedule */
  int32_t (*start)(const heard_host *host, const heard_options *settings, heard_store **out,
                   heard_error **err);
  int32_t (*handle)(heard_store *store, const heard_record *actor, const heard_record *head,
                    const void *body, int64_t length, heard_response **out, heard_error **err);
  int32_t (*pump)(heard_store *store, int64_t budget_ms, int64_t *next_due_ms, heard_error **err);
  void (*stop)(heard_store *store);                   /* closes the store and its runtime */
  const void *(*extension)(const char *extension_id); /* null: not known */
} heard_plugin;

/* The table of this library. Static. HEARD_E_VERSION if `wanted_abi` is newer. */
int32_t heard_plugin_entry(uint32_t wanted_abi, const heard_plugin **out, heard_error **err);

/* ---- Feeds ---------------------------------------------------------------------------------- */

/* Runs one feed: loads the adapters module, lets the feed's adapter fetch and hand over records,
 * applies each page as one ledger event. `feed` names settings "feed.<id>.*" (NAMES.md, "Feeds").
 * `*result`: "pages", "records", "written", "unchanged", "rejected", "vanished", and "rejects".
 * A failed page voids nothing already applied; the next run goes on. Uses the network. */
int32_t heard_feed_run(heard_store *store, const heard_record *actor, const char *feed,
                       heard_record **result, heard_error **err);

/* An adapter, as the adapters module offers it. Frozen for 1.x. */
typedef struct heard_adapter {
  uint32_t struct_size;
  uint32_t abi;
  const char *adapter_id; /* "sif.xpress" */
  const char *describe;   /* JSON: title, settings */
  int32_t (*run)(heard_feed *feed, heard_error **err);
} heard_adapter;

/* The one symbol an adapters module exports: its adapters by place; HEARD_E_NOT_FOUND after the
 * last. The module gets libheard's functions from the library that loaded it. */
int32_t heard_adapter_entry(uint32_t wanted_abi, int32_t index, const heard_adapter **out,
                            heard_error **err);

/* The calls an adapter makes while it runs, on the feed it was given, on the same thread. */

/* A setting "feed.<id>.<name>", or null. "password" and other secrets come from heard_host.secret
 * under the full name. Lives until the run ends. Never log it. */
const char *heard_feed_setting(heard_feed *feed, const char *name);

/* 1 if the record `key` of `type` was stored with exactly this content (16 bytes of hash), else 0.
 * Marks the key as seen in this run either way, so call it for every record received. */
int32_t heard_feed_known(heard_feed *feed, const char *type, const char *key, const void *hash,
                         heard_error **err);

/* Adds a record to the current page; its shape is in NAMES.md, "Feed records". `hash` as above. A
 * record that cannot be used is counted as rejected and is no error. */
int32_t heard_feed_put(heard_feed *feed, const heard_record *record, const void *hash,
                       heard_error **err);

/* Notes a record that cannot be read, with one sentence for the administrator. */
int32_t heard_feed_reject(heard_feed *feed, const char *type, const char *key, const char *reason,
                          heard_error **err);

/* The page is complete: one transaction, one ledger event, durable on return. `marker` (may be
 * null) is kept for heard_feed_setting(feed, "marker.<type>") of later runs. */
int32_t heard_feed_page_done(heard_feed *feed, const char *type, const char *marker,
                             heard_error **err);

/* Every page of `type` has been received and the counts agree: records not seen in this run become
 * inactive, unless they are too many (the brake), which is reported in the result. */
int32_t heard_feed_set_done(heard_feed *feed, const char *type, heard_error **err);

/* 1 when the run should stop soon (interrupt, time budget). */
int32_t heard_feed_cancelled(heard_feed *feed);

/* Makes an error for an adapter to return from run: `status` HEARD_E_*, one line for people, and
 * optionally one detail. Returns `status`. */
int32_t heard_feed_fail(heard_feed *feed, int32_t status, const char *message,
                        const char *detail_name, const char *detail_value, heard_error **err);

#ifdef __cplusplus
}
#endif

#endif
