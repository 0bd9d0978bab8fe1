/** Containers built in memory for tests. */
import { crc32, deflateRawSync } from 'node:zlib';
import { type ContainerEvent, type ReadContainerOptions, readContainer } from '../src/container.ts';
import { bytesSource } from '../src/source.ts';

export async function eventsOf(
  name: string,
  bytes: Uint8Array,
  options: ReadContainerOptions = {},
): Promise<readonly ContainerEvent[]> {
  const events: ContainerEvent[] = [];
  for await (const event of readContainer(bytesSource(name, bytes), options)) events.push(event);
  return events;
}

export function itemsOf(
  events: readonly ContainerEvent[],
): readonly Extract<ContainerEvent, { type: 'item' }>[] {
  return events.filter((event) => event.type === 'item');
}

export function issuesOf(events: readonly ContainerEvent[]): readonly string[] {
  return events.flatMap((event) =>
    event.type === 'unreadable' || event.type === 'note' ? [event.issue.code] : [],
  );
}

export type ZipMember = {
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly stored?: boolean;
  readonly encrypted?: boolean;
  readonly method?: number;
  readonly wrongSum?: boolean;
  readonly zip64?: boolean;
};

/** A zip as usual programs write it; every liberty that a member takes is named in it. */
export function zip(members: readonly ZipMember[]): Buffer {
  const local: Buffer[] = [];
  const central: Buffer[] = [];
  let at = 0;
  for (const member of members) {
    const name = Buffer.from(member.name);
    const packed = member.stored ? Buffer.from(member.bytes) : deflateRawSync(member.bytes);
    const sum = member.wrongSum ? 1 : crc32(member.bytes);
    const flags = 0x800 | (member.encrypted ? 1 : 0);
    const method = member.method ?? (member.stored ? 0 : 8);
    const header = Buffer.alloc(30);
    header.write('PK\x03\x04', 'latin1');
    header.writeUInt16LE(flags, 6);
    header.writeUInt16LE(method, 8);
    header.writeUInt32LE(sum, 14);
    header.writeUInt32LE(packed.length, 18);
    header.writeUInt32LE(member.bytes.length, 22);
    header.writeUInt16LE(name.length, 26);
    local.push(header, name, packed);
    const extra = member.zip64 ? wideExtra(member.bytes.length, packed.length, at) : Buffer.alloc(0);
    const entry = Buffer.alloc(46);
    entry.write('PK\x01\x02', 'latin1');
    entry.writeUInt16LE(flags, 8);
    entry.writeUInt16LE(method, 10);
    entry.writeUInt32LE(sum, 16);
    entry.writeUInt32LE(member.zip64 ? 0xffffffff : packed.length, 20);
    entry.writeUInt32LE(member.zip64 ? 0xffffffff : member.bytes.length, 24);
    entry.writeUInt16LE(name.length, 28);
    entry.writeUInt16LE(extra.length, 30);
    entry.writeUInt32LE(member.zip64 ? 0xffffffff : at, 42);
    central.push(entry, name, extra);
    at += header.length + name.length + packed.length;
  }
  const directory = Buffer.concat(central);
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 'latin1');
  end.writeUInt16LE(members.length, 8);
  end.writeUInt16LE(members.length, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(at, 16);
  return Buffer.concat([...local, directory, end]);
}

function wideExtra(unpacked: number, packed: number, start: number): Buffer {
  const extra = Buffer.alloc(28);
  extra.writeUInt16LE(1, 0);
  extra.writeUInt16LE(24, 2);
  extra.writeBigUInt64LE(BigInt(unpacked), 4);
  extra.writeBigUInt64LE(BigInt(packed), 12);
  extra.writeBigUInt64LE(BigInt(start), 20);
  return extra;
}

export function letter(subject: string, body = 'Where is the login?\n'): string {
  return `From: Ivan Orlov <orlov@baltika.example>\nTo: anna@studio.example\nSubject: ${subject}\nDate: Tue, 12 May 2026 09:14:00 +0300\n\n${body}`;
}
