#!/usr/bin/env python3
"""Verifies an evidence bundle (evenkeel-bundle/1), a second time and in another way.

Written from docs/reference/bundle-format.md alone; the numbers in comments are its sections. It needs Python 3.9 or
newer, nothing but its standard library, and the program openssl (3.0 or newer) for signatures. No network.

    verify_bundle.py FILE.zip [--log-key VKEY]... [--head FILE]... [--tsa-roots FILE] [--policy FILE] [--json]
    verify_bundle.py --lines      {"path", "logKeys"?, "heads"?, "tsaRoots"?, "policy"?} a line, a report a line

Exit codes: 0 nothing that is present fails, 1 something does, 2 there is no verdict.
"""

import argparse
import base64
import binascii
import datetime
import hashlib
import hmac
import json
import mmap
import os
import re
import struct
import subprocess
import sys
import tempfile
import unicodedata
import zlib

FORMAT = "evenkeel-bundle/1"
OPENSSL = os.environ.get("OPENSSL", "openssl")
MOST_COUNT = 2**53 - 1
LEAF = 69
SEAL = ("seal/opening.json", "seal/proof.tlog-proof", "seal/checkpoint", "seal/consistency")
UNLISTED = ("manifest.json", *SEAL, "SHA256SUMS")
REQUIRED = ("README.txt", "chronology.pdf", "keys/log.vkey", "keys/streams.json", "log/checkpoint", "log/leaves.bin")


class NoVerdict(Exception):
    """The file cannot be looked at as a bundle; `code` says why."""

    def __init__(self, code, message):
        super().__init__(message)
        self.code = code


class Wrong(Exception):
    """A check that does not hold. Without a code it takes that of the place where it is caught."""

    def __init__(self, message, code=None):
        super().__init__(message)
        self.code = code


class Findings:
    def __init__(self):
        self.failures = []
        self.paths = set()

    def fail(self, path, code, message):
        self.failures.append({"path": path, "code": code, "message": message})
        self.paths.add(path)

    def attempt(self, path, code, check, *given):
        """What the check gives; None where it does not hold, which is a finding then."""
        try:
            return check(*given)
        except Wrong as wrong:
            self.fail(path, wrong.code or code, str(wrong))
            return None

    def attempt_as(self, path, code, check, *given):
        """The same, where everything that can be wrong has one code."""
        try:
            return check(*given)
        except Wrong as wrong:
            self.fail(path, code, str(wrong))
            return None


# ---- bytes and texts ------------------------------------------------------------------------------------------------


def sha256(data):
    return hashlib.sha256(data).digest()


def u64be(number):
    return struct.pack(">Q", number)


def from_base64(text):
    """Canonical base64, or Wrong."""
    try:
        data = base64.b64decode(text.encode("ascii"), validate=True)
    except (UnicodeEncodeError, binascii.Error, ValueError):
        raise Wrong("This is not base64.", "malformed") from None
    if base64.b64encode(data).decode() != text:
        raise Wrong("This base64 is not canonical.", "malformed")
    return data


def as_utf8(text):
    """The bytes of a text; one with half a surrogate pair has none."""
    try:
        return text.encode("utf-8")
    except UnicodeEncodeError:
        raise Wrong("The text is not well-formed Unicode.") from None


def utf16_length(text):
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def is_control(character):
    return character < " " or "\x7f" <= character <= "\x9f"


# ---- 2. the container -----------------------------------------------------------------------------------------------

FULL16, FULL32 = 0xFFFF, 0xFFFFFFFF
MOST_TABLE, MOST_LEAVES, MOST_FILE, MOST_KEPT = 2**28, 2**30, 2**28, 2**31
DIRECTION_MARKS = re.compile("[\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]")
DEVICE = re.compile("(?:con|prn|aux|nul|com[0-9\u00b9\u00b2\u00b3]|lpt[0-9\u00b9\u00b2\u00b3])(?:\\.|$)", re.I | re.A)


class Container(Exception):
    """The zip is not as it must be; `path` is the entry at fault, or the empty text."""

    def __init__(self, message, path=""):
        super().__init__(message)
        self.path = path


class Entry:
    def __init__(self, path, size, crc, offset):
        self.path, self.size, self.crc, self.offset = path, size, crc, offset
        self.name = path.encode("utf-8")

    def local_header(self):
        extra = struct.pack("<HHQQ", 1, 16, self.size, self.size) if self.size >= FULL32 else b""
        size = min(self.size, FULL32)
        fields = (b"PK\3\4", 45 if extra else 20, 0x0800, 0, 0, 0x0021, self.crc, size, size)
        return struct.pack("<4sHHHHHIIIHH", *fields, len(self.name), len(extra)) + self.name + extra

    def table_line(self):
        wide = [self.size, self.size] if self.size >= FULL32 else []
        wide += [self.offset] if self.offset >= FULL32 else []
        extra = struct.pack(f"<HH{len(wide)}Q", 1, 8 * len(wide), *wide) if wide else b""
        version, size = 45 if wide else 20, min(self.size, FULL32)
        fields = (b"PK\1\2", 0x0300 | version, version, 0x0800, 0, 0, 0x0021, self.crc, size, size)
        ends = (len(self.name), len(extra), 0, 0, 0, 0x81A40000, min(self.offset, FULL32))
        return struct.pack("<4sHHHHHHIIIHHHHHII", *fields, *ends) + self.name + extra


def end_of_zip(count, table_at, table_size):
    small = (min(count, FULL16), min(count, FULL16), min(table_size, FULL32), min(table_at, FULL32))
    end = struct.pack("<4sHHHHIIH", b"PK\5\6", 0, 0, *small, 0)
    if count < FULL16 and table_at < FULL32 and table_size < FULL32:
        return end
    record = struct.pack("<4sQHHIIQQQQ", b"PK\6\6", 44, 0x032D, 45, 0, 0, count, count, table_size, table_at)
    return record + struct.pack("<4sIQI", b"PK\6\7", 0, table_at + table_size, 1) + end


def read_end(data):
    """Number of entries, and where their table lies."""
    size = len(data)
    if size < 22 or data[size - 22 : size - 18] != b"PK\5\6":
        if data[:4] != b"PK\3\4":
            raise NoVerdict("not-a-zip", "This file is not a zip.")
        if data.rfind(b"PK\5\6", max(0, size - 70_000), max(0, size - 18)) >= 0:
            raise Container("Something was added after the end of the zip.")
        raise NoVerdict("truncated-zip", "The zip is cut off: its table of contents is missing.")
    record = size - 22 - 20 - 56
    if record >= 0 and data[record : record + 4] == b"PK\6\6":
        count, table_size, table_at = struct.unpack("<QQQ", data[record + 32 : record + 56])
        length = 98
    else:
        count, table_size, table_at = struct.unpack("<HII", data[size - 12 : size - 2])
        length = 22
    if table_at + table_size != size - length:
        raise Container("The table of contents does not lie where the end of the zip says.")
    if table_size > MOST_TABLE:
        raise Container("The table of contents is too large.")
    return count, table_at, table_size


def read_table(table, count):
    entries, at = [], 0
    while at < len(table):
        if at + 46 > len(table) or table[at : at + 4] != b"PK\1\2":
            raise Container("The table of contents cannot be read.")
        name_size, extra_size, comment_size = struct.unpack("<HHH", table[at + 28 : at + 34])
        line = table[at : at + 46 + name_size + extra_size]
        entries.append(read_line(line, name_size))
        at += len(line) + comment_size
    if len(entries) != count:
        raise Container("The zip holds another number of files.")
    return entries


def read_line(line, name_size):
    try:
        path = line[46 : 46 + name_size].decode("utf-8")
    except UnicodeDecodeError:
        raise Container("The name of a file is not UTF-8.") from None
    flags, method = struct.unpack("<HH", line[8:12])
    if flags & 0x2041 or method:
        raise NoVerdict("repacked-zip", "The zip was packed again: an entry is compressed or encrypted.")
    crc, _, size = struct.unpack("<III", line[16:28])
    (offset,) = struct.unpack("<I", line[42:46])
    extra = line[46 + name_size :]
    wide = [struct.unpack("<Q", extra[i : i + 8])[0] for i in range(4, len(extra) - 7, 8)]
    if size == FULL32 and wide:
        size = wide[0]
    if offset == FULL32 and wide:
        offset = wide[-1]
    entry = Entry(path, size, crc, offset)
    if entry.table_line() != line:
        raise Container("An entry of the table of contents is not as it must be.", path)
    return entry


def check_paths(entries):
    files, folders = set(), set()
    for entry in entries:
        check_path(entry.path)
        folded = unicodedata.normalize("NFC", entry.path).lower()
        parts = folded.split("/")
        above = ["/".join(parts[:i]) for i in range(1, len(parts))]
        if folded in files or folded in folders or any(folder in files for folder in above):
            raise Container("A path is there twice.", entry.path)
        files.add(folded)
        folders.update(above)


def check_path(path):
    wrong = path == "" or utf16_length(path) > 1000 or any(map(is_control, path))
    wrong = wrong or DIRECTION_MARKS.search(path) or re.search(r'[\\:*?"<>|]', path)
    for part in path.split("/"):
        wrong = wrong or part in ("", ".", "..") or part[-1] in ". " or DEVICE.match(part)
    if wrong:
        raise Container("A path is refused.")


def check_layout(entries, table_at):
    at = 0
    for entry in entries:
        if entry.offset != at:
            raise Container("Files overlap, or bytes lie between them.", entry.path)
        at += len(entry.local_header()) + entry.size
    if at != table_at:
        raise Container("Bytes between the last file and the table, or one inside the other.")


def open_zip(data):
    count, table_at, table_size = read_end(data)
    entries = read_table(data[table_at : table_at + table_size], count)
    check_paths(entries)
    check_layout(entries, table_at)
    if data[table_at + table_size :] != end_of_zip(len(entries), table_at, table_size):
        raise Container("The end of the zip is not as it must be.")
    return entries


class Files:
    """The files as they are, whatever the manifest says of them: path → (size, SHA-256 in hex), in order."""

    def __init__(self):
        self.all, self.texts, self.leaves = {}, {}, b""

    def text(self, path):
        return self.texts.get(path)


EVIDENCE = re.compile(r"(?:manifest\.json|SHA256SUMS|(?:openings|proofs|keys|log|seal)/.+)\Z")


