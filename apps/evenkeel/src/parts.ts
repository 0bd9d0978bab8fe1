import type { Importer } from './modules/interaction/import.actions.ts';
import type { Uploads } from './modules/interaction/uploads.store.ts';
import type { Runner } from './modules/ledger/follower.actions.ts';
import type { Ledger } from './modules/ledger/ledger.actions.ts';
import type { Sealer } from './modules/ledger/sealer.actions.ts';
import type { Reader } from './modules/signal/reader.ts';

/** What the routes reach. */
export type Parts = {
  readonly ledger: Ledger;
  readonly sealer: Sealer;
  readonly importer: Importer;
  readonly uploads: Uploads;
  readonly runner: Runner;
  readonly reader: Reader;
  readonly dataDir: string;
};
