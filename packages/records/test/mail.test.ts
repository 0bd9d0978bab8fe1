import { expect, test } from 'vitest';
import { readMail } from '../src/mail.ts';
import { sha256 } from './corpora.ts';

const read = (lines: readonly string[], eol = '\r\n') =>
  readMail(Buffer.from(lines.join(eol), 'latin1'), { hash: sha256 });

test('an ordinary message gives its envelope, its words and nothing invented', () => {
  const mail = read([
    'From: Anna Berg <anna@studio.example>',
    'To: "Orlov, I." <orlov@baltika.example>, info@baltika.example',
    'Subject: =?utf-8?Q?J=C3=A4rjestys?=',
    'Date: Tue, 12 May 2026 09:14:00 +0300',
    'Message-ID: <1@studio.example>',
    '',
    'The login is in line 4.',
  ]);
  expect(mail.from).toEqual({ name: 'Anna Berg', address: 'anna@studio.example' });
  expect(mail.to).toEqual([
    { name: 'Orlov, I.', address: 'orlov@baltika.example' },
    { name: null, address: 'info@baltika.example' },
  ]);
  expect(mail.subject).toBe('Järjestys');
  expect(mail.sentAt).toBe('2026-05-12T09:14:00+03:00');
  expect(mail.text).toBe('The login is in line 4.');
  expect([mail.html, mail.receivedAt, mail.inReplyTo, mail.listId]).toEqual([null, null, null, null]);
  expect(mail.issues).toEqual([]);
});
