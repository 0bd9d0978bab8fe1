import type { Gap } from '../interaction/gaps.ts';
import type { Ledger } from '../ledger/ledger.actions.ts';
import { witnessesOf } from '../ledger/witness.actions.ts';
import { type BundleSaid, certificateOf } from './certificate-902.actions.ts';
import { gapsFile } from './gaps.actions.ts';
import type { Gathered } from './gather.actions.ts';
import { policyText } from './policy.ts';
import { privilegeLogOf } from './privilege-log.ts';
import { verifierPage } from './verifier.actions.ts';

export type BundleDocument = { readonly path: string; readonly bytes: Uint8Array };

/** Who asks for documents: what goes into the bundle, and what of it is exhibited. */
export type DocumentPlan = {
  readonly gathered: Gathered;
  /** The interactions whose native files are in the bundle. */
  readonly exhibited: ReadonlySet<string>;
  /** The name of ours that stands on the bundle. */
  readonly carries: string;
  /** What the forms repeat of it. */
  readonly said: BundleSaid;
  readonly party: string;
  /** What is missing, as page 1 counts it. */
  readonly gaps: readonly Gap[];
};

/** What lies in a bundle beside the proof, for readers. */
export async function documentsOf(ledger: Ledger, plan: DocumentPlan): Promise<readonly BundleDocument[]> {
  const documents = [
    { path: 'verify.html', bytes: await verifierPage() },
    ...privilegeLogOf(plan),
    { path: 'certificate-902.txt', bytes: await certificateOf(ledger, plan.said) },
    { path: 'policy.txt', bytes: Buffer.from(policyText(plan.said.vkey, await witnessesOf(ledger))) },
    ...(await gapsFile(ledger, plan)),
  ];
  return documents.map((document) => withoutTaken(plan, document));
}

/** No list says words that were taken out of a record; documents of other kinds are made from what is left of it. */
function withoutTaken(
  { gathered: { apart } }: DocumentPlan,
  { path, bytes }: BundleDocument,
): BundleDocument {
  if (apart.taken.isEmpty || !/\.(?:csv|txt)$/.test(path)) return { path, bytes };
  return { path, bytes: Buffer.from(apart.taken.blackedIn(Buffer.from(bytes).toString('utf8'))) };
}
