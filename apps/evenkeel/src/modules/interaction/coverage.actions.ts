import type { Ledger } from '../ledger/ledger.actions.ts';
import {
  type FolderLoss,
  type FolderSeen,
  folderLosses,
  foldersSeen,
  type RunSeen,
  runsOf,
} from '../source/source.actions.ts';
import { type SourceSeen, sourcesAbout } from './gaps.store.ts';
import { type TalkExport, talkExports } from './seen-in-exports.store.ts';

/** A source that brought something about a party, with what it saw. */
export type Covered = SourceSeen & {
  readonly runs: readonly Omit<RunSeen, 'source'>[];
  readonly folders: readonly Omit<FolderSeen, 'source'>[];
  /** When a server no longer showed what it had shown, the newest first. */
  readonly losses: readonly Omit<FolderLoss, 'source'>[];
};

export type Coverage = { readonly sources: readonly Covered[]; readonly talks: readonly TalkExport[] };

const LOSSES_SHOWN = 200;
const RUNS_SHOWN = 50;

/** Where what is known of a party comes from, and how far each source was read. */
export async function coverageOf({ db, workspaceId }: Ledger, party: string): Promise<Coverage> {
  const sources = await sourcesAbout(db, workspaceId, party);
  const ids = sources.map(({ id }) => id);
  const [runs, folders, losses, talks] = await Promise.all([
    runsOf(db, workspaceId, ids),
    foldersSeen(db, workspaceId, ids),
    folderLosses(db, workspaceId, ids, party, LOSSES_SHOWN),
    talkExports(db, workspaceId, party),
  ]);
  const of = <T extends { readonly source: string }>(all: readonly T[], id: string) =>
    all.filter(({ source }) => source === id).map(({ source: _, ...one }) => one);
  return {
    sources: sources.map((source) => ({
      ...source,
      runs: of(runs, source.id).slice(-RUNS_SHOWN),
      folders: of(folders, source.id),
      losses: of(losses, source.id),
    })),
    talks,
  };
}
