import { expect, test } from 'vitest';
import { attachmentBytes } from '../../src/attachment.ts';
import { type ContainerEvent, readContainer } from '../../src/container.ts';
import { readHeaders } from '../../src/envelope.ts';
import { readMail } from '../../src/mail.ts';
import { childBytes, filesInside } from '../../src/nested.ts';
import { openCfb } from '../../src/outlook/cfb.ts';
import { writeNodes } from '../../src/outlook/cfb-write.ts';
import { openPacked } from '../../src/outlook/packed.ts';
import { ID, TYPE } from '../../src/outlook/property.ts';
import { newNotes } from '../../src/reading.ts';
import { bytesSource } from '../../src/source.ts';
import { sha256 } from '../corpora.ts';
import { corpusFile, HAS_OUTLOOK, msgFile, type Stated, storage, stream } from './support.ts';

const real = test.runIf(HAS_OUTLOOK);
const read = (bytes: Uint8Array) => readMail(bytes, { hash: sha256 });
const codes = (mail: { issues: readonly { code: string }[] }): string[] =>
  mail.issues.map(({ code }) => code);
const text = (id: number, value: string): Stated => [id, TYPE.unicode, value];

async function eventsOf(name: string, bytes: Buffer): Promise<ContainerEvent[]> {
  const events: ContainerEvent[] = [];
  for await (const event of readContainer(bytesSource(name, bytes))) events.push(event);
  return events;
}

const LETTER: readonly Stated[] = [
  text(ID.subject, 'Työaika'),
  text(ID.senderName, 'Dmitri Orlov'),
  text(ID.senderType, 'SMTP'),
  text(ID.senderAddress, 'dmitri@example.org'),
  [ID.submitTime, TYPE.time, '2026-11-02T08:00:00Z'],
  text(ID.messageId, '<one@example.org>'),
  text(ID.body, 'You will do it tonight.\r\n'),
];

real.each([
  ['tika/testMSG.msg', 'MIME registry use cases', 'jukka.zitting@gmail.com', '2009-01-29T20:16:40+01:00', 0],
  [
    'tika/testMSG_chinese.msg',
    'Alfresco MSG format testing ( MSG 格式測試 )',
    null,
    '2011-03-29T08:52:48+00:00',
    0,
  ],
  [
    'tika/testMSG_att_doc.msg',
    'test pièce jointe 1',
    'nicolas1.23456@free.fr',
    '2009-04-22T14:36:33+00:00',
    2,
  ],
  [
    'MSGReader/EmailWith2Attachments.msg',
    'E-mail with 2 attachments',
    'kees.van.spelde@achmea.nl',
    '2019-12-02T08:44:20+00:00',
    2,
  ],
  ['msg-extractor/unicode.msg', 'Test for TIF files', 'brizhou@gmail.com', '2013-11-18T10:26:24+02:00', 2],
  ['MSGReader/RtfWithShortRussianString.msg', null, null, null, 0],
])('%s says who, when and what', (path, subject, from, sentAt, files) => {
  const bytes = corpusFile(`msg/${path}`);
  const mail = read(bytes);
  expect([mail.subject, mail.from?.address ?? null, mail.sentAt, mail.attachments.length]).toEqual([
    subject,
    from,
    sentAt,
    files,
  ]);
  for (const attachment of mail.attachments) {
    const own = Buffer.from(attachmentBytes(bytes, attachment));
    const hasher = sha256();
    hasher.update(own);
    expect([own.length, hasher.hex()]).toEqual([attachment.sizeBytes, attachment.sha256]);
  }
});

real('the header that came over the wire is the header; without one it is rebuilt and says so', () => {
  expect(codes(read(corpusFile('msg/tika/testMSG.msg')))).toEqual([]);
  expect(codes(read(corpusFile('msg/tika/testMSG_Post.msg')))).toEqual(['rebuilt']);
});

real('a Russian text that only stands in RTF is read', () => {
  const { text: words, html } = read(corpusFile('msg/MSGReader/RtfWithShortRussianString.msg'));
  expect(words).toContain('«Имя пользователя»');
  expect(html).toContain('<html');
});

