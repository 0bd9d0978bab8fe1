import type { ExhibitInput } from '@evenkeel/proof/bundle';
import type { Instant } from '../../kernel/instant.ts';
import type { ExhibitSource } from '../interaction/detail.actions.ts';
import type { Ledger } from '../ledger/ledger.actions.ts';
import type { SealedObject, SlotId } from '../vault/vault.ts';
import type { ChronologyEntry } from './chronology.ts';
import type { BundleDocument } from './documents.actions.ts';
import type { Gathered } from './gather.actions.ts';
import { picturesOf } from './pictures.actions.ts';
import type { Rendition } from './rendition.ts';

/** What readable copies are made from: what the chronology prints of each exhibit, and nothing that it does not. */
export type RenditionPlan = {
  readonly gathered: Gathered;
  readonly exhibited: readonly ExhibitSource[];
  readonly entries: readonly ChronologyEntry[];
  readonly exhibits: readonly ExhibitInput[];
  readonly objects: ReadonlyMap<SlotId, SealedObject>;
  readonly workspace: string;
  readonly createdAt: Instant;
};

/** A readable copy of each exhibit under its number, made one by one while the bundle is written. */
export async function* renditionsOf(ledger: Ledger, plan: RenditionPlan): AsyncGenerator<BundleDocument> {
  // The PDF engine is large; it is loaded when copies are made, not before.
  const { renderRenditions } = await import('./rendition.render.ts');
  for await (const { bates, pdf } of renderRenditions(each(ledger, plan)))
    yield { path: `renditions/${bates}.pdf`, bytes: pdf };
}

async function* each(ledger: Ledger, plan: RenditionPlan): AsyncGenerator<Rendition> {
  const { gathered, objects, workspace, createdAt } = plan;
  const entries = new Map(plan.entries.map((entry) => [entry.index, entry]));
  const native = new Map(plan.exhibits.toReversed().map((exhibit) => [exhibit.bates, exhibit]));
  for (const source of plan.exhibited) {
    const entry = entries.get(gathered.recorded.get(source.recordId)!.index);
    if (!entry?.bates) continue;
    const { bates } = entry;
    yield {
      ...{ entry: { ...entry, bates }, workspace, createdAt },
      nativePath: `exhibits/${bates}/${native.get(bates)!.fileName}`,
      ...(await picturesOf(ledger, gathered, source, objects)),
    };
  }
}
