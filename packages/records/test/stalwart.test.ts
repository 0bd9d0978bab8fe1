import { describe, expect, test } from 'vitest';
import { readAddressesQuietly } from '../src/address.ts';
import { readDate } from '../src/date.ts';
import { readUnstructured } from '../src/encoded-word.ts';
import { readMail } from '../src/mail.ts';
import { readParameterized } from '../src/parameter.ts';
import { newNotes } from '../src/reading.ts';
import { corpusBytes, filesIn, HAS_CORPORA, sha256 } from './corpora.ts';
import { type AddressList, expectedOf, isoOf, mailboxesOf, type StalwartDate } from './stalwart.ts';

type Vector<T> = { readonly header: string; readonly expected: T };
const vectors = <T>(name: string): readonly Vector<T>[] =>
  JSON.parse(corpusBytes(`stalwart/${name}.json`).toString());
const raw = (header: string): string => Buffer.from(header).toString('latin1');
const plain = (text: string): string => text.replace(/\r\n?/g, '\n').trim();

function agreement<T>(list: readonly T[], agrees: (one: T) => boolean, what: string): number {
  const count = list.filter(agrees).length;
  console.log(`stalwart, ${what}: ${count} of ${list.length} agree`);
  return count;
}

/** Where we differ, stalwart prints U+FFFD, keeps a route or a comment in an address, or takes an unknown zone for UTC. */
describe.skipIf(!HAS_CORPORA)('beside the expected results of stalwart mail-parser', () => {
  test('dates agree but for zones that say nothing and dates written in numbers', () => {
    const agrees = ({ header, expected }: Vector<StalwartDate | null>) =>
      readDate(header).iso === (expected ? isoOf(expected) : null);
    expect(agreement(vectors<StalwartDate | null>('date'), agrees, 'dates')).toBeGreaterThanOrEqual(33);
  });

  test('addresses agree', () => {
    const addresses = (list: readonly { address: string | null }[]) => list.map((one) => one.address).join();
    const agrees = ({ header, expected }: Vector<AddressList | null>) =>
      addresses(readAddressesQuietly(raw(header))) === addresses(mailboxesOf(expected ?? {}));
    expect(agreement(vectors<AddressList | null>('address'), agrees, 'address lists')).toBeGreaterThanOrEqual(
      45,
    );
  });

  test('unstructured values agree', () => {
    const agrees = ({ header, expected }: Vector<string>) =>
      readUnstructured(raw(header), newNotes()) === expected;
    expect(agreement(vectors<string>('unstructured'), agrees, 'unstructured')).toBeGreaterThanOrEqual(21);
  });

  test('parameters agree', () => {
    type Type = { c_type: string; c_subtype: string | null; attributes?: [string, string][] | null };
    const agrees = ({ header, expected }: Vector<Type | null>) => {
      if (!expected) return true;
      const { value, params } = readParameterized(raw(header), newNotes());
      const type = expected.c_subtype === null ? expected.c_type : `${expected.c_type}/${expected.c_subtype}`;
      const wanted = expected.attributes ?? [];
      return (
        value === type && wanted.every(([name, text]) => (params.get(name) ?? '').trim() === text.trim())
      );
    };
    expect(agreement(vectors<Type | null>('content_type'), agrees, 'parameters')).toBeGreaterThanOrEqual(80);
  });

  test('whole messages agree', () => {
    const cases = filesIn('stalwart/eml')
      .filter((path) => path.endsWith('.eml'))
      .map((path) => ({
        mail: readMail(corpusBytes(path), { hash: sha256 }),
        expected: expectedOf(JSON.parse(corpusBytes(path.replace(/eml$/, 'json')).toString())),
      }));
    type Case = (typeof cases)[number];
    const count = (what: string, agrees: (one: Case) => boolean) => agreement(cases, agrees, what);
    expect(count('sender', ({ mail, expected }) => (mail.from?.address ?? null) === expected.from)).toBe(
      cases.length,
    );
    expect(
      count(
        'recipients',
        ({ mail, expected }) => mail.to.map((one) => one.address).join() === expected.to.join(),
      ),
    ).toBe(cases.length);
    const subjects = count('subject', ({ mail, expected }) => (mail.subject || null) === expected.subject);
    expect(subjects).toBeGreaterThanOrEqual(101);
    expect(count('sent', ({ mail, expected }) => mail.sentAt === expected.sentAt)).toBeGreaterThanOrEqual(
      105,
    );
    const texts = count(
      'text',
      ({ mail, expected }) =>
        expected.texts.length === 0 || plain(expected.texts.map(plain).join('\n')) === plain(mail.text ?? ''),
    );
    expect(texts).toBeGreaterThanOrEqual(88);
    expect(
      count(
        'html',
        ({ mail, expected }) => plain(expected.htmls.map(plain).join('\n')) === plain(mail.html ?? ''),
      ),
    ).toBeGreaterThanOrEqual(102);
    expect(
      count('nested messages', ({ mail, expected }) => mail.children.length >= expected.messages),
    ).toBeGreaterThanOrEqual(106);
  });
});
