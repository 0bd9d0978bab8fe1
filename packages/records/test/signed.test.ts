import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { attachmentBytes } from '../src/attachment.ts';
import { readCms } from '../src/cms.ts';
import { readMail } from '../src/mail.ts';
import { childBytes } from '../src/nested.ts';
import { signedBytes } from '../src/protection.ts';
import { eventsOf, itemsOf, letter, zip } from './containers.ts';
import { firstSeamInMail, sha256 } from './corpora.ts';

const fixture = (name: string): Buffer => readFileSync(new URL(`./fixtures/${name}.eml`, import.meta.url));
const read = (bytes: Uint8Array) => readMail(bytes, { hash: sha256 });
const hasOpenssl = spawnSync('openssl', ['version']).status === 0;
if (!hasOpenssl) console.log('skipped: openssl is not installed');

/** What openssl says to a signature, and what it says was signed. */
function verified(mail: Uint8Array): string {
  const args = ['smime', '-verify', '-noverify'];
  const { status, stdout } = spawnSync('openssl', args, { input: mail });
  return `${status} ${stdout.toString('latin1')}`;
}

describe.skipIf(!hasOpenssl)(
  'openssl says the same to a signed mail that came out as to the one that went in',
  () => {
    const names = ['smime-beside', 'smime-inside', 'smime-inside-pieces'];

    test.each(names)('%s, out of a zip', async (name) => {
      const bytes = fixture(name);
      const [item] = itemsOf(await eventsOf('x.zip', zip([{ name: 'a.eml', bytes }])));
      expect(verified(item!.bytes)).toBe(verified(bytes));
      expect(verified(bytes)).toMatch(/^0 Content-Type: multipart/);
    });

    test.each(names)('%s, out of a message that it was forwarded in', (name) => {
      const bytes = fixture(name);
      const head =
        'From: a@b.example\nContent-Type: multipart/mixed; boundary=outer\n\n--outer\nContent-Type: message/rfc822\n\n';
      const outer = Buffer.concat([Buffer.from(head), bytes, Buffer.from('\n--outer--\n')]);
      const [child] = read(outer).children;
      const own = Buffer.from(outer.subarray(child!.range.start, child!.range.end));
      expect(own.equals(bytes)).toBe(true);
      expect(verified(own)).toBe(verified(bytes));
    });

    test('a signature does not fit words that were changed', () => {
      const bytes = Buffer.from(
        fixture('smime-beside').toString('latin1').replace('Friday', 'Monday'),
        'latin1',
      );
      expect(verified(bytes)).toMatch(/^4 /);
    });
  },
);

test('the signed bytes come out bit for bit: of a detached signature up to the line end before the boundary', () => {
  const bytes = fixture('smime-beside');
  const [protection] = read(bytes).protection;
  const signed = Buffer.from(signedBytes(bytes, protection!)!).toString('latin1');
  expect(signed).toMatch(/^Content-Type: multipart\/mixed; boundary=in\r\n/);
  expect(signed).toMatch(/--in--\r\n$/);
});

test.each(['smime-inside', 'smime-inside-pieces'])(
  '%s: what is signed, and each file in it, comes out',
  (name) => {
    const bytes = fixture(name);
    const mail = read(bytes);
    const beside = fixture('smime-beside');
    const signed = Buffer.from(signedBytes(beside, read(beside).protection[0]!)!);
    expect(Buffer.from(signedBytes(bytes, mail.protection[0]!)!).toString()).toBe(signed.toString());
    const file = mail.attachments.find((one) => one.name === 'invoice.pdf');
    expect(Buffer.from(attachmentBytes(bytes, file!)).toString()).toBe('%PDF-1.4 fictional');
  },
);

test('a message inside an opaque signature is a message of its own, byte for byte', () => {
  const bytes = fixture('smime-inside-message');
  const [child] = read(bytes).children;
  expect(Buffer.from(childBytes(bytes, child!)).toString()).toMatch(
    /^Subject: inner note\r\n[\s\S]*line 4\.\r\n$/,
  );
  expect(firstSeamInMail(read(bytes))).toBeNull();
});

test('an opaque signature that is cut off or changed anywhere is read as far as it goes', () => {
  const bytes = Buffer.from(fixture('smime-inside-pieces').toString('latin1').split('\n\n')[1]!, 'base64');
  expect(readCms(bytes)?.content).not.toBeNull();
  for (let at = 0; at < bytes.length; at += 3) {
    readCms(bytes.subarray(0, at));
    const changed = Buffer.from(bytes);
    changed[at] = (changed[at]! + 129) & 255;
    readCms(changed);
  }
  expect(readCms(Buffer.from(letter('none')))).toBeNull();
  expect(readCms(Buffer.alloc(100_000, 0x30))).toBeNull();
  expect(readCms(Buffer.alloc(100_000, Buffer.from([0x30, 0x80])))).toBeNull();
});

test('a clearsigned text keeps the place of its armour, so that it can be checked', () => {
  const bytes = fixture('pgp-clearsigned');
  const [protection] = read(bytes).protection;
  const block = Buffer.from(signedBytes(bytes, protection!)!).toString();
  expect(block).toMatch(/^-----BEGIN PGP SIGNED MESSAGE-----\n/);
  expect(block).toMatch(/-----END PGP SIGNATURE-----$/);
});