def read_files(data, findings):
    try:
        entries = open_zip(data)
    except Container as wrong:
        findings.fail(wrong.path, "unsafe-container", str(wrong))
        return None
    files, kept = Files(), 0
    for entry in entries:
        path = entry.path
        header = entry.local_header()
        if data[entry.offset : entry.offset + len(header)] != header:
            findings.fail(path, "changed-header", f"The header of {path} was changed.")
            continue
        start = entry.offset + len(header)
        digest, crc = digest_of(data, start, entry.size)
        keep = EVIDENCE.match(path) is not None
        most = min(MOST_LEAVES if path == "log/leaves.bin" else MOST_FILE, MOST_KEPT - kept)
        if keep and entry.size > most:
            findings.fail(path, "too-large", f"{path} is too large to be read.")
            keep = False
        if crc != entry.crc:
            findings.fail(path, "changed-bytes", f"The bytes of {path} were changed.")
        files.all[path] = (entry.size, digest)
        if keep:
            kept += entry.size
            keep_file(files, path, data[start : start + entry.size], findings)
    return files


def digest_of(data, start, size):
    running, crc = hashlib.sha256(), 0
    for at in range(start, start + size, 1 << 20):
        piece = data[at : min(at + (1 << 20), start + size)]
        running.update(piece)
        crc = zlib.crc32(piece, crc)
    return running.hexdigest(), crc


def keep_file(files, path, content, findings):
    if path == "log/leaves.bin":
        files.leaves = content
        return
    try:
        files.texts[path] = content.decode("utf-8")
    except UnicodeDecodeError:
        if path not in findings.paths:
            findings.fail(path, "malformed", f"{path} is not UTF-8.")


# ---- 3. the one spelling of JSON ------------------------------------------------------------------------------------

STRING = re.compile(r'"(?:[^"\\\x00-\x1f]|\\["\\bfnrt]|\\u[0-9a-f]{4})*"')
NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:e[+-][0-9]+)?")
ESCAPE = re.compile(r"\\u([0-9a-f]{4})")
SHORT = {"0008", "0009", "000a", "000c", "000d"}
MOST_DEPTH = 100


class Json:
    """Reads JSON in its one spelling; every other is refused while it is read."""

    def __init__(self, text, is_compact):
        self.text, self.at, self.is_compact = text, 0, is_compact

    def whole(self):
        value = self.value(0)
        self.expect("" if self.is_compact else "\n")
        if self.at != len(self.text):
            refuse_spelling()
        return value

    def expect(self, wanted):
        if not self.text.startswith(wanted, self.at):
            refuse_spelling()
        self.at += len(wanted)

    def line(self, depth):
        self.expect("" if self.is_compact else "\n" + "  " * depth)

    def value(self, depth):
        first = self.text[self.at : self.at + 1]
        if first == '"':
            return self.string()
        if first in ("{", "["):
            if depth == MOST_DEPTH:
                raise Wrong("The JSON is nested too deeply.", "malformed")
            return self.object(depth + 1) if first == "{" else self.array(depth + 1)
        for word, value in (("true", True), ("false", False), ("null", None)):
            if self.text.startswith(word, self.at):
                self.at += len(word)
                return value
        return self.number()

    def object(self, depth):
        self.at += 1
        found, last_index, has_words = {}, -1, False
        if self.text.startswith("}", self.at):
            self.at += 1
            return found
        while True:
            self.line(depth)
            key = self.string()
            index = array_index(key)
            if key in found or (index is not None and (has_words or index <= last_index)):
                refuse_spelling()
            if index is None:
                has_words = True
            else:
                last_index = index
            self.expect(":" if self.is_compact else ": ")
            found[key] = self.value(depth)
            if self.has_comma():
                self.at += 1
                continue
            self.line(depth - 1)
            self.expect("}")
            return found

    def array(self, depth):
        self.at += 1
        found = []
        if self.text.startswith("]", self.at):
            self.at += 1
            return found
        while True:
            self.line(depth)
            found.append(self.value(depth))
            if self.has_comma():
                self.at += 1
                continue
            self.line(depth - 1)
            self.expect("]")
            return found

    def has_comma(self):
        return self.text.startswith(",", self.at)

    def string(self):
        match = STRING.match(self.text, self.at)
        if match is None:
            refuse_spelling()
        self.at = match.end()
        token = match.group()
        if "\\" not in token:
            return token[1:-1]
        if "\\u" in token:
            check_escapes(token)
        return json.loads(token)

    def number(self):
        match = NUMBER.match(self.text, self.at)
        if match is None:
            refuse_spelling()
        self.at = match.end()
        token = match.group()
        if token.isdigit() and len(token) < 16:
            return int(token)
        value = float(token)
        if ecma_number(value) != token:
            refuse_spelling()
        return int(token) if re.fullmatch(r"-?[0-9]+", token) else value


def refuse_spelling():
    raise Wrong("The JSON is not in its one spelling.", "malformed")


def array_index(key):
    if re.fullmatch(r"0|[1-9][0-9]{0,9}", key) and int(key) <= 4294967294:
        return int(key)
    return None


def check_escapes(token):
    """Escapes by number are for control characters without a shorter one, and for surrogates that are no pair."""
    after_high = -1
    for match in re.finditer(r"\\(?:u([0-9a-f]{4})|.)", token):
        digits = match.group(1)
        if digits is None:
            continue
        code = int(digits, 16)
        if digits in SHORT or not (code < 0x20 or 0xD800 <= code <= 0xDFFF):
            refuse_spelling()
        if 0xDC00 <= code and match.start() == after_high:
            refuse_spelling()
        after_high = match.end() if 0xD800 <= code <= 0xDBFF else -1


def ecma_number(value):
    """A double as ECMAScript's Number::toString writes it."""
    if value != value or value in (float("inf"), float("-inf")):
        return ""
    if value == 0:
        return "0"
    sign = "-" if value < 0 else ""
    mantissa, _, exponent = repr(abs(value)).partition("e")
    whole, _, fraction = mantissa.partition(".")
    fraction = "" if fraction == "0" else fraction
    digits = (whole + fraction).lstrip("0")
    point = len(whole) + int(exponent or 0) - (len(whole + fraction) - len(digits))
    digits = digits.rstrip("0")
    if len(digits) <= point <= 21:
        return sign + digits + "0" * (point - len(digits))
    if 0 < point <= 21:
        return sign + digits[:point] + "." + digits[point:]
    if -6 < point <= 0:
        return sign + "0." + "0" * -point + digits
    power = f"e{'+' if point > 0 else '-'}{abs(point - 1)}"
    return sign + digits[0] + ("." + digits[1:] if len(digits) > 1 else "") + power


def read_json(text):
    value = Json(text, False).whole()
    return fields(value)


def malformed(message):
    raise Wrong(message, "malformed")


def fields(value):
    return value if isinstance(value, dict) else malformed("An object is missing.")


def text_in(source, name):
    value = source.get(name)
    return value if isinstance(value, str) else malformed(f'"{name}" is not a text.')


def count_in(source, name):
    value = source.get(name)
    is_count = type(value) is int and 0 <= value <= MOST_COUNT
    return value if is_count else malformed(f'"{name}" is not a count.')


def is_hash(value):
    return isinstance(value, str) and re.fullmatch("[0-9a-f]{64}", value) is not None


def hash_in(source, name):
    value = source.get(name)
    return value if is_hash(value) else malformed(f'"{name}" is not 32 bytes in hexadecimal.')


def list_in(source, name, read):
    value = source.get(name)
    if not isinstance(value, list):
        malformed(f'"{name}" is not a list.')
    return [read(fields(item)) for item in value]


def null_or(source, name, read):
    return None if name in source and source[name] is None else read(source, name)


# ---- 4. the manifest, and the files ---------------------------------------------------------------------------------

SHAPES = {
    "exhibits": {"bates": text_in, "path": text_in, "mediaType": text_in, "sizeBytes": count_in, "sha256": hash_in,
                 "index": count_in, "object": hash_in},
    "withheld": {"index": count_in, "reason": text_in},
    "erased": {"index": count_in},
    "streams": {"name": text_in, "count": count_in},
    "files": {"path": text_in, "sizeBytes": count_in, "sha256": text_in},
}  # fmt: skip
DOCUMENTS = r"gaps\.csv|privilege-log\.csv|certificate-902\.txt|policy\.txt|verify\.html|renditions/.+\.pdf"
TIME = r"time/[0-9]+\.(?:tsq|tsr|checkpoint|crl|ocsp|pem|ots|header)"
KNOWN = re.compile(
    rf"(?:chronology-[1-9][0-9]*\.pdf|exhibits/.+|openings/[0-9]+\.json|proofs/[0-9]+\.tlog-proof|{TIME}|{DOCUMENTS})\Z"
)


def read_manifest(files, findings):
    if all(path not in files.all and path not in findings.paths for path in UNLISTED):
        raise NoVerdict("not-a-bundle", "This is not an evidence bundle: it has no manifest.")
    text = files.text("manifest.json")
    if text is None:
        return None
    check_format(text)
    return findings.attempt("manifest.json", "malformed", shape_manifest, text)


def check_format(text):
    """Before the spelling: a newer format may be spelled otherwise."""
    try:
        value = json.loads(text, parse_int=float, parse_constant=refuse_constant)
    except (ValueError, RecursionError):
        return
    name = value.get("format") if isinstance(value, dict) else None
    if not isinstance(name, str) or name == FORMAT:
        return
    if re.fullmatch("evenkeel-bundle/[1-9][0-9]*", name):
        raise NoVerdict("newer-format", f"This bundle is of format {name}; this program reads {FORMAT}.")
    raise NoVerdict("unknown-format", "This is no bundle format.")


def refuse_constant(_):
    raise ValueError


def shape_manifest(text):
    source = read_json(text)
    manifest = {name: text_in(source, name) for name in ("format", "createdAt", "origin", "vkey", "zone", "party")}
    period = fields(source.get("period"))
    manifest["period"] = [null_or(period, name, text_in) for name in ("from", "to")]
    counts = fields(source.get("counts"))
    names = ("exhibits", "openings", "withheld", "erased", "leaves")
    manifest["counts"] = {name: count_in(counts, name) for name in names}
    for name, shape in SHAPES.items():
        manifest[name] = list_in(source, name, shaped(shape))
    return manifest


