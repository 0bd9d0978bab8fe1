import { expect, test } from 'vitest';
import { attachmentBytes } from '../../src/attachment.ts';
import { type ContainerEvent, isMailItem, readContainer } from '../../src/container.ts';
import { type Mail, readMail } from '../../src/mail.ts';
import { ID, TYPE } from '../../src/outlook/property.ts';
import { uncover } from '../../src/outlook/pst-crypt.ts';
import { findNode, openPst, readBlocks } from '../../src/outlook/pst-file.ts';
import { bytesSource } from '../../src/source.ts';
import { sha256 } from '../corpora.ts';
import { type PstFolder, type PstMessage, pstFile, ROOT_FOLDER } from './pst-file.ts';
import { corpusFile, HAS_OUTLOOK } from './support.ts';

const real = test.runIf(HAS_OUTLOOK);

async function eventsOf(bytes: Buffer, from = 0): Promise<ContainerEvent[]> {
  const events: ContainerEvent[] = [];
  for await (const event of readContainer(bytesSource('mail.pst', bytes), { from })) events.push(event);
  return events;
}

function mailsIn(
  events: readonly ContainerEvent[],
): readonly { folder: string; mail: Mail; bytes: Uint8Array }[] {
  return events.flatMap((event) =>
    event.type === 'item' && isMailItem(event)
      ? [
          {
            folder: event.context?.conversation.id ?? '',
            mail: readMail(event.bytes, { hash: sha256 }),
            bytes: event.bytes,
          },
        ]
      : [],
  );
}

function countsOf(events: readonly ContainerEvent[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { folder } of mailsIn(events)) counts[folder] = (counts[folder] ?? 0) + 1;
  return counts;
}

// Counted with readpst of libpst 0.6.76, which leaves out hidden entries and free/busy notes as well or names them.
real.each([
  [
    'go-pst/support.pst',
    { 'Top of Personal Folders / Drafts': 6, 'Top of Personal Folders / Sent Messages': 11 },
  ],
  ['go-pst/32-bit.pst', { 'Top of Personal Folders / Calendar': 1 }],
  [
    'java-libpst/dist-list.pst',
    { 'Freebusy Data': 1, 'Top of Personal Folders / Calendar': 1, 'Top of Personal Folders / Contacts': 2 },
  ],
  ['java-libpst/passworded.pst', { 'Freebusy Data': 1, 'Top of Personal Folders / Contacts': 2 }],
])('%s: every message, counted by folder', async (path, counts) => {
  const bytes = corpusFile(`pst/${path}`);
  const events = await eventsOf(bytes);
  expect(countsOf(events)).toEqual(counts);
  expect(events.at(-1)).toEqual({ type: 'gap', member: null, range: { start: 0, end: bytes.length } });
  expect(events.filter(({ type }) => type === 'unreadable' || type === 'note')).toEqual([]);
});

real('every message of a PST says that it was rebuilt, and keeps the header it came with', async () => {
  const events = await eventsOf(corpusFile('pst/go-pst/support.pst'));
  for (const event of events) {
    if (event.type !== 'item') continue;
    expect(event.isRebuilt).toBe(true);
    expect(event.issues.map(({ code }) => code)).toContain('rebuilt');
  }
  const mails = mailsIn(events);
  const test1 = mails.find(({ mail }) => mail.subject === 'test')!;
  expect(test1.mail).toMatchObject({ sentAt: '2013-12-09T15:06:48+01:00', text: 'test\n' });
  expect(mails.flatMap(({ mail }) => mail.issues)).toEqual([]);
  const { mail, bytes } = mails.find((one) => one.mail.attachments.length > 0)!;
  const key = Buffer.from(attachmentBytes(bytes, mail.attachments[0]!)).toString('latin1');
  expect(key).toContain('-----BEGIN PGP PUBLIC KEY BLOCK-----');
});

real('a list of people and an appointment with exceptions are read', async () => {
  const mails = mailsIn(await eventsOf(corpusFile('pst/java-libpst/dist-list.pst')));
  const list = mails.find(({ mail }) => mail.subject === 'test dist list')!;
  const card = list.mail.attachments.find(({ mediaType }) => mediaType === 'text/vcard')!;
  expect(Buffer.from(attachmentBytes(list.bytes, card)).toString()).toMatch(/KIND:group\r\nMEMBER;CN=/);
  const meeting = mails.find(({ mail }) => mail.subject === 'Test appointment')!;
  expect(meeting.mail.children.map(({ text }) => text)).toEqual([
    'This is the appointment at 9\n',
    'This is the one at 10\n',
  ]);
});

real('reading again gives the same bytes, and a run goes on at the message it stopped at', async () => {
  const bytes = corpusFile('pst/go-pst/support.pst');
  const [all, rest] = [await eventsOf(bytes), await eventsOf(bytes, 12)];
  const items = all.filter(({ type }) => type === 'item');
  expect(rest.filter(({ type }) => type === 'item')).toEqual(items.slice(12));
});

real('a damaged or cut PST never throws, and ends', async () => {
  const whole = corpusFile('pst/go-pst/32-bit.pst');
  let state = 7;
  const chance = (below: number): number => {
    state = (state * 1_103_515_245 + 12_345) % 2 ** 31;
    return state % below;
  };
  for (let round = 0; round < 60; round++) {
    const damaged = Buffer.from(round % 5 === 0 ? whole.subarray(0, chance(whole.length)) : whole);
    for (let i = 0; i < 40 && damaged.length > 0; i++) damaged[chance(damaged.length)] = chance(256);
    damaged.write('!BDN', 0);
    const events = await eventsOf(damaged);
    expect(events.length).toBeLessThan(1000);
  }
});

