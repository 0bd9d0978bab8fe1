import { blankItem } from '../blank-item.ts';
import type { ExportContext, ExportedItem, ExportedPerson, ExportReader } from '../exported.ts';
import { emptiness } from '../json-export.ts';
import { asBuffer } from '../source.ts';
import { decodeQuotedPrintable } from '../transfer.ts';
import { blocksIn } from './blocks.ts';
import { headText } from './whole.ts';

const CARD = new Set(['VCARD']);
const MOST_IDENTIFIERS = 50;

/** Cards of an address book: each is a paper that says by which addresses and numbers somebody is reached. */
export const vcard: ExportReader = {
  format: 'vcard',
  platform: 'vcard',
  recognises: (head) => /^(?:\xef\xbb\xbf)?\s*BEGIN:VCARD\b/i.test(headText(head)),
  async *read(source) {
    const bytes = await source.read(0, source.sizeBytes);
    let done = 0;
    const blocks = blocksIn(bytes, CARD);
    for (const { start, end } of blocks) {
      if (start > done) yield { type: 'gap', range: { start: done, end: start } };
      const context: ExportContext = { conversation: { id: 'cards', name: null, isGroup: null } };
      yield { type: 'item', range: { start, end }, bytes: bytes.subarray(start, end), context, issues: [] };
      done = end;
    }
    if (bytes.length > done) yield { type: 'gap', range: { start: done, end: bytes.length } };
    const issue = blocks.length === 0 ? emptiness('vcard', { meant: 1, silent: 1 }) : null;
    if (issue) yield { type: 'note', issue };
  },
  readItem: (bytes, context) => cardOf(fieldsOf(bytes), context),
};

type Field = { readonly name: string; readonly value: string };

function cardOf(fields: readonly Field[], context: ExportContext): ExportedItem {
  const all = (name: string) => fields.filter((field) => field.name === name).map(({ value }) => value);
  const name = all('FN')[0] ?? all('N')[0]?.split(';').filter(Boolean).reverse().join(' ') ?? null;
  const addresses = [...all('EMAIL').map((one) => one.toLowerCase()), ...all('TEL').map(numberOf)];
  const people = [...new Set(addresses)]
    .filter((address) => address.length > 3)
    .slice(0, MOST_IDENTIFIERS)
    .map((address): ExportedPerson => ({ name, address, isMe: false }));
  const shown = [...all('ORG'), ...all('TITLE'), ...all('URL'), ...all('ADR'), ...all('NOTE')];
  return {
    ...blankItem(context),
    kind: 'document',
    to: people,
    subject: name,
    text: [name, ...addresses, ...shown.map((one) => one.replaceAll(';', ' ').trim())]
      .filter(Boolean)
      .join('\n'),
  };
}

/** `tel:+358-40-123 4567;ext=1` as the number it is. */
function numberOf(value: string): string {
  return value
    .replace(/^tel:/i, '')
    .replace(/;.*$/, '')
    .replace(/[\s()./-]/g, '');
}

/** The fields of a card without their groups and parameters, unfolded. @source RFC 6350 3.2; vCard 2.1 for quoted-printable */
function fieldsOf(bytes: Uint8Array): readonly Field[] {
  const text = asBuffer(bytes)
    .toString('utf8')
    .replace(/=\r?\n[ \t]?/g, '')
    .replace(/\r?\n[ \t]/g, '');
  return text.split(/\r?\n/).flatMap((line) => {
    const [, named, params, value] = /^(?:[\w-]+\.)?([A-Za-z-]+)((?:;[^:]*)?):(.*)$/.exec(line) ?? [];
    if (!named || value === undefined) return [];
    const isPacked = /ENCODING=QUOTED-PRINTABLE/i.test(params ?? '');
    const plain = isPacked ? asBuffer(decodeQuotedPrintable(Buffer.from(value))).toString('utf8') : value;
    return [{ name: named.toUpperCase(), value: unescaped(plain) }];
  });
}

function unescaped(value: string): string {
  return value.replace(/\\([nN,;\\:])/g, (_all, sign: string) => (/n/i.test(sign) ? '\n' : sign)).trim();
}
