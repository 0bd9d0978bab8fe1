import { at, idAt, isObject, type Json, type JsonObject, textAt } from '../json-value.ts';

const DETAIL = /^#microsoft\.graph\.(\w{1,80}?)EventMessageDetail$/;
/** Nobody nests deeper; a hostile file may. */
const MAX_DEPTH = 24;

/** A message as Microsoft Graph names its fields; a mail out of Graph has no type of message. */
export function isOfGraph(entry: Json): boolean {
  const isTalk = textAt(entry, 'messageType') !== null || textAt(entry, 'chatId') !== null;
  return isTalk && idAt(entry, 'id') !== null && textAt(entry, 'createdDateTime') !== null;
}

/**
 * The same message with the names that a tenant's export has: `createdDateTime` is `CreatedDateTime`, and an event's kind
 * is a name instead of a type. What is no message of Graph stays as it is.
 */
export function asTenant(entry: JsonObject): JsonObject;
export function asTenant(entry: Json): Json;
export function asTenant(entry: Json): Json {
  return isOfGraph(entry) ? renamed(entry, 0) : entry;
}

function renamed(value: Json, depth: number): Json {
  if (depth > MAX_DEPTH) return null;
  if (Array.isArray(value)) return value.map((one) => renamed(one, depth + 1));
  if (!isObject(value)) return value;
  const members = Object.entries(value).map(
    ([key, member]) => [capital(key), renamed(member ?? null, depth + 1)] as const,
  );
  const all = Object.fromEntries(members);
  const kind = DETAIL.exec(textAt(value, '@odata.type') ?? '')?.[1];
  return kind ? { [capital(kind)]: all, Initiator: at(all, 'Initiator') ?? null } : all;
}

function capital(key: string): string {
  return key.slice(0, 1).toUpperCase() + key.slice(1);
}
