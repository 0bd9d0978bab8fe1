import type { DraftKind, RuleLang, SignalKind } from '../finding.ts';
import { readHeaded, writeHeaded } from '../model/headed-file.ts';
import { ACT_BITS, ACT_PLACES } from './act-features.ts';

/** Whose words: a client's, or our own draft. */
export type Side = 'client' | 'draft';
export const SIDES: readonly Side[] = ['client', 'draft'];

/** A column of the table: a logit is `bias` and `step` for each step of the sum. */
export type Column = { readonly bias: number; readonly step: number };

/** One kind of act. */
export type ActKind = Column & {
  readonly kind: SignalKind | DraftKind;
  /**
   * From this sum on a sentence is marked: the logit of any act and, by a share, that of the kind. Null: the kind only
   * stands beside the others and marks nothing.
   */
  readonly from: number | null;
  /** How often such a mark was right among sentences that were not learnt from. */
  readonly confidence: number;
};

/** The head of a file of weights. */
export type ActsHead = {
  readonly format: 1;
  readonly lang: RuleLang;
  readonly side: Side;
  readonly version: string;
  /** The version of the concepts that were there, if any. */
  readonly concepts?: string;
  readonly bits: number;
  readonly kinds: readonly ActKind[];
  /**
   * Whether a sentence does anything of the kinds: below `from` no kind is looked at. `kindShare`: how much the logit of a
   * kind counts beside it.
   */
  readonly any: Column & { readonly from: number; readonly kindShare: number };
};

/** The weights of one language and side: those of all kinds of a place lie together; those of any act apart. */
export type ActWeights = ActsHead & { readonly table: Int8Array; readonly anyTable: Int8Array };

const MAGIC = 'EKLA';

/** @param table of all kinds, and behind it that of any act */
export function writeActs(head: ActsHead, table: Int8Array): Uint8Array {
  return writeHeaded(MAGIC, head, table);
}

/**
 * Reads weights as `weights/<lang>.<side>.acts` holds them; the bytes must not change afterwards.
 *
 * @throws Error when the bytes are no such weights, or of another format
 */
export function readActs(bytes: Uint8Array): ActWeights {
  const { head, body } = readHeaded<ActsHead>(MAGIC, bytes, sizeOf);
  const kindsEnd = ACT_PLACES * head.kinds.length;
  return { ...head, table: body.subarray(0, kindsEnd), anyTable: body.subarray(kindsEnd) };
}

function sizeOf({ format, bits, kinds }: ActsHead): number {
  if (format !== 1 || bits !== ACT_BITS) throw new Error('These weights are of another format.');
  return ACT_PLACES * (kinds.length + 1);
}
