"""Checks a log of receipts with implementations that are not ours.

    check_receipts.py LOG NOTE_KEY PUBLIC_KEY.pem ENVELOPES.jsonl [EARLIER_CHECKPOINT]

securesystemslib opens every envelope (DSSE, Ed25519), in-toto-attestation reads what is in it (Statement v1), tlog-scales
reads the checkpoint (C2SP signed-note), every entry with its inclusion proof, and the consistency with an earlier
checkpoint (C2SP tlog-tiles). Each is also given something false, which it must refuse. Prints one line of JSON.
"""

import hashlib
import json
import pathlib
import sys

from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat, load_pem_public_key
from google.protobuf.json_format import Parse
from in_toto_attestation.v1 import statement_pb2
from in_toto_attestation.v1.statement import Statement
from securesystemslib.dsse import Envelope
from securesystemslib.signer import SSlibKey
from tlog_scales.reader import TilesReader
from tlog_scales.signing import Vkey
from tlog_scales.tlog import Checkpoint, InclusionProof


class Folder:
    """Files of a log, as tlog-scales asks for them."""

    def __init__(self, path):
        self.path = pathlib.Path(path)

    def get(self, *parts):
        file = self.path.joinpath(*parts)
        return file.read_bytes() if file.is_file() else None


def refuses(check):
    try:
        check()
    except Exception:  # whatever it calls its refusal
        return True
    return False


def main():
    log, note_key, public_key, envelopes = sys.argv[1:5]
    earlier = sys.argv[5] if len(sys.argv) > 5 else None

    pem = pathlib.Path(public_key).read_bytes()
    opened = 0
    for line in pathlib.Path(envelopes).read_text().splitlines():
        data = json.loads(line)
        keyid = data["signatures"][0]["keyid"]
        key = SSlibKey.from_crypto(load_pem_public_key(pem), keyid=keyid)
        envelope = Envelope.from_dict(json.loads(line))
        envelope.verify([key], 1)
        # The name of a key is SHA-256 over its SubjectPublicKeyInfo.
        spki = load_pem_public_key(pem).public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
        assert keyid == hashlib.sha256(spki).hexdigest(), keyid
        statement = Statement.copy_from_pb(Parse(envelope.payload, statement_pb2.Statement()))
        statement.validate()
        names = [subject.name for subject in statement.pb.subject]
        assert names[:2] == ["audio", "image"], names
        envelope.payload = envelope.payload.replace(b'"person":"', b'"person":"x')
        assert refuses(lambda: envelope.verify([key], 1)), "a changed payload is verified"
        opened += 1

    reader = TilesReader(Folder(log))
    checkpoint = reader.get_checkpoint()
    key = Vkey.from_string(note_key)
    assert key.serialize() == note_key, "another form of the key"
    checkpoint.verify(key)
    larger = Checkpoint(checkpoint.origin, checkpoint.size + 1, checkpoint.root_hash, checkpoint.signatures)
    assert refuses(lambda: larger.verify(key)), "a changed checkpoint is verified"
    assert reader.calculate_root_hash() == checkpoint.root_hash, "another root"
    included = 0
    for index in range(checkpoint.size):
        leaf = hashlib.sha256(b"\0" + reader.get_entry(index)).digest()
        proof = reader.get_inclusion_proof(index, checkpoint.size)
        proof.check(leaf, checkpoint.root_hash)
        other = hashlib.sha256(b"\0other").digest()
        assert refuses(lambda: proof.check(other, checkpoint.root_hash)), "another entry is included"
        included += 1
    consistent = None
    if earlier:
        old = Checkpoint.from_text(pathlib.Path(earlier).read_text())
        proof = reader.get_consistency_proof(old.size, checkpoint.size)
        proof.check(old.root_hash, checkpoint.root_hash)
        assert refuses(lambda: proof.check(bytes(32), checkpoint.root_hash)), "another log is continued"
        consistent = old.size
    ours = 0
    for line in sys.stdin:
        # Proofs that our program wrote.
        shown = json.loads(line)
        path = [bytes.fromhex(digits) for digits in shown["inclusion"]]
        leaf = hashlib.sha256(b"\0" + reader.get_entry(shown["leaf"])).digest()
        InclusionProof(shown["leaf"], shown["size"], path).check(leaf, bytes.fromhex(shown["root"]))
        ours += 1
    print(json.dumps({"envelopes": opened, "included": included, "consistent": consistent, "our_proofs": ours}))


if __name__ == "__main__":
    main()