real('appointment, task, contact, note and reactions are read', () => {
  const file = (path: string, name: string): string => {
    const bytes = corpusFile(`msg/${path}`);
    const found = read(bytes).attachments.find((one) => one.name === name);
    return found ? Buffer.from(attachmentBytes(bytes, found)).toString() : '';
  };
  expect(file('tika/testMSG_Appointment.msg', 'calendar.ics')).toMatch(
    /DTSTART:20170228T183000Z\r\nDTEND:20170228T190000Z\r\nSUMMARY:Quick brown fox\r\nLOCATION:under lazy dog/,
  );
  expect(file('tika/testMSG_Task.msg', 'calendar.ics')).toContain('DUE:20170310T000000Z');
  expect(file('tika/testMSG_Contact.msg', 'contact.vcf')).toMatch(
    /N:Fox;Quick;Brown;Dr;Jr\r\nEMAIL:quickbrown@gmail.com/,
  );
  expect(read(corpusFile('msg/tika/testMSG_StickyNote.msg')).text).toContain('quick brown fox');
  expect(JSON.parse(file('MSGReader/EmailWithReactions.msg', 'reactions.json'))).toHaveLength(3);
});

real('a message inside a message is a message', () => {
  const bytes = corpusFile('msg/tika/testMSG_att_msg.msg');
  const [child] = read(bytes).children;
  expect([child?.subject, child?.sentAt, child?.text]).toEqual([
    'Test Attachment',
    '2010-06-18T09:52:19+10:00',
    'Blah blah blah\n\n',
  ]);
  const own = read(childBytes(bytes, child!));
  expect([own.subject, own.messageId]).toEqual([child!.subject, child!.messageId]);
});

test('a .msg without a header is read from its properties, and nothing is invented', () => {
  const mail = read(
    msgFile({
      properties: LETTER,
      recipients: [[text(ID.displayName, 'Anna'), [ID.recipientType, TYPE.int32, 1]]],
    }),
  );
  expect(mail).toMatchObject({
    subject: 'Työaika',
    from: { name: 'Dmitri Orlov', address: 'dmitri@example.org' },
    to: [{ name: 'Anna', address: null }],
    sentAt: '2026-11-02T08:00:00+00:00',
    messageId: '<one@example.org>',
    text: 'You will do it tonight.\n',
  });
  expect(codes(mail)).toEqual(['rebuilt']);
  const undated = read(msgFile({ properties: LETTER.filter(([id]) => id !== ID.submitTime) }));
  expect([undated.sentAt, codes(undated)]).toEqual([null, ['rebuilt', 'date-missing']]);
});

test('words behind a zero byte are words, and told; the zero bytes at the end are not', () => {
  const hidden = read(msgFile({ properties: [...LETTER.slice(0, -1), text(ID.body, 'Seen.\0Hidden.\0\0')] }));
  expect([hidden.text, codes(hidden)]).toEqual(['Seen.\0Hidden.', ['rebuilt', 'nul-byte']]);
  const ended = read(msgFile({ properties: [...LETTER.slice(0, -1), text(ID.body, 'Seen.\0')] }));
  expect([ended.text, codes(ended)]).toEqual(['Seen.', ['rebuilt']]);
});

test('the survey of correspondents reads a .msg', () => {
  expect(readHeaders(msgFile({ properties: LETTER })).from?.address).toBe('dmitri@example.org');
});

test('hostile words in a rebuilt header become no header of their own', () => {
  const properties: Stated[] = [
    text(ID.subject, 'x\r\nBcc: spy@example.org'),
    text(ID.senderName, 'A" <b@example.org>\r\nTo: spy@example.org'),
    text(ID.senderAddress, 'c@example.org>\r\nCc: <spy@example.org'),
    text(ID.messageId, '<a>\r\nReply-To: <spy@example.org>'),
  ];
  const mail = read(msgFile({ properties }));
  expect([mail.to, mail.cc, mail.bcc, mail.replyTo]).toEqual([[], [], [], []]);
  expect(mail.subject).toBe('x Bcc: spy@example.org');
});

test('8-bit texts are read by the stated code page, else as a guess that is told', () => {
  const bytes = Buffer.from('cff0e8e2e5f2', 'hex');
  const stated = read(
    msgFile({
      properties: [
        [ID.body, TYPE.string8, bytes],
        [ID.messageCodePage, TYPE.int32, 1251],
      ],
    }),
  );
  expect([stated.text, codes(stated)]).toEqual(['Привет', ['rebuilt', 'date-missing']]);
  const guessed = read(msgFile({ properties: [[ID.body, TYPE.string8, 'caf\xe9']] }));
  expect([guessed.text, codes(guessed)]).toEqual(['café', ['rebuilt', 'charset-guessed', 'date-missing']]);
});

