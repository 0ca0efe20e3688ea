# Computes the golden vectors beside it from src/store/FORMAT.md alone; the store's code is not asked.
import hashlib
import hmac
import pathlib

HERE = pathlib.Path(__file__).parent


def h(data):
    return hashlib.sha256(data).digest()


def big(number, width):
    return (number % (1 << (8 * width))).to_bytes(width, "big")


def leaf(seq, wall_ms, kind, flags, thread, rid, ref, commitment):
    return (b"HRD1" + big(1, 1) + big(seq, 8) + big(wall_ms, 8) + big(kind, 2) + big(flags, 2)
            + thread + rid + big(ref, 8) + commitment)


def item(sub, value):
    length = big(len(value), 1) if len(value) < 255 else b"\xff" + big(len(value), 4)
    return big(sub, 1) + length + value


def salt_of(master, place):
    pair = h(master + b"s" + big(place // 2, 4))
    return pair[16 * (place % 2):16 * (place % 2) + 16]


def digest(salt, field, value):
    return h(b"heardfld" + salt + big(field, 2) + big(len(value), 4) + value)


def commitment_of(master, fields):
    parts = [big(field, 2) + digest(salt_of(master, i), field, value)
             for i, (field, value) in enumerate(fields)]
    return h(b"heardcmt" + big(len(fields), 4) + b"".join(parts))


def form_0(fields):
    return b"".join(big(field, 2) + big(len(value), 4) + value for field, value in fields)


def form_1(master, fields, closed):
    out = b""
    for i, (field, value) in enumerate(fields):
        salt = salt_of(master, i)
        if i in closed:
            out += big(field, 2) + b"\x00" + digest(salt, field, value)
        else:
            out += big(field, 2) + b"\x01" + salt + big(len(value), 4) + value
    return out


def node(left, right):
    return h(b"\x01" + left + right)


def tree(leaves):
    if len(leaves) <= 1:
        return leaves[0] if leaves else h(b"")
    split = 1 << ((len(leaves) - 1).bit_length() - 1)
    return node(tree(leaves[:split]), tree(leaves[split:]))


def frontier(leaves):
    out, rest = b"", leaves
    while rest:
        size = 1 << (len(rest).bit_length() - 1)
        out += tree(rest[:size])
        rest = rest[size:]
    return out


def write(name, lines):
    head = ["# From make.py; a change here is a change of the format, which is not allowed."]
    (HERE / name).write_text("\n".join(head + lines) + "\n")


def leaves_file():
    rows = [(0, 0, 1, 0, bytes(16), bytes(16), 0, bytes(32)),
            (1, 1795342200123, 2, 0, bytes(range(16)), bytes(range(16, 32)), 0, h(b"body")),
            (255, -1, 49, 0, b"\xff" * 16, b"\x80" * 16, 254, b"\xff" * 32),
            (2**40 + 7, -(2**62), 0xFFFF, 0x8001, h(b"t")[:16], h(b"r")[:16], 2**40, h(b"c"))]
    lines = []
    for row in rows:
        data = leaf(*row)
        words = [w.hex() if isinstance(w, bytes) else str(w) for w in row]
        lines += ["event " + " ".join(words), "leaf " + data.hex(), "hash " + h(b"\0" + data).hex()]
    write("leaf.txt", lines)


def bodies_file():
    party = item(1, bytes(range(16))) + item(2, b"from") + item(3, big(0, 8))
    person = item(1, b"sis:guardian:9") + item(2, "Zoë Ñandú".encode())
    long_text = item(1, b"x" * 254) + item(2, b"y" * 255) + item(3, b"z" * 700)
    bodies = [
        (bytes(range(32)), [(1, b"staff:7"), (5, big(1795342200123, 8))]),
        (h(b"master"), [(1, b"staff:7"), (2, b"A. Clerk"), (5, big(-1, 8)), (25, party),
                        (25, party), (26, person), (26, person), (27, "Bus — late".encode())]),
        (b"\xff" * 32, [(27, b""), (28, long_text), (113, party)]),
        (bytes(32), []),
    ]
    lines = []
    for master, fields in bodies:
        lines.append("body " + master.hex())
        lines += [f"field {field} {value.hex() or '-'}" for field, value in fields]
        lines.append("form_0 " + (form_0(fields).hex() or "-"))
        lines.append("commitment " + commitment_of(master, fields).hex())
        for closed in ([], [0], [len(fields) - 1], list(range(len(fields)))):
            if not fields:
                continue
            places = ",".join(map(str, closed)) or "-"
            lines.append(f"form_1 {places} " + form_1(master, fields, closed).hex())
    write("body.txt", lines)


def names_file():
    rows = [(bytes(range(32)), "portal", "msg-1"), (bytes(range(32)), "portalm", "sg-1"),
            (h(b"key"), "sis", "Ünïcode/7"), (b"\xff" * 32, "s" * 300, "r")]
    lines = []
    for key, source, reference in rows:
        name = b"heardrid" + big(len(source.encode()), 4) + source.encode() + reference.encode()
        rid = hmac.new(key, name, hashlib.sha256).digest()[:16]
        lines.append(f"name {key.hex()} {source.encode().hex()} {reference.encode().hex()}"
                     f" {rid.hex()}")
    write("rid.txt", lines)


def trees_file():
    """Leaf hash number i is H(0x00 || i in 8 bytes)."""
    leaves = [h(b"\0" + big(i, 8)) for i in range(70000)]
    lines = []
    for size in (0, 1, 2, 3, 255, 256, 257, 511, 512, 513, 1000, 65535, 65536, 65537, 70000):
        edge = frontier(leaves[:size])
        lines.append(f"tree {size} {tree(leaves[:size]).hex()} {edge.hex() or '-'}")
    for level, index in ((0, 0), (0, 1), (0, 272), (1, 0)):
        width = 256 ** level
        first = 256 * index
        hashes = b"".join(tree(leaves[(first + i) * width:(first + i + 1) * width])
                          for i in range(256))
        lines.append(f"tile {level} {index} {h(hashes).hex()}")
    write("tree.txt", lines)


leaves_file()
bodies_file()
names_file()
trees_file()
