import { expect, test } from 'vitest';
import { attachmentBytes, attachmentChunks } from '../../src/attachment.ts';
import { type Mail, readMail } from '../../src/mail.ts';
import { childBytes } from '../../src/nested.ts';
import { ID, TYPE } from '../../src/outlook/property.ts';
import { readTnef } from '../../src/outlook/tnef.ts';
import { sha256 } from '../corpora.ts';
import { attribute, corpusFile, HAS_OUTLOOK, tnefFile, tnefProperties, words } from './support.ts';

const RENDER = 0x00069002;
const TITLE = 0x00018010;
const DATA = 0x0006800f;
const BODY = 0x0002800c;
const PROPERTIES = 0x00069003;
const CODE_PAGE = 0x00069007;
const OF_ATTACHMENT = 0x00069005;
const BREAKS = '\r\n';

const real = test.runIf(HAS_OUTLOOK);
const codes = (mail: { issues: readonly { code: string }[] }): string[] =>
  mail.issues.map(({ code }) => code);

function mailWith(packed: Buffer): Buffer {
  const lines = [
    'From: dmitri@example.org',
    'Date: Mon, 2 Nov 2026 10:00:00 +0200',
    'MIME-Version: 1.0',
    'Content-Type: application/ms-tnef; name="winmail.dat"',
    'Content-Transfer-Encoding: base64',
    '',
    packed.toString('base64').replace(/.{76}/g, `$&${BREAKS}`),
  ];
  return Buffer.from(lines.join(BREAKS));
}

function fileIn(name: string, bytes: Buffer): Buffer {
  return Buffer.concat([
    attribute(2, RENDER, Buffer.alloc(14)),
    attribute(2, TITLE, Buffer.from(`${name}\0`, 'latin1')),
    attribute(2, DATA, bytes),
  ]);
}

/** Where an attribute ends: a stream cut there looks whole. */
function endsOf(packed: Buffer): readonly number[] {
  const ends = [6];
  for (let at = 6; at < packed.length; at = ends.at(-1)!) ends.push(at + 11 + packed.readUInt32LE(at + 5));
  return ends;
}

real('the files of a real winmail.dat come out byte for byte, under their names', () => {
  const { files, rtf, messages } = readTnef(corpusFile('tnef/mimekit/christmas.tnef'));
  const name = 'kitten-playing-with-a-christmas-tree.jpg';
  expect(files.map((file) => file.name)).toEqual([name]);
  expect(files[0]!.bytes.equals(corpusFile(`tnef/mimekit/christmas/${name}`))).toBe(true);
  expect(rtf!.equals(corpusFile('tnef/mimekit/christmas/message.rtf'))).toBe(true);
  for (const [index, place] of [2, 4].entries()) {
    const expected = corpusFile(`tnef/mimekit/christmas/Untitled Attachment.${place}`);
    expect(messages[index]!.packed!.equals(expected)).toBe(true);
  }
});

real('an OLE object is the file without the interface id before it', () => {
  const { files, rtf } = readTnef(corpusFile('tnef/mimekit/winmail.tnef'));
  for (const [index, file] of files.entries()) {
    const expected = corpusFile(`tnef/mimekit/winmail/Untitled Attachment.${index + 1}`);
    expect(file.bytes.equals(expected.subarray(16))).toBe(true);
  }
  expect(rtf!.equals(corpusFile('tnef/mimekit/winmail/message.rtf'))).toBe(true);
});

real('five files of five kinds are found in a real winmail.dat', () => {
  const { files, notes } = readTnef(corpusFile('msg/tika/testWINMAIL.dat'));
  expect(files.map(({ name, bytes }) => [name, bytes.length])).toEqual([
    ['quick.doc', 19968],
    ['quick.html', 428],
    ['quick.pdf', 18638],
    ['quick.txt', 235],
    ['quick.xml', 143],
  ]);
  expect(notes.issues).toEqual([]);
});

real('a mail gives the files of its winmail.dat, and the task and the meeting in it as messages', () => {
  const bytes = corpusFile('tnef/mimekit/rich-text.eml');
  const mail = readMail(bytes, { hash: sha256 });
  expect(mail.attachments.map(({ name }) => name)).toEqual([
    'winmail.dat',
    'kitten-playing-with-a-christmas-tree.jpg',
    'body.rtf',
  ]);
  const [, kitten] = mail.attachments;
  const expected = corpusFile('tnef/mimekit/christmas/kitten-playing-with-a-christmas-tree.jpg');
  expect(Buffer.from(attachmentBytes(bytes, kitten!)).equals(expected)).toBe(true);
  expect(Buffer.concat([...attachmentChunks(bytes, kitten!)]).equals(expected)).toBe(true);
  expect(mail.children.map(({ subject }) => subject)).toEqual([
    'Build a train table',
    'Christmas Celebration!',
  ]);
  const meeting = mail.children[1]!;
  const inner = childBytes(bytes, meeting);
  const calendar = meeting.attachments.find(({ mediaType }) => mediaType === 'text/calendar')!;
  expect(Buffer.from(attachmentBytes(inner, calendar)).toString()).toContain('DTSTART:20181225T120000Z');
  expect(codes(mail)).toEqual([]);
});

real('a body that only the winmail.dat holds is read in its own charset', () => {
  const mail = readMail(corpusFile('tnef/mimekit/ukr.eml'), { hash: sha256 });
  expect(mail.html).toContain('шостий');
});

