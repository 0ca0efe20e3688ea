# Checks a bundle of a school's communications log, without the software that made it.
"""
    python3 verify.py [FOLDER or ZIP]      default: the bundle this file lies in
        --receipt SEQ:SIZE:ROOT            what somebody was given when an entry was logged
        --seal HASH                        what the ledger recorded when the bundle was made
        --key NAME+HASH+BASE64             the key that must have signed the checkpoint
        --openssl                          check the signature with the openssl command
        --jobs N                           processes that hash (default: one for each processor)
        --json                             the result as JSON

Needs Python 3.9 and its standard library. Exit code 0: everything that is in the bundle was
checked and holds. 1: something does not hold. 2: it could not be checked.

What is checked, in this order: every file against the manifests (BagIt, RFC 8493); of each entry in
proof/proof.jsonl the commitment to its fields and the hash of its leaf; the tree over all leaves
(RFC 6962) against the root of the checkpoint; the tables that people read against the proved
fields; fields that are closed against redactions.csv and erasures.csv; the checkpoint's signature;
receipts and anchors. Pages in threads/ and sla.csv are vouched for by the manifest, and so by the
seal, not by the tree.
"""
import argparse
import base64
import csv
import datetime
import hashlib
import io
import itertools
import json
import multiprocessing
import os
import re
import struct
import subprocess
import sys
import tempfile
import threading
import zipfile

sha256 = hashlib.sha256
MOST_TOLD = 20

# ---- the bundle as files ------------------------------------------------------------------------


class Folder:
    def __init__(self, path):
        self.path = path
        self.names = set()
        for folder, _, files in os.walk(path):
            for name in files:
                whole = os.path.join(folder, name)
                self.names.add(os.path.relpath(whole, path).replace(os.sep, '/'))

    def open(self, name):
        return open(os.path.join(self.path, *name.split('/')), 'rb')


class Zip:
    def __init__(self, path):
        self.zip = zipfile.ZipFile(path)
        inside = [i.filename for i in self.zip.infolist() if not i.is_dir()]
        tops = {name.split('/')[0] for name in inside}
        if len(tops) != 1 or len(set(inside)) != len(inside):
            raise ValueError('the zip has not exactly one top folder, or a file twice')
        self.top = tops.pop() + '/'
        self.names = {name[len(self.top):] for name in inside}

    def open(self, name):
        return io.BufferedReader(self.zip.open(self.top + name), 1 << 18)


def read(bag, name):
    with bag.open(name) as file:
        return file.read()


class Findings:
    """What does not hold, by the part of the check it belongs to."""

    def __init__(self):
        self.all = []
        self.by_part = {}

    def add(self, part, says, seq=None):
        self.by_part[part] = self.by_part.get(part, 0) + 1
        self.all.append({'part': part, 'says': says, **({} if seq is None else {'seq': seq})})


# ---- manifests ----------------------------------------------------------------------------------


def manifest(bag, name, findings):
    listed = {}
    for line in read(bag, name).decode('utf-8').splitlines():
        match = re.fullmatch(r'([0-9a-fA-F]{64})\s+(\S.*)', line)
        if not match or match.group(2) in listed:
            findings.add('files', f'{name} has a line that cannot be read')
            continue
        listed[match.group(2)] = match.group(1).lower()
    return listed


def hash_of(bag, name):
    hasher = sha256()
    with bag.open(name) as file:
        for piece in iter(lambda: file.read(1 << 20), b''):
            hasher.update(piece)
    return hasher.hexdigest()


def check_files(bag, seal, findings):
    tags = manifest(bag, 'tagmanifest-sha256.txt', findings)
    payload = manifest(bag, 'manifest-sha256.txt', findings)
    if read(bag, 'bagit.txt') != b'BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n':
        findings.add('files', 'bagit.txt does not say that this is a bag of version 1.0')
    for name, wanted in list(tags.items()) + list(payload.items()):
        if name not in bag.names:
            findings.add('files', f'{name} is missing')
        elif hash_of(bag, name) != wanted:
            findings.add('files', f'{name} was changed: it has another hash than the manifest says')
    for name in sorted(bag.names):
        known = payload if name.startswith('data/') else tags
        if name != 'tagmanifest-sha256.txt' and name not in known:
            findings.add('files', f'{name} is in no manifest')
    found = hash_of(bag, 'tagmanifest-sha256.txt')
    if seal and seal.lower() != found:
        findings.add('seal', f'the bundle is not the one that was sealed: its seal is {found}')
    return len(payload) + len(tags) + 1


# ---- entries: what is hashed --------------------------------------------------------------------