def shaped(shape):
    return lambda item: {key: read(item, key) for key, read in shape.items()}


def check_files(files, manifest, findings):
    for path in (*UNLISTED, *REQUIRED):
        require_file(files, path, findings)
    if manifest is not None:
        check_listed(files, manifest, findings)
    check_sums(files, manifest, findings)


def require_file(files, path, findings):
    if path not in files.all and path not in findings.paths:
        findings.fail(path, "missing-file", f"{path} is missing.")


def check_listed(files, manifest, findings):
    if not is_counted(manifest):
        findings.fail("manifest.json", "malformed", "Its counts are not those of what it lists.")
    listed = set()
    for item in manifest["files"]:
        path = item["path"]
        if path in listed:
            findings.fail("manifest.json", "malformed", f"It lists {path} twice.")
        listed.add(path)
        require_file(files, path, findings)
        found = files.all.get(path)
        if found is not None and path not in findings.paths and found != (item["sizeBytes"], item["sha256"]):
            findings.fail(path, "changed-bytes", f"{path} is not the file that the manifest lists.")
    for path in files.all:
        belongs = path in UNLISTED or (path in listed and (path in REQUIRED or KNOWN.match(path)))
        if not belongs:
            findings.fail(path, "unlisted-file", f"{path} does not belong to this bundle.")


def is_counted(manifest):
    counts = manifest["counts"]
    openings = sum(re.fullmatch(r"openings/[0-9]+\.json", item["path"]) is not None for item in manifest["files"])
    leaves = next((item["sizeBytes"] for item in manifest["files"] if item["path"] == "log/leaves.bin"), 0)
    lists = all(counts[name] == len(manifest[name]) for name in ("exhibits", "withheld", "erased"))
    return lists and counts["openings"] == openings and counts["leaves"] * LEAF == leaves


def check_sums(files, manifest, findings):
    text = files.text("SHA256SUMS")
    right = "".join(f"{digest}  {path}\n" for path, (_, digest) in files.all.items() if path != "SHA256SUMS")
    if text is None or "SHA256SUMS" in findings.paths or text == right:
        return
    listed = {} if manifest is None else {item["path"]: item["sha256"] for item in manifest["files"]}
    if not all(is_right_sum(line, files, listed) for line in text.split("\n") if line != ""):
        findings.fail("SHA256SUMS", "wrong-sum", "It has a wrong line.")
    elif not findings.failures:
        findings.fail("SHA256SUMS", "wrong-sum", "It is not in order or not complete.")


def is_right_sum(line, files, listed):
    match = re.fullmatch("([0-9a-f]{64})  ([^\r\u2028\u2029]+)", line)
    if match is None:
        return False
    digest, path = match.groups()
    found = files.all.get(path)
    if found is None and path in UNLISTED:
        return True
    return digest == listed.get(path) or (found is not None and digest == found[1])


# ---- 5. keys, notes, checkpoints ------------------------------------------------------------------------------------

SPACES = re.compile("[\\s\ufeff]")
ED25519_DER = bytes.fromhex("302a300506032b6570032100")
LOG_KEY, WITNESS_KEY = 1, 4


class Key:
    """name+id+base64(type ‖ public key)"""

    def __init__(self, text):
        match = re.fullmatch(r"([^+]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/]+={0,2})", text)
        if match is None:
            raise Wrong("The key is not name+id+key.")
        self.text, self.name = text, match.group(1)
        check_key_name(self.name)
        typed = from_base64(match.group(3))
        self.type, self.public = typed[0], typed[1:]
        if self.type not in (LOG_KEY, WITNESS_KEY) or len(self.public) != 32:
            raise Wrong("The key is of a kind that is not known.")
        self.id = sha256(as_utf8(self.name) + b"\n" + typed)[:4]
        if self.id.hex() != match.group(2):
            raise Wrong("The key's id belongs to another name or key.")


def check_key_name(name):
    as_utf8(name)
    if name == "" or "+" in name or SPACES.search(name) or any(map(is_control, name)):
        raise Wrong("The name of a key is not allowed.")


KNOWN_SIGNATURES = {}


def is_signed(public, message, signature):
    """Ed25519, by openssl; each question is asked once."""
    if len(signature) != 64:
        return False
    question = (public, sha256(message), signature)
    if question not in KNOWN_SIGNATURES:
        with tempfile.TemporaryDirectory() as folder:
            given = {"key": ED25519_DER + public, "message": message, "signature": signature}
            paths = {name: write(folder, name, data) for name, data in given.items()}
            words = ["pkeyutl", "-verify", "-pubin", "-keyform", "DER", "-inkey", paths["key"], "-rawin"]
            status = openssl(*words, "-in", paths["message"], "-sigfile", paths["signature"])
        KNOWN_SIGNATURES[question] = status == 0
    return KNOWN_SIGNATURES[question]


def write(folder, name, data):
    path = os.path.join(folder, name)
    with open(path, "wb") as file:
        file.write(data)
    return path


def openssl(*words):
    try:
        return subprocess.run([OPENSSL, *words], stdin=subprocess.DEVNULL, capture_output=True, check=False).returncode
    except FileNotFoundError:
        raise NoVerdict("no-openssl", "The program openssl is not here, and signatures need it.") from None


def parse_note(note):
    """Text, and (name, id, signature) of each line; nothing is checked yet."""
    as_utf8(note)
    if utf16_length(note) > 1_000_000 or re.search("[\x00-\x09\x0b-\x1f]", note):
        raise Wrong("The note is too long, or holds a control character.")
    split = note.rfind("\n\n")
    if split < 0 or not note.endswith("\n"):
        raise Wrong("Text and signatures are not divided by an empty line.")
    lines = note[split + 2 : -1].split("\n")
    if len(lines) > 100:
        raise Wrong("The note has too many signatures.")
    return note[: split + 1], [parse_signature(line) for line in lines]


def parse_signature(line):
    match = re.fullmatch("\u2014 ([^ \n]+) ([A-Za-z0-9+/]+={0,2})", line)
    if match is None:
        raise Wrong("A signature line is not as it must be.")
    check_key_name(match.group(1))
    data = from_base64(match.group(2))
    if len(data) < 5:
        raise Wrong("A signature is too short.")
    return match.group(1), data[:4], data[4:]


def open_note(note, key, verify=None):
    """The text of a note that the key signed. Every line by that key must hold."""
    text, lines = parse_note(note)
    check = verify or (lambda message, signature: is_signed(key.public, message, signature))
    mine = [signature for name, key_id, signature in lines if (name, key_id) == (key.name, key.id)]
    if not all(check(text.encode(), signature) for signature in mine):
        raise Wrong("The signature does not hold.")
    if not mine:
        raise Wrong("The note bears no signature of this key.")
    return text, mine


class Head:
    def __init__(self, origin, size, root):
        self.origin, self.size, self.root = origin, size, root


def open_checkpoint(note, vkey):
    key = Key(vkey)
    if key.type != LOG_KEY:
        raise Wrong("The key is not one of a log.")
    text, _ = open_note(note, key)
    lines = text.split("\n")
    if len(lines) != 4 or lines[3] != "":
        raise Wrong("The checkpoint has not three lines.")
    origin, size, root = lines[0], lines[1], from_base64(lines[2])
    if any(map(is_control, origin)) or origin != key.name:
        raise Wrong("The checkpoint is of another log.")
    if not re.fullmatch("0|[1-9][0-9]{0,15}", size) or int(size) > MOST_COUNT or len(root) != 32:
        raise Wrong("The checkpoint cannot be read.")
    return Head(origin, int(size), root)


# ---- 6. leaves and the tree -----------------------------------------------------------------------------------------

LEAF_KINDS = {1: "record", 2: "anchor", 3: "key", 5: "erasure"}


def leaf_hash(leaf):
    return sha256(b"\0" + leaf)


def node_hash(left, right):
    return sha256(b"\1" + left + right)


def leaf_parts(leaf):
    if len(leaf) != LEAF or leaf[:4] != b"EVK1" or leaf[4] not in LEAF_KINDS:
        raise Wrong("This is not a leaf.")
    return LEAF_KINDS[leaf[4]], leaf[5:37], leaf[37:]


def roots_at(leaves, sizes):
    """Roots of the log at sizes it has reached: subtrees are merged as leaves come, each hashed once."""
    wanted = sorted({size for size in sizes if size * LEAF <= len(leaves)})
    stack, roots = [], {}
    for size in range(0, (wanted[-1] if wanted else -1) + 1):
        if wanted and size == wanted[0]:
            wanted.pop(0)
            roots[size] = root_of(stack)
        at = size * LEAF
        height, node = 0, leaf_hash(leaves[at : at + LEAF])
        while stack and stack[-1][0] == height:
            node = node_hash(stack.pop()[1], node)
            height += 1
        stack.append((height, node))
    return roots


def root_of(stack):
    if not stack:
        return sha256(b"")
    root = stack[-1][1]
    for _, node in reversed(stack[:-1]):
        root = node_hash(node, root)
    return root


def split_of(size):
    """The largest power of two below the size."""
    return 1 << ((size - 1).bit_length() - 1)


def root_by_inclusion(index, size, node, proof):
    """RFC 6962 2.1.1, from the top down: the last hash of the proof is the sibling of the largest subtree."""
    if size == 1:
        if proof:
            raise Wrong("The inclusion proof is too long.")
        return node
    if not proof:
        raise Wrong("The inclusion proof is too short.")
    half = split_of(size)
    if index < half:
        return node_hash(root_by_inclusion(index, half, node, proof[:-1]), proof[-1])
    return node_hash(proof[-1], root_by_inclusion(index - half, size - half, node, proof[:-1]))


def check_consistency(before, after, proof):
    if before.size > after.size or (before.size == 0 and after.size > 0):
        raise Wrong("From this size nothing is proved.")
    if before.size == after.size:
        empty = before.size == 0 and (before.root != sha256(b"") or after.root != sha256(b""))
        if proof or before.root != after.root or empty:
            raise Wrong("Two heads of one size are not the same.")
        return
    if any(len(node) != 32 for node in proof):
        raise Wrong("A hash is not 32 bytes long.")
    older, newer = grow(before.size, after.size, list(proof), True, before.root)
    if older != before.root or newer != after.root:
        raise Wrong("The later head does not extend the earlier one.")


