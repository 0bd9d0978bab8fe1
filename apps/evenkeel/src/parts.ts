import type { Log } from './kernel/log.ts';
import type { Custody } from './modules/bundle/custody.actions.ts';
import type { Eraser } from './modules/casefile/erasure.actions.ts';
import type { Importer } from './modules/interaction/import.actions.ts';
import type { Mailboxes } from './modules/interaction/mailbox.actions.ts';
import type { Uploads } from './modules/interaction/uploads.store.ts';
import type { Anchorer } from './modules/ledger/anchor.actions.ts';
import type { Runner } from './modules/ledger/follower.actions.ts';
import type { Ledger } from './modules/ledger/ledger.actions.ts';
import type { Sealer } from './modules/ledger/sealer.actions.ts';
import type { Packs } from './modules/procedure/packs.store.ts';
import type { DraftRecord } from './modules/signal/draft-record.ts';
import type { Reader } from './modules/signal/reader.ts';

/** What the routes reach. */
export type Parts = {
  readonly ledger: Ledger;
  readonly sealer: Sealer;
  readonly anchorer: Anchorer;
  readonly importer: Importer;
  readonly mailboxes: Mailboxes;
  readonly uploads: Uploads;
  readonly runner: Runner;
  readonly reader: Reader;
  /** Holds our words against the record; handed to what lies upstream of it. */
  readonly draftRecord: DraftRecord;
  /** Procedures that can be started. */
  readonly packs: Packs;
  readonly eraser: Eraser;
  readonly custody: Custody;
  readonly log: Log;
  readonly dataDir: string;
};