LEAF = struct.Struct('>4sBqqHH16s16sq32s')
ID_LENGTH = struct.Struct('>HI')
PERSONAL_KEY, PERSONAL_NAME, FACT_ROLE = 1, 2, 2
CONTACT = 2
ERASURE, ERASED_FIELD, REMOVED_FIELD = 41, 167, 168
# Entries of these kinds have rows in tables.
KIND_TABLES = {'data/disclosures.csv': {40: 'disclosure.made', 56: 'export.sealed'},
               'data/tombstones.csv': {41: 'erasure.done'},
               'data/holds.csv': {42: 'hold.placed', 43: 'hold.released'}}
READ_AGAIN = set().union(*KIND_TABLES.values())
CHUNK = 256


class Broken(Exception):
    pass


class Entry:
    """A leaf, and its fields as (id, value); the value of a closed field is None."""

    __slots__ = ('seq', 'wall_ms', 'kind', 'flags', 'thread', 'ref', 'commitment', 'hash', 'fields',
                 'has_closed', 'rows')

    def __init__(self, line):
        leaf = bytes.fromhex(line['leaf'])
        if len(leaf) != LEAF.size:
            raise Broken('the leaf has another length')
        (magic, version, self.seq, self.wall_ms, self.kind, self.flags, self.thread, _, self.ref,
         self.commitment) = LEAF.unpack(leaf)
        if magic != b'HRD1' or version != 1 or self.flags != 0 or self.seq != line['seq']:
            raise Broken('the leaf is of an unknown form')
        self.hash = sha256(b'\0' + leaf).digest()
        self.fields = self.rows = None
        self.has_closed = False
        if 'body' not in line:
            return
        body = bytes.fromhex(line['body'])
        if line['form'] == 0:
            commitment = self._read_whole(body, bytes.fromhex(line['salt']))
        elif line['form'] == 1:
            commitment = self._read_parts(body)
        else:
            raise Broken('the body is of an unknown form')
        if commitment != self.commitment:
            raise Broken('the body is not what was committed to')

    def _read_whole(self, body, salt):
        """Every field open; the salt of each comes from the one of the body."""
        self.fields = fields = []
        digests = []
        at, end = 0, len(body)
        unpack, salt = ID_LENGTH.unpack_from, salt + b's'
        second = None
        while at < end:
            number, length = unpack(body, at)
            after = at + 6 + length
            if second is None:
                pair = sha256(salt + (len(fields) >> 1).to_bytes(4, 'big')).digest()
                own, second = b'heardfld' + pair[:16], b'heardfld' + pair[16:]
            else:
                own, second = second, None
            digests.append(body[at:at + 2] + sha256(own + body[at:after]).digest())
            fields.append((number, body[at + 6:after]))
            at = after
        if at != end:
            raise Broken('the body ends too early')
        return sha256(b'heardcmt' + len(fields).to_bytes(4, 'big') + b''.join(digests)).digest()

    def _read_parts(self, body):
        """Each field open with its salt, or closed: only its digest."""
        self.fields = fields = []
        digests = []
        at = 0
        while at < len(body):
            number, = struct.unpack_from('>H', body, at)
            is_open = body[at + 2]
            if is_open == 0:
                digest, value, after = body[at + 3:at + 35], None, at + 35
                self.has_closed = True
            elif is_open == 1:
                length, = struct.unpack_from('>I', body, at + 19)
                after = at + 23 + length
                value = body[at + 23:after]
                digest = sha256(b'heardfld' + body[at + 3:at + 19] + body[at:at + 2] +
                                body[at + 19:after]).digest()
            else:
                raise Broken('a field is neither open nor closed')
            if after > len(body):
                raise Broken('the body ends too early')
            digests.append(body[at:at + 2] + digest)
            fields.append((number, value))
            at = after
        count = len(digests).to_bytes(4, 'big')
        return sha256(b'heardcmt' + count + b''.join(digests)).digest()


field_names = {}  # number: (name, type), of the fields of entries


def remember(names):
    field_names.update(names)


def hashed(lines):
    """Of each line of the proof an entry, or what is skipped as (level, index, hash), or what is
    wrong with it as text."""
    done = []
    for line in lines:
        try:
            line = json.loads(line.decode())
            if 'hash' in line:
                done.append((line['level'], line['index'], bytes.fromhex(line['hash'])))
                continue
            entry = Entry(line)
            if entry.kind == CONTACT and entry.fields is not None:
                entry.rows = contact_rows(entry)
            if entry.kind not in READ_AGAIN and not entry.has_closed and entry.fields:
                entry.fields = ()  # nobody looks at them again
            done.append(entry)
        except (Broken, ValueError, KeyError, TypeError, IndexError, struct.error) as error:
            done.append(str(error))
    return done


