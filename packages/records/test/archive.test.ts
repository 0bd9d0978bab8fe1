import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { eventsOf, issuesOf, itemsOf, letter, zip } from './containers.ts';
import { firstSeamInRun } from './corpora.ts';

const LINE = 'From orlov@baltika.example Tue May 12 09:14:00 2026';
const eml = (subject: string): Buffer => Buffer.from(letter(subject));
const mbox = Buffer.from(`${LINE}\n${letter('m1')}\n${LINE}\n${letter('m2')}\n`);

function found(events: Awaited<ReturnType<typeof eventsOf>>): readonly string[] {
  return itemsOf(events).map(
    (item) => `${item.member}: ${/Subject: (.*)/.exec(Buffer.from(item.bytes).toString())![1]}`,
  );
}

test('a zip of messages, folders and an mbox is read in file order', async () => {
  const bytes = zip([
    { name: 'mail/', bytes: Buffer.alloc(0), stored: true },
    { name: 'mail/a.eml', bytes: eml('a') },
    { name: 'mail/box.mbox', bytes: mbox, stored: true },
    { name: 'Maildir/cur/1.host:2,S', bytes: eml('b') },
  ]);
  const events = await eventsOf('takeout.zip', bytes);
  expect(found(events)).toEqual([
    'mail/a.eml: a',
    'mail/box.mbox: m1',
    'mail/box.mbox: m2',
    'Maildir/cur/1.host:2,S: b',
  ]);
  expect(firstSeamInRun(events, bytes.length)).toBeNull();
  expect(issuesOf(events)).toEqual([]);
});

test('a gzip of an mbox, a zip in a zip and a gzip in a zip are opened', async () => {
  expect(found(await eventsOf('box.mbox.gz', gzipSync(mbox)))).toEqual(['box.mbox: m1', 'box.mbox: m2']);
  const inner = zip([{ name: 'a.eml', bytes: eml('a') }]);
  const outer = zip([
    { name: 'inner.zip', bytes: inner },
    { name: 'box.gz', bytes: gzipSync(mbox) },
  ]);
  const events = await eventsOf('outer.zip', outer);
  expect(found(events)).toEqual(['inner.zip/a.eml: a', 'box.gz/box: m1', 'box.gz/box: m2']);
  expect(firstSeamInRun(events, outer.length)).toBeNull();
});

test('archives nested deeper than the limit are named, not opened', async () => {
  const deep = zip([
    { name: '2.zip', bytes: zip([{ name: '3.zip', bytes: zip([{ name: 'a.eml', bytes: eml('a') }]) }]) },
  ]);
  expect(issuesOf(await eventsOf('1.zip', deep))).toEqual(['archive-too-deep']);
});

test('zip64 sizes and offsets are read', async () => {
  const bytes = zip([
    { name: 'a.eml', bytes: eml('a'), zip64: true },
    { name: 'b.eml', bytes: eml('b'), zip64: true },
  ]);
  expect(found(await eventsOf('x.zip', bytes))).toEqual(['a.eml: a', 'b.eml: b']);
});

test('one encrypted, one strangely packed and one foreign file are named with their ranges; the rest is read', async () => {
  const bytes = zip([
    { name: 'secret.eml', bytes: eml('s'), encrypted: true },
    { name: 'odd.eml', bytes: eml('o'), method: 99 },
    { name: 'thing.bin', bytes: Buffer.from([1, 2, 3, 0, 255, 254]) },
    { name: 'a.eml', bytes: eml('a') },
  ]);
  const events = await eventsOf('x.zip', bytes);
  expect(issuesOf(events)).toEqual(['archive-encrypted', 'archive-method-unknown', 'unknown-format']);
  expect(found(events)).toEqual(['a.eml: a']);
  expect(firstSeamInRun(events, bytes.length)).toBeNull();
});

test('a name that tries to leave its folder is a label with a warning', async () => {
  const events = await eventsOf('x.zip', zip([{ name: '../../etc/a.eml', bytes: eml('a') }]));
  expect(issuesOf(events)).toEqual(['unsafe-path']);
  expect(found(events)).toEqual(['../../etc/a.eml: a']);
});

