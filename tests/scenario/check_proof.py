# Checks one .tlog-proof against a verifier key: check_proof.py FILE KEY. Shares no code with Heard.
import base64
import hashlib
import sys

P = 2**255 - 19
D = -121665 * pow(121666, -1, P) % P
ORDER = 2**252 + 27742317777372353535851937790883648493


def add(p, q):
    """Sum of two points of the Edwards curve, in affine coordinates."""
    (x1, y1), (x2, y2) = p, q
    t = D * x1 * x2 * y1 * y2 % P
    return ((x1 * y2 + x2 * y1) * pow(1 + t, -1, P) % P,
            (y1 * y2 + x1 * x2) * pow(1 - t, -1, P) % P)


def times(n, p):
    total = (0, 1)
    while n:
        if n & 1:
            total = add(total, p)
        p, n = add(p, p), n >> 1
    return total


def point(data):
    """The point whose 32 bytes these are (RFC 8032, 5.1.3)."""
    y = int.from_bytes(data, "little")
    sign, y = y >> 255, y & (2**255 - 1)
    square = (y * y - 1) * pow(D * y * y + 1, -1, P) % P
    x = pow(square, (P + 3) // 8, P)
    if x * x % P != square:
        x = x * pow(2, (P - 1) // 4, P) % P
    assert x * x % P == square and y < P, "no point of the curve"
    return (x if x & 1 == sign else P - x, y)


def is_signed(key, text, signature):
    base = point((4 * pow(5, -1, P) % P).to_bytes(32, "little"))
    r, s = signature[:32], int.from_bytes(signature[32:], "little")
    h = int.from_bytes(hashlib.sha512(r + key + text).digest(), "little") % ORDER
    return s < ORDER and times(s, base) == add(point(r), times(h, point(key)))


def root_of(leaf, index, size, proof):
    """RFC 9162, 2.1.3.2."""
    assert index < size
    last, found = size - 1, hashlib.sha256(b"\0" + leaf).digest()
    for sibling in proof:
        assert last > 0, "the proof is too long"
        if index & 1 or index == last:
            found = hashlib.sha256(b"\1" + sibling + found).digest()
            while not index & 1 and index:
                index, last = index >> 1, last >> 1
        else:
            found = hashlib.sha256(b"\1" + found + sibling).digest()
        index, last = index >> 1, last >> 1
    assert last == 0, "the proof is too short"
    return found


head, text, signatures = open(sys.argv[1], encoding="utf-8").read().split("\n\n")
name, key_id, key = sys.argv[2].split("+", 2)
title, extra, index, *hashes = head.split("\n")
assert title == "c2sp.org/tlog-proof@v1" and base64.b64decode(key)[0] == 1
leaf, index = base64.b64decode(extra.split(" ")[1]), int(index.split(" ")[1])
origin, size, root = text.split("\n")
signed = [line.split(" ") for line in signatures.splitlines()]
mine = [base64.b64decode(line[2]) for line in signed if line[1] == name]
assert origin == name and mine and mine[0][:4].hex() == key_id, "signed by another"
assert is_signed(base64.b64decode(key)[1:], (text + "\n").encode(), mine[0][4:]), "signature"
assert root_of(leaf, index, int(size), map(base64.b64decode, hashes)) == base64.b64decode(root)
assert int.from_bytes(leaf[5:13], "big") == index, "the leaf of another entry"
print(f"entry {index} is in {origin} of {size} entries")
