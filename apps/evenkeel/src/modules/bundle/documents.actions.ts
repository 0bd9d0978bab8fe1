import type { Ledger } from '../ledger/ledger.actions.ts';
import type { Gathered } from './gather.actions.ts';

export type BundleDocument = { readonly path: string; readonly bytes: Uint8Array };

/** Who asks for documents: what goes into the bundle, and what of it is exhibited. */
export type DocumentPlan = {
  readonly gathered: Gathered;
  /** The interactions whose native files are in the bundle. */
  readonly exhibited: ReadonlySet<string>;
};

/** What lies in a bundle beside the proof, for readers. */
export async function documentsOf(_ledger: Ledger, _plan: DocumentPlan): Promise<readonly BundleDocument[]> {
  return [];
}