def hashed_chunks(file, jobs):
    """The same for all lines, in chunks; with several jobs in as many processes."""
    chunks = iter(lambda: list(itertools.islice(file, CHUNK)), [])
    if jobs < 2:
        yield from map(hashed, chunks)
        return
    ahead = threading.Semaphore(4 * jobs)  # what is read waits in memory

    def paced():
        for chunk in chunks:
            ahead.acquire()
            yield chunk

    with multiprocessing.Pool(jobs, remember, (field_names,)) as pool:
        try:
            for entries in pool.imap(hashed, paced()):
                ahead.release()
                yield entries
        finally:
            ahead.release(1 << 20)  # whoever waits to read on must see that it is over


class Tree:
    """A tree put together from leaves and complete subtrees, left to right."""

    def __init__(self):
        self.pieces = []  # (level, hash), largest first
        self.size = 0

    def add(self, level, index, hashed):
        if index << level != self.size:
            return False
        self.size += 1 << level
        pieces = self.pieces
        while index & 1 and pieces and pieces[-1][0] == level:
            hashed = sha256(b'\1' + pieces.pop()[1] + hashed).digest()
            level += 1
            index >>= 1
        pieces.append((level, hashed))
        return True

    def root(self):
        if not self.pieces:
            return sha256(b'').digest()
        root = self.pieces[-1][1]
        for _, left in reversed(self.pieces[:-1]):
            root = sha256(b'\1' + left + root).digest()
        return root


# ---- entries: what people read ------------------------------------------------------------------

WITHHELD = '[withheld]'
EPOCH = datetime.date(1970, 1, 1)
days = {}


def time_text(milliseconds):
    seconds, rest = divmod(milliseconds, 1000)
    day, second = divmod(seconds, 86400)
    if day not in days:
        days[day] = (EPOCH + datetime.timedelta(day)).isoformat()
    return (f'{days[day]}T{second // 3600:02}:{second // 60 % 60:02}:{second % 60:02}'
            f'.{rest:03}Z')


def text_of(value):
    return value.decode('utf-8', 'replace').replace('\0', '\ufffd')


def number_of(value):
    return int.from_bytes(value, 'big', signed=True)


def group(value):
    items = []
    at = 0
    while at < len(value):
        item, length = value[at], value[at + 1]
        at += 2
        if length == 255:
            length = int.from_bytes(value[at:at + 4], 'big')
            at += 4
        items.append((item, value[at:at + length]))
        at += length
    return items


def parties(facts, personal):
    """Names by role, in order; a closed one is withheld."""
    by_role = {}
    for fact, named in zip(facts, personal):
        if fact is None:
            continue
        name = WITHHELD
        if named is not None:
            items = dict(group(named))
            name = text_of(items.get(PERSONAL_NAME) or items.get(PERSONAL_KEY) or b'')
        if name:
            by_role.setdefault(dict(group(fact)).get(FACT_ROLE), []).append(name)
    return {role: ', '.join(names) for role, names in by_role.items()}


ACTOR_NAME, DIRECTION, PARTY_FACT, PARTY_PERSONAL = 2, 11, 25, 26
# Columns of communications.csv that are one field of the entry: name, field id, how it is shown.
COLUMNS = (('occurred_at', 12, 'time'), ('channel', 10, 'text'), ('direction', 11, 'text'),
           ('subject', 27, 'text'), ('text', 28, 'text'), ('school', 17, 'text'),
           ('department', 22, 'text'), ('topic', 18, 'text'), ('moment', 19, 'text'),
           ('language', 20, 'text'), ('delivery', 21, 'text'), ('human', 13, 'flag'),
           ('public', 14, 'flag'), ('bulk', 15, 'flag'), ('needs_response', 16, 'flag'))
FLAGS = {'seq', 'corrects', 'human', 'public', 'bulk', 'needs_response'}
ORDER = ('seq', 'thread', 'recorded_at', 'occurred_at', 'channel', 'direction', 'from', 'to',
         'about', 'subject', 'text', 'school', 'department', 'topic', 'moment', 'language',
         'delivery', 'human', 'public', 'bulk', 'needs_response', 'corrects', 'closed')


