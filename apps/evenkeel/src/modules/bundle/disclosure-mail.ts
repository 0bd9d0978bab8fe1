import { lineEndOf, rawValue, readHeaderBlock } from '@evenkeel/records/header-block';
import { type Disclosing, disclosing } from './disclosure.ts';

/** Whose mail it is: theirs says of us only what our own servers wrote on it. */
export type Side = 'ours' | 'theirs';

/** Written by the machines that a mail went through, and by the one it was delivered to. @source RFC 5321 §4.4 */
const ROUTES = new Set([
  'received',
  'x-received',
  'delivered-to',
  'x-original-to',
  'envelope-to',
  'x-delivered-to',
]);
/** The computer that it was written on. */
const ORIGIN =
  /^x-(?:originating-ip|originating-client|sender-ip|client-ip|source-ip|real-ip|php-script|authenticated-sender|yandex-sender-ip|mail-client-ip)$/;
const PROGRAM = new Set(['user-agent', 'x-mailer', 'x-mimeole', 'x-newsreader']);

/** What the headers of a mail say of us. */
export function readMailHead(bytes: Uint8Array, side: Side): readonly Disclosing[] {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const block = readHeaderBlock(buffer, 0, buffer.length, lineEndOf(buffer, 0, buffer.length), true);
  const fields = block.fields.slice(0, 400).map((field) => ({
    ...{ name: field.name, key: field.key, value: rawValue(block, field).replace(/\s+/g, ' ').trim() },
  }));
  const from = fields.find(({ key }) => key === 'from')?.value ?? '';
  return fields.flatMap(({ name, key, value }) => {
    if (ROUTES.has(key)) return [disclosing(routeKind(value), name, value)];
    if (side === 'theirs') return [];
    if (ORIGIN.test(key)) return [disclosing('address', name, value)];
    if (PROGRAM.has(key)) return [disclosing('program', name, value)];
    if (key === 'date') return zoneOf(name, value);
    return key === 'message-id' ? hostOf(name, value, from) : [];
  });
}

function routeKind(value: string): 'address' | 'host' {
  return /\b\d{1,3}(?:\.\d{1,3}){3}\b|IPv6:/i.test(value) ? 'address' : 'host';
}

function zoneOf(name: string, value: string): readonly Disclosing[] {
  const zone = /([+-]\d{4})\b/.exec(value)?.[1];
  return zone && !/[+-]0000/.test(zone) ? [disclosing('zone', name, zone)] : [];
}

/** A mail program puts the name of its computer behind the @ unless it takes that of the sender's domain. */
function hostOf(name: string, value: string, from: string): readonly Disclosing[] {
  const host = /@([^>\s]+)>?/.exec(value)?.[1]?.toLowerCase() ?? '';
  const isNobodys = host === '' || host.endsWith('.invalid') || from.toLowerCase().includes(`@${host}`);
  return isNobodys ? [] : [disclosing('host', name, host)];
}