test('8-bit texts are read in the charset that a person names; files inside keep their bytes', () => {
  const bytes = msgFile({
    properties: [
      [ID.body, TYPE.string8, Buffer.from('f0d2c9d7c5d4', 'hex')],
      [ID.messageCodePage, TYPE.int32, 1251],
    ],
    attachments: [
      {
        properties: [
          [ID.attachFilename, TYPE.string8, Buffer.from('f3dec5d4', 'hex')],
          [ID.attachData, TYPE.binary, 'a file'],
        ],
      },
    ],
  });
  const said = readMail(bytes, { hash: sha256, charset: 'koi8-r' });
  expect([said.text, said.attachments[0]?.name]).toEqual(['Привет', 'Счет']);
  expect(said.charsets[0]).toMatchObject({ used: 'koi8-r', certainty: 'corrected' });
  expect(said.attachments[0]?.sha256).toBe(read(bytes).attachments[0]?.sha256);
  expect(read(bytes).text).not.toBe('Привет');
});

test('a letter inside a .msg is read in the charset that a person names too, and its files are found where they were', () => {
  const inner = {
    properties: [
      [ID.subject, TYPE.string8, Buffer.from('f3dec5d4', 'hex')],
      [ID.body, TYPE.string8, Buffer.from('f0d2c9d7c5d4', 'hex')],
      [ID.messageCodePage, TYPE.int32, 1251],
    ] as const,
    attachments: [
      {
        properties: [
          text(ID.attachLongFilename, 'a.bin'),
          [ID.attachData, TYPE.binary, Buffer.from('abc')] as const,
        ],
      },
    ],
  };
  const bytes = msgFile({
    properties: LETTER,
    attachments: [{ properties: [text(ID.displayName, 'Inner')], inner }],
  });
  const said = readMail(bytes, { hash: sha256, charset: 'koi8-r' });
  const [child] = said.children;
  expect([child!.subject, child!.text]).toEqual(['Счет', 'Привет']);
  expect(Buffer.from(attachmentBytes(childBytes(bytes, child!), child!.attachments[0]!)).toString()).toBe(
    'abc',
  );
  const unsaid = read(bytes).children[0]!;
  expect(unsaid.subject).not.toBe('Счет');
  expect([child!.range, child!.segments]).toEqual([unsaid.range, unsaid.segments]);
});

test('an OLE object is a file of its own that opens again', () => {
  const data = Buffer.alloc(70_000, 7);
  const inner = storage('x', [stream('CONTENTS', data), storage('deep', [stream('a', Buffer.from('a'))])]);
  const bytes = msgFile({
    properties: LETTER,
    attachments: [{ properties: [text(ID.displayName, 'Sheet')], storage: inner }],
  });
  const [file] = read(bytes).attachments;
  const root = openCfb(attachmentBytes(bytes, file!), newNotes())!;
  expect(file!.name).toBe('Sheet');
  expect(root.children.get('CONTENTS')!.read().equals(data)).toBe(true);
  expect(root.children.get('deep')!.children.get('a')!.read().toString()).toBe('a');
});

test('a file that is only named is told, not shown as empty', () => {
  const mail = read(
    msgFile({ properties: LETTER, attachments: [{ properties: [text(ID.attachLongFilename, 'far.doc')] }] }),
  );
  expect([mail.attachments, codes(mail)]).toEqual([[], ['rebuilt', 'attachment-missing']]);
});