def grow(size1, size2, proof, is_whole, root1):
    """RFC 6962 2.1.2, SUBPROOF backwards: what the proof makes of the old root and of the new one."""
    if size1 == size2:
        if is_whole:
            if proof:
                raise Wrong("The consistency proof is too long.")
            return root1, root1
        if len(proof) != 1:
            raise Wrong("The consistency proof has another length.")
        return proof[0], proof[0]
    if not proof:
        raise Wrong("The consistency proof is too short.")
    half, node = split_of(size2), proof[-1]
    if size1 <= half:
        older, newer = grow(size1, half, proof[:-1], is_whole, root1)
        return older, node_hash(newer, node)
    older, newer = grow(size1 - half, size2 - half, proof[:-1], False, root1)
    return node_hash(node, older), node_hash(node, newer)


class Log:
    def __init__(self, vkey, head, note, leaves):
        self.vkey, self.head, self.note, self.leaves = vkey, head, note, leaves

    def leaf(self, index):
        leaf = self.leaves[index * LEAF : (index + 1) * LEAF]
        if len(leaf) != LEAF:
            raise Wrong(f"The log of this bundle has no entry {index}.", "wrong-leaf")
        return leaf


def check_log(files, manifest, findings):
    vkey = read_key(files, manifest, findings)
    note = files.text("log/checkpoint")
    head = None
    if vkey is not None and note is not None:
        head = findings.attempt_as("log/checkpoint", "bad-checkpoint", open_checkpoint, note, vkey)
    if head is not None and manifest is not None and head.origin != manifest["origin"]:
        findings.fail("manifest.json", "malformed", "The manifest names the origin of another log.")
    if head is not None:
        findings.attempt("log/leaves.bin", "wrong-root", check_leaves, files.leaves, head)
    return Log(vkey, head, note if head is not None else None, files.leaves)


def read_key(files, manifest, findings):
    text = files.text("keys/log.vkey")
    if text is None:
        return None
    vkey = text[:-1]
    if text != vkey + "\n":
        findings.fail("keys/log.vkey", "bad-key", "The key is not one line.")
        return None
    try:
        Key(vkey)
    except Wrong as wrong:
        findings.fail("keys/log.vkey", "bad-key", str(wrong))
        return None
    if manifest is not None and manifest["vkey"] != vkey:
        findings.fail("keys/log.vkey", "bad-key", "The manifest names another key.")
    return vkey


def check_leaves(leaves, head):
    if len(leaves) != head.size * LEAF:
        raise Wrong(f"There are not {head.size} leaves of 69 bytes.")
    for at in range(0, len(leaves), LEAF):
        leaf_parts(leaves[at : at + LEAF])
    if roots_at(leaves, [head.size])[head.size] != head.root:
        raise Wrong("The leaves are not those that the checkpoint was signed for.")


# ---- 7. openings, proofs, exhibits ----------------------------------------------------------------------------------


class Scene:
    """What the checks of single entries look at."""

    def __init__(self, files, manifest, log, streams, findings):
        self.files, self.manifest, self.log, self.streams, self.findings = files, manifest, log, streams, findings
        self.keys = {stream["name"]: bytes.fromhex(stream["key"]) for stream in streams}
        self.listed = {name: {item["index"] for item in manifest[name]} for name in ("erased", "withheld")}


def read_streams(files, manifest, findings):
    text = files.text("keys/streams.json")
    if text is None:
        return []
    shape = {"name": text_in, "key": hash_in, "count": count_in}

    def read():
        return list_in(read_json(text), "streams", shaped(shape))

    streams = findings.attempt("keys/streams.json", "malformed", read) or []
    if manifest is not None and [(s["name"], s["count"]) for s in streams] != [
        (s["name"], s["count"]) for s in manifest["streams"]
    ]:
        findings.fail("keys/streams.json", "malformed", "The manifest names other streams.")
    return streams


def stream_tag(key, number):
    return hmac.digest(key, b"evenkeel/tag/v1\0" + u64be(number), "sha256")


def read_opening(source):
    opening = {name: read(source, name) for name, read in (("index", count_in), ("kind", text_in))}
    opening["envelope"] = from_base64(text_in(source, "envelope"))
    opening["r"] = hash_in(source, "r")
    opening["stream"] = text_in(source, "stream")
    opening["seq"] = null_or(source, "seq", count_in)
    opening["objects"] = list_in(source, "objects", read_object)
    return opening


def read_object(source):
    r, path = null_or(source, "r", hash_in), null_or(source, "path", text_in)
    if (r is None) != (path is None):
        malformed("An object has a salt without a file, or the reverse.")
    return {"commitment": hash_in(source, "commitment"), "r": r, "path": path}


def open_envelope(opening, leaf):
    """The envelope, if the leaf commits to it and the opening repeats it rightly."""
    data = opening["envelope"]
    commit = sha256(b"evenkeel/envelope/v1\0" + bytes.fromhex(opening["r"]) + sha256(data))
    if commit != leaf_parts(leaf)[2]:
        raise Wrong("The envelope is not the one that the log holds.", "wrong-envelope")
    try:
        envelope = fields(Json(data.decode("utf-8"), True).whole())
    except UnicodeDecodeError:
        malformed("The envelope is not UTF-8.")
    if type(envelope.get("v")) is not int or envelope["v"] != 1:
        malformed("The envelope is of another version.")
    if not isinstance(envelope.get("objects"), list) or not all(map(is_hash, envelope["objects"])):
        malformed('"objects" is not a list of hashes.')
    text_in(envelope, "kind")
    text_in(envelope, "stream")
    fields(envelope.get("fact"))
    said = [opening["kind"], opening["stream"], [one["commitment"] for one in opening["objects"]]]
    if said != [envelope["kind"], envelope["stream"], envelope["objects"]]:
        raise Wrong("The opening says other things than its envelope.", "wrong-envelope")
    return envelope


class Opened:
    def __init__(self, opening, envelope):
        self.opening, self.envelope = opening, envelope
        self.kind, self.fact = envelope["kind"], envelope["fact"]


def check_openings(scene):
    """The entries that hold, by index."""
    files, findings = scene.files, scene.findings
    exhibits = {exhibit["path"]: exhibit for exhibit in scene.manifest["exhibits"]}
    opened = {}
    for path in files.all:
        match = re.fullmatch(r"openings/(0|[1-9][0-9]*)\.json", path)
        if match is None:
            check_pair(path, scene)
            continue
        index = int(match.group(1))
        entry = findings.attempt(path, "malformed", check_opening, scene, path, index, exhibits)
        if entry is not None:
            opened[index] = entry
        findings.attempt(f"proofs/{index}.tlog-proof", "wrong-proof", check_proof, scene, index)
    check_exhibits(scene, exhibits, opened)
    return opened


def check_pair(path, scene):
    if not path.startswith(("openings/", "proofs/")):
        return
    match = re.fullmatch(r"proofs/(0|[1-9][0-9]*)\.tlog-proof", path)
    if match is None or f"openings/{match.group(1)}.json" not in scene.files.all:
        scene.findings.fail(path, "unlisted-file", f"{path} belongs to no opened entry.")


def check_opening(scene, path, index, exhibits):
    text = scene.files.text(path)
    if text is None:
        malformed("The opening cannot be read.")
    opening = read_opening(read_json(text))
    if opening["index"] != index:
        malformed("The opening is of another entry.")
    leaf = scene.log.leaf(index)
    envelope = open_envelope(opening, leaf)
    key, seq = scene.keys.get(opening["stream"]), opening["seq"]
    if (key is None) != (seq is None):
        raise Wrong("The opening has a number without a stream key, or the reverse.", "wrong-tag")
    if key is not None and stream_tag(key, seq) != leaf_parts(leaf)[1]:
        raise Wrong(f"The entry is not number {seq} of its stream.", "wrong-tag")
    for one in opening["objects"]:
        if one["path"] is not None:
            check_object(scene, exhibits.get(one["path"]), one, index)
    return Opened(opening, envelope)


def check_object(scene, exhibit, one, index):
    path = one["path"]
    if exhibit is None or exhibit["index"] != index or exhibit["object"] != one["commitment"]:
        raise Wrong(f"The manifest has {path} as the exhibit of another entry.", "wrong-object")
    found = scene.files.all.get(path)
    if found is None or path in scene.findings.paths:
        return
    size, digest = found
    salted = bytes.fromhex(one["r"]) + u64be(size) + bytes.fromhex(digest)
    if sha256(b"evenkeel/object/v1\0" + salted).hex() != one["commitment"]:
        scene.findings.fail(path, "wrong-object", f"{path} is not the file that the log holds.")


def check_exhibits(scene, exhibits, opened):
    files, findings = scene.files, scene.findings
    proven = {one["path"] for entry in opened.values() for one in entry.opening["objects"]}
    if len(exhibits) < len(scene.manifest["exhibits"]):
        findings.fail("manifest.json", "malformed", "It lists an exhibit twice.")
    for path in files.all:
        if path.startswith("exhibits/") and path not in exhibits:
            findings.fail(path, "unproven-exhibit", f"{path} is no exhibit of this bundle.")
    for exhibit in scene.manifest["exhibits"]:
        path = exhibit["path"]
        found = files.all.get(path)
        if found is None or path in findings.paths:
            continue
        if path not in proven:
            findings.fail(path, "unproven-exhibit", f"No opened entry proves {path}.")
        elif found != (exhibit["sizeBytes"], exhibit["sha256"]):
            findings.fail(path, "changed-bytes", f"{path} is not the exhibit that the manifest describes.")


def check_proof(scene, index):
    text = scene.files.text(f"proofs/{index}.tlog-proof")
    if text is None:
        raise Wrong("An opened entry has no proof.", "missing-file")
    if scene.log.head is not None:
        follow_proof(text, index, scene.log.leaf(index), scene.log.note, scene.log.head)


def follow_proof(text, index, leaf, note, head):
    top, divider, checkpoint = text.partition("\n\n")
    lines = top.split("\n")
    is_ours = divider and len(lines) >= 2 and lines[:2] == ["c2sp.org/tlog-proof@v1", f"index {index}"]
    if not is_ours or len(lines) > 65 or checkpoint != note:
        raise Wrong("The proof is of another entry, or leads to another checkpoint.", "wrong-proof")
    hashes = hash_list(lines[2:])
    if index >= head.size or root_by_inclusion(index, head.size, leaf_hash(leaf), hashes) != head.root:
        raise Wrong("The proof leads to another root.", "wrong-proof")


