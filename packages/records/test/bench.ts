/** Run by hand: mails read per second beside postal-mime, on generated mail in three languages with attachments. */
import PostalMime from 'postal-mime';
import { readHeaders } from '../src/envelope.ts';
import { readMail } from '../src/mail.ts';
import { sha256 } from './corpora.ts';

const WORDS = {
  en: 'the client wrote again about the refund and the login that we sent in line four of the mail last Monday'.split(
    ' ',
  ),
  ru: 'клиент снова написал про возврат денег и договор который мы отправили в прошлый понедельник вечером'.split(
    ' ',
  ),
  fi: 'asiakas kirjoitti taas hyvityksestä ja sopimuksesta jonka lähetimme viime maanantaina kokouksen jälkeen'.split(
    ' ',
  ),
} as const;

let seed = 42;
function chance(below: number): number {
  seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
  return seed % below;
}

function sentence(lang: keyof typeof WORDS, words: number): string {
  const list = WORDS[lang];
  return Array.from({ length: words }, () => list[chance(list.length)]).join(' ');
}

function quotedPrintable(text: string): string {
  const encoded = [...Buffer.from(text)].map((byte) =>
    byte > 126 || byte === 61 ? `=${byte.toString(16).toUpperCase()}` : String.fromCharCode(byte),
  );
  let line = '';
  const lines: string[] = [];
  for (const piece of encoded) {
    if (line.length + piece.length > 75) {
      lines.push(`${line}=`);
      line = '';
    }
    line += piece;
  }
  return [...lines, line].join('\r\n');
}

function mail(index: number): Buffer {
  const lang = (['en', 'ru', 'fi'] as const)[index % 3]!;
  const subject = sentence(lang, 6);
  const text = Array.from({ length: 4 + chance(20) }, () => sentence(lang, 12)).join('\r\n');
  const boundary = `----=_Part_${index}_${chance(1e9)}`;
  const head = [
    `Return-Path: <person${index % 50}@client.example>`,
    `Received: from mx.client.example (mx.client.example [192.0.2.${index % 250}]) by mail.firm.example with ESMTPS id ${index}; Tue, 12 May 2026 09:14:0${index % 10} +0300`,
    'Received: from localhost (localhost [127.0.0.1]) by mx.client.example with ESMTP; Tue, 12 May 2026 09:14:00 +0300',
    'DKIM-Signature: v=1; a=rsa-sha256; c=relaxed/relaxed; d=client.example; s=mail; h=from:to:subject:date; bh=47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=; b=Zm9vYmFyYmF6cXV4',
    `From: =?utf-8?B?${Buffer.from(sentence(lang, 2)).toString('base64')}?= <person${index % 50}@client.example>`,
    `To: Anna Berg <anna@firm.example>, info${index % 7}@firm.example`,
    `Subject: =?utf-8?B?${Buffer.from(subject).toString('base64')}?=`,
    'Date: Tue, 12 May 2026 09:14:00 +0300',
    `Message-ID: <${index}.${chance(1e9)}@client.example>`,
    `In-Reply-To: <${index - 1}@firm.example>`,
    `References: <${index - 2}@firm.example> <${index - 1}@firm.example>`,
    'MIME-Version: 1.0',
    'X-Mailer: Example Mail 7.1',
  ];
  if (index % 5 < 2) {
    const body = [
      'Content-Type: text/plain; charset=utf-8',
      'Content-Transfer-Encoding: quoted-printable',
      '',
      quotedPrintable(text),
    ];
    return Buffer.from([...head, ...body, ''].join('\r\n'));
  }
  const html = `<html><body><p>${text.replaceAll('\r\n', '</p>\r\n<p>')}</p></body></html>`;
  const alternative = [
    `--${boundary}a`,
    'Content-Type: text/plain; charset="utf-8"',
    'Content-Transfer-Encoding: quoted-printable',
    '',
    quotedPrintable(text),
    `--${boundary}a`,
    'Content-Type: text/html; charset="utf-8"',
    'Content-Transfer-Encoding: quoted-printable',
    '',
    quotedPrintable(html),
    `--${boundary}a--`,
  ];
  if (index % 5 < 4) {
    return Buffer.from(
      [...head, `Content-Type: multipart/alternative; boundary="${boundary}a"`, '', ...alternative, ''].join(
        '\r\n',
      ),
    );
  }
  const file = Buffer.alloc(4000 + chance(60_000), index)
    .toString('base64')
    .replace(/.{76}/g, '$&\r\n');
  return Buffer.from(
    [
      ...head,
      `Content-Type: multipart/mixed; boundary="${boundary}"`,
      '',
      `--${boundary}`,
      `Content-Type: multipart/alternative; boundary="${boundary}a"`,
      '',
      ...alternative,
      `--${boundary}`,
      'Content-Type: application/pdf; name="contract.pdf"',
      'Content-Disposition: attachment; filename="contract.pdf"',
      'Content-Transfer-Encoding: base64',
      '',
      file,
      `--${boundary}--`,
      '',
    ].join('\r\n'),
  );
}

type Reader = { readonly name: string; readonly read: (bytes: Buffer) => unknown };

/** The readers take turns, so that whatever else the machine does meets all of them; the best round of each counts.
 * Rates are per second of processor time. */
async function compare(
  what: string,
  mails: readonly Buffer[],
  rounds: number,
  readers: readonly Reader[],
): Promise<void> {
  const best = readers.map(() => 0);
  for (let round = 0; round < rounds; round++) {
    for (const [index, { read }] of readers.entries()) {
      const start = process.cpuUsage();
      for (const bytes of mails) await read(bytes);
      const { user, system } = process.cpuUsage(start);
      best[index] = Math.max(best[index]!, mails.length / ((user + system) / 1e6));
    }
  }
  const megabytes = mails.reduce((sum, bytes) => sum + bytes.length, 0) / 1e6 / mails.length;
  console.log(`${what}: ${mails.length} mails of ${(megabytes * 1000).toFixed(1)} kB`);
  for (const [index, { name }] of readers.entries()) {
    const rate = best[index]!;
    const times = (rate / best.at(-1)!).toFixed(1);
    console.log(
      `  ${name.padEnd(12)} ${Math.round(rate)} mails/cpu-s, ${Math.round(rate * megabytes)} MB/s, ${times} ×`,
    );
  }
}

const READERS: readonly Reader[] = [
  { name: 'readHeaders', read: (bytes) => readHeaders(bytes) },
  { name: 'readMail', read: (bytes) => readMail(bytes, { hash: sha256 }) },
  { name: 'postal-mime', read: (bytes) => PostalMime.parse(bytes) },
];
const mails = Array.from({ length: 2000 }, (_, index) => mail(index));
await compare('all', mails, 5, READERS);
await compare(
  'under 15 kB',
  mails.filter((bytes) => bytes.length < 15_000),
  5,
  READERS,
);