def contact_row(entry):
    """What the tables must say of a contact: column to text, without the empty ones."""
    first = {}
    facts, personal, closed = [], [], []
    for number, value in entry.fields:
        if number == PARTY_FACT:
            facts.append(value)
        elif number == PARTY_PERSONAL:
            personal.append(value)
        if value is None:
            name = field_names.get(number, (str(number),))[0]
            if name not in closed:
                closed.append(name)
        else:
            first.setdefault(number, value)
    row = {'seq': str(entry.seq), 'thread': entry.thread.hex(),
           'recorded_at': time_text(entry.wall_ms)}
    for name, number, shown in COLUMNS:
        value = first.get(number)
        if value is None:
            continue
        if shown == 'text':
            row[name] = text_of(value)
        else:
            row[name] = time_text(number_of(value)) if shown == 'time' else str(number_of(value))
    names = parties(facts, personal)
    sender = names.get(b'from', '')
    if not sender and first.get(DIRECTION) == b'inbound':
        sender = names.get(b'requester', '')
    elif not sender:
        sender = WITHHELD if 'actor_name' in closed else text_of(first.get(ACTOR_NAME, b''))
    row['from'] = sender
    row['to'] = names.get(b'to', '')
    row['about'] = names.get(b'about', '')
    if entry.ref:
        row['corrects'] = str(entry.ref)
    row['closed'] = ' '.join(closed)
    return {name: text for name, text in row.items() if text}


FORMULA = {'=', '+', '-', '@', '\t', '\r', '\n'}


def guarded(texts):
    """As a spreadsheet may see them: nothing that it would take for a formula."""
    return ["'" + text if text[:1] in FORMULA else text for text in texts]


QUOTED = re.compile('[",;\r\n\t]')
ESCAPED = re.compile('[\0-\x1f"\\\\\x7f]')
ESCAPES = {'"': '\\"', '\\': '\\\\', '\n': '\\n', '\r': '\\r', '\t': '\\t'}


def in_csv(text):
    return '"' + text.replace('"', '""') + '"' if QUOTED.search(text) else text


def escaped(match):
    return ESCAPES.get(match[0], f'\\u{ord(match[0]):04x}')


def in_json(text):
    return '"' + (ESCAPED.sub(escaped, text) if ESCAPED.search(text) else text) + '"'


def contact_rows(entry):
    """Its line of communications.csv and of communications.jsonl."""
    row = contact_row(entry)
    get = row.get
    cells = guarded([get(name, '') for name in ORDER])
    members = [f'"{name}":{text if name in FLAGS else in_json(text)}'
               for name, text in zip(ORDER, map(get, ORDER)) if text]
    return ((','.join(map(in_csv, cells)) + '\r\n').encode(),
            ('{' + ','.join(members) + '}\n').encode())


def shown_item(value):
    try:
        text = value.decode('utf-8')
        if all(c >= ' ' for c in text):
            return text
    except UnicodeDecodeError:
        pass
    return str(number_of(value)) if len(value) == 8 else value.hex()


def shown_value(name, kind, value):
    if kind == 'text':
        return text_of(value)
    if kind == 'number':
        return time_text(number_of(value)) if name == 'at' else str(number_of(value))
    if kind == 'group':
        return '; '.join(f'{item}={shown_item(part)}' for item, part in group(value))
    return value.hex()


class Table:
    """A CSV file of the bundle beside the rows the entries prove; told once when it differs."""

    def __init__(self, bag, name, findings):
        self.name, self.findings, self.is_off = name, findings, False
        self.rows = iter(())
        if name in bag.names:
            text = io.TextIOWrapper(bag.open(name), 'utf-8-sig', newline='')
            self.rows = csv.reader(text, strict=True)
        self.header = next(self.rows, [])

    def expect(self, cells, seq):
        if self.is_off:
            return
        if next(self.rows, None) != cells:
            self.is_off = True
            self.findings.add('rows', f'{self.name} does not say what entry {seq} proves', seq)

    def finish(self):
        if not self.is_off and next(self.rows, None) is not None:
            self.findings.add('rows', f'{self.name} has rows that no entry proves')


class KindTable(Table):
    def __init__(self, bag, name, kinds, findings):
        super().__init__(bag, name, findings)
        self.kinds = kinds
        known = {row[0]: (number, row[1]) for number, row in field_names.items()}
        self.columns = [(column, *known.get(column, (None, None))) for column in self.header[4:]]
        if self.header and self.header[:4] != ['seq', 'recorded_at', 'kind', 'ref'] or any(
                number is None for _, number, _ in self.columns):
            findings.add('rows', f'{name} has columns that are not known')

    def check(self, entry):
        cells = [str(entry.seq), time_text(entry.wall_ms), self.kinds[entry.kind],
                 str(entry.ref or '')]
        for name, number, kind in self.columns:
            cells += guarded([' | '.join(
                WITHHELD if value is None else shown_value(name, kind, value)
                for found, value in entry.fields if found == number)])
        if {number for number, _ in entry.fields} - {number for _, number, _ in self.columns}:
            cells.append('a column is missing')
        self.expect(cells, entry.seq)