def hash_list(lines):
    try:
        hashes = [from_base64(line) for line in lines]
    except Wrong as wrong:
        raise Wrong(str(wrong)) from None
    if any(len(one) != 32 for one in hashes):
        raise Wrong("A hash is not 32 bytes long.")
    return hashes


# ---- 8. the seal ----------------------------------------------------------------------------------------------------


def check_seal(scene):
    files, findings, log = scene.files, scene.findings, scene.log
    text = files.text("seal/opening.json")
    seal = None if text is None else findings.attempt("seal/opening.json", "malformed", read_seal, text)
    if seal is not None:
        check_sealed(scene, seal)
    note = files.text("seal/checkpoint")
    if note is None or log.vkey is None:
        return
    head = findings.attempt_as("seal/checkpoint", "bad-checkpoint", open_checkpoint, note, log.vkey)
    if head is None:
        return
    if seal is not None:
        proof = files.text("seal/proof.tlog-proof")
        if proof is not None:
            given = (proof, seal["index"], bytes.fromhex(seal["leaf"]), note, head)
            findings.attempt("seal/proof.tlog-proof", "wrong-proof", follow_proof, *given)
        if log.head is not None and seal["index"] < log.head.size:
            findings.fail("seal/opening.json", "wrong-seal", "The seal is older than the head that it should seal.")
    lines = files.text("seal/consistency")
    if log.head is not None and lines is not None:
        findings.attempt("seal/consistency", "wrong-proof", check_growth, log.head, head, lines)


def read_seal(text):
    source = read_json(text)
    leaf = text_in(source, "leaf")
    if re.fullmatch("[0-9a-f]{138}", leaf) is None:
        malformed('"leaf" is not 69 bytes in hexadecimal.')
    return {**read_opening(source), "leaf": leaf}


def check_sealed(scene, seal):
    findings = scene.findings
    envelope = findings.attempt("seal/opening.json", "wrong-seal", open_envelope, seal, bytes.fromhex(seal["leaf"]))
    if envelope is None:
        return
    is_plain = seal["seq"] is None and all(one["path"] is None for one in seal["objects"])
    if envelope["kind"] != "bundle.created" or not is_plain:
        findings.fail("seal/opening.json", "wrong-seal", "The seal is not a plain line about a bundle.")
    elif scene.files.all.get("manifest.json", (0, None))[1] != envelope["fact"].get("manifest"):
        findings.fail("manifest.json", "wrong-seal", "This is not the manifest that the log has sealed.")


def check_growth(before, after, text):
    lines = text.split("\n")
    if lines.pop() != "":
        raise Wrong("The consistency proof is cut short.")
    check_consistency(before, after, hash_list(lines))


# ---- 9. streams and completeness ------------------------------------------------------------------------------------

LOOK_AHEAD = 16
RECORDING = ("interaction.recorded", "interaction.noted", "interaction.exported")


class Places:
    """Where tags and commitments lie among the leaves."""

    def __init__(self, leaves):
        self.count = len(leaves) // LEAF
        self.tags, self.commitments = {}, {}
        for index in range(self.count):
            at = index * LEAF
            self.tags.setdefault(leaves[at + 5 : at + 37], []).append(index)
            self.commitments[leaves[at + 37 : at + LEAF].hex()] = index


def account_for(scene, opened, stream, places):
    key, count = bytes.fromhex(stream["key"]), stream["count"]
    tally = {"exhibited": 0, "withheld": 0, "erased": 0, "missing": 0}
    gaps = []
    # A stream cannot have more numbers than the log has leaves: a larger count is a lie.
    most = min(count, places.count)
    for number in range(1, most + 1):
        found = places.tags.get(stream_tag(key, number), [])
        if len(found) == 1:
            account = account_for_entry(scene, opened, places, found[0])
        else:
            account = "two-leaves" if found else "no-leaf"
        if account in tally:
            tally[account] += 1
        else:
            tally["missing"] += 1
            gaps.append({"seq": number, "code": account})
    if most < count:
        gaps.append({"seq": most + 1, "code": "no-leaf"})
        tally["missing"] += count - most
    else:
        for number in range(count + 1, count + LOOK_AHEAD + 1):
            if stream_tag(key, number) in places.tags:
                gaps.append({"seq": number, "code": "beyond-the-end"})
    return {"name": stream["name"], "first": 1 if count else 0, "last": count, **tally, "gaps": gaps}


def account_for_entry(scene, opened, places, index):
    entry = opened.get(index)
    if entry is None:
        return listed_as(scene, index) or "not-opened"
    if entry.kind != "interaction.filed":
        return "exhibited"
    record = entry.fact.get("record")
    index = places.commitments.get(record) if is_hash(record) else None
    if index is None:
        return "no-exhibit"
    recorded = opened.get(index)
    if recorded is not None and recorded.kind in RECORDING:
        objects = recorded.opening["objects"]
        shown = objects and all(one["path"] is not None and one["path"] in scene.files.all for one in objects)
        if shown and same_id(recorded.fact, entry.fact):
            return "exhibited"
    return listed_as(scene, index) or "no-exhibit"


def same_id(recorded, filed):
    """Both left out is the same, too; a number or object is never the same as another."""
    mine, theirs = recorded.get("id", Ellipsis), filed.get("interaction", Ellipsis)
    return not isinstance(mine, (dict, list)) and type(mine) is type(theirs) and mine == theirs


def listed_as(scene, index):
    for account in ("erased", "withheld"):
        if index in scene.listed[account]:
            return account
    return None


def completeness_of(scene, opened):
    if scene is None or not scene.streams:
        return {"ok": None, "streams": []}
    places = Places(scene.log.leaves)
    streams = [account_for(scene, opened, stream, places) for stream in scene.streams]
    return {"ok": all(s["missing"] == 0 and not s["gaps"] for s in streams), "streams": streams}


# ---- 10. the log's earlier keys, and heads that the reader kept -----------------------------------------------------


class KnownKey:
    """A key of the log, and the entry by which it handed the log over; None for the one that signs now."""

    def __init__(self, vkey, until):
        self.key, self.until = Key(vkey), until


def check_keys(scene, opened):
    """The keys in the order in which they signed, the present one last; and the changes."""
    changes = []
    for index in sorted(opened):
        if opened[index].kind != "log.key-rotated":
            continue
        given = (scene, index, opened[index].fact)
        change = scene.findings.attempt_as(opening_path(index), "wrong-key-change", check_change, *given)
        if change is not None:
            changes.append(change)
    for change, after in zip(changes, [*changes[1:], {"from": scene.log.vkey}]):
        if change["to"] != after["from"]:
            message = "The key that it names is not the one that came after."
            scene.findings.fail(opening_path(change["index"]), "wrong-key-change", message)
    keys = [KnownKey(change["from"], change["index"]) for change in changes]
    return keys + ([] if scene.log.vkey is None else [KnownKey(scene.log.vkey, None)]), changes


def opening_path(index):
    return f"openings/{index}.json"


def check_change(scene, index, fact):
    old, new = Key(text_in(fact, "from")), Key(text_in(fact, "to"))
    if leaf_parts(scene.log.leaf(index))[0] != "key":
        raise Wrong("The line is not one about a key.")
    if old.name != new.name or old.public == new.public:
        raise Wrong("The new key is of another log, or the old one.")
    head = open_checkpoint(text_in(fact, "checkpoint"), old.text)
    root = base64.b64encode(head.root).decode()
    said = f"evenkeel log key rotation v1\n{old.text}\n{new.text}\n{head.origin}\n{head.size}\n{root}\n"
    for key in (old, new):
        if key.type != LOG_KEY or open_note(text_in(fact, "statement"), key)[0] != said:
            raise Wrong("The statement of both keys says something else.")
    if head.size > index or roots_at(scene.log.leaves, [head.size]).get(head.size) != head.root:
        raise Wrong("The last head of the old key is not one of this log.")
    return {"index": index, "from": old.text, "to": new.text}


def open_head(note, keys):
    """An earlier head, by the key that was in force then."""
    _, lines = parse_note(note)
    signers = {(name, key_id) for name, key_id, _ in lines}
    known = next((one for one in keys if (one.key.name, one.key.id) in signers), keys[-1] if keys else None)
    if known is None:
        raise Wrong("Without the key of the log its head cannot be looked at.")
    head = open_checkpoint(note, known.key.text)
    if known.until is not None and head.size > known.until:
        raise Wrong("The head was signed by a key that had handed the log over before.")
    return head


def check_heads(scene, keys, notes):
    reports = []
    for note in notes:
        head = scene.findings.attempt_as("log/checkpoint", "other-history", open_head, note, keys)
        if head is None:
            continue
        root = roots_at(scene.log.leaves, [head.size]).get(head.size)
        agrees = None if root is None else root == head.root
        if agrees is False:
            scene.findings.fail("log/checkpoint", "other-history", "The head that you kept is not one of this log.")
        reports.append({"size": head.size, "agrees": agrees})
    return reports


# ---- 11. time from outside ------------------------------------------------------------------------------------------

STAMPED, COSIGNED, IN_BLOCK = "log.anchored", "log.anchor-cosigned", "log.anchor-ots"
BESIDE = {STAMPED: "tsr", COSIGNED: "checkpoint", IN_BLOCK: "ots"}


class Line:
    """A line in which somebody outside speaks of an earlier head."""

    def __init__(self, index, kind, fact, checkpoint, head):
        self.index, self.kind, self.fact, self.checkpoint, self.head = index, kind, fact, checkpoint, head
        self.path = f"time/{index}.{BESIDE[kind]}"


def no_time():
    verdict = {"ok": None, "notLaterThan": None, "notEarlierThan": None, "anchors": [], "exhibits": []}
    return {**verdict, "cosignatures": [], "quorum": None, "blocks": [], "failures": []}


