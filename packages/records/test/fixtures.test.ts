import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { readMail } from '../src/mail.ts';
import { firstSeamInMail, sha256 } from './corpora.ts';

const FOLDER = new URL('./fixtures/', import.meta.url);
const names = readdirSync(FOLDER).filter((name) => name.endsWith('.eml'));

test.each(names)('%s is read as its .json says, and every byte is accounted for', (name) => {
  const bytes = readFileSync(new URL(name, FOLDER));
  const expected = JSON.parse(readFileSync(new URL(name.replace(/eml$/, 'json'), FOLDER), 'utf8'));
  const mail = readMail(bytes, { hash: sha256 });
  expect(mail).toMatchObject(expected);
  expect(firstSeamInMail(mail)).toBeNull();
});
