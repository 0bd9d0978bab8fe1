"""Shows the test vectors to the second verifier: each must be taken or refused as it says. Prints one JSON document."""

import base64
import json
import os
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "..", "second"))
import verify_bundle as v  # noqa: E402

FOLDER = sys.argv[1]
CHECKED, FAULTS = {}, []


def vectors(name):
    with open(os.path.join(FOLDER, name), encoding="utf-8") as file:
        return json.load(file)


def expect(group, name, is_good, check):
    CHECKED[group] = CHECKED.get(group, 0) + 1
    try:
        check()
        holds = True
    except v.Wrong:
        holds = False
    if holds != is_good:
        FAULTS.append([group, name, "taken" if holds else "refused"])


def decoded(texts):
    return [base64.b64decode(text) for text in texts or []]


def inclusion(case, leaf, root):
    index, size, proof = case["leafIdx"], case["treeSize"], decoded(case["proof"])
    if not 0 <= index < size or any(len(one) != 32 for one in [leaf, *proof]):
        raise v.Wrong("no such leaf")
    if v.root_by_inclusion(index, size, leaf, proof) != root:
        raise v.Wrong("another root")


def consistency(size1, size2, root1, root2, proof):
    v.check_consistency(v.Head("", size1, root1), v.Head("", size2, root2), proof)


def note(case):
    v.parse_note(case["note"])
    keys = [v.Key(text) for text in case["vkeys"]]
    _, lines = v.parse_note(case["note"])
    known = [key for key in keys if any((name, key_id) == (key.name, key.id) for name, key_id, _ in lines)]
    if not known or len({(key.name, key.id) for key in keys}) < len(keys):
        raise v.Wrong("no known key, or two that cannot be told apart")
    for key in known:
        v.open_note(case["note"], key)


def signature(group, case):
    if not v.is_signed(bytes.fromhex(group["publicKey"]["pk"]), bytes.fromhex(case["msg"]), bytes.fromhex(case["sig"])):
        raise v.Wrong("not signed")


def stamp(files, name):
    fact = {"authority": "a", "request": files["cp.tsq"]["base64"], "response": files[name]["base64"]}
    text = files["cp.txt"]["utf8"] if "utf8" in files["cp.txt"] else base64.b64decode(files["cp.txt"]["base64"]).decode()
    line = v.Line(0, v.STAMPED, fact, text, v.Head("", 0, b""))
    v.check_stamp(line, v.Trust(roots=files["ca.pem"]["utf8"]))


def leaf(case):
    data = case["objectUtf8"].encode()
    r = bytes.fromhex(case["object_r"])
    made = v.sha256(b"evenkeel/object/v1\0" + r + v.u64be(len(data)) + v.sha256(data)).hex()
    tag = v.stream_tag(bytes.fromhex(case["Ktag_hex"]), 1)
    kind, found, commit = v.leaf_parts(bytes.fromhex(case["leafHex"]))
    same = (kind, found, commit.hex(), made) == ("record", tag, case["commitment"], case["objectCommitment"])
    if not same or v.leaf_hash(bytes.fromhex(case["leafHex"])).hex() != case["leafHash"]:
        raise v.Wrong("another leaf")


for one in vectors("rfc6962-inclusion.json")["cases"]:
    given = base64.b64decode(one["leafHash"] or ""), base64.b64decode(one["root"] or "")
    expect("inclusion", one["file"], not one["wantErr"], lambda: inclusion(one, *given))
for one in vectors("rfc6962-consistency.json")["cases"]:
    roots = [base64.b64decode(one[name] or "") for name in ("root1", "root2")]
    proof = decoded(one["proof"])
    check = lambda: consistency(one["size1"], one["size2"], *roots, proof)  # noqa: E731
    expect("consistency", one["file"], not one["wantErr"], check)

log = vectors("go-tlog-1300.json")
leaves = [v.leaf_hash(f"entry {i}".encode()) for i in range(1300)]


def roots_of(sizes):
    """Of entries that are no leaves of ours: from their hashes, by the recursive definition."""

    def root(start, end):
        if end - start == 1:
            return leaves[start]
        half = v.split_of(end - start)
        return v.node_hash(root(start, start + half), root(start + half, end))

    return {size: root(0, size) for size in sizes}


for one in log["inclusion"]:
    size, index = one["Size"], one["Index"]
    claim = {"leafIdx": index, "treeSize": size, "proof": one["Proof"]}
    expect("inclusion, 1,300 leaves", [size, index], True, lambda: inclusion(claim, leaves[index], roots_of([size])[size]))
for one in log["consistency"]:
    sizes = one["Size1"], one["Size2"]
    roots = roots_of(sizes)
    proof = decoded(one["Proof"])
    check = lambda: consistency(*sizes, roots[sizes[0]], roots[sizes[1]], proof)  # noqa: E731
    expect("consistency, 1,300 leaves", sizes, True, check)

for one in vectors("signed-notes.json")["cases"]:
    expect("notes", one["name"], one["ok"], lambda: note(one))
for one in vectors("signed-notes.json")["badVkeys"]:
    expect("keys", one, False, lambda: v.Key(one))
for group in vectors("wycheproof-ed25519_test.json")["testGroups"]:
    for one in group["tests"]:
        if one["msg"] == "":
            continue  # No note is empty, and openssl reads no empty file.
        expect("ed25519", one["tcId"], one["result"] == "valid", lambda: signature(group, one))
local = vectors("rfc3161-local-tsa.json")
for name, wanted in local["expect"].items():
    expect("stamps", name, wanted["ok"], lambda: stamp(local["files"], name))
expect("leaf", "worked", True, lambda: leaf(vectors("leaf-proposal.json")))

print(json.dumps({"checked": CHECKED, "faults": FAULTS}))
