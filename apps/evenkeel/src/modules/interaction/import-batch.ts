import type { ExportSettings } from '@evenkeel/records/exported';
import type { Actor } from '../../kernel/brand.ts';
import type { Given } from '../../kernel/files.ts';
import type { PartyId } from '../party/party.ts';
import type { NextStep, RunId, SourceId, Totals } from '../source/source.ts';
import type { InteractionId } from './interaction.ts';
import type { PrivilegeWish } from './privilege.ts';

export type ImportWish = {
  readonly paths: readonly Given[];
  readonly actor: Actor;
  readonly only: readonly string[] | null;
  /** Also what names nobody who could be chosen. */
  readonly nameless?: boolean;
  readonly me: readonly string[];
  /** What a person stated about exports; nothing when it is left out. */
  readonly settings?: ExportSettings;
  /** The party everything chosen is filed under, made or found before. */
  readonly client: { readonly id: PartyId; readonly name: string } | null;
  /** Everything that is new in it is marked as what stays with us. */
  readonly privilege?: PrivilegeWish | null;
  /** Called when the run has ended, however it ended. */
  readonly after?: () => Promise<void>;
};

export type Begun = {
  readonly run: RunId;
  readonly source: SourceId;
  readonly step: number;
  readonly next: NextStep;
  readonly totals: Totals;
};

/** Originals of equal lines, by their digest. */
export type Forms = Map<string, { sha256: string; interactionId: InteractionId }[]>;

export type ImportState = {
  readonly begun: Begun;
  readonly me: ReadonlySet<string>;
  readonly only: ReadonlySet<string> | null;
  readonly nameless: boolean;
  readonly partyOf: Map<string, PartyId>;
  /** How people who have no party yet are called somewhere in the batch, by address. */
  readonly nameOf: Map<string, string>;
  /** Digests of items that are on their way into the database. */
  readonly inFlight: Forms;
  /** Files in which something was erased earlier, by their position: they are not kept whole. */
  readonly incomplete: Set<number>;
  step: number;
  totals: Totals;
};

export function newState(wish: ImportWish, begun: Begun): ImportState {
  return {
    begun,
    me: new Set(wish.me),
    only: wish.only && new Set(wish.only),
    nameless: wish.nameless ?? false,
    partyOf: new Map(),
    nameOf: new Map(),
    inFlight: new Map(),
    incomplete: new Set(),
    step: begun.step,
    totals: begun.totals,
  };
}