test('words and files of a winmail.dat stand for a mail that has none of its own', () => {
  const packed = tnefFile(
    attribute(1, CODE_PAGE, words(1251, 0)),
    attribute(1, BODY, Buffer.from('cff0e8e2e5f200', 'hex')),
    fileIn('report.pdf', Buffer.from('%PDF-1.4')),
    fileIn('empty.txt', Buffer.alloc(0)),
  );
  const bytes = mailWith(packed);
  const mail = readMail(bytes, { hash: sha256 });
  expect(mail.text).toBe('Привет');
  expect(mail.attachments.map(({ name, sizeBytes, inside }) => [name, sizeBytes, inside])).toEqual([
    ['winmail.dat', packed.length, undefined],
    ['report.pdf', 8, 0],
    ['empty.txt', 0, 1],
  ]);
  expect(Buffer.from(attachmentBytes(bytes, mail.attachments[1]!)).toString()).toBe('%PDF-1.4');
});

test('a winmail.dat inside another is a file and a message; one that only has the name is a file', () => {
  const inner = tnefFile(
    attribute(1, PROPERTIES, tnefProperties([[ID.body, TYPE.unicode, 'inner words\0']])),
    fileIn('in.txt', Buffer.from('inner file')),
  );
  const bytes = mailWith(
    tnefFile(fileIn('winmail.dat', inner), fileIn('winmail.dat', Buffer.from('no such thing'))),
  );
  const mail = readMail(bytes, { hash: sha256 });
  expect(mail.attachments.map(({ sizeBytes }) => sizeBytes).slice(1)).toEqual([inner.length, 13]);
  expect(mail.children.map(({ text }) => text)).toEqual(['inner words']);
  const [child] = mail.children;
  const file = attachmentBytes(childBytes(bytes, child!), child!.attachments[0]!);
  expect(Buffer.from(file).toString()).toBe('inner file');
});

test('what is called a winmail.dat and is none is told, and kept as a file', () => {
  const mail = readMail(mailWith(Buffer.from('no such thing at all')), { hash: sha256 });
  expect(codes(mail)).toEqual(['outlook-damaged']);
  expect(mail.attachments.map(({ sizeBytes }) => sizeBytes)).toEqual([20]);
  expect(codes(readMail(mailWith(tnefFile()), { hash: sha256 }))).toEqual([]);
});

test('the words of a winmail.dat are read in the charset that a person names', () => {
  const bytes = mailWith(
    tnefFile(
      attribute(1, CODE_PAGE, words(1251, 0)),
      attribute(1, BODY, Buffer.from('f0d2c9d7c5d400', 'hex')),
      fileIn('report.pdf', Buffer.from('%PDF-1.4')),
    ),
  );
  const said = readMail(bytes, { hash: sha256, charset: 'koi8-r' });
  expect(said.text).toBe('Привет');
  expect(Buffer.from(attachmentBytes(bytes, said.attachments[1]!)).toString()).toBe('%PDF-1.4');
});

test('8-bit words under no code page are a guess that is told', () => {
  const { text, notes } = readTnef(tnefFile(attribute(1, BODY, Buffer.from('caf\xe9\0', 'latin1'))));
  expect(text).toBe('café');
  expect(notes.issues.map(({ code }) => code)).toEqual(['charset-guessed']);
  expect(notes.charsets[0]).toMatchObject({ used: 'windows-1252', certainty: 'guessed' });
});

test('a winmail.dat that is cut gives what stands before the cut, and says so', () => {
  const attributes = ['a.txt', 'b.txt'].map((name) => fileIn(name, Buffer.from('one')));
  const whole = tnefFile(...attributes);
  const ends = endsOf(whole);
  for (let end = 6; end < whole.length; end++) {
    const { files, notes } = readTnef(whole.subarray(0, end));
    expect(files.map((file) => file.name)).toEqual(['a.txt', 'b.txt'].slice(0, files.length));
    const isBetween = ends.includes(end);
    if (!isBetween) expect(notes.issues.map(({ code }) => code)).toContain('outlook-damaged');
  }
});

test('a wrong checksum is told and the value read', () => {
  const packed = tnefFile(fileIn('a.txt', Buffer.from('one')));
  packed[packed.length - 1]! ^= 255;
  const { files, notes } = readTnef(packed);
  expect(files[0]!.bytes.toString()).toBe('one');
  expect(notes.issues.map(({ code }) => code)).toEqual(['checksum-wrong']);
});

test('a list of properties that promises more than there is ends where it breaks', () => {
  const list = Buffer.concat([words(0xffffffff), words((ID.subject << 16) | TYPE.string8, 0xfffffff0, 4)]);
  const { notes } = readTnef(tnefFile(attribute(1, PROPERTIES, list)));
  expect(notes.issues.map(({ code }) => code)).toEqual(['outlook-damaged']);
});

test('messages nested without end are left as a file at the limit', () => {
  let inner = tnefFile(attribute(1, BODY, Buffer.from('deepest\0')));
  for (let i = 0; i < 30; i++) {
    const object = Buffer.concat([Buffer.alloc(16), inner]);
    const list = tnefProperties([[ID.attachData, TYPE.object, object]]);
    inner = tnefFile(attribute(2, RENDER, Buffer.alloc(14)), attribute(2, OF_ATTACHMENT, list));
  }
  const mail = readMail(inner, { hash: sha256 });
  const depth = (one: Mail): number => 1 + Math.max(0, ...one.children.map(depth));
  expect(depth(mail)).toBeGreaterThan(5);
  expect(readTnef(inner).notes.issues.map(({ code }) => code)).toContain('too-deep');
});
