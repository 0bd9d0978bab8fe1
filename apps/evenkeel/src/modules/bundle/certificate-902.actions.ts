import { access } from 'node:fs/promises';
import type { ExhibitInput } from '@evenkeel/proof/bundle';
import type { Instant } from '../../kernel/instant.ts';
import { VERSION } from '../../kernel/version.ts';
import { READER_VERSION } from '../interaction/reading.ts';
import { newestAnchors } from '../ledger/anchor.actions.ts';
import type { Ledger } from '../ledger/ledger.actions.ts';
import { databaseVersion } from './bundle.store.ts';
import { type ClockStatus, certificateText } from './certificate-902.ts';

/** What a bundle says of itself that the forms repeat. */
export type BundleSaid = {
  readonly workspace: string;
  readonly party: string;
  readonly createdAt: Instant;
  readonly period: { readonly from: string | null; readonly to: string | null };
  readonly origin: string;
  readonly vkey: string;
  /** The signed note. */
  readonly checkpoint: string;
  readonly exhibits: readonly ExhibitInput[];
};

/** The certificate and the statement of method as forms, with real versions, hashes and what is known of the clock. */
export async function certificateOf(ledger: Ledger, said: BundleSaid): Promise<Uint8Array> {
  const { workspace, party, createdAt, period, origin, vkey, checkpoint } = said;
  const text = certificateText({
    ...{ workspace, party, createdAt, period, log: { origin, vkey, checkpoint } },
    versions: {
      program: VERSION,
      reader: READER_VERSION,
      node: process.version,
      database: `PostgreSQL ${await databaseVersion(ledger.db)}`,
      system: SYSTEMS[process.platform] ?? process.platform,
    },
    clock: await clockStatus(ledger),
    exhibits: said.exhibits.map(({ bates, fileName, sizeBytes, sha256 }) => ({
      ...{ bates, fileName, sizeBytes },
      sha256: Buffer.from(sha256).toString('hex'),
    })),
  });
  return Buffer.from(text);
}

/** The kind of system only: its exact build says more of a machine than anybody needs. */
const SYSTEMS: Partial<Record<NodeJS.Platform, string>> = {
  linux: 'Linux',
  darwin: 'macOS',
  win32: 'Windows',
};

/** systemd-timesyncd makes this file when it has set the clock; other time services leave nothing to read. */
const SYNCHRONISED = '/run/systemd/timesync/synchronized';

async function clockStatus({ db, workspaceId }: Ledger): Promise<ClockStatus> {
  const isSynchronised = await access(SYNCHRONISED).then(
    () => true as const,
    () => null,
  );
  const stamps = (await newestAnchors(db, workspaceId, LOOKED_AT)).flatMap(
    ({ kind, authority, stampedAt, refusedAs, recordedAt }) =>
      kind !== 'stamp' || stampedAt === null || refusedAs !== null
        ? []
        : [{ authority, stampedAt, receivedAt: recordedAt }],
  );
  return { isSynchronised, stamp: stamps[0] ?? null };
}

const LOOKED_AT = 20;
