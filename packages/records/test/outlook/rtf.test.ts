import { expect, test } from 'vitest';
import { readRtf } from '../../src/outlook/rtf.ts';
import { unpackRtf } from '../../src/outlook/rtf-unpack.ts';
import { newNotes } from '../../src/reading.ts';

const rtf = (text: string) => readRtf(Buffer.from(text, 'latin1'));
/** The worked example of MS-OXRTFCP 3.1. */
const PACKED = Buffer.from(
  '2d0000002b0000004c5a4675f1c5c7a703000a00726370673132354232 0af32068656c090020627705b06c647d0a800fa0'.replace(
    / /g,
    '',
  ),
  'hex',
);

test('compressed RTF is unpacked as the specification shows', () => {
  const notes = newNotes();
  expect(unpackRtf(PACKED, notes)!.toString()).toBe('{\\rtf1\\ansi\\ansicpg1252\\pard hello world}\r\n');
  expect(notes.issues).toEqual([]);
});

test('a wrong checksum is told, and the words are read', () => {
  const damaged = Buffer.from(PACKED);
  damaged[12]! ^= 1;
  const notes = newNotes();
  expect(unpackRtf(damaged, notes)!.toString()).toContain('hello world');
  expect(notes.issues.map(({ code }) => code)).toEqual(['checksum-wrong']);
});

test('RTF that was not compressed is taken as it is, and an unknown packing is told', () => {
  const stored = Buffer.concat([
    Buffer.from('11000000050000004d454c4100000000', 'hex'),
    Buffer.from('{\\rtf'),
  ]);
  expect(unpackRtf(stored, newNotes())!.toString()).toBe('{\\rtf');
  const notes = newNotes();
  stored.write('XXXX', 8);
  expect(unpackRtf(stored, notes)).toBeNull();
  expect(notes.issues.map(({ code }) => code)).toEqual(['outlook-damaged']);
});

test('RTF that ends before its stated size is told, and what there is of it is read', () => {
  for (const packed of [
    PACKED.subarray(0, 30),
    Buffer.concat([Buffer.from('11000000090000004d454c4100000000', 'hex'), Buffer.from('{\\rtf')]),
  ]) {
    const notes = newNotes();
    expect(unpackRtf(packed, notes)!.toString()).toMatch(/^\{\\rtf/);
    expect(notes.issues.map(({ code }) => code)).toContain('outlook-damaged');
  }
  const notes = newNotes();
  unpackRtf(PACKED, notes);
  expect(notes.issues).toEqual([]);
});

test('a stated size of gigabytes costs no memory', () => {
  const hostile = Buffer.from(PACKED);
  hostile.writeUInt32LE(0xffffffff, 4);
  expect(unpackRtf(hostile, newNotes())!.length).toBeLessThan(1000);
});

test('HTML that a mail program wrapped in RTF comes back, without what stands beside it', () => {
  const read = rtf(
    '{\\rtf1\\ansi\\ansicpg1251\\fromhtml1 {\\fonttbl{\\f0\\fswiss Arial;}}{\\colortbl\\red0\\green0\\blue0;}' +
      "{\\*\\htmltag19 <html>}{\\*\\htmltag2 \\par }{\\*\\htmltag64 <p>}\\htmlrtf {\\htmlrtf0 \\'cf\\'f0\\'e8\\'e2\\'e5\\'f2" +
      '\\htmlrtf\\par}\\htmlrtf0 {\\*\\htmltag84 &lt;}\\htmlrtf <\\htmlrtf0 b{\\*\\mhtmltag84 <a href="no">}{\\*\\htmltag27 </html>}}',
  );
  expect(read).toEqual({ from: 'html', words: '<html>\r\n<p>Привет&lt;b</html>' });
});

test('plain text that was wrapped in RTF comes back', () => {
  expect(
    rtf('{\\rtf1\\ansi\\fromtext \\fbidis{\\fonttbl{\\f0 Courier;}}\\pard one\\par two\\tab three\\par}'),
  ).toEqual({
    from: 'text',
    words: 'one\ntwo\tthree\n',
  });
});

test('the words of other RTF are read, without pictures, fonts and commands of fields', () => {
  const read = rtf(
    '{\\rtf1\\ansi{\\fonttbl{\\f0 Arial;}}{\\info{\\author Nobody}}{\\pict\\wmetafile8 0102}' +
      '{\\field{\\*\\fldinst HYPERLINK "http://x.example"}{\\fldrslt the page}}\\par\\lquote a\\rquote  \\{b\\}}',
  );
  expect(read).toEqual({ from: 'rtf', words: 'the page\n‘a’ {b}' });
});

test('double-byte characters are read by the charset of their font, also where the second byte is plain', () => {
  const read = rtf(
    "{\\rtf1\\ansi\\ansicpg1252{\\fonttbl{\\f0 A;}{\\f1\\fcharset128 B;}}\\f1 \\'93\\'fa\\'96{\\f1 \\'7b}\\'83e}",
  );
  expect(read.words).toContain('日');
  expect(read.words.endsWith('テ')).toBe(true);
});

test('a unicode character takes the place of those that stand in for it', () => {
  expect(rtf("{\\rtf1\\uc1\\u1055?\\u1088\\'f0\\uc0\\u1080 !}").words).toBe('При!');
  expect(rtf('{\\rtf1\\u-10179?\\u-8694?}').words).toBe('\ud83d\ude0a');
});

test('binary data are passed over, and braces that do not match break nothing', () => {
  expect(rtf('{\\rtf1 a\\bin5 }}}}}b}}}}c').words).toBe('abc');
  expect(rtf(`${'{'.repeat(200_000)}deep`).words).toBe('deep');
  expect(rtf('{\\rtf1 \\bin99999999 x').words).toBe('');
});