class Contacts:
    """communications.csv and .jsonl: byte for byte what the contacts make."""

    def __init__(self, bag, findings):
        self.findings = findings
        self.files = {name: bag.open(name) for name in ('data/communications.csv',
                                                        'data/communications.jsonl')}
        header = ('\ufeff' + ','.join(ORDER) + '\r\n').encode()
        if self.files['data/communications.csv'].read(len(header)) != header:
            findings.add('rows', 'data/communications.csv has other columns')

    def check(self, entry):
        for (name, file), row in zip(list(self.files.items()), entry.rows):
            if file and file.read(len(row)) != row:
                self.files[name] = None  # told once
                self.findings.add('rows', f'{name} does not say what entry {entry.seq} proves',
                                  entry.seq)

    def finish(self):
        for name, file in self.files.items():
            if file and file.read(1):
                self.findings.add('rows', f'{name} has rows that no entry proves')


def closed_list(bag, name):
    if name not in bag.names:
        return set()
    text = io.TextIOWrapper(bag.open(name), 'utf-8-sig', newline='')
    return {(int(row['seq']), int(row['place'])) for row in csv.DictReader(text, strict=True)}


def field_table(bag):
    """Names and types of the fields of entries, by number: from fields.csv."""
    text = io.TextIOWrapper(bag.open('data/fields.csv'), 'utf-8-sig', newline='')
    return {int(row['number']): (row['column'], row['meaning'].split(',')[0])
            for row in csv.DictReader(text, strict=True) if row['file'] == 'entries'}


def numbers_of(data):
    """FORMAT.md, "Lists": 7 bits a byte, low ones first."""
    numbers, value, shift = [], 0, 0
    for byte in data:
        value |= (byte & 127) << shift
        shift += 7
        if not byte & 128:
            numbers.append(value)
            value = shift = 0
    return numbers


def runs_of(data):
    """The entries of a list of runs, as ranges."""
    numbers, at, runs = numbers_of(data), 0, []
    for gap, length in zip(numbers[::2], numbers[1::2]):
        runs.append(range(at + gap, at + gap + length))
        at = runs[-1].stop
    return runs


def places_of(data):
    """(seq, place) of each closed field that a tombstone lists."""
    numbers = iter(numbers_of(data))
    seq, found = 0, []
    for gap in numbers:
        seq += gap
        place = 0
        for _ in range(next(numbers)):
            place += next(numbers)
            found.append((seq, place))
            place += 1
        seq += 1
    return found


class Proof:
    """The walk through proof.jsonl."""

    def __init__(self, bag, wanted_sizes, findings):
        self.findings = findings
        self.tree = Tree()
        self.roots = {}
        self.wanted = wanted_sizes
        self.entries = self.last = 0
        self.seqs_wanted, self.seqs_found = set(), set()
        self.redacted = closed_list(bag, 'data/redactions.csv')
        self.erased = closed_list(bag, 'data/erasures.csv')
        self.told = set()
        self.removed, self.unsaid = set(), set()  # no tombstone has said so yet
        self.bag = bag

    def run(self, jobs):
        remember(field_table(self.bag))
        contacts = Contacts(self.bag, self.findings)
        tables = [KindTable(self.bag, name, kinds, self.findings)
                  for name, kinds in KIND_TABLES.items()]
        by_kind = {kind: table for table in tables for kind in table.kinds}
        with self.bag.open('data/proof/proof.jsonl') as file:
            self.header = json.loads(file.readline().decode())
            if self.header.get('format') != 'heard-proof/1':
                raise ValueError('the proof is of an unknown format')
            for entries in hashed_chunks(file, jobs):
                for entry in entries:
                    self._line(entry, contacts, by_kind)
        contacts.finish()
        for table in tables:
            table.finish()
        self._finish()

    def _line(self, entry, contacts, by_kind):
        tree = self.tree
        if isinstance(entry, str):
            self.findings.add('rows', f'after entry {self.last}: a line of the proof does not '
                              f'hold: {entry}', self.last)
            return
        if isinstance(entry, tuple):
            if not tree.add(*entry):
                self.findings.add('root', 'a skipped part does not follow what stands before it')
            if tree.size in self.wanted:
                self.roots[tree.size] = tree.root()
            return
        self.entries += 1
        self.last = seq = entry.seq
        if seq in self.seqs_wanted:
            self.seqs_found.add(seq)
        if not tree.add(0, seq, entry.hash):
            self.findings.add('root', f'entry {seq} does not follow what stands before it', seq)
        if tree.size in self.wanted:
            self.roots[tree.size] = tree.root()
        if entry.fields is None:
            self.removed.add(seq)
            return
        if entry.has_closed:
            self._closed(entry)
        if entry.kind == ERASURE:
            self._tombstone(entry)
        try:
            if entry.kind == CONTACT:
                contacts.check(entry)
            elif entry.kind in by_kind:
                by_kind[entry.kind].check(entry)
        except (IndexError, ValueError) as error:
            self.findings.add('rows', f'entry {seq} cannot be read: {error}', seq)

    def _closed(self, entry):
        for place, (number, value) in enumerate(entry.fields):
            if value is not None:
                continue
            where = (entry.seq, place)
            if where not in self.redacted and where not in self.erased:
                self.findings.add('redactions', f'field {number} of entry {entry.seq} is closed, '
                                  'and no redaction or erasure says so', entry.seq)
            self.told.add(where)
            if where in self.erased:
                self.unsaid.add(where)

    def _tombstone(self, entry):
        values = {number: value for number, value in entry.fields if value is not None}
        for run in runs_of(values.get(REMOVED_FIELD, b'')):
            self.removed = {seq for seq in self.removed if seq not in run}
        self.unsaid.difference_update(places_of(values.get(ERASED_FIELD, b'')))

    def _finish_erasures(self):
        for seq in sorted(self.removed)[:MOST_TOLD]:
            self.findings.add('erasures', f'the body of entry {seq} is missing and no erasure '
                              'says so', seq)
        if self.header['part'] == 'all' and self.entries == self.header['size']:
            for seq, place in sorted(self.unsaid)[:MOST_TOLD]:
                self.findings.add('erasures', f'place {place} of entry {seq} is listed as erased, '
                                  'but no erasure took it', seq)

    def _finish(self):
        tree, header = self.tree, self.header
        if tree.size != header['size'] or tree.root().hex() != header['root']:
            self.findings.add('root', f'the entries do not make the root: the tree has '
                              f'{header["size"]} entries, the proof covers {tree.size}')
        if self.entries != header['entries']:
            self.findings.add('rows', f'{header["entries"]} entries were exported, '
                              f'{self.entries} are here')
        if header['part'] == 'all' and self.entries != header['size']:
            self.findings.add('rows', 'this export of everything does not hold every entry')
        self._finish_erasures()
        for seq, place in sorted((self.redacted | self.erased) - self.told)[:MOST_TOLD]:
            self.findings.add('redactions', f'place {place} of entry {seq} is listed as closed, '
                              'but it is open or not here', seq)