test('a .msg inside a mail is a file and a message', () => {
  const inner = msgFile({
    properties: LETTER,
    attachments: [
      {
        properties: [text(ID.attachLongFilename, 'a.bin'), [ID.attachData, TYPE.binary, Buffer.from('abc')]],
      },
    ],
  });
  const head =
    'From: a@example.org\r\nContent-Type: application/vnd.ms-outlook; name="x.msg"\r\nContent-Transfer-Encoding: base64\r\n\r\n';
  const bytes = Buffer.from(head + inner.toString('base64').replace(/.{76}/g, '$&\r\n'));
  const mail = read(bytes);
  expect(mail.attachments.map(({ name }) => name)).toEqual(['x.msg']);
  const [child] = mail.children;
  expect(child!.subject).toBe('Työaika');
  const own = childBytes(bytes, child!);
  expect(Buffer.from(own).equals(inner)).toBe(true);
  expect(Buffer.from(attachmentBytes(own, child!.attachments[0]!)).toString()).toBe('abc');
  // It is one file: what is told of it twice could be taken for two.
  expect(filesInside(bytes, mail).map(({ name }) => name)).toEqual(['x.msg']);
  const forwarded = 'Content-Type: message/rfc822\r\n\r\nFrom: c@z.example\r\nSubject: old\r\n\r\nwords\r\n';
  const letter = Buffer.from(`From: a@example.org\r\n${forwarded}`);
  const files = filesInside(letter, read(letter));
  expect(files.map(({ name, mediaType }) => [name, mediaType])).toEqual([['old.eml', 'message/rfc822']]);
  expect(Buffer.from(files[0]!.bytes()).toString()).toBe(forwarded.slice(forwarded.indexOf('From:')));
});

test('a container knows a .msg by its content, and leaves other compound files alone', async () => {
  const [item] = await eventsOf('renamed.bin', msgFile({ properties: LETTER }));
  expect(item).toMatchObject({ type: 'item', format: 'msg', range: { start: 0 } });
  const word = writeNodes(storage('Root Entry', [stream('WordDocument', Buffer.from('not mail'))]));
  expect(await eventsOf('letter.msg', word)).toMatchObject([
    { type: 'unreadable', issue: { code: 'unknown-format' } },
  ]);
});

test('a chain that runs in a circle ends, and is told', () => {
  const bytes = msgFile({ properties: [...LETTER, [ID.html, TYPE.binary, Buffer.alloc(20_000, 65)]] });
  const fat = (bytes.readUInt32LE(76) + 1) * 512;
  for (let sector = 0; sector < 60; sector++) {
    const damaged = Buffer.from(bytes);
    damaged.writeUInt32LE(sector, fat + sector * 4);
    const mail = read(damaged);
    expect(mail.kind).toBe('message');
  }
});

test('a directory that points back at itself ends, and is told', () => {
  const bytes = msgFile({ properties: LETTER });
  const directory = (bytes.readUInt32LE(48) + 1) * 512;
  bytes.writeUInt32LE(0, directory + 128 + 72);
  bytes.writeUInt32LE(1, directory + 128 + 68);
  expect(openPacked(bytes)!.notes.issues.map(({ code }) => code)).toContain('outlook-damaged');
});

test('many streams that share one long chain cost no more than a few times the file', () => {
  const big = Buffer.alloc(400_000, 66);
  const names = Array.from(
    { length: 400 },
    (_, i) => `__substg1.0_${(0x6000 + i).toString(16).toUpperCase()}0102`,
  );
  const nodes = [
    stream('__properties_version1.0', Buffer.alloc(32)),
    ...names.map((name) => stream(name, Buffer.alloc(600))),
  ];
  const bytes = writeNodes(storage('Root Entry', [...nodes, stream('__substg1.0_10130102', big)]));
  const directory = (bytes.readUInt32LE(48) + 1) * 512;
  const rows = Array.from({ length: names.length + 3 }, (_, i) => directory + i * 128);
  const long = rows.find((at) => bytes.readUInt32LE(at + 120) === big.length)!;
  for (const at of rows.slice(1)) bytes.copy(bytes, at + 116, long + 116, long + 124);
  const mail = read(bytes);
  expect(codes(mail)).toContain('outlook-damaged');
});

test('any byte changed, or the end cut off: reading never throws and attachments are what is measured', () => {
  const whole = msgFile({
    properties: LETTER,
    attachments: [
      {
        properties: [
          text(ID.attachLongFilename, 'a.bin'),
          [ID.attachData, TYPE.binary, Buffer.alloc(3000, 1)],
        ],
      },
      { properties: [], inner: { properties: LETTER } },
    ],
  });
  for (let at = 0; at < whole.length; at += 13) {
    const damaged = Buffer.from(at % 2 ? whole : whole.subarray(0, at));
    if (damaged.length > at) damaged[at]! ^= 255;
    const mail = read(damaged);
    expect(codes(mail)).not.toContain('reader-failed');
    for (const one of mail.attachments) expect(attachmentBytes(damaged, one)).toHaveLength(one.sizeBytes);
  }
});
