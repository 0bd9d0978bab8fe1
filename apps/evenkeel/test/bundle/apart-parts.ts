import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';

export function mail(n: number, from: string, to: string, subject: string, text: string, more = ''): string {
  const head = [
    `From: ${from}`,
    `To: ${to}`,
    `Subject: ${subject}`,
    `Message-ID: <apart-${n}@baltika.example>`,
    `Date: Mon, ${n + 3} May 2026 09:00:00 +0300`,
  ];
  if (more === '') return [...head, 'Content-Type: text/plain; charset=utf-8', '', text, ''].join('\r\n');
  const part = (type: string, body: string) => ['--b', type, '', body].join('\r\n');
  return [
    ...[...head, 'MIME-Version: 1.0', 'Content-Type: multipart/mixed; boundary=b', ''],
    part('Content-Type: text/plain; charset=utf-8', text),
    part(
      'Content-Type: text/plain; name="permit.txt"\r\nContent-Disposition: attachment; filename="permit.txt"',
      more,
    ),
    part(
      'Content-Type: text/plain; name="plan.txt"\r\nContent-Disposition: attachment; filename="plan.txt"',
      'The plan of the hall.',
    ),
    '--b--',
    '',
  ].join('\r\n');
}

export function sha256(bytes: Uint8Array): Uint8Array {
  return createHash('sha256').update(bytes).digest();
}

/** What anybody can read in it: every file, what its base64 says, and the words of every PDF. */
export function everything(files: ReadonlyMap<string, Uint8Array>): string {
  const raw = [...files.values()].map((file) => Buffer.from(file).toString('utf8'));
  const packed = raw.flatMap((file) => file.match(/[A-Za-z0-9+/]{80,}={0,2}/g) ?? []);
  const pdfs = [...files].filter(([path]) => path.endsWith('.pdf')).map(([, bytes]) => wordsOfPdf(bytes));
  return [...raw, ...packed.map((text) => Buffer.from(text, 'base64').toString('utf8')), ...pdfs]
    .join('\n')
    .replace(/[\s>]+/g, ' ');
}

function wordsOfPdf(bytes: Uint8Array): string {
  return execFileSync('pdftotext', ['-', '-'], { input: bytes, maxBuffer: 1 << 28 }).toString('utf8');
}

export type Manifest = {
  exhibits: { bates: string; path: string; index: number }[];
  withheld: { index: number; reason: string }[];
};
export const manifestOf = (files: ReadonlyMap<string, Uint8Array>) =>
  JSON.parse(textOf(files, 'manifest.json')) as Manifest;
export const textOf = (files: ReadonlyMap<string, Uint8Array>, path: string) =>
  Buffer.from(files.get(path)!).toString('utf8');