def check_time(scene, opened, keys, trust):
    findings = Findings()
    lines = []
    for index in sorted(opened):
        kind = opened[index].kind
        if kind in BESIDE:
            path = f"time/{index}.{BESIDE[kind]}"
            lines.append(findings.attempt_as(path, "wrong-stamp", open_line, scene, keys, index, opened[index]))
    lines = [line for line in lines if line is not None]
    roots = roots_at(scene.log.leaves, [line.head.size for line in lines])
    said = {STAMPED: [], COSIGNED: [], IN_BLOCK: []}
    for line in lines:
        if roots.get(line.head.size) != line.head.root:
            findings.fail(line.path, "wrong-stamp", "The head that was stamped is not one of this log.")
            continue
        report = findings.attempt_as(line.path, "wrong-stamp", CHECKS[line.kind], line, trust)
        said[line.kind] += report or []
    for path in scene.files.all:
        check_name(opened, path, findings)
    exhibits = [bounds_of(exhibit, said[STAMPED]) for exhibit in scene.manifest["exhibits"]]
    is_trusted = any(anchor["isTrusted"] for anchor in said[STAMPED])
    return {
        "ok": False if findings.failures else True if is_trusted else None,
        "notLaterThan": outer(exhibits, "notLaterThan", max),
        "notEarlierThan": outer(exhibits, "notEarlierThan", min),
        "anchors": said[STAMPED],
        "exhibits": exhibits,
        "cosignatures": said[COSIGNED],
        "quorum": quorum_of(said[COSIGNED], trust.policy, scene.manifest["exhibits"]),
        "blocks": said[IN_BLOCK],
        "failures": findings.failures,
    }


def open_line(scene, keys, index, entry):
    if leaf_parts(scene.log.leaf(index))[0] != "anchor":
        raise Wrong("The line is not one of a time-stamp.")
    checkpoint = text_in(entry.fact, "checkpoint")
    check_beside(scene, index, entry.fact)
    head = open_head(checkpoint, keys)
    if type(entry.fact.get("size")) is not int or entry.fact["size"] != head.size:
        raise Wrong("The line claims another size than its head.")
    if head.size > index:
        raise Wrong("The stamp is over a head that came after its own line.")
    return Line(index, entry.kind, entry.fact, checkpoint, head)


def bytes_in(fact, name):
    return from_base64(text_in(fact, name))


FORMS = {"tsq": "request", "tsr": "response", "ots": "proof", "checkpoint": "checkpoint"}


def check_beside(scene, index, fact):
    """The files for other programs are the bytes that the log holds."""
    for form, name in FORMS.items():
        found, value = scene.files.all.get(f"time/{index}.{form}"), fact.get(name)
        if found is None or not isinstance(value, str):
            continue
        data = as_utf8(value) if form == "checkpoint" else from_base64(value)
        if found[1] != sha256(data).hex():
            raise Wrong("The stamp beside the log is another one.")


def check_name(opened, path, findings):
    """A stamp under the number of another line would tell whoever looks at it by hand another time."""
    if not path.startswith("time/"):
        return
    match = re.fullmatch(r"time/(0|[1-9][0-9]*)\.([a-z]+)", path)
    entry = None if match is None else opened.get(int(match.group(1)))
    name = None if match is None else FORMS.get(match.group(2))
    is_about = entry is not None and (
        name is None or (entry.kind.startswith("log.anchor") and isinstance(entry.fact.get(name), str))
    )
    if not is_about:
        findings.fail(path, "unlisted-file", f"{path} belongs to no line of the log that it could be about.")


def bounds_of(exhibit, anchors):
    trusted = [anchor for anchor in anchors if anchor["isTrusted"]]
    before = [anchor["stampedAt"] for anchor in trusted if anchor["index"] < exhibit["index"]]
    after = [anchor["stampedAt"] for anchor in trusted if anchor["size"] > exhibit["index"]]
    bounds = {"notEarlierThan": max(before, default=None), "notLaterThan": min(after, default=None)}
    return {"bates": exhibit["bates"], **bounds}


def outer(exhibits, side, choose):
    """What holds for all exhibits; nothing does when one of them has no such bound."""
    times = [bounds[side] for bounds in exhibits]
    return choose(times) if times and None not in times else None


# -- RFC 3161, by openssl and by what openssl leaves out

OID = {
    "signed-data": "1.2.840.113549.1.7.2",
    "tst-info": "1.2.840.113549.1.9.16.1.4",
    "content-type": "1.2.840.113549.1.9.3",
    "basic-constraints": "2.5.29.19",
}
HASHES = {"2.16.840.1.101.3.4.2.1", "2.16.840.1.101.3.4.2.2", "2.16.840.1.101.3.4.2.3"}
RSA, EC = "1.2.840.113549.1.1.1", "1.2.840.10045.2.1"
SIGNATURES = {f"1.2.840.113549.1.1.{n}" for n in (11, 12, 13)} | {f"1.2.840.10045.4.3.{n}" for n in (2, 3, 4)}
CURVES = {"1.2.840.10045.3.1.7", "1.3.132.0.34", "1.3.132.0.35"}
UNDERSTOOD = {f"2.5.29.{n}" for n in (14, 15, 17, 19, 32, 35, 37)}
BOOLEAN, INTEGER, BITS, OCTETS, OBJECT, UTC_TIME, TIME_TAG, SEQUENCE, SET = 1, 2, 3, 4, 6, 0x17, 0x18, 0x30, 0x31


class Der:
    """One value; `body` is its content, `whole` all of it."""

    def __init__(self, tag, body, whole):
        self.tag, self.body, self.whole = tag, body, whole

    def inside(self, tag=None):
        if not self.tag & 0x20 or (tag is not None and self.tag != tag):
            raise Wrong("A value of DER has another type.")
        return list(values_in(self.body))

    def of(self, tag):
        if self.tag != tag:
            raise Wrong("A value of DER has another type.")
        return self.body


def values_in(data):
    at = 0
    while at < len(data):
        if at + 2 > len(data) or data[at] & 0x1F == 0x1F:
            raise Wrong("This is not DER.")
        length, start = data[at + 1], at + 2
        if length >= 0x80:
            size = length - 0x80
            length = int.from_bytes(data[start : start + size], "big")
            if not 1 <= size <= 4 or length < 0x80 or length < 256 ** (size - 1):
                raise Wrong("A length of DER is not the shortest.")
            start += size
        if start + length > len(data):
            raise Wrong("This DER is cut short.")
        yield Der(data[at], data[start : start + length], data[at : start + length])
        at = start + length


def read_der(data):
    values = list(values_in(data))
    if len(values) != 1:
        raise Wrong("This is not one value of DER.")
    return values[0]


def part(values, number):
    if number >= len(values):
        raise Wrong("A part of the time-stamp is missing.")
    return values[number]


