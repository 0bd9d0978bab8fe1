import { crc32 } from 'node:zlib';
import type { Beside } from '../exported.ts';
import { idAt, type Json, listAt, readJson, textAt } from '../json-value.ts';

/** A place where people write. `isGroup` is false for a talk between two, null when no list names it. */
export type Channel = {
  readonly id: string | null;
  readonly name: string | null;
  readonly isGroup: boolean | null;
  readonly members: readonly string[];
};
export type SlackDirectory = {
  readonly isFound: boolean;
  readonly names: ReadonlyMap<string, string>;
  readonly channels: readonly Channel[];
};

const MAX_LIST_BYTES = 256 * 1024 ** 2;
const LISTS = ['channels.json', 'groups.json', 'mpims.json', 'dms.json'] as const;
/** The lists of one export are looked up for each of its days; the last few are remembered by their bytes. */
const remembered = new Map<string, Json>();

/** Reads the lists that lie beside the channels' folders, or beside this file. */
export async function directoryOf(beside: Beside): Promise<SlackDirectory> {
  const users = await listBeside(beside, 'users.json');
  const channels: Channel[] = [];
  for (const list of LISTS) {
    for (const entry of (await listBeside(beside, list)) ?? [])
      channels.push(channelOf(entry, list !== 'dms.json'));
  }
  return { isFound: users !== null, names: new Map((users ?? []).flatMap(nameOf)), channels };
}

/** The channel of a day's file: its folder's name, which is the channel's name or, for talks between two, its id. */
export function channelNamed({ channels }: SlackDirectory, path: string): Channel {
  const [file = '', folder] = path.replaceAll('\\', '/').split('/').reverse();
  const name = /^\d{4}-\d{2}-\d{2}\.json$/i.test(file) && folder ? folder : file.replace(/\.json$/i, '');
  const known = channels.find((channel) => channel.name === name || channel.id === name);
  return known ?? { id: null, name, isGroup: null, members: [] };
}

async function listBeside(beside: Beside, name: string): Promise<readonly Json[] | null> {
  const source = (await beside(`../${name}`)) ?? (await beside(name));
  if (!source) return null;
  const bytes = await source.read(0, MAX_LIST_BYTES);
  const key = `${name} ${bytes.length} ${crc32(bytes)}`;
  const list = remembered.get(key) ?? readJson(bytes).value ?? [];
  remembered.delete(key);
  remembered.set(key, list);
  if (remembered.size > LISTS.length + 1) remembered.delete(remembered.keys().next().value!);
  return Array.isArray(list) ? list : [];
}

function nameOf(user: Json): readonly (readonly [string, string])[] {
  const id = idAt(user, 'id');
  const name =
    textAt(user, 'profile', 'display_name') ??
    textAt(user, 'profile', 'real_name') ??
    textAt(user, 'real_name') ??
    textAt(user, 'name');
  return id && name ? [[id, name]] : [];
}

function channelOf(entry: Json, isGroup: boolean): Channel {
  const members = listAt(entry, 'members').filter((member) => typeof member === 'string');
  const id = idAt(entry, 'id');
  return { id, name: textAt(entry, 'name') ?? id, isGroup, members };
}