test('equal names inside a zip get labels of their own', async () => {
  const events = await eventsOf(
    'x.zip',
    zip([
      { name: 'a.eml', bytes: eml('a') },
      { name: 'a.eml', bytes: eml('b') },
    ]),
  );
  expect(found(events)).toEqual(['a.eml: a', 'a.eml (2): b']);
});

test('a wrong checksum is told and the message kept', async () => {
  const events = await eventsOf('x.zip', zip([{ name: 'a.eml', bytes: eml('a'), wrongSum: true }]));
  expect(found(events)).toEqual(['a.eml: a']);
  expect(issuesOf(events)).toEqual(['checksum-wrong']);
});

test('a zip cut at any place gives what was whole, and every byte stays accounted for', async () => {
  const bytes = zip(['a', 'b', 'c'].map((name) => ({ name: `${name}.eml`, bytes: eml(name.repeat(300)) })));
  for (let size = 4; size < bytes.length; size += 13) {
    const events = await eventsOf('x.zip', bytes.subarray(0, size));
    expect(firstSeamInRun(events, size)).toBeNull();
    expect(issuesOf(events)).toContain('archive-truncated');
  }
  const half = await eventsOf('x.zip', bytes.subarray(0, bytes.length - 150));
  expect(found(half).map((line) => line.slice(0, 5))).toEqual(['a.eml', 'b.eml', 'c.eml']);
});

test('a gzip cut short gives the messages before the cut and says so', async () => {
  const many = Buffer.from(
    Array.from({ length: 400 }, (_, n) => `${LINE}\n${letter(`no ${n} ${Math.sin(n)}`)}`).join('\n'),
  );
  const packed = gzipSync(many);
  const events = await eventsOf('box.gz', packed.subarray(0, packed.length / 2));
  expect(itemsOf(events).length).toBeGreaterThan(100);
  expect(issuesOf(events)).toEqual(['archive-truncated']);
});

test('a bomb is left at the limit, by its density and by the total', async () => {
  const bomb = Buffer.concat([Buffer.from(`${LINE}\n${letter('bomb')}`), Buffer.alloc(8 * 1024 * 1024, 'a')]);
  const dense = await eventsOf('x.gz', gzipSync(bomb), { limits: { ratioFromBytes: 1024 * 1024 } });
  expect(issuesOf(dense)).toEqual(['archive-limit']);
  const large = await eventsOf('x.gz', gzipSync(mbox), { limits: { unpackedBytes: 100 } });
  expect(issuesOf(large)).toEqual(['archive-limit']);
});

test('members that overlap are not read twice', async () => {
  const bytes = zip([
    { name: 'a.eml', bytes: eml('a') },
    { name: 'b.eml', bytes: eml('b') },
  ]);
  const second = bytes.lastIndexOf('PK\x01\x02', undefined, 'latin1');
  bytes.writeUInt32LE(0, second + 42);
  const events = await eventsOf('x.zip', bytes);
  expect(found(events)).toHaveLength(1);
  expect(issuesOf(events)).toEqual(['archive-damaged']);
});

test('a run resumed inside an archive gives that item and everything after it', async () => {
  const bytes = zip([
    { name: 'a.eml', bytes: eml('a') },
    { name: 'box.mbox', bytes: mbox },
    {
      name: 'in.zip',
      bytes: zip([
        { name: 'x.eml', bytes: eml('x') },
        { name: 'y.eml', bytes: eml('y') },
      ]),
    },
  ]);
  const all = found(await eventsOf('o.zip', bytes));
  for (const [index, item] of itemsOf(await eventsOf('o.zip', bytes)).entries()) {
    const resumed = await eventsOf('o.zip', bytes, {
      from: { member: item.member, start: item.range.start },
    });
    expect(found(resumed)).toEqual(all.slice(index));
  }
});

test('an empty file is unreadable, not silently gone, and a picture that is called a mail is a picture', async () => {
  expect(issuesOf(await eventsOf('empty.eml', Buffer.alloc(0)))).toEqual(['unknown-format']);
  const picture = Buffer.from('\x89PNG\r\n\x1a\n\0\0\0\rIHDR', 'latin1');
  const events = await eventsOf('picture.eml', picture);
  expect(events.map((event) => event.type === 'item' && event.format)).toContain('paper');
  expect(firstSeamInRun(events, picture.length)).toBeNull();
});
