import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type CfbNode, writeNodes } from '../../src/outlook/cfb-write.ts';
import { TYPE } from '../../src/outlook/property.ts';

const CORPORA = fileURLToPath(new URL('../../../../../shared/corpora', import.meta.url));
export const HAS_OUTLOOK = existsSync(join(CORPORA, 'tnef/mimekit'));
if (!HAS_OUTLOOK)
  console.log('skipped: the Outlook corpora are not beside this checkout (../shared/corpora/{tnef,msg,pst})');

export function corpusFile(path: string): Buffer {
  return readFileSync(join(CORPORA, path));
}

/** A property as a test writes it: a text, a number, bytes or an instant (ISO 8601). */
export type Stated = readonly [id: number, type: number, value: string | number | Buffer];

export function valueBytes([, type, value]: Stated): Buffer {
  if (Buffer.isBuffer(value)) return value;
  if (type === TYPE.unicode) return Buffer.from(String(value), 'utf16le');
  if (type === TYPE.time) return filetime(String(value));
  if (typeof value === 'string') return Buffer.from(value, 'latin1');
  const bytes = Buffer.alloc(4);
  bytes.writeInt32LE(value);
  return bytes;
}

function filetime(iso: string): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64LE(BigInt(Date.parse(iso)) * 10_000n + 116_444_736_000_000_000n);
  return bytes;
}

export type MsgParts = {
  readonly properties: readonly Stated[];
  readonly recipients?: readonly (readonly Stated[])[];
  readonly attachments?: readonly MsgAttachment[];
};
export type MsgAttachment = {
  readonly properties: readonly Stated[];
  readonly inner?: MsgParts;
  readonly storage?: CfbNode;
};

/** A .msg file of our own. */
export function msgFile(parts: MsgParts): Buffer {
  return writeNodes(storage('Root Entry', messageNodes(parts, 32)));
}

export function storage(name: string, children: readonly CfbNode[]): CfbNode {
  return { name, bytes: null, children };
}

export function stream(name: string, bytes: Buffer): CfbNode {
  return { name, bytes, children: [] };
}

function messageNodes(parts: MsgParts, header: number): CfbNode[] {
  const numbered = (prefix: string, index: number): string =>
    `${prefix}${index.toString(16).padStart(8, '0')}`;
  return [
    ...propertyNodes(parts.properties, header),
    ...(parts.recipients ?? []).map((one, i) =>
      storage(numbered('__recip_version1.0_#', i), propertyNodes(one, 8)),
    ),
    ...(parts.attachments ?? []).map((one, i) =>
      storage(numbered('__attach_version1.0_#', i), [
        ...propertyNodes(one.properties, 8),
        ...(one.inner ? [storage('__substg1.0_3701000D', messageNodes(one.inner, 24))] : []),
        ...(one.storage ? [{ ...one.storage, name: '__substg1.0_3701000D' }] : []),
      ]),
    ),
  ];
}

function propertyNodes(stated: readonly Stated[], header: number): CfbNode[] {
  const rows: Buffer[] = [Buffer.alloc(header)];
  const streams: CfbNode[] = [];
  for (const one of stated) {
    const [id, type] = one;
    const bytes = valueBytes(one);
    const row = Buffer.alloc(16);
    row.writeUInt16LE(type, 0);
    row.writeUInt16LE(id, 2);
    const isLong = type === TYPE.string8 || type === TYPE.unicode || type === TYPE.binary;
    if (isLong) row.writeUInt32LE(bytes.length, 8);
    else bytes.copy(row, 8);
    rows.push(row);
    const hex = (value: number): string => value.toString(16).toUpperCase().padStart(4, '0');
    if (isLong) streams.push(stream(`__substg1.0_${hex(id)}${hex(type)}`, bytes));
  }
  return [stream('__properties_version1.0', Buffer.concat(rows)), ...streams];
}

/** One attribute of a TNEF stream, with its checksum. */
export function attribute(level: 1 | 2, id: number, value: Buffer): Buffer {
  const head = Buffer.alloc(9);
  head[0] = level;
  head.writeUInt32LE(id, 1);
  head.writeUInt32LE(value.length, 5);
  const sum = Buffer.alloc(2);
  sum.writeUInt16LE(value.reduce((total, byte) => (total + byte) & 0xffff, 0));
  return Buffer.concat([head, value, sum]);
}

/** A winmail.dat of our own. */
export function tnefFile(...attributes: readonly Buffer[]): Buffer {
  return Buffer.concat([Buffer.from('789f3e220100', 'hex'), ...attributes]);
}

/** A list of properties as TNEF packs it. */
export function tnefProperties(stated: readonly Stated[]): Buffer {
  const pieces = stated.map((one) => {
    const [id, type] = one;
    const value = valueBytes(one);
    const isLong =
      type === TYPE.string8 || type === TYPE.unicode || type === TYPE.binary || type === TYPE.object;
    const padded = Buffer.concat([value, Buffer.alloc((4 - (value.length % 4)) % 4)]);
    return Buffer.concat([words((id << 16) | type), ...(isLong ? [words(1, value.length)] : []), padded]);
  });
  return Buffer.concat([words(stated.length), ...pieces]);
}

export function words(...values: readonly number[]): Buffer {
  const bytes = Buffer.alloc(values.length * 4);
  for (const [index, value] of values.entries()) bytes.writeUInt32LE(value >>> 0, index * 4);
  return bytes;
}
