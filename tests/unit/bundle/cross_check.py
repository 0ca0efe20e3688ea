# Reads trees and bodies that the library made and checks them with the code of verify.py.
import importlib.util
import json
import os
import sys

here = os.path.dirname(os.path.abspath(__file__))
path = os.path.join(here, '..', '..', '..', 'src', 'bundle', 'verify.py')
spec = importlib.util.spec_from_file_location('verify', path)
verify = importlib.util.module_from_spec(spec)
spec.loader.exec_module(verify)

with open(sys.argv[1]) as trees:
    for line in trees:
        wanted = json.loads(line)
        tree = verify.Tree()
        for level, index, hashed in wanted['pieces']:
            assert tree.add(level, index, bytes.fromhex(hashed)), 'a piece does not follow'
        assert tree.root().hex() == wanted['root'], f'size {tree.size}'

with open(sys.argv[2]) as bodies:
    for line in bodies:
        wanted = json.loads(line)
        entry = verify.Entry(wanted)  # refuses what was not committed to
        assert entry.hash.hex() == wanted['leaf_hash']

# RFC 8032, 7.1, tests 2 and 3: signatures in plain integers.
vectors = (
    ('3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c', '72',
     '92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da'
     '085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00'),
    ('fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025', 'af82',
     '6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac'
     '18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a'))
for key, message, signature in vectors:
    key, message, signature = map(bytes.fromhex, (key, message, signature))
    for check in (verify.signed_by, verify.signed_by_openssl):
        assert check(key, message, signature), 'a good signature is refused'
        assert not check(key, message + b'x', signature), 'a signature of something else is taken'
        assert not check(key, message, signature[:-1] + b'\x7f'), 'a spoiled signature is taken'
