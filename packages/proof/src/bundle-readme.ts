import type { Exhibit } from './bundle-format.ts';

/** What the text says besides the recipe. */
export type ReadmeFacts = {
  readonly party: string;
  readonly origin: string;
  readonly vkey: string;
  readonly createdAt: string;
  readonly zone: string;
  readonly period: { readonly from: string | null; readonly to: string | null };
  readonly exhibits: readonly unknown[];
  readonly withheld: readonly unknown[];
  readonly erased: readonly unknown[];
};

/**
 * The README of a bundle: what it is, what it does not show, and how to check it by hand. The indented lines are the
 * recipe, a whole bash script.
 *
 * @param sample The exhibit that the recipe follows, or null in a bundle without one.
 */
export function bundleReadme(facts: ReadmeFacts, sample: Exhibit | null): string {
  return `${introduction(facts)}\n${recipe(sample)}\n${limits}`;
}

/** The recipe of a README, without its indentation: what a reader is told to save and run. */
export function recipeOf(readme: string): string {
  const lines = readme.split('\n').filter((line) => line.startsWith(INDENT));
  return `${lines.map((line) => line.slice(INDENT.length)).join('\n')}\n`;
}

const INDENT = '    ';

function introduction(facts: ReadmeFacts): string {
  const { from, to } = facts.period;
  return `WHAT THIS IS

A record of correspondence, as it was kept.

По-русски: это переписка в том виде, в каком она сохранена. Проверить её может каждый: откройте verify.html (страница есть
и по-русски) и сравните ключ журнала с тем, который вам передали другим путём. Подробности ниже, по-английски.

Suomeksi: tämä on kirjeenvaihto sellaisena kuin se on säilytetty. Kuka tahansa voi tarkistaa sen: avaa verify.html (myös
suomeksi) ja vertaa lokin avainta siihen, jonka sait muuta tietä. Tarkemmin alla englanniksi.

Party     ${oneLine(facts.party)}
Period    ${oneLine(from ?? 'not stated')} to ${oneLine(to ?? 'not stated')}
Made at   ${oneLine(facts.createdAt)} (${timesIn(oneLine(facts.zone))})
Exhibits  ${facts.exhibits.length}; kept back ${facts.withheld.length}; erased ${facts.erased.length}
Log       ${oneLine(facts.origin)}
Log key   ${oneLine(facts.vkey)}

chronology.pdf   to read
exhibits/        the files exactly as they arrived or were sent
openings/        what each exhibit's line in the log was made from
proofs/          that the line is in the log, one file each (c2sp.org/tlog-proof)
keys/            the log's public key; the keys that number the party's entries
log/             the signed head of the log and every line up to it
time/            if there is one: what outsiders said about when, each with the signed head that they stamped
seal/            the log's own line about this bundle: it holds the SHA-256 of manifest.json
manifest.json    every file, its size and SHA-256
renditions/      if there is one: a readable copy of each exhibit under its number; the file in exhibits/ is the record
certificate-902.txt, policy.txt   forms, not signed by anybody: a certificate with a statement of method; a trust file
verify.html      if there is one: a page that checks all this in a browser, without a network

HOW TO CHECK IT

With the program:   npx evenkeel bundle verify FILE.zip --log-key 'THE KEY YOU WERE GIVEN'

In a browser:       open verify.html, and give it the key and this zip. Better than the page in this bundle is one that
came by another road: whoever made the bundle could have made the page too.

The key in this bundle only shows that the bundle agrees with itself. Compare it with the key that you were given by
another road: in a letter, a contract, an earlier mail.

Whether a time-stamp holds, openssl says: openssl ts -verify -data time/N.checkpoint -in time/N.tsr -CAfile ROOTS.pem,
with the root certificate that you got from the authority itself. Every line of the log before the size that stands in
time/N.checkpoint was there by that time; every line after number N came later.

By hand, with coreutils, sed, grep, xxd and openssl (3.0 or newer) and nothing of ours: unpack the zip, save the
indented lines below as check.sh beside this file, and run "bash check.sh". It stops at the first thing that is wrong,
and ends with "All of it holds." To follow another exhibit, put its path and its index (manifest.json has both) into
the two lines that begin with EXHIBIT and INDEX. The program checks besides: every exhibit and every line of the log,
that the sealed head extends the other one (seal/consistency), and that none of the party's entries is left out.
`;
}

function timesIn(zone: string): string {
  return zone === 'UTC' ? 'times in UTC' : `times in UTC, beside them in ${zone}`;
}

function recipe(sample: Exhibit | null): string {
  const steps = [preparation, sample === null ? '' : exhibitSteps(sample), sealSteps];
  return steps
    .join('')
    .split('\n')
    .map((line) => (line === '' ? '' : INDENT + line))
    .join('\n');
}