test('a file that only begins like a PST is named as damaged, with its range', async () => {
  const bytes = Buffer.concat([Buffer.from('!BDN'), Buffer.alloc(1000)]);
  expect(await eventsOf(bytes)).toMatchObject([
    { type: 'unreadable', range: { start: 0, end: 1004 }, issue: { code: 'outlook-damaged' } },
  ]);
});

test('the cyclic cover taken off twice is the block again, and it depends on the block', () => {
  const block = Buffer.from(Array.from({ length: 4000 }, (_, i) => (i * 7) & 255));
  const covered = uncover(block, 'cyclic', 0x1234);
  expect(covered.equals(block)).toBe(false);
  expect(uncover(covered, 'cyclic', 0x1234).equals(block)).toBe(true);
  expect(uncover(covered, 'cyclic', 0x1238).equals(block)).toBe(false);
});

function letter(subject: string, more: Partial<PstMessage> = {}): PstMessage {
  return {
    properties: [
      [ID.subject, TYPE.unicode, subject],
      [ID.senderName, TYPE.unicode, 'Dmitri Orlov'],
      [ID.senderAddress, TYPE.unicode, 'dmitri@example.org'],
      [ID.submitTime, TYPE.time, '2026-11-02T08:00:00Z'],
      [ID.body, TYPE.unicode, `${subject}, said he.`],
    ],
    ...more,
  };
}

const BIG = Buffer.from(Array.from({ length: 100_000 }, (_, i) => (i * i) & 255));
const TREE: PstFolder = {
  name: '',
  folders: [
    {
      name: 'Inbox',
      messages: [
        letter('First', {
          recipients: [
            [
              [ID.displayName, TYPE.unicode, 'Анна'],
              [ID.smtpAddress, TYPE.unicode, 'anna@example.org'],
              [ID.recipientType, TYPE.int32, 1],
            ],
            [
              [ID.displayName, TYPE.unicode, 'Oleg'],
              [ID.recipientType, TYPE.int32, 2],
            ],
          ],
        }),
        letter('Second', {
          attachments: [
            {
              properties: [
                [ID.attachLongFilename, TYPE.unicode, 'kuva ä.bin'],
                [ID.attachData, TYPE.binary, BIG],
              ],
            },
            { properties: [[ID.attachMethod, TYPE.int32, 5]], inner: letter('Inside') },
          ],
        }),
      ],
      folders: [{ name: 'Old', messages: [letter('Third')] }],
    },
    { name: 'Sent', messages: [letter('Fourth')], unlisted: [letter('Fifth')] },
  ],
};

test.each([
  ['none', 8],
  ['permute', 8],
  ['cyclic', 8],
  ['permute', 4],
  ['cyclic', 4],
] as const)(
  'covered by %s, with ids of %d bytes: folders, people, files and messages inside',
  async (crypt, idBytes) => {
    const mails = mailsIn(await eventsOf(pstFile({ root: TREE, crypt, idBytes })));
    expect(mails.map(({ folder, mail }) => [folder, mail.subject])).toEqual([
      ['Inbox', 'First'],
      ['Inbox', 'Second'],
      ['Inbox / Old', 'Third'],
      ['Sent', 'Fourth'],
      ['Sent', 'Fifth'],
    ]);
    const [first, second] = mails;
    expect(first!.mail).toMatchObject({
      from: { name: 'Dmitri Orlov', address: 'dmitri@example.org' },
      to: [{ name: 'Анна', address: 'anna@example.org' }],
      cc: [{ name: 'Oleg', address: null }],
      sentAt: '2026-11-02T08:00:00+00:00',
      text: 'First, said he.',
      issues: [],
    });
    const [file] = second!.mail.attachments;
    expect([file!.name, Buffer.from(attachmentBytes(second!.bytes, file!)).equals(BIG)]).toEqual([
      'kuva ä.bin',
      true,
    ]);
    expect(second!.mail.children.map(({ subject, text }) => [subject, text])).toEqual([
      ['Inside', 'Inside, said he.'],
    ]);
  },
);

test('a folder that holds itself or its parent is read once', async () => {
  const inner: PstFolder = { name: 'Loop', messages: [letter('Once')], alsoHolds: [ROOT_FOLDER, 0x8022] };
  const events = await eventsOf(pstFile({ root: { name: '', folders: [inner], alsoHolds: [ROOT_FOLDER] } }));
  expect(mailsIn(events).map(({ mail }) => mail.subject)).toEqual(['Once']);
});

test('blocks that are read over and over cost no more than a few times the file', async () => {
  const bytes = pstFile({ root: TREE });
  const pst = (await openPst(bytesSource('mail.pst', bytes)))!;
  const { data } = (await findNode(pst, ROOT_FOLDER))!;
  let rounds = 0;
  while ((await readBlocks(pst, data)).length > 0) rounds++;
  expect(rounds).toBeLessThanOrEqual(((bytes.length + 2 ** 20) * 4) / 64);
  expect(pst.notes.issues.at(-1)).toMatchObject({ code: 'outlook-damaged' });
});
