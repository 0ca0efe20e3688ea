"""Reads trees and bodies that the library made and checks them with the code of verify.py."""
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

# RFC 8032, 7.1, tests 1 and 2: signatures in plain integers.
vectors = (
    ('d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a', '',
     'e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e06522490155'
     '5fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b'),
    ('3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c', '72',
     '92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da'
     '085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00'))
for key, message, signature in vectors:
    key, message, signature = map(bytes.fromhex, (key, message, signature))
    for check in (verify.signed_by, verify.signed_by_openssl):
        assert check(key, message, signature), 'a good signature is refused'
        assert not check(key, message + b'x', signature), 'a signature of something else is taken'
        assert not check(key, message, signature[:-1] + b'\x7f'), 'a spoiled signature is taken'