def oid_of(value):
    arcs, arc = [], 0
    for byte in value.of(OBJECT):
        arc = arc * 128 + (byte & 0x7F)
        if byte < 0x80:
            arcs.append(arc)
            arc = 0
    if not arcs or arc:
        raise Wrong("This is no object identifier.")
    top = min(2, arcs[0] // 40)
    return ".".join(map(str, [top, arcs[0] - 40 * top, *arcs[1:]]))


def algorithm_of(value):
    return oid_of(part(value.inside(SEQUENCE), 0))


def check_stamp(line, trust):
    authority = text_in(line.fact, "authority")
    request, response = bytes_in(line.fact, "request"), bytes_in(line.fact, "response")
    content, info, signer, certificates = read_token(response)
    stamped_at = time_of(part(info, 4))
    check_info(info, request)
    check_attributes(signer)
    name = [value.whole for value in part(signer, 1).inside(SEQUENCE)] if part(signer, 1).tag == SEQUENCE else None
    roots = trust.roots or []
    # The roots first: what a token brings must not stand before them under the same name.
    known = [Certificate(der) for der in roots] + readable(certificates)
    mine = next((one for one in known if [one.issuer, one.serial] == name), None)
    if mine is None:
        raise Wrong("The certificate that the signature names is not here, or is named by its key.")
    if mine.is_authority:
        raise Wrong("The certificate is one of an authority.")
    trusted = roots if trust.roots is not None else [mine.der]
    chain = check_chain(mine, known, trusted)
    ask_openssl(line.checkpoint, framed(content, signer, chain), trusted, stamped_at)
    report = {"index": line.index, "authority": authority, "size": line.head.size}
    moment = stamped_at.strftime("%Y-%m-%dT%H:%M:%S.") + f"{stamped_at.microsecond // 1000:03}Z"
    return [{**report, "stampedAt": moment, "isTrusted": None if trust.roots is None else True}]


def read_token(response):
    answer = read_der(response).inside(SEQUENCE)
    status = part(part(answer, 0).inside(SEQUENCE), 0).of(INTEGER)
    if status not in (b"\0", b"\1"):
        raise Wrong("The authority refused.")
    kind, wrapped = part(part(answer, 1).inside(SEQUENCE), 0), part(part(answer, 1).inside(), 1)
    if oid_of(kind) != OID["signed-data"]:
        raise Wrong("The token is no signed data.")
    signed = read_der(wrapped.of(0xA0)).inside()
    kind, content = part(part(signed, 2).inside(SEQUENCE), 0), part(part(signed, 2).inside(), 1)
    if oid_of(kind) != OID["tst-info"]:
        raise Wrong("The token holds something else than a time-stamp.")
    stamp = read_der(content.of(0xA0)).of(OCTETS)
    info = read_der(stamp).inside()
    signers = signed[-1].inside(SET)
    if len(signers) != 1:
        raise Wrong("A token has exactly one signer.")
    given = next((value for value in signed[3:] if value.tag == 0xA0), None)
    certificates = [] if given is None else [one.whole for one in given.inside() if one.tag == SEQUENCE]
    return stamp, info, signers[0].inside(), certificates


def readable(certificates):
    """One that cannot be read is as if it were not there: no signature covers what a token brings along."""
    found = []
    for der in certificates:
        try:
            found.append(Certificate(der))
        except Wrong:
            continue
    return found


def der(tag, *parts):
    body = b"".join(parts)
    if len(body) < 0x80:
        return bytes([tag, len(body)]) + body
    size = (len(body).bit_length() + 7) // 8
    return bytes([tag, 0x80 + size]) + len(body).to_bytes(size, "big") + body


def der_oid(dots):
    first, second, *rest = map(int, dots.split("."))
    arcs = [first * 40 + second, *rest]
    return der(OBJECT, *(bytes(0x80 | (arc >> bits) & 0x7F for bits in (28, 21, 14, 7) if arc >> bits) + bytes([arc & 0x7F]) for arc in arcs))


def framed(content, signer, chain):
    """What is signed, in a frame of our own: openssl is shown nothing of what no signature covers."""
    version = der(INTEGER, b"\3")
    named, hashed, attributes, algorithm = (part(signer, i).whole for i in (1, 2, 3, 4))
    signature = der(OCTETS, part(signer, 5).of(OCTETS))
    one = der(SEQUENCE, der(INTEGER, b"\1"), named, hashed, attributes, algorithm, signature)
    inner = der(SEQUENCE, der_oid(OID["tst-info"]), der(0xA0, der(OCTETS, content)))
    certificates = der(0xA0, *(certificate.der for certificate in chain))
    signed = der(SEQUENCE, version, der(SET, hashed), inner, certificates, der(SET, one))
    token = der(SEQUENCE, der_oid(OID["signed-data"]), der(0xA0, signed))
    return der(SEQUENCE, der(SEQUENCE, der(INTEGER, b"\0")), token)


def check_info(info, request):
    if part(info, 0).of(INTEGER) != b"\1":
        raise Wrong("Only version 1 of time-stamps is known.")
    if algorithm_of(part(part(info, 2).inside(SEQUENCE), 0)) not in HASHES:
        raise Wrong("The stamp is over a hash that is not accepted.")
    for extension in next((value.inside() for value in info[5:] if value.tag == 0xA1), []):
        if is_critical(extension):
            raise Wrong("The stamp has a critical extension.")
    asked = nonce_in(read_der(request).inside()[2:])
    if asked is not None and nonce_in(info[5:]) != asked:
        raise Wrong("The stamp answers another request.")


def nonce_in(values):
    found = next((value for value in values if value.tag == INTEGER), None)
    return None if found is None else found.body.lstrip(b"\0")


def is_critical(extension):
    parts = extension.inside()
    return len(parts) > 1 and parts[1].tag == BOOLEAN and parts[1].body == b"\xff"


def check_attributes(signer):
    if algorithm_of(part(signer, 2)) not in HASHES or part(signer, 3).tag != 0xA0:
        raise Wrong("The signature covers no attributes, or uses a hash that is not accepted.")
    if algorithm_of(part(signer, 4)) not in SIGNATURES | {RSA}:
        raise Wrong("This kind of signature cannot be checked here.")
    values = {}
    for attribute in part(signer, 3).inside():
        kind, content = oid_of(part(attribute.inside(), 0)), part(attribute.inside(), 1)
        if kind in values:
            raise Wrong("An attribute stands twice.")
        values[kind] = content.inside(SET)
    if oid_of(part(values.get(OID["content-type"], []), 0)) != OID["tst-info"]:
        raise Wrong("The signature is for another kind of content.")


class Certificate:
    """What of a certificate openssl is not asked about."""

    def __init__(self, der):
        self.der = der
        parts = part(read_der(der).inside(), 0).inside()
        if parts and parts[0].tag == 0xA0:
            parts.pop(0)
        self.serial, self.issuer, self.subject = part(parts, 0).whole, part(parts, 2).whole, part(parts, 4).whole
        algorithm = part(part(parts, 5).inside(), 0).inside()
        curve = oid_of(part(algorithm, 1)) if oid_of(part(algorithm, 0)) == EC else None
        self.has_known_key = oid_of(algorithm[0]) == RSA or curve in CURVES
        self.has_known_signature = algorithm_of(part(read_der(der).inside(), 1)) in SIGNATURES
        wrapped = next((value for value in parts[6:] if value.tag == 0xA3), None)
        extensions = [] if wrapped is None else read_der(wrapped.body).inside()
        self.critical = {oid_of(one.inside()[0]) for one in extensions if is_critical(one)}
        basic = [one.inside()[-1].body for one in extensions if oid_of(one.inside()[0]) == OID["basic-constraints"]]
        self.is_authority = any(value.body == b"\xff" for one in basic for value in read_der(one).inside())


def check_chain(first, known, trusted):
    """Openssl follows the chain by signatures; here it is followed by names, for what openssl would let pass."""
    current, chain = first, []
    for _ in range(8):
        chain.append(current)
        if not current.has_known_key or not current.critical <= UNDERSTOOD:
            raise Wrong("A certificate has a key or a critical extension that is not accepted here.")
        if current.der in trusted:
            return chain
        if not current.has_known_signature:
            raise Wrong("A certificate is signed in a way that is not accepted here.")
        current = next((one for one in known if one.subject == current.issuer and one.der != current.der), None)
        if current is None:
            break
    raise Wrong("No chain of certificates leads to a root that is trusted here.")


def time_of(value):
    digits = rb"([0-9]{4})" + rb"([0-9]{2})" * 5
    match = re.fullmatch(digits + rb"(?:\.([0-9]*[1-9]))?Z", value.of(TIME_TAG))
    if match is None:
        raise Wrong("This is no time in UTC.")
    millis = int(((match.group(7) or b"") + b"000")[:3])
    try:
        return datetime.datetime(*map(int, match.groups()[:6]), millis * 1000, datetime.timezone.utc)
    except ValueError:
        raise Wrong("This time is not in the calendar.") from None


def ask_openssl(checkpoint, response, trusted, at):
    """Imprint, signature, signing-certificate, purpose, validity and the chain's signatures."""
    with tempfile.TemporaryDirectory() as folder:
        data = write(folder, "data", as_utf8(checkpoint))
        answer = write(folder, "response", response)
        roots = write(folder, "roots", b"".join(map(pem_of, trusted)))
        words = ["ts", "-verify", "-data", data, "-in", answer, "-CAfile", roots, "-partial_chain"]
        if openssl(*words, "-auth_level", "2", "-attime", str(int(at.timestamp()))) != 0:
            raise Wrong("The stamp does not hold, or no chain leads to a root that is trusted here.")


def pem_of(der):
    text = base64.b64encode(der).decode()
    lines = [text[i : i + 64] for i in range(0, len(text), 64)]
    return ("-----BEGIN CERTIFICATE-----\n" + "\n".join(lines) + "\n-----END CERTIFICATE-----\n").encode()


# -- witnesses


def check_cosignature(line, trust):
    key = Key(text_in(line.fact, "vkey"))
    if key.type != WITNESS_KEY:
        raise Wrong("The key is not one of a witness.")

    def verify(message, signature):
        seconds = int.from_bytes(signature[:8], "big")
        signed = f"cosignature/v1\ntime {seconds}\n".encode() + message
        return len(signature) == 72 and is_signed(key.public, signed, signature[8:])

    _, (signature, *_) = open_note(line.checkpoint, key, verify)
    seconds = int.from_bytes(signature[:8], "big")
    if not 0 < seconds <= 8_640_000_000_000:
        raise Wrong("A witness signed at no time.")
    is_trusted = None if trust.policy is None else bool(trust.policy.names_of(key.text))
    report = {"index": line.index, "name": key.name, "vkey": key.text, "size": line.head.size}
    return [{**report, "cosignedAt": iso(seconds), "isTrusted": is_trusted}]


def iso(seconds):
    """As ECMAScript writes it: years beyond 9999 with a sign and six digits."""
    days, rest = divmod(seconds, 86400)
    cycles, days = divmod(days, 146097)
    date = datetime.date(1970, 1, 1) + datetime.timedelta(days=days)
    year = date.year + 400 * cycles
    shown = f"{year:04}" if year <= 9999 else f"+{year:06}"
    return f"{shown}-{date:%m-%d}T{rest // 3600:02}:{rest // 60 % 60:02}:{rest % 60:02}.000Z"


class Policy:
    """C2SP tlog-policy: `log`, `witness`, `group`, `quorum`."""

    def __init__(self, text):
        self.logs, self.witnesses, self.rules, quorums = [], [], {}, []
        for line in re.split("\r?\n", text):
            words = line.strip().split()
            if not words or words[0].startswith("#"):
                continue
            first, second = (words + ["", ""])[1:3]
            if words[0] == "log":
                self.logs.append(self.key(first, LOG_KEY))
            elif words[0] == "witness":
                self.witnesses.append((first, self.key(second, WITNESS_KEY)))
                self.define(first, lambda seen, name=first: name in seen)
            elif words[0] == "group":
                self.define(first, self.group(second, words[3:]))
            elif words[0] == "quorum":
                quorums.append(first)
            else:
                raise Wrong("This is no line of a policy.")
        if len(quorums) != 1 or (quorums[0] != "none" and quorums[0] not in self.rules):
            raise Wrong("A policy has exactly one quorum, which is defined before.")
        self.is_enough = self.rules.get(quorums[0])

    @staticmethod
    def key(text, kind):
        key = Key(text)
        if key.type != kind:
            raise Wrong("A key is of another kind than its line.")
        return key.text

    def define(self, name, rule):
        if name in ("", "none") or name in self.rules:
            raise Wrong("A name of the policy is missing, or stands twice.")
        self.rules[name] = rule

    def group(self, count, members):
        if any(name not in self.rules for name in members) or len(set(members)) < len(members):
            raise Wrong("A member of a group is not defined before, or named twice.")
        needed = {"any": 1, "all": len(members)}.get(count)
        if needed is None:
            needed = int(count) if re.fullmatch("[1-9][0-9]*", count) else 0
        if not 1 <= needed <= len(members):
            raise Wrong("A group asks for more members than it has, or for none.")
        parts = [self.rules[name] for name in members]
        return lambda seen: sum(rule(seen) for rule in parts) >= needed

    def names_of(self, vkey):
        return [name for name, key in self.witnesses if key == vkey]


def quorum_of(cosignatures, policy, exhibits):
    """Who saw a larger head saw the smaller one in it."""
    if policy is None or policy.is_enough is None:
        return None
    reached = -1
    for size in {one["size"] for one in cosignatures}:
        seen = {name for one in cosignatures if one["size"] >= size for name in policy.names_of(one["vkey"])}
        if policy.is_enough(seen):
            reached = max(reached, size)
    last = max((exhibit["index"] for exhibit in exhibits), default=-1)
    return {"isReached": reached > last, "size": None if reached < 0 else reached}


# -- blocks: OpenTimestamps proofs

OTS_MAGIC = b"\0OpenTimestamps\0\0Proof\0\xbf\x89\xe2\xe8\x84\xe8\x92\x94"
OTS_HASHES = {0x02: 20, 0x03: 20, 0x08: 32, 0x67: 32}


def check_block(line, _):
    proof = Ots(bytes_in(line.fact, "proof"))
    if proof.hash != 0x08 or proof.digest != sha256(as_utf8(line.checkpoint)):
        raise Wrong("The proof is about other bytes than the head.")
    return [{"index": line.index, "size": line.head.size, **one} for one in proof.found]


def ots_hash(step, message):
    if step == 0x08:
        return sha256(message)
    return ripemd160(message) if step == 0x03 else None


def ripemd160(message):
    """Not every Python has it, and openssl reads no empty file; a message on the way is never empty."""
    with tempfile.TemporaryDirectory() as folder:
        words = [OPENSSL, "dgst", "-ripemd160", "-binary", write(folder, "message", message)]
        done = subprocess.run(words, stdin=subprocess.DEVNULL, capture_output=True, check=False)
    if len(done.stdout) != 20:
        raise NoVerdict("no-ripemd160", "This openssl does not know RIPEMD-160, and a proof needs it.")
    return done.stdout


class Ots:
    """Follows every path of a proof to where its digest can be looked up."""

    def __init__(self, data):
        self.data, self.at, self.found = data, 0, []
        if len(data) > 65536 or self.take(len(OTS_MAGIC)) != OTS_MAGIC or self.number() != 1:
            raise Wrong("This is no OpenTimestamps proof of version 1.")
        self.hash = self.take(1)[0]
        if self.hash not in OTS_HASHES:
            raise Wrong("Its file was hashed in a way that is not known here.")
        self.digest = self.take(OTS_HASHES[self.hash])
        self.follow(self.digest, len(self.digest), 0)
        if self.at != len(data):
            raise Wrong("Bytes follow where the proof ends.")

    def take(self, size):
        if self.at + size > len(self.data):
            raise Wrong("The proof is cut short.")
        self.at += size
        return self.data[self.at - size : self.at]

    def number(self):
        value = shift = 0
        while True:
            byte = self.take(1)[0]
            value += (byte & 127) << shift
            if value > MOST_COUNT:
                raise Wrong("A number is too large.")
            if byte < 128:
                return value
            shift += 7

    def counted(self, most):
        size = self.number()
        if size > most:
            raise Wrong("A part is too long.")
        return self.take(size)

    def follow(self, message, size, depth):
        """`message` is None behind a hash that is not computed here; its size is still known."""
        if depth > 256:
            raise Wrong("The paths are too deep.")
        step = self.take(1)[0]
        while step == 0xFF:
            self.step(self.take(1)[0], message, size, depth)
            step = self.take(1)[0]
        self.step(step, message, size, depth)

    def step(self, step, message, size, depth):
        if step == 0x00:
            self.attestation(message, size)
            return
        if step in OTS_HASHES:
            size = OTS_HASHES[step]
            message = None if message is None else ots_hash(step, message)
        elif step in (0xF0, 0xF1):
            added = self.counted(4096)
            if not added:
                raise Wrong("A step adds nothing.")
            size += len(added)
            if message is not None:
                message = message + added if step == 0xF0 else added + message
        elif step == 0xF2:
            message = None if message is None else message[::-1]
        elif step == 0xF3:
            size *= 2
            message = None if message is None else message.hex().encode()
        else:
            raise Wrong("A step is not known here.")
        if size > 4096:
            raise Wrong("A step makes it longer than 4,096 bytes.")
        self.follow(message, size, depth + 1)

    def attestation(self, message, size):
        tag, payload = self.take(8).hex(), self.counted(8192)
        inner = Ots.__new__(Ots)
        inner.data, inner.at = payload, 0
        if tag == "0588960d73d71901":
            height = inner.number()
            if size != 32 or inner.at != len(payload):
                raise Wrong("A block is not named as it must be.")
            root = None if message is None else message[::-1].hex()
            self.found.append({"height": height, "merkleRoot": root, "calendar": None})
        elif tag == "83dfe30d2ef90c8e":
            address = inner.counted(1000)
            if inner.at != len(payload) or re.fullmatch(rb"[A-Za-z0-9._:/-]*", address) is None:
                raise Wrong("A calendar is not named as it must be.")
            self.found.append({"height": None, "merkleRoot": None, "calendar": address.decode()})


CHECKS = {STAMPED: check_stamp, COSIGNED: check_cosignature, IN_BLOCK: check_block}


# ---- 12. the verdicts -----------------------------------------------------------------------------------------------


class Trust:
    """What the reader brings: keys and heads by another road, roots of authorities, a policy."""

    def __init__(self, keys=(), heads=(), roots=None, policy=None):
        self.policy = None if policy is None else Policy(policy)
        self.keys = [key.strip() for key in keys] or (self.policy.logs if self.policy else [])
        self.heads = heads
        self.roots = None if roots is None else roots_in(roots)
        for key in self.keys:
            check_given_key(key)


def check_given_key(text):
    try:
        Key(text)
    except Wrong as wrong:
        raise NoVerdict("bad-log-key", str(wrong)) from None


def roots_in(pem):
    blocks = re.findall("-----BEGIN CERTIFICATE-----([A-Za-z0-9+/=\\s]*)-----END CERTIFICATE-----", pem)
    if not blocks:
        raise Wrong("There is no certificate in PEM form.")
    return [from_base64("".join(block.split())) for block in blocks]


def verify(path, trust):
    findings = Findings()
    with open(path, "rb") as file:
        if os.fstat(file.fileno()).st_size == 0:
            raise NoVerdict("not-a-zip", "This file is not a zip.")
        with mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
            files = read_files(data, findings)
    if files is None:
        return report_of(None, findings, None, None)
    manifest = read_manifest(files, findings)
    check_files(files, manifest, findings)
    log = check_log(files, manifest, findings)
    streams = read_streams(files, manifest, findings)
    if manifest is None:
        return report_of(None, findings, log.vkey, compare_keys(log.vkey, [], trust, findings))
    scene = Scene(files, manifest, log, streams, findings)
    opened = check_openings(scene)
    keys, changes = check_keys(scene, opened)
    expected = compare_keys(log.vkey, keys, trust, findings)
    heads = check_heads(scene, keys, trust.heads)
    check_seal(scene)
    time = check_time(scene, opened, keys, trust)
    return report_of(scene, findings, log.vkey, expected, changes, heads, time, opened)


def compare_keys(vkey, keys, trust, findings):
    if not trust.keys:
        return None
    if vkey is not None and any(text in trust.keys for text in [vkey, *(known.key.text for known in keys)]):
        return True
    findings.fail("keys/log.vkey", "unexpected-key", "The bundle was signed with another key than the one you expect.")
    return False


def report_of(scene, findings, key, expected, changes=(), heads=(), time=None, opened=None):
    integrity = {"ok": not findings.failures, "key": key, "keyExpected": expected}
    integrity |= {"keyChanges": list(changes), "heads": list(heads), "failures": findings.failures}
    return {
        "format": None if scene is None else scene.manifest["format"],
        "integrity": integrity,
        "time": time or no_time(),
        "completeness": completeness_of(scene, opened),
    }


def is_good(report):
    parts = (report["integrity"]["ok"], report["time"]["ok"], report["completeness"]["ok"])
    return all(part is not False for part in parts)


def words_of(report):
    integrity, time, completeness = report["integrity"], report["time"], report["completeness"]
    said = {True: "holds", False: "does not hold", None: "is not shown"}
    keys = {True: "the key you expected", False: "NOT the key you expected", None: "not compared with another"}
    lines = [f"Integrity {said[integrity['ok']]}.", f"Log key {integrity['key']}: {keys[integrity['keyExpected']]}."]
    bounds = f"not earlier than {time['notEarlierThan']}, not later than {time['notLaterThan']}"
    lines.append(f"Time {said[time['ok']]}: {bounds}.")
    lines.append(f"Completeness {said[completeness['ok']]}.")
    for stream in completeness["streams"]:
        parts = ", ".join(f"{stream[name]} {name}" for name in ("exhibited", "withheld", "erased", "missing"))
        lines.append(f"  {stream['first']} to {stream['last']}: {parts}")
    for failure in integrity["failures"] + time["failures"]:
        lines.append(f"  {printable(failure['path'])}: {printable(failure['message'])} ({failure['code']})")
    return "\n".join(lines)


def printable(text):
    """What a stranger wrote must not steer the terminal."""
    return "".join(c if c.isprintable() else f"\\u{ord(c):04x}" for c in text)


def answer_lines():
    """For many bundles in one run."""
    for line in sys.stdin:
        asked = json.loads(line)
        given = {"keys": asked.get("logKeys", []), "heads": asked.get("heads", [])}
        try:
            trust = Trust(**given, roots=asked.get("tsaRoots"), policy=asked.get("policy"))
            report = verify(asked["path"], trust)
        except NoVerdict as error:
            report = {"error": error.code}
        except Wrong as error:
            report = {"error": "unusable", "message": str(error)}
        print(json.dumps(report), flush=True)


def read_text(path):
    with open(path, encoding="utf-8", newline="") as file:
        return file.read()


def main():
    parser = argparse.ArgumentParser(description="Verifies an evidence bundle, without network.")
    parser.add_argument("path", nargs="?", metavar="FILE.zip")
    many = {"action": "append", "default": []}
    parser.add_argument("--log-key", **many, metavar="VKEY", help="the key you were given by another road")
    parser.add_argument("--head", **many, metavar="FILE", help="a signed head that you kept from before")
    parser.add_argument("--tsa-roots", metavar="FILE", help="certificates (PEM) of the authorities that you trust")
    parser.add_argument("--policy", metavar="FILE", help="which logs and witnesses you trust (tlog-policy)")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--lines", action="store_true", help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.lines:
        return answer_lines()
    if given.path is None:
        parser.error("FILE.zip is missing")
    try:
        roots = None if given.tsa_roots is None else read_text(given.tsa_roots)
        policy = None if given.policy is None else read_text(given.policy)
        trust = Trust(given.log_key, [read_text(head) for head in given.head], roots, policy)
        report = verify(given.path, trust)
    except (NoVerdict, Wrong, OSError, UnicodeDecodeError) as error:
        print(f"{printable(given.path)} was not checked: {printable(str(error))}", file=sys.stderr)
        return 2
    print(json.dumps(report, ensure_ascii=True) if given.json else words_of(report))
    return 0 if is_good(report) else 1


if __name__ == "__main__":
    sys.exit(main())