const preparation = String.raw`set -eu
export LC_ALL=C
cd "$(dirname "$0")"
WORK=$(mktemp -d)
trap 'rm -r "$WORK"' EXIT

hash()  { sha256sum | cut -c1-64; }
bytes() { xxd -r -p; }
field() { sed -n "s/^  \"$1\": \"\{0,1\}\([^\",]*\)\"\{0,1\},\{0,1\}\$/\1/p" "$2"; }
same()  { if [ -n "$1" ] && [ "$1" = "$2" ]; then echo "holds: $3"; else echo "WRONG: $3"; exit 1; fi; }
node()  { (printf '\001'; printf %s "$1$2" | bytes) | hash; }
leaf()  { (printf '\000'; printf %s "$1" | bytes) | hash; }
root()  { sed -n 3p "$1" | base64 -d | xxd -p -c 64; }

# From a leaf's hash (1) along a proof (2) to the root it leads to: RFC 9162, section 2.1.3.2.
follow() {
  h=$1
  i=$(sed -n 's/^index //p' "$2")
  last=$(($(sed '1,/^$/d' "$2" | sed -n 2p) - 1))
  for p in $(sed '/^$/,$d' "$2" | sed 1,2d); do
    p=$(printf %s "$p" | base64 -d | xxd -p -c 64)
    if [ $((i % 2)) -eq 1 ] || [ "$i" -eq "$last" ]; then
      h=$(node "$p" "$h")
      while [ $((i % 2)) -eq 0 ] && [ "$i" -ne 0 ]; do i=$((i / 2)); last=$((last / 2)); done
    else
      h=$(node "$h" "$p")
    fi
    i=$((i / 2)); last=$((last / 2))
  done
  if [ "$last" -eq 0 ]; then echo "$h"; fi
}

# The commitment of an opening: SHA-256 of a label, the salt r and the envelope's SHA-256.
commitment() {
  (printf 'evenkeel/envelope/v1\0'; field r "$1" | bytes; field envelope "$1" | base64 -d | hash | bytes) | hash
}

# A checkpoint's signature: Ed25519 over the text before the empty line.
signature() {
  sed '/^$/,$d' "$1" > "$WORK/text"
  sed '1,/^$/d' "$1" | sed -n 1p | cut -d' ' -f3 | base64 -d | tail -c 64 > "$WORK/signature"
  (echo 302a300506032b6570032100 | bytes; cut -d+ -f3- keys/log.vkey | base64 -d | tail -c 32) > "$WORK/key"
  openssl pkeyutl -verify -pubin -keyform DER -inkey "$WORK/key" -rawin -in "$WORK/text" -sigfile "$WORK/signature"
}

# 1. Every file is the one that was listed.
sha256sum --quiet -c SHA256SUMS
`;

function exhibitSteps({ path, index }: Exhibit): string {
  return String.raw`
# 2. One exhibit, from its bytes to the signed head.
EXHIBIT=${shellQuote(path)}
INDEX=${index}
OPENING=openings/$INDEX.json
PROOF=proofs/$INDEX.tlog-proof
R=$(grep -F -B1 "\"path\": \"$EXHIBIT\"" "$OPENING" | sed -n 's/^ *"r": "\([0-9a-f]*\)",$/\1/p')
OBJECT=$( (printf 'evenkeel/object/v1\0'; printf %s "$R" | bytes
  printf '%016x' "$(($(wc -c < "$EXHIBIT")))" | bytes; hash < "$EXHIBIT" | bytes) | hash)
same "$(field envelope "$OPENING" | base64 -d | grep -o "$OBJECT")" "$OBJECT" 'the envelope names this exhibit'
LEAF=$(dd if=log/leaves.bin bs=69 skip="$INDEX" count=1 status=none | xxd -p -c 69)
same "$(printf %s "$LEAF" | cut -c75-138)" "$(commitment "$OPENING")" 'the line in the log was made from this envelope'
same "$(follow "$(leaf "$LEAF")" "$PROOF")" "$(root log/checkpoint)" 'the line is in the log'
sed '1,/^$/d' "$PROOF" | cmp - log/checkpoint
signature log/checkpoint
`;
}

const sealSteps = String.raw`
# 3. The manifest lists exactly the files of SHA256SUMS, besides itself and the seal.
sed '/^.\{64\}  manifest\.json$/d;/^.\{64\}  seal\//d' SHA256SUMS > "$WORK/sums"
(cut -c1-64 "$WORK/sums"; cut -c67- "$WORK/sums") > "$WORK/found"
(sed -n '/^  "files": \[/,$s/^      "sha256": "\([0-9a-f]*\)"$/\1/p' manifest.json
  sed -n '/^  "files": \[/,$s/^      "path": "\(.*\)",$/\1/p' manifest.json) > "$WORK/listed"
cmp "$WORK/found" "$WORK/listed"

# 4. The log's own line about this bundle holds the SHA-256 of manifest.json.
MANIFEST=$(hash < manifest.json)
same "$(field envelope seal/opening.json | base64 -d | grep -o "$MANIFEST")" "$MANIFEST" 'the seal names this manifest'
LEAF=$(field leaf seal/opening.json)
same "$(printf %s "$LEAF" | cut -c75-138)" "$(commitment seal/opening.json)" 'the seal is what its line was made from'
same "$(follow "$(leaf "$LEAF")" seal/proof.tlog-proof)" "$(root seal/checkpoint)" 'the seal is in the log'
sed '1,/^$/d' seal/proof.tlog-proof | cmp - seal/checkpoint
signature seal/checkpoint
echo 'All of it holds.'
`;

const limits = `WHAT IT DOES NOT SHOW

That a file is in the log shows that it has not been changed since its line was written; not that what it says is
true, and not by itself when the line was written. Without an outside time-stamp or witness, whoever keeps the log
and its key could have written another log before it was first shown to anybody. A record that was never filed under
this party is outside this bundle. Entries that were kept back or erased are named in manifest.json.
`;

function shellQuote(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`;
}

/** A name must not add lines to the text: an indented one would become part of the recipe. */
function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\u2028\u2029]+/gu, ' ');
}