# ---- the checkpoint and its signature -----------------------------------------------------------

P = 2**255 - 19
ORDER_OF_BASE = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
ROOT_OF_MINUS_ONE = pow(2, (P - 1) // 4, P)


def recover(encoded):
    """A point of the curve from its 32 bytes, as (X, Y, Z, T); None if there is none."""
    y = int.from_bytes(encoded, 'little')
    sign, y = y >> 255, y & (1 << 255) - 1
    if y >= P:
        return None
    squared = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(squared, (P + 3) // 8, P)
    if (x * x - squared) % P:
        x = x * ROOT_OF_MINUS_ONE % P
    if (x * x - squared) % P or (x == 0 and sign):
        return None
    if x & 1 != sign:
        x = P - x
    return x, y, 1, x * y % P


def plus(a, b):
    s = (a[1] - a[0]) * (b[1] - b[0]) % P
    t = (a[1] + a[0]) * (b[1] + b[0]) % P
    u, v = 2 * a[3] * b[3] * D % P, 2 * a[2] * b[2] % P
    e, f, g, h = t - s, v - u, v + u, t + s
    return e * f % P, g * h % P, f * g % P, e * h % P


def times(number, point):
    total = (0, 1, 1, 0)
    while number:
        if number & 1:
            total = plus(total, point)
        point = plus(point, point)
        number >>= 1
    return total


BASE = recover((4 * pow(5, P - 2, P) % P).to_bytes(32, 'little'))


def signed_by(public, message, signature):
    """Ed25519, RFC 8032, 5.1.7."""
    if len(public) != 32 or len(signature) != 64:
        return False
    key, first = recover(public), recover(signature[:32])
    scalar = int.from_bytes(signature[32:], 'little')
    if key is None or first is None or scalar >= ORDER_OF_BASE:
        return False
    mixed = hashlib.sha512(signature[:32] + public + message).digest()
    left = times(scalar, BASE)
    right = plus(first, times(int.from_bytes(mixed, 'little') % ORDER_OF_BASE, key))
    return (left[0] * right[2] - right[0] * left[2]) % P == 0 and (
        left[1] * right[2] - right[1] * left[2]) % P == 0


def signed_by_openssl(public, message, signature):
    with tempfile.TemporaryDirectory() as folder:
        parts = {'key': bytes.fromhex('302a300506032b6570032100') + public, 'text': message,
                 'signature': signature}
        for name, content in parts.items():
            with open(os.path.join(folder, name), 'wb') as file:
                file.write(content)
        return subprocess.run(
            ['openssl', 'pkeyutl', '-verify', '-pubin', '-inkey', 'key', '-keyform', 'DER',
             '-rawin', '-in', 'text', '-sigfile', 'signature'],
            cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL).returncode == 0


VKEY = re.compile(r'(?<!\S)([^\s+]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/=]+)(?!\S)')


def keys_in(text):
    """Verifier keys of signed notes: name, hash, and a byte 1 before the Ed25519 key."""
    keys = []
    for name, key_hash, encoded in VKEY.findall(text):
        key = base64.b64decode(encoded)
        if len(key) != 33 or key[0] != 1:
            continue
        if sha256(name.encode() + b'\n' + key).hexdigest()[:8] == key_hash:
            keys.append((name, bytes.fromhex(key_hash), key[1:]))
    return keys


def check_checkpoint(bag, header, wanted_key, verify, findings):
    """The head as the checkpoint has it, and a word about its signature."""
    text = read(bag, 'data/proof/checkpoint.txt').decode('utf-8')
    signed, _, signatures = text.partition('\n\n')
    lines = (signed + '\n').split('\n')
    if len(lines) < 4 or lines[1] != str(header['size']) or base64.b64decode(
            lines[2]).hex() != header['root']:
        findings.add('root', 'the checkpoint is of another size or root than the proof')
    keys = keys_in(read(bag, 'data/proof/keys.txt').decode()
                   if 'data/proof/keys.txt' in bag.names else '')
    if wanted_key:
        keys = keys_in(wanted_key)
    if not keys and not wanted_key and not signatures.strip():
        return 'none; only a receipt, a seal or an anchor shows that the whole was not replaced'
    for line in signatures.splitlines():
        match = re.fullmatch('\u2014 (\\S+) (\\S+)', line)
        if not match:
            continue
        signature = base64.b64decode(match.group(2))
        for name, key_hash, public in keys:
            if name == match.group(1) and key_hash == signature[:4] and verify(
                    public, (signed + '\n').encode(), signature[4:]):
                return f'good, by {name}'
    findings.add('signature', 'no key vouches for the checkpoint')
    return 'bad'


# ---- receipts, earlier heads, anchors -----------------------------------------------------------


def continues(hashes, earlier, earlier_root, later, later_root):
    """RFC 9162, 2.1.4.2: the tree of `later` leaves begins with the one of `earlier`."""
    if earlier == later:
        return not hashes and earlier_root == later_root
    if not 0 <= earlier < later:
        return False
    if earlier == 0:
        return not hashes and earlier_root == sha256(b'').digest()
    hashes = list(hashes)
    if earlier & (earlier - 1) == 0:
        hashes.insert(0, earlier_root)
    at, last = earlier - 1, later - 1
    while at & 1:
        at, last = at >> 1, last >> 1
    if not hashes:
        return False
    old = new = hashes[0]
    for hashed in hashes[1:]:
        if last == 0:
            return False
        if at & 1 or at == last:
            old = sha256(b'\1' + hashed + old).digest()
            new = sha256(b'\1' + hashed + new).digest()
            while at and not at & 1:
                at, last = at >> 1, last >> 1
        else:
            new = sha256(b'\1' + new + hashed).digest()
        at, last = at >> 1, last >> 1
    return last == 0 and old == earlier_root and new == later_root


def earlier_heads(bag, header, findings):
    """Sizes the ledger is proved to continue, with their roots."""
    heads = {header['size']: bytes.fromhex(header['root'])}
    if 'data/proof/consistency.txt' not in bag.names:
        return heads
    for block in read(bag, 'data/proof/consistency.txt').decode().split('\n\n'):
        lines = block.split()
        if not lines:
            continue
        size, root = int(lines[0]), bytes.fromhex(lines[1])
        proof = [bytes.fromhex(line) for line in lines[2:]]
        if continues(proof, size, root, header['size'], bytes.fromhex(header['root'])):
            heads[size] = root
        else:
            findings.add('root', f'the ledger does not continue the one of size {size}')
    return heads


def parse_receipt(text):
    """(seq, size, how the root begins), from SEQ:SIZE:ROOT or as it stands in a letter."""
    match = (re.fullmatch(r'(?:(\d+):)?(\d+):([0-9a-fA-F]{64})', text) or
             re.fullmatch(r'\S+ (\d+)/(\d+) ([0-9a-f]{16})', text.strip()))
    if not match:
        raise ValueError('a receipt is SEQ:SIZE:ROOT, or ORIGIN SEQ/SIZE DIGITS')
    seq = None if match.group(1) is None else int(match.group(1))
    return seq, int(match.group(2)), bytes.fromhex(match.group(3))


ANCHOR = re.compile(r'(?<!\S)(\d+)\s+([0-9a-f]{64}|[A-Za-z0-9+/]{43}=)(?!\S)')


def anchors_in(bag):
    """(file, size, root) of every head that somebody outside was given."""
    found = []
    for name in sorted(bag.names):
        if name.startswith('data/proof/anchors/'):
            for size, root in ANCHOR.findall(read(bag, name).decode('utf-8', 'replace')):
                found.append((name, int(size), bytes.fromhex(root) if len(root) == 64
                              else base64.b64decode(root)))
    return found


def check_heads(proof, heads, receipt, anchors, findings):
    known = {**proof.roots, **heads}
    if receipt:
        seq, size, root = receipt
        if size not in known:
            findings.add('receipt', f'the bundle cannot be compared with a receipt of size {size}; '
                         'ask for one made with it')
        elif not known[size].startswith(root):
            findings.add('receipt', 'this is not the ledger the receipt was given for')
        if seq is not None and seq not in proof.seqs_found:
            findings.add('receipt', f'entry {seq} of the receipt is not in this bundle', seq)
    covered = 0
    for name, size, root in anchors:
        if size not in known:
            findings.add('anchors', f'{name} cannot be compared: it is of size {size}')
        elif known[size] != root:
            findings.add('anchors', f'{name} vouches for another ledger at size {size}')
        else:
            covered = max(covered, size)
    return covered


# ---- the whole ----------------------------------------------------------------------------------


def check(bag, options):
    findings = Findings()
    told = {'files': check_files(bag, options.seal, findings)}
    receipt = parse_receipt(options.receipt) if options.receipt else None
    anchors = anchors_in(bag)
    wanted = {size for _, size, _ in anchors} | ({receipt[1]} if receipt else set())
    proof = Proof(bag, wanted, findings)
    if receipt and receipt[0] is not None:
        proof.seqs_wanted.add(receipt[0])
    proof.run(options.jobs)
    verify = signed_by_openssl if options.openssl else signed_by
    told['signature'] = check_checkpoint(bag, proof.header, options.key, verify, findings)
    heads = earlier_heads(bag, proof.header, findings)
    covered = check_heads(proof, heads, receipt, anchors, findings)
    told.update(entries=proof.entries, size=proof.header['size'], root=proof.header['root'],
                part=proof.header['part'], redacted=len(proof.redacted), erased=len(proof.erased),
                anchors=len(anchors), unanchored=proof.header['size'] - covered,
                seal='compared' if options.seal else 'not given',
                receipt='compared' if receipt else 'not given')
    told.update(intact=not findings.all, findings=findings.all, by_part=findings.by_part)
    return told


def table(told):
    def line(part, says):
        bad = told['by_part'].get(part, 0)
        return f'{"FAIL" if bad else "ok  "}  {part:<11} {says}' + (
            f'; {bad} finding{"s" if bad > 1 else ""}' if bad else '')

    entries = 'all' if told['part'] == 'all' else 'a part'
    return '\n'.join([
        line('files', f'{told["files"]} files against the manifests'),
        line('signature', told['signature']),
        line('root', f'{told["size"]} entries, {told["root"]}'),
        line('rows', f'{told["entries"]} entries checked ({entries} of the ledger)'),
        line('redactions', f'{told["redacted"]} fields held back, {told["erased"]} erased'),
        line('seal', told['seal']),
        line('receipt', told['receipt']),
        line('anchors', f'{told["anchors"]}; the last {told["unanchored"]} entries have none'),
        *(f'      {finding["says"]}' for finding in told['findings'][:MOST_TOLD]),
        'INTACT' if told['intact'] else f'DAMAGED: {len(told["findings"])} findings'])


def main():
    parser = argparse.ArgumentParser(description='Checks a bundle of a communications log.')
    here = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    parser.add_argument('bundle', nargs='?', default=here, help='the folder or zip')
    parser.add_argument('--receipt', help='SEQ:SIZE:ROOT')
    parser.add_argument('--seal', help='hash of the tag manifest, from the ledger')
    parser.add_argument('--key', help='NAME+HASH+BASE64')
    parser.add_argument('--openssl', action='store_true', help='check the signature with openssl')
    parser.add_argument('--jobs', type=int, default=os.cpu_count() or 1, help='processes')
    parser.add_argument('--json', action='store_true')
    options = parser.parse_args()
    try:
        bag = Folder(options.bundle) if os.path.isdir(options.bundle) else Zip(options.bundle)
        told = check(bag, options)
    except (OSError, ValueError, KeyError, TypeError, AttributeError, IndexError, csv.Error,
            zipfile.BadZipFile) as error:
        print(json.dumps({'intact': False, 'error': str(error)}) if options.json
              else f'FAIL  this cannot be checked: {error}')
        return 2
    print(json.dumps(told, indent=1) if options.json else table(told))
    return 0 if told['intact'] else 1


if __name__ == '__main__':
    csv.field_size_limit(1 << 30)
    sys.exit(main())
